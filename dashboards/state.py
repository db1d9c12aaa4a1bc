"""What the screens share: the open analysis, the filters and the unit. The address bar holds all of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboards.library import Entry, entries
from rfc_analyzer.comparison import Filters, Unit
from rfc_analyzer.errors import RfcAnalyzerError
from rfc_analyzer.store import MANIFEST, Analysis, load

ANALYSIS_KEY = "analysis"


@dataclass(frozen=True)
class View:
    """An open analysis as the filters leave it; figures are counted in ``unit``."""

    entry: Entry
    analysis: Analysis
    filters: Filters
    unit: Unit

    @property
    def key(self) -> tuple[str, Filters, Unit]:
        """What results about this view may be cached by."""
        return (f"{self.entry.folder}@{self.entry.created_at}", self.filters, self.unit)


@st.cache_resource(max_entries=4, show_spinner=False)
def _load(folder: str, changed_ns: int) -> Analysis:
    return load(Path(folder))


def open_analysis(entry: Entry) -> Analysis:
    """The analysis, loaded once for all sessions until its manifest changes. Raises :class:`RfcAnalyzerError`."""
    return _load(str(entry.folder), (entry.folder / MANIFEST).stat().st_mtime_ns)


def choose_analysis() -> Entry | None:
    """A chooser where there is more than one analysis; what is chosen stands in the address bar."""
    there = {entry.key: entry for entry in entries()}
    if not there:
        return None
    key = st.selectbox(
        "Docket",
        list(there),
        format_func=lambda k: f"{there[k].title or there[k].docket_id} ({there[k].submissions:,})",
        key=ANALYSIS_KEY,
        bind="query-params",
    )
    return there[key]


def set_view(view: View | None) -> None:
    """Called by the router only, before a screen runs."""
    st.session_state["_view"] = view


def current_view() -> View:
    """The view that the router set. Screens that need one are only listed where there is one."""
    view = st.session_state.get("_view")
    if view is None:
        st.info("No docket is open. Start one on the Start page, or open the sample.")
        st.stop()
    assert isinstance(view, View)
    return view


def try_open(entry: Entry) -> Analysis | None:
    """The analysis, or None after saying on the screen why it can't be opened."""
    try:
        return open_analysis(entry)
    except (RfcAnalyzerError, OSError) as error:
        st.error("This analysis can't be opened.")
        st.text(str(error))
        return None
