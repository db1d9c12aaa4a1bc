"""A share that carries its denominator, and the intervals around shares and their differences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Any, NamedTuple

# a percentage of fewer than five says more about chance than about a group
FEWEST = 5


class Unit(StrEnum):
    """What is counted. The three are different numbers, and every figure says which one it is."""

    SUBMISSIONS = "submissions"
    SIGNATORIES = "signatories"
    DISTINCT_TEXTS = "distinct_texts"

    @property
    def label(self) -> str:
        """The unit in words."""
        return self.value.replace("_", " ")


class Interval(NamedTuple):
    """Two ends; shares are in 0..1, differences in −1..1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """``n`` of ``of``, counted in ``unit``."""

    n: int
    of: int
    unit: Unit

    @property
    def value(self) -> float | None:
        """The share in 0..1; None where there is nothing to share."""
        return self.n / self.of if self.of else None

    @property
    def hidden(self) -> bool:
        """True where it is a share of fewer than five: show the count, no percentage."""
        return self.of < FEWEST

    def interval(self, level: float = 0.95) -> Interval | None:
        """The Wilson score interval (Wilson 1927), or None where there is nothing to share."""
        if not self.of:
            return None
        from scipy.stats import binomtest

        found = binomtest(self.n, self.of).proportion_ci(confidence_level=level, method="wilson")
        return Interval(float(found.low), float(found.high))

    def to_json(self) -> dict[str, Any]:
        """Count, denominator, unit, and the value with its interval unless hidden."""
        interval = None if self.hidden else self.interval()
        return {
            "n": self.n,
            "of": self.of,
            "unit": self.unit.value,
            "value": None if self.hidden else self.value,
            "interval": list(interval) if interval else None,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """The first share less the second, in −1..1, with its interval."""

    value: float
    interval: Interval

    def to_json(self) -> dict[str, Any]:
        return {"value": self.value, "interval": list(self.interval)}


def difference(first: Share, second: Share, level: float = 0.95) -> Difference | None:
    """Newcombe's interval from two Wilson intervals (Newcombe 1998, method 10); None where a share has no value."""
    p, q = first.value, second.value
    around_p, around_q = first.interval(level), second.interval(level)
    if p is None or q is None or around_p is None or around_q is None:
        return None
    below = sqrt((p - around_p.low) ** 2 + (around_q.high - q) ** 2)
    above = sqrt((around_p.high - p) ** 2 + (q - around_q.low) ** 2)
    return Difference(p - q, Interval(p - q - below, p - q + above))
