"""Words and two-word phrases that a group uses more than the others."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import numpy as np

from rfc_analyzer.words import words

_PRIOR_WORDS = 1_000.0
_LEAST_TEXTS = 3
_LEAST_SHARE = 0.05
_LEAST_Z = 1.96
_AT_A_TIME = 2_000
_HALF = 32  # bits of a term's second word


@dataclass(frozen=True, slots=True)
class DistinctiveWord:
    """``z`` is the standardised log-odds ratio; ``texts`` of the group's ``of`` texts use the word."""

    word: str
    z: float
    texts: int
    of: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def log_odds(
    first: Mapping[str, int], second: Mapping[str, int], prior_words: float = _PRIOR_WORDS
) -> dict[str, float]:
    """z-scores of the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, eq. 16, 22).

    The prior spreads ``prior_words`` words over the vocabulary as both texts together use it; a word is positive
    where ``first`` uses it more.
    """
    together = list(dict.fromkeys([*first, *second]))
    own = np.array([first.get(word, 0) for word in together], dtype=float)
    others = np.array([second.get(word, 0) for word in together], dtype=float)
    z = _z_scores(own, others, own.sum(), others.sum(), prior_words)
    return {word: float(value) for word, value in zip(together, z, strict=True) if not np.isnan(value)}


def _z_scores(own: np.ndarray, others: np.ndarray, n: float, m: float, prior_words: float) -> np.ndarray:
    """Of words said ``own`` and ``others`` times by sides of ``n`` and ``m`` words: (words,), NaN where undefined."""
    prior = prior_words * (own + others) / (n + m)
    y, x = own + prior, others + prior
    # the rest of each side; zero only where a side knows a single word
    rest_y, rest_x = n + prior_words - y, m + prior_words - x
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (np.log(y / rest_y) - np.log(x / rest_x)) / np.sqrt(1 / y + 1 / x)
    return np.where((rest_y > 0) & (rest_x > 0), z, np.nan)


def distinctive_words(texts: Mapping[str, Iterable[str]], limit: int = 20) -> dict[str, tuple[DistinctiveWord, ...]]:
    """For each group of ``texts`` (group → its texts), what it says more than all the other groups together.

    A word must be used in at least three of the group's texts and in a twentieth of them, so that one long letter
    doesn't speak for a group, and stand out by more than chance would have it (z ≥ 1.96).
    """
    parts = ((group, place, text) for group, found in texts.items() for place, text in enumerate(found))
    return distinctive_in_parts(parts, list(texts), limit)


def distinctive_in_parts(
    parts: Iterable[tuple[str, Hashable, str]], groups: Sequence[str], limit: int = 20
) -> dict[str, tuple[DistinctiveWord, ...]]:
    """As :func:`distinctive_words`, of texts that come in parts: the group, what names the text in it, and its words.

    The parts of a text are put together in the order in which they come.
    """
    vocabulary = _Vocabulary()
    coded: dict[str, dict[Hashable, np.ndarray]] = {group: {} for group in groups}
    for group, text, words_of in parts:
        codes, mine = vocabulary.codes(words_of), coded[group]
        mine[text] = np.concatenate([mine[text], codes]) if text in mine else codes
    texts = {group: list(found.values()) for group, found in coded.items()}
    frequent = _frequent(vocabulary, texts.values())
    counted = {group: _counted(vocabulary, found, frequent) for group, found in texts.items()}
    said = sum((c.said for c in counted.values()), np.zeros(len(frequent)))
    everything = sum(c.everything for c in counted.values())
    return {
        group: _without_parts(_standing_out(found, frequent, said, everything, vocabulary))[:limit]
        for group, found in counted.items()
    }


def terms(text: str) -> list[str]:
    """Words, and phrases of two words side by side, without those that say nothing alone."""
    vocabulary = _Vocabulary()
    return [vocabulary.named(int(term)) for term in vocabulary.terms(vocabulary.codes(text))]


