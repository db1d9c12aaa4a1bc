"""Vectors made ready for grouping: what is a respondent's own tone is taken out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

_DECIMALS = 5  # vectors of the same text may differ in the last bits from run to run
_HALF_CENTRED = 5  # other passages of the respondent at which half of the centring applies


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows at unit length; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)


def centred(vectors: np.ndarray, respondents: Sequence[str], strength: float) -> np.ndarray:
    """Take out ``strength`` times what sets a respondent's other passages apart from the docket's mean.

    A long letter would else be one theme of its own. The fewer passages a respondent has, the less is taken out:
    the mean of one or two says what they are about, not how the respondent writes.
    """
    rounded = np.round(vectors.astype(np.float64), _DECIMALS)
    _, group = np.unique(np.asarray(respondents), return_inverse=True)
    rows = np.arange(len(group))
    sums = sparse.csr_matrix((np.ones(len(rows)), (group, rows))) @ rounded
    others = np.bincount(group)[group] - 1
    mean_of_others = (sums[group] - rounded) / np.maximum(others, 1)[:, None]
    weight = strength * others / (others + _HALF_CENTRED)
    return unit(rounded - weight[:, None] * (mean_of_others - rounded.mean(axis=0)))
