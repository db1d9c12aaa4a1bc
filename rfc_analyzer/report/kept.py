"""What is kept between runs, for the terminal."""

from __future__ import annotations

import json
from dataclasses import asdict

from rfc_analyzer.cache import Cache, Kept
from rfc_analyzer.words import printable

_NAMES = {
    Kept.PARSING: "files read",
    Kept.EMBEDDINGS: "texts embedded",
    Kept.POSITIONS: "texts read for a proposition",
}
_COPIED = "copies of analyses that belong on stores"
_MEGABYTE = 1024**2


def cache_text(cache: Cache) -> str:
    """How much is kept, of what, where, and how much may be."""
    lines = [f"Kept between runs in {printable(str(cache.folder))}, at most {cache.limit / _MEGABYTE:,.0f} MB:"]
    lines += [f"  {use.entries:>10,} {_NAMES[use.kind]}, {use.bytes / _MEGABYTE:,.1f} MB" for use in cache.usage()]
    copied = cache.copied()
    if copied.entries:
        lines.append("Beside that limit, in the folder " + printable(cache.copies.name) + ":")
        lines.append(f"  {copied.entries:>10,} {_COPIED}, {copied.bytes / _MEGABYTE:,.1f} MB")
    return "\n".join(lines)


def cache_json(cache: Cache) -> str:
    """The same for programs; sizes in bytes."""
    kept = {use.kind.value: {"entries": use.entries, "bytes": use.bytes} for use in cache.usage()}
    copies = asdict(cache.copied())
    found = {"folder": str(cache.folder), "limit": cache.limit, "kept": kept, "copies": copies}
    return json.dumps(found, indent=1)
