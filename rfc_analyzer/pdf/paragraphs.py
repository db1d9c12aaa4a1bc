"""Lines to paragraphs, and paragraphs to one text with spans and boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from rfc_analyzer.model import PassageKind
from rfc_analyzer.pdf.cleaning import footnote_lines
from rfc_analyzer.pdf.lines import Line, PageLines
from rfc_analyzer.readers.document import LineBox, Span

SEPARATOR = "\n\n"

_GAP = 1.45
_SIZE_STEP = 0.8
_INDENT = 8.0
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*\d{0,3}$")
_BULLET = re.compile(r"^(?:[•●▪■◦○‣–—*·➢✓-]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)", re.IGNORECASE)
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
    writer = _Writer(_hyphenated_words(kept))
    held: _Paragraph | None = None
    for page, lines in zip(pages, kept, strict=True):
        notes = footnote_lines(lines, body, page.height)
        main = _paragraphs([line for i, line in enumerate(lines) if i not in notes], body)
        if held and main and _continues(held, main[0]):
            held.lines += main.pop(0).lines
        if held and (main or notes):
            writer.paragraph(held)
            held = None
        writer.page(page.number)
        if main and not _SENTENCE_END.search(main[-1].lines[-1].text):
            held = main.pop()  # it may go on overleaf
        for paragraph in main:
            writer.paragraph(paragraph)
        for note in _paragraphs([line for i, line in enumerate(lines) if i in notes], body, PassageKind.FOOTNOTE):
            writer.paragraph(note)
        for row in tables.get(page.number, []):
            writer.row(row, page.number)
    if held:
        writer.paragraph(held)
    return writer.laid(len(pages))


class _Writer:
    """Collects the text; knows for each line where in it the line stands."""

    def __init__(self, hyphenated: frozenset[str]) -> None:
        self._hyphenated = hyphenated
        self._text: list[str] = []
        self._length = 0
        self._blocks: list[Span] = []
        self._boxes: list[LineBox] = []
        self._starts: dict[int, int] = {}

    def page(self, number: int) -> None:
        self._starts.setdefault(number, self._length)

    def paragraph(self, paragraph: _Paragraph) -> None:
        self._separate()
        first = paragraph.lines[0].page
        # a paragraph that was held open belongs to the page where it begins
        start = self._length
        for line, following in zip(paragraph.lines, [*paragraph.lines[1:], None], strict=True):
            text, glue = self._joined(line.text, following.text if following else None)
            at = self._length
            self._add(text)
            self._boxes.append(LineBox(line.page, at, self._length, line.x0, line.top, line.x1, line.bottom))
            self._add(glue)
        self._blocks.append(Span(start, self._length, first, paragraph.kind))

    def row(self, row: str, page: int) -> None:
        self._separate()
        start = self._length
        self._add(row)
        self._blocks.append(Span(start, self._length, page, PassageKind.TABLE))

    def laid(self, pages: int) -> Laid:
        starts = [self._starts.get(number, self._length) for number in range(1, pages + 1)]
        # an open paragraph written after its page's end moves later starts forward
        for index in range(1, len(starts)):
            starts[index] = max(starts[index], starts[index - 1])
        return Laid("".join(self._text), tuple(starts), tuple(self._blocks), tuple(self._boxes))

    def _joined(self, text: str, following: str | None) -> tuple[str, str]:
        """The line as it goes into the text, and what comes between it and the next line."""
        if following is None:
            return text.replace("\ufffe", "-"), ""
        if text.endswith("\ufffe"):
            stem = text[:-1].removesuffix("-")
            return (stem, "") if self._one_word(stem, following) else (stem + "-", "")
        if text.endswith("-") and text[-2:-1].isalpha() and following[:1].islower():
            return (text[:-1], "") if self._one_word(text[:-1], following) else (text, "")
        return text, " "

    def _one_word(self, stem: str, following: str) -> bool:
        """Whether a word broken at a line's end is one word: it is, unless the document hyphenates it elsewhere."""
        whole = f"{_last_word(stem)}-{_first_word(following)}".casefold()
        return following[:1].islower() and whole not in self._hyphenated

    def _separate(self) -> None:
        if self._length:
            self._add(SEPARATOR)

    def _add(self, text: str) -> None:
        if text:
            self._text.append(text)
            self._length += len(text)


