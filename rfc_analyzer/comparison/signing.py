"""Letters that several signed: who, as the text shows, and how many it says they are."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.model import FileRole, SourceFile, Submission
from rfc_analyzer.querying import rows_where
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import FILES, SUBMISSIONS

_S = SUBMISSIONS.c


@dataclass(frozen=True, slots=True)
class SignatoryRow:
    """A signatory, verbatim: ``name == file.text[start:end]``; ``is_body`` tells an organisation from a person."""

    name: str
    is_body: bool
    file_id: str
    page: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class JointLetter:
    """A submission that several signed, with those whom its text lists.

    ``stated`` is how many its text says have signed, where it gives a number (``quote``, verbatim, on ``page``). It is
    shown and not counted: names are counted.
    """

    submission: Submission
    signatories: tuple[SignatoryRow, ...]
    stated: int | None
    quote: str
    page: int | None


def joint_letters(analysis: Analysis, filters: Filters | None = None) -> list[JointLetter]:
    """Submissions that meet ``filters`` and list more than one signatory, the most first."""
    table = analysis.submissions
    kept = table[table[_S.submission_id].isin((filters or Filters()).apply(analysis)) & (table[_S.signatories] > 1)]
    rows = SUBMISSIONS.rows_of(kept)
    mine = rows_where(analysis, FILES, FILES.c.submission_id, [row.submission_id for row in rows])
    speaking: dict[str | None, list[SourceFile]] = defaultdict(list)
    for file in mine:
        if file.role in (FileRole.FORM, FileRole.ATTACHMENT):
            speaking[file.submission_id].append(file)
    found = [_joint_letter(row, speaking[row.submission_id]) for row in rows]
    return sorted(found, key=lambda letter: (-letter.submission.signatories, letter.submission.submission_id))


def _joint_letter(submission: Submission, files: list[SourceFile]) -> JointLetter:
    # the lists of names come with it, which only those need who look at joint letters
    from rfc_analyzer.respondents.signers import find_signers, stated_signers

    # the same list may stand in the form and in the attachment: the longest counts
    listed = max(((find_signers(file.text), file) for file in files), key=lambda pair: len(pair[0]), default=None)
    signatories = [
        SignatoryRow(file.text[s.start : s.end], s.is_body, file.file_id, _page(file, s.start), s.start, s.end)
        for found, file in ([listed] if listed else [])
        for s in found
    ]
    said = [(stated, file) for file in files if (stated := stated_signers(file.text))]
    stated, file = max(said, key=lambda pair: pair[0].number) if said else (None, None)
    if stated is None or file is None:
        return JointLetter(submission, tuple(signatories), None, "", None)
    quote = file.text[stated.start : stated.end]
    return JointLetter(submission, tuple(signatories), stated.number, quote, _page(file, stated.start))


def _page(file: SourceFile, at: int) -> int | None:
    return bisect_right(file.page_starts, at) if file.page_starts else None
