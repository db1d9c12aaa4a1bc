"""What the docket received, what could not be read, and who answered."""

from __future__ import annotations

from collections.abc import Sequence

from rfc_analyzer.comparison import FileRow, Unit, how_far_to_trust, reconcile, respondents_by_type
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.word.figures import percent, with_percent
from rfc_analyzer.exports.word.writing import Writing
from rfc_analyzer.exports.wording import COUNTED, TYPES, UNITS, count_of, unit_of

_UNITS = (Unit.SUBMISSIONS, Unit.SIGNATORIES, Unit.DISTINCT_TEXTS)
_FILES = 10


def introduction(writing: Writing, selection: Selection) -> None:
    """Title, introduction and who commented."""
    docket = selection.analysis.manifest.docket
    writing.title("Summary of Comments", f"{selection.title} (docket {docket.docket_id})")
    writing.paragraph(
        f"Draft for review, made from the analysis of {selection.made_at:%Y-%m-%d}. Staff should check it against the "
        "comments before use."
    )
    writing.heading("Introduction")
    _counts(writing, selection)
    writing.heading("What could not be read", 2)
    found = selection.overview
    if not found.unread:
        writing.paragraph("Every file that came could be read, at least in part.")
    _files(writing, found.unread, "could not be read, so that nothing of it is in a figure")
    _files(writing, found.partly_read, "could be read only in part")
    writing.heading("How far to trust the figures", 2)
    writing.bullets(how_far_to_trust(selection.analysis, selection.filters))
    _who(writing, selection)


def _counts(writing: Writing, selection: Selection) -> None:
    sums = reconcile(selection.analysis, selection.filters)
    counts, found = sums.denominators, selection.overview
    when = ""
    if found.first_submitted_at and found.last_submitted_at:
        when = f" submitted from {found.first_submitted_at:%Y-%m-%d} to {found.last_submitted_at:%Y-%m-%d}"
    three = [unit_of(counts.of(unit), unit) for unit in _UNITS]
    writing.paragraph(
        f"This summary covers {three[0]}{when}, by {three[1]}; they are {three[2]}. {' '.join(sums.in_words())}"
    )
    if selection.filters.active:
        writing.paragraph(selection.asked)
    writing.paragraph(
        f"{selection.counted} Shares of fewer than five are not given as percentages. "
        f"{with_percent(found.without_argument)} of {count_of(found.without_argument.of, 'submission')} make no "
        "argument about the docket."
    )


def _files(writing: Writing, files: Sequence[FileRow], what: str) -> None:
    if not files:
        return
    writing.paragraph(f"{count_of(len(files), 'file')} {what}:")
    writing.bullets([f"{f.name}: {f.message}" for f in files[:_FILES]])
    if len(files) > _FILES:
        writing.paragraph(f"{len(files) - _FILES:,} more are listed at the end.")


def _who(writing: Writing, selection: Selection) -> None:
    writing.heading("Who commented")
    rows = {
        unit: {r.respondent_type: r.share for r in respondents_by_type(selection.analysis, selection.filters, unit)}
        for unit in _UNITS
    }
    if not rows[Unit.SUBMISSIONS]:
        writing.paragraph("No submission meets the filters.")
        return
    writing.bullets([f"{UNITS[unit]}: {COUNTED[unit][:1].lower()}{COUNTED[unit][1:]}" for unit in _UNITS])
    table = []
    for who, share in rows[Unit.SUBMISSIONS].items():
        shares = [share, rows[Unit.SIGNATORIES].get(who), rows[Unit.DISTINCT_TEXTS].get(who)]
        cells = [cell for s in shares for cell in ((f"{s.n:,}", percent(s)) if s else ("0", ""))]
        table.append([TYPES[who], *cells])
    heads = ["Respondent type", *(head for unit in _UNITS for head in (UNITS[unit], "Share"))]
    writing.table("Respondents by type", heads, table, [1.7, 1.7, 0.8, 1.6, 0.8, 1.2, 0.8], range(1, 7))
