"""What a child process does with one file; top-level functions, so that they can be sent there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.ingest.records import Record, csv_records, excel_records, json_records
from rfc_analyzer.pdf import read_pdf
from rfc_analyzer.readers import read_document, reader_for
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.portable import PdfReader
from rfc_analyzer.settings import MetadataColumns, ReadingLimits

TABLES = (".csv", ".tsv", ".xlsx", ".json")


@dataclass(frozen=True, slots=True)
class Read:
    """A file's document and its media type."""

    document: Document
    media_type: str


def read_file(path: Path, name: str, limits: ReadingLimits) -> Read:
    """Read a comment file. Raises :class:`UnreadableFile`."""
    document, media_type = read_document(_bytes(path, limits), name, limits)
    return Read(document, media_type)


def read_notice(path: Path, limits: ReadingLimits) -> Document:
    """Read the agency's notice; a PDF column by column. Raises :class:`UnreadableFile`."""
    data = _bytes(path, limits)
    if isinstance(reader_for(data, path.name), PdfReader):
        return read_pdf(data, limits, layout=True)
    return read_document(data, path.name, limits)[0]


def read_table(path: Path, name: str, columns: MetadataColumns, limits: ReadingLimits) -> tuple[list[Record], str]:
    """Records of a metadata table or export, and the docket's title if it tells; no records where it is something else.

    Raises :class:`UnreadableFile` where the file is damaged.
    """
    data = _bytes(path, limits)
    if name.lower().endswith(".json"):
        return json_records(data, columns)
    if data.startswith(b"PK"):
        return excel_records(data, columns), ""
    return csv_records(data, columns), ""


def _bytes(path: Path, limits: ReadingLimits) -> bytes:
    if path.stat().st_size > limits.max_bytes:
        raise UnreadableFile(f"The file is larger than {limits.max_bytes // 1024**2:,} MB; split it.")
    return path.read_bytes()
