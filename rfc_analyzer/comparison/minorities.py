"""Views that few hold, so that a summary doesn't lose them."""

from __future__ import annotations

from dataclasses import dataclass

from rfc_analyzer.comparison.figures import PositionRow, positions_by_type, positions_overall
from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.store import Analysis

_OTHER = {Stance.SUPPORT: Stance.OPPOSE, Stance.OPPOSE: Stance.SUPPORT}


@dataclass(frozen=True, slots=True)
class MinorityView:
    """The smaller of the two sides of a proposition, and the respondent types in which it is the larger.

    ``share`` is of those who take the proposition up; ``types`` pairs each such type with (minority, majority) counts.
    """

    proposition_id: str
    text: str
    stance: Stance
    share: Share
    types: tuple[tuple[RespondentType, int, int], ...]


def minority_views(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[MinorityView]:
    """One for each proposition on which both sides are heard and one is smaller, in the order of the propositions."""
    by_type = positions_by_type(analysis, filters, unit)
    found = []
    for row in positions_overall(analysis, filters, unit):
        support, oppose = row.support.n, row.oppose.n
        if not support or not oppose or support == oppose:
            continue
        stance = Stance.OPPOSE if oppose < support else Stance.SUPPORT
        of_this = [r for r in by_type if r.proposition_id == row.proposition_id]
        share = row.among_those_who_take_it_up(stance)
        found.append(MinorityView(row.proposition_id, row.text, stance, share, _against_the_grain(of_this, stance)))
    return found


def _against_the_grain(rows: list[PositionRow], stance: Stance) -> tuple[tuple[RespondentType, int, int], ...]:
    counts = [(r.respondent_type, r.share(stance).n, r.share(_OTHER[stance]).n) for r in rows]
    return tuple((who, n, other) for who, n, other in counts if who is not None and n > other)
