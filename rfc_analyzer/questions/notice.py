"""The questions of an agency's notice: numbered questions and sub-questions, told apart from its other lists."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rfc_analyzer.model import PassageKind, Question
from rfc_analyzer.questions.numbering import Marker, Reading, Style, joined, read_marker
from rfc_analyzer.questions.otherlists import begins_with_whole_number, inside_sentences, whole_numbers
from rfc_analyzer.readers.document import Document

_ASKS = re.compile(
    r"\?|^\W*(?:please|describe|discuss|explain|identify|provide|comment|address|list|specify|share|suggest|recommend"
    r"|to what extent|(?:we|the agency|nist|commission) (?:seeks?|requests?|invites?|welcomes?)|how|what|which|when"
    r"|where|who|why"
    r"|should|could|would|is|are|do|does|can|will|has|have|in what|under what|if )\b",
    re.IGNORECASE,
)
# a list of topics without a question mark asks where the sentence before it does
_LEADS_IN = re.compile(
    r"\b(?:following|below|these) (?:\w+ ){0,3}?(?:questions|topics|issues|areas|matters|aspects|points|subjects"
    r"|items)\b"
    r"|\b(?:seek|request|invite|solicit|welcome|ask|interested in)(?:s|es|ed|ing)?\b[^.]{0,120}"
    r"\b(?:comments?|information|input|views|responses|feedback|data|evidence|perspectives)\b[^.]{0,160}[.:]\s*$"
    r"|\b(?:responses|comments|commenters|respondents|interested parties) (?:may|should|can|could|are (?:asked"
    r"|invited|encouraged))\b"
    r"|\bcomments? (?:on|about|regarding|concerning|addressing)\b[^.]{0,160}:\s*$",
    re.IGNORECASE,
)
_INSTRUCTS = re.compile(
    r"^\W*(?:go to|click|enter|send|mail|submit|visit|select|follow|upload|fax|include|attach|do not|press|type"
    r"|open)\b",
    re.IGNORECASE,
)
_LEAD = 700
_FEWEST_UNNUMBERED = 3
_HEADING_WORDS = 12
_ENDS = re.compile(
    r"^\s*(?:dated\b|\[fr doc|billing code|signed at|issued (?:in|on)|by order of|for further information"
    r"|authority:|appendix\b)",
    re.IGNORECASE,
)
_NUMBERED_PARAGRAPH = re.compile(r"\s*\d{1,2}\.\d{1,3}(?:\.\d{1,3})?\.?\s+[A-Z]")
_SKIPPED = (PassageKind.FOOTNOTE, PassageKind.BOILERPLATE, PassageKind.TABLE)
_ASKING_SHARE = 0.6
_TOP_STYLES = (Style.NUMBER, Style.CAPITAL, Style.CAPITAL_ROMAN)
_SECTION_STYLES = (Style.CAPITAL, Style.CAPITAL_ROMAN)
_CHILDREN = {
    Style.NUMBER: (Style.LETTER, Style.ROMAN, Style.DECIMAL),
    Style.LETTER: (Style.ROMAN, Style.NUMBER),
    Style.ROMAN: (Style.LETTER, Style.CAPITAL),
    Style.CAPITAL: (Style.NUMBER, Style.LETTER, Style.ROMAN),
    Style.CAPITAL_ROMAN: (Style.NUMBER, Style.CAPITAL, Style.LETTER),
    Style.DECIMAL: (Style.LETTER, Style.ROMAN, Style.DECIMAL),
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph, or a line that begins with a marker; ``starts`` where a paragraph does."""

    text: str
    page: int | None
    kind: PassageKind
    starts: bool


@dataclass(frozen=True, slots=True)
class _Level:
    style: Style
    ordinal: int
    printed: str
    punctuation: str


@dataclass(slots=True)
class _Item:
    """A list item in the making: ``path`` from the outermost level to its own."""

    path: tuple[_Level, ...]
    page: int | None
    lead: str = ""
    section: str = ""
    pieces: list[str] = field(default_factory=list)
    closed: bool = False

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(level.printed for level in self.path)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.pieces)).strip()


