"""How well themes agree with people's classes, how stable they are, and what they cost.

    python benchmarks/themes.py FOLDER [--most N]

FOLDER holds pairs NAME.csv (id, comment) and NAME.labels.csv (id, label). Prints for each pair the adjusted
mutual information (AMI) with the labels, passages without a theme being a class of their own; the adjusted Rand index
between two seeds; CPU-seconds; and, for comparison, k-means with as many clusters as themes and with as many as labels.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path
from time import process_time

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from rfc_analyzer.embedding import load_embedder
from rfc_analyzer.model import Passage, PassageKind
from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes import find_themes

WORDS = 120  # about as long as the longest passage


def read_pair(path: Path, most: int) -> tuple[list[Passage], list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        texts = {row["id"]: " ".join(row["comment"].split()[:WORDS]) for row in csv.DictReader(file)}
    with path.with_suffix(".labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["id"]: row["label"] for row in csv.DictReader(file)}
    ids = sorted(set(texts) & set(labels))
    ids = sorted(random.Random(0).sample(ids, min(most, len(ids))))
    passages = [Passage(i, i, i, 1, 0, len(texts[i]), texts[i], PassageKind.BODY) for i in ids]
    return passages, [labels[i] for i in ids]


def measure(path: Path, most: int) -> None:
    passages, labels = read_pair(path, most)
    start = process_time()
    vectors = load_embedder().encode([p.text for p in passages])
    embedding = process_time() - start
    settings = ThemeSettings()
    find_themes(passages[:20], vectors[:20], settings, 0)  # imports are not counted
    start = process_time()
    found = [find_themes(passages, vectors, settings, seed) for seed in (0, 1)]
    seconds = (process_time() - start) / len(found)
    themed = [[result.assignments.get(p.passage_id, ("none", 0.0))[0] for p in passages] for result in found]
    leaves = {theme for theme, _ in found[0].assignments.values()}
    stable = float(np.mean([t.stability for t in found[0].themes if t.stability is not None]))
    print(
        f"{path.stem}: {len(passages)} texts, {len(leaves)} themes, "
        f"AMI {adjusted_mutual_info_score(labels, themed[0]):.3f}, "
        f"without a theme {themed[0].count('none') / len(passages):.1%}, "
        f"seeds {adjusted_rand_score(*themed):.2f}, 90% samples (mean Jaccard) {stable:.2f}, "
        f"CPU-s: themes {seconds:.1f}, embedding {embedding:.1f}"
    )
    for clusters in (len(leaves), len(set(labels))):
        runs = [KMeans(clusters, n_init=1, random_state=seed).fit_predict(vectors) for seed in (0, 1)]
        score = adjusted_mutual_info_score(labels, runs[0])
        print(f"  k-means, {clusters} clusters: AMI {score:.3f}, seeds {adjusted_rand_score(*runs):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=3000)
    arguments = parser.parse_args()
    for path in sorted(arguments.folder.glob("*.labels.csv")):
        measure(path.with_name(path.name.replace(".labels", "")), arguments.most)


if __name__ == "__main__":
    main()
