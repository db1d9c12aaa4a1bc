"""The words themselves: quotes, and the comment-response matrix that an agency fills in."""

from __future__ import annotations

from collections.abc import Mapping

from rfc_analyzer.comparison import CommentRow, QuoteRow
from rfc_analyzer.exports.excel.answerable import (
    COMMENT,
    DISPOSITION,
    RESPONSE,
    RESPONSES,
    THEME,
    theme_choices,
    theme_names,
    theme_of,
)
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import DISPOSITIONS, STANCES, TYPES, respondent
from rfc_analyzer.streamed import Streamed

_NOT_FOUND_AGAIN = "(The last run did not find this comment again; its answer is kept here.)"


def quotes(selection: Selection) -> TableSheet:
    """Every quote, with whose it is and where it stands."""
    statements = {p.proposition_id: p.text for p in selection.propositions}
    found = selection.quotes
    return TableSheet(
        name="Quotes",
        holds="The verbatim words behind every position, with file, page and link.",
        columns=(
            Column("Proposition", 18),
            Column("Statement", 36, Style.WRAPPED),
            Column("What the quote says", 11, stance=True),
            Column("Position of the whole", 11, stance=True),
            Column("Quote", 72, Style.WRAPPED),
            Column("Respondent", 28, Style.WRAPPED),
            Column("Type", 14),
            Column("Submission", 23),
            Column("File", 38, Style.WRAPPED),
            Column("Page", 7, Style.INTEGER),
            Column("Score", 8, Style.DECIMAL),
            Column("Submissions with these words", 12, Style.INTEGER),
            Column("Recognised from a picture", 11, Style.CENTRED),
            Column("Link", 48, Style.LINK),
        ),
        rows=Streamed(len(found), lambda: (_quote(selection, q, statements) for q in found)),
        notes=(
            "Quotes stand as in the file, letter by letter, the surest first. Each distinct text gives one quote for a "
            "proposition and stance; a form letter is quoted once, from its template.",
            "A submission that says both is mixed as a whole. The score, from 0 to 1, tells how clear the words are. "
            "“Link” is the submission's page on the web, as the docket's metadata gives it.",
            selection.asked,
        ),
        empty="No position has been read, so there is no quote.",
    )


def _position(selection: Selection, quote: QuoteRow) -> str:
    stance = selection.stances_of(quote.submission_id).get(quote.proposition_id)
    return STANCES[stance] if stance else ""


def response_matrix(selection: Selection) -> TableSheet:
    """The comments to answer, with room for response and disposition, and those that were given."""
    names = theme_names(selection)
    return TableSheet(
        name=RESPONSES,
        holds="Every comment to answer, with the agency's response and disposition, or room for them.",
        columns=(
            Column(COMMENT, 28, Style.WRAPPED),
            Column("Commenter", 28, Style.WRAPPED),
            Column("Type", 14),
            Column("Question", 16, Style.WRAPPED),
            Column(THEME, 26, Style.WRAPPED, choices_at=theme_choices(names)),
            Column("Issue", 36, Style.WRAPPED),
            Column("Stance", 10, stance=True),
            Column("Excerpt", 64, Style.WRAPPED),
            Column("File and page", 36, Style.WRAPPED),
            Column("Submissions with these words", 12, Style.INTEGER),
            Column(RESPONSE, 46, Style.ENTRY),
            Column(DISPOSITION, 17, Style.ENTRY, choices=tuple(DISPOSITIONS.values())),
        ),
        rows=Streamed(len(selection.comments), lambda: (_comment(c, names) for c in selection.comments)),
        notes=(
            "A row for each position that a distinct text takes; where it takes none, a row for each theme it raises. "
            "A form letter stands here once, what its signers added apart.",
            f"Fill in the two pale columns; the disposition is chosen from a list, and “{THEME}” may be corrected from "
            "one. Read them back on the Export page, or with: rfc-analyzer review import. They then stand in every "
            "later workbook.",
            selection.asked,
        ),
        empty="There is no comment to answer among the submissions that meet the filters.",
    )


def _quote(selection: Selection, q: QuoteRow, statements: Mapping[str, str]) -> Row:
    return (
        q.proposition_id,
        statements.get(q.proposition_id, ""),
        STANCES[q.stance],
        _position(selection, q),
        q.quote,
        q.respondent,
        TYPES[q.respondent_type],
        q.submission_id,
        q.file_name,
        q.page,
        q.score,
        q.submissions,
        "Yes" if q.by_ocr else None,
        q.link or None,
    )


def _questions(c: CommentRow) -> str:
    likely = "" if c.question_score is None else f" (by meaning, {c.question_score:.0%} likely)"
    return ", ".join(c.questions) + likely


def _comment(c: CommentRow, names: Mapping[str, str]) -> Row:
    place = c.file_name if c.page is None else f"{c.file_name}, page {c.page}"
    return (
        c.comment_id,
        respondent(c.submission),
        TYPES[c.submission.respondent_type],
        _questions(c),
        theme_of(c, names),
        c.issue,
        STANCES[c.stance] if c.stance else None,
        c.excerpt if c.submissions else _NOT_FOUND_AGAIN,
        place,
        c.submissions or None,
        c.answer.response if c.answer else None,
        DISPOSITIONS[c.answer.disposition] if c.answer and c.answer.disposition else None,
    )
