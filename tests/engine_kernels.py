"""Kernels that note who ran them, fail, or kill their worker; a module of its own, as workers import it."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc

from rfc_analyzer import kernels


@dataclass(frozen=True)
class Doubled:
    """Doubles; ``notes`` gets a file for each call, ``wait`` seconds later."""

    notes: str
    wait: float = 0.0
    title = "Doubling"

    def __call__(self, partition):
        time.sleep(self.wait)
        doubled = pa.table({"n": pc.multiply(partition.column("n"), 2)})
        first = partition.column("n")[0].as_py()
        Path(self.notes, f"{first}-{os.getpid()}-{uuid4().hex}").touch()
        return doubled


@dataclass(frozen=True)
class Deadly(Doubled):
    """Kills its worker in the midst of the partition that begins with ``first``, as often as ``times`` says."""

    first: int = 0
    times: int = 1

    def __call__(self, partition):
        if partition.column("n")[0].as_py() == self.first:
            for number in range(self.times):
                mark = Path(self.notes, f"dead-{number}")
                if not mark.exists():
                    mark.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(partition)


@dataclass(frozen=True)
class Failing(Doubled):
    """Raises for the partition that begins with ``first``."""

    first: int = 0

    def __call__(self, partition):
        if partition.column("n")[0].as_py() == self.first:
            raise ValueError("a row that\nno kernel can bear")
        return super().__call__(partition)


@dataclass(frozen=True)
class Loads:
    """Embeds, and tells the process and how often it has loaded the model."""

    title = "Loading"

    def __call__(self, partition):
        embedder = kernels.embedder_of_worker("all-MiniLM-L6-v2")
        embedder.encode([str(n) for n in partition.column("n").to_pylist()])
        return pa.table({"pid": [os.getpid()], "loads": [kernels._embedder.cache_info().misses]})
