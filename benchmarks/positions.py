"""How well positions are read, untaught and taught, how far confidence can be believed, and what reading costs.

    python benchmarks/positions.py [ANALYSIS LABELS] [--taught 20 40 80] [--draws 5]

ANALYSIS is a finished analysis with propositions; LABELS a CSV or XLSX as for --reviewed: submission_id,
proposition_id, stance (support, oppose, mixed or none). What is not listed of a labelled submission counts as none.
Taught figures are cross-validated: so many submissions are drawn and teach, the others are counted. Without labelled
data, which the repository does not hold, only the written sentences of the tests are read.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np

import rfc_analyzer
from rfc_analyzer import tables
from rfc_analyzer.embedding import CachedEmbedder, load_embedder
from rfc_analyzer.model import ReviewedStance
from rfc_analyzer.positions import PositionResult, read_positions
from rfc_analyzer.positions.stance_model import ShippedReader
from rfc_analyzer.reviewed import read_reviewed
from rfc_analyzer.settings import Settings
from rfc_analyzer.stages import State, _templates

STANCES = ("support", "oppose", "mixed")
NONE = "none"
Cells = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Labelled:
    """A docket whose stances people have given; ``truth`` is complete: it says none where there is none."""

    state: State
    propositions: tuple
    embedder: CachedEmbedder
    reader: ShippedReader
    truth: Cells
    ids: tuple[str, ...]

    def read(self, taught: Collection[str] = ()) -> PositionResult:
        """Positions with the labels of ``taught`` submissions given as reviewed."""
        given = [
            ReviewedStance(i, p, None if stance == NONE else stance)  # type: ignore[arg-type]
            for (i, p), stance in self.truth.items()
            if i in taught
        ]
        return read_positions(
            self.propositions,
            self.state.submissions,
            self.state.passages,
            self.embedder,
            Settings().positions,
            given,
            inherits=_templates(self.state),
            reader=self.reader,
        )


def load(folder: Path, labels: Path) -> Labelled:
    analysis = rfc_analyzer.load(folder)
    read = {t: tuple(analysis.rows(t)) for t in (tables.SUBMISSIONS, tables.PASSAGES, tables.CAMPAIGNS)}
    state = State(
        submissions=read[tables.SUBMISSIONS],
        passages=read[tables.PASSAGES],
        campaigns=read[tables.CAMPAIGNS],
        members=tuple(analysis.rows(tables.CAMPAIGN_MEMBERS)),
    )
    propositions = tuple(analysis.rows(tables.PROPOSITIONS))
    known = [p.proposition_id for p in propositions]
    given = {(r.submission_id, r.proposition_id): r.stance or NONE for r in read_reviewed(labels, known)}
    here = {s.submission_id for s in state.submissions}
    ids = tuple(sorted({i for i, _ in given} & here))
    truth = {(i, p): str(given.get((i, p), NONE)) for i in ids for p in known}
    embedder = CachedEmbedder(load_embedder(), folder / "work" / "embeddings")
    return Labelled(state, propositions, embedder, ShippedReader(), truth, ids)


def f1(truth: list[bool], said: list[bool]) -> float:
    both = sum(t and s for t, s in zip(truth, said, strict=True))
    return 2 * both / max(1, sum(truth) + sum(said))


def figures(truth: Cells, said: Mapping[tuple[str, str], str], ids: Collection[str]) -> dict[str, float]:
    """Macro-F1 over the three stances, F1 of being taken up, and the share of first propositions that are right."""
    keys = [key for key in truth if key[0] in ids]
    true, found = [truth[k] for k in keys], [said.get(k, NONE) for k in keys]
    classes = [f1([t == c for t in true], [s == c for s in found]) for c in STANCES if c in true]
    first = keys[0][1]
    main = [truth[k] == said.get(k, NONE) for k in keys if k[1] == first]
    taken = f1([t != NONE for t in true], [s != NONE for s in found])
    return {"macro-F1": float(np.mean(classes)), "taken-up F1": taken, "first proposition": float(np.mean(main))}


def said_by(result: PositionResult) -> Cells:
    return {(p.submission_id, p.proposition_id): str(p.stance) for p in result.positions}


def print_reliability(labelled: Labelled, result: PositionResult) -> None:
    """Confidence against the share that is right, and the expected calibration error."""
    known = [p for p in result.positions if (p.submission_id, p.proposition_id) in labelled.truth]
    sure = np.array([p.confidence for p in known])
    right = np.array([labelled.truth[p.submission_id, p.proposition_id] == p.stance for p in known])
    error = 0.0
    print("confidence  positions  right")
    for low in np.arange(0, 1, 0.1):
        chosen = (sure >= low) & ((sure < low + 0.1) | (low > 0.85))
        if chosen.any():
            error += chosen.mean() * abs(sure[chosen].mean() - right[chosen].mean())
            print(f"{sure[chosen].mean():10.2f} {chosen.sum():10d} {right[chosen].mean():6.2f}")
    print(f"expected calibration error {error:.3f}")


def measure(labelled: Labelled, taught: list[int], draws: int) -> None:
    start = process_time()
    result = labelled.read()
    spent = process_time() - start
    print(
        f"{len(labelled.ids)} labelled submissions, {len(labelled.propositions)} propositions, {spent:.0f} CPU-seconds"
    )
    found = figures(labelled.truth, said_by(result), labelled.ids)
    print("untaught: " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()))
    print_reliability(labelled, result)
    for count in taught:
        if count >= len(labelled.ids):
            continue
        rounds = []
        for seed in range(draws):
            drawn = set(random.Random(seed).sample(labelled.ids, count))
            rest = [i for i in labelled.ids if i not in drawn]
            rounds.append(figures(labelled.truth, said_by(labelled.read(drawn)), rest))
        means = {name: np.mean([r[name] for r in rounds]) for name in rounds[0]}
        print(f"taught by {count}: " + ", ".join(f"{name} {value:.3f}" for name, value in means.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("analysis", nargs="?", type=Path)
    parser.add_argument("labels", nargs="?", type=Path)
    parser.add_argument("--taught", nargs="*", type=int, default=[20, 40, 80])
    parser.add_argument("--draws", type=int, default=5)
    given = parser.parse_args()
    if given.analysis and given.labels:
        measure(load(given.analysis, given.labels), given.taught, given.draws)
        return
    print("No labelled analysis was given: only the tests' written sentences are read.")
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from test_positions_sentences import print_shares, read_all

    print_shares(read_all())


if __name__ == "__main__":
    main()
