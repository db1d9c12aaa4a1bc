"""Rows of a table as readable lines: "column: value" where the table has a header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_LONGEST_NAME = 60
_HEADER_WITHIN = 10
_FEWEST_ROWS = 2


def named_rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """One line a row, blank rows left out. Rows above the header, and tables without one, keep their bare cells."""
    header_at = _header_at(rows)
    names = rows[header_at] if header_at is not None else ()
    for at, row in enumerate(rows):
        if header_at is not None and at > header_at:
            line = "; ".join(_named(names, row))
        elif at == header_at:
            continue
        else:
            line = "; ".join(dict.fromkeys(filter(None, row)))
        if line:
            yield line


def _named(names: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    seen = set()
    for place, value in enumerate(row):
        name = names[place].rstrip(" :") if place < len(names) else ""
        # merged cells come once for each column that they cover
        if value and (name, value) not in seen:
            seen.add((name, value))
            yield f"{name}: {value}" if name and name != value else value


def _header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """The row of column names: short, all different, and with rows below that fill the same columns."""
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        filled = [place for place, cell in enumerate(row) if cell]
        names = [row[place] for place in filled]
        if len(filled) < 2 or len(set(names)) < len(names) or max(map(len, names)) > _LONGEST_NAME:
            continue
        if any(name.replace(".", "").replace(",", "").isdigit() for name in names):
            continue
        below = [other for other in rows[at + 1 :] if any(other)]
        alike = sum(sum(p < len(other) and bool(other[p]) for p in filled) * 2 > len(filled) for other in below)
        if len(below) >= min(_FEWEST_ROWS, len(rows) - 1) and below and alike * 2 > len(below):
            return at
    return None
