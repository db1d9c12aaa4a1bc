"""How the propositions of a docket stand to each other: who wants a thing banned mostly denies that it does good.

The trained reader is asked what each proposition, and its contrary, says of every other. What a submission holds on one
proposition then tells something of where it stands on the others, which its own words on those may leave open.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfc_analyzer.positions.claims import contrary
from rfc_analyzer.positions.signals import leanings, taken_up
from rfc_analyzer.positions.stance_model import StanceReader

_LEAST = 0.3  # weaker ones are as often wrong as right


def relations(reader: StanceReader, propositions: Sequence[str]) -> np.ndarray:
    """From -1 (who is for one is against the other) to 1, (p, p), symmetric; 0 where little or nothing is seen.

    The mean of four answers: either of two asked of the other, and of its contrary turned round.
    """
    count = len(propositions)
    if count < 2:
        return np.zeros((count, count))
    ways = [*propositions, *map(contrary, propositions)]
    read = np.stack(reader.read(ways, [ways] * len(ways))).astype(float)
    taken = (taken_up(read[:, :count]) + taken_up(read[:, count:])) / 2
    said = leanings(read[:, :count], read[:, count:]) * taken
    turned = said[:count] - said[count:]
    found = (turned + turned.T) / 4
    np.fill_diagonal(found, 0.0)
    return np.where(np.abs(found) < _LEAST, 0.0, found)


def implied(stood: np.ndarray, related: np.ndarray) -> np.ndarray:
    """The side on each proposition that follows from those on the others, both (n, p) in -1..1.

    ``related`` as :func:`relations` gives it. Many weak relations don't count for more than a certain one.
    """
    return np.asarray(stood @ related / np.maximum(np.abs(related).sum(axis=0), 1.0))
