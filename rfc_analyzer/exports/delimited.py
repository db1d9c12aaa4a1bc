"""CSV: every table of the analysis, and the figures, each in its own file that Excel opens as it stands."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from rfc_analyzer.comparison import (
    QuoteRow,
    Share,
    Unit,
    denominators,
    positions_by_type,
    positions_overall,
    questions_by_type,
    questions_overall,
    respondents_by_type,
    themes_by_type,
    themes_overall,
)
from rfc_analyzer.exports.cells import csv_value
from rfc_analyzer.exports.provenance import method_lines
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.targets import put_in_place
from rfc_analyzer.model import Stance
from rfc_analyzer.reviews import touches
from rfc_analyzer.tables import (
    CAMPAIGN_MEMBERS,
    CAMPAIGNS,
    EVIDENCE,
    FILES,
    POSITIONS,
    PROPOSITIONS,
    QUESTIONS,
    SUBMISSIONS,
    TABLES,
    THEMES,
    Table,
)

_Rows = Iterable[Sequence[object]]
_SHARE = ("n", "of", "unit", "share", "low", "high")
_BATCH = 1_000
_S, _F, _T, _Q = SUBMISSIONS.c, FILES.c, THEMES.c, QUESTIONS.c
_POSITION = (PROPOSITIONS.c.proposition_id, PROPOSITIONS.c.text, _S.respondent_type, POSITIONS.c.stance, *_SHARE)
_EVERYONE = "everyone"
_M = CAMPAIGN_MEMBERS.c
_TEXTS = (FILES.c.text, EVIDENCE.c.quote, CAMPAIGNS.c.template_text, _M.added_text, _M.removed_text)
_OWNERS = (_S.submission_id, CAMPAIGNS.c.template_submission_id)


def write_csv(selection: Selection, folder: Path) -> list[Path]:
    """Write the files into ``folder``: UTF-8 with a byte-order mark, fields quoted where need be.

    Tables hold the rows of submissions that meet the filters; ``about.csv`` says which those are.
    """
    folder.mkdir(exist_ok=True)
    written = [_write(folder, f"{table.name}.csv", *_table(selection, table)) for table in TABLES]
    return written + [_write(folder, name, heads, rows) for name, heads, rows in _figures(selection)]


def _write(folder: Path, name: str, heads: Sequence[str], rows: _Rows) -> Path:
    target = folder / name
    with put_in_place(target) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(heads)
        out.writerows([csv_value(value) for value in row] for row in rows)
    return target


def _table(selection: Selection, table: Table[Any]) -> tuple[list[str], _Rows]:
    """Columns as the analysis holds them, with people's corrections, and the rows, read a batch at a time."""
    path = table.path(selection.analysis.folder)
    if not path.exists():
        return table.schema.names, ()
    reviewed = touches(table, selection.analysis.reviews)
    stored = pq.ParquetFile(path)
    names = table.schema.names if reviewed else stored.schema_arrow.names
    batches = [table.arrow(selection.analysis.rows(table))] if reviewed else stored.iter_batches(_BATCH)
    concerns, see = _concerns(selection, names), _seeing(selection, names)
    return names, (list(see(row).values()) for batch in batches for row in batch.to_pylist() if concerns(row))


def _seeing(selection: Selection, names: Sequence[str]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Masks the texts of a row as the selection has it."""
    columns = [name for name in _TEXTS if name in names]
    owner = next((name for name in _OWNERS if name in names), None)
    if not columns or owner is None:
        return lambda row: row
    return lambda row: row | {name: selection.seen(row[name], row[owner]) for name in columns}


def _concerns(selection: Selection, names: Sequence[str]) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a row is of a submission that meets the filters, or of none, as is a file that could not be read."""
    kept: set[str | None] = {None, *(s.submission_id for s in selection.submissions)}
    if _S.submission_id in names:
        return lambda row: row[_S.submission_id] in kept
    if _F.file_id in names:
        files = selection.analysis.files
        mine = set(files.loc[files[_F.submission_id].isin(kept), _F.file_id])
        return lambda row: row[_F.file_id] in mine
    return lambda row: True


def _figures(selection: Selection) -> Iterator[tuple[str, Sequence[str], _Rows]]:
    asked = (selection.analysis, selection.filters, selection.unit)
    counts = denominators(selection.analysis, selection.filters)
    yield "about.csv", ("part", "item", "value"), method_lines(selection)
    yield "figures_denominators.csv", ("unit", "count"), [(unit, counts.of(unit)) for unit in Unit]
    yield (
        "figures_respondents.csv",
        (_S.respondent_type, *_SHARE),
        [
            (row.respondent_type, *_share(row.share))
            for unit in Unit
            for row in respondents_by_type(selection.analysis, selection.filters, unit)
        ],
    )
    yield "figures_positions.csv", _POSITION, _positions(asked)
    yield (
        "figures_themes.csv",
        (_T.theme_id, _T.label, _T.parent_id, _S.respondent_type, *_SHARE),
        [
            (row.theme_id, row.label, row.parent_id, row.respondent_type or _EVERYONE, *_share(row.share))
            for row in (*themes_overall(*asked), *themes_by_type(*asked))
        ],
    )
    yield (
        "figures_questions.csv",
        (_Q.question_id, _Q.number, _Q.text, _S.respondent_type, *_SHARE),
        [
            (row.question_id, row.number, row.text, row.respondent_type or _EVERYONE, *_share(row.share))
            for row in (*questions_overall(*asked), *questions_by_type(*asked))
        ],
    )
    names = [field.name for field in fields(QuoteRow)]
    yield "quotes.csv", names, ([getattr(quote, name) for name in names] for quote in selection.quotes)


def _positions(asked: Any) -> Iterator[Sequence[object]]:
    for row in (*positions_overall(*asked), *positions_by_type(*asked)):
        shares = {stance.value: row.share(stance) for stance in Stance} | {"not_addressed": row.not_addressed}
        for stance, share in shares.items():
            yield row.proposition_id, row.text, row.respondent_type or _EVERYONE, stance, *_share(share)


def _share(share: Share) -> tuple[object, ...]:
    """Count, denominator and unit; the share and its interval only where it is not hidden."""
    plain = share.to_json()
    low, high = plain["interval"] or (None, None)
    return share.n, share.of, share.unit, plain["value"], low, high
