"""Whether submissions that the program picks for review teach its reader more than ones drawn at random.

    python benchmarks/picking.py ANALYSIS LABELS [--count 40] [--splits 5]

ANALYSIS and LABELS are as for benchmarks/positions.py. In each split a third of the labelled submissions is held out;
of the others, so many are picked or drawn, and teach; both are counted on the same held-out ones. What is picked never
depends on labels: it follows from the texts and from what was read untaught.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from positions import Labelled, figures, load, said_by

from rfc_analyzer.positions.picking import candidates, pick


class Remembering:
    """The reader, asked once for each text and proposition: teaching does not change what it says."""

    def __init__(self, reader) -> None:
        self.reader, self.name, self.sha256 = reader, reader.name, reader.sha256
        self.known: dict[tuple[str, str], np.ndarray] = {}

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        new = [[p for p in ps if (text, p) not in self.known] for text, ps in zip(texts, asked, strict=True)]
        some = [i for i, ps in enumerate(new) if ps]
        for i, read in zip(some, self.reader.read([texts[i] for i in some], [new[i] for i in some]), strict=True):
            self.known |= {(texts[i], p): row for p, row in zip(new[i], read, strict=True)}
        empty = np.zeros((0, 4), np.float32)
        return [
            np.array([self.known[text, p] for p in ps]) if ps else empty for text, ps in zip(texts, asked, strict=True)
        ]


def vectors_of(labelled: Labelled) -> np.ndarray:
    """The mean vector of each labelled submission's passages, (n, d)."""
    texts = defaultdict(list)
    for passage in labelled.state.passages:
        texts[passage.submission_id].append(passage.text)
    return np.array([labelled.embedder.encode(texts[i] or [""]).mean(axis=0) for i in labelled.ids])


def measure(labelled: Labelled, count: int, splits: int) -> None:
    untaught = labelled.read()
    vectors = vectors_of(labelled)
    known = [p.proposition_id for p in labelled.propositions]
    everything = candidates(labelled.ids, vectors, untaught.positions, known)
    found = defaultdict(list)
    for seed in range(splits):
        held = set(random.Random(seed).sample(labelled.ids, len(labelled.ids) // 3))
        pool = [i for i in labelled.ids if i not in held]
        rows = [everything.ids.index(i) for i in pool]
        part = type(everything)(tuple(pool), everything.vectors[rows], everything.weights[rows])
        for way, chosen in (
            ("picked", set(pick(part, count))),
            ("random", set(random.Random(f"{seed} drawn").sample(pool, count))),
        ):
            found[way].append(figures(labelled.truth, said_by(labelled.read(chosen)), held))
        print(f"split {seed}: " + "; ".join(f"{way} {found[way][-1]}" for way in found), flush=True)
    for way, rounds in found.items():
        means = {name: np.mean([r[name] for r in rounds]) for name in rounds[0]}
        print(f"{way} {count}: " + ", ".join(f"{name} {value:.3f}" for name, value in means.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("analysis", type=Path)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--splits", type=int, default=5)
    given = parser.parse_args()
    labelled = load(given.analysis, given.labels)
    object.__setattr__(labelled, "reader", Remembering(labelled.reader))
    measure(labelled, given.count, given.splits)


if __name__ == "__main__":
    main()
