"""One bar of filters for all screens; each is kept in the address bar, so that a view can be sent to a colleague."""

from __future__ import annotations

import streamlit as st

from rfc_analyzer.comparison import CampaignFilter, Filters, Unit, types_present
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PROPOSITIONS, QUESTIONS, THEMES

_UNIT_HELP = (
    "Distinct texts: a campaign of form letters counts once. Submissions: each copy counts. "
    "Signatories: each person who signed counts."
)


def ask_unit() -> Unit:
    """What figures count."""
    return st.selectbox(
        "Count", list(Unit), format_func=lambda u: u.label.capitalize(), key="unit", bind="query-params",
        help=_UNIT_HELP, index=list(Unit).index(Unit.DISTINCT_TEXTS),
    )  # fmt: skip


def ask_filters(analysis: Analysis) -> Filters:
    """What the reader chose; empty where nothing is."""
    themes = {t.theme_id: t.label for t in analysis.rows(THEMES)}
    questions = {q.question_id: f"{q.number}. {q.text}" for q in analysis.rows(QUESTIONS)}
    propositions = {p.proposition_id: p.text for p in analysis.rows(PROPOSITIONS)}
    types = st.multiselect(
        "Respondent type", types_present(analysis), format_func=_type_label, key="type", bind="query-params"
    )
    theme_ids = st.multiselect("Theme", list(themes), format_func=themes.__getitem__, key="theme", bind="query-params")
    question_ids = (
        st.multiselect(
            "Question", list(questions), format_func=questions.__getitem__, key="question", bind="query-params"
        )
        if questions
        else []
    )
    proposition_id, stances = _ask_stance(propositions) if propositions else (None, ())
    campaign = st.selectbox(
        "Form letters", list(CampaignFilter), format_func=_campaign_label, key="campaign", bind="query-params"
    )
    text = st.text_input("Words in the text", key="text", bind="query-params", placeholder='e.g. small "open weights"')
    return Filters(
        respondent_types=tuple(types),
        theme_ids=tuple(theme_ids),
        question_ids=tuple(question_ids),
        proposition_id=proposition_id,
        stances=stances,
        campaign=campaign,
        text=text,
    )


def _ask_stance(propositions: dict[str, str]) -> tuple[str | None, tuple[Stance, ...]]:
    proposition_id = st.selectbox(
        "Takes up the proposition", list(propositions), index=None, format_func=propositions.__getitem__,
        key="proposition", bind="query-params", placeholder="Any",
    )  # fmt: skip
    stances = st.multiselect(
        "Stance", list(Stance), format_func=lambda s: s.value.capitalize(), key="stance", bind="query-params"
    )
    return proposition_id, tuple(stances)


def _type_label(respondent_type: RespondentType) -> str:
    return respondent_type.value.replace("_", " ").capitalize()


def _campaign_label(campaign: CampaignFilter) -> str:
    return {
        CampaignFilter.ALL: "All letters",
        CampaignFilter.ONLY: "Form letters only",
        CampaignFilter.WITHOUT: "Without form letters",
    }[campaign]
