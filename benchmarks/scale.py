"""Time and memory of a whole analysis without positions, on made-up dockets of short comments of growing size.

    python benchmarks/scale.py [--sizes 1000 10000 100000] [--seed 0] [--engine local|dask] [--largest 22000000]

A docket is one table, as agencies export it: nine comments in ten are form letters, some of them changed or signed with
a sentence more, the others are composed of clauses, so that they differ. Each size is analysed in a process of its own,
with nothing kept from before. Printed for each: CPU-seconds, peak memory of all its processes together, CPU-seconds
and peak memory a stage; then the exponent with which each stage's CPU-seconds grow from size to size, and, from the
last two sizes, what ``--largest`` comments would take: the sum of the stages, each at its own exponent, or at 1 where
it grew by less, as what is the same at every size hides growth. That is an estimate, not a measurement.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from math import log
from pathlib import Path

from rfc_analyzer.runstatus import read_status

SUBJECTS = ["the night ferry", "open data", "drone deliveries", "fishing quotas", "broadband fees", "school meals",
            "noise limits", "battery recycling", "hospital billing", "river dams", "bus lanes"]  # fmt: skip
ACTORS = ["small towns", "nurses", "farmers", "shop owners", "parents", "pilots", "students", "renters", "anglers",
          "teachers", "truckers", "retired people", "engineers", "tenants", "growers", "commuters"]  # fmt: skip
VERBS = ["would harm", "would help", "cost", "protect", "burden", "encourage", "leave out", "surprise", "slow down"]
TIMES = ["every winter", "in my county", "since the last rule", "for years to come", "at night", "on weekends",
         "after the storm", "in rural places", "during the harvest", "near the border"]  # fmt: skip
OPENINGS = ["I support", "I oppose", "Please reconsider", "I worry about", "We need", "The agency should rethink"]
LETTERS = 40
SHARE_OF_LETTERS, SHARE_CHANGED = 0.9, 0.2
SEEN_EVERY = 0.25
NOTHING = 0.5  # seconds under which a stage's growth can't be told


def sentence(chance: random.Random) -> str:
    """A sentence that hardly ever comes twice."""
    number = chance.randrange(2, 98)
    return (
        f"{chance.choice(OPENINGS)} the plan for {chance.choice(SUBJECTS)} because {number} of {chance.choice(ACTORS)} "
        f"say it {chance.choice(VERBS)} {chance.choice(ACTORS)} {chance.choice(TIMES)}."
    )


def comments(count: int, seed: int) -> Iterator[str]:
    """Texts of comments; those of a smaller docket are the first of a larger one's."""
    chance = random.Random(seed)
    letters = [" ".join(sentence(chance) for _ in range(3)) for _ in range(LETTERS)]
    weights = [1 / (rank + 1) for rank in range(LETTERS)]
    for _ in range(count):
        if chance.random() >= SHARE_OF_LETTERS:
            yield " ".join(sentence(chance) for _ in range(chance.randrange(1, 4)))
        else:
            text = chance.choices(letters, weights)[0]
            yield f"{text} {sentence(chance)}" if chance.random() < SHARE_CHANGED else text


def write_docket(path: Path, count: int, seed: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["Document ID", "Docket ID", "Comment", "Posted Date"])
        for number, text in enumerate(comments(count, seed)):
            table.writerow([f"MADE-2026-0001-{number + 2:08}", "MADE-2026-0001", text, f"2026-03-{number % 28 + 1:02}"])


