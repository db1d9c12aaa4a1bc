"""The register: every submission that is looked at, with what it says in short."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.holding import theme_holders
from rfc_analyzer.comparison.searching import first_span, texts_holding
from rfc_analyzer.model import Stance, Submission
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, SUBMISSIONS

_SPACE = re.compile(r"\s+")
_BEFORE, _AFTER = 30, 90  # characters around a word that was sought, so that it is seen in a narrow column


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A submission, how many themes it raises, and the stance it takes on each proposition that it takes up.

    ``snippet`` is verbatim text around the first word that was sought, empty where none was or only a name holds it.
    """

    submission: Submission
    themes: int
    stances: tuple[tuple[str, Stance], ...]
    snippet: str = ""

    @property
    def respondent(self) -> str:
        """The organisation, else the person's name, else what stands for none."""
        return self.submission.organization or self.submission.respondent_name or "Anonymous"

    def count(self, stance: Stance) -> int:
        """On how many propositions it takes ``stance``."""
        return sum(taken is stance for _, taken in self.stances)


def register(analysis: Analysis, filters: Filters | None = None) -> list[RegisterRow]:
    """The submissions that meet ``filters``, in the order of the table."""
    filters = filters or Filters()
    s, p = SUBMISSIONS.c, POSITIONS.c
    table = analysis.submissions
    rows = SUBMISSIONS.rows_of(table[table[s.submission_id].isin(filters.apply(analysis))])
    themes = theme_holders(analysis).groupby(s.submission_id).size().to_dict()
    stances: defaultdict[str, list[tuple[str, Stance]]] = defaultdict(list)
    taken = analysis.positions
    for submission_id, proposition_id, stance in zip(
        taken[p.submission_id], taken[p.proposition_id], taken[p.stance], strict=True
    ):
        stances[submission_id].append((proposition_id, Stance(stance)))
    snippets = _snippets(analysis, filters.text, {row.submission_id for row in rows})
    return [
        RegisterRow(
            row,
            int(themes.get(row.submission_id, 0)),
            tuple(stances[row.submission_id]),
            snippets.get(row.submission_id, ""),
        )
        for row in rows
    ]


def _snippets(analysis: Analysis, wanted: str, kept: set[str]) -> dict[str, str]:
    texts = texts_holding(analysis, wanted) if wanted.strip() else {}
    spans = {i: span for i, text in texts.items() if i in kept and (span := first_span(wanted, text))}
    return {i: _around(texts[i], *span) for i, span in spans.items()}


def _around(text: str, start: int, end: int) -> str:
    """Verbatim words around a span, none cut in two unless it is very long."""
    first, last = max(start - _BEFORE, 0), min(end + _AFTER, len(text))
    if first:
        space = _SPACE.search(text, first, start)
        first = space.end() if space else first
    if last < len(text):
        last = max((m.start() for m in _SPACE.finditer(text, end, last)), default=last)
    before, after = "… " if first else "", " …" if last < len(text) else ""
    return f"{before}{text[first:last]}{after}"
