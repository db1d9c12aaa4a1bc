"""One grouping out of many: what most runs put together stays together (Lancichinetti and Fortunato 2012).

Each run sees the graph without a random part of its links, so that neither a seed nor a few passages decide. A link is
then as strong as the share of runs in which its two passages were in one community, and these links are grouped.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

_LEFT_OUT = 0.3  # of the links, in each run
_RUNS = range(8, 21)  # more where they cost little: they make two seeds agree
_RUNS_TIMES_PASSAGES = 40_000
_FINAL_TRIALS = 2
_ITERATIONS, _VOTERS_ITERATIONS = 3, 2  # a vote need not be the best grouping
_KNOWN_SHARE = 0.5  # of the votes, where an earlier grouping votes too


def runs_for(passages: int) -> int:
    """How many runs vote on a docket of that size."""
    return max(_RUNS.start, min(_RUNS.stop - 1, _RUNS_TIMES_PASSAGES // max(1, passages)))


def agreed_communities(
    graph: sparse.csr_matrix,
    resolution: float,
    seed: int,
    *,
    runs: int,
    known: np.ndarray | None = None,
    trials: int = _FINAL_TRIALS,
) -> np.ndarray:
    """The community of each row of ``graph`` (n, n), symmetric weights; (n,) int.

    ``known`` (n,) is an earlier grouping, -1 for rows that it didn't know: it votes with the weight of all runs. The
    best of ``trials`` is taken when the votes are grouped.
    """
    n = graph.shape[0]
    if graph.nnz == 0:
        return np.zeros(n, dtype=np.int64)
    links = sparse.triu(graph, 1).tocoo()
    chance = np.random.default_rng([seed, n])
    together = np.zeros(len(links.data))
    for _ in range(runs):
        part = _graph_of(links, links.data * (chance.random(len(links.data)) >= _LEFT_OUT))
        found = leiden(part, resolution, int(chance.integers(2**31)), iterations=_VOTERS_ITERATIONS)
        together += found[links.row] == found[links.col]
    together /= max(1, runs)
    if known is not None:
        both = (known[links.row] >= 0) & (known[links.col] >= 0)
        same = known[links.row] == known[links.col]
        together = np.where(both, (1 - _KNOWN_SHARE) * together + _KNOWN_SHARE * same, together)
    return leiden(_graph_of(links, together**2 * links.data), resolution, seed, trials)


def leiden(
    graph: sparse.csr_matrix, resolution: float, seed: int, trials: int = 1, iterations: int = _ITERATIONS
) -> np.ndarray:
    """Leiden's communities for modularity (Traag, Waltman and van Eck 2019), the best of ``trials``; (n,) int."""
    import graspologic_native

    n = graph.shape[0]
    _, found = graspologic_native.leiden_csr(
        graph.indptr.astype(np.int64),
        graph.indices.astype(np.int32),
        graph.data.astype(np.float64),
        n,
        resolution=resolution,
        iterations=iterations,
        seed=seed,
        trials=trials,
    )
    labels = np.arange(n, 2 * n)  # a row without a link is its own
    labels[np.fromiter(found.keys(), dtype=np.int64, count=len(found))] = np.fromiter(
        found.values(), dtype=np.int64, count=len(found)
    )
    return labels


def _graph_of(links: sparse.coo_matrix, weights: np.ndarray) -> sparse.csr_matrix:
    kept = weights > 0
    half = sparse.coo_matrix((weights[kept], (links.row[kept], links.col[kept])), shape=links.shape)
    graph = (half + half.T).tocsr()
    graph.sort_indices()
    return graph
