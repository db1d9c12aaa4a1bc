"""Words and two-word phrases that a group uses more than the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import islice
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
    vocabulary = _Vocabulary()
    counted = {group: _counted(vocabulary, found) for group, found in texts.items()}
    everything = _together([found for found, _ in counted.values()])
    return {
        group: _without_parts(_standing_out(found, of, everything, vocabulary))[:limit]
        for group, (found, of) in counted.items()
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
        """The numbers of the words of ``text`` in order: (words,), int64."""
        places = self._places
        return np.array([places.setdefault(word, len(places)) for word in words(text)], dtype=np.int64)

    def terms(self, codes: np.ndarray) -> np.ndarray:
        """Telling words, then pairs of them side by side: (terms,), int64."""
        tells = self._tells()[codes]
        pairs = tells[:-1] & tells[1:]
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
    """Terms in ascending order, how often each is said, and in how many texts."""

    terms: np.ndarray
    said: np.ndarray
    texts: np.ndarray


def _counted(vocabulary: _Vocabulary, texts: Iterable[str]) -> tuple[_Counts, int]:
    """What is said, and in how many texts; some at a time, as the terms of all together would fill the memory."""
    found, of, left = _together([]), 0, iter(texts)
    while coded := [vocabulary.codes(text) for text in islice(left, _AT_A_TIME)]:
        each = [np.unique(vocabulary.terms(codes), return_counts=True) for codes in coded]
        found = _together([found, *(_Counts(ids, n, np.ones(len(ids), dtype=np.int64)) for ids, n in each)])
        of += len(coded)
    return found, of


def _together(found: Sequence[_Counts]) -> _Counts:
    if not found:
        return _Counts(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
    ids, places = np.unique(np.concatenate([c.terms for c in found]), return_inverse=True)
    said, texts = (
        np.bincount(places, weights=np.concatenate(each), minlength=len(ids))
        for each in ([c.said for c in found], [c.texts for c in found])
    )
    return _Counts(ids, said, texts)


def _standing_out(own: _Counts, of: int, everything: _Counts, vocabulary: _Vocabulary) -> list[DistinctiveWord]:
    spread = own.texts >= max(_LEAST_TEXTS, _LEAST_SHARE * of)
    ids, said, texts = own.terms[spread], own.said[spread], own.texts[spread]
    in_all = everything.said[np.searchsorted(everything.terms, ids)]
    n = float(own.said.sum())
    z = _z_scores(said, in_all - said, n, float(everything.said.sum()) - n, _PRIOR_WORDS)
    scored = [
        DistinctiveWord(vocabulary.named(int(term)), float(value), int(used), of)
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
