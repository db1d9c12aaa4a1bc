"""What became of the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rfc_analyzer.model import FileRole, FileStatus
from rfc_analyzer.querying import light
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import FILES, SUBMISSIONS

_MOST_LISTED = 20_000


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file without its text; ``message`` says why it is not simply read, and what to do."""

    file_id: str
    submission_id: str | None
    name: str
    pages: int | None
    status: FileStatus
    role: FileRole
    message: str

    @property
    def unread(self) -> bool:
        """True where nothing of what a respondent may have sent could be read."""
        return self.role is FileRole.UNREAD


def files_with_remarks(analysis: Analysis) -> list[FileRow]:
    """Files that were not simply read whole: unread ones first, then partly read, then the rest."""
    return _remarked(light(analysis, FILES))


@dataclass(frozen=True, slots=True)
class FileReport:
    """All files of a docket: how many of each status, and those with a remark, unread ones first.

    ``unread`` counts files of which nothing could be read. Where very many have a remark, ``more`` of them, those of
    least concern, are only counted. ``submissions`` is their number.
    """

    counts: Mapping[FileStatus, int]
    remarked: tuple[FileRow, ...]
    unread: int = 0
    more: int = 0
    submissions: int = 0


def file_report(folder: Path) -> FileReport | None:
    """What became of the files, from the files table in ``folder``; None where there is none yet.

    Unlike :func:`files_with_remarks` it needs no finished analysis: the table is there once the files are read.
    """
    path = FILES.path(folder)
    if not path.exists():
        return None
    f = FILES.c
    columns = [f.file_id, f.submission_id, f.name, f.pages, f.status, f.role, f.message]
    counted: Counter[str] = Counter()
    kept = [FILES.schema.empty_table().select(columns)]
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            rows = file.read_row_group(group, columns=columns)
            counted.update(rows[f.status].to_pylist())
            remarked = pc.or_(pc.not_equal(rows[f.status], FileStatus.OK.value), pc.not_equal(rows[f.message], ""))
            kept.append(rows.filter(remarked))
    remarks = pa.concat_tables(kept)
    unread = pc.equal(remarks[f.role], FileRole.UNREAD.value)
    partial = pc.equal(remarks[f.status], FileStatus.PARTIAL.value)
    keys = pa.table([unread, partial, remarks[f.name], remarks[f.file_id]], names=["unread", "partial", "name", "id"])
    order = pc.sort_indices(keys, [("unread", "descending"), ("partial", "descending"), ("name", "ascending"),
                                   ("id", "ascending")])  # fmt: skip
    listed = remarks.take(order[:_MOST_LISTED]).to_pandas()
    return FileReport(
        {s: counted[s.value] for s in FileStatus if counted[s.value]},
        tuple(_row(row) for row in listed.itertuples(index=False)),
        pc.sum(unread).as_py() or 0,
        max(len(remarks) - _MOST_LISTED, 0),
        pq.read_metadata(submissions).num_rows if (submissions := SUBMISSIONS.path(folder)).exists() else 0,
    )


def _remarked(table: pd.DataFrame) -> list[FileRow]:
    f = FILES.c
    remarked = table[(table[f.status] != FileStatus.OK.value) | (table[f.message] != "")]
    return sorted(
        (_row(row) for row in remarked.itertuples(index=False)),
        key=lambda r: (not r.unread, r.status is not FileStatus.PARTIAL, r.name, r.file_id),
    )


def _row(row: Any) -> FileRow:
    return FileRow(
        file_id=row.file_id,
        submission_id=None if pd.isna(row.submission_id) else row.submission_id,
        name=row.name,
        pages=None if pd.isna(row.pages) else int(row.pages),
        status=FileStatus(row.status),
        role=FileRole(row.role),
        message=row.message,
    )
