"""One table on one sheet: title, notes, frozen header, a real Excel table, print set-up. Rows stream to the file."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from rfc_analyzer.exports.cells import excel_value, starts_formula
from rfc_analyzer.exports.excel.printing import set_up_page
from rfc_analyzer.exports.excel.styles import Style, bar, heat, stance_rules

MAX_ROWS = 1_048_576
MOST_LINKS = 20_000
"""How many cells of a sheet lead to the web; further ones only show where. Excel opens 65,530, and all are held."""
_READABLE_WIDTH = 200  # in characters, on one page
_HEADER_HEIGHT = 15.0
_LINE_HEIGHT = 13.2
_HIGHEST = 409.0  # of Excel
_LETTERS_A_UNIT = 1.25  # letters of running text that fit a unit of a column's width
_INDENT = 1.5
_WRAPPED = frozenset({Style.WRAPPED.value, Style.ENTRY.value, Style.KEY.value})
Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in characters; ``stance``, ``heat`` and ``bar`` colour the cells.

    ``choices`` make a drop-down list; ``choices_at`` are the cells of another sheet that hold them, where they are too
    long for the cell's own rule.
    """

    title: str
    width: float
    style: Style = Style.TEXT
    choices: tuple[str, ...] = ()
    choices_at: str = ""
    stance: bool = False
    heat: bool = False
    bar: bool = False


@dataclass(frozen=True)
class TableSheet:
    """A sheet with a table; ``empty`` is the sentence it carries where there is no row.

    ``holds`` says in the list of contents what the sheet is for. ``frozen`` columns stay in sight.
    """

    name: str
    holds: str
    columns: Sequence[Column]
    rows: Collection[Row]
    empty: str
    notes: tuple[str, ...] = ()
    frozen: int = 1
    title: str = ""


_IN_THE_MIDDLE = frozenset({Style.INTEGER, Style.SHARE, Style.DECIMAL, Style.P_VALUE, Style.CENTRED})


