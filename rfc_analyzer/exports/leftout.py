"""Whom the summary and the quotes leave out, in words that the workbook, the document and the screen share."""

from __future__ import annotations

from collections.abc import Mapping

from rfc_analyzer.comparison import LEADING_THEMES, RepresentationRow, Represented
from rfc_analyzer.exports.wording import STANCES, TYPES
from rfc_analyzer.model import RespondentType

KINDS: Mapping[Represented, str] = {
    Represented.RESPONDENT_TYPE: "Respondent type",
    Represented.THEME: "Theme",
    Represented.POSITION: "Position",
}


def name_of(row: RepresentationRow) -> str:
    """What the row is about: the type, the theme, or the proposition."""
    return TYPES[RespondentType(row.id)] if row.kind is Represented.RESPONDENT_TYPE else row.name


def stance_of(row: RepresentationRow) -> str:
    """The side of a position, and whether it is the smaller one; empty for the others."""
    if row.stance is None:
        return ""
    return f"{STANCES[row.stance]}, the smaller side" if row.smaller else STANCES[row.stance]


def missing(row: RepresentationRow) -> str:
    """What is missing of it, in sentences; empty where nothing is."""
    said = [] if row.named else [f"It is not among the {LEADING_THEMES} leading themes of the summary."]
    if not row.quoted:
        said.append("None is quoted.")
    elif row.silent:
        said.append(f"Of these types nobody is quoted: {', '.join(f'{TYPES[who]} ({n:,})' for who, n in row.silent)}.")
    return " ".join(said)
