"""One bar of filters for all screens, beside them; the most used first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboards.address import ANALYSIS, DOCKET_KEYS, Address, Known, to_filters, to_unit
from dashboards.labels import CAMPAIGN_FILTERS, STANCES, TYPES, UNITS, count_of
from dashboards.library import Entry
from dashboards.preferences import preferences
from rfc_analyzer.comparison import CampaignFilter, Denominators, Filters, Unit, types_present
from rfc_analyzer.model import Stance
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PROPOSITIONS, QUESTIONS, SUBMISSIONS, THEMES

# the widgets' keys; the address bar has names of its own
_DOCKET, _UNIT = "filter-docket", "filter-unit"
_TYPE, _THEME, _QUESTION, _PROPOSITION = "filter-type", "filter-theme", "filter-question", "filter-proposition"
_STANCE, _CAMPAIGN, _TEXT, _FROM, _TO = "filter-stance", "filter-campaign", "filter-text", "filter-from", "filter-to"

_UNIT_HELP = (
    "Distinct texts: a campaign of form letters counts once. Submissions: each copy counts. "
    "Signatories: each person who signed counts."
)
_TEXT_HELP = (
    "Words that must all occur in a submission, its name or its organization; the page Submissions also finds "
    "passages that mean something alike. "
    'Use "quotation marks" for a phrase, and a star for beginnings: regulat*'
)


def choose_docket(there: Sequence[Entry], asked: Address | None, last: Address) -> Entry:
    """The docket of the address, or the one that is chosen here. ``there`` is not empty."""
    keys = [entry.key for entry in there]
    if asked is not None or st.session_state.get(_DOCKET) not in keys:
        wanted = (asked or last).get(ANALYSIS, last.get(ANALYSIS, keys[:1]))[0]
        st.session_state[_DOCKET] = wanted if wanted in keys else keys[0]
    by_key = {entry.key: entry for entry in there}
    chosen = st.selectbox("Docket", keys, format_func=lambda key: by_key[key].name, key=_DOCKET)
    return by_key[chosen]


@st.cache_data(max_entries=16, show_spinner=False)
def known_of(key: str, _analysis: Analysis) -> Known:
    """What the analysis has to filter by; ``key`` names the analysis and when it was made."""
    days = _analysis.submissions[SUBMISSIONS.c.submitted_at].dropna().dt.date
    return Known(
        types=tuple(types_present(_analysis)),
        themes={t.theme_id: t.label for t in _analysis.rows(THEMES)},
        questions={q.question_id: f"{q.number}. {q.text}" for q in _analysis.rows(QUESTIONS)},
        propositions={p.proposition_id: p.text for p in _analysis.rows(PROPOSITIONS)},
        first_day=min(days, default=None),
        last_day=max(days, default=None),
    )


def seed(asked: Address | None, last: Address, entry: Entry, known: Known) -> tuple[str, ...]:
    """Set the widgets to what the address asks, before they are drawn; returns what this docket doesn't have.

    A change of docket drops what has a meaning in the other one only.
    """
    changed = bool(last) and asked is None and last.get(ANALYSIS) != [entry.key]
    if asked is None and not changed and _TEXT in st.session_state:
        return ()
    wanted = asked if asked is not None else last
    if changed:
        wanted = {key: values for key, values in wanted.items() if key not in DOCKET_KEYS}
    filters, lost = to_filters(wanted, known)
    _set(filters)
    # an address that names a docket was written by somebody: what it leaves out is as always
    st.session_state[_UNIT] = to_unit(wanted) if wanted else preferences().unit
    return lost


def clear_filters() -> None:
    """Ask nothing; for a button's ``on_click``."""
    _set(Filters())


def ask_unit() -> Unit:
    """What figures count."""
    unit: Unit = st.selectbox("Count", list(UNITS), format_func=UNITS.__getitem__, key=_UNIT, help=_UNIT_HELP)
    return unit


