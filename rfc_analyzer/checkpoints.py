"""What each finished stage leaves behind: a stopped run resumes, a changed setting redoes only what it must."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from rfc_analyzer.store import write_json
from rfc_analyzer.tables import Table

_KEY_FILE = "key.json"


@dataclass(frozen=True)
class Checkpoints:
    """Stage results under ``folder``, each with the key of what it was made from."""

    folder: Path

    def has(self, stage: str, key: str) -> bool:
        try:
            return json.loads((self.folder / stage / _KEY_FILE).read_text(encoding="utf-8"))["key"] == key
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def begin(self, stage: str) -> Path:
        """An empty folder in which ``stage`` may write tables before it is saved; what it left before stays so far."""
        place = self.folder / f"{stage}.partial"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return place

    def save(
        self,
        stage: str,
        key: str,
        tables: Iterable[tuple[Table[Any], Sequence[Any]]],
        extra: Mapping[str, Any],
        begun: bool = False,
    ) -> None:
        """Replace what ``stage`` left, all at once. ``begun``: it has written into its folder already."""
        partial = self.folder / f"{stage}.partial" if begun else self.begin(stage)
        for table, rows in tables:
            table.write(partial, rows)
        write_json(partial / _KEY_FILE, {"key": key, "extra": dict(extra)})
        shutil.rmtree(self.folder / stage, ignore_errors=True)
        partial.rename(self.folder / stage)

    def rows(self, stage: str, table: Table[Any]) -> list[Any]:
        return table.read(self.folder / stage)

    def stored(self, stage: str, table: Table[Any]) -> Sequence[Any]:
        """Rows that ``stage`` left; they stay on the disk until somebody goes over them."""
        return table.stored(self.folder / stage)

    def extra(self, stage: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / stage / _KEY_FILE).read_text(encoding="utf-8"))["extra"]
        return found

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def digest(*parts: Any) -> str:
    """SHA-256 of the parts' JSON; anything that is not JSON goes in as its ``repr``."""
    return sha256(json.dumps(parts, sort_keys=True, default=repr).encode()).hexdigest()


@cache
def program_digest() -> str:
    """SHA-256 over this package's own source: a changed program redoes its stages."""
    root = Path(__file__).parent
    total = sha256()
    for path in sorted(root.rglob("*.py")):
        total.update(path.relative_to(root).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def fingerprint(paths: Iterable[Path]) -> str:
    """SHA-256 over path, size and time of change of every file under ``paths``: cheap, and changes when a file does."""
    total = sha256()
    for path in paths:
        for file in _files_under(path) if path.is_dir() else [path]:
            stat = file.stat()
            total.update(f"{str(file)!r} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return total.hexdigest()


def _files_under(folder: Path) -> Iterator[Path]:
    for path, folders, names in os.walk(folder):
        folders.sort()
        yield from (file for name in sorted(names) if (file := Path(path, name)).is_file())
