"""What people may give and correct in the comment-response matrix: response, disposition and theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from rfc_analyzer.answers import ANSWERS, Answer, answers_given, parts_of
from rfc_analyzer.comparison import CommentRow
from rfc_analyzer.exports.excel.correctable import Correctable, Correctables, Held
from rfc_analyzer.exports.excel.sheet import Column, TableSheet
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import DISPOSITIONS
from rfc_analyzer.subjects import NO_THEME
from rfc_analyzer.tables import PASSAGES, SUBMISSIONS, THEMES

RESPONSES, COMMENTS_AS_EXPORTED = "Comment-response matrix", "Comments as exported"
CHOICES = "Choices"
_FIRST_CHOICE = 4  # below the title, an empty line and the header
COMMENT, RESPONSE, DISPOSITION, THEME = "Comment", "Agency response", "Disposition", "Theme"
_A = ANSWERS.c


def theme_names(selection: Selection) -> dict[str, str]:
    """What the themes that passages may have are called on the sheet, by id, and what stands for none."""
    themes = selection.analysis.rows(THEMES)
    above = {t.parent_id for t in themes}
    often = Counter(t.label for t in themes)
    named = {t.theme_id: t.label if often[t.label] == 1 else f"{t.label} ({t.theme_id})" for t in themes}
    return {i: name for i, name in named.items() if i not in above} | {NO_THEME: "No theme"}


class _Comment(NamedTuple):
    passage_id: str
    theme_id: str | None
    answer: Answer | None


def of_comments(selection: Selection) -> Correctables:
    """What may be given and corrected about comments."""
    # of each comment no more than what may be corrected
    rows = {c.comment_id: _Comment(c.passage_id, c.theme_id, c.answer) for c in selection.comments}
    given = answers_given(selection.analysis.reviews)
    submissions = set(selection.analysis.submissions[SUBMISSIONS.c.submission_id])
    propositions = {p.proposition_id for p in selection.propositions}

    def known(comment_id: str) -> bool:
        # a workbook of a part may quote a form letter from another of its copies
        submission_id, subject = parts_of(comment_id)
        return comment_id in rows or (submission_id in submissions and subject in propositions)

    def held(comment_id: str, what: Correctable) -> Held | None:
        row = rows.get(comment_id)
        if what.column == PASSAGES.c.theme_id:
            return Held(row.passage_id, row.theme_id or NO_THEME) if row and row.passage_id else None
        answer = row.answer if row else given.get(comment_id)
        if answer is None:
            return Held(comment_id, "")
        return Held(answer.comment_id, answer.response if what.column == _A.response else answer.disposition or "")

    columns = (
        Correctable(THEME, (RESPONSES,), PASSAGES.name, PASSAGES.c.theme_id, theme_names(selection)),
        Correctable(RESPONSE, (RESPONSES,), ANSWERS.name, _A.response, lines=True),
        Correctable(DISPOSITION, (RESPONSES,), ANSWERS.name, _A.disposition, _dispositions()),
    )
    nothing = "no passage stands behind this comment, so it can have no theme; empty the cell"
    return Correctables(COMMENTS_AS_EXPORTED, COMMENT, "comment", columns, rows, known, held, nothing)


def theme_choices(names: Mapping[str, str]) -> str:
    """The cells of :func:`choices` that hold the names."""
    return f"'{CHOICES}'!$A${_FIRST_CHOICE}:$A${_FIRST_CHOICE + len(names) - 1}"


def choices(selection: Selection) -> TableSheet:
    """The names that the drop-down list of themes offers."""
    return TableSheet(
        name=CHOICES,
        holds="What drop-down lists offer.",
        columns=(Column("Themes", 40),),
        rows=[(name,) for name in theme_names(selection).values()],
        empty="",
    )


def theme_of(row: CommentRow, names: Mapping[str, str]) -> str:
    """The theme of a comment's passage, as :func:`theme_names` calls it."""
    return names.get(row.theme_id or NO_THEME, row.theme) if row.passage_id else ""


def _dispositions() -> dict[str, str]:
    return {"": ""} | {d.value: name for d, name in DISPOSITIONS.items()}