def read_questions(document: Document) -> list[Question]:
    """The questions that a notice asks, in its order; empty where it has no list of questions.

    Numbered lists that don't ask (procedures, sections, footnotes) are left out. A sub-question's number holds its
    parents' ("2d(i)"), and ``parent_id`` leads to them. Questions without numbers that follow each other, as in a
    pasted list, are numbered in their order.
    """
    lines = _lines(document)
    flat, sectioned = (_asking_runs(lines, sections) for sections in (False, True))
    # "A." and "II." mostly head sections; they are numbers of questions where that finds more of them
    runs = sectioned if _marks(sectioned) > _marks(flat) else flat
    read = [(line.text, line.page) for line in lines if line.kind not in _SKIPPED]
    whole = whole_numbers(read)
    # "1." and below it "1a.": the tree has the first alone
    if runs and sum("?" in question.text for question in whole) <= _marks(runs):
        for run in runs:
            _trim_last(run)
        return _questions(_with_sections(runs))
    return whole or inside_sentences(read, _LEADS_IN) or _unnumbered(lines)


def numbered_lists(document: Document, sections: bool) -> list[Question]:
    """The items of all numbered lists of a text, whether or not they ask; see :func:`read_questions` for numbers.

    ``sections`` reads capital letters and capital roman numbers as numbers and not as heads of sections.
    """
    return _questions(_with_sections(_runs(_lines(document), sections)))


def _unnumbered(lines: Sequence[_Line]) -> list[Question]:
    """The longest row of paragraphs that all end in a question mark."""
    best: list[_Line] = []
    row: list[_Line] = []
    for line in lines:
        row = [*row, line] if line.text.rstrip("”’\"' ").endswith("?") else []
        best = row if len(row) > len(best) else best
    if len(best) < _FEWEST_UNNUMBERED:
        return []
    return [
        Question(f"Q{n}", str(n), None, re.sub(r"\s+", " ", line.text.lstrip("-–•* ")).strip(), line.page)
        for n, line in enumerate(best, start=1)
    ]


def _asking_runs(lines: Sequence[_Line], sections: bool) -> list[list[_Item]]:
    return [run for run in _runs(lines, sections) if _asks(run)]


def _marks(runs: Sequence[Sequence[_Item]]) -> int:
    return sum("?" in item.text for run in runs for item in run)


def _lines(document: Document) -> list[_Line]:
    if document.blocks:
        spans = [(b.start, b.end, b.page, b.kind) for b in document.blocks]
    else:
        spans = [(a, b, _page(document, a), PassageKind.BODY) for a, b in _paragraphs(document.text)]
    lines = []
    for start, end, page, kind in spans:
        starts = True
        for piece in _cut_at_markers(document.text[start:end]):
            lines.append(_Line(piece, page, kind, starts))
            starts = False
    return lines


