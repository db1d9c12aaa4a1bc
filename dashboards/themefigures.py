"""What is known of themes beside their counts, remembered until the analysis or the filters change."""

from __future__ import annotations

import streamlit as st

from dashboards.state import View
from rfc_analyzer import comparison
from rfc_analyzer.comparison import ThemeMark, Unthemed
from rfc_analyzer.comparison.themeplaces import PlaceRow, theme_map

_remember = st.cache_data(max_entries=32, show_spinner=False, hash_funcs={View: lambda view: view.key})


@_remember
def marks(view: View) -> dict[str, ThemeMark]:
    """What to bear in mind of each theme."""
    return comparison.theme_marks(view.analysis)


@_remember
def without_theme(view: View) -> list[Unthemed]:
    """Passages without a theme, by the reason."""
    return comparison.unthemed(view.analysis)


@_remember
def places(view: View) -> tuple[list[PlaceRow], int]:
    """Passages on the map, and how many there are."""
    return theme_map(view.analysis, view.filters)
