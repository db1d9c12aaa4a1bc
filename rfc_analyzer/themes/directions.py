"""Vectors made ready for grouping: a respondent's own tone is taken out, and the words themselves are joined."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

_DECIMALS = 5  # vectors of the same text may differ in the last bits from run to run
_HALF_CENTRED = 5  # other passages of the respondent at which half of the centring applies
_LEXICAL_WEIGHT = 0.6  # of the words beside the meaning, chosen on news and on titles of questions
_LEXICAL_DIMENSIONS = 100
_FEWEST_LEXICAL = 300  # passages under which words are too rare to tell groups apart
_AT_ONCE = 8_192
_MAIN_DIRECTIONS = 40  # the rest is noise: without it, samples of a docket give the same groups


def grouping_view(directions: np.ndarray, counts: sparse.csr_matrix) -> np.ndarray:
    """What passages are grouped by: the main directions of their meaning and of the words that they hold.

    ``directions`` (n, d) unit length, ``counts`` (n, words); few passages are grouped by ``directions`` as they are.
    """
    if len(directions) < _FEWEST_LEXICAL:
        return directions
    return _main_directions(_with_words(directions, counts))


def _with_words(directions: np.ndarray, counts: sparse.csr_matrix) -> np.ndarray:
    """``directions`` joined with latent semantic analysis of the words' TF-IDF (Deerwester et al. 1990).

    What a small language model takes for alike is often told apart by its terms.
    """
    if counts.shape[1] <= _LEXICAL_DIMENSIONS:
        return directions
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfTransformer

    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    lexical = TruncatedSVD(_LEXICAL_DIMENSIONS, n_iter=3, random_state=0).fit_transform(weighted)
    return unit(np.hstack([directions, _LEXICAL_WEIGHT * unit(np.round(lexical, 4))]))


def _main_directions(vectors: np.ndarray) -> np.ndarray:
    """``vectors`` (n, d) by their principal components with the most variance, rows at unit length."""
    if vectors.shape[1] <= _MAIN_DIRECTIONS:
        return vectors
    away = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    _, axes = np.linalg.eigh(away.T @ away)
    return unit(np.round(away @ axes[:, -_MAIN_DIRECTIONS:], _DECIMALS))


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows at unit length; a zero row stays zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)


def centred(vectors: np.ndarray, respondents: Sequence[str], strength: float) -> np.ndarray:
    """Take out ``strength`` times what sets a respondent's other passages apart from the docket's mean.

    A long letter would else be one theme of its own. The fewer passages a respondent has, the less is taken out:
    the mean of one or two says what they are about, not how the respondent writes.
    """
    _, group = np.unique(np.asarray(respondents), return_inverse=True)
    mean = _mean_row(vectors)
    found = np.empty(vectors.shape, dtype=np.float32)
    for rows in _whole_groups(group):
        found[rows] = _centred(vectors[rows], group[rows], strength, mean)
    return found


def _centred(vectors: np.ndarray, respondents: np.ndarray, strength: float, mean: np.ndarray) -> np.ndarray:
    """The same for all passages of some ``respondents`` (n,), where ``mean`` is the docket's."""
    rounded = _rounded(vectors)
    _, group = np.unique(respondents, return_inverse=True)
    rows = np.arange(len(group))
    sums = sparse.csr_matrix((np.ones(len(rows)), (group, rows))) @ rounded
    others = np.bincount(group)[group] - 1
    mean_of_others = (sums[group] - rounded) / np.maximum(others, 1)[:, None]
    weight = strength * others / (others + _HALF_CENTRED)
    return unit(rounded - weight[:, None] * (mean_of_others - mean))


def _rounded(vectors: np.ndarray) -> np.ndarray:
    return np.round(vectors.astype(np.float64), _DECIMALS)


def _mean_row(vectors: np.ndarray) -> np.ndarray:
    """The mean of the rounded rows; summed one row after the other, so that blocks make no difference."""
    total = np.zeros((1, vectors.shape[1]))
    for start in range(0, len(vectors), _AT_ONCE):
        total = np.vstack([total, _rounded(vectors[start : start + _AT_ONCE])]).sum(axis=0, keepdims=True)
    mean: np.ndarray = total[0] / len(vectors)
    return mean


def _whole_groups(group: np.ndarray) -> list[np.ndarray]:
    """The rows of some groups together, again and again until all have come: numbers of double width for all rows of a
    large docket at once would fill the memory.
    """
    order = np.argsort(group, kind="stable")
    begins = np.flatnonzero(np.diff(group[order])) + 1
    after = np.searchsorted(begins, np.arange(_AT_ONCE, len(order), _AT_ONCE))
    return np.split(order, np.unique(begins[after[after < len(begins)]]))
