"""What is asked of the large tables, by DuckDB straight from their files: texts are read where they are wanted only.

An analysis of 150,000 passages holds some hundred megabytes of text. Figures don't need it, and what shows it shows a
few rows at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from rfc_analyzer.reviews import touches
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import EVIDENCE, FILES, PASSAGES, Table

if TYPE_CHECKING:
    import duckdb

Row = TypeVar("Row")
_LONG = {
    FILES.name: (FILES.c.text, FILES.c.page_starts),
    PASSAGES.name: (PASSAGES.c.text,),
    EVIDENCE.name: (EVIDENCE.c.quote,),
}
_MEMORY = "400MB"
_FEW = 100  # rows that a query finds faster than going over the file
_AT_A_TIME = 10_000


def light(analysis: Analysis, table: Table[Any]) -> pd.DataFrame:
    """The table as a frame without its long texts, for what only counts; read once and shared: copy to change it."""
    return analysis.once(("light", table.name), lambda: _without_texts(analysis, table))


def some_columns(analysis: Analysis, table: Table[Any], columns: Sequence[str]) -> pd.DataFrame:
    """Only these columns, for what needs no more of a large table; not kept.

    Columns that an older analysis lacks are empty.
    """
    path = table.path(analysis.folder)
    if not path.exists() or touches(table, analysis.reviews):
        return light(analysis, table).reindex(columns=list(columns))
    return packed_columns(analysis, table, columns).to_pandas().reindex(columns=list(columns))


def packed_columns(analysis: Analysis, table: Table[Any], columns: Sequence[str]) -> pa.Table:
    """As :func:`some_columns`, as Arrow keeps them; those that an older analysis lacks are left out."""
    path = table.path(analysis.folder)
    if not path.exists() or touches(table, analysis.reviews):
        found = light(analysis, table)
        return pa.Table.from_pandas(found[[name for name in columns if name in found]], preserve_index=False)
    there = [name for name in columns if name in pq.read_schema(path).names]
    packed = pq.read_table(path, columns=there)
    # what reading took beside the columns is not needed again
    pa.default_memory_pool().release_unused()
    return packed


def rows_where(analysis: Analysis, table: Table[Row], column: str, wanted: Collection[str]) -> list[Row]:
    """Rows whose ``column`` is one of ``wanted``, with people's corrections, in the table's order."""
    return table.rows_of(frame_where(analysis, table, column, wanted))


def frame_where(
    analysis: Analysis, table: Table[Any], column: str, wanted: Collection[str], columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """As :func:`rows_where`, all ``columns`` or some, as a frame: it takes a fifth of the memory of objects."""
    path = table.path(analysis.folder)
    if not wanted or not path.exists():
        return table.schema.empty_table().to_pandas()
    if touches(table, analysis.reviews):
        frame = analysis.frame(table)
        return frame[frame[column].isin(list(wanted))]
    if len(wanted) > _FEW:
        return _scanned(path, column, wanted, columns).to_pandas()
    chosen = "*" if columns is None else ", ".join(f'"{name}"' for name in columns)
    statement = f'SELECT {chosen} FROM read_parquet(?) WHERE "{column}" IN (SELECT unnest(?))'
    return query(statement, [str(path), list(wanted)])


def _scanned(path: Path, column: str, wanted: Collection[str], columns: Sequence[str] | None) -> pa.Table:
    """One part of the file after the other: for many rows this takes a fraction of the memory of a query."""
    asked = pa.array(list(wanted))
    found = []
    with pq.ParquetFile(path, pre_buffer=False) as file:
        for group in range(file.num_row_groups):
            mine = pc.is_in(file.read_row_group(group, columns=[column], use_threads=False)[column], value_set=asked)
            if pc.any(mine).as_py():
                found.append(file.read_row_group(group, columns=columns, use_threads=False).filter(mine))
        schema = file.schema_arrow
    return pa.concat_tables(found) if found else schema.empty_table()


def in_batches(analysis: Analysis, table: Table[Any], columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """These columns of the table as the program wrote it, some rows at a time; none where there is no table."""
    path = table.path(analysis.folder)
    if path.exists():
        # reading ahead, in many threads, holds the file several times
        with pq.ParquetFile(path, pre_buffer=False) as file:
            yield from file.iter_batches(_AT_A_TIME, columns=columns, use_threads=False)


def texts_of(analysis: Analysis, passage_ids: Collection[str]) -> dict[str, str]:
    """The words of passages, by id."""
    c = PASSAGES.c
    found = frame_where(analysis, PASSAGES, c.passage_id, passage_ids, (c.passage_id, c.text))
    return dict(zip(found[c.passage_id], found[c.text], strict=True))


def query(statement: str, values: list[Any]) -> pd.DataFrame:
    """What DuckDB answers; every value that comes from outside stands in ``values``, never in ``statement``."""
    # a cursor of one's own: several sessions ask at the same time
    with _database().cursor() as cursor:
        return cursor.sql(statement, params=values).to_arrow_table().to_pandas()


def _without_texts(analysis: Analysis, table: Table[Any]) -> pd.DataFrame:
    path, long = table.path(analysis.folder), _LONG.get(table.name, ())
    if not path.exists() or touches(table, analysis.reviews):
        return analysis.frame(table).drop(columns=list(long))
    columns = [name for name in pq.read_schema(path).names if name not in long]
    return pq.read_table(path, columns=columns).to_pandas()


@cache
def _database() -> duckdb.DuckDBPyConnection:
    """In memory; it neither fetches extensions nor writes files. Loaded when something is first asked."""
    import duckdb

    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": _MEMORY,
            "temp_directory": "",
        },
    )
