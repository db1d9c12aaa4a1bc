"""The tables of an analysis folder. Columns are named once: by the fields of the types in :mod:`model`."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints, overload

import pyarrow as pa
import pyarrow.parquet as pq

from rfc_analyzer import model, model_campaigns

if TYPE_CHECKING:
    import pandas as pd

Row = TypeVar("Row")

# a row group is what is held at once in writing and reading
_GROUP_ROWS = 10_000
_GROUP_LETTERS = 16_000_000
_TEXT = "text"

_ARROW = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
}


class Columns:
    """Column names as attributes: ``POSITIONS.c.stance == "stance"``; a misspelt one raises ``AttributeError``."""

    def __init__(self, names: Iterable[str]) -> None:
        self.__dict__.update({name: name for name in names})

    def __getattr__(self, name: str) -> str:
        raise AttributeError(f"no column {name!r}; there are {', '.join(self.__dict__)}")


@dataclass(frozen=True)
class Table(Generic[Row]):
    """A table of the analysis folder: its file's stem and the type of its rows."""

    name: str
    row: type[Row]

    @cached_property
    def c(self) -> Columns:
        return Columns(f.name for f in fields(self.row))  # type: ignore[arg-type]

    @cached_property
    def types(self) -> dict[str, Any]:
        hints = get_type_hints(self.row)
        return {f.name: hints[f.name] for f in fields(self.row)}  # type: ignore[arg-type]

    @cached_property
    def schema(self) -> pa.Schema:
        return pa.schema([pa.field(name, _arrow_type(hint)) for name, hint in self.types.items()])

    def path(self, folder: Path) -> Path:
        return folder / f"{self.name}.parquet"

    def write(self, folder: Path, rows: Iterable[Row]) -> None:
        """Write ``rows`` at once: readers see the old file or the new one, never half of it."""
        with self.writer(folder) as writer:
            writer.add(rows)

    @contextmanager
    def writer(self, folder: Path) -> Iterator[Writer[Row]]:
        """Write the table bit by bit: it is in place once the block is left, and not at all if that was by an error."""
        target = self.path(folder)
        partial = target.with_suffix(".partial")
        with pq.ParquetWriter(partial, self.schema, compression="zstd") as file:
            writer = Writer(self, file)
            yield writer
            writer.flush()
        partial.replace(target)

    def arrow(self, rows: Sequence[Row]) -> pa.Table:
        """``rows`` as an Arrow table with this table's columns."""
        columns = [_column([getattr(row, f.name) for row in rows], f.type) for f in self.schema]
        return pa.Table.from_arrays(columns, schema=self.schema)

    def read(self, folder: Path) -> list[Row]:
        """Rows as typed objects. Raises ``FileNotFoundError`` where the table was not written."""
        return self._rows(pq.read_table(self.path(folder)).to_pydict())

    def stored(self, folder: Path) -> Sequence[Row]:
        """The rows as a sequence that stays on the disk: going over it holds one row group at a time."""
        return Stored(self, self.path(folder))

    def rows_of(self, frame: pd.DataFrame) -> list[Row]:
        """Rows of a frame with this table's columns, or of a part of one, as typed objects in its order."""
        schema = pa.schema([column for column in self.schema if column.name in frame.columns])
        return self._rows(pa.Table.from_pandas(frame, schema=schema, preserve_index=False).to_pydict())

    def rows_from(self, batch: pa.Table | pa.RecordBatch) -> list[Row]:
        """Rows of an Arrow table or batch with this table's columns, or some of them, as typed objects."""
        return self._rows(batch.to_pydict())

    def _rows(self, columns: Mapping[str, list[Any]]) -> list[Row]:
        # an analysis made before a column was added has its default
        names = [f.name for f in fields(self.row) if f.name in columns or f.default is MISSING]  # type: ignore[arg-type]
        makers = [_maker(self.types[name]) for name in names]
        values = zip(*(columns[name] for name in names), strict=True)
        return [self.row(**{name: make(v) for name, make, v in zip(names, makers, row, strict=True)}) for row in values]


