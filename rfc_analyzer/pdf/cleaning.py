"""What belongs to the page and not to the letter: running headers, footers, page numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from rfc_analyzer.pdf.lines import Line, PageLines

_MARGIN = 0.14
_SMALLER_BY = 0.8
_NUMBER = re.compile(r"\b(?:\d+|[ivxlc]+)\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^[\W_]*(?:page|p\.|pg\.?)?[\W_]*\d{1,4}[\W_]*(?:(?:of|/)[\W_]*\d{1,4})?[\W_]*$", re.IGNORECASE
)
_FOOTNOTE_MARK = re.compile(r"^(?:\[?\d{1,3}\]?|[*†‡§]{1,3})[.)]?\s*\S")


def body_size(pages: Sequence[PageLines]) -> float:
    """The font size that most characters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def without_furniture(pages: Sequence[PageLines]) -> list[list[Line]]:
    """Lines of each page without running headers, footers and page numbers.

    A line in the top or bottom margin goes when the same words, numbers aside, stand at the same height on enough
    pages.
    """
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            if _in_margin(line, page):
                for height in (-1, 0, 1):
                    places[_masked(line), _height(line) + height].add(page.number)
    enough = max(2.0, min(0.3 * len(pages), 6.0))
    kept = []
    for page in pages:
        kept.append(
            [
                line
                for line in page.lines
                if not _in_margin(line, page)
                or not (len(places[_masked(line), _height(line)]) >= enough or _PAGE_NUMBER.match(line.text))
            ]
        )
    return kept


def footnote_lines(lines: Sequence[Line], body: float, height: float) -> set[int]:
    """Indices of lines in blocks of smaller type that begin with a mark, in the lower part of the page."""
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate([*lines, None]):
        if line is not None and line.size <= body - _SMALLER_BY and line.top > 0.3 * height:
            run.append(index)
            continue
        if run and _FOOTNOTE_MARK.match(lines[run[0]].text):
            found.update(run)
        run = []
    return found


def _in_margin(line: Line, page: PageLines) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _masked(line: Line) -> str:
    return " ".join(_NUMBER.sub("#", line.text).casefold().split())


def _height(line: Line) -> int:
    return round(line.top / 6)
