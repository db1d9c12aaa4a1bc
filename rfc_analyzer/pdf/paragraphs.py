"""Lines to paragraphs, and paragraphs to one text with spans and boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from rfc_analyzer.model import PassageKind
from rfc_analyzer.pdf.cleaning import footnote_lines, note_number
from rfc_analyzer.pdf.hyphens import Hyphens
from rfc_analyzer.pdf.lines import BREAK, Line, PageLines, same_printed_line
from rfc_analyzer.readers.document import LineBox, Span

SEPARATOR = "\n\n"

_GAP = 1.45
_SIZE_STEP = 0.8
_INDENT = 8.0
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*\d{0,3}$")
_BULLET_SIGNS = "•●▪■◦○‣–—*·➢✓-"
_BULLET = re.compile(rf"^(?:[{_BULLET_SIGNS}]\s|\(?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)]\s)", re.IGNORECASE)
_ROUND_BULLET = re.compile(r"^o\s+[A-Z\"“‘(]")
_LEADERS = re.compile(r"(?:\.\s?){6,}")
_SAME_COLUMN = 40.0
_ENUMERATED_HEADING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z][.)])\s+\S")
_HEADING_WORDS = 16


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line] = field(default_factory=list)
    kind: PassageKind = PassageKind.BODY


@dataclass(frozen=True, slots=True)
class Laid:
    """A document's text with the spans and boxes over it."""

    text: str
    page_starts: tuple[int, ...]
    blocks: tuple[Span, ...]
    boxes: tuple[LineBox, ...]


def lay_out(
    pages: Sequence[PageLines], kept: Sequence[Sequence[Line]], body: float, tables: dict[int, list[str]]
) -> Laid:
    """Put the kept lines of each page together; table rows follow the page they stand on."""
    writer = _Writer(Hyphens(line.text for lines in kept for line in lines))
    held: list[_Paragraph] = []  # an unfinished paragraph and the notes under it
    for page, lines in zip(pages, kept, strict=True):
        notes = footnote_lines(lines, body, page.height)
        main = _paragraphs([line for line in lines if line not in notes], body)
        goes_on = bool(held and main) and _continues(held[0], main[0])
        if goes_on:
            held[0].lines += main.pop(0).lines
        if main or (notes and not goes_on):
            writer.paragraphs(held)
            held = []
        if main and page.number not in tables and main[-1].kind is not PassageKind.HEADING:
            held = [main.pop()]  # it may go on overleaf
        writer.paragraphs(main)
        held += _notes(notes)
        if held and held[0].kind is PassageKind.FOOTNOTE:
            writer.paragraphs(held)
            held = []
        for row in tables.get(page.number, []):
            writer.row(row, page.number)
    writer.paragraphs(held)
    return writer.laid(len(pages))


class _Writer:
    """Collects the text; knows for each line where in it the line stands."""

    def __init__(self, hyphens: Hyphens) -> None:
        self._hyphens = hyphens
        self._text: list[str] = []
        self._length = 0
        self._blocks: list[Span] = []
        self._boxes: list[LineBox] = []
        self._starts: list[int] = []

    def paragraphs(self, paragraphs: Iterable[_Paragraph]) -> None:
        for paragraph in paragraphs:
            self._paragraph(paragraph)

    def _paragraph(self, paragraph: _Paragraph) -> None:
        # a paragraph that was held open belongs to the page where it begins
        first = paragraph.lines[0].page
        self._begin(first)
        start = self._length
        for line, following in zip(paragraph.lines, [*paragraph.lines[1:], None], strict=True):
            text, glue = self._hyphens.joined(line.text, following.text if following else None)
            at = self._length
            self._add(text)
            self._boxes.append(LineBox(line.page, at, self._length, line.x0, line.top, line.x1, line.bottom))
            self._add(glue)
        self._blocks.append(Span(start, self._length, first, paragraph.kind))

    def row(self, row: str, page: int) -> None:
        self._begin(page)
        start = self._length
        self._add(row)
        self._blocks.append(Span(start, self._length, page, PassageKind.TABLE))

    def laid(self, pages: int) -> Laid:
        starts = self._starts + [self._length] * (pages - len(self._starts))
        return Laid("".join(self._text), tuple(starts), tuple(self._blocks), tuple(self._boxes))

    def _begin(self, page: int) -> None:
        if self._length:
            self._add(SEPARATOR)
        # a page whose lines all go on from the page before begins where the next one does
        self._starts += [self._length] * (page - len(self._starts))

    def _add(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._length += len(text)


def _paragraphs(lines: Sequence[Line], body: float) -> list[_Paragraph]:
    if not lines:
        return []
    step = _line_step(lines)
    found = [_Paragraph([lines[0]])]
    for previous, line in pairwise(lines):
        if _breaks(found[-1], previous, line, step * max(1.0, min(previous.size, line.size) / body), lines):
            found.append(_Paragraph([line]))
        else:
            found[-1].lines.append(line)
    for paragraph in found:
        paragraph.kind = _kind(paragraph, body)
    return found


def _notes(lines: Sequence[Line]) -> list[_Paragraph]:
    """Footnotes: each begins with the number that follows the last one, or with another mark."""
    found: list[_Paragraph] = []
    last: int | None = None
    for line in lines:
        number = note_number(line)
        next_one = number is not None and (last is None or 0 < number - last <= 2)
        if not found or next_one or line.text[0] in "*†‡§":
            found.append(_Paragraph([], PassageKind.FOOTNOTE))
        found[-1].lines.append(line)
        last = number if next_one else last
    return found


def _line_step(lines: Sequence[Line]) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 60]
    return median(steps) if steps else 14.0


