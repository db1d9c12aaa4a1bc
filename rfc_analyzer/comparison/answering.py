"""The comments that an agency has to answer, one excerpt each, with what it has answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from rfc_analyzer.answers import Answer, answers_given, parts_of, passage_comment, position_comment
from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.quoting import QuoteRow, quotes
from rfc_analyzer.comparison.shares import Unit
from rfc_analyzer.model import Stance, Submission
from rfc_analyzer.querying import light, some_columns, texts_of
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import FILES, PASSAGES, PROPOSITIONS, QUESTIONS, SUBMISSIONS, THEMES

_AT_A_TIME = 2_000


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One point that a respondent makes: a position with its quote, or, where there is none, a theme with a passage.

    ``comment_id`` names the submission and the proposition with the stance, or the passage: a new run gives the same
    point the same id. ``questions`` are numbers of the notice's questions, or "not asked"; where no number names them,
    ``question_score`` is how likely (0..1) the one nearest in meaning is right. ``issue`` is the proposition's or
    theme's text; ``stance`` is None for a theme. ``subject`` is the proposition's id, else the theme's. ``submissions``
    is how many submissions say it in the same words; 0 where an answer was given to a point that the last run did not
    find again.
    """

    comment_id: str
    submission: Submission
    subject: str
    issue: str
    stance: Stance | None = None
    questions: tuple[str, ...] = ()
    question_score: float | None = None
    passage_id: str = ""
    theme_id: str | None = None
    theme: str = ""
    excerpt: str = ""
    file_name: str = ""
    page: int | None = None
    submissions: int = 1
    answer: Answer | None = None


def comments_to_answer(analysis: Analysis, filters: Filters | None = None) -> list[CommentRow]:
    """Every position that a distinct text takes, and the themes of those that take none, by submission.

    A form letter is there once, with what its signers added apart. A submission without any argument is left out.
    An answer stays with the point it was given to, also where a form letter is quoted from another copy now or the
    stance is read otherwise; where the point is not found again, a row without an excerpt keeps the answer.
    """
    filters = filters or Filters()
    found = _Found(analysis, filters)
    rows = []
    for submission in _in_parts(analysis, found.kept):
        rows += [*found.positions(submission)] or [*found.themes(submission)]
    words = texts_of(analysis, [row.passage_id for row in rows if row.stance is None])
    rows = [row if row.stance else replace(row, excerpt=words[row.passage_id]) for row in rows]
    return found.answered(rows, answers_given(analysis.reviews).values())


class _Found:
    """What is needed to tell what a comment is about."""

    def __init__(self, analysis: Analysis, filters: Filters) -> None:
        self.number = {q.question_id: q.number for q in analysis.rows(QUESTIONS)}
        self.unasked = ("not asked",) if self.number else ()
        self.theme = {t.theme_id: t.label for t in analysis.rows(THEMES)}
        self.statement = {p.proposition_id: p.text for p in analysis.rows(PROPOSITIONS)}
        files = light(analysis, FILES)
        self.file_name = dict(zip(files[FILES.c.file_id], files[FILES.c.name], strict=True))
        kept = filters.apply(analysis)
        self.analysis, self.kept = analysis, set(kept)
        self.campaign = _campaigns(analysis)
        self.speaking = set(weights(analysis, kept, Unit.DISTINCT_TEXTS).index)
        rows = quotes(analysis, filters=filters)
        self.quotes: defaultdict[str, list[QuoteRow]] = defaultdict(list)
        for row in rows:
            self.quotes[row.submission_id].append(row)
        self.passages = _Passages(some_columns(analysis, PASSAGES, (PASSAGES.c.submission_id, *_Passage._fields)))

    def positions(self, submission: Submission) -> Iterator[CommentRow]:
        """In the order in which the respondent writes."""
        mine = self.quotes[submission.submission_id]
        for row in sorted(mine, key=lambda r: (r.file_id, r.start, r.proposition_id)):
            blank = CommentRow(
                position_comment(row.submission_id, row.proposition_id, row.stance),
                submission,
                row.proposition_id,
                self.statement.get(row.proposition_id, row.proposition_id),
                row.stance,
            )
            yield replace(
                self._about(blank, self.passages.around(row.file_id, row.start)),
                excerpt=row.quote, file_name=row.file_name, page=row.page, submissions=row.submissions,
            )  # fmt: skip

    def themes(self, submission: Submission) -> Iterator[CommentRow]:
        """One passage a theme, the surest; in the order in which the respondent writes."""
        if submission.submission_id not in self.speaking or not submission.substantive:
            return
        best: dict[str | None, _Passage] = {}
        for passage in self.passages.of_submission(submission.submission_id):
            known = best.get(passage.theme_id)
            if passage.counted and (known is None or passage.theme_score > known.theme_score):
                best[passage.theme_id] = passage
        themed = [p for theme_id, p in best.items() if theme_id] or list(best.values())
        for passage in sorted(themed, key=lambda p: (p.file_id, p.start)):
            theme_id = passage.theme_id or ""
            blank = CommentRow(
                passage_comment(submission.submission_id, passage.passage_id),
                submission,
                theme_id,
                self.theme.get(theme_id, ""),
            )
            file_name = self.file_name.get(passage.file_id, "")
            yield replace(self._about(blank, passage), file_name=file_name, page=passage.page)

    def answered(self, rows: Sequence[CommentRow], answers: Iterable[Answer]) -> list[CommentRow]:
        """``rows`` with their answers, and a row more for each answer whose point is not among them."""
        places = {row.comment_id: place for place, row in enumerate(rows)}
        found = list(rows)
        moved = []
        for answer in answers:
            place = places.get(answer.comment_id)
            if place is None:
                moved.append(answer)
            else:
                found[place] = replace(rows[place], answer=answer)
        same: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for place, row in enumerate(found if moved else ()):
            if row.answer is None:
                same[self._point(row.submission.submission_id, row.subject)].append(place)
        for answer in moved:
            submission_id, subject = parts_of(answer.comment_id)
            subject = subject if subject in self.statement else self._theme_of(submission_id, subject)
            unanswered = same[self._point(submission_id, subject)]
            if unanswered:
                place = unanswered.pop(0)
                found[place] = replace(found[place], answer=answer)
            elif submission_id in self.kept:
                found += [self._lost(answer, s, subject) for s in _in_parts(self.analysis, {submission_id})]
        return found

    def _lost(self, answer: Answer, submission: Submission, subject: str) -> CommentRow:
        issue = self.statement.get(subject) or self.theme.get(subject, "")
        return CommentRow(answer.comment_id, submission, subject, issue, submissions=0, answer=answer)

    def _point(self, submission_id: str, subject: str) -> tuple[str, str]:
        return self.campaign.get(submission_id, submission_id), subject

    def _theme_of(self, submission_id: str, passage_id: str) -> str:
        mine = (p for p in self.passages.of_submission(submission_id) if p.passage_id == passage_id)
        return next((p.theme_id or "" for p in mine), passage_id)

    def _about(self, row: CommentRow, passage: _Passage | None) -> CommentRow:
        if passage is None:
            return row
        return replace(
            row,
            questions=tuple(self.number.get(q, q) for q in passage.question_ids) or self.unasked,
            question_score=passage.question_score if passage.question_ids else None,
            passage_id=passage.passage_id,
            theme_id=passage.theme_id,
            theme=self.theme.get(passage.theme_id or "", ""),
        )


