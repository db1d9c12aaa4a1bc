"""What ingestion knows so far, in a database on the disk: a docket of millions must not fill the memory."""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, Self

from rfc_analyzer.ingest.found import Found
from rfc_analyzer.ingest.records import Record, RecordKind
from rfc_analyzer.model import SourceFile

_PAGE = 500
_SETTINGS = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -32000")
_SCHEMA = """
CREATE TABLE seen (path BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE labels (label TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE found (
    label TEXT PRIMARY KEY, path BLOB, sha256 TEXT, size INTEGER, message TEXT, given INTEGER, archive INTEGER,
    mail TEXT, at INTEGER, suffix TEXT, depth INTEGER, use TEXT
) WITHOUT ROWID;
CREATE INDEX found_by_use ON found (use, at);
CREATE TABLE records (
    submission_id TEXT, table_at INTEGER, row_at INTEGER, content BLOB, PRIMARY KEY (submission_id, table_at, row_at)
) WITHOUT ROWID;
CREATE TABLE ids (folded TEXT PRIMARY KEY, submission_id TEXT, kind TEXT) WITHOUT ROWID;
CREATE TABLE owned (submission_id TEXT, label TEXT, PRIMARY KEY (submission_id, label)) WITHOUT ROWID;
CREATE TABLE places (name TEXT, place TEXT, PRIMARY KEY (name, place)) WITHOUT ROWID;
CREATE TABLE results (label TEXT PRIMARY KEY, content BLOB);
CREATE TABLE apart (name TEXT, at INTEGER, content BLOB, PRIMARY KEY (name, at)) WITHOUT ROWID;
"""
_FOUND = "found.label, path, sha256, size, message, given, archive, mail"
# a submission may stand in a table both as the agency's document and as a comment: it is a comment
_REMEMBER_ID = """
INSERT INTO ids VALUES (?, ?, ?) ON CONFLICT (folded) DO UPDATE
SET submission_id = excluded.submission_id, kind = excluded.kind
WHERE ids.kind <> 'comment' OR excluded.kind = 'comment'
"""


