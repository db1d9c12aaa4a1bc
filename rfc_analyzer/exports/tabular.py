"""Every table of an analysis and every figure as plain rows, for files that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from rfc_analyzer.answers import ANSWERS
from rfc_analyzer.comparison import (
    CommentRow,
    QuoteRow,
    Share,
    Unit,
    denominators,
    positions_by_type,
    positions_overall,
    questions_by_type,
    questions_overall,
    respondents_by_type,
    theme_weights,
    themes_by_type,
    themes_overall,
)
from rfc_analyzer.exports.provenance import method_lines
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.model import Stance
from rfc_analyzer.querying import light
from rfc_analyzer.reviews import touches
from rfc_analyzer.tables import (
    CAMPAIGN_MEMBERS,
    CAMPAIGNS,
    EVIDENCE,
    FILES,
    PASSAGES,
    POSITIONS,
    PROPOSITIONS,
    QUESTIONS,
    SUBMISSIONS,
    TABLES,
    THEMES,
    Table,
)

Values = dict[str, Any]
_SHARE = ("n", "of", "unit", "share", "low", "high")
_BATCH = 1_000
_S, _F, _T, _Q = SUBMISSIONS.c, FILES.c, THEMES.c, QUESTIONS.c
_POSITION = (PROPOSITIONS.c.proposition_id, PROPOSITIONS.c.text, _S.respondent_type, POSITIONS.c.stance, *_SHARE)
_EVERYONE = "everyone"
_M = CAMPAIGN_MEMBERS.c
_TEXTS = (FILES.c.text, EVIDENCE.c.quote, CAMPAIGNS.c.template_text, _M.added_text, _M.removed_text)
_A = ANSWERS.c
_COMMENT = (
    _A.comment_id, _S.submission_id, _S.respondent_type, "questions", _T.theme_id, "subject", "issue",
    POSITIONS.c.stance, "excerpt", "file_name", PASSAGES.c.page, "submissions", _A.response, _A.disposition,
    PASSAGES.c.question_score,
)  # fmt: skip
_OWNERS = (_S.submission_id, CAMPAIGNS.c.template_submission_id)


@dataclass(frozen=True, slots=True)
class StoredTable:
    """A table of the analysis: its ``schema``, and the rows a batch at a time, corrected, filtered and masked."""

    name: str
    schema: pa.Schema
    batches: Iterable[list[Values]]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures or texts that are computed: column names, and rows of plain values."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]


def stored_tables(selection: Selection) -> Iterator[StoredTable]:
    """Every table of the analysis folder with the rows of submissions that meet the filters."""
    for table in TABLES:
        yield _stored(selection, table)


def figure_tables(selection: Selection) -> Iterator[FigureTable]:
    """What the files are about, the figures, the quotes and the comments with the agency's answers."""
    for name, heads, rows in _figures(selection):
        yield FigureTable(name, heads, rows)


def _stored(selection: Selection, table: Table[Any]) -> StoredTable:
    """Columns as the analysis holds them, with people's corrections, and the rows, read a batch at a time."""
    path = table.path(selection.analysis.folder)
    if not path.exists():
        return StoredTable(table.name, table.schema, ())
    reviewed = touches(table, selection.analysis.reviews)
    stored = pq.ParquetFile(path)
    schema = table.schema if reviewed else stored.schema_arrow
    batches = [table.arrow(selection.analysis.rows(table))] if reviewed else stored.iter_batches(_BATCH)
    concerns, see = _concerns(selection, schema.names), _seeing(selection, schema.names)
    kept = ([see(row) for row in batch.to_pylist() if concerns(row)] for batch in batches)
    return StoredTable(table.name, schema.remove_metadata(), kept)


def _seeing(selection: Selection, names: Sequence[str]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Masks the texts of a row as the selection has it."""
    columns = [name for name in _TEXTS if name in names]
    owner = next((name for name in _OWNERS if name in names), None)
    if not columns or owner is None:
        return lambda row: row
    return lambda row: row | {name: selection.seen(row[name], row[owner]) for name in columns}


def _concerns(selection: Selection, names: Sequence[str]) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a row is of a submission that meets the filters, or of none, as is a file that could not be read."""
    kept: set[str | None] = {None, *selection.ids}
    if _S.submission_id in names:
        return lambda row: row[_S.submission_id] in kept
    if _F.file_id in names:
        files = light(selection.analysis, FILES)
        mine = set(files.loc[files[_F.submission_id].isin(kept), _F.file_id])
        return lambda row: row[_F.file_id] in mine
    return lambda row: True


def _figures(selection: Selection) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[object]]]]:
    asked = (selection.analysis, selection.filters, selection.unit)
    counts = denominators(selection.analysis, selection.filters)
    yield "about", ("part", "item", "value"), method_lines(selection)
    yield "figures_denominators", ("unit", "count"), [(unit, counts.of(unit)) for unit in Unit]
    yield (
        "figures_respondents",
        (_S.respondent_type, *_SHARE),
        [
            (row.respondent_type, *_share(row.share))
            for unit in Unit
            for row in respondents_by_type(selection.analysis, selection.filters, unit)
        ],
    )
    yield "figures_positions", _POSITION, _positions(asked)
    yield (
        "figures_themes",
        (_T.theme_id, _T.label, _T.parent_id, _S.respondent_type, *_SHARE),
        [
            (row.theme_id, row.label, row.parent_id, row.respondent_type or _EVERYONE, *_share(row.share))
            for row in (*themes_overall(*asked), *themes_by_type(*asked))
        ],
    )
    yield (
        "figures_submission_themes",
        (_S.submission_id, _T.theme_id, "passages", "weight"),
        [(w.submission_id, w.theme_id, w.passages, w.weight) for w in theme_weights(*asked[:2])],
    )
    yield (
        "figures_questions",
        (_Q.question_id, _Q.number, _Q.text, _S.respondent_type, *_SHARE),
        [
            (row.question_id, row.number, row.text, row.respondent_type or _EVERYONE, *_share(row.share))
            for row in (*questions_overall(*asked), *questions_by_type(*asked))
        ],
    )
    names = [field.name for field in fields(QuoteRow)]
    yield "quotes", names, ([getattr(quote, name) for name in names] for quote in selection.quotes)
    yield "comments", _COMMENT, (_comment(comment) for comment in selection.comments)


def _positions(asked: Any) -> Iterator[Sequence[object]]:
    for row in (*positions_overall(*asked), *positions_by_type(*asked)):
        shares = {stance.value: row.share(stance) for stance in Stance} | {"not_addressed": row.not_addressed}
        for stance, share in shares.items():
            yield row.proposition_id, row.text, row.respondent_type or _EVERYONE, stance, *_share(share)


def _comment(comment: CommentRow) -> Sequence[object]:
    answer = comment.answer
    return (
        comment.comment_id,
        comment.submission.submission_id,
        comment.submission.respondent_type,
        comment.questions,
        comment.theme_id,
        comment.subject,
        comment.issue,
        comment.stance,
        comment.excerpt,
        comment.file_name,
        comment.page,
        comment.submissions,
        answer.response if answer else "",
        answer.disposition if answer else None,
        comment.question_score,
    )


def _share(share: Share) -> tuple[object, ...]:
    """Count, denominator and unit; the share and its interval only where it is not hidden."""
    plain = share.to_json()
    low, high = plain["interval"] or (None, None)
    return share.n, share.of, share.unit, plain["value"], low, high
