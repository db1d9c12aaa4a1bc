"""Word files (.docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import ReadingLimits

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_FOOTNOTES = "word/footnotes.xml"
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class WordReader:
    """Paragraphs, headings, list items, tables as "column: value" rows, and footnotes."""

    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return "word/document.xml" in members

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        import docx
        from docx.text.paragraph import Paragraph

        _refuse_bomb(data, limits)
        try:
            document = docx.Document(io.BytesIO(data))
        except (KeyError, ValueError, zipfile.BadZipFile) as error:
            raise UnreadableFile("The Word file is damaged; open it in Word, save it again, and add that.") from error
        assembler = Assembler()
        for block in document.iter_inner_content():
            if isinstance(block, Paragraph):
                assembler.add(block.text, _kind(block))
            else:
                for row in _rows(block):
                    assembler.add(row, PassageKind.TABLE)
        for note in _footnotes(data):
            assembler.add(note, PassageKind.FOOTNOTE)
        return assembler.document(TextSource.DOCX)


def _kind(paragraph: Paragraph) -> PassageKind:
    style = (paragraph.style.name or "").lower() if paragraph.style else ""
    if style.startswith(("heading", "title", "subtitle")):
        return PassageKind.HEADING
    properties: Any = paragraph._p.pPr
    if "list" in style or (properties is not None and properties.numPr is not None):
        return PassageKind.LIST
    bold = [run.bold for run in paragraph.runs if run.text.strip()]
    if bold and all(bold) and len(paragraph.text.split()) <= 16 and not paragraph.text.rstrip().endswith((".", ",")):
        return PassageKind.HEADING
    return PassageKind.QUOTE if "quote" in style else PassageKind.BODY


def _rows(table: Table) -> Iterator[str]:
    rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    if len(rows) == 1 or (rows and len(rows[0]) == 1):
        yield from (" ".join(dict.fromkeys(filter(None, row))) for row in rows)
        return
    header = rows[0] if rows else []
    for row in rows[1:]:
        named = [f"{name}: {value}" if name else value for name, value in zip(header, row, strict=False) if value]
        yield "; ".join(dict.fromkeys(named))


def _footnotes(data: bytes) -> Iterator[str]:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if _FOOTNOTES not in archive.namelist():
            return
        for note in fromstring(archive.read(_FOOTNOTES)).iter(f"{_NAMESPACE}footnote"):
            text = "".join(part.text or "" for part in note.iter(f"{_NAMESPACE}t")).strip()
            if text:
                yield text


def _refuse_bomb(data: bytes, limits: ReadingLimits) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        total = sum(item.file_size for item in archive.infolist())
    if total > limits.max_bytes or total > max(limits.archive_ratio * len(data), 50_000_000):
        raise UnreadableFile("The file unpacks to far more than a letter holds and was not opened.")