def _paragraphs(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for match in re.finditer(r"\n\s*\n|\Z", text):
        if text[at : match.start()].strip():
            spans.append((at, match.start()))
        at = match.end()
    return spans


def _cut_at_markers(text: str) -> list[str]:
    pieces: list[str] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        if not pieces or read_marker(line) or begins_with_whole_number(line.strip()) or pieces[-1].endswith("?"):
            pieces.append(line.strip())
        else:
            pieces[-1] += f" {line.strip()}"
    return pieces


def _page(document: Document, offset: int) -> int | None:
    return bisect_right(document.page_starts, offset) if document.page_starts else None


def _runs(lines: Sequence[_Line], sections: bool) -> list[list[_Item]]:
    """Lists of the document, each with all its levels; a marker that doesn't fit the numbering is plain text.

    Without ``sections`` capital letters and capital roman numbers are read as the headings of sections.
    """
    runs: list[list[_Item]] = []
    lead = section = ""
    for line in lines:
        if line.kind in _SKIPPED:
            continue
        marker = read_marker(line.text)
        if marker and not sections and marker.readings[0].style in _SECTION_STYLES:
            section = marker.readings[0].printed
            line, marker = replace(line, kind=PassageKind.HEADING), None
        open_item = runs[-1][-1] if runs else None
        path = _place(marker, open_item.path if open_item else ()) if marker else None
        if marker and path:
            if len(path) == 1 and path[0].ordinal == 1:
                runs.append([])
            item = _Item(path, line.page, lead if len(path) == 1 and path[0].ordinal == 1 else "", section)
            item.pieces.append(line.text[marker.end :].strip())
            runs[-1].append(item)
        else:
            lead = line.text[-_LEAD:] if line.kind is not PassageKind.HEADING else lead
            if open_item:
                _continue(open_item, line)
    return runs


def _continue(item: _Item, line: _Line) -> None:
    """Text without a marker belongs to the open item until a heading, or the end of the notice."""
    if (
        line.kind is PassageKind.HEADING
        or _ENDS.match(line.text)
        or _NUMBERED_PARAGRAPH.match(line.text)
        or _is_plain_heading(item, line)
    ):
        item.closed = True
    if not item.closed:
        item.pieces.append(line.text)


def _is_plain_heading(item: _Item, line: _Line) -> bool:
    """A short paragraph without a stop after a finished sentence: a heading of a text without layout."""
    finished = re.search(r"[.?!:;][’”\"')]*$", item.pieces[-1])
    short = line.starts and len(line.text.split()) <= _HEADING_WORDS and not re.search(r"[.?!:;,)]$", line.text)
    return bool(finished) and short


def _place(marker: Marker, path: tuple[_Level, ...]) -> tuple[_Level, ...] | None:
    """Where a marker stands: next at an open level, first below the last item, or first of a new list."""
    for depth in range(len(path) - 1, -1, -1):
        level = path[depth]
        for reading in marker.readings:
            if reading.style is level.style and _follows(reading, level) and _same_dress(marker, level):
                return (*path[:depth], _level(reading, marker))
    if path:
        for reading in marker.readings:
            if reading.ordinal == 1 and reading.style in _CHILDREN[path[-1].style] and _nests(reading, path):
                return (*path, _level(reading, marker))
    for reading in marker.readings:
        if reading.ordinal == 1 and reading.style in _TOP_STYLES:
            return (_level(reading, marker),)
    return None


def _follows(reading: Reading, level: _Level) -> bool:
    if reading.style is Style.DECIMAL and reading.printed.rsplit(".", 1)[0] != level.printed.rsplit(".", 1)[0]:
        return False
    return reading.ordinal == level.ordinal + 1


def _nests(reading: Reading, path: tuple[_Level, ...]) -> bool:
    if reading.style is Style.DECIMAL:
        return reading.printed.rsplit(".", 1)[0] == path[-1].printed
    return reading.style not in [level.style for level in path]


def _same_dress(marker: Marker, level: _Level) -> bool:
    # "1." goes on as "2." and not as "(2)"; the word "question" may come and go
    return marker.punctuation.removeprefix("question").rstrip(".:") == level.punctuation.removeprefix(
        "question"
    ).rstrip(".:")


def _level(reading: Reading, marker: Marker) -> _Level:
    return _Level(reading.style, reading.ordinal, reading.printed, marker.punctuation)


def _asks(run: Sequence[_Item]) -> bool:
    """Whether a list asks.

    The sentence before it asks for comments on its items, or most items hold a question mark or begin as a question
    or request does.
    """
    if run[0].lead and _LEADS_IN.search(run[0].lead):
        return not any(_INSTRUCTS.match(item.text) for item in run[:2])
    asking = sum(bool(_ASKS.search(item.text)) for item in run)
    marks = sum("?" in item.text for item in run)
    named = sum(level.punctuation.startswith("question") for item in run for level in item.path[:1])
    return bool(named) or (asking >= _ASKING_SHARE * len(run) and marks >= 0.3 * len(run))


def _with_sections(runs: Sequence[Sequence[_Item]]) -> list[tuple[tuple[str, ...], _Item]]:
    """Items with their number's parts.

    Where lists begin at 1 again, the letters of their sections go before ("B2"); where these don't tell them apart,
    the place of a later list among them.
    """
    sections = [run[0].section for run in runs]
    if len(runs) > 1 and all(sections) and len(set(sections)) == len(runs) and _begin_again(runs):
        return [((run[0].section, *item.parts), item) for run in runs for item in run]
    seen: set[tuple[str, ...]] = set()
    numbered = []
    for place, run in enumerate(runs, start=1):
        again = any(item.parts in seen for item in run)
        for item in run:
            parts = (f"S{place}", *item.parts) if again else item.parts
            seen.add(parts)
            numbered.append((parts, item))
    return numbered


def _begin_again(runs: Sequence[Sequence[_Item]]) -> bool:
    parts = [item.parts for run in runs for item in run]
    return len(set(parts)) < len(parts)


def _questions(numbered: Sequence[tuple[tuple[str, ...], _Item]]) -> list[Question]:
    ids = {parts: f"Q{joined(parts)}" for parts, _ in numbered}
    found = []
    for parts, item in numbered:
        if item.text:
            parent = ids.get(parts[:-1]) if len(parts) > 1 else None
            found.append(Question(ids[parts], joined(parts), parent, item.text, item.page))
    return found


def _trim_last(run: Sequence[_Item]) -> None:
    """What follows a list's last item belongs to it only while it asks, or finishes its sentence."""
    pieces = run[-1].pieces
    while len(pieces) > 1 and "?" not in pieces[-1] and re.search(r"[.?!:][’”\"')]*$", pieces[-2]):
        pieces.pop()
