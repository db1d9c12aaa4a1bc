"""What the propositions of one docket have in common: who holds one view mostly holds certain others too.

A few people's labels on each proposition say little; all of them together say along which lines the docket divides.
The lines are the leading singular vectors of the labelled submissions' stances; where each submission stands on them
is learned from its text by kernel ridge regression (Saunders, Gammerman and Vovk 1998). For the submissions that teach
it is what the others would say of them, in closed form, so that a later model can't mistake a copy of the label for
a reading of the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from rfc_analyzer.model import Stance

_LINES = 2
_RIDGE = 0.5
_VALUE = {Stance.SUPPORT: 1.0, Stance.OPPOSE: -1.0}


def shared_views(
    labels: Mapping[tuple[int, int], Stance | None], propositions: int, vectors: np.ndarray, features: Any
) -> np.ndarray:
    """Where every submission stands on the docket's main lines, (n, up to 2), each of unit spread.

    ``labels`` are people's stances by (row, column); ``vectors`` (n, d) and ``features`` (n, f, sparse) the texts.
    No columns where the labels differ in nothing.
    """
    rows = sorted({row for row, _ in labels})
    stances = np.zeros((len(rows), propositions))
    for (row, column), stance in labels.items():
        stances[rows.index(row), column] = _VALUE.get(stance, 0.0) if stance is not None else 0.0
    lines, weights, _ = np.linalg.svd(stances - stances.mean(axis=0), full_matrices=False)
    told = (lines * weights)[:, :_LINES][:, weights[:_LINES] > 1e-6]
    kernel = _centred(vectors @ vectors[rows].T + (features @ features[rows].T).toarray(), rows)
    inverse = np.linalg.inv(kernel[rows] + _RIDGE * np.eye(len(rows)))
    found = kernel @ inverse @ told
    hat = kernel[rows] @ inverse
    found[rows] = told - (told - hat @ told) / np.maximum(1 - np.diag(hat), 1e-6)[:, None]
    return np.asarray(found / np.maximum(found.std(axis=0), 1e-9))


def _centred(kernel: np.ndarray, rows: list[int]) -> np.ndarray:
    """The kernel (n, labelled) with the labelled submissions' mean as its origin."""
    inner = kernel[rows]
    return np.asarray(kernel - kernel.mean(axis=1, keepdims=True) - inner.mean(axis=0) + inner.mean())
