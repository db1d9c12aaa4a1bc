"""CSV: every table of the analysis, and the figures, each in its own file that Excel opens as it stands."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from rfc_analyzer.exports.cells import csv_value
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.tabular import figure_tables, stored_tables
from rfc_analyzer.exports.targets import put_in_place


def write_csv(selection: Selection, folder: Path) -> list[Path]:
    """Write the files into ``folder``: UTF-8 with a byte-order mark, fields quoted where need be.

    Tables hold the rows of submissions that meet the filters; ``about.csv`` says which those are.
    """
    folder.mkdir(exist_ok=True)
    written = [
        _write(folder, table.name, table.schema.names, (row.values() for batch in table.batches for row in batch))
        for table in stored_tables(selection)
    ]
    return written + [_write(folder, t.name, t.heads, t.rows) for t in figure_tables(selection)]


def _write(folder: Path, name: str, heads: Sequence[str], rows: Iterable[Iterable[object]]) -> Path:
    target = folder / f"{name}.csv"
    with put_in_place(target) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(heads)
        out.writerows([csv_value(value) for value in row] for row in rows)
    return target
