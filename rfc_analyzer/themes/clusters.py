"""Vectors to clusters, in the form that BERTopic takes a cluster model in: ``fit``, ``predict`` and ``labels_``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes.consensus import agreed_communities, runs_for
from rfc_analyzer.themes.graph import (
    SPARE,
    Neighbours,
    nearest,
    neighbours_for,
    resolution_for,
    shared_neighbour_graph,
)

_ASSIGNED_TOGETHER = 10_000
_SMALLEST = 5
_SHARE_OF_SMALLEST = 1 / 400
_SAME_CENTRE = 0.97
_FEWEST_VOICES, _MANY_VOICES = 4, 20  # a theme is several respondents', where there are many
_FEWEST_CLUSTERS, _MANY_PASSAGES = 5, 500  # so many passages speak of more than four subjects
_FINER, _FINER_LOOKS = 1.5, 5


# vectors (n, d) and centroids (clusters, d) → the number of each row's cluster, (n,) int
Assign: TypeAlias = Callable[[np.ndarray, np.ndarray], np.ndarray]


class LeidenClusters:
    """Leiden communities of the shared-neighbour graph; clusters that are too small join the nearest.

    ``pinned`` (n,) int puts rows into clusters of their own, whatever the graph says; -1 leaves a row free. ``known``
    (n,) int is an earlier grouping that has a say, -1 for rows that it didn't know. ``voices`` (n,) int tells
    whose each row is: what few say is no cluster.
    """

    def __init__(
        self,
        settings: ThemeSettings,
        seed: int,
        pinned: np.ndarray,
        voices: np.ndarray,
        known: np.ndarray | None = None,
    ) -> None:
        self._settings = settings
        self._seed = seed
        self.pinned = pinned
        self.voices = voices
        self._known = known
        self.labels_ = np.zeros(0, dtype=np.int64)
        self.centroids = np.zeros((0, 0), dtype=np.float32)
        self.neighbours = Neighbours(np.zeros((0, 0), dtype=np.int64), np.zeros((0, 0), dtype=np.float32))

    def fit(self, vectors: np.ndarray, y: object = None) -> LeidenClusters:
        """Group the rows of ``vectors`` (n, d), unit length; ``y`` is ignored (BERTopic passes it)."""
        k = neighbours_for(len(vectors), self._settings.neighbours)
        self.neighbours = nearest(vectors, round(k * SPARE))
        self.labels_ = group(
            vectors, self.neighbours, self.pinned, self.voices, self._settings, self._seed, known=self._known
        )
        self.centroids = centroids_of(vectors, self.labels_)
        return self

    def predict(self, vectors: np.ndarray) -> np.ndarray:
        """The nearest cluster of each row."""
        return nearest_centroid(vectors, self.centroids)


class GivenClusters:
    """Clusters that are known already, for what only describes them."""

    def __init__(self, labels: np.ndarray) -> None:
        self.labels_ = labels

    def fit(self, vectors: np.ndarray, y: object = None) -> GivenClusters:
        """The clusters stay as they are."""
        return self

    def predict(self, vectors: np.ndarray) -> np.ndarray:
        """The clusters of the rows they were given for."""
        return self.labels_


def nearest_centroid(vectors: np.ndarray, centroids: np.ndarray) -> np.ndarray:
    """The number of the centroid (clusters, d) that is nearest to each row of ``vectors`` (n, d); the first of equals.

    Rows are taken in blocks, so that the result for one doesn't depend on how many there are.
    """
    labels = np.empty(len(vectors), dtype=np.int64)
    for start in range(0, len(vectors), _ASSIGNED_TOGETHER):
        labels[start : start + _ASSIGNED_TOGETHER] = np.argmax(
            vectors[start : start + _ASSIGNED_TOGETHER] @ centroids.T, axis=1
        )
    return labels


def group(
    vectors: np.ndarray,
    neighbours: Neighbours,
    pinned: np.ndarray,
    voices: np.ndarray,
    settings: ThemeSettings,
    seed: int,
    *,
    runs: int = 0,
    known: np.ndarray | None = None,
) -> np.ndarray:
    """The cluster of each row, numbered from 0 by the first row of each.

    ``runs`` vote, and are then grouped once; 0: as many as the size asks for, and the best of several groupings.
    """
    n = len(vectors)
    voting = {"runs": runs, "trials": 1} if runs else {"runs": runs_for(n)}
    graph = shared_neighbour_graph(neighbours, neighbours_for(n, settings.neighbours))
    resolution = resolution_for(n, settings.resolution)
    for look in range(_FINER_LOOKS):
        found = agreed_communities(graph, resolution * _FINER**look, seed, known=known, **voting)
        found = np.where(pinned >= 0, found.max() + 1 + pinned, found)
        found = _renumbered(_without_small(vectors, without_twins(vectors, found), voices))
        if n < _MANY_PASSAGES or found.max() + 1 >= _FEWEST_CLUSTERS:
            return found
    return _renumbered(_cut(vectors, seed)) if _differ(vectors) else found


def _differ(vectors: np.ndarray) -> bool:
    """Whether there are enough different rows for the fewest clusters; a docket of the same few words has one theme."""
    return len(np.unique(np.round(vectors, 3), axis=0)) >= _FEWEST_CLUSTERS * _SMALLEST


def _cut(vectors: np.ndarray, seed: int) -> np.ndarray:
    """The fewest clusters, by k-means: for passages that the graph can't tell apart however finely it is looked at."""
    from sklearn.cluster import KMeans

    labels: np.ndarray = KMeans(_FEWEST_CLUSTERS, n_init=4, random_state=seed).fit_predict(vectors)
    return labels


def centroids_of(vectors: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The mean direction of each cluster: (clusters, d), unit length."""
    rows = np.arange(len(labels))
    member = sparse.csr_matrix((np.ones(len(rows)), (labels, rows)), shape=(int(labels.max()) + 1, len(rows)))
    sums = member @ vectors.astype(np.float64)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return (sums / np.maximum(lengths, 1e-12)).astype(np.float32)


def without_twins(vectors: np.ndarray, labels: np.ndarray, alike: float = _SAME_CENTRE) -> np.ndarray:
    """Clusters with the same centre (cosine ``alike``) are one: many equal passages are linked by chance alone."""
    labels = _renumbered(labels)
    centres = centroids_of(vectors, labels)
    same = sparse.csr_matrix(centres @ centres.T >= alike)
    joined: np.ndarray = csgraph.connected_components(same, directed=False)[1][labels]
    return joined


def _without_small(vectors: np.ndarray, labels: np.ndarray, voices: np.ndarray) -> np.ndarray:
    """Clusters of few passages or of few respondents join the nearest of the others."""
    labels = _renumbered(labels)
    sizes = np.bincount(labels)
    spoken = np.bincount(np.unique(np.column_stack([labels, voices]), axis=0)[:, 0], minlength=len(sizes))
    fewest = _FEWEST_VOICES if len(np.unique(voices)) >= _MANY_VOICES else 1
    large = np.flatnonzero((sizes >= max(_SMALLEST, len(labels) * _SHARE_OF_SMALLEST)) & (spoken >= fewest))
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
