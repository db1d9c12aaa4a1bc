"""What need not be computed twice, kept between runs: by what it was made from, up to a size, in one SQLite file.

A cache only saves time: where it can't be read or written, the work is done again and nobody is told. Two runs may
use it at once. What is damaged is thrown away: every entry has a checksum, and a damaged file is begun anew.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, partial
from hashlib import blake2b, sha256
from pathlib import Path
from threading import Lock
from typing import TypeVar

PLACE = "RFC_ANALYZER_CACHE"
LIMIT = "RFC_ANALYZER_CACHE_MB"
DEFAULT_LIMIT = 4_096 * 1024**2

Result = TypeVar("Result")

_FILE = "cache.sqlite"
_COPIES = "stores"
_KEPT_OF_LIMIT = 0.9  # what is left when the limit was passed, so that it isn't passed again at once
_ASKED_TOGETHER = 500
_PATIENCE = 30.0  # seconds to wait for another run that is writing
_HOUR = 3_600
_CHECK_BYTES = 16
_SETTINGS = ("auto_vacuum = FULL", "journal_mode = WAL", "synchronous = NORMAL")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    kind TEXT, key BLOB, size INTEGER, used INTEGER, checksum BLOB, value BLOB, PRIMARY KEY (kind, key)
);
CREATE INDEX IF NOT EXISTS by_use ON entries (used, size);
CREATE TABLE IF NOT EXISTS totals (kind TEXT PRIMARY KEY, entries INTEGER, bytes INTEGER);
CREATE TRIGGER IF NOT EXISTS counted AFTER INSERT ON entries BEGIN
    INSERT INTO totals VALUES (new.kind, 1, new.size)
    ON CONFLICT (kind) DO UPDATE SET entries = entries + 1, bytes = bytes + new.size;
END;
CREATE TRIGGER IF NOT EXISTS discounted AFTER DELETE ON entries BEGIN
    UPDATE totals SET entries = entries - 1, bytes = bytes - old.size WHERE kind = old.kind;
END;
"""
_OLDEST = """
DELETE FROM entries WHERE rowid IN (
    SELECT rowid FROM (SELECT rowid, sum(size) OVER (ORDER BY used, rowid) - size AS before FROM entries)
    WHERE before < ?
)
"""


class Kept(StrEnum):
    """What is kept."""

    PARSING = "parsing"
    EMBEDDINGS = "embeddings"
    POSITIONS = "positions"


@dataclass(frozen=True, slots=True)
class Usage:
    """How many entries of one kind there are, and how many bytes they hold."""

    kind: Kept
    entries: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Copies:
    """How many analyses that belong on stores have a copy here, and how many bytes these hold."""

    entries: int
    bytes: int


