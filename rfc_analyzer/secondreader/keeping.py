"""What the second reader said, kept beside the tables of an analysis, and where it disagrees with what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rfc_analyzer.labelling import NOT_TAKEN_UP
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, Table


@dataclass(frozen=True, slots=True)
class SecondRow:
    """What ``model`` said of a submission and a proposition; ``stance`` is "none" where it is not taken up.

    ``quote == file.text[start:end]``. ``failed`` says why there is no answer; then the stance is empty. ``asked`` is a
    digest of what was asked: of an answer to something else nothing is taken over.
    """

    submission_id: str
    proposition_id: str
    stance: str
    quote: str
    file_id: str
    page: int | None
    start: int
    end: int
    model: str
    at: datetime
    asked: str
    failed: str = ""


SECOND_READING = Table("second_reading", SecondRow)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where the two readers differ; ``read`` and ``second`` are stances or "none"."""

    submission_id: str
    proposition_id: str
    read: str
    confidence: float
    reviewed: bool
    second: SecondRow


def second_reading(folder: Path) -> list[SecondRow]:
    """All that the second reader said of the analysis in ``folder``, failed items too."""
    return SECOND_READING.read(folder) if SECOND_READING.path(folder).exists() else []


def failed_items(folder: Path) -> list[SecondRow]:
    """What it gave no usable answer for, with the reason; the next run asks again."""
    return [row for row in second_reading(folder) if row.failed]


def disagreements(analysis: Analysis) -> list[Disagreement]:
    """Positions on which the offline reader and the second one differ, those that nobody has checked first."""
    held = {(p.submission_id, p.proposition_id): p for p in analysis.rows(POSITIONS)}
    found = []
    for row in second_reading(analysis.folder):
        position = held.get((row.submission_id, row.proposition_id))
        read = position.stance.value if position else NOT_TAKEN_UP
        if not row.failed and row.stance != read:
            sure, checked = (position.confidence, position.reviewed) if position else (0.0, False)
            found.append(Disagreement(row.submission_id, row.proposition_id, read, sure, checked, row))
    return sorted(found, key=lambda d: (d.reviewed, d.submission_id, d.proposition_id))
