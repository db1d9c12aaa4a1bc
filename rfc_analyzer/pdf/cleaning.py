"""What belongs to the page and not to the letter: running headers, footers, page and line numbers, footnotes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from rfc_analyzer.pdf.lines import Line, PageLines

_MARGIN = 0.14
_DEEP = 0.25
_MOST_PAGES = 0.6
_SMALLER_BY = 0.8
_NUMBER = re.compile(r"\b(?:\d+|[ivxlc]+)\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"^[\W_]*(?:page|p\.|pg\.?)?[\W_]*(?:\d{1,4}|[ivxl]{1,6})[\W_]*(?:(?:of|/)[\W_]*\d{1,4})?[\W_]*$", re.IGNORECASE
)
_NOTE_MARK = re.compile(r"^(?:\[?(\d{1,3})\]?|[*†‡§]{1,3})[.)]?\s*\S")
_LINE_NUMBER = re.compile(r"^(\d{1,3})(?:\s+(?=\S)|$)")
_NUMBERED_SHARE = 0.6
_FEWEST_NUMBERED = 8


def body_size(pages: Sequence[PageLines]) -> float:
    """The font size that most characters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def with_relative_weight(pages: Sequence[PageLines]) -> list[PageLines]:
    """The pages, no line bold where nearly all are: bold marks headings only against text that is not."""
    bold = sum(len(line.text) for page in pages for line in page.lines if line.bold)
    if bold * 2 <= sum(page.characters for page in pages):
        return list(pages)
    return [replace(page, lines=tuple(replace(line, bold=False) for line in page.lines)) for page in pages]


def without_line_numbers(page: PageLines) -> PageLines:
    """The page without the numbers that legal paper prints before each line."""
    marks = [_LINE_NUMBER.match(line.text) for line in page.lines]
    numbers = [int(mark[1]) for mark in marks if mark]
    rising = sum(b - a == 1 for a, b in pairwise(numbers))
    enough = max(_FEWEST_NUMBERED, _NUMBERED_SHARE * len(page.lines))
    if len(numbers) < enough or rising < 0.8 * (len(numbers) - 1):
        return page
    kept = [
        replace(line, text=line.text[mark.end() :] if mark else line.text)
        for line, mark in zip(page.lines, marks, strict=True)
    ]
    return replace(page, lines=tuple(line for line in kept if line.text))


def without_furniture(pages: Sequence[PageLines]) -> list[list[Line]]:
    """Lines of each page without running headers, footers and page numbers.

    A line in the top or bottom margin goes when the same words, numbers aside, stand at the same height on enough
    pages. A letterhead that reaches deeper than the margin goes from the second page on, as far as nothing else stands
    between it and the edge, where it is on most pages in the very same place. A page number goes wherever it stands, if
    it counts the pages from one place.
    """
    counters = _page_counters(pages)
    places: dict[tuple[str, int], set[int]] = defaultdict(set)
    exact: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            for height in (-1, 0, 1):
                if _in_margin(line, page):
                    places[_masked(line), _height(line) + height].add(page.number)
                elif _in_margin(line, page, _DEEP):
                    exact[_masked(line), _height(line) + height, round(line.x0)].add(page.number)
    enough = max(2.0, min(0.3 * len(pages), 6.0))
    most = max(3.0, _MOST_PAGES * len(pages))

    def runs(line: Line, page: PageLines) -> bool:
        in_place = len(places[_masked(line), _height(line)]) >= enough
        return _in_margin(line, page) and (in_place or bool(_PAGE_NUMBER.match(line.text)))

    def reaches(line: Line, page: PageLines) -> bool:
        return len(exact[_masked(line), _height(line), round(line.x0)]) >= most and page is not pages[0]

    kept = []
    for page in pages:
        deep = _at_the_edges(page, runs, reaches)
        gone = deep | counters
        kept.append([line for line in page.lines if not runs(line, page) and line not in gone])
    return kept


def _page_counters(pages: Sequence[PageLines]) -> set[Line]:
    """Page numbers, in the side margins too: numbers in one place that rise from page to page as the pages do."""
    found: dict[tuple[int, int, int], list[Line]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            number = re.search(r"\d+", line.text) if _PAGE_NUMBER.match(line.text) else None
            if number:
                found[round(line.x1 / 6), _height(line), int(number[0]) - page.number].append(line)
    return {line for lines in found.values() if len(lines) >= max(3.0, _MOST_PAGES * len(pages)) for line in lines}


def _at_the_edges(
    page: PageLines, runs: Callable[[Line, PageLines], bool], reaches: Callable[[Line, PageLines], bool]
) -> set[Line]:
    """Lines that go on from a page's upper and lower edge without another line between."""
    found = set()
    down = sorted(page.lines, key=lambda line: line.top)
    for lines in (down, down[::-1]):
        for line in lines:
            if reaches(line, page):
                found.add(line)
            elif not runs(line, page):
                break
    return found


def footnote_lines(lines: Sequence[Line], body: float, height: float) -> list[Line]:
    """The notes at the foot of a page, top to bottom: smaller type under which no line of the body's size stands.

    A block without any mark is one only at the foot of the page, where a note goes on from the page before.
    """
    small = [line for line in lines if line.size <= body - _SMALLER_BY and line.top > 0.25 * height]
    large = [line for line in lines if line.size > body - _SMALLER_BY]
    low = [s for s in small if not any(b.top > s.top and b.x0 < s.x1 and b.x1 > s.x0 for b in large)]
    ordered = [line for column in _columns(low) for line in column]
    if not ordered or not large:
        return []  # a page all in small type is an appendix
    marked = any(_NOTE_MARK.match(line.text) for line in ordered)
    return ordered if marked or max(line.bottom for line in ordered) > 0.8 * height else []


def note_number(line: Line) -> int | None:
    """The number of the note that a line begins with."""
    mark = _NOTE_MARK.match(line.text)
    return int(mark[1]) if mark and mark[1] else None


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand over each other, each column from top to bottom."""
    columns: list[list[Line]] = []
    edge = float("-inf")
    for line in sorted(lines, key=lambda item: (item.x0, item.top)):
        if not columns or line.x0 > edge:
            columns.append([])
        columns[-1].append(line)
        edge = max(edge, line.x1)
    return [sorted(column, key=lambda item: (item.top, item.x0)) for column in columns]


def _in_margin(line: Line, page: PageLines, share: float = _MARGIN) -> bool:
    return line.bottom < share * page.height or line.top > (1 - share) * page.height


def _masked(line: Line) -> str:
    return " ".join(_NUMBER.sub("#", line.text).casefold().split())


def _height(line: Line) -> int:
    return round(line.top / 6)
