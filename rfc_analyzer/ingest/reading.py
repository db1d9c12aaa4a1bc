"""What a child process does with one file; top-level functions, so that they can be sent there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.ingest.exports import Export, json_export
from rfc_analyzer.ingest.records import Rows, first_table
from rfc_analyzer.model import TextSource
from rfc_analyzer.pdf import read_pdf
from rfc_analyzer.readers import read_document, reader_for
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.portable import PdfReader
from rfc_analyzer.readers.sheet import csv_rows, excel_sheets
from rfc_analyzer.settings import MetadataColumns, ReadingLimits

_EXCEL_STARTS = (b"PK", b"\xd0\xcf\x11\xe0")
_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Read:
    """A file's document, its media type, and a remark on the file (mostly empty)."""

    document: Document
    media_type: str
    remark: str = ""


def read_file(path: Path, name: str, limits: ReadingLimits) -> Read:
    """Read a comment file. Raises :class:`UnreadableFile`."""
    return Read(*read_document(_bytes(path, limits), name, limits))


def read_notice(path: Path, limits: ReadingLimits) -> Document:
    """Read the agency's notice; a PDF column by column. Raises :class:`UnreadableFile`."""
    data = _bytes(path, limits)
    if isinstance(reader_for(data, path.name), PdfReader):
        return read_pdf(data, limits, layout=True)
    return read_document(data, path.name, limits)[0]


def read_table(path: Path, name: str, columns: MetadataColumns, limits: ReadingLimits, spool: Path) -> Export:
    """What a table or export tells; nothing where it is something else. ``spool`` is where many rows may be put.

    Raises :class:`UnreadableFile` if damaged.
    """
    if name.lower().endswith(".json"):
        records, titles = json_export(_bytes(path, limits), columns, name)
        return Export.of(records, titles, (), spool)
    with path.open("rb") as file:
        excel = file.read(8).startswith(_EXCEL_STARTS)
    sheets = _excel_rows(_bytes(path, limits)) if excel else [partial(_csv_rows, path)]
    source = TextSource.XLSX if excel else TextSource.CSV
    return Export.of(first_table(sheets, columns, name, source), {}, _columns(sheets), spool)


def _excel_rows(data: bytes) -> list[Rows]:
    return [partial(iter, sheet.rows) for sheet in excel_sheets(data)]


def _csv_rows(path: Path) -> Iterator[list[str]]:
    """Rows of a table of any size."""
    with path.open("rb") as file:
        yield from csv_rows(file)


def _columns(sheets: Sequence[Rows]) -> tuple[str, ...]:
    """The names that could be a table's columns."""
    found = [row for rows in sheets for row in islice(rows(), _HEADER_WITHIN)]
    header = max(found, key=lambda row: sum(map(bool, row)), default=[])
    return tuple(cell.strip() for cell in header)


def _bytes(path: Path, limits: ReadingLimits) -> bytes:
    size = path.stat().st_size
    if size > limits.max_bytes:
        raise UnreadableFile(f"The file is larger than {limits.max_bytes // 1024**2:,} MB; split it.")
    if size == 0:
        raise UnreadableFile("The file is empty (0 bytes); ask the sender for it again.")
    return path.read_bytes()
