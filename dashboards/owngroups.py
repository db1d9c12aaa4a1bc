"""Groups with filters of their own, each made in a column."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from dashboards.address import Known
from dashboards.escaping import one_line
from dashboards.figures import OwnGroups
from dashboards.filterbar import known_of
from dashboards.labels import CAMPAIGN_FILTERS, STANCES, TYPES
from dashboards.state import View, version_of
from rfc_analyzer.comparison import CampaignFilter, Filters

_COUNTS = (2, 3, 4)


def ask_own_groups(view: View) -> OwnGroups:
    """Name and filters of two to four groups; none where two of them ask nothing and would be the same.

    The filters beside the page apply to all of them.
    """
    known = known_of(version_of(view.entry), view.analysis)
    count = st.segmented_control("How many groups", _COUNTS, default=_COUNTS[0], required=True, key="own-groups-count")
    st.caption("Submissions that meet all that a group asks; what is left as it is asks nothing.")
    groups: dict[str, Filters] = {}
    for number, place in enumerate(st.columns(count)):
        with place.container(border=True):
            name, filters = _ask_one(known, number)
        # two groups of one name could not be told apart
        groups[name if name not in groups else f"{name} ({number + 1})"] = filters
    if sum(not filters.active for filters in groups.values()) > 1:
        st.info("Ask something of each group; one of them may be all submissions.", icon=":material/info:")
        return ()
    return tuple(groups.items())


def _ask_one(known: Known, number: int) -> tuple[str, Filters]:
    key, letter = f"own-groups-{number}", chr(ord("A") + number)
    name = st.text_input(f"Name of group {letter}", value=f"Group {letter}", key=f"{key}-name", max_chars=40)
    types = st.multiselect(
        "Respondent type", known.types, format_func=TYPES.__getitem__, key=f"{key}-types", placeholder="All types"
    )
    themes = _several("Raises the theme", known.themes, f"{key}-themes")
    questions = _several("Answers question", known.questions, f"{key}-questions")
    proposition_id = _one("Takes up the proposition", known.propositions, f"{key}-proposition")
    stances = st.multiselect(
        "Stance", list(STANCES), format_func=STANCES.__getitem__, key=f"{key}-stances", placeholder="All stances"
    ) if known.propositions else []  # fmt: skip
    campaign = st.selectbox(
        "Form letters", list(CampaignFilter), format_func=CAMPAIGN_FILTERS.__getitem__, key=f"{key}-campaign"
    )
    text = st.text_input("Words in the text", key=f"{key}-text")
    first, last = _days(known, key)
    filters = Filters(
        respondent_types=tuple(types),
        theme_ids=tuple(themes),
        question_ids=tuple(questions),
        proposition_id=proposition_id,
        stances=tuple(stances),
        campaign=campaign or CampaignFilter.ALL,
        text=text,
        submitted_from=first,
        submitted_to=last,
    )
    return one_line(name) or f"Group {letter}", filters


def _several(title: str, choices: Any, key: str) -> list[str]:
    if not choices:
        return []
    return st.multiselect(title, list(choices), format_func=choices.__getitem__, key=key, placeholder="Any or none")


def _one(title: str, choices: Any, key: str) -> str | None:
    if not choices:
        return None
    return st.selectbox(
        title, list(choices), index=None, format_func=choices.__getitem__, key=key, placeholder="Any or none"
    )


def _days(known: Known, key: str) -> tuple[date | None, date | None]:
    if not known.first_day or not known.last_day:
        return None, None
    chosen = [
        place.date_input(
            label, value=None, min_value=known.first_day, max_value=known.last_day, key=f"{key}-{label}",
            format="YYYY-MM-DD",
        )
        for place, label in zip(st.columns(2), ("From", "To"), strict=True)
    ]  # fmt: skip
    return chosen[0], chosen[1]
