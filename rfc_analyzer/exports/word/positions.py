"""Each proposition with who is for it and who against, in their own words; and the views that few hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rfc_analyzer.comparison import (
    PositionRow,
    QuoteRow,
    RepresentationRow,
    Unit,
    minority_views,
    positions_by_type,
    positions_overall,
    representation,
)
from rfc_analyzer.exports.leftout import KINDS, missing, name_of, stance_of
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.word.figures import citation, listed, varied, with_percent
from rfc_analyzer.exports.word.writing import Writing
from rfc_analyzer.exports.wording import TYPES, unit_of
from rfc_analyzer.model import Stance

_SHOWN = 4
_SHOWN_OF_A_MINORITY = 2
_LEFT_OUT = 60
_SIDES = {
    Stance.SUPPORT: ("Comments in support", "supports it"),
    Stance.OPPOSE: ("Comments in opposition", "opposes it"),
    Stance.MIXED: ("Mixed comments", "is mixed on it"),
}
_Quotes = Mapping[tuple[str, Stance], Sequence[QuoteRow]]


def positions(writing: Writing, selection: Selection) -> None:
    """The main part: every proposition."""
    writing.heading("Positions on the propositions")
    units = [selection.unit, *(u for u in Unit if u is not selection.unit)]
    overall = {u: positions_overall(selection.analysis, selection.filters, u) for u in units}
    rows = overall[selection.unit]
    if not rows or not rows[0].support.of:
        writing.paragraph("There is no proposition, or no submission that meets the filters, to report positions of.")
        return
    by_type = positions_by_type(selection.analysis, selection.filters, selection.unit)
    found = _grouped(selection)
    for place, row in enumerate(rows):
        writing.heading(f"{row.proposition_id}. {row.text}", 2)
        writing.paragraph(" ".join(_standing(overall[u][place]) for u in units))
        types = [r for r in by_type if r.proposition_id == row.proposition_id]
        for stance in _SIDES:
            _side(writing, row, types, stance, found.get((row.proposition_id, stance), ()))


def _grouped(selection: Selection) -> _Quotes:
    """By proposition and by the position of the whole submission: who says both is mixed."""
    found: defaultdict[tuple[str, Stance], list[QuoteRow]] = defaultdict(list)
    for quote in selection.quotes:
        stance = selection.stances_of(quote.submission_id).get(quote.proposition_id, quote.stance)
        found[quote.proposition_id, stance].append(quote)
    return found


def _standing(row: PositionRow) -> str:
    addressed = row.addressed
    if not addressed.n:
        return f"None of {unit_of(addressed.of, addressed.unit)} takes it up."
    sides = [
        f"{with_percent(row.among_those_who_take_it_up(stance))} {word}"
        for stance, word in _VERBS
        if row.share(stance).n
    ]
    of = unit_of(addressed.of, addressed.unit)
    return f"Of {of}, {with_percent(addressed)} take this up; of those, {listed(sides)}."


_VERBS = ((Stance.SUPPORT, "support it"), (Stance.OPPOSE, "oppose it"), (Stance.MIXED, "are mixed"))


def _side(
    writing: Writing, row: PositionRow, types: Sequence[PositionRow], stance: Stance, quotes: Sequence[QuoteRow]
) -> None:
    title, verb = _SIDES[stance]
    share = row.share(stance)
    if not share.n:
        if stance is not Stance.MIXED:
            writing.heading(title, 3)
            writing.paragraph(f"No respondent {verb}.")
        return
    writing.heading(f"{title} ({unit_of(share.n, share.unit)})", 3)
    who = [
        f"{TYPES[r.respondent_type].lower()} {r.share(stance).n:,} of {r.share(stance).of:,}"
        for r in types
        if r.respondent_type and r.share(stance).n
    ]
    writing.paragraph(f"By respondent type: {listed(who)}.")
    shown = varied(quotes, _SHOWN)
    for quote in shown:
        writing.quote(quote.quote, citation(quote, stance))
    if len(quotes) > len(shown):
        writing.paragraph(f"{len(quotes) - len(shown):,} more quotes are on the sheet “Quotes” of the workbook.")


def minorities(writing: Writing, selection: Selection) -> None:
    """The smaller side of each proposition, so that it is not lost."""
    writing.heading("Minority views")
    views = minority_views(selection.analysis, selection.filters, selection.unit)
    if not views:
        writing.paragraph("On no proposition are both sides heard with one smaller than the other.")
        return
    writing.paragraph(
        "The smaller side of each proposition on which both are heard, and the respondent types in which it is the "
        "larger. A view that few hold can still be the one that matters."
    )
    found = _grouped(selection)
    for view in views:
        side = "support" if view.stance is Stance.SUPPORT else "opposition"
        writing.heading(f"{side.capitalize()} on {view.proposition_id}. {view.text}", 2)
        said = f"{with_percent(view.share)} of the {unit_of(view.share.of, view.share.unit)} that take it up."
        if view.types:
            larger = [f"{TYPES[who].lower()} ({n:,} against {other:,})" for who, n, other in view.types]
            said += f" It is the larger side among: {listed(larger)}."
        writing.paragraph(said)
        for quote in varied(found.get((view.proposition_id, view.stance), ()), _SHOWN_OF_A_MINORITY):
            writing.quote(quote.quote, citation(quote))


def left_out(writing: Writing, selection: Selection) -> None:
    """Which respondent types, themes and positions this summary doesn't show, so that a small view is not lost."""
    writing.heading("Whom this summary leaves out")
    rows = [r for r in representation(selection.analysis, selection.filters, selection.unit) if r.left_out]
    if not rows:
        writing.paragraph("Every respondent type, theme and position is named and quoted.")
        return
    writing.paragraph(
        "Respondent types and positions of which nobody is quoted, or of which whole types are not quoted, and themes "
        "beyond the leading ones or without a passage. The sheet “Representation audit” of the workbook has all of "
        "them. Look at these before the summary goes out."
    )
    table = [(KINDS[r.kind], _named(r), f"{r.share.n:,}", f"{r.quoted:,}", missing(r)) for r in rows[:_LEFT_OUT]]
    heads = ("What", "Which", "Count", "Quoted", "What is missing")
    writing.table("Whom this summary leaves out", heads, table, [0.8, 2.1, 0.6, 0.7, 2.9], (2, 3))
    if len(rows) > _LEFT_OUT:
        writing.paragraph(f"{len(rows) - _LEFT_OUT:,} more are on that sheet.")


def _named(row: RepresentationRow) -> str:
    which = f"{row.id}. {name_of(row)}" if row.stance else name_of(row)
    return f"{which} ({stance_of(row)})" if row.stance else which
