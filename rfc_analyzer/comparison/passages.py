"""The passages behind themes and questions: whose words, from which file and page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.holding import NOT_ASKED, answers_nothing, counted_passages, with_those_below
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.model import RECOGNISED, Passage, RespondentType, Submission, Theme
from rfc_analyzer.querying import in_batches, light, rows_where
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import FILES, PASSAGES, SUBMISSIONS, THEMES

_P, _S = PASSAGES.c, SUBMISSIONS.c
_TELLING_LENGTH = 350  # characters: enough to carry an argument, short enough to be read in a list


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A respondent's passage and where it stands: ``text == file.text[start:end]``.

    ``by_ocr`` is true where the text was recognised from a picture, so that letters may be wrong. How sure its question
    is, and why, ``question_score`` and ``question_reason`` say as the passage does.
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
    question_score: float | None = None
    question_reason: str = ""

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
    """Passages that answer a question or one below it, one a submission.

    Those that name it come first, then those that name one below it, then the likeliest, to a tenth; among equals those
    of telling length. For :data:`NOT_ASKED` those that answer none, the unlikeliest first.
    """
    found = _answering(analysis, question_id, filters)
    below = with_those_below(analysis, question_id)
    named = [int(question_id in names) + bool(below.intersection(names)) for names in found[_P.questions_named]]
    apart = (found[_P.end] - found[_P.start] - _TELLING_LENGTH).abs()
    ranked = found.assign(named=named, apart=apart, likely=_likely(found))
    ranked = ranked.sort_values(
        ["named", "likely", "apart", _P.passage_id], ascending=[False, question_id == NOT_ASKED, True, True]
    )
    return _rows(analysis, ranked, limit)


def _likely(found: pd.DataFrame) -> pd.Series[float] | float:
    """How likely each passage answers the question nearest to it, to a tenth; an older analysis does not know it."""
    if _P.question_score not in found:
        return 0.0
    return found[_P.question_score].astype(float).fillna(0.0).round(1)


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


def unplaced_passages(analysis: Analysis, filters: Filters | None = None) -> tuple[int, int]:
    """How many of the passages that argue fit no question of the notice, and of how many."""
    found = _counted(analysis, filters)
    return int(answers_nothing(found).sum()), len(found)


def _with_those_under(theme_id: str, themes: Collection[Theme]) -> list[str]:
    return [theme_id, *(t.theme_id for t in themes if t.parent_id == theme_id)]


def _counted(analysis: Analysis, filters: Filters | None) -> pd.DataFrame:
    table = counted_passages(analysis)
    if not filters or not filters.active:
        return table
    return table[table[_P.submission_id].isin(set(filters.apply(analysis)))]


def _answering(analysis: Analysis, question_id: str, filters: Filters | None) -> pd.DataFrame:
    found = _counted(analysis, filters)
    if question_id == NOT_ASKED:
        return found[answers_nothing(found)]
    below = with_those_below(analysis, question_id)
    return found[[not below.isdisjoint(answered) for answered in found[_P.question_ids]]]


def _rows(analysis: Analysis, ranked: pd.DataFrame, limit: int | None) -> list[PassageRow]:
    chosen = ranked.drop_duplicates(_P.submission_id)
    chosen = chosen if limit is None else chosen.head(limit)
    return passage_rows(analysis, chosen[_P.passage_id].tolist())


def argued(analysis: Analysis, submission_ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """What the submissions argue: each of their counted passages, with the id of its submission."""
    asked = pa.array(list(submission_ids), pa.string())
    for batch in in_batches(analysis, PASSAGES, (_P.submission_id, _P.text, _P.counted)):
        mine = pc.and_(batch[_P.counted], pc.is_in(batch[_P.submission_id], value_set=asked))
        found = batch.filter(mine)
        yield from zip(found[_P.submission_id].to_pylist(), found[_P.text].to_pylist(), strict=True)


def passage_rows(analysis: Analysis, passage_ids: Sequence[str]) -> list[PassageRow]:
    """The passages with these ids, in the order of the ids."""
    passages = {p.passage_id: p for p in rows_where(analysis, PASSAGES, _P.passage_id, passage_ids)}
    wanted = {p.submission_id for p in passages.values()}
    table, files = analysis.submissions, light(analysis, FILES)
    who = {s.submission_id: s for s in SUBMISSIONS.rows_of(table[table[_S.submission_id].isin(wanted)])}
    files = files[files[FILES.c.file_id].isin({p.file_id for p in passages.values()})]
    named = zip(files[FILES.c.name], files[FILES.c.text_source].isin(RECOGNISED), strict=True)
    file_of = dict(zip(files[FILES.c.file_id], named, strict=True))
    return [_row(passages[i], who[passages[i].submission_id], *file_of[passages[i].file_id]) for i in passage_ids]


def _row(passage: Passage, respondent: Submission, file_name: str, by_ocr: bool) -> PassageRow:
    return PassageRow(
        passage_id=passage.passage_id,
        text=passage.text,
        submission_id=passage.submission_id,
        respondent_name=respondent.respondent_name,
        organization=respondent.organization,
        respondent_type=respondent.respondent_type,
        file_id=passage.file_id,
        file_name=file_name,
        page=passage.page,
        start=passage.start,
        end=passage.end,
        by_ocr=bool(by_ocr),
        question_score=passage.question_score,
        question_reason=passage.question_reason,
    )
