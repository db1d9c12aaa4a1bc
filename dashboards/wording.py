"""Sentences and tables that several pages share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards.labels import NOT_ADDRESSED, STANCES
from dashboards.numbers import points, share_percent
from rfc_analyzer.comparison import PositionRow
from rfc_analyzer.model import Stance

NO_PROPOSITIONS = (
    "This analysis has no propositions, so it says nothing about who supports or opposes what. "
    "Write some: each is a sentence that respondents may agree or disagree with."
)
NO_THEMES = (
    "No theme was found. Themes need some twenty passages of argument; with fewer, read the submissions themselves."
)
NO_QUESTIONS = (
    "This analysis knows no questions. Give the agency's notice when you start an analysis, "
    "and its numbered questions are read from it; or list them here."
)


def standing_rows(
    rows: Sequence[PositionRow], names: Mapping[str, str], first: str = "Proposition"
) -> list[dict[str, Any]]:
    """Where they stand, a line each; ``names`` by proposition id or respondent type."""
    return [
        {
            first: names[row.proposition_id if row.proposition_id in names else str(row.respondent_type)],
            **{STANCES[s]: row.share(s).n for s in Stance},
            NOT_ADDRESSED: row.not_addressed.n,
            "Of": row.not_addressed.of,
            **{f"{STANCES[s]}, unsure": row.unsure_of(s).n for s in Stance},
            "Take it up": row.addressed.n,
            **{f"{STANCES[s]}, of those": share_percent(row.among_those_who_take_it_up(s)) for s in Stance},
            "Net support": net(row),
        }
        for row in rows
    ]


def net(row: PositionRow) -> str:
    """Net support in points, or a dash where it is hidden."""
    return "–" if row.net_support is None else points(row.net_support)
