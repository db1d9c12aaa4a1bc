"""Which submissions raise a theme or answer a question. A copy of a form letter holds what the letter holds."""

from __future__ import annotations

import pandas as pd

from rfc_analyzer.model import CampaignRole
from rfc_analyzer.querying import light, some_columns
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGNS, PASSAGES, QUESTIONS, SUBMISSIONS, THEMES

_P = PASSAGES.c
NOT_ASKED = "not_asked"
"""Stands in for a question's id where respondents write of what the notice does not ask."""
_MOSTLY = 0.5
_COPIES = tuple(role.value for role in (CampaignRole.EXACT, CampaignRole.NEAR, CampaignRole.CONTAINS))


def theme_holders(analysis: Analysis) -> pd.DataFrame:
    """Each pair (submission_id, theme_id) once; who raises a theme raises the one above it."""
    return analysis.once("theme holders", lambda: _theme_holders(analysis))


def question_holders(analysis: Analysis) -> pd.DataFrame:
    """Each pair (submission_id, question_id) once, named as in the questions table.

    Who answers a sub-question answers the question above it.
    """
    return analysis.once("question holders", lambda: _question_holders(analysis))


def unasked_holders(analysis: Analysis) -> pd.DataFrame:
    """Each submission most of whose arguments fit no question of the notice, with :data:`NOT_ASKED` as its question.

    A passage that fits none says little: most who answer questions write one. Empty where the analysis knows no
    questions.
    """
    return analysis.once("unasked holders", lambda: _unasked_holders(analysis))


def answers_nothing(passages: pd.DataFrame) -> pd.Series[bool]:
    """Which of the passages fit no question of the notice."""
    return passages[_P.question_ids].str.len() == 0


def counted_passages(analysis: Analysis) -> pd.DataFrame:
    """The passages that are the respondents' own arguments, without their texts; shared: copy to change it."""

    def counted() -> pd.DataFrame:
        passages = light(analysis, PASSAGES)
        return passages[passages[_P.counted]]

    return analysis.once("counted passages", counted)


def _theme_holders(analysis: Analysis) -> pd.DataFrame:
    passages = some_columns(analysis, PASSAGES, (_P.submission_id, _P.theme_id, _P.counted))
    about = passages[_P.counted] & passages[_P.theme_id].notna()
    spoken = passages.loc[about, [_P.submission_id, _P.theme_id]]
    held = _with_copies(analysis, spoken.drop_duplicates())
    above = analysis.themes.set_index(THEMES.c.theme_id)[THEMES.c.parent_id].dropna()
    raised = held.assign(**{_P.theme_id: held[_P.theme_id].map(above)}).dropna()
    return pd.concat([held, raised]).drop_duplicates(ignore_index=True)


def _question_holders(analysis: Analysis) -> pd.DataFrame:
    passages = some_columns(analysis, PASSAGES, (_P.submission_id, _P.question_ids, _P.counted))
    spoken = passages.loc[passages[_P.counted], [_P.submission_id, _P.question_ids]]
    answered = spoken.explode(_P.question_ids).dropna().drop_duplicates()
    q = QUESTIONS.c
    held = answered.rename(columns={_P.question_ids: q.question_id})
    above = analysis.questions.set_index(q.question_id)[q.parent_id].dropna()
    levels = [held]
    while len(held):
        held = held.assign(**{q.question_id: held[q.question_id].map(above)}).dropna().drop_duplicates()
        levels.append(held)
    return _with_copies(analysis, pd.concat(levels)).drop_duplicates(ignore_index=True)


def with_those_below(analysis: Analysis, question_id: str) -> frozenset[str]:
    """The question and its sub-questions, at whatever depth."""
    found: set[str] = set()
    level = {question_id}
    while level:
        found |= level
        level = {q.question_id for q in analysis.rows(QUESTIONS) if q.parent_id in level} - found
    return frozenset(found)


def _unasked_holders(analysis: Analysis) -> pd.DataFrame:
    passages = some_columns(analysis, PASSAGES, (_P.submission_id, _P.question_ids, _P.counted))
    known = not analysis.questions.empty
    spoken = passages[passages[_P.counted] & known]
    share = answers_nothing(spoken).groupby(spoken[_P.submission_id]).mean()
    mostly = share.index[share > _MOSTLY]
    held = pd.DataFrame({_P.submission_id: mostly, QUESTIONS.c.question_id: NOT_ASKED})
    return _with_copies(analysis, held).drop_duplicates(ignore_index=True)


def _with_copies(analysis: Analysis, held: pd.DataFrame) -> pd.DataFrame:
    """``held`` and the same again for each copy of a letter that holds it: copies' own words are not counted twice."""
    submissions, campaigns = analysis.submissions, analysis.campaigns
    s = SUBMISSIONS.c
    copies = submissions.loc[submissions[s.campaign_role].isin(_COPIES), [s.submission_id, s.campaign_id]]
    template = campaigns.set_index(CAMPAIGNS.c.campaign_id)[CAMPAIGNS.c.template_submission_id]
    of = copies.assign(template=copies[s.campaign_id].map(template)).drop(columns=s.campaign_id)
    inherited = of.merge(held.rename(columns={s.submission_id: "template"}), on="template").drop(columns="template")
    return pd.concat([held, inherited], ignore_index=True)
