"""Putting a document's text together block by block."""

from __future__ import annotations

import re

from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.document import Document, Span


def _replacements() -> dict[int, str]:
    table = {code: " " for code in range(32) if code not in (9, 10)}
    # bytes 80–9f read as Latin-1 are punctuation of Windows in truth
    table |= {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", " ") for code in range(0x80, 0xA0)}
    table |= dict.fromkeys((0x7F, 0xA0, 0x2007, 0x202F), " ")
    # direction marks can make a text read otherwise than it is stored
    table |= dict.fromkeys((0xFEFF, 0x00AD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "")
    # half a character, as in a JSON escape: no table can store it
    table |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    table |= {0x2028: "\n", 0x2029: "\n\n"}
    return table


_REPLACEMENTS = _replacements()
# UTF-8 that was read as cp1252 on its way ("donâ€™t"): such pairs stand in no language
_TWICE = re.compile("[ÂÃâð][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{1,3}")


def plain(text: str) -> str:
    """``text`` without control characters, direction marks, soft hyphens, carriage returns and mangled encoding."""
    text = _TWICE.sub(_once, text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.translate(_REPLACEMENTS)


def _once(match: re.Match[str]) -> str:
    try:
        return b"".join(_byte(char) for char in match[0]).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


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

    def document(self, source: TextSource, partial: str = "") -> Document:
        """All that was added, as one document."""
        return Document("".join(self._parts), (), None, source, tuple(self._blocks), partial=partial)
