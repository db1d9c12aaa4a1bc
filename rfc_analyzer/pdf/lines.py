"""Printed lines of a page, with place, size and weight, read by pdfium."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, NamedTuple

# stands at the end of a line's text where a hyphen breaks a word: paragraphs decide whether it stays
BREAK = "\ufffe"

# inside this file: stands before raised numbers at the start of a line's text
_RAISED = "\ufff9"

_LINE_ENDS = frozenset("\r\n\x0b\x0c\u2028\u2029")
# pdfium writes these for a hyphen at a line's end and goes on with the next line
_HYPHENS = frozenset((BREAK, "\x02"))
# direction marks, soft hyphens and zero-width characters: invisible, and in the way of every comparison
_INVISIBLE = (
    "\ufff9\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
# what symbol fonts draw as bullets, and printers' ligatures
_BULLETS = "\uf0b7\uf0a7\uf0a8\uf0d8\uf0fc\uf076\uf071\uf06e\uf06c\uf075\uf0e0\uf02d"
_LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
_CONTROLS = "".join(chr(code) for code in range(32) if not chr(code).isspace())
_SHOWN = str.maketrans(dict.fromkeys(_INVISIBLE + _CONTROLS, "") | dict.fromkeys(_BULLETS, "•") | _LIGATURES)
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|[,-]b$", re.IGNORECASE)
_RAISED_SIZE = 0.75
_UNIT = re.compile(r"(?:^|[^^\w])(?:[mck]?m|ft|mi|yd|in|R|[a-z])$")


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


class _Char(NamedTuple):
    """A character and its place; white space has no size."""

    place: int
    char: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def visible(text: str) -> str:
    """``text`` without invisible and control characters; white space becomes a plain space."""
    return " ".join(text.translate(_SHOWN).split())


def same_printed_line(left: Line, right: Line) -> bool:
    """Whether ``right`` goes on where ``left`` ends, at the same height."""
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    lower = min(left.bottom - left.top, right.bottom - right.top)
    return overlap > 0.5 * lower and right.x0 >= left.x1 - 3


def without_reference_marks(lines: Sequence[Line]) -> list[Line]:
    """Small raised numbers that stand on lines of their own: a note's own mark joins it, the others go."""
    kept: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        if waiting is not None:
            if same_printed_line(waiting, line) and line.x0 - waiting.x1 < 15 and line.size > waiting.size:
                line = replace(line, text=f"{waiting.text} {line.text.removeprefix(_RAISED)}", x0=waiting.x0)
            waiting = None
        if re.fullmatch(rf"{_RAISED}?[\d ,]{{1,12}}", line.text):
            beside = [o for o in lines if o is not line and o.size * _RAISED_SIZE >= line.size]
            if any(same_printed_line(other, line) and line.x0 - other.x1 < 8 for other in beside):
                continue
            if any(same_printed_line(line, other) and other.x0 - line.x1 < 15 for other in beside):
                waiting = line
                continue
        kept.append(line)
    return kept


def read_lines(page: Any, number: int) -> PageLines:
    """Lines of a pdfium page, as the page itself orders them; text that runs up the margin is left out."""
    width, height = page.get_size()
    text_page = page.get_textpage()
    found = [
        (line, upright)
        for chars, broken in _runs(text_page.raw, text_page.count_chars())
        if (line := _line(text_page.raw, chars, broken, number, height))
        for upright in (_upright(text_page.raw, chars[0].place),)
    ]
    text_page.close()
    mostly = sum(upright for _, upright in found) * 2 >= len(found)
    lines = [line for line, upright in found if upright or not mostly]
    return PageLines(number, width, height, tuple(_joined(without_reference_marks(lines))))


def _runs(raw: Any, count: int) -> Iterator[tuple[list[_Char], bool]]:
    """Characters of each line, and whether a hyphen breaks it."""
    text = _text(raw, count)
    start = 0
    for end, char in enumerate(text):
        if char in _LINE_ENDS or char in _HYPHENS:
            if end > start:
                yield _characters(raw, start, text[start:end]), char in _HYPHENS
            start = end + 1
    if start < len(text):
        yield _characters(raw, start, text[start:]), False


def _text(raw: Any, count: int) -> str:
    """The page's text, a character for each of pdfium's."""
    import pypdfium2.raw as pdfium

    codes = (ctypes.c_ushort * (count + 1))()
    # with characters outside the basic plane the two would not run side by side
    whole = pdfium.FPDFText_GetText(raw, 0, count, codes) == count + 1
    found = codes[:count] if whole else [pdfium.FPDFText_GetUnicode(raw, index) for index in range(count)]
    return "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else " " for c in found)


