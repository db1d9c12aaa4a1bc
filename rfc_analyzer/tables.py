"""The tables of an analysis folder. Columns are named once: by the fields of the types in :mod:`model`."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from rfc_analyzer import model, model_campaigns

if TYPE_CHECKING:
    import pandas as pd

Row = TypeVar("Row")

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

    def write(self, folder: Path, rows: Sequence[Row]) -> None:
        """Write ``rows`` at once: readers see the old file or the new one, never half of it."""
        target = self.path(folder)
        partial = target.with_suffix(".partial")
        pq.write_table(self.arrow(rows), partial, compression="zstd")
        partial.replace(target)

    def arrow(self, rows: Sequence[Row]) -> pa.Table:
        """``rows`` as an Arrow table with this table's columns."""
        columns = [pa.array([_plain(getattr(row, f.name)) for row in rows], type=f.type) for f in self.schema]
        return pa.Table.from_arrays(columns, schema=self.schema)

    def read(self, folder: Path) -> list[Row]:
        """Rows as typed objects. Raises ``FileNotFoundError`` where the table was not written."""
        return self._rows(pq.read_table(self.path(folder)).to_pydict())

    def rows_of(self, frame: pd.DataFrame) -> list[Row]:
        """Rows of a frame with this table's columns, or of a part of one, as typed objects in its order."""
        schema = pa.schema([column for column in self.schema if column.name in frame.columns])
        return self._rows(pa.Table.from_pandas(frame, schema=schema, preserve_index=False).to_pydict())

    def _rows(self, columns: Mapping[str, list[Any]]) -> list[Row]:
        # an analysis made before a column was added has its default
        names = [f.name for f in fields(self.row) if f.name in columns or f.default is MISSING]  # type: ignore[arg-type]
        makers = [_maker(self.types[name]) for name in names]
        values = zip(*(columns[name] for name in names), strict=True)
        return [self.row(**{name: make(v) for name, make, v in zip(names, makers, row, strict=True)}) for row in values]


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


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if isinstance(value, str):
        # lone surrogates, which some broken files hold, can't be stored as UTF-8
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return value


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
BLOCKS = Table("blocks", model.Block)
BOXES = Table("boxes", model.Box)
PASSAGES = Table("passages", model.Passage)
THEMES = Table("themes", model.Theme)
CAMPAIGNS = Table("campaigns", model.Campaign)
CAMPAIGN_MEMBERS = Table("campaign_members", model.CampaignMember)
CAMPAIGN_SLOTS = Table("campaign_slots", model_campaigns.CampaignSlot)
ORGANISERS = Table("organisers", model_campaigns.Organiser)
SIGNATORIES = Table("signatories", model_campaigns.Signatory)
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

TABLES: tuple[Table[Any], ...] = (*CONTRACT_TABLES, CAMPAIGN_SLOTS, ORGANISERS, SIGNATORIES)
"""All tables of an analysis folder, those of the contract first."""
