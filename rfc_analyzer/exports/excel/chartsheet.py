"""The sheet of charts: all propositions at once, then one chart a proposition with a bar for each type."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from math import ceil

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from rfc_analyzer.comparison import PositionRow
from rfc_analyzer.exports.excel.charts import DATA_HEADS, Bars, data_row, diverging
from rfc_analyzer.exports.excel.positions import rows_in_order
from rfc_analyzer.exports.excel.printing import set_up_page
from rfc_analyzer.exports.excel.sheet import Writer
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import EVERYONE, HIDDEN, STANCES, TYPES
from rfc_analyzer.model import Stance

NAME = "Position charts"
HOLDS = "Bar charts of support and opposition, for everyone and by respondent type."
_COLUMNS = 20  # the columns under the charts, all of one width
_WIDTH = 9.0
_ROW_CM = 0.53  # the height of a row of 15 points
_DATA = _COLUMNS + 2  # the first column of the data, right of the printed page
_WIDE, _HALF = 34.0, 16.8
_HALF_COLUMNS = 10
_BARE_CM, _BAR_CM = 3.4, 0.75  # a chart without bars, and each bar
_SCALE = 57  # percent, at which the columns fit the paper also in a program that has a wider font only
_PAGE_CM = 30  # of the sheet, at that scale
_LONGEST_TITLE = 90
_LONGEST_LABEL = 60


def write_charts(workbook: Workbook, selection: Selection) -> None:
    """Write the sheet; the data behind the charts stand right of the page."""
    groups = [group for group in rows_in_order(selection) if group[0].support.of]
    writer = Writer(workbook, NAME)
    writer.widths([_WIDTH] * _COLUMNS + [3, 44, 10, 10, 10, 10])
    # a page that is fitted can't be broken where a chart ends
    set_up_page(writer.sheet, selection.title, fitted=False)
    writer.sheet.page_setup.scale = _SCALE
    writer.sheet.freeze_panes = "A2"
    notes = (
        f"Shares of all respondents of a type; the rest don't take the proposition up. {selection.counted}",
        f"{HIDDEN} Mixed positions stand half on each side of the middle. The figures are on “Positions by type”.",
        selection.asked,
    )
    start = len(notes) + 2
    charts = _bars(groups)
    data: list[tuple[object, ...]] = []
    firsts = []
    for chart in charts:
        data.append((chart.title, *DATA_HEADS[1:]))
        firsts.append(len(data) + start + 1)
        data += [data_row(label, row) for label, row in chart.bars]
    writer.line([(NAME, Style.TITLE)], height=24)
    for line in range(start - 1):
        note = notes[line] if line < len(notes) else None
        writer.line([(note, Style.NOTE)])
    if not charts:
        writer.line([("There is no proposition, or no submission that meets the filters.", Style.NOTE)])
    blank = [(None, Style.NOTE)] * (_DATA - 1)
    for number, row in enumerate(data, start=start + 1):
        head = number + 1 in firsts
        styles = [Style.HEADER] * 5 if head else [Style.TEXT, *[Style.CHARTED] * 4]
        writer.line([*blank, *zip(row, styles, strict=True)])
    bottom = _place(writer, charts, firsts, start)
    writer.sheet.print_area = f"A1:{get_column_letter(_COLUMNS)}{max(bottom, writer.row)}"
    writer.close()


def _place(writer: Writer, charts: Sequence[Bars], firsts: Sequence[int], row: int) -> int:
    """The first chart over the whole width, the others in pairs; returns the last row that they cover."""
    pairs = [[0]] if charts else []
    pairs += [[left, left + 1][: len(charts) - left] for left in range(1, len(charts), 2)]
    top = 0
    for pair in pairs:
        height = max(_BARE_CM + _BAR_CM * len(charts[number].bars) for number in pair)
        rows = ceil(height / _ROW_CM) + 2
        if (row + rows - top) * _ROW_CM > _PAGE_CM:
            writer.sheet.row_breaks.append(Break(id=row - 1))
            top = row
        for place, number in enumerate(pair):
            diverging(
                writer.sheet,
                charts[number],
                column=_DATA,
                first=firsts[number],
                size=(_WIDE if pair == [0] else _HALF, height),
                at=(place * _HALF_COLUMNS, row),
            )
        row += rows
    return row


def _bars(groups: Sequence[Sequence[PositionRow]]) -> list[Bars]:
    if not groups:
        return []
    everyone = [(f"{g[0].proposition_id}: {_cut(g[0].text, _LONGEST_LABEL)}", g[0]) for g in groups]
    whole = Bars("All respondents, by proposition", _alt("All respondents, by proposition.", everyone), everyone)
    return [whole, *(_by_type(group) for group in groups)]


def _by_type(group: Sequence[PositionRow]) -> Bars:
    bars = [(_label(row), row) for row in group]
    title = f"{group[0].proposition_id}: {_cut(group[0].text, _LONGEST_TITLE)}"
    return Bars(title, _alt(f"{group[0].proposition_id}: {group[0].text}", bars), bars)


def _label(row: PositionRow) -> str:
    who = TYPES[row.respondent_type] if row.respondent_type else EVERYONE
    few = ", too few" if row.support.hidden else ""
    return f"{who} ({row.support.of:,}{few})"


def _alt(title: str, bars: Sequence[tuple[str, PositionRow]]) -> str:
    """What the chart shows, in words and counts."""
    said = []
    for label, row in bars:
        counts = ", ".join(f"{row.share(s).n} {STANCES[s].lower()}" for s in Stance)
        said.append(f"{label}: {counts}, of {row.support.of}.")
    return f"Bar chart of support and opposition. {title} {' '.join(said)}"


def _cut(text: str, width: int) -> str:
    return textwrap.shorten(text, width, placeholder=" …")
