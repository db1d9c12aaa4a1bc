"""Plain text, in the encodings that people send."""

from __future__ import annotations

import codecs

from rfc_analyzer.model import TextSource
from rfc_analyzer.readers.assembling import plain
from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import ReadingLimits

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """Text of ``data``: by its byte-order mark, else UTF-8, else UTF-16 where every other byte is zero, else cp1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:2000]
    if len(sample) > 8 and sample.count(0) > 0.3 * len(sample):
        return data.decode("utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


class TextReader:
    """Text files; the blocks are found later, from line breaks."""

    media_type = "text/plain"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        text = decode(head)
        strange = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\f\x0b") for c in text)
        return bool(text.strip()) and strange <= 0.01 * len(text)

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        return Document(plain(decode(data)).strip(), (), None, TextSource.TXT, ())
