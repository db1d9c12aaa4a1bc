"""Passages that quote a question's text in place of its number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rfc_analyzer.model import Question
from rfc_analyzer.words import words

_SHINGLE = 4
_OF_QUESTION = 0.5
_OF_TEXT = 0.7
_FEWEST = 4


class QuotedQuestions:
    """Finds the questions whose words stand in a text."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._shingles = {q.question_id: _shingles(q.text) for q in questions}
        self._holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for question_id, shingles in self._shingles.items():
            for shingle in shingles:
                self._holders[shingle].append(question_id)

    def found_in(self, text: str) -> list[str]:
        """Ids of the questions that ``text`` quotes, in the RFC's order.

        A question is quoted where half of its word runs stand in the text, or where most of the text stands in it.
        """
        mine = _shingles(text)
        shared: dict[str, int] = defaultdict(int)
        for shingle in mine:
            for question_id in self._holders.get(shingle, ()):
                shared[question_id] += 1
        if not shared:  # as with most texts
            return []
        return [q for q, own in self._shingles.items() if self._is_quote(shared.get(q, 0), len(own), len(mine))]

    @staticmethod
    def _is_quote(shared: int, of_question: int, of_text: int) -> bool:
        if shared < min(_FEWEST, of_question) or not shared:
            return False
        return shared >= _OF_QUESTION * of_question or shared >= max(_OF_TEXT * of_text, _FEWEST)

    def overlap(self, text: str, question_id: str) -> float:
        """Share of the word runs of ``text`` (its first 40 words) that stand in the question."""
        mine = _shingles(" ".join(words(text)[:40]))
        return len(mine & self._shingles.get(question_id, set())) / len(mine) if mine else 0.0


def _shingles(text: str) -> set[tuple[str, ...]]:
    tokens = words(text.replace("-", " "))
    return {tuple(tokens[i : i + _SHINGLE]) for i in range(max(0, len(tokens) - _SHINGLE + 1))}
