"""What people correct about subjects: the theme of a passage, and the agency's answer to a comment."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import pyarrow.parquet as pq

from rfc_analyzer.answers import ANSWERS, Answer, Disposition, answers_given, parts_of
from rfc_analyzer.model import Passage, Review
from rfc_analyzer.tables import PASSAGES

NO_THEME = "none"
_P, _A = PASSAGES.c, ANSWERS.c
SUBJECT_COLUMNS = frozenset({(PASSAGES.name, _P.theme_id), (ANSWERS.name, _A.response), (ANSWERS.name, _A.disposition)})
"""The tables and columns that :class:`Subjects` knows."""


class Subjects:
    """The themes of passages and the answers to comments in ``folder`` as they are now, read when they are asked for.

    ``submission_ids`` and ``proposition_ids`` are those of the analysis.
    """

    def __init__(
        self,
        folder: Path,
        reviews: Sequence[Review],
        submission_ids: Collection[str],
        proposition_ids: Collection[str],
    ) -> None:
        self._folder, self._reviews = folder, reviews
        self._submissions, self._propositions = submission_ids, proposition_ids

    def problem(self, row_id: str, column: str, new: str) -> str:
        """What is wrong with giving ``column`` of a row the value ``new``; empty where nothing is."""
        if column == _P.theme_id:
            if row_id not in self._themes:
                return f"there is no {row_id} in {PASSAGES.name}"
            allowed: list[str] = [*sorted(set(self._themes.values()) - {NO_THEME}), NO_THEME]
        else:
            submission_id, subject = parts_of(row_id)
            known = row_id in self._answers or (
                submission_id in self._submissions and (subject in self._propositions or subject in self._themes)
            )
            if not known:
                return f"there is no {row_id} among the comments to answer"
            allowed = ["", *Disposition] if column == _A.disposition else [new]
        return "" if new in allowed else f"{row_id}: {column} is one of {', '.join(filter(None, allowed))}, not {new!r}"

    def value(self, row_id: str, column: str) -> str:
        """The value as it is now."""
        if column == _P.theme_id:
            return self._themes[row_id]
        answer = self._answers.get(row_id)
        if answer is None:
            return ""
        return answer.response if column == _A.response else (answer.disposition or "")

    @cached_property
    def _answers(self) -> Mapping[str, Answer]:
        return answers_given(self._reviews)

    @cached_property
    def _themes(self) -> dict[str, str]:
        """The theme of each passage, by its id."""
        if not PASSAGES.path(self._folder).exists():
            return {}
        stored = pq.read_table(PASSAGES.path(self._folder), columns=[_P.passage_id, _P.theme_id]).to_pydict()
        themes = {p: t or NO_THEME for p, t in zip(stored[_P.passage_id], stored[_P.theme_id], strict=True)}
        there = set(themes.values()) | {NO_THEME}
        given = _given(self._reviews)
        return themes | {p: t for p, t in given.items() if p in themes and t in there}


def correct_passages(rows: Sequence[Passage], reviews: Sequence[Review]) -> list[Passage]:
    """Passages with the themes that people gave; one that a new run has no longer is not given."""
    given = _given(reviews)
    there = {row.theme_id for row in rows} | {NO_THEME}
    return [
        _themed(row, given[row.passage_id]) if given.get(row.passage_id) in there and row.passage_id in given else row
        for row in rows
    ]


def _themed(row: Passage, theme_id: str) -> Passage:
    if theme_id == NO_THEME:
        return replace(row, theme_id=None, theme_score=None)
    return replace(row, theme_id=theme_id, theme_score=1.0)


def _given(reviews: Sequence[Review]) -> dict[str, str]:
    return {one.row_id: one.new for one in reviews if (one.table, one.column) == (PASSAGES.name, _P.theme_id)}
