"""Rows that are made as they are gone over, so that of many only some are held at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Streamed(Collection[Row], Generic[Row]):
    """``count`` rows that ``make`` gives one after the other whenever they are asked for."""

    count: int
    make: Callable[[], Iterable[Row]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Row]:
        return iter(self.make())

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)
