"""Which analyses there are to open."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE, checkout
from rfc_analyzer.store import MANIFEST


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished analysis; ``key`` names it in the address bar."""

    key: str
    folder: Path
    title: str
    docket_id: str
    created_at: str
    submissions: int


def home() -> Path:
    """The folder that holds the dashboard's own analyses."""
    return Path(os.environ.get(HOME_VARIABLE) or checkout() / "analyses")


def entries() -> list[Entry]:
    """The analysis that the server was started with, then those in :func:`home`, the newest first."""
    found = [_entry(path) for path in sorted(home().glob(f"*/{MANIFEST}"))]
    newest_first = sorted((e for e in found if e), key=lambda e: e.created_at, reverse=True)
    given = os.environ.get(ANALYSIS_VARIABLE)
    first = _entry(Path(given) / MANIFEST) if given else None
    return ([first] if first else []) + [e for e in newest_first if first is None or e.folder != first.folder]


def _entry(manifest: Path) -> Entry | None:
    # only what a list shows: opening is for the one that is chosen
    try:
        plain = json.loads(manifest.read_text(encoding="utf-8"))
        return Entry(
            key=manifest.parent.name,
            folder=manifest.parent,
            title=str(plain["docket"]["title"]),
            docket_id=str(plain["docket"]["id"]),
            created_at=str(plain["created_at"]),
            submissions=int(plain["counts"]["submissions"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
