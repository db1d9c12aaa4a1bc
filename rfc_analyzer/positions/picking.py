"""Which submissions a person should review first, so that the reader learns most from few.

Nothing here is random and nothing looks at what people have said: the order follows from the texts and from what was
read without help. The set grows greedily by a sum of two terms whose gains diminish (submodular, so that the greedy
set is near the best one: Nemhauser, Wolsey and Fisher 1978; for choosing what to label: Wei, Iyer and Bilmes 2015):

- *texts like the rest*: how near each submission of the docket is to the nearest one that was picked;
- *every side of every proposition*: the square root of how much was picked of each outcome of each proposition, so
  that the few who seem to oppose, or to be torn, come before the many who seem to agree. What was read with doubt
  counts more: a person's word tells more there (uncertainty sampling, Lewis and Gale 1994).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rfc_analyzer.model import Position, Stance

_OUTCOMES = (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED)
_SIDES = 1.0  # weight of the sides of propositions beside that of likeness
_SURE = 0.25  # what an outcome counts that was read without doubt; one in full doubt counts 1 more
_SILENT = 0.25  # what a proposition counts that a submission seems not to take up


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be picked: ``ids``; ``vectors`` (n, d) of the texts; ``weights`` (n, propositions × outcomes) ≥ 0.

    ``weights[i]`` says how much reviewing submission ``i`` would tell about each outcome of each proposition.
    """

    ids: tuple[str, ...]
    vectors: np.ndarray
    weights: np.ndarray


def candidates(
    ids: Sequence[str], vectors: np.ndarray, positions: Iterable[Position], proposition_ids: Sequence[str]
) -> Candidates:
    """Submissions with the ``vectors`` (n, d) of their texts, and what was read in them without help."""
    row_of, column_of = {i: row for row, i in enumerate(ids)}, {p: column for column, p in enumerate(proposition_ids)}
    outcomes = len(_OUTCOMES) + 1
    weights = np.zeros((len(ids), len(proposition_ids), outcomes))
    weights[:, :, -1] = _SILENT
    for position in positions:
        row, column = row_of.get(position.submission_id), column_of.get(position.proposition_id)
        if row is not None and column is not None:
            weights[row, column, -1] = 0.0
            weights[row, column, _OUTCOMES.index(position.stance)] = _SURE + 1 - position.confidence
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return Candidates(tuple(ids), vectors / np.maximum(lengths, 1e-9), weights.reshape(len(ids), -1))


def pick(found: Candidates, count: int, reviewed: Collection[str] = ()) -> list[str]:
    """The ids of up to ``count`` submissions, the one to review first at the beginning.

    ``reviewed`` submissions are known already: they are not picked again, and what they tell is not sought again.
    The first picks are the same whatever ``count``; cost is ``count`` × n × (n + propositions).
    """
    left = np.array([i not in reviewed for i in found.ids], bool)
    known = np.flatnonzero(~left)
    likeness = np.clip(found.vectors @ found.vectors.T, 0, None)
    nearest = likeness[:, known].max(axis=1) if len(known) else np.zeros(len(found.ids))
    told = found.weights[known].sum(axis=0)
    most = np.sqrt(found.weights.sum(axis=0)).sum() or 1.0
    chosen: list[int] = []
    while len(chosen) < count and left.any():
        like = np.maximum(likeness - nearest[:, None], 0).mean(axis=0)
        sides = (np.sqrt(told + found.weights) - np.sqrt(told)).sum(axis=1) / most
        gain = np.where(left, like + _SIDES * sides, -1.0)
        best = int(np.argmax(gain))
        chosen.append(best)
        left[best] = False
        nearest = np.maximum(nearest, likeness[:, best])
        told = told + found.weights[best]
    return [found.ids[row] for row in chosen]