def _characters(raw: Any, start: int, text: str) -> list[_Char]:
    """Characters of a line in their places: the innermost loop of reading, so it asks no more than it must."""
    import pypdfium2.raw as pdfium

    box_of, size_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetFontSize
    box = pdfium.FS_RECTF()
    found = []
    for index, char in enumerate(text, start):
        if char.isspace() or not box_of(raw, index, box) or box.right <= box.left:
            found.append(_Char(index, char, 0.0, 0.0, 0.0, 0.0, 0.0))
        else:
            size = size_of(raw, index) or box.top - box.bottom
            found.append(_Char(index, char, box.left, box.right, box.bottom, box.top, size))
    return found


def _line(raw: Any, chars: Sequence[_Char], broken: bool, page: int, height: float) -> Line | None:
    placed = [c for c in chars if c.size]
    shown = visible("".join(c.char for c in _without_raised_numbers(chars)))
    if not shown or not placed:
        return None
    main = median(c.size for c in placed)
    body = [c for c in placed if c.size >= _RAISED_SIZE * main] or placed
    raised = _leading_raised(chars, main)
    if raised and shown.startswith(raised):
        shown = f"{_RAISED}{raised} {shown[len(raised) :].lstrip()}".rstrip()
    return Line(
        shown + (BREAK if broken else ""),
        page,
        round(min(c.left for c in placed), 2),
        round(height - max(c.top for c in body), 2),
        round(max(c.right for c in placed), 2),
        round(height - min(c.bottom for c in body), 2),
        round(main * _scale(raw, placed[len(placed) // 2].place), 1),
        _bold(raw, body),
    )


def _leading_raised(chars: Sequence[_Char], size: float) -> str:
    """The small number that a line begins with: a note's own mark, or a reference after the piece before."""
    number = ""
    for char in chars:
        if not (char.char.isdigit() and char.size <= _RAISED_SIZE * size):
            break
        number += char.char
    return number


def _without_raised_numbers(chars: Sequence[_Char]) -> list[_Char]:
    """Characters without the small raised numbers after words that refer to footnotes; units and powers stay."""
    sizes = [c.size for c in chars if c.size]
    if not sizes or min(sizes) >= _RAISED_SIZE * max(sizes):
        return list(chars)
    main = [c for c in chars if c.size >= median(sizes)]
    foot = median(c.bottom for c in main)
    kept: list[_Char] = []
    for char in chars:
        small = char.size and char.size <= _RAISED_SIZE * main[0].size and char.char.isdigit()
        if small and char.bottom > foot + 0.1 * main[0].size and _refers(kept, main[0].size):
            continue
        kept.append(char)
    return kept


def _refers(before: Sequence[_Char], size: float) -> bool:
    """Whether a raised number after ``before`` refers to a note."""
    text = "".join(c.char for c in before)
    if not text.strip() or before[-1].char.isdigit() or before[-1].size < _RAISED_SIZE * size:
        return False
    return not _UNIT.search(text)


def _scale(raw: Any, index: int) -> float:
    """How much the page enlarges the font at a character."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(raw, index, matrix):
        return 1.0
    return float(matrix.c**2 + matrix.d**2) ** 0.5 or 1.0


def _upright(raw: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    return not pdfium.FPDFText_GetMatrix(raw, index, matrix) or abs(matrix.b) <= abs(matrix.a)


def _bold(raw: Any, chars: Sequence[_Char]) -> bool:
    """Whether most of three characters are bold; a font's name is surer than its weight, which is often made up."""
    samples = {chars[len(chars) * part // 4].place for part in (1, 2, 3)}
    return sum(_bold_at(raw, index) for index in samples) * 2 > len(samples)


def _bold_at(raw: Any, index: int) -> bool:
    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(128)
    length = pdfium.FPDFText_GetFontInfo(raw, index, name, 128, ctypes.c_int())
    family = name.value.decode("utf-8", "replace").split("+")[-1] if 0 < length <= 128 else ""
    if re.search(r"[A-Za-z]{4}", family):
        return bool(_BOLD_NAME.search(family))
    return bool(pdfium.FPDFText_GetFontWeight(raw, index) >= _BOLD_WEIGHT)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one printed line put together: pdfium ends a line at each raised mark."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and same_printed_line(last, line) and line.x0 - last.x1 < last.size and not last.text.endswith(BREAK):
            near = line.x0 - last.x1 < 0.15 * last.size and not line.text.startswith(_RAISED)
            text = re.sub(f"^{_RAISED}\\d+ ?", "", line.text)
            joined[-1] = replace(
                last,
                text=f"{last.text}{'' if near else ' '}{text}".rstrip(),
                x1=line.x1,
                top=min(last.top, line.top),
                bottom=max(last.bottom, line.bottom),
            )
        else:
            joined.append(replace(line, text=line.text.removeprefix(_RAISED)))
    return joined
