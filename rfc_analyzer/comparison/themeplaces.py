"""Passages on the map of themes."""

from __future__ import annotations

from dataclasses import dataclass

from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.querying import light
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PASSAGES

_P = PASSAGES.c
MOST_PLACES = 2_500  # more would hide each other, and take long to draw


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where a passage of a theme lies on the map; both coordinates are about within -1..1."""

    passage_id: str
    submission_id: str
    theme_id: str
    x: float
    y: float


def theme_map(analysis: Analysis, filters: Filters | None = None) -> tuple[list[PlaceRow], int]:
    """Passages that meet ``filters``, evenly chosen where they are too many to draw, and how many there are.

    Empty for an analysis that was made before there was a map.
    """
    table = light(analysis, PASSAGES)
    if _P.map_x not in table.columns:
        return [], 0
    kept = set((filters or Filters()).apply(analysis))
    there = table[table[_P.theme_id].notna() & table[_P.map_x].notna() & table[_P.submission_id].isin(kept)]
    columns = [_P.passage_id, _P.submission_id, _P.theme_id, _P.map_x, _P.map_y]
    step = max(1, -(-len(there) // MOST_PLACES))
    return [PlaceRow(*row) for row in there[columns].iloc[::step].itertuples(index=False, name=None)], len(there)
