"""A level above the themes: groups of themes that lie near each other."""

from __future__ import annotations

from math import sqrt

import numpy as np

FEWEST_THEMES = 12  # fewer can be read without a level above


def parent_groups(centroids: np.ndarray) -> np.ndarray:
    """The parent of each theme, (themes,) int from 0, -1 for a theme that stands alone; all -1 where they are few.

    Ward's linkage on ``centroids`` (themes, d), unit length, cut at about the root of their number.
    """
    count = len(centroids)
    if count < FEWEST_THEMES:
        return np.full(count, -1)
    from scipy.cluster.hierarchy import fcluster, linkage

    tree = linkage(np.round(centroids.astype(np.float64), 5), method="ward")
    found = fcluster(tree, t=max(2, round(sqrt(count) * 1.2)), criterion="maxclust")
    sizes = np.bincount(found)
    kept = [label for label in dict.fromkeys(found.tolist()) if sizes[label] > 1]
    number = {label: place for place, label in enumerate(kept)}
    return np.array([number.get(label, -1) for label in found.tolist()])
