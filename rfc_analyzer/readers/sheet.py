"""Tables: CSV and Excel, as rows for ingestion and as a document where one is attached to a comment."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.archive import refuse_bomb
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.tabular import named_rows
from rfc_analyzer.readers.text import decoded_lines, is_text
from rfc_analyzer.settings import ReadingLimits

_MAX_CELL = 10_000_000
_MAX_ROWS = 20_000
_DELIMITERS = ",;\t|"
_MOST_REPAIRS = 200
_LONGEST_ROW = 5_000  # lines


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, and its rows as texts."""

    name: str
    rows: list[list[str]]


class ExcelReader:
    """Workbooks attached to a comment: each row of a visible sheet becomes a "column: value" block."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return bool({"xl/workbook.xml", "xl/workbook.bin"} & members)

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        if data.startswith(b"PK"):
            refuse_bomb(data, limits)
        assembler = Assembler()
        partial = ""
        for sheet in excel_sheets(data):
            if any(map(any, sheet.rows)):
                assembler.add(sheet.name, PassageKind.HEADING)
            partial = _add_rows(sheet.rows, assembler) or partial
        return assembler.document(TextSource.XLSX, partial)


class OldExcelReader(ExcelReader):
    """Workbooks of Excel 97 to 2003."""

    media_type = "application/vnd.ms-excel"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return bool({"Workbook", "Book"} & members)


class CsvReader:
    """CSV files attached to a comment."""

    media_type = "text/csv"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return name.lower().endswith((".csv", ".tsv")) and is_text(head)

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        assembler = Assembler()
        partial = _add_rows([[cell.strip() for cell in row] for row in csv_rows(io.BytesIO(data))], assembler)
        return assembler.document(TextSource.CSV, partial)


def excel_sheets(data: bytes) -> list[Sheet]:
    """The visible sheets of a workbook. Raises :class:`UnreadableFile` where it is none."""
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        # hidden sheets hold the lists behind a form's menus, nothing that a respondent wrote
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        return [
            Sheet(name, [[_cell(value) for value in row] for row in book.get_sheet_by_name(name).to_python()])
            for name in shown
        ]
    except (CalamineError, ValueError, OSError) as error:
        locked = "password" in str(error).lower() or b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P" in data
        advice = "is locked with a password; save it without one" if locked else "is damaged; save it again in Excel"
        raise UnreadableFile(f"The workbook {advice}, and add that.") from error


def csv_rows(file: BinaryIO) -> Iterator[list[str]]:
    """Rows of a CSV of any usual delimiter; cells as they stand. A quote never closed costs only its own row.

    No more of the file than its longest row is held at once.
    """
    lines = _Window(decoded_lines(file))
    delimiter = _delimiter(lines.ahead(10))
    csv.field_size_limit(_MAX_CELL)
    repairs, width = 0, 0
    while lines.ahead(1):
        row, used = _row(lines, delimiter)
        width = width or len(row)
        if used > 1 and repairs < _MOST_REPAIRS and not _well_quoted(lines.ahead(used), delimiter):
            alone, following = (_bare(line, delimiter) for line in lines.ahead(2))
            if len(alone) == width <= len(following) or len(row) != width:
                repairs += 1
                row, used = alone, 1
        lines.drop(used)
        if row:
            yield row


class _Window:
    """The lines of a file from the current one on, as far as they were looked at."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._kept: list[str] = []

    def ahead(self, count: int) -> list[str]:
        """The next lines, ``count`` of them or fewer where the file ends."""
        self._kept += islice(self._lines, max(count - len(self._kept), 0))
        return self._kept[:count]

    def each(self, count: int) -> Iterator[str]:
        """The next lines one by one, read as they are asked for."""
        for number in range(count):
            if number == len(self._kept):
                self._kept += islice(self._lines, 1)
            if number == len(self._kept):
                return
            yield self._kept[number]

    def drop(self, count: int) -> None:
        """Go on by ``count`` lines."""
        del self._kept[:count]


def _row(lines: _Window, delimiter: str) -> tuple[list[str], int]:
    """The row that begins at the current line, and the lines that it takes."""
    used = 0

    def feed() -> Iterator[str]:
        nonlocal used
        for line in lines.each(_LONGEST_ROW):
            used += 1
            yield line + "\n"

    try:
        row = next(csv.reader(feed(), delimiter=delimiter), [])
    except csv.Error:  # a cell of more than the largest size: nothing that anyone typed
        row = []
    return row, max(used, 1)


def _well_quoted(lines: Sequence[str], delimiter: str) -> bool:
    """Whether every quote of a row of several lines is opened, closed and doubled as it should be."""
    try:
        return sum(1 for _ in csv.reader([line + "\n" for line in lines], delimiter=delimiter, strict=True)) == 1
    except csv.Error:
        return False


def _bare(line: str, delimiter: str) -> list[str]:
    """The cells of one line whose quotes can't be trusted."""
    cells = next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    return [cell.strip().strip('"').replace('""', '"') for cell in cells]


def _delimiter(lines: Sequence[str]) -> str:
    """The delimiter that parts the first lines most evenly."""
    sample = [line for line in lines[:10] if line.strip()]
    if not sample:
        return ","
    first = Counter(char for char in sample[0] if char in _DELIMITERS)
    return max(_DELIMITERS, key=lambda mark: (len(next(csv.reader([sample[0]], delimiter=mark), [])), first[mark]))


def _add_rows(rows: Sequence[Sequence[str]], assembler: Assembler) -> str:
    for row in named_rows(rows[:_MAX_ROWS]):
        assembler.add(row, PassageKind.TABLE)
    if len(rows) > _MAX_ROWS:
        return f"Only the first {_MAX_ROWS:,} of {len(rows):,} rows were read; split the table to read the rest."
    return ""


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
