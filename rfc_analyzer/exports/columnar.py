"""Parquet: every table of the analysis, and the figures, each in its own file with typed columns."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.tabular import FigureTable, StoredTable, figure_tables, stored_tables
from rfc_analyzer.exports.targets import put_in_place

_COMPRESSION = "zstd"


def write_parquet(selection: Selection, folder: Path) -> list[Path]:
    """Write the files into ``folder``: the columns and types of the analysis, and those of the figures.

    Tables hold the rows of submissions that meet the filters, with people's corrections; ``about.parquet`` says which
    those are. Texts are as the analysis holds them, but for contact details that are masked.
    """
    folder.mkdir(exist_ok=True)
    written = [_write_stored(folder, table) for table in stored_tables(selection)]
    return written + [_write_figures(folder, table) for table in figure_tables(selection)]


def _write_stored(folder: Path, table: StoredTable) -> Path:
    target = folder / f"{table.name}.parquet"
    with put_in_place(target) as partial, pq.ParquetWriter(partial, table.schema, compression=_COMPRESSION) as writer:
        for batch in table.batches:
            if batch:
                writer.write_table(pa.Table.from_pylist(batch, schema=table.schema))
    return target


def _write_figures(folder: Path, table: FigureTable) -> Path:
    target = folder / f"{table.name}.parquet"
    rows = [[_plain(value) for value in row] for row in table.rows]
    columns = zip(*rows, strict=True) if rows else ([] for _ in table.heads)
    found = pa.table({head: _array(list(column)) for head, column in zip(table.heads, columns, strict=True)})
    with put_in_place(target) as partial:
        pq.write_table(found, partial, compression=_COMPRESSION)
    return target


def _array(values: Sequence[object]) -> pa.Array:
    # a column in which nothing stands has no type of its own
    return pa.array(values, type=pa.string() if all(value is None for value in values) else None)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
