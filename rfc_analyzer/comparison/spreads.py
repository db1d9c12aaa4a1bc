"""How long submissions of each group are and when they came: quartiles, and whether groups differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from rfc_analyzer.comparison.shares import FEWEST
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import SUBMISSIONS

_S = SUBMISSIONS.c
_DAY = 86_400.0


class Quantity(StrEnum):
    """What is measured of each submission."""

    LENGTH = "words"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Spread:
    """The quartiles of a group's ``n`` values, words or days since 1970 (UTC); None where there are fewer than five."""

    n: int
    low: float | None = None
    median: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class RankTest:
    """Whether groups differ by ranks.

    Mann–Whitney's U (1947) for two groups, Kruskal–Wallis (1952) for more. ``effect`` is the chance that a value of
    the first group is greater than one of the second, ties half (in 0..1, .5 is none; Vargha and Delaney 2000), and
    for more groups epsilon squared (in 0..1; Tomczak and Tomczak 2014).
    """

    test: str
    p: float
    effect: float
    p_adjusted: float = 1.0

    def to_json(self) -> dict[str, Any]:
        return {"test": self.test, "p": self.p, "p_adjusted": self.p_adjusted, "effect": self.effect}


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One quantity in each group; ``spreads`` follow the order of the groups."""

    quantity: Quantity
    spreads: tuple[Spread, ...]
    test: RankTest | None = None

    def to_json(self) -> dict[str, Any]:
        """Dates in ISO 8601."""
        return {
            "quantity": self.quantity.value,
            "groups": [
                {"n": s.n, **{name: self._shown(getattr(s, name)) for name in ("low", "median", "high")}}
                for s in self.spreads
            ],
            "test": self.test.to_json() if self.test else None,
        }

    def day(self, value: float | None) -> datetime | None:
        """A quartile of :attr:`Quantity.DATE` as a moment in UTC."""
        return None if value is None else datetime.fromtimestamp(value * _DAY, UTC)

    def told(self, spread: Spread) -> str:
        """The median and, in brackets, the middle half where it is wider; empty where the quartiles are hidden."""
        if spread.low is None or spread.median is None or spread.high is None:
            return ""
        low, median, high = (self._told(value) for value in (spread.low, spread.median, spread.high))
        return median if low == median == high else f"{median} ({low} to {high})"

    def _told(self, value: float) -> str:
        moment = self.day(value) if self.quantity is Quantity.DATE else None
        return f"{moment:%Y-%m-%d}" if moment else f"{value:,.0f}"

    def _shown(self, value: float | None) -> object:
        moment = self.day(value) if self.quantity is Quantity.DATE else None
        return moment.date().isoformat() if moment else value


def spreads(analysis: Analysis, members: Sequence[Mapping[str, int]], tested: bool) -> list[SpreadRow]:
    """Length and date of what each group counts; a campaign has those of its template in distinct texts."""
    table = analysis.submissions.set_index(_S.submission_id)
    values = {
        Quantity.LENGTH: table[_S.words].astype(float),
        Quantity.DATE: _days(table[_S.submitted_at]),
    }
    return [_row(quantity, found, members, tested) for quantity, found in values.items()]


def with_adjusted(rows: Sequence[SpreadRow], adjusted: Sequence[float | None]) -> tuple[SpreadRow, ...]:
    """``rows`` with the p-values that allow for all tests made beside them."""
    return tuple(
        replace(row, test=replace(row.test, p_adjusted=p)) if row.test and p is not None else row
        for row, p in zip(rows, adjusted, strict=True)
    )


def _days(moments: pd.Series) -> pd.Series:
    known = moments.dropna()
    return (known - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / _DAY


def _row(quantity: Quantity, values: pd.Series, members: Sequence[Mapping[str, int]], tested: bool) -> SpreadRow:
    groups = [values[values.index.isin(weight)].to_numpy() for weight in members]
    test = _test(groups) if tested and all(len(g) >= FEWEST for g in groups) else None
    return SpreadRow(quantity, tuple(_spread(g) for g in groups), test)


def _spread(values: np.ndarray) -> Spread:
    if len(values) < FEWEST:
        return Spread(len(values))
    low, median, high = (float(q) for q in np.quantile(values, (0.25, 0.5, 0.75)))
    return Spread(len(values), low, median, high)


def _test(groups: Sequence[np.ndarray]) -> RankTest | None:
    if len(np.unique(np.concatenate(groups))) < 2:
        return None
    from scipy.stats import kruskal, mannwhitneyu

    if len(groups) == 2:
        found = mannwhitneyu(*groups, alternative="two-sided")
        effect = found.statistic / (len(groups[0]) * len(groups[1]))
        return RankTest("Mann–Whitney U", float(found.pvalue), float(effect))
    found = kruskal(*groups)
    n = sum(map(len, groups))
    return RankTest("Kruskal–Wallis", float(found.pvalue), float(found.statistic / (n - 1)))
