"""Word files (.docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.archive import refuse_bomb
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.tabular import named_rows
from rfc_analyzer.settings import ReadingLimits

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
_PICTURES = ("word/media/",)
# what a tracked change took out, field codes, and the second form of a drawing are no text of the letter
_UNSEEN = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _FALLBACK))
_BOXED = f"{_W}txbxContent"
_HEADING_WORDS = 16
_FEWEST_LETTERS = 20
_DAMAGED = "The Word file is damaged; open it in Word, save it again, and add that."


class WordReader:
    """Paragraphs, headings, list items, text boxes, tables as "column: value" rows, footnotes and endnotes."""

    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return "word/document.xml" in members

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        import docx

        refuse_bomb(data, limits)
        try:
            document = docx.Document(io.BytesIO(data))
        except MemoryError:
            raise
        except Exception as error:  # the package's parts may be anything, and so are the errors that they raise
            raise UnreadableFile(_DAMAGED) from error
        assembler = Assembler()
        _Body(document, assembler).add(document.element.body)
        for note in _notes(data):
            assembler.add(note, PassageKind.FOOTNOTE)
        read = assembler.document(TextSource.DOCX)
        if sum(c.isalnum() for c in read.text) < _FEWEST_LETTERS and _has_picture(data):
            raise UnreadableFile("The Word file holds only a picture of the letter; save it as PDF, and add that.")
        return read


class _Body:
    """Walks the body as Word shows it: content controls opened, tracked changes accepted."""

    def __init__(self, document: WordDocument, assembler: Assembler) -> None:
        self._assembler = assembler
        self._styles = {style.style_id: (style.name or "").lower() for style in document.styles}

    def add(self, container: Any) -> None:
        """Add all blocks of ``container`` in reading order."""
        for element in container:
            if element.tag == f"{_W}p":
                self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._table(element)
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
                self.add(element)

    def _paragraph(self, paragraph: Any) -> None:
        self._assembler.add(_text(paragraph), self._kind(paragraph))
        for box in _boxes(paragraph):
            self.add(box)

    def _table(self, table: Any) -> None:
        rows = [[_cell_text(cell) for cell in _below(row, "tc")] for row in _below(table, "tr")]
        cells = [cell for row in rows for cell in row if cell]
        # a table of one column or row, or with whole pages in a cell, only places the text
        if len(rows) < 2 or max(map(len, rows)) < 2 or max(map(len, cells), default=0) > 4000:
            for row in _below(table, "tr"):
                for cell in _below(row, "tc"):
                    self.add(cell)
            return
        for line in named_rows(rows):
            self._assembler.add(line, PassageKind.TABLE)

    def _kind(self, paragraph: Any) -> PassageKind:
        properties = paragraph.find(f"{_W}pPr")
        style = numbered = None
        if properties is not None:
            style = properties.find(f"{_W}pStyle")
            numbered = properties.find(f"{_W}numPr")
        name = self._styles.get(style.get(f"{_W}val"), "") if style is not None else ""
        if name.startswith(("heading", "title", "subtitle")):
            return PassageKind.HEADING
        if _is_bold_line(paragraph):
            return PassageKind.HEADING
        if numbered is not None or "list" in name:
            return PassageKind.LIST
        return PassageKind.QUOTE if "quote" in name else PassageKind.BODY


def _below(element: Any, tag: str) -> Iterator[Any]:
    """Children of a name, those inside content controls and insertions too."""
    for child in element:
        if child.tag == f"{_W}{tag}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _below(child, tag)


def _text(element: Any) -> str:
    """The text of a paragraph, without that of the text boxes anchored in it."""
    parts: list[str] = []
    todo = [element]
    while todo:
        node = todo.pop()
        if node.tag in _UNSEEN or node.tag == _BOXED:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append("\t" if node.getparent().tag == f"{_W}r" else "")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
        todo.extend(reversed(node))
    return "".join(parts).strip()


def _cell_text(cell: Any) -> str:
    return "\n".join(filter(None, (_text(paragraph) for paragraph in cell.iter(f"{_W}p"))))


def _boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(_BOXED):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield box


def _is_bold_line(paragraph: Any) -> bool:
    """A short line, all bold and not ending as a sentence does, is a heading whatever its style."""
    text = _text(paragraph)
    if not text or len(text.split()) > _HEADING_WORDS or text.endswith((".", ",", ";")):
        return False
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(m is not None and m.get(f"{_W}val") not in ("0", "false") for m in marks)


def _notes(data: bytes) -> Iterator[str]:
    from defusedxml.ElementTree import ParseError, fromstring

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part, tag in _NOTES:
            if part not in archive.namelist():
                continue
            try:
                root = fromstring(archive.read(part))
            except ParseError:  # the letter itself was read
                continue
            for note in root.iter(f"{_W}{tag}"):
                text = "".join(piece.text or "" for piece in note.iter(f"{_W}t")).strip()
                if text:
                    yield f"{note.get(f'{_W}id')} {text}"


def _has_picture(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.startswith(_PICTURES) for name in archive.namelist())
