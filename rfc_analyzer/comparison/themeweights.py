"""How much of a submission is about each of its themes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PASSAGES

_P = PASSAGES.c


@dataclass(frozen=True, slots=True)
class ThemeWeight:
    """A theme of a submission: its passages there, and their share of the submission's passages that have a theme."""

    submission_id: str
    theme_id: str
    passages: int
    weight: float


def theme_weights(analysis: Analysis, filters: Filters | None = None) -> list[ThemeWeight]:
    """The themes of each submission that meets ``filters``, the weightiest first; weights of a submission sum to 1.

    Only what counts is weighed: a copy of a form letter has the themes of what its signer added, if anything.
    """
    kept = set((filters or Filters()).apply(analysis))
    table = analysis.passages
    table = table[table[_P.counted] & table[_P.theme_id].notna() & table[_P.submission_id].isin(kept)]
    counts = Counter(zip(table[_P.submission_id], table[_P.theme_id], strict=True))
    whole = Counter(table[_P.submission_id])
    found = [
        ThemeWeight(submission, theme, number, round(number / whole[submission], 4))
        for (submission, theme), number in counts.items()
    ]
    return sorted(found, key=lambda one: (one.submission_id, -one.passages, one.theme_id))
