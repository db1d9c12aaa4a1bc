"""How well themes agree with people's classes, how stable they are, what they cost; and the same of other methods.

    python benchmarks/themes.py FOLDER [--most N] [--peers vanilla,lda,nmf,evoc]

FOLDER holds pairs NAME.csv (id, comment) and NAME.labels.csv (id, label). For each pair and method: topics; the
adjusted mutual information (AMI) with the labels, passages without a topic being a class of their own; the share of
those; the adjusted Rand index between two seeds, and between two 90% samples on what both hold; topic diversity (the
share of different words among ten for each topic); CPU-seconds without embedding, which all share. k-means has as many
clusters as our themes. ``vanilla`` is BERTopic with UMAP and HDBSCAN and needs both, ``evoc`` needs evoc; they are no
part of this program: run this in an environment that has them. A method that can't be loaded is left out.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import numpy as np
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

from rfc_analyzer.embedding import load_embedder
from rfc_analyzer.model import Passage, PassageKind
from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes import find_themes

WORDS = 120  # about as long as the longest passage
NONE = -1
TOP = 10
Method = Callable[[Sequence[Passage], np.ndarray, int], np.ndarray]


def read_pair(path: Path, most: int) -> tuple[list[Passage], list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        texts = {row["id"]: " ".join(row["comment"].split()[:WORDS]) for row in csv.DictReader(file)}
    with path.with_suffix(".labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["id"]: row["label"] for row in csv.DictReader(file)}
    ids = sorted(set(texts) & set(labels))
    ids = sorted(random.Random(0).sample(ids, min(most, len(ids))))
    passages = [Passage(i, i, i, 1, 0, len(texts[i]), texts[i], PassageKind.BODY) for i in ids]
    return passages, [labels[i] for i in ids]


def ours(passages: Sequence[Passage], vectors: np.ndarray, seed: int) -> np.ndarray:
    result = find_themes(passages, vectors, ThemeSettings(), seed)
    ids = {theme.theme_id: number for number, theme in enumerate(result.themes)}
    return np.array([ids[result.assignments[p.passage_id][0]] if p.passage_id in result.assignments else NONE
                     for p in passages])  # fmt: skip


def vanilla(passages: Sequence[Passage], vectors: np.ndarray, seed: int) -> np.ndarray:
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from umap import UMAP

    model = BERTopic(
        embedding_model=None,
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed),
        hdbscan_model=HDBSCAN(min_cluster_size=10, metric="euclidean", cluster_selection_method="eom"),
    )
    return np.array(model.fit_transform([p.text for p in passages], embeddings=vectors)[0])


def evoc(passages: Sequence[Passage], vectors: np.ndarray, seed: int) -> np.ndarray:
    from evoc import EVoC

    return np.asarray(EVoC(random_state=seed).fit_predict(vectors))


def kmeans(clusters: int) -> Method:
    from sklearn.cluster import KMeans

    return lambda passages, vectors, seed: KMeans(clusters, n_init=1, random_state=seed).fit_predict(vectors)


def words_of(passages: Sequence[Passage]) -> tuple[np.ndarray, np.ndarray]:
    from sklearn.feature_extraction.text import CountVectorizer

    vectoriser = CountVectorizer(stop_words="english", min_df=3, max_df=0.5)
    return vectoriser.fit_transform([p.text for p in passages]), vectoriser.get_feature_names_out()


def lda(topics: int) -> Method:
    from sklearn.decomposition import LatentDirichletAllocation

    return lambda passages, vectors, seed: (
        LatentDirichletAllocation(topics, random_state=seed).fit_transform(words_of(passages)[0]).argmax(axis=1)
    )


def nmf(topics: int) -> Method:
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    return lambda passages, vectors, seed: (
        NMF(topics, init="nndsvdar", random_state=seed, max_iter=300)
        .fit_transform(TfidfTransformer().fit_transform(words_of(passages)[0]))
        .argmax(axis=1)
    )


def diversity(passages: Sequence[Passage], found: np.ndarray) -> float:
    """The share of different words among the ten most telling (c-TF-IDF) of each topic, the same for all methods."""
    counts, names = words_of(passages)
    sums = np.vstack([np.asarray(counts[found == topic].sum(axis=0)) for topic in np.unique(found[found != NONE])])
    score = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1) * np.log(1 + sums.sum() / np.maximum(sums.sum(0), 1))
    best = np.argsort(-score, axis=1, kind="stable")[:, :TOP]
    return len({names[place] for place in best.ravel()}) / best.size


def between_samples(method: Method, passages: Sequence[Passage], vectors: np.ndarray) -> float:
    runs = []
    for seed in (1, 2):
        kept = np.sort(np.random.default_rng(seed).choice(len(passages), round(0.9 * len(passages)), replace=False))
        found = np.full(len(passages), NONE - 1)
        found[kept] = method([passages[row] for row in kept], vectors[kept], 10 + seed)
        runs.append(found)
    both = (runs[0] >= NONE) & (runs[1] >= NONE)
    return float(adjusted_rand_score(runs[0][both], runs[1][both]))


def measure(name: str, method: Method, passages: list[Passage], vectors: np.ndarray, labels: list[str]) -> int:
    start = process_time()
    found = method(passages, vectors, 0)
    seconds = process_time() - start
    topics = len(np.unique(found[found != NONE]))
    print(
        f"  {name:8} {topics:4} topics  AMI {adjusted_mutual_info_score(labels, found):.3f}  "
        f"none {np.mean(found == NONE):5.1%}  seeds {adjusted_rand_score(found, method(passages, vectors, 1)):.2f}  "
        f"90% {between_samples(method, passages, vectors):.2f}  diversity {diversity(passages, found):.2f}  "
        f"{seconds:.1f} CPU-s",
        flush=True,
    )
    return topics


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=3000)
    parser.add_argument("--peers", default="vanilla,lda,nmf,evoc")
    arguments = parser.parse_args()
    for path in sorted(arguments.folder.glob("*.labels.csv")):
        passages, labels = read_pair(path.with_name(path.name.replace(".labels", "")), arguments.most)
        vectors = load_embedder().encode([p.text for p in passages])
        print(f"{path.name.split('.')[0]}: {len(passages)} texts, {len(set(labels))} classes")
        ours(passages[:20], vectors[:20], 0)  # imports are not counted
        topics = measure("ours", ours, passages, vectors, labels)
        peers: dict[str, Method] = {"vanilla": vanilla, "evoc": evoc, "lda": lda(topics), "nmf": nmf(topics)}
        measure("k-means", kmeans(topics), passages, vectors, labels)
        for name in filter(None, arguments.peers.split(",")):
            try:
                peers[name](passages[:100], vectors[:100], 0)  # nor compiling
                measure(name, peers[name], passages, vectors, labels)
            except ImportError as error:
                print(f"  {name}: left out, {error}")


if __name__ == "__main__":
    main()
