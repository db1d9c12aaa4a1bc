"""A short look at speed: what a few commands cost now, beside what they cost when the baseline was stored.

    python benchmarks/bench.py [--store] [--rounds 3]        (make bench)

Every figure is CPU-seconds, children included, the least of the rounds, divided by that of a fixed piece of work done
in the same round: so a busy machine, or another one, changes it little. The baseline lies in ``build/bench.json``; the
first run, or ``--store``, writes it. A ratio over 1 is slower than the baseline.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BASELINE = ROOT / "build" / "bench.json"
SAMPLES = ROOT / "samples"
YARDSTICK = (
    "import hashlib, json; [hashlib.sha256(json.dumps(list(range(900))).encode()).digest() for _ in range(9000)]"
)


def cpu_seconds(command: list[str], cache: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "RFC_ANALYZER_CACHE": cache}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def one_round(place: str) -> dict[str, float]:
    """Each figure as a multiple of the yardstick."""
    program = [sys.executable, "-m", "rfc_analyzer"]
    sample = [*program, "analyze", str(SAMPLES / "submissions"), "--rfc", str(SAMPLES / "notice.pdf")]
    sample += ["--codebook", str(SAMPLES / "codebook.yaml"), "--fresh", "--output", f"{place}/out"]
    commands = {
        "--help": [*program, "--help"],
        "samples, nothing kept": sample,
        "samples, all kept": sample,
        "compare": [*program, "compare", f"{place}/out", "--by", "respondent_type"],
        "Excel": [*program, "export", f"{place}/out", "--xlsx", f"{place}/x.xlsx"],
    }
    unit = cpu_seconds([sys.executable, "-c", YARDSTICK], place)
    return {name: cpu_seconds(command, f"{place}/cache") / unit for name, command in commands.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    rounds = []
    for _ in range(given.rounds):
        with tempfile.TemporaryDirectory() as place:
            rounds.append(one_round(place))
    figures = {name: min(each[name] for each in rounds) for name in rounds[0]}
    known = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    baseline = known.get("figures", {})
    print(f"{'':24}{'now':>8}{'baseline':>10}{'ratio':>8}   (multiples of a fixed piece of work)")
    for name, value in figures.items():
        before = baseline.get(name)
        print(f"{name:24}{value:8.2f}" + (f"{before:10.2f}{value / before:8.2f}" if before else ""))
    if given.store or not known:
        BASELINE.parent.mkdir(exist_ok=True)
        BASELINE.write_text(
            json.dumps({"machine": platform.platform(), "figures": figures}, indent=1), encoding="utf-8"
        )
        print(f"stored as the baseline: {BASELINE.relative_to(ROOT)}")
    elif known["machine"] != platform.platform():
        print(f"the baseline is of another machine: {known['machine']}")


if __name__ == "__main__":
    main()
