"""The passages behind themes and questions: whose words, from which file and page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.model import RECOGNISED, RespondentType, Theme
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import FILES, PASSAGES, SUBMISSIONS, THEMES

_P, _S = PASSAGES.c, SUBMISSIONS.c
_TELLING_LENGTH = 350  # characters: enough to carry an argument, short enough to be read in a list


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A respondent's passage and where it stands: ``text == file.text[start:end]``.

    ``by_ocr`` is true where the text was recognised from a picture, so that letters may be wrong.
    """

    passage_id: str
    text: str
    submission_id: str
    respondent_name: str
    organization: str
    respondent_type: RespondentType
    file_id: str
    file_name: str
    page: int | None
    start: int
    end: int
    by_ocr: bool = False

    @property
    def respondent(self) -> str:
        """The organisation, else the person's name, else what stands for none."""
        return self.organization or self.respondent_name or "Anonymous"


@dataclass(frozen=True, slots=True)
class AnsweringTheme:
    """A theme of the answers to one question; ``share`` is of all who answer the question."""

    theme_id: str
    label: str
    share: Share


def theme_passages(
    analysis: Analysis, theme_id: str, filters: Filters | None = None, limit: int | None = None
) -> list[PassageRow]:
    """Passages of a theme or of those under it: representative ones first, then the nearest; one a submission."""
    themes = {t.theme_id: t for t in analysis.rows(THEMES)}
    if theme_id not in themes:
        return []
    found = _counted(analysis, filters)
    found = found[found[_P.theme_id].isin(_with_those_under(theme_id, themes.values()))]
    place = {p: n for n, p in enumerate(themes[theme_id].representative_passage_ids)}
    ranked = found.assign(place=found[_P.passage_id].map(place).fillna(len(place)))
    ranked = ranked.sort_values(["place", _P.theme_score, _P.passage_id], ascending=[True, False, True])
    return _rows(analysis, ranked, limit)


def question_passages(
    analysis: Analysis, question_id: str, filters: Filters | None = None, limit: int | None = None
) -> list[PassageRow]:
    """Passages that answer a question, one a submission: those that name it first, then those of telling length."""
    found = _answering(analysis, question_id, filters)
    named = [question_id in names for names in found[_P.questions_named]]
    apart = (found[_P.text].str.len() - _TELLING_LENGTH).abs()
    ranked = found.assign(named=named, apart=apart)
    ranked = ranked.sort_values(["named", "apart", _P.passage_id], ascending=[False, True, True])
    return _rows(analysis, ranked, limit)


def question_themes(
    analysis: Analysis, question_id: str, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[AnsweringTheme]:
    """What the answers to a question are about, the most raised first; themes that no answer raises are left out.

    A form letter counts as far as its template answers.
    """
    found = _answering(analysis, question_id, filters)
    weight = weights(analysis, found[_P.submission_id].unique(), unit)
    themed = found.dropna(subset=[_P.theme_id]).drop_duplicates([_P.submission_id, _P.theme_id])
    n = themed[_P.submission_id].map(weight).groupby(themed[_P.theme_id]).sum()
    rows = [
        AnsweringTheme(t.theme_id, t.label, Share(int(n[t.theme_id]), int(weight.sum()), unit))
        for t in analysis.rows(THEMES)
        if n.get(t.theme_id, 0)
    ]
    return sorted(rows, key=lambda row: -row.share.n)


def _with_those_under(theme_id: str, themes: Collection[Theme]) -> list[str]:
    return [theme_id, *(t.theme_id for t in themes if t.parent_id == theme_id)]


def _counted(analysis: Analysis, filters: Filters | None) -> pd.DataFrame:
    kept = set((filters or Filters()).apply(analysis))
    table = analysis.passages
    return table[table[_P.counted] & table[_P.submission_id].isin(kept)]


def _answering(analysis: Analysis, question_id: str, filters: Filters | None) -> pd.DataFrame:
    found = _counted(analysis, filters)
    return found[[question_id in answered for answered in found[_P.question_ids]]]


def _rows(analysis: Analysis, ranked: pd.DataFrame, limit: int | None) -> list[PassageRow]:
    chosen = ranked.drop_duplicates(_P.submission_id)
    chosen = chosen if limit is None else chosen.head(limit)
    who = analysis.submissions.set_index(_S.submission_id)
    files = analysis.files.set_index(FILES.c.file_id)
    return [_row(values, who, files) for values in chosen[_COLUMNS].itertuples(index=False, name=None)]


_COLUMNS = [_P.passage_id, _P.text, _P.submission_id, _P.file_id, _P.page, _P.start, _P.end]


def _row(values: Sequence[Any], who: pd.DataFrame, files: pd.DataFrame) -> PassageRow:
    passage_id, text, submission_id, file_id, page, start, end = values
    respondent, file = who.loc[submission_id], files.loc[file_id]
    return PassageRow(
        passage_id=passage_id,
        text=text,
        submission_id=submission_id,
        respondent_name=respondent[_S.respondent_name],
        organization=respondent[_S.organization],
        respondent_type=RespondentType(respondent[_S.respondent_type]),
        file_id=file_id,
        file_name=file[FILES.c.name],
        page=None if pd.isna(page) else int(page),
        start=int(start),
        end=int(end),
        by_ocr=file[FILES.c.text_source] in RECOGNISED,
    )