class Use(StrEnum):
    """What a file is to ingestion.

    ``MATCHED`` goes with a row, ``ALONE`` is a submission without one, ``APART`` is listed and not read.
    """

    COMMENT = "comment"
    MATCHED = "matched"
    ALONE = "alone"
    TABLE = "table"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What belongs to one submission: its rows in tables, its files by name, and what reading each of these gave."""

    submission_id: str
    rows: list[Record]
    files: list[Found]
    results: list[Any]


class Catalogue:
    """Files, rows of tables, and which belong together.

    ``kinds`` and ``dockets`` count rows; ``titles`` are of dockets, ``documents`` of the agency's documents, by docket.
    """

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "catalogue.sqlite", isolation_level=None)
        for setting in _SETTINGS:
            self._db.execute(f"PRAGMA {setting}")
        self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        self._at = 0
        self.kinds: Counter[RecordKind] = Counter()
        self.dockets: Counter[str] = Counter()
        self.titles: dict[str, str] = {}
        self.documents: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def first_sight(self, path: Path) -> bool:
        """Whether a file is met for the first time; it is remembered."""
        return self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (os.fsencode(path),)).rowcount > 0

    def unused(self, label: str) -> str:
        """``label``, numbered where two inputs have files of one name; nobody else gets it."""
        # no table can store half a character
        label = label.encode("utf-8", "replace").decode("utf-8")
        suffix = PurePosixPath(label).suffix
        number, free = 1, label
        while not self._db.execute("INSERT OR IGNORE INTO labels VALUES (?)", (free,)).rowcount:
            number += 1
            free = f"{label.removesuffix(suffix)} ({number}){suffix}"
        return free

    def add_file(self, found: Found, use: Use) -> None:
        """Take in a file; one of the same label gives way."""
        path = None if found.path is None else os.fsencode(found.path)
        place = self._next(), PurePosixPath(found.label).suffix.lower(), found.label.count("/"), use
        known = found.sha256, found.size, found.message, found.given, found.archive, found.mail
        self._db.execute(f"INSERT OR REPLACE INTO found VALUES ({', '.join('?' * 12)})",
                         (found.label, path, *known, *place))  # fmt: skip

    def use(self, label: str, use: Use) -> None:
        """Say what the file of that label is for."""
        self._db.execute("UPDATE found SET use = ? WHERE label = ?", (use, label))

    def files(self, use: Use, depth: int | None = None, suffixes: Sequence[str] = ()) -> Iterator[Found]:
        """Files of one use in the order of finding: all, or those ``depth`` folders deep, of one of ``suffixes``.

        A file's use may be changed on the way.
        """
        query = f"SELECT {_FOUND}, at FROM found WHERE use = ?" + (" AND depth = ?" if depth is not None else "")
        query += f" AND suffix IN ({', '.join('?' * len(suffixes))})" if suffixes else ""
        given = (use, *([depth] if depth is not None else []), *suffixes)
        after = 0
        while rows := self._db.execute(f"{query} AND at > ? ORDER BY at LIMIT {_PAGE}", (*given, after)).fetchall():
            after = rows[-1][-1]
            yield from (_found(row[:-1]) for row in rows)

    def depths(self, suffixes: Sequence[str]) -> list[int]:
        """How many folders deep comment files of these suffixes lie."""
        query = f"SELECT DISTINCT depth FROM found WHERE use = ? AND suffix IN ({', '.join('?' * len(suffixes))})"
        return sorted(depth for (depth,) in self._db.execute(query, (Use.COMMENT, *suffixes)))

    def add_records(self, records: Iterable[Record]) -> None:
        """Take in rows of one table, in their order."""
        table = self._next()
        for at, record in enumerate(records):
            self.kinds[record.kind] += 1
            if record.docket_id:
                self.dockets[record.docket_id] += 1
            if record.kind is RecordKind.DOCUMENT and record.title:
                self.documents.setdefault(record.docket_id, record.title)
            self._db.execute(_REMEMBER_ID, (record.submission_id.casefold(), record.submission_id, record.kind))
            if record.kind is RecordKind.COMMENT:
                content = pickle.dumps(record, pickle.HIGHEST_PROTOCOL)
                self._db.execute("INSERT INTO records VALUES (?, ?, ?, ?)", (record.submission_id, table, at, content))

    def kind_of(self, folded: str) -> tuple[str, RecordKind] | None:
        """The id that is spelt ``folded`` in lower case, and what the tables say it is; None where no row has it."""
        found = self._db.execute("SELECT submission_id, kind FROM ids WHERE folded = ?", (folded,)).fetchone()
        return (found[0], RecordKind(found[1])) if found else None

    def id_lengths(self) -> list[int]:
        """How long ids are, the longest first."""
        return [n for (n,) in self._db.execute("SELECT DISTINCT length(folded) FROM ids ORDER BY 1 DESC")]

    def own(self, label: str, submission_id: str) -> None:
        """Put a file to a submission."""
        self._db.execute("INSERT OR IGNORE INTO owned VALUES (?, ?)", (submission_id, label))

    def add_place(self, name: str, place: str) -> None:
        """Note a place in which files without a row lie, under its short name."""
        self._db.execute("INSERT OR IGNORE INTO places VALUES (?, ?)", (name, place))

    def places(self, name: str) -> int:
        """How many places have this short name."""
        return int(self._db.execute("SELECT count(*) FROM places WHERE name = ?", (name,)).fetchone()[0])

    def owned_files(self) -> Iterator[Found]:
        """Files of all submissions, in the order of these."""
        for row in self._db.execute(f"SELECT {_FOUND} FROM owned CROSS JOIN found USING (label) ORDER BY "
                                    "owned.submission_id, label"):  # fmt: skip
            yield _found(row)

    def owned_count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM owned").fetchone()[0])

    def ids(self) -> Iterator[str]:
        """Ids of all submissions so far, in their order."""
        rows = self._db.execute("SELECT submission_id FROM records UNION SELECT submission_id FROM owned ORDER BY 1")
        return (submission_id for (submission_id,) in rows)

    def keep_result(self, label: str, result: Any) -> None:
        """Keep what reading a file gave."""
        self._db.execute("INSERT INTO results VALUES (?, ?)", (label, pickle.dumps(result, pickle.HIGHEST_PROTOCOL)))

    def parcels(self) -> Iterator[Parcel]:
        """Submissions in the order of their ids, each with all that belongs to it."""
        records = self._db.execute(
            "SELECT submission_id, NULL, content FROM records ORDER BY submission_id, table_at, row_at"
        )
        files = self._db.execute(
            f"SELECT owned.submission_id, content, {_FOUND} FROM owned CROSS JOIN found USING (label) "
            "LEFT JOIN results USING (label) ORDER BY owned.submission_id, label"
        )
        for submission_id, group in groupby(merge(records, files, key=itemgetter(0)), key=itemgetter(0)):
            parcel = Parcel(submission_id, [], [], [])
            for row in group:
                if len(row) == 3:
                    parcel.rows.append(pickle.loads(row[2]))
                else:
                    parcel.files.append(_found(row[2:]))
                    parcel.results.append(pickle.loads(row[1]))
            yield parcel

    def set_apart(self, row: SourceFile) -> None:
        """Keep the row of a file that belongs to no submission."""
        content = pickle.dumps(row, pickle.HIGHEST_PROTOCOL)
        self._db.execute("INSERT INTO apart VALUES (?, ?, ?)", (row.name, self._next(), content))

    def apart(self) -> Iterator[SourceFile]:
        """Rows of files that belong to no submission, by name."""
        for (content,) in self._db.execute("SELECT content FROM apart ORDER BY name, at"):
            yield pickle.loads(content)

    def _next(self) -> int:
        self._at += 1
        return self._at


def _found(row: Sequence[Any]) -> Found:
    label, path, digest, size, message, given, archive, mail = row
    place = None if path is None else Path(os.fsdecode(path))
    return Found(label, place, digest, size, message, bool(given), bool(archive), mail)
