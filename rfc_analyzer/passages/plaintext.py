"""Paragraphs of text that has no layout: web forms and text files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rfc_analyzer.model import PassageKind

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_BULLET = re.compile(r"^\s*(?:[•●▪■◦○‣*·➢✓–—-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")
# typists wrap at up to this width; a longer line is a paragraph of its own
_WRAP_WIDTH = 110
_HEADING_WORDS = 12


def paragraph_spans(text: str) -> list[tuple[int, int, PassageKind]]:
    """Spans of paragraphs, headings and list items of ``text``, in order and disjoint.

    Blank lines separate paragraphs; a single line break does so unless the lines look wrapped by hand.
    """
    found = []
    for start, end in _chunks(text):
        for a, b in _lines_joined(text, start, end):
            piece = text[a:b].strip()
            if piece:
                lead = text.index(piece[0], a)
                found.append((lead, lead + len(piece), _kind(piece)))
    return found


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _BLANK.finditer(text):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def _lines_joined(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = [(m.start() + start, m.end() + start) for m in re.finditer(r"[^\n]+", text[start:end])]
    if not lines:
        return
    widest = max(b - a for a, b in lines)
    begin = lines[0][0]
    for (a, b), (c, d) in pairwise(lines):
        short = b - a < 0.7 * widest
        if widest > _WRAP_WIDTH or _BULLET.match(text[c:d]) or (short and _ENDED.search(text[a:b])) or b - a < 30:
            yield begin, b
            begin = c
    yield begin, lines[-1][1]


def _kind(piece: str) -> PassageKind:
    if _BULLET.match(piece):
        return PassageKind.LIST
    count = len(piece.split())
    shouted = piece.isupper() and count <= _HEADING_WORDS and count > 1
    titled = piece.endswith(":") and count <= _HEADING_WORDS
    return PassageKind.HEADING if (shouted or titled) and "\n" not in piece else PassageKind.BODY


def short_enough(text: str, start: int, end: int, most_words: int) -> list[tuple[int, int]]:
    """Spans of at most ``most_words`` words: a "sentence" without any full stop is cut at line ends, else anywhere."""
    if len(text[start:end].split()) <= 2 * most_words:
        return [(start, end)]
    found = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    spans = []
    while found:
        cut = min(most_words, len(found))
        if cut < len(found):
            breaks = (i for i in range(cut, most_words // 2, -1) if "\n" in text[found[i - 1][1] : found[i][0]])
            cut = next(breaks, cut)
        spans.append((found[0][0], found[cut - 1][1]))
        found = found[cut:]
    return spans
