"""Groups of respondents side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rfc_analyzer.comparison import Comparison, ComparisonRow, Difference, Measure, Quantity
from rfc_analyzer.privacy import shown
from rfc_analyzer.report.layout import cut, in_words, listed, percent, table
from rfc_analyzer.words import count_of, printable

_WORDS = 8
_QUOTE = 140
_STANCES = (Measure.SUPPORT, Measure.OPPOSE, Measure.MIXED)


def comparison_text(found: Comparison) -> str:
    """Groups side by side: how many they are, then positions, questions and themes, then what to bear in mind."""
    # a column for a long name each would not fit beside seven others
    short = [chr(ord("A") + i) for i in range(len(found.groups))]
    heads = [g.label for g in found.groups] if len(found.groups) <= 3 else short
    sections = [
        _groups(found, heads),
        *(_measured(title, found, measures, heads) for title, measures in _SECTIONS),
        _spreads(found, heads),
        _distinctive(found),
        _voices(found),
        listed("Bear in mind", found.warnings),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


_SECTIONS = (
    ("Positions: those who take a proposition up, and where they stand", tuple(Measure)[2:]),
    ("Questions answered", (Measure.QUESTION,)),
    ("Themes raised", (Measure.THEME,)),
)


def _groups(found: Comparison, heads: Sequence[str]) -> list[str]:
    rows = [
        (
            "" if head == group.label else head,
            group.label,
            count_of(group.denominators.distinct_texts, "distinct text"),
            count_of(group.denominators.submissions, "submission"),
            count_of(group.denominators.signatories, "signatory", "signatories"),
        )
        for head, group in zip(heads, found.groups, strict=True)
    ]
    return [f"Groups by {in_words(found.by)}; figures count {found.unit.label}", *table(rows)]


def _measured(title: str, found: Comparison, measures: Sequence[Measure], heads: Sequence[str]) -> list[str]:
    """A table of some measures; where there are several, each subject is a heading with its measures below."""
    rows = [row for row in found.rows if row.measure in measures]
    if not rows:
        return []
    two, told = len(found.groups) == 2, any(row.right and not row.right.hidden for row in rows)
    cells: list[Sequence[str]] = [
        ("", *heads, *(["difference"] if two else []), "p (adjusted)", *(["read right"] if told else []))
    ]
    above = ""
    for row in rows:
        if len(measures) > 1 and row.id != above:
            cells.append((cut(_name(row), 60),))
            above = row.id
        first = f"  {row.measure.value}" if len(measures) > 1 else cut(_name(row), 44)
        cells.append((first, *_figures(row, two), *([_right(row)] if told else [])))
    return [title, *table(cells, right=range(1, len(cells[0])))]


def _name(row: ComparisonRow) -> str:
    # a question's label begins with its number already
    return row.label if row.measure is Measure.QUESTION else f"{row.id} {row.label}"


def _figures(row: ComparisonRow, two: bool) -> list[str]:
    # stances are shares of those who take the proposition up: another denominator than the group's
    own = row.measure in _STANCES
    figures = [f"{s.n}/{s.of} {percent(s)}" if own else f"{s.n} {percent(s)}" for s in row.shares]
    if two:
        figures.append(_difference(row.difference))
    tested = row.significance
    figures.append(f"{_p(tested.p)} ({_p(tested.p_adjusted)})" if tested else "")
    return [figure.rstrip() for figure in figures]


def _right(row: ComparisonRow) -> str:
    """Of what was read so, how much is right, as people's labels tell it."""
    return "" if row.right is None or row.right.hidden else f"{row.right.value:.0%}"


def _spreads(found: Comparison, heads: Sequence[str]) -> list[str]:
    """Medians with the quartiles around them."""
    rows = [row for row in found.spreads if any(s.median is not None for s in row.spreads)]
    if not rows:
        return []
    cells = [("", *heads, "p (adjusted)")]
    for row in rows:
        test = f"{_p(row.test.p)} ({_p(row.test.p_adjusted)})" if row.test else ""
        cells.append((_QUANTITIES[row.quantity], *(row.told(s) for s in row.spreads), test))
    return ["Length and date: median (middle half)", *table(cells, right=range(1, len(cells[0])))]


_QUANTITIES = {Quantity.LENGTH: "words", Quantity.DATE: "submitted (UTC)"}


def _voices(found: Comparison) -> list[str]:
    """Each side in one quote, the smaller ones marked."""
    lines, labels = [], {g.name: g.label for g in found.groups}
    for voice in found.voices:
        for quote in voice.quotes[:1]:
            mark = ", the smaller side" if voice.smaller else ""
            lines.append(f"  {labels[voice.group]}, {voice.proposition_id} {voice.stance.value}: {voice.share.n}{mark}")
            said = cut(shown(quote.quote, quote.respondent_type), _QUOTE)
            lines.append(f"    “{said}” ({cut(quote.respondent, 40)}, {printable(quote.submission_id)})")
    return ["In their own words", *lines] if lines else []


def _difference(found: Difference | None) -> str:
    """In points of a hundred, the first group less the second."""
    if found is None:
        return ""
    value, low, high = (f"{round(x * 100):+d}" for x in (found.value, *found.interval))
    return f"{value} points ({low} to {high})"


def _p(value: float) -> str:
    return "<.001" if value < 0.001 else f"{value:.3f}".removeprefix("0")


def _distinctive(found: Comparison) -> list[str]:
    rows = [(in_words(name), ", ".join(w.word for w in ws[:_WORDS])) for name, ws in _worded(found)]
    return ["Words that a group uses more than the others", *table(rows)] if rows else []


def _worded(found: Comparison) -> Iterable[tuple[str, Any]]:
    return ((name, ws) for name, ws in found.distinctive_words.items() if ws)
