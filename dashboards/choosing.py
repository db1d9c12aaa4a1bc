"""What one page is about, kept in the address beside the filters: ``/positions?about=P2``."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

ABOUT = "about"


def choose(label: str, choices: Mapping[str, str], page: str, first: str | None = None) -> str:
    """The id that is chosen among ``choices`` (not empty): as the address asks, else ``first``, else the first."""
    key = _key(page)
    if st.session_state.get(key) not in choices:
        asked = st.query_params.get(ABOUT)
        wanted = asked if asked in choices else first
        st.session_state[key] = wanted if wanted in choices else next(iter(choices))
    chosen: str = st.selectbox(label, list(choices), format_func=choices.__getitem__, key=key)
    if st.query_params.get(ABOUT, next(iter(choices))) != chosen:
        st.query_params[ABOUT] = chosen
    return chosen


def pick(page: str, chosen: str) -> None:
    """Choose from elsewhere on the page, as by a click in a chart; for callbacks, which run before the page."""
    st.session_state[_key(page)] = chosen


def picked(chart: str, name: str, field: str) -> str | None:
    """What a click in the chart with the key ``chart`` picked, by the field of its selection."""
    state = st.session_state.get(chart)
    points = state["selection"].get(name) if state else None
    return str(points[0][field]) if points and field in points[0] else None


def _key(page: str) -> str:
    return f"about-{page}"
