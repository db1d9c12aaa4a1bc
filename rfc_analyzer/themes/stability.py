"""How surely a theme would be found again."""

from __future__ import annotations

import numpy as np

from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes.clusters import LeidenClusters, group

_SAMPLED = 0.9
_RUNS = 3  # that vote in each sample: fewer than for the themes themselves, which only makes stability stricter


def stability(
    vectors: np.ndarray, labels: np.ndarray, clusters: LeidenClusters, settings: ThemeSettings, seed: int
) -> np.ndarray:
    """For each label, the mean over re-runs on 90% samples of its best Jaccard overlap with a cluster found there.

    ``vectors`` (n, d) and ``labels`` (n,) are those that ``clusters`` was fitted to; (labels,) in 0..1, NaN where no
    run was asked for. After Hennig (2007), "Cluster-wise assessment of cluster stability".
    """
    count = int(labels.max()) + 1
    if settings.stability_runs < 1:
        return np.full(count, np.nan)
    runs = []
    for run in range(1, settings.stability_runs + 1):
        chance = np.random.default_rng([seed, run])
        kept = np.sort(chance.choice(len(vectors), size=max(2, round(_SAMPLED * len(vectors))), replace=False))
        near, pinned, voices = clusters.neighbours.of_sample(kept), clusters.pinned[kept], clusters.voices[kept]
        again = group(vectors[kept], near, pinned, voices, settings, seed + run, runs=_RUNS)
        runs.append(_best_overlaps(labels[kept], again, count))
    return np.mean(runs, axis=0)


def _best_overlaps(labels: np.ndarray, again: np.ndarray, count: int) -> np.ndarray:
    both = np.zeros((count, int(again.max()) + 1))
    np.add.at(both, (labels, again), 1)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    best: np.ndarray = (both / np.maximum(either, 1)).max(axis=1)
    return best
