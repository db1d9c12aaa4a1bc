"""Which submissions raise a theme or answer a question. A copy of a form letter holds what the letter holds."""

from __future__ import annotations

import pandas as pd

from rfc_analyzer.model import CampaignRole
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGNS, PASSAGES, SUBMISSIONS, THEMES

_P = PASSAGES.c
_COPIES = tuple(role.value for role in (CampaignRole.EXACT, CampaignRole.NEAR, CampaignRole.CONTAINS))


def theme_holders(analysis: Analysis) -> pd.DataFrame:
    """Each pair (submission_id, theme_id) once; who raises a theme raises the one above it."""
    passages = analysis.passages
    spoken = passages.loc[passages[_P.counted] & passages[_P.theme_id].notna(), [_P.submission_id, _P.theme_id]]
    held = _with_copies(analysis, spoken.drop_duplicates())
    above = analysis.themes.set_index(THEMES.c.theme_id)[THEMES.c.parent_id].dropna()
    raised = held.assign(**{_P.theme_id: held[_P.theme_id].map(above)}).dropna()
    return pd.concat([held, raised]).drop_duplicates(ignore_index=True)


def question_holders(analysis: Analysis) -> pd.DataFrame:
    """Each pair (submission_id, question_id) once; the column is named as in the questions table."""
    from rfc_analyzer.tables import QUESTIONS

    passages = analysis.passages
    spoken = passages.loc[passages[_P.counted], [_P.submission_id, _P.question_ids]]
    answered = spoken.explode(_P.question_ids).dropna().drop_duplicates()
    named = answered.rename(columns={_P.question_ids: QUESTIONS.c.question_id})
    return _with_copies(analysis, named).drop_duplicates(ignore_index=True)


def _with_copies(analysis: Analysis, held: pd.DataFrame) -> pd.DataFrame:
    """``held`` and the same again for each copy of a letter that holds it: copies' own words are not counted twice."""
    submissions, campaigns = analysis.submissions, analysis.campaigns
    s = SUBMISSIONS.c
    copies = submissions.loc[submissions[s.campaign_role].isin(_COPIES), [s.submission_id, s.campaign_id]]
    template = campaigns.set_index(CAMPAIGNS.c.campaign_id)[CAMPAIGNS.c.template_submission_id]
    of = copies.assign(template=copies[s.campaign_id].map(template)).drop(columns=s.campaign_id)
    inherited = of.merge(held.rename(columns={s.submission_id: "template"}), on="template").drop(columns="template")
    return pd.concat([held, inherited], ignore_index=True)
