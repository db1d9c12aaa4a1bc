"""Which analyses there are to open, and what may be done with their folders."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from rfc_analyzer.serving import ANALYSIS_VARIABLE, analyses
from rfc_analyzer.store import MANIFEST

# what a person calls the analysis; the manifest keeps the docket's own title
_NAME_FILE = "name.txt"
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished analysis; ``key`` names it in the address bar. ``own`` says that the dashboard may change it."""

    key: str
    folder: Path
    title: str
    docket_id: str
    created_at: str
    submissions: int
    own: bool = False

    @property
    def name(self) -> str:
        """What to call it on the screen."""
        return self.title or self.docket_id or self.key


def home() -> Path:
    """The folder that holds the dashboard's own analyses."""
    return analyses()


def entries() -> list[Entry]:
    """The analysis that the server was started with, then those in :func:`home`, the newest first."""
    found = [_entry(path, own=True) for path in sorted(home().glob(f"*/{MANIFEST}"))]
    newest_first = sorted((e for e in found if e), key=lambda e: e.created_at, reverse=True)
    given = os.environ.get(ANALYSIS_VARIABLE)
    first = _entry(Path(given).resolve() / MANIFEST, own=False) if given else None
    if first is None:
        return newest_first
    # one key, one analysis: a folder elsewhere may have the name of one at home
    return [first, *(e for e in newest_first if e.key != first.key)]


def name_of(folder: Path) -> str:
    """What a person called the analysis in ``folder``; empty where nobody did."""
    try:
        return (folder / _NAME_FILE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def rename(folder: Path, name: str) -> None:
    """Call the analysis ``name``; an empty one gives back the docket's own title."""
    kept = " ".join(name.split())[:LONGEST_NAME]
    (folder / _NAME_FILE).write_text(kept, encoding="utf-8")


def delete(folder: Path) -> None:
    """Remove an analysis of :func:`home` with everything in it. Raises ``ValueError`` for any other folder."""
    if folder.resolve().parent != home():
        raise ValueError(f"{folder} is not one of the dashboard's own analyses")
    shutil.rmtree(folder)


def _entry(manifest: Path, own: bool) -> Entry | None:
    # only what a list shows: opening is for the one that is chosen
    try:
        plain = json.loads(manifest.read_text(encoding="utf-8"))
        return Entry(
            key=manifest.parent.name,
            folder=manifest.parent,
            title=name_of(manifest.parent) or str(plain["docket"]["title"]),
            docket_id=str(plain["docket"]["id"]),
            created_at=str(plain["created_at"]),
            submissions=int(plain["counts"]["submissions"]),
            own=own,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
