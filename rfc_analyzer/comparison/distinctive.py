"""Words and two-word phrases that a group uses more than the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from math import log, sqrt
from typing import Any

from rfc_analyzer.words import words

_PRIOR_WORDS = 1_000.0
_LEAST_TEXTS = 3
_LEAST_SHARE = 0.05
_LEAST_Z = 1.96


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
    together = Counter(first)
    together.update(second)
    total, n, m = sum(together.values()), sum(first.values()), sum(second.values())
    found = {}
    for word, count in together.items():
        prior = prior_words * count / total
        y, x = first.get(word, 0) + prior, second.get(word, 0) + prior
        # the rest of each side; zero only where a side knows a single word
        rest_y, rest_x = n + prior_words - y, m + prior_words - x
        if rest_y <= 0 or rest_x <= 0:
            continue
        found[word] = (log(y / rest_y) - log(x / rest_x)) / sqrt(1 / y + 1 / x)
    return found


def distinctive_words(texts: Mapping[str, Sequence[str]], limit: int = 20) -> dict[str, tuple[DistinctiveWord, ...]]:
    """For each group of ``texts`` (group → its texts), what it says more than all the other groups together.

    A word must be used in at least three of the group's texts and in a twentieth of them, so that one long letter
    doesn't speak for a group, and stand out by more than chance would have it (z ≥ 1.96).
    """
    counts = {group: [Counter(terms(text)) for text in found] for group, found in texts.items()}
    sums = {group: _sum(found) for group, found in counts.items()}
    everything = _sum(sums.values())
    result = {}
    for group, own in sums.items():
        others = {word: everything[word] - own.get(word, 0) for word in everything}
        spread = Counter(word for text in counts[group] for word in text)
        of = len(counts[group])
        least = max(_LEAST_TEXTS, _LEAST_SHARE * of)
        scored = [
            DistinctiveWord(word, z, spread[word], of)
            for word, z in log_odds(own, others).items()
            if spread[word] >= least and z >= _LEAST_Z
        ]
        result[group] = _without_parts(sorted(scored, key=lambda w: (-w.z, w.word)))[:limit]
    return result


def terms(text: str) -> list[str]:
    """Words, and phrases of two words side by side, without those that say nothing alone."""
    tokens = words(text)
    telling = [len(t) > 2 and not t.isdigit() and t not in _stop_words() for t in tokens]
    single = [t for t, tells in zip(tokens, telling, strict=True) if tells]
    pairs = [f"{a} {b}" for a, b, x, y in zip(tokens, tokens[1:], telling, telling[1:], strict=False) if x and y]
    return single + pairs


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS) | {"shall", "don't", "isn't", "it's", "does", "doesn't", "won't", "can't"}


def _sum(counters: Any) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _without_parts(found: Sequence[DistinctiveWord]) -> tuple[DistinctiveWord, ...]:
    """Without a word or phrase whose words are all in one that stands above it."""
    kept: list[DistinctiveWord] = []
    for word in found:
        if not any(set(word.word.split()) <= set(other.word.split()) for other in kept):
            kept.append(word)
    return tuple(kept)
