"""Themes and the notice's questions."""

from __future__ import annotations

from rfc_analyzer.comparison import questions_overall
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.word.figures import percent, with_percent
from rfc_analyzer.exports.word.writing import Writing
from rfc_analyzer.exports.wording import respondent, unit_of

_DESCRIBED = 10


def themes(writing: Writing, selection: Selection) -> None:
    """All themes in a table, the largest with a passage that stands for them."""
    writing.heading("Themes")
    rows = [row for row in selection.overview.themes if row.share.n]
    if not rows:
        writing.paragraph("No themes were found among the submissions.")
        return
    table = [(row.label, ", ".join(row.keywords[:6]), f"{row.share.n:,}", percent(row.share)) for row in rows]
    writing.table("Themes, largest first", ("Theme", "Words", "Raise it", "Share"), table, [2.4, 3.2, 0.8, 0.7], (2, 3))
    names = {s.submission_id: respondent(s) for s in selection.submissions}
    for row in rows[:_DESCRIBED]:
        writing.heading(row.label, 2)
        writing.paragraph(f"{with_percent(row.share)} of {unit_of(row.share.of, row.share.unit)} raise it.")
        for passage in selection.theme_passages.get(row.theme_id, ())[:1]:
            page = "" if passage.page is None else f"; page {passage.page}"
            name = names.get(passage.submission_id, "")
            writing.quote(passage.text, f"{name} ({passage.submission_id}{page})")


def questions(writing: Writing, selection: Selection) -> None:
    """How many answer each question of the notice."""
    rows = questions_overall(selection.analysis, selection.filters, selection.unit)
    writing.heading("Questions of the notice")
    if not rows or not rows[0].share.of:
        writing.paragraph("No questions of a notice are known, or no submission meets the filters.")
        return
    table = [(row.number, row.text, f"{row.share.n:,}", percent(row.share)) for row in rows]
    of = unit_of(rows[0].share.of, selection.unit)
    writing.paragraph(f"How many of {of} answer each question, whether they name it or not.")
    writing.table("Answers by question", ("No.", "Question", "Answer it", "Share"), table, [0.6, 4.6, 0.8, 0.7], (2, 3))
