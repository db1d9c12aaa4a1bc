"""What an engine is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa


class Kernel(Protocol):
    """A pure function of one partition; it is sent to other processes, so it holds only plain values.

    Equal kernels (by ``repr``) give equal results for equal partitions. ``title`` says what it does, for people.
    """

    @property
    def title(self) -> str: ...

    def __call__(self, partition: pa.Table) -> pa.Table: ...


@dataclass(frozen=True, slots=True)
class Done:
    """A partition's number and what the kernel gave for it."""

    number: int
    table: pa.Table


@dataclass(frozen=True, slots=True)
class SetAside:
    """A partition for which the kernel failed every time: what was to be done, its number, its rows, and why."""

    title: str
    number: int
    rows: int
    reason: str

    def sentence(self) -> str:
        """For the list of what was unusual."""
        rows = "1 row was" if self.rows == 1 else f"{self.rows:,} rows were"
        return f"{self.title}: {rows} set aside, as it failed every time ({self.reason}). Run the analysis again."


def reason_of(error: BaseException) -> str:
    """Why a kernel failed, in one line."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:200]}" if said else type(error).__name__
