"""Stances that were read with little confidence: they wait for a person, and no figure may pass them off as certain."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.sampling import UNSURE
from rfc_analyzer.model import Position, Proposition, Stance
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS

_P = POSITIONS.c


@dataclass(frozen=True, slots=True)
class UnsurePosition:
    """A position to check, and the proposition it is on."""

    position: Position
    proposition: Proposition


def unsure_positions(analysis: Analysis, filters: Filters | None = None) -> list[UnsurePosition]:
    """Positions under :data:`UNSURE` of submissions that meet ``filters``, unchecked, the least sure first."""
    kept = set((filters or Filters()).apply(analysis))
    table = analysis.positions
    rows = POSITIONS.rows_of(table[is_unsure(table) & table[_P.submission_id].isin(kept)])
    of = {p.proposition_id: p for p in analysis.rows(PROPOSITIONS)}
    rows.sort(key=lambda p: (p.confidence, p.submission_id, p.proposition_id))
    return [UnsurePosition(p, of[p.proposition_id]) for p in rows if p.proposition_id in of]


def is_unsure(positions: pd.DataFrame) -> pd.Series:
    """Which rows of the positions table are unsure (bool)."""
    found: pd.Series = (positions[_P.confidence] < UNSURE) & ~positions[_P.reviewed]
    return found


def unsure_in_words(analysis: Analysis) -> str:
    """How many stances are unsure; empty where none is."""
    unsure = int(is_unsure(analysis.positions).sum())
    if not unsure:
        return ""
    return (
        f"{unsure:,} of {len(analysis.positions):,} stances were read with a confidence under {UNSURE:.0%} and wait to "
        "be checked; every count says how many of it are such."
    )


def stances_of(analysis: Analysis, submission_id: str) -> dict[str, Stance]:
    """What was read in a submission, by proposition."""
    table = analysis.positions
    rows = POSITIONS.rows_of(table[table[_P.submission_id] == submission_id])
    return {row.proposition_id: row.stance for row in rows}
