"""Plain text, in the encodings that people send."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

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
_HEAD = 2000
_ZEROS_SHARE = 0.3
_MOST_BAD_BYTES = 50
_STRANGE_SHARE = 0.01


def decode(data: bytes) -> str:
    """Text of ``data``: by its byte-order mark, else UTF-8, else UTF-16 where every other byte is zero, else cp1252.

    A UTF-8 text with a few bytes of cp1252 in it keeps the rest of its letters.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if len(data) > 8 and (encoding := _wide(data[:_HEAD])):
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _mixed(data) or data.decode("cp1252", "replace")


def decoded_lines(file: BinaryIO) -> Iterator[str]:
    """Lines of a whole file without their ends, one after the other; each is decoded alone."""
    encoding = _wide(file.read(_HEAD))
    file.seek(0)
    if encoding:
        for line in io.TextIOWrapper(file, encoding, "replace"):
            yield line.removesuffix("\n").replace("\0", "")
        return
    for number, raw in enumerate(file):
        yield from _line((raw if number else raw.removeprefix(codecs.BOM_UTF8)).removesuffix(b"\n")).split("\r")


def _wide(head: bytes) -> str:
    """The encoding of a file whose letters take two bytes or four; empty where it is none."""
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if marked or head.count(0) <= _ZEROS_SHARE * len(head):
        return marked if marked != "utf-8-sig" else ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _line(line: bytes) -> str:
    line = line.removesuffix(b"\r")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = _mixed(line) or line.decode("cp1252", "replace")
    return text.replace("\0", "")


def _mixed(data: bytes) -> str:
    """UTF-8 with a few foreign bytes; empty where the text is not UTF-8 at all."""
    parts: list[str] = []
    at = bad = 0
    while at < len(data):
        try:
            parts.append(data[at:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            bad += 1
            if bad > _MOST_BAD_BYTES:
                return ""
            end = at + error.start
            parts += [data[at:end].decode("utf-8"), data[end : end + 1].decode("cp1252", "replace")]
            at = end + 1
    text = "".join(parts)
    beyond_ascii = sum(char > "\x7f" for char in text)
    return text if beyond_ascii > 2 * bad else ""


def is_text(head: bytes) -> bool:
    """Whether the beginning of a file is text in one of the encodings."""
    text = decode(head)
    strange = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\f\x0b") for c in text)
    return bool(text.strip()) and strange <= _STRANGE_SHARE * len(text)


class TextReader:
    """Text files; the blocks are found later, from line breaks."""

    media_type = "text/plain"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return is_text(head)

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        return Document(plain(decode(data)).strip(), (), None, TextSource.TXT, ())
