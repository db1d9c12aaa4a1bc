"""One file a format. A reader says whether it accepts a file by its content, and turns bytes into a document."""

from __future__ import annotations

import io
import zipfile
from typing import Protocol

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.html import HtmlReader
from rfc_analyzer.readers.images import ImageReader
from rfc_analyzer.readers.portable import PdfReader
from rfc_analyzer.readers.sheet import SheetReader
from rfc_analyzer.readers.text import TextReader
from rfc_analyzer.readers.word import WordReader
from rfc_analyzer.settings import ReadingLimits

HEAD_BYTES = 4096
_FEWEST_LETTERS = 2

# what people send that this version does not read, and what to do about it
_KNOWN_BUT_UNREAD = {
    b"\xd0\xcf\x11\xe0": "It is an old Office file (.doc, .xls or .msg); save it as .docx, .xlsx or PDF, and add that.",
    b"{\\rtf": "It is a Rich Text file; save it as .docx or PDF, and add that.",
    b"%!PS": "It is a PostScript file; save it as PDF, and add that.",
    b"7z\xbc\xaf": "It is a 7z archive; unpack it, or pack it as .zip.",
    b"Rar!": "It is a RAR archive; unpack it, or pack it as .zip.",
    b"\x1f\x8b": "It is a gzip archive; unpack it, or pack it as .zip.",
    b"ID3": "It is a sound file; add a transcript as text.",
}


class Reader(Protocol):
    """One format. ``members`` are the names inside, where the file is a zip."""

    media_type: str

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool: ...

    def read(self, data: bytes, limits: ReadingLimits) -> Document: ...


# content decides; text accepts nearly everything and comes last
READERS: tuple[Reader, ...] = (PdfReader(), WordReader(), SheetReader(), ImageReader(), HtmlReader(), TextReader())


def reader_for(data: bytes, name: str) -> Reader:
    """The reader of a file. Raises :class:`UnreadableFile` with what to do where there is none."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile("The file is empty; ask the sender for it again.")
    head = data[:HEAD_BYTES]
    members = _members(data)
    for start, advice in _KNOWN_BUT_UNREAD.items():
        if head.startswith(start):
            raise UnreadableFile(advice)
    if "content.xml" in members:
        raise UnreadableFile("It is an OpenDocument file (.odt or .ods); save it as .docx or PDF, and add that.")
    for reader in READERS:
        if reader.accepts(head, name, members):
            return reader
    raise UnreadableFile(
        "This program does not know the file's format; save it as PDF, Word (.docx) or text, and add that."
    )


def read_document(data: bytes, name: str, limits: ReadingLimits) -> tuple[Document, str]:
    """The document in ``data`` and its media type.

    Raises :class:`UnreadableFile` where nothing can be read, also where next to no text comes out.
    """
    if len(data) > limits.max_bytes:
        raise UnreadableFile(f"The file is larger than {limits.max_bytes // 1024**2:,} MB; split it.")
    reader = reader_for(data, name)
    document = reader.read(data, limits)
    if sum(c.isalnum() for c in document.text) < _FEWEST_LETTERS:
        raise UnreadableFile("No text was found in the file; open it and look whether it is blank.")
    return document, reader.media_type


def _members(data: bytes) -> frozenset[str]:
    if not data.startswith(b"PK"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("The file is a damaged zip or Office file; ask the sender for it again.") from error
