"""A level above the themes: groups of themes that lie near each other."""

from __future__ import annotations

from math import sqrt

import numpy as np

FEWEST_THEMES = 12  # fewer can be read without a level above
_MOST = 0.5  # of the passages: a parent of more says nothing about the docket, and is parted


def parent_groups(centroids: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """The parent of each theme, (themes,) int from 0, -1 for a theme that stands alone; all -1 where they are few.

    Ward's linkage on ``centroids`` (themes, d), unit length, cut at about the root of their number; a part that holds
    most of the passages, ``sizes`` (themes,) of each theme, is cut again where the linkage joined it last.
    """
    count = len(centroids)
    if count < FEWEST_THEMES:
        return np.full(count, -1)
    from scipy.cluster.hierarchy import linkage

    joins = linkage(np.round(centroids.astype(np.float64), 5), method="ward")[:, :2].astype(int)
    inside = [[theme] for theme in range(count)]
    for one, other in joins.tolist():
        inside.append(inside[one] + inside[other])
    heavy = {part: float(sizes[themes].sum()) for part, themes in enumerate(inside)}

    parts = [len(inside) - 1]
    wanted = max(2, round(sqrt(count) * 1.2))
    while (part := _next_to_cut(parts, heavy, wanted)) >= count:
        parts.remove(part)
        parts.extend(joins[part - count].tolist())
    found = np.full(count, -1)
    for number, part in enumerate(sorted((p for p in parts if len(inside[p]) > 1), key=lambda p: min(inside[p]))):
        found[inside[part]] = number
    return found


def _next_to_cut(parts: list[int], heavy: dict[int, float], wanted: int) -> int:
    """The part that was joined last, while there are fewer than ``wanted``; then one that holds too much; else -1."""
    if len(parts) < wanted:
        return max(parts)
    heaviest = max(parts, key=lambda part: (heavy[part], part))
    return heaviest if heavy[heaviest] > _MOST * sum(heavy[part] for part in parts) else -1
