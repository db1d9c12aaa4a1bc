"""How well themes agree with people's classes, how stable they are, what they cost; and the same of other methods.

    python benchmarks/themes.py FOLDER [--most N] [--draw D] [--peers vanilla,evoc,k-means,lda,nmf,keynmf]

FOLDER holds pairs NAME.csv (id, comment) and NAME.labels.csv (id, label). For each pair and method: topics; the
adjusted mutual information (AMI) with the labels, passages without a topic being a class of their own; the share of
those; the adjusted Rand index between two seeds, and between two 90% samples on what both hold, the mean of three
pairs; topic diversity (the share of different words among ten for each topic); CPU-seconds without embedding, which
all share. Methods that must be told a number of topics get ours.

Of a set larger than N passages, draw 0 are those on which settings were chosen; draws 1, 2 … hold other passages, and
smaller sets have no other draw. A peer whose packages are missing is named and left out: see ``themes_peers.py``.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from time import process_time

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score
from themes_peers import NONE, Method, ours, peers, words_of

from rfc_analyzer.embedding import load_embedder
from rfc_analyzer.model import Passage, PassageKind

WORDS = 120  # about as long as the longest passage
TOP = 10
SAMPLES = (1, 2, 3)


def read_pair(path: Path, most: int, draw: int = 0) -> tuple[list[Passage], list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        texts = {row["id"]: " ".join(row["comment"].split()[:WORDS]) for row in csv.DictReader(file)}
    with path.with_suffix(".labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["id"]: row["label"] for row in csv.DictReader(file)}
    ids = sorted(set(texts) & set(labels))
    first = random.Random(0).sample(ids, min(most, len(ids)))
    rest = sorted(set(ids) - set(first))
    random.Random(1).shuffle(rest)
    ids = sorted(first if draw == 0 else rest[(draw - 1) * most : draw * most])
    passages = [Passage(i, i, i, 1, 0, len(texts[i]), texts[i], PassageKind.BODY) for i in ids]
    return passages, [labels[i] for i in ids]


def diversity(passages: Sequence[Passage], found: np.ndarray) -> float:
    """The share of different words among the ten most telling (c-TF-IDF) of each topic, the same for all methods."""
    counts, names = words_of(passages)
    sums = np.vstack([np.asarray(counts[found == topic].sum(axis=0)) for topic in np.unique(found[found != NONE])])
    score = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1) * np.log(1 + sums.sum() / np.maximum(sums.sum(0), 1))
    best = np.argsort(-score, axis=1, kind="stable")[:, :TOP]
    return len({names[place] for place in best.ravel()}) / best.size


def between_samples(method: Method, passages: Sequence[Passage], vectors: np.ndarray) -> float:
    runs = []
    for seed in SAMPLES:
        kept = np.sort(np.random.default_rng(seed).choice(len(passages), round(0.9 * len(passages)), replace=False))
        found = np.full(len(passages), NONE - 1)
        found[kept] = method([passages[row] for row in kept], vectors[kept], 10 + seed)
        runs.append(found)
    pairs = [(one, two, (one >= NONE) & (two >= NONE)) for one, two in combinations(runs, 2)]
    return float(np.mean([adjusted_rand_score(one[both], two[both]) for one, two, both in pairs]))


def measure(
    name: str, method: Method, passages: list[Passage], vectors: np.ndarray, labels: Sequence[str] | None
) -> int:
    """Print a row of a table; give the number of topics."""
    start = process_time()
    found = method(passages, vectors, 0)
    seconds = process_time() - start
    topics = len(np.unique(found[found != NONE]))
    right = f"{adjusted_mutual_info_score(labels, found):.3f}" if labels else ""
    print(
        f"| {name} | {topics} | {right} | {np.mean(found == NONE):.1%} "
        f"| {adjusted_rand_score(found, method(passages, vectors, 1)):.2f} "
        f"| {between_samples(method, passages, vectors):.2f} | {diversity(passages, found):.2f} | {seconds:.1f} |",
        flush=True,
    )
    return topics


def measure_all(passages: list[Passage], vectors: np.ndarray, labels: Sequence[str] | None, wanted: str) -> None:
    print(
        "| | topics | AMI | none | seeds | 90% | diversity | CPU-s |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    )
    ours(passages[:100], vectors[:100], 0)  # imports are not counted
    methods = peers(measure("ours", ours, passages, vectors, labels))
    for name in filter(None, wanted.split(",")):
        try:
            method = methods[name]()
            method(passages[:200], vectors[:200], 0)  # nor compiling
        except ImportError as error:
            print(f"{name}: left out, {error}")
        else:
            measure(name, method, passages, vectors, labels)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=3000)
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--peers", default=",".join(peers(2)))
    given = parser.parse_args()
    for path in sorted(given.folder.glob("*.labels.csv")):
        passages, labels = read_pair(path.with_name(path.name.replace(".labels", "")), given.most, given.draw)
        if not passages:
            print(f"{path.name.split('.')[0]}: no passages are left for draw {given.draw}")
            continue
        vectors = load_embedder().encode([p.text for p in passages])
        print(f"\n{path.name.split('.')[0]}, draw {given.draw}: {len(passages)} texts, {len(set(labels))} classes\n")
        measure_all(passages, vectors, labels, given.peers)


if __name__ == "__main__":
    main()
