"""What maps a kernel over partitions of a table: this process, or Dask on this machine or on a cluster.

A kernel is a pure function of one partition, which makes it the same on every engine. Kernels know nothing of
engines, and engines nothing of what kernels do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeAlias

import pyarrow as pa

from rfc_analyzer.engines.local import LocalEngine
from rfc_analyzer.engines.results import Done, Kernel, SetAside
from rfc_analyzer.settings import EngineKind, EngineSettings

__all__ = ["Done", "Engine", "Kernel", "LocalEngine", "Outcome", "SetAside", "make_engine"]

Outcome: TypeAlias = "Done | SetAside"


class Engine(Protocol):
    """Maps kernels over partitions. ``set_aside`` are the partitions for which a kernel failed every time."""

    set_aside: list[SetAside]

    def map(self, kernel: Kernel, partitions: Iterable[pa.Table]) -> Iterator[Outcome]:
        """What ``kernel`` gives for each partition, as it is done; partitions are taken as there is room for them.

        A partition for which the kernel fails every time is :class:`SetAside`, and the others go on.
        """
        ...

    def finish(self) -> None:
        """Remove what was kept in order to resume: all results have been taken."""
        ...

    def close(self) -> None:
        """Stop the processes that were started."""
        ...


def make_engine(settings: EngineSettings, workers: int, work: Path, program: str) -> Engine:
    """The engine that the settings name.

    ``work`` is where it may keep partitions, where the settings name no place; ``program`` is a hash of the program,
    whose older results are not used.

    Raises :class:`MissingDependency` where a package that it needs is not installed.
    """
    if settings.kind is EngineKind.LOCAL:
        return LocalEngine()
    from rfc_analyzer.engines.cluster import DaskEngine
    from rfc_analyzer.engines.storage import Storage

    storage = Storage(settings.storage or str(work.resolve() / "partitions"))
    return DaskEngine(storage, settings.scheduler, workers, program)
