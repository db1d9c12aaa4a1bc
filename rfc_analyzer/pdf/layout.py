"""pdfplumber, for the pages that need layout: glued or garbled text, ruled tables, columns."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

from rfc_analyzer.pdf.lines import BREAK, Line, PageLines, visible

# The defaults glue words and read across columns.
_TEXT = {"use_text_flow": True, "x_tolerance_ratio": 0.15}
_MIN_EDGES = 3
_COLUMN_GAP = 9.0
_RULE_WIDTH = 3.0
_FULL_ROWS = 0.5


def layout_pages(data: bytes, numbers: Iterable[int], columns: bool) -> dict[int, PageLines]:
    """Lines of the given pages (from 1). ``columns`` cuts each page where white space runs from top to bottom."""
    import pdfplumber

    found = {}
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number in numbers:
            with suppress(Exception):  # pdfminer raises anything on a damaged page; the others stay readable
                found[number] = _layout_page(document.pages[number - 1], number, columns)
    return found


def _layout_page(page: Any, number: int, columns: bool) -> PageLines:
    marks = _reference_marks(page.chars)

    def is_text(item: dict[str, Any]) -> bool:
        # text that runs up the margin belongs to the printer
        return bool(item.get("upright", True)) and _place(item) not in marks

    shown = page.filter(is_text)
    parts = _columns(shown) if columns else [shown]
    lines = tuple(line for part in parts for line in _lines(part, number))
    page.close()
    return PageLines(number, float(page.width), float(page.height), lines)


def table_rows(data: bytes, numbers: Iterable[int]) -> dict[int, list[str]]:
    """Rows of ruled tables, each as "column: value; column: value", by page."""
    import pdfplumber

    found: dict[int, list[str]] = {}
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number in numbers:
            page = document.pages[number - 1]
            tables = page.filter(_is_text_or_rule).extract_tables({"text_x_tolerance_ratio": 0.15})
            rows = [row for table in tables for row in _rows(table)]
            if rows:
                found[number] = rows
            page.close()
    return found


def has_ruled_grid(page: Any) -> bool:
    """Whether a pdfium page draws at least three vertical and three horizontal rules.

    A filled area without an outline is no rule: word processors draw one behind each line of coloured text.
    """
    import pypdfium2.raw as pdfium

    vertical, horizontal = set(), set()
    bounds = [ctypes.c_float() for _ in range(4)]
    for item in _paths(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, depth=3):
        if not pdfium.FPDFPageObj_GetBounds(item, *bounds):
            continue
        left, bottom, right, top = (bound.value for bound in bounds)
        wide, tall = right - left, top - bottom
        if min(wide, tall) > _RULE_WIDTH and not _is_stroked(item):
            continue
        if tall > 8:
            vertical |= {round(left), round(right)}
        if wide > 8 and tall < 60:
            horizontal |= {round(top), round(bottom)}
        if len(vertical) > 200 or len(horizontal) > 400:
            return False  # a drawing
    return len(vertical) >= _MIN_EDGES and len(horizontal) >= _MIN_EDGES


def _paths(holder: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], depth: int) -> Iterator[Any]:
    """Paths drawn on a page, those inside its forms among them: as pdfium's own handles, for there may be thousands."""
    import pypdfium2.raw as pdfium

    for number in range(count(holder)):
        item = get(holder, number)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _paths(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth - 1)


def _is_stroked(item: Any) -> bool:
    import pypdfium2.raw as pdfium

    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(item, mode, stroke) and stroke.value)


def _is_text_or_rule(item: dict[str, Any]) -> bool:
    if item.get("object_type") != "rect":
        return True
    return bool(item.get("stroke")) or min(item["width"], item["height"]) <= _RULE_WIDTH