class Writer(Generic[Row]):
    """Rows on their way into a file, in row groups of a bounded size; where these part depends on the rows alone."""

    def __init__(self, table: Table[Row], file: pq.ParquetWriter) -> None:
        self._table = table
        self._file = file
        self._waiting: list[Row] = []
        self._letters = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Take up rows; they are written when there are enough of them."""
        for row in rows:
            self._waiting.append(row)
            self._letters += len(getattr(row, _TEXT, ""))
            if len(self._waiting) >= _GROUP_ROWS or self._letters >= _GROUP_LETTERS:
                self.flush()

    def flush(self) -> None:
        """Write what waits."""
        if self._waiting:
            self._file.write_table(self._table.arrow(self._waiting))
        self._waiting, self._letters = [], 0


class Sink:
    """Takes rows of several tables, each to its own file."""

    def __init__(self, writers: Mapping[type, Writer[Any]]) -> None:
        self._writers = writers

    def add(self, rows: Sequence[Any]) -> None:
        """Take up rows of one type."""
        if rows:
            self._writers[type(rows[0])].add(rows)


@contextmanager
def writing(folder: Path, tables: Iterable[Table[Any]]) -> Iterator[Sink]:
    """Write several tables bit by bit; they are in place once the block is left, and not at all if by an error."""
    with ExitStack() as stack:
        yield Sink({table.row: stack.enter_context(table.writer(folder)) for table in tables})


class Stored(Sequence[Row]):
    """A table's rows on the disk, in their order. ``groups`` and ``group`` give them in parts, for work on many cores.

    Each way through reads the file again: keep a tuple where rows are needed often, and there is room.
    """

    def __init__(self, table: Table[Row], path: Path) -> None:
        self.table = table
        self.path = path

    @property
    def groups(self) -> int:
        """How many row groups there are."""
        return int(pq.read_metadata(self.path).num_row_groups)

    def group(self, index: int, columns: Sequence[str] | None = None) -> pa.Table:
        """One row group, or some columns of it."""
        with pq.ParquetFile(self.path) as file:
            return file.read_row_group(index, columns=columns)

    def __len__(self) -> int:
        return int(pq.read_metadata(self.path).num_rows)

    def __iter__(self) -> Iterator[Row]:
        for index in range(self.groups):
            yield from self.table.rows_from(self.group(index))

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        return tuple(self)[index]


def _inner(hint: Any) -> tuple[Any, bool]:
    """``X | None`` → (X, True); ``X`` → (X, False)."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(a for a in get_args(hint) if a is not type(None)), True
    return hint, False


def _arrow_type(hint: Any) -> pa.DataType:
    inner, _ = _inner(hint)
    if get_origin(inner) is tuple:
        return pa.list_(_arrow_type(get_args(inner)[0]))
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return pa.string()
    return _ARROW[inner]


def _column(values: list[Any], type_: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, type=type_)
    except UnicodeEncodeError:  # lone surrogates, which some broken files hold, can't be stored as UTF-8
        return pa.array([_whole(value) for value in values], type=type_)


def _whole(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_whole(v) for v in value]
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _maker(hint: Any) -> Any:
    inner, optional = _inner(hint)
    if get_origin(inner) is tuple:
        item = _maker(get_args(inner)[0])
        return lambda value: tuple(item(v) for v in value or ())
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        return (lambda value: None if value is None else inner(value)) if optional else inner
    if inner is datetime:
        return lambda value: None if value is None else value.astimezone(UTC)
    return lambda value: value


SUBMISSIONS = Table("submissions", model.Submission)
FILES = Table("files", model.SourceFile)
INPUTS = Table("inputs", model.InputFile)
BLOCKS = Table("blocks", model.Block)
BOXES = Table("boxes", model.Box)
PASSAGES = Table("passages", model.Passage)
THEMES = Table("themes", model.Theme)
CAMPAIGNS = Table("campaigns", model.Campaign)
CAMPAIGN_MEMBERS = Table("campaign_members", model.CampaignMember)
ORGANISERS = Table("organisers", model_campaigns.Organiser)
QUESTIONS = Table("questions", model.Question)
PROPOSITIONS = Table("propositions", model.Proposition)
POSITIONS = Table("positions", model.Position)
EVIDENCE = Table("evidence", model.Evidence)
REVIEWS = Table("reviews", model.Review)

CONTRACT_TABLES: tuple[Table[Any], ...] = (
    SUBMISSIONS,
    FILES,
    PASSAGES,
    THEMES,
    CAMPAIGNS,
    CAMPAIGN_MEMBERS,
    QUESTIONS,
    PROPOSITIONS,
    POSITIONS,
    EVIDENCE,
    BOXES,
    REVIEWS,
)

TABLES: tuple[Table[Any], ...] = (*CONTRACT_TABLES, ORGANISERS)
"""All tables of an analysis folder, those of the contract first."""