def _paragraphs(lines: Sequence[Line], body: float, kind: PassageKind = PassageKind.BODY) -> list[_Paragraph]:
    if not lines:
        return []
    step = _line_step(lines)
    right = max(line.x1 for line in lines)
    found = [_Paragraph([lines[0]])]
    for previous, line in pairwise(lines):
        if _breaks(found[-1], previous, line, step, right):
            found.append(_Paragraph([line]))
        else:
            found[-1].lines.append(line)
    for paragraph in found:
        paragraph.kind = kind if kind is PassageKind.FOOTNOTE else _kind(paragraph, body)
    return found


def _line_step(lines: Sequence[Line]) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 60]
    return median(steps) if steps else 14.0


def _breaks(paragraph: _Paragraph, previous: Line, line: Line, step: float, right: float) -> bool:
    if line.x0 >= previous.x1 - 3 and line.top < previous.bottom and line.bottom > previous.top:
        return False  # the same printed line goes on, after a raised footnote mark for one
    if _BULLET.match(line.text) and not _is_wrapped_number(previous):
        return True
    if abs(line.size - previous.size) > _SIZE_STEP or line.bold != previous.bold:
        return _looks_complete(previous) or line.bold or previous.bold
    down = line.top - previous.top
    if down < -step or abs(down) < 1:
        # the next column or a new place on the page
        return bool(_SENTENCE_END.search(previous.text))
    if down > _GAP * step:
        return True
    ended = bool(_SENTENCE_END.search(previous.text))
    left = min(item.x0 for item in paragraph.lines)
    indented = line.x0 > left + _INDENT and len(paragraph.lines) > 1
    width = max(right - left, 1.0)
    short = previous.x1 < right - 0.18 * width
    return ended and (indented or (short and line.text[:1].isupper()))


def _is_wrapped_number(previous: Line) -> bool:
    """A line that ends in "section" or "Mr." is not followed by a list item."""
    return bool(re.search(r"\b(?:section|sec\.|§|no\.|question|part|and|or|of|in)$", previous.text, re.IGNORECASE))


def _looks_complete(line: Line) -> bool:
    return bool(_SENTENCE_END.search(line.text)) or len(line.text.split()) <= _HEADING_WORDS


def _kind(paragraph: _Paragraph, body: float) -> PassageKind:
    first = paragraph.lines[0]
    text = " ".join(line.text for line in paragraph.lines)
    count = len(text.split())
    if (
        count <= _HEADING_WORDS
        and len(paragraph.lines) <= 2
        and not re.search(r"[.,;]$", text)
        and re.search(r"[^\W\d]{3}", text)
    ):
        larger = first.size >= body + _SIZE_STEP
        if larger or first.bold or text.isupper() or _ENUMERATED_HEADING.match(text):
            return PassageKind.HEADING
    return PassageKind.LIST if _BULLET.match(first.text) else PassageKind.BODY


def _continues(before: _Paragraph, after: _Paragraph) -> bool:
    """Whether a paragraph goes on overleaf: only when its last sentence has not ended."""
    last, first = before.lines[-1], after.lines[0]
    return (
        before.kind is not PassageKind.HEADING
        and after.kind is PassageKind.BODY
        and not _SENTENCE_END.search(last.text)
        and abs(last.size - first.size) <= _SIZE_STEP
    )


def _hyphenated_words(pages: Iterable[Sequence[Line]]) -> frozenset[str]:
    """Words that the document hyphenates inside a line more often than not."""
    seen: Counter[str] = Counter()
    for lines in pages:
        for line in lines:
            seen.update(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.casefold()))
    return frozenset(word for word in seen if "-" in word and seen[word] >= seen[word.replace("-", "")])


def _last_word(text: str) -> str:
    found = re.findall(r"[^\W\d_]+", text)
    return found[-1] if found else ""


def _first_word(text: str) -> str:
    found = re.match(r"[^\W\d_]+", text)
    return found[0] if found else ""
