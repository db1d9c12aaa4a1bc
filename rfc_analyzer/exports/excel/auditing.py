"""Whom the workbook's summary and quotes leave out, so that a small view is not lost."""

from __future__ import annotations

from rfc_analyzer.comparison import SHOWN_PASSAGES, RepresentationRow, Represented, representation
from rfc_analyzer.exports.excel.figures import value_of
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.leftout import KINDS, missing, name_of
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import HIDDEN, STANCES


def representation_audit(selection: Selection) -> TableSheet:
    """A row for each type, theme and position; those that are left out come first."""
    found = representation(selection.analysis, selection.filters, selection.unit)
    found.sort(key=lambda row: not row.left_out)
    return TableSheet(
        name="Representation audit",
        holds="Which respondent types, themes and small positions the summary and the quotes leave out.",
        columns=(
            Column("What", 16),
            Column("Id", 16),
            Column("Name", 60, Style.WRAPPED),
            Column("Stance", 11, stance=True),
            Column("Count", 8, Style.INTEGER),
            Column("Of", 8, Style.INTEGER),
            Column("Share", 9, Style.SHARE),
            Column("Quoted", 9, Style.INTEGER),
            Column("Smaller side", 9, Style.CENTRED),
            Column("Left out", 9, Style.CENTRED),
            Column("What is missing", 64, Style.WRAPPED),
        ),
        rows=[_row(row) for row in found],
        notes=(
            f"{selection.counted} {HIDDEN}",
            "“Quoted” is how many of the count have words of theirs on the sheet “Quotes” for that position, or as "
            f"passages on the sheet “Themes”, which shows {SHOWN_PASSAGES} a theme; a form letter's template speaks "
            "for its copies. So few passages can't be of every type: a theme is left out only where it is not named or "
            "has no passage. Look at what is left out before the summary goes out.",
            selection.asked,
        ),
        empty="There is nothing to represent: no submission meets the filters.",
        frozen=3,
    )


def _row(row: RepresentationRow) -> Row:
    is_type = row.kind is Represented.RESPONDENT_TYPE
    return (
        KINDS[row.kind],
        None if is_type else row.id,
        name_of(row),
        STANCES[row.stance] if row.stance else None,
        row.share.n,
        row.share.of,
        value_of(row.share),
        row.quoted,
        "Yes" if row.smaller else None,
        row.left_out,
        missing(row),
    )