def _lines(page: Any, number: int) -> list[Line]:
    lines = []
    for line in page.extract_text_lines(strip=True, return_chars=True, **_TEXT):
        shown = visible(line["text"])
        if shown:
            sizes = sorted(char["size"] for char in line["chars"])
            bold = sum("bold" in char["fontname"].lower() for char in line["chars"]) * 2 > len(line["chars"])
            hyphen = shown.endswith("-") and not shown.endswith(" -")
            text = shown[:-1] + BREAK if hyphen else shown
            size = round(float(sizes[len(sizes) // 2]), 1)
            lines.append(Line(text, number, line["x0"], line["top"], line["x1"], line["bottom"], size, bold))
    return lines


def _place(item: dict[str, Any]) -> tuple[Any, ...]:
    return (item.get("text"), item.get("x0"), item.get("top"))


def _reference_marks(chars: Sequence[dict[str, Any]]) -> set[tuple[Any, ...]]:
    """Places of the small raised numbers that follow a word and refer to a note; powers of numbers stay."""
    marks: set[tuple[Any, ...]] = set()
    word: dict[str, Any] | None = None
    for char in chars:
        if char["text"].isdigit() and word is not None and char["size"] <= 0.75 * word["size"]:
            raised = char["bottom"] < word["bottom"] - 0.1 * word["size"] and char["bottom"] > word["top"]
            near = -1 < char["x0"] - word["x1"] < 1.5 * word["size"]
            if raised and near and not word["text"].isdigit():
                marks.add(_place(char))
            continue
        if not char["text"].isspace():
            word = char
    return marks


def _columns(page: Any) -> list[Any]:
    """The page cut at its gutters, left to right."""
    words = page.extract_words(**_TEXT)
    if not words:
        return [page]
    edges = _gutters([(w["x0"], w["x1"]) for w in words], float(page.width))
    top, bottom = _between_margins(page, edges)
    bounds = [page.bbox[0], *edges, page.bbox[2]]
    return [page.crop((left, top, right, bottom)) for left, right in pairwise(bounds)]


def _between_margins(page: Any, gutters: Sequence[float]) -> tuple[float, float]:
    """Top and bottom of the columns: a line in the margin that crosses a gutter is the page's, not a column's."""
    top, bottom = float(page.bbox[1]), float(page.bbox[3])
    for line in _crossing(page, gutters):
        if line["bottom"] < 0.1 * page.height:
            top = max(top, line["bottom"] + 1)
        elif line["top"] > 0.93 * page.height:
            bottom = min(bottom, line["top"] - 1)
    return top, bottom


def _crossing(page: Any, gutters: Sequence[float]) -> list[dict[str, Any]]:
    """Words that stand on a gutter, or so near to the next word that the two are one line across it."""
    words = page.extract_words(x_tolerance_ratio=0.15)
    found = [word for word in words if any(word["x0"] < gutter < word["x1"] for gutter in gutters)]
    for left, right in pairwise(words):
        beside = abs(left["top"] - right["top"]) < 2 and 0 <= right["x0"] - left["x1"] < _COLUMN_GAP
        if beside and any(left["x1"] <= gutter <= right["x0"] for gutter in gutters):
            found.append(left)
    return found


def _gutters(spans: Sequence[tuple[float, float]], width: float) -> list[float]:
    """Middles of the vertical strips that (almost) no word crosses, away from the margins."""
    bins = [0] * (int(width) + 2)
    for x0, x1 in spans:
        for x in range(max(0, int(x0)), min(len(bins), int(x1) + 1)):
            bins[x] += 1
    limit = max(2, round(0.02 * max(bins)))
    gutters, start = [], None
    for x, count in enumerate(bins):
        if count <= limit and start is None:
            start = x
        elif count > limit and start is not None:
            if x - start >= _COLUMN_GAP and 0.15 * width < (start + x) / 2 < 0.85 * width:
                gutters.append((start + x) / 2)
            start = None
    return gutters


def _rows(table: Sequence[Sequence[str | None]]) -> list[str]:
    """Rows under a table's header. A frame around running text, with one cell to a row, is no table."""
    cells = [[visible(cell or "") for cell in row] for row in table]
    cells = [row for row in cells if any(row)]
    if len(cells) < 2:
        return []
    full = sum(sum(map(bool, row)) >= 2 for row in cells)
    if full < max(2, _FULL_ROWS * len(cells)):
        return []
    header = cells[0] if sum(map(bool, cells[0])) >= 2 else [""] * len(cells[0])
    rows = []
    for row in cells[1:] if any(header) else cells:
        named = [f"{name}: {value}" if name else value for name, value in zip(header, row, strict=False) if value]
        rows.append("; ".join(named))
    return rows