class _Vocabulary:
    """Words by number. A term is a word's number, or those of two words, the first in the upper half."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._words: list[str] = []
        self._telling = np.zeros(0, dtype=bool)

    def codes(self, text: str) -> np.ndarray:
        """The numbers of the words of ``text`` in order: (words,), int32."""
        places = self._places
        return np.array([places.setdefault(word, len(places)) for word in words(text)], dtype=np.int32)

    def terms(self, codes: np.ndarray) -> np.ndarray:
        """Telling words, then pairs of them side by side: (terms,), int64."""
        tells = self._tells()[codes]
        pairs = tells[:-1] & tells[1:]
        codes = codes.astype(np.int64)
        return np.concatenate([codes[tells], ((codes[:-1] + 1) << _HALF | codes[1:])[pairs]])

    def named(self, term: int) -> str:
        """The word or phrase of a term."""
        first, second = term >> _HALF, term & ((1 << _HALF) - 1)
        return f"{self._words[first - 1]} {self._words[second]}" if first else self._words[second]

    def _tells(self) -> np.ndarray:
        if len(self._words) < len(self._places):
            new = list(self._places)[len(self._words) :]
            tells = [len(w) > 2 and not w.isdigit() and w not in _stop_words() for w in new]
            self._words += new
            self._telling = np.concatenate([self._telling, np.array(tells, dtype=bool)])
        return self._telling


@dataclass(frozen=True, slots=True)
class _Counts:
    """How often each of some terms is said, in how many of ``of`` texts, and how often ``everything`` is."""

    said: np.ndarray
    texts: np.ndarray
    everything: int
    of: int


def _in_parts(vocabulary: _Vocabulary, coded: Sequence[np.ndarray]) -> Iterator[list[np.ndarray]]:
    """The terms of some texts at a time: those of all together would fill the memory."""
    for start in range(0, len(coded), _AT_A_TIME):
        yield [vocabulary.terms(codes) for codes in coded[start : start + _AT_A_TIME]]


def _frequent(vocabulary: _Vocabulary, groups: Iterable[Sequence[np.ndarray]]) -> np.ndarray:
    """All terms, in ascending order, that may be in enough texts of a group to stand out.

    What is in a twentieth of all texts is in a twentieth of those of one part at least.
    """
    found = [np.zeros(0, dtype=np.int64)]
    for coded in groups:
        for part in _in_parts(vocabulary, coded):
            ids, texts = np.unique(np.concatenate([np.unique(one) for one in part]), return_counts=True)
            found.append(ids[texts >= _LEAST_SHARE * len(part)])
    return np.unique(np.concatenate(found))


def _counted(vocabulary: _Vocabulary, coded: Sequence[np.ndarray], frequent: np.ndarray) -> _Counts:
    said, texts, everything = np.zeros(len(frequent)), np.zeros(len(frequent)), 0
    for part in _in_parts(vocabulary, coded):
        everything += sum(len(one) for one in part)
        for one in part:
            ids, n = np.unique(one[np.isin(one, frequent)], return_counts=True)
            places = np.searchsorted(frequent, ids)
            said[places] += n
            texts[places] += 1
    return _Counts(said, texts, everything, len(coded))


def _standing_out(
    own: _Counts, frequent: np.ndarray, in_all: np.ndarray, everything: int, vocabulary: _Vocabulary
) -> list[DistinctiveWord]:
    spread = own.texts >= max(_LEAST_TEXTS, _LEAST_SHARE * own.of)
    ids, said, texts, others = frequent[spread], own.said[spread], own.texts[spread], (in_all - own.said)[spread]
    n = float(own.everything)
    z = _z_scores(said, others, n, everything - n, _PRIOR_WORDS)
    scored = [
        DistinctiveWord(vocabulary.named(int(term)), float(value), int(used), own.of)
        for term, value, used in zip(ids, z, texts, strict=True)
        if value >= _LEAST_Z
    ]
    return sorted(scored, key=lambda w: (-w.z, w.word))


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS) | {"shall", "don't", "isn't", "it's", "does", "doesn't", "won't", "can't"}


def _without_parts(found: Sequence[DistinctiveWord]) -> tuple[DistinctiveWord, ...]:
    """Without a word or phrase whose words are all in one that stands above it."""
    kept: list[DistinctiveWord] = []
    for word in found:
        if not any(set(word.word.split()) <= set(other.word.split()) for other in kept):
            kept.append(word)
    return tuple(kept)
