"""Passages as a graph of near neighbours.

Two passages are linked when one is among the other's nearest; the link is strong when they are alike and have
neighbours in common (Jarvis and Patrick 1973).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isqrt, sqrt

import numpy as np
from scipy import sparse

SPARE = 1.4  # more neighbours than needed are kept, so that a sample's neighbours needn't be sought again
_BLOCK = 1_024
_FEWEST_NEIGHBOURS = 5
_UNSCALED = 6_000  # passages up to which the resolution is taken as it is
_MOST_SCALE = 1.5


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Nearest first: ``indices`` (n, k) int, -1 where there are fewer than k, and ``similarities`` (n, k), cosines."""

    indices: np.ndarray
    similarities: np.ndarray

    def of_sample(self, kept: np.ndarray) -> Neighbours:
        """The neighbours of the rows ``kept`` (sorted) among themselves, numbered anew."""
        place = np.full(len(self.indices) + 1, -1, dtype=np.int64)  # the last one stands for "no neighbour"
        place[kept] = np.arange(len(kept))
        indices = place[self.indices[kept]]
        order = np.argsort(indices < 0, axis=1, kind="stable")
        return Neighbours(
            np.take_along_axis(indices, order, axis=1), np.take_along_axis(self.similarities[kept], order, axis=1)
        )


def neighbours_for(passages: int, most: int) -> int:
    """How many neighbours a passage is linked to: the root of the docket's size, within bounds."""
    return max(1, min(most, max(_FEWEST_NEIGHBOURS, isqrt(passages)), passages - 1))


def resolution_for(passages: int, resolution: float) -> float:
    """Modularity merges the more the larger a graph is: larger dockets are looked at more finely."""
    return resolution * min(_MOST_SCALE, max(1.0, sqrt(passages / _UNSCALED)))


def nearest(vectors: np.ndarray, k: int) -> Neighbours:
    """The exact ``k`` nearest rows of each row of ``vectors`` (n, d), unit length, by cosine; equals by row number."""
    n = len(vectors)
    k = min(k, n - 1)
    indices = np.empty((n, k), dtype=np.int64)
    similarities = np.empty((n, k), dtype=np.float32)
    for start in range(0, n, _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, n))
        found = np.round(vectors[rows] @ vectors.T, 5)
        found[np.arange(len(rows)), rows] = -np.inf
        near = np.sort(np.argpartition(-found, k - 1, axis=1)[:, :k], axis=1)
        order = np.argsort(-np.take_along_axis(found, near, axis=1), axis=1, kind="stable")
        indices[rows] = np.take_along_axis(near, order, axis=1)
        similarities[rows] = np.take_along_axis(found, indices[rows], axis=1)
    return Neighbours(indices, similarities)


def shared_neighbour_graph(neighbours: Neighbours, k: int) -> sparse.csr_matrix:
    """Symmetric weights (n, n): cosine times the share of neighbours in common, for pairs of which one is near."""
    n = len(neighbours.indices)
    indices = neighbours.indices[:, :k]
    known = indices >= 0
    rows = np.repeat(np.arange(n), known.sum(axis=1))
    columns = indices[known]
    cosines = np.maximum(neighbours.similarities[:, :k][known], 0.0).astype(np.float64)
    near = sparse.csr_matrix((cosines, (rows, columns)), shape=(n, n))
    near = near.maximum(near.T).tocsr()
    member = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(n, n)) + sparse.identity(n, format="csr")
    other = member.T.tocsc()
    blocks = [
        near[start : start + _BLOCK].multiply(member[start : start + _BLOCK] @ other) for start in range(0, n, _BLOCK)
    ]
    graph = (sparse.vstack(blocks) / (k + 1)).tocsr()
    graph.eliminate_zeros()
    graph.sort_indices()
    return graph