class Watch:
    """What a process and all below it take, looked at several times a second.

    ``memory`` has the peak of the resident memory in bytes, ``cpu`` the CPU-seconds of each stage, as the status file
    in ``folder`` names them. Seconds of the clock would tell of other programs, and of waiting for the disk.
    """

    def __init__(self, root: int, folder: Path) -> None:
        self.memory: dict[str, int] = {}
        self.cpu: dict[str, float] = {}
        self._seen = 0.0
        self._root = root
        self._folder = folder
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    @property
    def peak(self) -> int:
        return max(self.memory.values(), default=0)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        import psutil

        while not self._stop.wait(SEEN_EVERY):
            status = read_status(self._folder)
            stage = status.stage if status else ""
            memory, seconds = 0, 0.0
            try:
                top = psutil.Process(self._root)
                for process in [top, *top.children(recursive=True)]:
                    try:
                        memory += process.memory_info().rss
                        seconds += sum(process.cpu_times()[:4])  # its own, and those of its children that have ended
                    except psutil.Error:
                        continue
            except psutil.Error:
                return
            self.memory[stage] = max(self.memory.get(stage, 0), memory)
            # a child that has just ended may be counted in neither place for a moment
            self.cpu[stage] = self.cpu.get(stage, 0.0) + max(seconds - self._seen, 0.0)
            self._seen = max(seconds, self._seen)


def measured(count: int, seed: int, engine: str) -> tuple[float, Watch]:
    """CPU-seconds, and what each stage took of them and of memory."""
    with tempfile.TemporaryDirectory() as place:
        write_docket(Path(place) / "comments.csv", count, seed)
        command = [sys.executable, "-m", "rfc_analyzer", "analyze", f"{place}/comments.csv", "--output", f"{place}/out"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "RFC_ANALYZER_CACHE": f"{place}/cache"}
        process = subprocess.Popen([*command, "--engine", engine], stdout=subprocess.DEVNULL, env=environment)
        with Watch(process.pid, Path(place) / "out") as watch:
            code = process.wait()
        assert code == 0, f"{count} comments: exit code {code}"
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        manifest = json.loads((Path(place) / "out" / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["counts"]["submissions"] == count
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, watch


def exponent(small: float, large: float, ratio: float) -> float:
    return log(max(large, 1e-3) / max(small, 1e-3)) / log(ratio)


def estimated(found: dict[int, tuple[float, float, dict[str, float]]], largest: int) -> float:
    """CPU-hours for ``largest`` comments."""
    small, large = list(found)[-2:]
    timings, before = found[large][2], found[small][2]
    powers = {n: max(1.0, exponent(before.get(n, 0.0), s, large / small)) for n, s in timings.items()}
    return sum(s * (largest / large) ** powers[n] for n, s in timings.items() if s > NOTHING) / 3600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=("local", "dask"), default="local")
    parser.add_argument("--largest", type=int, default=22_000_000)
    given = parser.parse_args()
    found = {}
    print("| comments | CPU-seconds | peak memory, all processes |")
    print("| --- | --- | --- |")
    for size in sorted(given.sizes):
        began = time.perf_counter()
        cpu, watch = measured(size, given.seed, given.engine)
        found[size] = cpu, watch.peak, watch.cpu
        print(f"| {size:,} | {cpu:,.1f} | {watch.peak / 1024**3:.2f} GB |", flush=True)
        took = time.perf_counter() - began
        said = ", ".join(f"{stage or 'before'} {seconds:.1f}" for stage, seconds in watch.cpu.items())
        print(f"{size:,}: {took:.0f} s; CPU-seconds by stage: {said}", file=sys.stderr, flush=True)
        said = ", ".join(f"{stage or 'before'} {peak / 1024**3:.2f}" for stage, peak in watch.memory.items())
        print(f"{size:,}: GB by stage: {said}", file=sys.stderr, flush=True)
    for small, large in pairwise(found):
        ratio = large / small
        before, after = found[small][2], found[large][2]
        stages = {name: exponent(before.get(name, 0.0), seconds, ratio) for name, seconds in after.items()}
        whole, memory = (exponent(found[small][i], found[large][i], ratio) for i in (0, 1))
        said = ", ".join(f"{name} {value:.2f}" for name, value in stages.items())
        print(f"from {small:,} to {large:,}: CPU {whole:.2f}, memory {memory:.2f}; CPU-seconds by stage: {said}")
    if len(found) > 1:
        print(f"estimate for {given.largest:,}: {estimated(found, given.largest):,.1f} core-hours")


if __name__ == "__main__":
    main()
