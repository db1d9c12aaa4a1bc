"""What a run has found so far, stage by stage, before the analysis is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow.parquet as pq

from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.tables import CAMPAIGNS, POSITIONS, SUBMISSIONS, THEMES, Table

Row = TypeVar("Row")
_WORK = "work"
_LEADING = 8


@dataclass(frozen=True, slots=True)
class SoFar:
    """Counts of submissions, each copy of a form letter included; a field is None while its stage is not done.

    ``campaigns`` are sizes, the largest first; ``themes`` labels of those that most submissions raise.
    """

    types: Mapping[RespondentType, int] | None = None
    campaigns: Sequence[int] | None = None
    themes: Sequence[str] | None = None
    stances: Mapping[Stance, int] | None = None


def found_so_far(folder: Path, finished: Sequence[str]) -> SoFar:
    """What the ``finished`` stages (``"respondents"``, ``"campaigns"``, ``"themes"``, ``"positions"``) left behind.

    What an earlier run left of other stages is not looked at.
    """

    def column(stage: str, table: Table[Row], name: str) -> list[str] | None:
        path = table.path(folder / _WORK / stage)
        return pq.read_table(path, columns=[name])[name].to_pylist() if stage in finished and path.exists() else None

    types = column("respondents", SUBMISSIONS, SUBMISSIONS.c.respondent_type)
    letters = column("campaigns", CAMPAIGNS, CAMPAIGNS.c.submissions)
    stances = column("positions", POSITIONS, POSITIONS.c.stance)
    return SoFar(
        types=None if types is None else {t: n for t in RespondentType if (n := Counter(types)[t.value])},
        campaigns=None if letters is None else sorted((int(n) for n in letters), reverse=True),
        themes=_themes(folder) if "themes" in finished else None,
        stances=None if stances is None else {s: Counter(stances)[s.value] for s in Stance},
    )


def _themes(folder: Path) -> list[str] | None:
    place = folder / _WORK / "themes"
    if not THEMES.path(place).exists():
        return None
    leading = sorted((t for t in THEMES.read(place) if t.parent_id is None), key=lambda t: (t.is_rest, -t.submissions))
    return [t.label for t in leading[:_LEADING]]
