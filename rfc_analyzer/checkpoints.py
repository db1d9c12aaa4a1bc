"""What each finished stage leaves behind: a stopped run resumes, a changed setting redoes only what it must."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
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

    def save(
        self, stage: str, key: str, tables: Iterable[tuple[Table[Any], Sequence[Any]]], extra: Mapping[str, Any]
    ) -> None:
        """Replace what ``stage`` left; the key comes last, so that half a result is never taken for a whole one."""
        place = self.folder / stage
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for table, rows in tables:
            table.write(place, rows)
        write_json(place / _KEY_FILE, {"key": key, "extra": dict(extra)})

    def rows(self, stage: str, table: Table[Any]) -> list[Any]:
        return table.read(self.folder / stage)

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


def fingerprint(paths: Iterable[Path]) -> list[tuple[str, int, int]]:
    """Path, size and time of change of every file under ``paths``: cheap to take, and changes when a file does."""
    found = []
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                stat = file.stat()
                found.append((str(file), stat.st_size, stat.st_mtime_ns))
    return found