class _Passage(NamedTuple):
    """What is needed of a passage; its text is not."""

    passage_id: str
    file_id: str
    page: int | None
    start: int
    theme_id: str | None
    theme_score: float
    question_ids: tuple[str, ...]
    counted: bool
    question_score: float | None


class _Passages:
    """Passages by where they stand; of the many only those that are asked for become objects."""

    def __init__(self, table: pd.DataFrame) -> None:
        p = PASSAGES.c
        table = table.sort_values([p.file_id, p.start], kind="stable", ignore_index=True)
        self._columns = [table[name].array for name in _Passage._fields]
        self._starts = table[p.start].to_numpy()
        self._in_file = table.groupby(p.file_id, sort=False).indices
        self._of_submission = table.groupby(p.submission_id, sort=False).indices

    def of_submission(self, submission_id: str) -> Iterator[_Passage]:
        """In the order of its files, and as they stand there."""
        return (self._passage(int(place)) for place in self._of_submission.get(submission_id, ()))

    def around(self, file_id: str, at: int) -> _Passage | None:
        """The last passage of the file that begins at ``at`` or before."""
        places = self._in_file.get(file_id, ())
        before = int(np.searchsorted(self._starts[places], at, side="right")) if len(places) else 0
        return self._passage(int(places[before - 1])) if before else None

    def _passage(self, place: int) -> _Passage:
        passage_id, file_id, page, start, theme_id, score, questions, counted, likely = (
            c[place] for c in self._columns
        )
        return _Passage(
            passage_id,
            file_id,
            None if pd.isna(page) else int(page),
            int(start),
            None if pd.isna(theme_id) else theme_id,
            0.0 if pd.isna(score) else float(score),
            tuple(questions),
            bool(counted),
            None if pd.isna(likely) else float(likely),
        )


def _in_parts(analysis: Analysis, kept: Collection[str]) -> Iterator[Submission]:
    """In the order of the table; of a large docket most are not needed for long."""
    table = analysis.submissions
    mine = table[table[SUBMISSIONS.c.submission_id].isin(kept)]
    for start in range(0, len(mine), _AT_A_TIME):
        yield from SUBMISSIONS.rows_of(mine.iloc[start : start + _AT_A_TIME])


def _campaigns(analysis: Analysis) -> dict[str, str]:
    """The campaign of each submission that is counted into one."""
    table = analysis.submissions
    members = table[in_campaign(table)]
    return dict(zip(members[SUBMISSIONS.c.submission_id], members[SUBMISSIONS.c.campaign_id], strict=True))
