"""The comments that an agency has to answer, one excerpt each."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.quoting import QuoteRow, quotes
from rfc_analyzer.comparison.shares import Unit
from rfc_analyzer.model import Passage, Stance, Submission
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import FILES, PASSAGES, PROPOSITIONS, QUESTIONS, SUBMISSIONS, THEMES


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One point that a respondent makes: a position with its quote, or, where there is none, a theme with a passage.

    ``comment_id`` is the submission's id and a number within it. ``questions`` are numbers of the notice's questions;
    ``issue`` is the proposition's or theme's text; ``stance`` is None for a theme. ``submissions`` is how many
    submissions say it in the same words.
    """

    comment_id: str
    submission: Submission
    questions: tuple[str, ...]
    theme: str
    issue: str
    stance: Stance | None
    excerpt: str
    file_name: str
    page: int | None
    submissions: int


def comments_to_answer(analysis: Analysis, filters: Filters | None = None) -> list[CommentRow]:
    """Every position that a distinct text takes, and the themes of those that take none, by submission.

    A form letter is there once, with what its signers added apart. A submission without any argument is left out.
    """
    filters = filters or Filters()
    found = _Found(analysis, filters)
    rows = []
    for submission in analysis.rows(SUBMISSIONS):
        drafts = [*found.positions(submission.submission_id)] or [*found.themes(submission)]
        rows += [
            CommentRow(f"{submission.submission_id}-{number}", submission, *draft)
            for number, draft in enumerate(drafts, start=1)
        ]
    return rows


_Draft = tuple[tuple[str, ...], str, str, Stance | None, str, str, int | None, int]


class _Found:
    """What is needed to tell what a comment is about."""

    def __init__(self, analysis: Analysis, filters: Filters) -> None:
        self.number = {q.question_id: q.number for q in analysis.rows(QUESTIONS)}
        self.theme = {t.theme_id: t.label for t in analysis.rows(THEMES)}
        self.statement = {p.proposition_id: p.text for p in analysis.rows(PROPOSITIONS)}
        files = analysis.files
        self.file_name = dict(zip(files[FILES.c.file_id], files[FILES.c.name], strict=True))
        kept = filters.apply(analysis)
        texts = weights(analysis, kept, Unit.DISTINCT_TEXTS)
        self.speaking = set(texts.index)
        rows = quotes(analysis, filters=filters)
        self.quotes: defaultdict[str, list[QuoteRow]] = defaultdict(list)
        for row in rows:
            self.quotes[row.submission_id].append(row)
        self.in_file: defaultdict[str, list[Passage]] = defaultdict(list)
        self.of_submission: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in sorted(analysis.rows(PASSAGES), key=lambda p: (p.file_id, p.start)):
            self.in_file[passage.file_id].append(passage)
            self.of_submission[passage.submission_id].append(passage)
        self.starts = {file_id: [p.start for p in passages] for file_id, passages in self.in_file.items()}

    def positions(self, submission_id: str) -> Iterator[_Draft]:
        """In the order in which the respondent writes."""
        for row in sorted(self.quotes[submission_id], key=lambda r: (r.file_id, r.start, r.proposition_id)):
            passage = self._around(row)
            issue = self.statement.get(row.proposition_id, row.proposition_id)
            yield (*self._about(passage), issue, row.stance, row.quote, row.file_name, row.page, row.submissions)

    def themes(self, submission: Submission) -> Iterator[_Draft]:
        """One passage a theme, the surest; in the order in which the respondent writes."""
        if submission.submission_id not in self.speaking or not submission.substantive:
            return
        best: dict[str | None, Passage] = {}
        for passage in self.of_submission[submission.submission_id]:
            known = best.get(passage.theme_id)
            if passage.counted and (known is None or (passage.theme_score or 0) > (known.theme_score or 0)):
                best[passage.theme_id] = passage
        themed = [p for theme_id, p in best.items() if theme_id] or list(best.values())
        for passage in sorted(themed, key=lambda p: (p.file_id, p.start)):
            questions, theme = self._about(passage)
            file_name = self.file_name.get(passage.file_id, "")
            yield questions, theme, theme, None, passage.text, file_name, passage.page, 1

    def _around(self, row: QuoteRow) -> Passage | None:
        place = bisect_right(self.starts.get(row.file_id, []), row.start) - 1
        return self.in_file[row.file_id][place] if place >= 0 else None

    def _about(self, passage: Passage | None) -> tuple[tuple[str, ...], str]:
        if passage is None:
            return (), ""
        numbers = tuple(self.number.get(q, q) for q in passage.question_ids)
        return numbers, self.theme.get(passage.theme_id or "", "")
