"""Loaded by workers (``distributed.worker.preload``): kernels of the program that die or fail as a plan file says."""

import functools
import json
import os
import signal
from pathlib import Path

from rfc_analyzer import kernels

PLAN = "RFC_ANALYZER_TEST_FAULTS"  # a folder; ``plan.json`` in it: {"deaths": {kernel: times}, "failing": label}


def plan(folder, **faults):
    (Path(folder) / "plan.json").write_text(json.dumps(faults))


def deaths(folder):
    return sorted(path.name for path in Path(folder).glob("death-*"))


def faulty(kernel):
    plain = kernel.__call__

    @functools.wraps(plain)
    def call(self, partition):
        folder = Path(os.environ[PLAN])
        faults = json.loads((folder / "plan.json").read_text())
        for number in range(faults.get("deaths", {}).get(kernel.__name__, 0)):
            try:
                (folder / f"death-{kernel.__name__}-{number}").touch(exist_ok=False)
            except FileExistsError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)
        if kernel is kernels.ReadFiles and faults.get("failing") in partition.column("label").to_pylist():
            raise ValueError("a file that no worker can bear")
        return plain(self, partition)

    return call


def dask_setup(worker):
    if PLAN in os.environ:
        for kernel in (kernels.ReadFiles, kernels.EmbedTexts, kernels.ReadStances):
            kernel.__call__ = faulty(kernel)
