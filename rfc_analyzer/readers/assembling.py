"""Putting a document's text together block by block."""

from __future__ import annotations

from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.document import Document, Span

_CONTROLS = {code: " " for code in range(32) if code not in (9, 10)} | {0xFEFF: "", 0x00AD: "", 0x200B: ""}
# direction marks can make a text read otherwise than it is stored
_CONTROLS |= dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")


def plain(text: str) -> str:
    """``text`` without control characters, direction marks, soft hyphens and carriage returns."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)


class Assembler:
    """Collects blocks; paragraphs are parted by a blank line."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Span] = []

    def add(self, text: str, kind: PassageKind) -> None:
        """Append one block; blank ones are left out."""
        text = plain(text).strip()
        if not text:
            return
        if self._length:
            self._parts.append("\n\n")
            self._length += 2
        self._blocks.append(Span(self._length, self._length + len(text), None, kind))
        self._parts.append(text)
        self._length += len(text)

    def document(self, source: TextSource) -> Document:
        return Document("".join(self._parts), (), None, source, tuple(self._blocks))