class Writer:
    """Writes cells into one sheet, the last or at ``place``.

    A cell object is used again for every row, as each row is written at once.
    """

    def __init__(self, workbook: Workbook, name: str, place: int | None = None) -> None:
        # a streaming sheet has all that is used here of an ordinary one
        self.sheet = cast(Worksheet, workbook.create_sheet(name, place))
        self.row = 0
        self._widths: list[float] = []
        self._cells: dict[tuple[int, Style, bool], Cell] = {}
        self._links = 0

    def widths(self, widths: Iterable[float]) -> None:
        """Column widths; to be set before the first row."""
        self._widths = list(widths)
        for number, width in enumerate(self._widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width

    def line(self, values: Iterable[tuple[object, Style]], height: float | None = None) -> None:
        """Write one row of values and their styles; without ``height`` it is as high as its wrapped text needs."""
        self.row += 1
        cells = [self.cell(place, value, style) for place, (value, style) in enumerate(values)]
        self.sheet.row_dimensions[self.row].height = height or self._height(cells)
        self.sheet.append(cells)
        # it is written; half a million of them would fill the memory
        del self.sheet.row_dimensions[self.row]

    def _height(self, cells: Sequence[Cell]) -> float:
        """Points. Not every program that shows workbooks finds the height by itself."""
        lines = 1
        for cell, width in zip(cells, self._widths, strict=False):
            if cell.style in _WRAPPED and isinstance(cell.value, str):
                lines = max(lines, _lines(cell.value, width))
        return min(_HIGHEST, lines * _LINE_HEIGHT + 2)

    def cell(self, place: int, value: object, style: Style) -> Cell:
        """The cell for ``value``; text is text, whatever it looks like."""
        content = excel_value(value)
        text = isinstance(content, str)
        # Excel then keeps it text even after someone edits the cell
        guarded = text and starts_formula(str(content))
        cell = self._cells.get((place, style, guarded))
        if cell is None:
            cell = self._cells[place, style, guarded] = WriteOnlyCell(self.sheet)
            cell.style = style.value
            cell.quotePrefix = guarded
        cell.value = content
        if text:
            cell.data_type = "s"
        if style is Style.LINK:
            self._link(cell, place, content)
        return cell

    def _link(self, cell: Cell, place: int, content: object) -> None:
        """Let the cell lead to the address that it shows: the link is the cell's own, and goes along in sorting."""
        cell.hyperlink = None
        cell.row, cell.column = self.row, place + 1
        if isinstance(content, str) and content.startswith(("http://", "https://")) and self._links < MOST_LINKS:
            self._links += 1
            cell.hyperlink = Hyperlink(ref=cell.coordinate, target=content)

    def head(self, titles: Sequence[str], figures: Collection[int]) -> None:
        """Write a header row; titles at the places ``figures`` stand in the middle."""
        needed = (len(textwrap.wrap(t, max(4, int(w) - 3))) for t, w in zip(titles, self._widths, strict=False))
        styles = [Style.HEADER_MIDDLE if place in figures else Style.HEADER for place in range(len(titles))]
        self.line(zip(titles, styles, strict=True), height=max(2, *needed, 0) * _HEADER_HEIGHT)

    def close(self) -> None:
        """End the sheet; nothing can be written after it."""
        self.sheet.close()  # type: ignore[attr-defined]


def write_table(workbook: Workbook, spec: TableSheet, docket: str) -> Worksheet:
    """Write ``spec``; ``docket`` stands in the printed header.

    Rows beyond what Excel holds are left out, and a note says so.
    """
    writer = Writer(workbook, spec.name)
    writer.widths(column.width for column in spec.columns)
    notes = _wrapped([*spec.notes, *([] if spec.rows else [spec.empty])], spec.columns)
    header = len(notes) + 3
    count = min(len(spec.rows), MAX_ROWS - header - 1)
    if count < len(spec.rows):
        notes.append(f"Excel holds only the first {count:,} of {len(spec.rows):,} rows; the CSV has all of them.")
        header += 1
    if count:
        writer.sheet.freeze_panes = f"{get_column_letter(spec.frozen + 1)}{header + 1}"
        writer.sheet.print_title_rows = f"{header}:{header}"
    set_up_page(writer.sheet, docket)
    _spread(writer.sheet, spec)
    writer.line([(spec.title or spec.name, Style.TITLE)], height=24)
    for note in notes:
        writer.line([(note, Style.NOTE)])
    writer.line([])
    if count:
        _write_rows(writer, spec.columns, islice(spec.rows, count))
        _dress(writer.sheet, spec, header, header + count)
    writer.close()
    return writer.sheet


def _spread(sheet: Worksheet, spec: TableSheet) -> None:
    """A table too wide to be read on one page prints on several side by side, with the frozen columns on each."""
    pages = round(sum(column.width for column in spec.columns) / _READABLE_WIDTH)
    if pages > 1:
        sheet.page_setup.fitToWidth = pages
        sheet.print_title_cols = f"A:{get_column_letter(spec.frozen)}"


def _wrapped(notes: Sequence[str], columns: Sequence[Column]) -> list[str]:
    """Notes cut into lines that fit beside each other's columns: no cell is merged."""
    width = max(60, int(sum(column.width for column in columns)))
    return [line for note in notes for line in textwrap.wrap(note, width) or [""]]


def _write_rows(writer: Writer, columns: Sequence[Column], rows: Iterable[Row]) -> None:
    middle = {place for place, column in enumerate(columns) if column.style in _IN_THE_MIDDLE}
    writer.head([column.title for column in columns], middle)
    styles = [c.style for c in columns]
    for row in rows:
        writer.line(zip(row, styles, strict=True))


def _lines(text: str, width: float) -> int:
    """About how many lines ``text`` takes in a column of ``width``."""
    room = max(1, int((width - _INDENT) * _LETTERS_A_UNIT))
    return sum(_lines_of_paragraph(part, room) for part in text.split("\n"))


def _lines_of_paragraph(text: str, room: int) -> int:
    if len(text) <= room:
        return 1
    lines, used = 1, 0
    for word in text.split(" "):
        if used and used + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + 1
        # a word longer than the line goes on in the next
        lines, used = lines + used // (room + 1), used % (room + 1)
    return lines


def _dress(sheet: Worksheet, spec: TableSheet, first: int, last: int) -> None:
    """The table with its filters, drop-downs and colours."""
    end = get_column_letter(len(spec.columns))
    table = Table(displayName=_table_name(spec.name), ref=f"A{first}:{end}{last}")
    table.autoFilter = AutoFilter(ref=table.ref)
    table.tableColumns = [
        TableColumn(id=number, name=str(excel_value(column.title)))
        for number, column in enumerate(spec.columns, start=1)
    ]
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    sheet.tables.add(table)
    for number, column in enumerate(spec.columns, start=1):
        letter = get_column_letter(number)
        place = f"{letter}{first + 1}:{letter}{last}"
        if column.choices or column.choices_at:
            _drop_down(sheet, place, column)
        if column.stance:
            for rule in stance_rules(f"{letter}{first + 1}"):
                sheet.conditional_formatting.add(place, rule)
        if column.heat:
            sheet.conditional_formatting.add(place, heat())
        if column.bar:
            sheet.conditional_formatting.add(place, bar())


def _drop_down(sheet: Worksheet, place: str, column: Column) -> None:
    inline = ",".join(column.choices)
    listed = DataValidation(type="list", formula1=column.choices_at or f'"{inline}"', allow_blank=True)
    error = f"Choose one of: {', '.join(column.choices)}" if column.choices else "Choose one from the list."
    listed.errorTitle, listed.error = column.title, error
    listed.promptTitle, listed.prompt = column.title, "Choose from the list."
    listed.showErrorMessage = listed.showInputMessage = True
    listed.add(place)
    sheet.data_validations.append(listed)


def _table_name(name: str) -> str:
    return "".join(word.capitalize() for word in name.replace("-", " ").split())