def ask_filters(known: Known) -> Filters:
    """What the reader chose; empty where nothing is."""
    text = st.text_input("Words in the text", key=_TEXT, placeholder='small "open weights"', help=_TEXT_HELP)
    types = st.multiselect(
        "Respondent type", known.types, format_func=TYPES.__getitem__, key=_TYPE, placeholder="All types"
    )
    themes = _several("Theme", known.themes, _THEME, "All themes")
    proposition_id, stances = _ask_stance(known)
    rare = (_QUESTION, _CAMPAIGN, _FROM, _TO)
    with st.expander("More filters", expanded=any(_is_set(key) for key in rare)):
        questions = _several("Question of the notice", known.questions, _QUESTION, "All questions")
        campaign = st.selectbox(
            "Form letters", list(CAMPAIGN_FILTERS), format_func=CAMPAIGN_FILTERS.__getitem__, key=_CAMPAIGN
        )
        submitted_from, submitted_to = _ask_days(known)
    return Filters(
        respondent_types=tuple(types),
        theme_ids=tuple(themes),
        question_ids=tuple(questions),
        proposition_id=proposition_id,
        stances=stances,
        campaign=campaign,
        text=text,
        submitted_from=submitted_from,
        submitted_to=submitted_to,
    )


def show_left(left: Denominators, all_there: Denominators, filters: Filters, analysis: Analysis) -> None:
    """What the filters leave, in all three units, and what they ask. Labels are the comments' words: plain text."""
    nouns = (
        (left.submissions, all_there.submissions, "submission", ""),
        (left.signatories, all_there.signatories, "signatory", "signatories"),
        (left.distinct_texts, all_there.distinct_texts, "distinct text", ""),
    )
    if not filters.active:
        st.caption(" · ".join(count_of(of, *noun) for _, of, *noun in nouns))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="filter-left"):
        st.caption("Filtered: " + " · ".join(f"**{n:,}** of {count_of(of, *noun)}" for n, of, *noun in nouns))
        st.button("Clear filters", on_click=clear_filters, type="tertiary", icon=":material/filter_alt_off:")
    st.text(" · ".join(filters.in_words(analysis)))


def show_nothing_left() -> None:
    """Why the page is empty, and the way back."""
    st.info("No submission meets all of these filters. Take one away, or clear them all.", icon=":material/search_off:")


def _set(filters: Filters) -> None:
    """Widgets draw what stands here when they are drawn next."""
    asked: Mapping[str, Any] = {
        _TYPE: list(filters.respondent_types),
        _THEME: list(filters.theme_ids),
        _QUESTION: list(filters.question_ids),
        _PROPOSITION: filters.proposition_id,
        _STANCE: list(filters.stances),
        _CAMPAIGN: filters.campaign,
        _TEXT: filters.text,
        _FROM: filters.submitted_from,
        _TO: filters.submitted_to,
    }
    for key, value in asked.items():
        st.session_state[key] = value


def _is_set(key: str) -> bool:
    return st.session_state.get(key) not in (None, [], CampaignFilter.ALL)


def _several(title: str, choices: Mapping[str, str], key: str, nothing: str) -> list[str]:
    if not choices:
        return []
    return st.multiselect(title, list(choices), format_func=choices.__getitem__, key=key, placeholder=nothing)


def _ask_stance(known: Known) -> tuple[str | None, tuple[Stance, ...]]:
    if not known.propositions:
        return None, ()
    proposition_id = st.selectbox(
        "Takes up the proposition",
        list(known.propositions),
        index=None,
        format_func=known.propositions.__getitem__,
        key=_PROPOSITION,
        placeholder="Any or none",
    )
    stances = st.multiselect(
        "Stance", list(STANCES), format_func=STANCES.__getitem__, key=_STANCE, placeholder="All stances"
    )
    return proposition_id, tuple(stances)


def _ask_days(known: Known) -> tuple[date | None, date | None]:
    if not known.first_day or not known.last_day:
        return None, None
    first, last = st.columns(2)
    return _day(first, "From", _FROM, known), _day(last, "To", _TO, known)


def _day(place: DeltaGenerator, label: str, key: str, known: Known) -> date | None:
    chosen: date | None = place.date_input(
        label, value=None, min_value=known.first_day, max_value=known.last_day, key=key, format="YYYY-MM-DD"
    )
    return chosen
