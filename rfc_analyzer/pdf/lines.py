"""Printed lines of a page, with place, size and weight, read by pdfium."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from statistics import median
from typing import Any

# pdfium writes these where a line ends in a hyphen that the typesetter put there
LINE_BREAK_HYPHENS = ("\ufffe", "\x02")

_BREAKS = frozenset("\r\n\x0b\x0c\u2028\u2029")
# direction marks, soft hyphens and zero-width characters: invisible, and in the way of every comparison
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; points, origin at the top left of the page. ``page`` counts from 1."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page in reading order."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def characters(self) -> int:
        return sum(len(line.text) for line in self.lines)


def visible(text: str) -> str:
    """``text`` without invisible and control characters; white space becomes a plain space."""
    kept = (" " if c.isspace() else c for c in text if c not in _INVISIBLE and (c.isspace() or c >= " "))
    return " ".join("".join(kept).split())


def read_lines(page: Any, number: int) -> PageLines:
    """Lines of a pdfium page, as the page itself orders them."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    text_page = page.get_textpage()
    raw = text_page.raw
    lines: list[Line] = []
    start = 0
    count = text_page.count_chars()
    codes = [pdfium.FPDFText_GetUnicode(raw, i) for i in range(count)]
    for index in range(count + 1):
        if index == count or chr(codes[index]) in _BREAKS:
            line = _line(raw, codes, start, index, number, height)
            if line:
                lines.append(line)
            start = index + 1
    text_page.close()
    return PageLines(number, width, height, tuple(lines))


def _line(raw: Any, codes: list[int], start: int, end: int, page: int, height: float) -> Line | None:
    import pypdfium2.raw as pdfium

    text = "".join(_character(code) for code in codes[start:end])
    hyphen = text.rstrip().endswith(LINE_BREAK_HYPHENS)
    shown = visible(text.replace("\ufffe", "").replace("\x02", ""))
    if not shown:
        return None
    box = [ctypes.c_double() for _ in range(4)]
    lefts, rights, bottoms, tops, sizes = [], [], [], [], []
    for index in range(start, end):
        if codes[index] in (0x20, 0xA0) or not pdfium.FPDFText_GetCharBox(raw, index, *box):
            continue
        left, right, bottom, top = (value.value for value in box)
        if right > left and top > bottom:
            lefts.append(left)
            rights.append(right)
            bottoms.append(bottom)
            tops.append(top)
            sizes.append(pdfium.FPDFText_GetFontSize(raw, index) or top - bottom)
    if not lefts:
        return None
    # some files scale the page and give every font the size 1
    size = median(sizes)
    if size <= 2:
        size = median(t - b for t, b in zip(tops, bottoms, strict=True)) * 1.4
    weight = pdfium.FPDFText_GetFontWeight(raw, (start + end) // 2)
    return Line(
        shown + ("\ufffe" if hyphen else ""),
        page,
        round(min(lefts), 2),
        round(height - max(tops), 2),
        round(max(rights), 2),
        round(height - min(bottoms), 2),
        round(size, 1),
        weight >= _BOLD_WEIGHT,
    )


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "
