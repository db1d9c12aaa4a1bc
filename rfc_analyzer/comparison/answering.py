"""The comments that an agency has to answer, one excerpt each, with what it has answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rfc_analyzer.answers import Answer, answers_given, parts_of, passage_comment, position_comment
from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.quoting import QuoteRow, all_quotes
from rfc_analyzer.comparison.shares import Unit
from rfc_analyzer.model import Stance, Submission
from rfc_analyzer.querying import light, packed_columns, rows_where, texts_of
from rfc_analyzer.store import Analysis
from rfc_analyzer.streamed import Streamed
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


def comments_to_answer(analysis: Analysis, filters: Filters | None = None) -> Streamed[CommentRow]:
    """Every position that a distinct text takes, and the themes of those that take none, by submission.

    A form letter is there once, with what its signers added apart. A submission without any argument is left out.
    An answer stays with the point it was given to, also where a form letter is quoted from another copy now or the
    stance is read otherwise; where the point is not found again, a row without an excerpt keeps the answer. Rows are
    made whenever they are gone over.
    """
    found = _Found(analysis, filters or Filters())
    given = found.answered(answers_given(analysis.reviews))

    def rows() -> Iterator[CommentRow]:
        for place, row in enumerate(found.rows()):
            yield replace(row, answer=given.answers[place]) if place in given.answers else row
        yield from given.lost

    return Streamed(given.rows + len(given.lost), rows)


@dataclass(frozen=True, slots=True)
class _Given:
    """How many rows there are, the answers by their places, and rows for answers whose points are not among them."""

    rows: int
    answers: Mapping[int, Answer]
    lost: Sequence[CommentRow]


class _Found:
    """What is needed to tell what comments are about; rows are made a part of the submissions at a time."""

    def __init__(self, analysis: Analysis, filters: Filters) -> None:
        self.number = {q.question_id: q.number for q in analysis.rows(QUESTIONS)}
        self.unasked = ("not asked",) if self.number else ()
        self.theme = {t.theme_id: t.label for t in analysis.rows(THEMES)}
        self.statement = {p.proposition_id: p.text for p in analysis.rows(PROPOSITIONS)}
        kept = filters.apply(analysis)
        self.analysis, self.kept = analysis, set(kept)
        self.campaign = _campaigns(analysis)
        self.speaking = set(weights(analysis, kept, Unit.DISTINCT_TEXTS).index)
        self.quotes = all_quotes(analysis, filters)
        self.places = np.flatnonzero(analysis.submissions[SUBMISSIONS.c.submission_id].isin(self.kept))

    def rows(self, with_words: bool = True) -> Iterator[CommentRow]:
        """By submission; without the words of passages where they are not needed."""
        passages = _AllPassages(self.analysis)
        for start in range(0, len(self.places), _AT_A_TIME):
            rows = self._part(self.places[start : start + _AT_A_TIME], passages)
            if with_words:
                words = texts_of(self.analysis, [row.passage_id for row in rows if row.stance is None])
                rows = [row if row.stance else replace(row, excerpt=words[row.passage_id]) for row in rows]
            yield from rows

    def _part(self, places: np.ndarray, of_all: _AllPassages) -> list[CommentRow]:
        first, last = int(places[0]), int(places[-1])
        quoted: defaultdict[str, list[QuoteRow]] = defaultdict(list)
        for quote in self.quotes.between(first, last):
            quoted[quote.submission_id].append(quote)
        mine = of_all.between(first, last)
        passages = _Passages(mine, self._file_names(mine[PASSAGES.c.file_id]))
        rows = []
        for submission in SUBMISSIONS.rows_of(self.analysis.submissions.iloc[places]):
            said = quoted[submission.submission_id]
            rows += [*self._positions(submission, said, passages)] or [*self._themes(submission, passages)]
        return rows

    def _file_names(self, file_ids: pd.Series[str]) -> dict[str, str]:
        files = light(self.analysis, FILES)
        files = files[files[FILES.c.file_id].isin(file_ids)]
        return dict(zip(files[FILES.c.file_id], files[FILES.c.name], strict=True))

    def _positions(self, submission: Submission, said: Sequence[QuoteRow], passages: _Passages) -> Iterator[CommentRow]:
        """In the order in which the respondent writes."""
        for row in sorted(said, key=lambda r: (r.file_id, r.start, r.proposition_id)):
            yield CommentRow(
                position_comment(row.submission_id, row.proposition_id, row.stance),
                submission,
                row.proposition_id,
                self.statement.get(row.proposition_id, row.proposition_id),
                row.stance,
                **self._about(passages.around(row.file_id, row.start)),
                excerpt=row.quote,
                file_name=row.file_name,
                page=row.page,
                submissions=row.submissions,
            )

    def _themes(self, submission: Submission, passages: _Passages) -> Iterator[CommentRow]:
        """One passage a theme, the surest; in the order in which the respondent writes."""
        if submission.submission_id not in self.speaking or not submission.substantive:
            return
        best: dict[str | None, _Passage] = {}
        for passage in passages.of_submission(submission.submission_id):
            known = best.get(passage.theme_id)
            if passage.counted and (known is None or passage.theme_score > known.theme_score):
                best[passage.theme_id] = passage
        themed = [p for theme_id, p in best.items() if theme_id] or list(best.values())
        for passage in sorted(themed, key=lambda p: (p.file_id, p.start)):
            theme_id = passage.theme_id or ""
            yield CommentRow(
                passage_comment(submission.submission_id, passage.passage_id),
                submission,
                theme_id,
                self.theme.get(theme_id, ""),
                **self._about(passage),
                file_name=passages.file_names.get(passage.file_id, ""),
                page=passage.page,
            )

    def answered(self, given: Mapping[str, Answer]) -> _Given:
        """Where the answers belong: to their points, else to the same subject of the same letter, else to none."""
        answers: dict[int, Answer] = {}
        same: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        whose = {self._letter(parts_of(comment_id)[0]) for comment_id in given}
        waiting = dict(given)
        count = 0
        for count, row in enumerate(self.rows(with_words=False), start=1):
            if row.comment_id in waiting:
                answers[count - 1] = waiting.pop(row.comment_id)
            elif (letter := self._letter(row.submission.submission_id)) in whose:
                same[letter, row.subject].append(count - 1)
        lost: list[CommentRow] = []
        for answer in waiting.values():
            submission_id, subject = parts_of(answer.comment_id)
            subject = subject if subject in self.statement else self._theme_of(submission_id, subject)
            unanswered = same[self._letter(submission_id), subject]
            if unanswered:
                answers[unanswered.pop(0)] = answer
            elif submission_id in self.kept:
                lost.append(self._lost(answer, submission_id, subject))
        return _Given(count, answers, lost)

    def _lost(self, answer: Answer, submission_id: str, subject: str) -> CommentRow:
        table = self.analysis.submissions
        (submission,) = SUBMISSIONS.rows_of(table[table[SUBMISSIONS.c.submission_id] == submission_id])
        issue = self.statement.get(subject) or self.theme.get(subject, "")
        return CommentRow(answer.comment_id, submission, subject, issue, submissions=0, answer=answer)

    def _letter(self, submission_id: str) -> str:
        """The campaign of a form letter, else the submission."""
        return self.campaign.get(submission_id, submission_id)

    def _theme_of(self, submission_id: str, passage_id: str) -> str:
        found = rows_where(self.analysis, PASSAGES, PASSAGES.c.passage_id, (passage_id,))
        return next((p.theme_id or "" for p in found if p.submission_id == submission_id), passage_id)

    def _about(self, passage: _Passage | None) -> dict[str, Any]:
        """What a row says of the passage it stands in."""
        if passage is None:
            return {}
        return {
            "questions": tuple(self.number.get(q, q) for q in passage.question_ids) or self.unasked,
            "question_score": passage.question_score if passage.question_ids else None,
            "passage_id": passage.passage_id,
            "theme_id": passage.theme_id,
            "theme": self.theme.get(passage.theme_id or "", ""),
        }


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


class _AllPassages:
    """What is needed of all passages, as Arrow keeps it."""

    def __init__(self, analysis: Analysis) -> None:
        self._names = [PASSAGES.c.submission_id, *_Passage._fields]
        self._table = packed_columns(analysis, PASSAGES, self._names)
        ids = pd.Index(analysis.submissions[SUBMISSIONS.c.submission_id])
        owners = ids.get_indexer(self._table[PASSAGES.c.submission_id].to_pandas())
        self._by_owner = np.argsort(owners, kind="stable")
        self._owners = owners[self._by_owner]

    def between(self, first: int, last: int) -> pd.DataFrame:
        """Those of the submissions whose places in their table are ``first`` to ``last``."""
        ends = np.searchsorted(self._owners, (first, last + 1))
        return self._table.take(self._by_owner[slice(*ends)]).to_pandas().reindex(columns=self._names)


class _Passages:
    """Passages of some submissions by where they stand; only those that are asked for become objects."""

    def __init__(self, table: pd.DataFrame, file_names: Mapping[str, str]) -> None:
        p = PASSAGES.c
        self.file_names = file_names
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


def _campaigns(analysis: Analysis) -> dict[str, str]:
    """The campaign of each submission that is counted into one."""
    table = analysis.submissions
    members = table[in_campaign(table)]
    return dict(zip(members[SUBMISSIONS.c.submission_id], members[SUBMISSIONS.c.campaign_id], strict=True))
