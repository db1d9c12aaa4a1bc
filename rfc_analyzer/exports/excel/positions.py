"""Positions by respondent type: a long table, and charts that read at a glance."""

from __future__ import annotations

from rfc_analyzer.comparison import PositionRow, positions_by_type, positions_overall
from rfc_analyzer.exports.excel.figures import share_cells, share_columns, value_of
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import EVERYONE, HIDDEN, INTERVALS, NOT_ADDRESSED, STANCES, TYPES
from rfc_analyzer.model import Stance

_COLUMNS = (
    Column("Proposition", 18),
    Column("Statement", 72, Style.WRAPPED),
    Column("Type", 15),
    Column("Stance", 14, stance=True),
    *share_columns("Share of all"),
    Column("Take it up", 8, Style.INTEGER),
    Column("Share of those", 10, Style.SHARE),
    Column("Unsure", 8, Style.INTEGER),
)


def rows_in_order(selection: Selection) -> list[list[PositionRow]]:
    """For each proposition: everyone, then each respondent type."""
    overall = positions_overall(selection.analysis, selection.filters, selection.unit)
    by_type = positions_by_type(selection.analysis, selection.filters, selection.unit)
    return [[row, *(r for r in by_type if r.proposition_id == row.proposition_id)] for row in overall]


def positions_table(selection: Selection) -> TableSheet:
    """A row for each proposition, respondent type and stance."""
    rows = [line for group in rows_in_order(selection) if group[0].support.of for row in group for line in _lines(row)]
    return TableSheet(
        name="Positions by type",
        holds="How many of each respondent type support or oppose each proposition, with intervals.",
        title="Positions by respondent type",
        columns=_COLUMNS,
        rows=rows,
        notes=(
            f"{selection.counted} {HIDDEN} {INTERVALS}",
            "“Share of all” is of all respondents of the type, “share of those” of the ones who take the "
            "proposition up. “Unsure” is how many of the count were read with a confidence under a half and wait for a "
            "person to check them: they are no certain part of the count.",
            selection.asked,
        ),
        empty="There is no proposition, or no submission that meets the filters, to show positions of.",
    )


def _lines(row: PositionRow) -> list[Row]:
    who = TYPES[row.respondent_type] if row.respondent_type else EVERYONE
    start = (row.proposition_id, row.text, who)
    taking_up = row.addressed.n
    lines: list[Row] = []
    for stance in (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED):
        of_those, unsure = value_of(row.among_those_who_take_it_up(stance)), row.unsure_of(stance).n
        lines.append((*start, STANCES[stance], *share_cells(row.share(stance)), taking_up, of_those, unsure))
    lines.append((*start, NOT_ADDRESSED, *share_cells(row.not_addressed), row.addressed.n, None, None))
    return lines
