"""Which passages of a large docket are read for phrases and grouped; the others join the nearest theme."""

from __future__ import annotations

import numpy as np

MOST_READ = 8_000
_READ_OF_A_THEME = 50  # known themes are described by so many of their passages at least


def drawn(passages: int, seed: int, known: np.ndarray | None = None, most: int = MOST_READ) -> np.ndarray:
    """Row numbers of ``passages``, drawn by the seed and sorted; all where there are no more than ``most``.

    ``known`` (n,) is the theme that each passage had before, negative for none: some of each theme are drawn too.
    """
    if passages <= most:
        return np.arange(passages)
    order = np.random.default_rng([seed, passages]).permutation(passages)
    found = [order[:most]]
    if known is not None:
        shuffled = known[order]
        themes = range(int(known.max(initial=-1)) + 1)
        found.extend(order[np.flatnonzero(shuffled == theme)[:_READ_OF_A_THEME]] for theme in themes)
    return np.unique(np.concatenate(found))
