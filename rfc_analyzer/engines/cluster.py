"""The Dask engine: partitions in Parquet files, kernels in worker processes, results in Parquet files beside them.

A partition's file is named by the hash of its rows and of the kernel. So a run that was stopped, by whatever, finds
what is finished; and a worker that died takes nothing with it but what it was doing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from time import monotonic
from typing import Any
from uuid import uuid4

import pyarrow as pa

from rfc_analyzer.engines.results import Done, Kernel, SetAside, reason_of
from rfc_analyzer.engines.storage import Storage
from rfc_analyzer.errors import EngineLost, MissingDependency

_WAITING_A_WORKER = 4  # partitions that wait or run, for each worker
_TRIES_MORE = 2  # of a kernel that raises; a worker that dies is given as many chances by Dask itself
_CONNECT_SECONDS = 20
_LOOK_SECONDS = 2.0
_WORKERLESS_SECONDS = 300.0  # a busy machine may take minutes to replace workers that died
_OWN_CLUSTER = {
    "distributed.deploy.lost-worker-timeout": "1 hour",  # Dask would give up a worker that is not replaced in 15 s
}
_AGAIN = "give the same command again: finished partitions are kept"


@dataclass(frozen=True)
class _Running:
    """A partition at work: its number, its name in the storage, its rows; ``alone`` if nothing runs beside it."""

    number: int
    name: str
    rows: int
    alone: bool = False


class DaskEngine:
    """Runs kernels on a cluster: the one at ``scheduler``, or worker processes on this machine.

    ``program`` is a hash of what makes the results beside kernel and partition; results of another are not used.
    """

    def __init__(self, storage: Storage, scheduler: str | None = None, workers: int = 2, program: str = "") -> None:
        self.set_aside: list[SetAside] = []
        self._storage = storage
        self._scheduler = scheduler
        self._workers = workers
        self._program = program
        self._names: set[str] = set()
        self._cluster: Any = None
        self._client: Any = None
        self._settings = ExitStack()  # of Dask, while a cluster of our own is there

    def map(self, kernel: Kernel, partitions: Iterable[pa.Table]) -> Iterator[Done | SetAside]:
        """What ``kernel`` gives for each partition, as it is done.

        Dask blames all that waits on a worker for its death. So a partition that is blamed is tried again at the
        end, with nothing beside it: only what kills workers by itself is set aside.
        """
        coming = enumerate(partitions)
        running: dict[Any, _Running] = {}
        blamed: list[_Running] = []
        more = True
        while True:
            while more and len(running) < self._room():
                following = next(coming, None)
                if following is None:
                    more = False
                    break
                number, partition = following
                name = self._name(kernel, partition)
                self._names.add(name)
                found = self._storage.find(_result(name))
                if found is not None:
                    yield Done(number, found)
                    continue
                self._storage.write(name, partition)
                part = _Running(number, name, partition.num_rows)
                running[self._submit(kernel, part)] = part
            if not running and blamed:
                part = replace(blamed.pop(0), alone=True)
                running[self._submit(kernel, part)] = part
            if not running:
                return
            for future in self._finished(running):
                part = running.pop(future)
                if _killed(future) and not part.alone:
                    blamed.append(part)
                elif (outcome := self._outcome(kernel, future, part)) is not None:
                    yield outcome
                else:
                    running[self._submit(kernel, part)] = part

    def finish(self) -> None:
        """Remove the partitions and their results."""
        for name in self._names:
            for each in (name, _result(name)):
                with suppress(OSError):
                    self._storage.remove(each)
        self._names.clear()

    def close(self) -> None:
        """Leave the cluster; stop the processes that were started for it."""
        for part in (self._client, self._cluster):
            if part is not None:
                with suppress(OSError, TimeoutError):
                    part.close()
        self._client = self._cluster = None
        self._settings.close()

    def _name(self, kernel: Kernel, partition: pa.Table) -> str:
        total = sha256(f"{type(kernel).__qualname__}\n{kernel!r}\n{self._program}\n".encode())
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, partition.schema) as stream:
            stream.write_table(partition.combine_chunks())
        total.update(sink.getvalue())
        return f"{type(kernel).__name__.lower()}-{total.hexdigest()[:32]}"

    def _submit(self, kernel: Kernel, part: _Running) -> Any:
        client = self._connected()
        key = f"{part.name}-{uuid4().hex}"  # Dask keeps the deaths it blames on a key
        try:
            return client.submit(
                run_partition, kernel, self._storage, part.name, key=key, retries=_TRIES_MORE, pure=False
            )
        except Exception as error:
            raise self._lost() from error

    def _finished(self, running: dict[Any, _Running]) -> list[Any]:
        """Those that are done; waits for the first."""
        from distributed import wait

        client = self._connected()
        seen = monotonic()
        while True:
            try:
                with client.as_current():
                    done = wait(list(running), timeout=_LOOK_SECONDS, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                if client.status != "running":
                    raise self._lost() from None
                if self._threads():
                    seen = monotonic()
                elif monotonic() - seen > _WORKERLESS_SECONDS:
                    raise self._lost("no worker is left on") from None
                continue
            except Exception as error:
                raise self._lost() from error
            return sorted(done, key=lambda future: running[future].number)

    def _outcome(self, kernel: Kernel, future: Any, part: _Running) -> Done | SetAside | None:
        """What became of ``part``; nothing if a worker took its answer with it, and it must be done again."""
        if future.status != "error":
            found = self._storage.find(_result(part.name))
            if found is not None:
                return Done(part.number, found)
        if future.status == "cancelled" or self._connected().status != "running":
            raise self._lost()
        if future.status not in ("finished", "error"):
            return None
        aside = SetAside(kernel.title, part.number, part.rows, _why(future))
        self.set_aside.append(aside)
        return aside

    def _room(self) -> int:
        return _WAITING_A_WORKER * max(1, self._threads())

    def _threads(self) -> int:
        """How many partitions the workers that are there can do at once."""
        client = self._connected()
        try:
            return sum(client.nthreads().values())
        except Exception as error:  # Dask has many of its own for a lost scheduler
            raise self._lost() from error

    def _connected(self) -> Any:
        if self._client is None:
            try:
                import dask
                from distributed import Client, LocalCluster
            except ImportError as error:
                raise MissingDependency("--engine dask needs Dask: pip install dask distributed") from error
            self._storage.check()
            if self._scheduler:
                try:
                    self._client = Client(self._scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
                except (OSError, TimeoutError, ValueError) as error:
                    raise EngineLost(
                        f"no Dask scheduler answers at {self._scheduler}; start one with: dask scheduler"
                    ) from error
            else:
                self._settings.enter_context(dask.config.set(_OWN_CLUSTER))
                self._cluster = LocalCluster(
                    n_workers=self._workers,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address="127.0.0.1:0",  # none would take Dask's usual port
                    host="127.0.0.1",
                    silence_logs=50,
                )
                self._client = Client(self._cluster, set_as_default=False)
        return self._client

    def _lost(self, what: str = "there is no answer from") -> EngineLost:
        if not self._scheduler:
            return EngineLost(f"{what} the Dask scheduler; {_AGAIN}")
        return EngineLost(f"{what} the Dask scheduler at {self._scheduler}; start it and its workers, and {_AGAIN}")


def run_partition(kernel: Kernel, storage: Storage, name: str) -> None:
    """What a worker does: read a partition, and write what the kernel gives for it."""
    storage.write(_result(name), kernel(storage.read(name)))


def _result(name: str) -> str:
    return f"{name}-done"


def _killed(future: Any) -> bool:
    return future.status == "error" and type(future.exception()).__name__ == "KilledWorker"


def _why(future: Any) -> str:
    if future.status == "finished":
        return "its result is not where the worker wrote it; do all see the same storage?"
    return "every worker that tried it died" if _killed(future) else reason_of(future.exception())
