"""The agency's own words in a respondent's letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rfc_analyzer.words import words

_RUN = 6
_COVERED_SHARE = 0.75
_UNBROKEN_SHARE = 0.5
_FEWEST_WORDS = 8
_SHORTEST_QUESTION = 3
# "1.", "(2.b)", "Question 7h:" before a question of the notice
_NUMBER = re.compile(
    r"^\W*(?:question\s*)?(?:\d{1,2}(?:[.\s]*\(?[a-z]\b)?|[a-z]\b(?=[.)]))(?:[.\s]*\(?[ivx]+\b)?\W*", re.IGNORECASE
)
_SPEAKER = frozenset({"i", "we", "my", "our", "us", "me"})


class NoticeText:
    """The notice, ready to be looked up. Empty text holds nothing."""

    def __init__(self, text: str) -> None:
        self._runs = frozenset(_runs_of(words(text)))
        asked = (words(question) for question in re.findall(r"[^.?!;:]+\?", text))
        self._questions = frozenset(tuple(q) for q in asked if _SHORTEST_QUESTION <= len(q) < _FEWEST_WORDS)

    def holds(self, text: str, after_quoted: bool = False) -> bool:
        """Whether ``text`` repeats the notice: three quarters of its words stand there in runs of six, half of
        them in one run: the notice's terms come in every answer.

        A sentence in which the respondent speaks around the notice's words ("We agree that …") does not repeat it. A
        question too short to tell ("If so, what are they?") does right after one that repeats it.
        """
        if not self._runs:
            return False
        tokens = words(_NUMBER.sub("", text))
        if len(tokens) < _FEWEST_WORDS:
            return after_quoted and tuple(tokens) in self._questions
        repeated = [run in self._runs for run in _runs_of(tokens)]
        if not any(repeated):  # as with most sentences
            return False
        covered: set[int] = set()
        unbroken, longest = 0, 0
        for start, found in enumerate(repeated):
            unbroken = (unbroken + 1 if unbroken else _RUN) if found else 0
            longest = max(longest, unbroken)
            if found:
                covered.update(range(start, start + _RUN))
        if len(covered) < _COVERED_SHARE * len(tokens) or longest < _UNBROKEN_SHARE * len(tokens):
            return False
        return not any(token in _SPEAKER for index, token in enumerate(tokens) if index not in covered)


def _runs_of(tokens: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(tokens[start:] for start in range(_RUN)), strict=False)
