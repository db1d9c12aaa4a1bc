"""OpenDocument files: letters (.odt) and tables (.ods)."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.archive import refuse_bomb
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.sheet import ExcelReader
from rfc_analyzer.readers.tabular import named_rows
from rfc_analyzer.settings import ReadingLimits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_UNSEEN = frozenset((f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}table-of-content", f"{_OFFICE}forms"))
_NOTE = f"{_TEXT}note"


class OpenDocumentReader:
    """Headings, paragraphs, lists, tables and notes of a letter; the rows of a spreadsheet."""

    media_type = "application/vnd.oasis.opendocument"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return {"content.xml", "mimetype"} <= members

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        from defusedxml.ElementTree import ParseError, fromstring

        refuse_bomb(data, limits)
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if b"spreadsheet" in archive.read("mimetype"):
                    return ExcelReader().read(data, limits)
                root = fromstring(archive.read("content.xml"))
        except RuntimeError as error:
            raise UnreadableFile("It is locked with a password; ask the sender for a copy without one.") from error
        except (ParseError, zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError) as error:
            raise UnreadableFile("The OpenDocument file is damaged; open it, save it again, and add that.") from error
        body = root.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            raise UnreadableFile("It is an OpenDocument file without a letter in it; save it as PDF, and add that.")
        assembler = Assembler()
        notes: list[str] = []
        _add(body, PassageKind.BODY, assembler, notes)
        for note in notes:
            assembler.add(note, PassageKind.FOOTNOTE)
        return assembler.document(TextSource.ODT)


def _add(container: Element, kind: PassageKind, assembler: Assembler, notes: list[str]) -> None:
    for element in container:
        if element.tag in _UNSEEN:
            continue
        if element.tag == f"{_TEXT}h":
            assembler.add(_text(element, notes), PassageKind.HEADING)
        elif element.tag == f"{_TEXT}p":
            assembler.add(_text(element, notes), kind)
        elif element.tag == f"{_TABLE}table":
            rows = [
                [_cell(cell) for cell in row.iter(f"{_TABLE}table-cell")] for row in element.iter(f"{_TABLE}table-row")
            ]
            for line in named_rows(rows):
                assembler.add(line, PassageKind.TABLE)
        else:
            _add(element, PassageKind.LIST if element.tag == f"{_TEXT}list" else kind, assembler, notes)


def _cell(cell: Element) -> str:
    return " ".join(filter(None, (_text(paragraph, []) for paragraph in cell.iter(f"{_TEXT}p"))))


def _text(element: Element, notes: list[str]) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == _NOTE:
            body = child.find(f"{_TEXT}note-body")
            mark = child.find(f"{_TEXT}note-citation")
            if body is not None:
                notes.append(f"{(mark.text or '') if mark is not None else ''} {''.join(body.itertext())}".strip())
        elif child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1") or 1))
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif child.tag not in _UNSEEN:
            parts.append(_text(child, notes))
        parts.append(child.tail or "")
    return "".join(parts).strip()
