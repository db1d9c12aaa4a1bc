"""Vectors to clusters, in the form that BERTopic takes a cluster model in: ``fit``, ``predict`` and ``labels_``."""

from __future__ import annotations

import numpy as np

from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes.graph import (
    SPARE,
    Neighbours,
    communities,
    nearest,
    neighbours_for,
    resolution_for,
    shared_neighbour_graph,
)

MOST_IN_GRAPH = 30_000  # larger dockets are grouped by an even sample; the others join the nearest cluster
_SMALLEST = 5
_SHARE_OF_SMALLEST = 1 / 400


class LeidenClusters:
    """Leiden communities of the shared-neighbour graph; clusters that are too small join the nearest.

    ``pinned`` (n,) int puts rows into clusters of their own, whatever the graph says; -1 leaves a row free.
    """

    def __init__(self, settings: ThemeSettings, seed: int, pinned: np.ndarray) -> None:
        self._settings = settings
        self._seed = seed
        self.pinned = pinned
        self.labels_ = np.zeros(0, dtype=np.int64)
        self.centroids = np.zeros((0, 0), dtype=np.float32)
        self.sample = np.zeros(0, dtype=np.int64)
        self.neighbours = Neighbours(np.zeros((0, 0), dtype=np.int64), np.zeros((0, 0), dtype=np.float32))

    def fit(self, vectors: np.ndarray, y: object = None) -> LeidenClusters:
        """Group the rows of ``vectors`` (n, d), unit length; ``y`` is ignored (BERTopic passes it)."""
        n = len(vectors)
        step = max(1, -(-n // MOST_IN_GRAPH))
        self.sample = np.arange(0, n, step)
        seen = vectors[self.sample]
        k = neighbours_for(len(seen), self._settings.neighbours)
        self.neighbours = nearest(seen, round(k * SPARE))
        found = group(seen, self.neighbours, self.pinned[self.sample], self._settings, self._seed)
        self.centroids = centroids_of(seen, found)
        self.labels_ = found if step == 1 else self.predict(vectors)
        return self

    def predict(self, vectors: np.ndarray) -> np.ndarray:
        """The nearest cluster of each row."""
        labels: np.ndarray = np.argmax(vectors @ self.centroids.T, axis=1)
        return labels


def group(
    vectors: np.ndarray, neighbours: Neighbours, pinned: np.ndarray, settings: ThemeSettings, seed: int
) -> np.ndarray:
    """The cluster of each row, numbered from 0 by the first row of each."""
    k = neighbours_for(len(vectors), settings.neighbours)
    found = communities(shared_neighbour_graph(neighbours, k), resolution_for(len(vectors), settings.resolution), seed)
    found = np.where(pinned >= 0, found.max() + 1 + pinned, found)
    return _renumbered(_without_small(vectors, found))


def centroids_of(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean direction of each cluster: (clusters, d), unit length."""
    sums = np.zeros((int(labels.max()) + 1, vectors.shape[1]), dtype=np.float64)
    np.add.at(sums, labels, vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return (sums / np.maximum(lengths, 1e-12)).astype(np.float32)


def _without_small(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    labels = _renumbered(labels)
    sizes = np.bincount(labels)
    large = np.flatnonzero(sizes >= max(_SMALLEST, len(labels) * _SHARE_OF_SMALLEST))
    if len(large) == 0:
        return np.zeros_like(labels)
    small = ~np.isin(labels, large)
    nearest_large = large[np.argmax(vectors[small] @ centroids_of(vectors, labels)[large].T, axis=1)]
    result = labels.copy()
    result[small] = nearest_large
    return result


def _renumbered(labels: np.ndarray) -> np.ndarray:
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    numbered: np.ndarray = rank[inverse]
    return numbered
