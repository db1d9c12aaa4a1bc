"""Tables: CSV and Excel, as rows for ingestion and as a document where one is attached to a comment."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.text import decode
from rfc_analyzer.settings import ReadingLimits

_MAX_CELL = 10_000_000


class SheetReader:
    """Excel workbooks and CSV files attached to a comment: each row becomes a "column: value" block."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return "xl/workbook.xml" in members or name.lower().endswith((".csv", ".tsv"))

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        excel = data.startswith(b"PK")
        assembler = Assembler()
        for sheet in excel_sheets(data) if excel else [list(csv_rows(data))]:
            header = next((row for row in sheet if sum(map(bool, row)) > 1), [])
            for row in sheet:
                if row is header:
                    continue
                named = [f"{n}: {v}" if n and n != v else v for n, v in zip(header, row, strict=False) if v]
                assembler.add("; ".join(named) or " ".join(filter(None, row)), PassageKind.TABLE)
        return assembler.document(TextSource.XLSX if excel else TextSource.CSV)


def excel_sheets(data: bytes) -> list[list[list[str]]]:
    """All sheets of a workbook as rows of texts. Raises :class:`UnreadableFile` where it is none."""
    from python_calamine import CalamineError, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        return [
            [[_cell(value) for value in row] for row in book.get_sheet_by_name(name).to_python()]
            for name in book.sheet_names
        ]
    except (CalamineError, ValueError, OSError) as error:
        locked = "password" in str(error).lower()
        advice = "is locked with a password; save it without one" if locked else "is damaged; save it again in Excel"
        raise UnreadableFile(f"The workbook {advice}.") from error


def csv_rows(data: bytes) -> Iterator[list[str]]:
    """Rows of a CSV of any usual delimiter. A broken quote costs the rows that it swallows, not the file."""
    text = decode(data).replace("\0", "")
    csv.field_size_limit(_MAX_CELL)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:20_000].split("\n", 1)[0], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
