"""The plain engine: one partition after the other, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from rfc_analyzer.engines.results import Done, Kernel, SetAside, reason_of


class LocalEngine:
    """Runs kernels here. Nothing is kept: the stages' own results are what a stopped run resumes from."""

    def __init__(self) -> None:
        self.set_aside: list[SetAside] = []

    def map(self, kernel: Kernel, partitions: Iterable[pa.Table]) -> Iterator[Done | SetAside]:
        """What ``kernel`` gives for each partition, in order."""
        for number, partition in enumerate(partitions):
            try:
                outcome: Done | SetAside = Done(number, kernel(partition))
            except Exception as error:  # whatever happens to one partition must not lose the others
                outcome = SetAside(kernel.title, number, partition.num_rows, reason_of(error))
                self.set_aside.append(outcome)
            yield outcome

    def finish(self) -> None:
        return None

    def close(self) -> None:
        return None