class Cache:
    """Entries in ``folder``, together not much over ``limit`` bytes; those go first that were not used for longest.

    Copies of analyses on stores lie in ``copies``, beside the limit.
    """

    def __init__(self, folder: Path, limit: int | None = None) -> None:
        self.folder = folder
        self.limit = limit_from_environment() if limit is None else limit
        self._db: sqlite3.Connection | None = None
        self._one_at_a_time = Lock()

    @property
    def path(self) -> Path:
        return self.folder / _FILE

    @property
    def copies(self) -> Path:
        """Where analyses that belong on stores are made and opened, each in a folder of its own."""
        return self.folder / _COPIES

    def find(self, kind: Kept, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """The entries of one kind that are there, of those asked for."""
        wanted = list(dict.fromkeys(keys))
        found: dict[bytes, bytes] = {}
        nothing: dict[bytes, bytes] = {}
        if not wanted or not self.path.exists():
            return found
        for start in range(0, len(wanted), _ASKED_TOGETHER):
            found |= self._attempt(partial(_sound, kind=kind, keys=wanted[start : start + _ASKED_TOGETHER]), nothing)
        return found

    def keep(self, kind: Kept, entries: Mapping[bytes, bytes]) -> None:
        """Keep entries, and let the oldest go where they are too much together."""
        if not entries or self.limit <= 0:
            return
        now = int(time.time()) // _HOUR
        rows = [(kind, key, len(value), now, _checksum(value), value) for key, value in entries.items()]

        def write(db: sqlite3.Connection) -> None:
            db.executemany("INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?, ?)", rows)
            total = db.execute("SELECT coalesce(sum(bytes), 0) FROM totals").fetchone()[0]
            if total > self.limit:
                db.execute(_OLDEST, (total - int(self.limit * _KEPT_OF_LIMIT),))

        self._attempt(write, None)

    def usage(self) -> list[Usage]:
        """What is kept, by kind."""
        if not self.path.exists():
            return [Usage(kind, 0, 0) for kind in Kept]
        nothing: dict[str, tuple[int, int]] = {}
        known = self._attempt(_totals, nothing)
        return [Usage(kind, *known.get(kind, (0, 0))) for kind in Kept]

    def copied(self) -> Copies:
        """How much there is in ``copies``."""
        held = [path for path in self.copies.glob("*") if path.is_dir()]
        files = (path for folder in held for path in folder.rglob("*") if path.is_file())
        return Copies(len(held), sum(path.stat().st_size for path in files))

    def clear(self) -> None:
        """Forget everything, the copies of analyses on stores as well."""
        self._begin_anew()
        shutil.rmtree(self.copies, ignore_errors=True)

    def _begin_anew(self) -> None:
        self.close()
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(_FILE + suffix).unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        db, self._db = self._db, None
        if db is not None:
            db.close()

    def _attempt(self, work: Callable[[sqlite3.Connection], Result], otherwise: Result) -> Result:
        """What ``work`` gives; ``otherwise`` where the cache can't be used. A damaged file is thrown away."""
        try:
            with self._one_at_a_time, self._opened() as db:
                return work(db)
        except (sqlite3.OperationalError, OSError):  # locked for too long, no space, no permission
            return otherwise
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self._begin_anew()
            return otherwise

    def _opened(self) -> sqlite3.Connection:
        """The open file; as a context it is one transaction."""
        if self._db is None:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # texts of comments are in it
            db = sqlite3.connect(self.path, timeout=_PATIENCE, check_same_thread=False)
            try:
                for setting in _SETTINGS:
                    db.execute(f"PRAGMA {setting}")
                db.executescript(_SCHEMA)
            except sqlite3.Error:
                db.close()
                raise
            self._db = db
        return self._db


def user_cache() -> Cache:
    """The cache of this user, for all dockets: in the folder that ``RFC_ANALYZER_CACHE`` names, or the usual one."""
    usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rfc-analyzer"
    return Cache(Path(os.environ[PLACE]) if os.environ.get(PLACE) else usual)


def limit_from_environment() -> int:
    """How many bytes are kept: as many megabytes as ``RFC_ANALYZER_CACHE_MB`` says, 4 GB where it says nothing."""
    try:
        return int(float(os.environ[LIMIT]) * 1024**2)
    except (KeyError, ValueError, OverflowError):
        return DEFAULT_LIMIT


def key_of(*parts: str | bytes) -> bytes:
    """The key of what was made from these parts."""
    total = sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.digest()


@cache
def source_digest(*parts: str) -> str:
    """SHA-256 over the source of parts of this package: what an older program made is not taken for today's.

    A part is a folder or a file without its ending.
    """
    root = Path(__file__).parent
    total = sha256()
    for part in sorted(parts):
        folder = root / part
        for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]:
            total.update(path.relative_to(root).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def _totals(db: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    return {kind: (entries, size) for kind, entries, size in db.execute("SELECT kind, entries, bytes FROM totals")}


def _sound(db: sqlite3.Connection, kind: Kept, keys: list[bytes]) -> dict[bytes, bytes]:
    """The entries under ``keys`` whose checksum is right, marked as used; those with a wrong one are removed."""
    marks = ", ".join("?" * len(keys))
    query = f"SELECT rowid, key, used, checksum, value FROM entries WHERE kind = ? AND key IN ({marks})"
    found, damaged, stale = {}, [], []
    now = int(time.time()) // _HOUR
    for row, key, used, checksum, value in db.execute(query, (kind, *keys)):
        if not isinstance(value, bytes) or _checksum(value) != checksum:
            damaged.append((row,))
            continue
        found[key] = value
        if used != now:
            stale.append((now, row))
    with suppress(sqlite3.OperationalError):  # another run is writing: they are found all the same
        if damaged:
            db.executemany("DELETE FROM entries WHERE rowid = ?", damaged)
        if stale:
            db.executemany("UPDATE entries SET used = ? WHERE rowid = ?", stale)
    return found


def _checksum(value: bytes) -> bytes:
    return blake2b(value, digest_size=_CHECK_BYTES).digest()
