"""One file a format. A reader says whether it accepts a file by its content, and turns bytes into a document."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.email import EmailReader
from rfc_analyzer.readers.html import HtmlReader
from rfc_analyzer.readers.images import IMAGE_READERS
from rfc_analyzer.readers.opendocument import OpenDocumentReader
from rfc_analyzer.readers.outlook import OutlookReader
from rfc_analyzer.readers.portable import PdfReader
from rfc_analyzer.readers.richtext import RichTextReader
from rfc_analyzer.readers.sheet import CsvReader, ExcelReader, OldExcelReader
from rfc_analyzer.readers.sniffing import name_against_content, parts_of, refuse_unknown
from rfc_analyzer.readers.text import TextReader
from rfc_analyzer.readers.word import WordReader
from rfc_analyzer.settings import ReadingLimits

HEAD_BYTES = 4096
_FEWEST_LETTERS = 2
_FEWEST_LETTERS_ON_PAGES = 10
_UNKNOWN = "This program does not know the file's format; save it as PDF, Word (.docx) or text, and add that."
_EMPTY = "The file is empty (0 bytes of content); ask the sender for it again."
_NO_TEXT = "No text was found in the file; open it and look whether it is blank, and if not, save it as PDF."
_FAILED_DOWNLOAD = "It is a web page under the name of {claim}: most likely a failed download; download it again."


class Reader(Protocol):
    """One format. ``members`` are the names inside, where the file is a zip or an old Office file."""

    media_type: str

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool: ...

    def read(self, data: bytes, limits: ReadingLimits) -> Document: ...


# content decides; text accepts nearly everything and comes last
READERS: tuple[Reader, ...] = (
    PdfReader(),
    WordReader(),
    ExcelReader(),
    OldExcelReader(),
    OutlookReader(),
    OpenDocumentReader(),
    RichTextReader(),
    *IMAGE_READERS,
    CsvReader(),
    EmailReader(),
    HtmlReader(),
    TextReader(),
)


def reader_for(data: bytes, name: str) -> Reader:
    """The reader of a file. Raises :class:`UnreadableFile` with what to do where there is none."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile(_EMPTY)
    members = parts_of(data)
    refuse_unknown(data, name, members)
    for reader in READERS:
        if reader.accepts(data[:HEAD_BYTES], name, members):
            return reader
    raise UnreadableFile(_UNKNOWN)


def read_document(data: bytes, name: str, limits: ReadingLimits) -> tuple[Document, str, str]:
    """The document in ``data``, its media type, and a remark (that its name claims another format), mostly empty.

    Raises :class:`UnreadableFile` where nothing can be read, also where next to no text comes out.
    """
    if len(data) > limits.max_bytes:
        raise UnreadableFile(f"The file is larger than {limits.max_bytes // 1024**2:,} MB; split it.")
    reader = reader_for(data, name)
    remark = name_against_content(name, reader.media_type)
    if remark and isinstance(reader, HtmlReader):
        raise UnreadableFile(_FAILED_DOWNLOAD.format(claim=remark.split(",")[0].removeprefix("Its name says ")))
    document = reader.read(data, limits)
    letters = sum(c.isalnum() for c in document.text)
    if letters < (_FEWEST_LETTERS_ON_PAGES if document.pages else _FEWEST_LETTERS):
        raise UnreadableFile(_NO_TEXT)
    return _short_enough(document, limits.max_letters), reader.media_type, remark


def _short_enough(document: Document, most: int) -> Document:
    """The document, or its beginning where it is longer than anything that a person wrote."""
    if len(document.text) <= most:
        return document
    said = f"Only the first {most:,} letters were read; split the file to read the rest."
    return replace(
        document,
        text=document.text[:most],
        page_starts=tuple(min(start, most) for start in document.page_starts),
        blocks=tuple(block for block in document.blocks if block.end <= most),
        boxes=tuple(box for box in document.boxes if box.end <= most),
        partial=" ".join(filter(None, (document.partial, said))),
    )
