"""Questions that a passage answers without naming them, by likeness of meaning.

Questions of one RFC lie close together in meaning, and so do all answers, so both are centred first. A question's
prototype is its own vector joined with those of the passages that name it. On answers whose question was named and
hidden, one passage in ten passed both thresholds, and of these about four in five got the right top-level question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rfc_analyzer.model import Passage, Question
from rfc_analyzer.questions.numbering import parts_of

if TYPE_CHECKING:
    import numpy as np

_LEAST = 0.5
_MARGIN = 0.06
_QUESTION_WEIGHT = 3.0
_ENOUGH_TO_CENTRE = 30


def nearest_questions(
    passages: Sequence[Passage],
    named: Mapping[str, tuple[str, ...]],
    places: Sequence[int],
    questions: Sequence[Question],
    vectors: np.ndarray,
    question_vectors: np.ndarray,
) -> Mapping[str, tuple[str, ...]]:
    """The question nearest to each passage at ``places``, where it is near and stands out; others get none.

    ``vectors`` (n, d) and ``question_vectors`` (m, d) are of unit norm; ``named`` gives, by passage id, the questions
    that respondents name. Where sub-questions of one question are about equally near, the passage gets the question.
    """
    import numpy as np

    if not len(places):
        return {}
    middle = question_vectors.mean(axis=0)
    centred = _unit(vectors - (vectors.mean(axis=0) if len(vectors) >= _ENOUGH_TO_CENTRE else middle))
    prototypes = _QUESTION_WEIGHT * _unit(question_vectors - middle)
    number = {q.question_id: i for i, q in enumerate(questions)}
    for row, passage in zip(centred, passages, strict=True):
        ids = named.get(passage.passage_id, ())
        if len(ids) == 1 and ids[0] in number:
            prototypes[number[ids[0]]] += row
    likeness = centred[list(places)] @ _unit(prototypes).T
    tops = np.array([_top(q) for q in questions])
    found = {place: _choose(row, tops, questions) for place, row in zip(places, likeness, strict=True)}
    return {passages[place].passage_id: (chosen,) for place, chosen in found.items() if chosen}


def _choose(row: np.ndarray, tops: np.ndarray, questions: Sequence[Question]) -> str:
    best = int(row.argmax())
    same = tops == tops[best]
    if row[best] < _LEAST or (not same.all() and row[best] - row[~same].max() < _MARGIN):
        return ""
    siblings = [i for i in same.nonzero()[0] if i != best]
    if siblings and row[best] - row[siblings].max() < _MARGIN:
        return next((q.question_id for q in questions if q.number == tops[best]), questions[best].question_id)
    return questions[best].question_id


def _top(question: Question) -> str:
    return parts_of(question.number)[0]


def _unit(rows: np.ndarray) -> np.ndarray:
    import numpy as np

    unit: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit
