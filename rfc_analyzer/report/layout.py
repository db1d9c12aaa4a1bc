"""Plain text for a terminal: tables, lists, counts and shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rfc_analyzer.comparison import Share
from rfc_analyzer.words import printable


def listed(title: str, sentences: Sequence[str]) -> list[str]:
    """A title and a line for each sentence; nothing where there is none."""
    return [title, *(f"  {printable(sentence)}" for sentence in sentences)] if sentences else []


def percent(share: Share) -> str:
    """Nothing where the share is of fewer than five."""
    return "" if share.hidden or share.value is None else f"{share.value:.0%}"


def in_words(name: str) -> str:
    """A name of a closed set in words."""
    return name.replace("_", " ")


def cut(text: str, width: int) -> str:
    """``text`` safe for a terminal, with a mark where it had to be shortened."""
    text = printable(text)
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def table(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Aligned columns; a row of a single cell is a heading and makes no column wider."""
    columns = max((len(row) for row in rows), default=0)
    wide = [max((len(row[i]) for row in rows if i < len(row) > 1), default=0) for i in range(columns)]
    flush = set(right)
    lines = []
    for row in rows:
        cells = [cell.rjust(wide[i]) if i in flush else cell.ljust(wide[i]) for i, cell in enumerate(row)]
        lines.append("  " + "  ".join(cells).rstrip())
    return lines