def _breaks(paragraph: _Paragraph, previous: Line, line: Line, step: float, lines: Sequence[Line]) -> bool:
    """Whether ``line`` begins a new paragraph; ``step`` is the usual distance of lines of this size."""
    if same_printed_line(previous, line):
        return False
    down = line.top - previous.top
    ended = bool(_SENTENCE_END.search(previous.text))
    goes_on = line.text[:1].islower() and not ended
    dashed = line.text[0] in "-–—" and line.text[2:3].islower() and not ended and not _is_item(paragraph.lines[0])
    if (_is_item(line) and not dashed and not _is_wrapped_number(previous)) or _LEADERS.search(
        previous.text + line.text
    ):
        return True
    if abs(line.size - previous.size) > _SIZE_STEP:
        return not goes_on
    if down < -step or abs(down) < 1:
        # the next column or a new place on the page
        return ended and not line.text[:1].islower()
    if down > _GAP * step:
        return True
    right = _right_edge(previous, lines)
    room = _has_room(previous, line, right)
    if line.bold != previous.bold:
        indented = line.x0 > previous.x0 + 0.5 * line.size and not _is_item(paragraph.lines[0])
        return room or ended or indented  # else a heading that runs into its paragraph, or words in bold
    left = min(item.x0 for item in paragraph.lines)
    indented = line.x0 > left + _INDENT and len(paragraph.lines) > 1
    if ended:
        return indented or (room and not line.text[:1].islower())
    return len(paragraph.lines) == 1 and _stands_over(previous, line, right)


def _is_item(line: Line) -> bool:
    return bool(_BULLET.match(line.text) or _ROUND_BULLET.match(line.text))


def _right_edge(line: Line, lines: Sequence[Line]) -> float:
    """Where lines that begin near ``line`` end at most."""
    ends = sorted(other.x1 for other in lines if abs(other.x0 - line.x0) <= _SAME_COLUMN)
    return ends[int(0.95 * (len(ends) - 1))]


def _has_room(previous: Line, line: Line, right: float) -> bool:
    """Whether the first word of ``line`` would have stood on the line before: its writer ended that line."""
    if previous.text.endswith(BREAK):
        return False
    per_character = (previous.x1 - previous.x0) / max(len(previous.text), 1)
    first = line.text.split(" ", 1)[0]
    return previous.x1 + per_character * (len(first) + 1.5) < right


def _stands_over(previous: Line, line: Line, right: float) -> bool:
    """Whether a short line without a full stop is a title over a line of text."""
    width = right - previous.x0
    short = previous.x1 < previous.x0 + 0.7 * width and not previous.text.endswith((",", BREAK))
    return short and line.x1 > right - 0.25 * width and not line.text[:1].islower()


def _is_wrapped_number(previous: Line) -> bool:
    """A line that ends in "section" or "Mr." is not followed by a list item."""
    return bool(re.search(r"\b(?:section|sec\.|§|no\.|question|part|and|or|of|in)$", previous.text, re.IGNORECASE))


def _kind(paragraph: _Paragraph, body: float) -> PassageKind:
    first = paragraph.lines[0]
    text = " ".join(line.text for line in paragraph.lines)
    larger = all(line.size >= body + _SIZE_STEP for line in paragraph.lines)
    bold = all(line.bold for line in paragraph.lines)
    most_words, most_lines = (2 * _HEADING_WORDS, 4) if larger or bold else (_HEADING_WORDS, 2)
    if (
        len(text.split()) <= most_words
        and len(paragraph.lines) <= most_lines
        and not re.search(r"[.,;]$", text)
        and re.search(r"[^\W\d]{3}", text)
        and text[0] not in _BULLET_SIGNS
        and (larger or bold or text.isupper() or _ENUMERATED_HEADING.match(text))
    ):
        return PassageKind.HEADING
    return PassageKind.LIST if _is_item(first) else PassageKind.BODY


def _continues(before: _Paragraph, after: _Paragraph) -> bool:
    """Whether a paragraph goes on overleaf: its last sentence has not ended, or the next page begins in lower case."""
    last, first = before.lines[-1], after.lines[0]
    return (
        before.kind is not PassageKind.HEADING
        and after.kind is PassageKind.BODY
        and (first.text[:1].islower() or not _SENTENCE_END.search(last.text))
        and abs(last.size - first.size) <= _SIZE_STEP
    )
