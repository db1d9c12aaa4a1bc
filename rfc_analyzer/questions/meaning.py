"""Questions that a passage answers without naming them, by likeness of meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rfc_analyzer.model import Passage, Question

if TYPE_CHECKING:
    import numpy as np

_LEAST = 0.5
_MARGIN = 0.12


def nearest_questions(
    passages: Sequence[Passage],
    places: Sequence[int],
    questions: Sequence[Question],
    vectors: np.ndarray,
    question_vectors: np.ndarray,
) -> Mapping[str, tuple[str, ...]]:
    """The question nearest to each passage at ``places``, where it is near and stands out; others get none.

    ``vectors`` (n, d) and ``question_vectors`` (m, d) are of unit norm. A question stands out where its cosine is
    well above the passage's mean cosine to all questions.
    """
    if not len(places):
        return {}
    likeness = vectors[list(places)] @ question_vectors.T
    best = likeness.argmax(axis=1)
    top = likeness[range(len(places)), best]
    stands_out = (top >= _LEAST) & (top - likeness.mean(axis=1) >= _MARGIN)
    return {
        passages[place].passage_id: (questions[int(q)].question_id,)
        for place, q, keep in zip(places, best, stands_out, strict=True)
        if keep
    }
