"""Whether groups differ by more than chance: a test, an effect size, and correction for many tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any

import numpy as np

from rfc_analyzer.comparison.shares import Share

_SMALLEST_EXPECTED = 5  # below it the chi-square distribution is a poor approximation (Cochran 1954)
_DRAWS = 9_999
BEYOND_CHANCE = 0.05
"""Adjusted p-values below it are told as more than chance."""
_SEED = 0


class TestKind(StrEnum):
    """How a p-value was found."""

    __test__ = False  # no test of pytest

    CHI_SQUARE = "chi-square"
    FISHER = "Fisher's exact test"
    PERMUTATION = "permutation test"


@dataclass(frozen=True, slots=True)
class Significance:
    """``p`` is of one test alone; ``p_adjusted`` allows for all the tests made beside it (Benjamini–Hochberg 1995)."""

    test: TestKind
    p: float
    cramers_v: float
    p_adjusted: float = 1.0

    @property
    def beyond_chance(self) -> bool:
        """True where the groups are further apart than chance would have it, all the tests allowed for."""
        return self.p_adjusted < BEYOND_CHANCE

    def to_json(self) -> dict[str, Any]:
        return {
            "test": self.test.value,
            "p": self.p,
            "p_adjusted": self.p_adjusted,
            "cramers_v": self.cramers_v,
        }


def significance(shares: Sequence[Share]) -> Significance | None:
    """Do the shares of independent groups differ? None where all or none hold, or a group is hidden.

    Pearson's chi-square without correction where every expected count is at least 5; else Fisher's exact test
    for two groups, and for more the chi-square statistic against 9,999 seeded random tables with the same margins.
    """
    if len(shares) < 2 or any(share.hidden for share in shares):
        return None
    table = np.array([[s.n for s in shares], [s.of - s.n for s in shares]], dtype=np.int64)
    if not table.sum(axis=1).all():
        return None
    from scipy.stats import chi2_contingency, fisher_exact

    pearson = chi2_contingency(table, correction=False)
    effect = sqrt(pearson.statistic / table.sum())  # of a table with two rows
    if pearson.expected_freq.min() >= _SMALLEST_EXPECTED:
        return Significance(TestKind.CHI_SQUARE, float(pearson.pvalue), effect)
    if len(shares) == 2:
        return Significance(TestKind.FISHER, float(fisher_exact(table).pvalue), effect)
    return Significance(TestKind.PERMUTATION, _permuted(table, pearson.expected_freq), effect)


def _permuted(table: np.ndarray, expected: np.ndarray) -> float:
    """The share of tables with the same margins, this one among them, whose statistic is at least as great."""
    rng = np.random.default_rng(_SEED)
    first = rng.multivariate_hypergeometric(table.sum(axis=0), int(table[0].sum()), size=_DRAWS)
    weight = 1 / expected[0] + 1 / expected[1]
    drawn = ((first - expected[0]) ** 2 * weight).sum(axis=1)
    seen = ((table[0] - expected[0]) ** 2 * weight).sum()
    return float((1 + (drawn >= seen - 1e-9).sum()) / (_DRAWS + 1))


def adjusted_p(found: Sequence[float | None]) -> list[float | None]:
    """The p-values adjusted over all that are there (Benjamini and Hochberg 1995), None where there is none."""
    from scipy.stats import false_discovery_control

    there = [p for p in found if p is not None]
    corrected = iter(false_discovery_control(there) if there else ())
    return [None if p is None else float(next(corrected)) for p in found]
