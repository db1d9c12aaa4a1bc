"""The entry of every screen: which docket is open, the filters, and the pages at the top."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards.filterbar import ask_filters, ask_unit
from dashboards.state import View, choose_analysis, set_view, try_open
from rfc_analyzer.comparison import denominators

_PAGES = Path(__file__).parent / "pages"


def _page(stem: str, title: str, default: bool = False) -> st.Page:
    return st.Page(_PAGES / f"{stem}.py", title=title, url_path=None if default else stem, default=default)


def _ask_view() -> View | None:
    with st.sidebar:
        entry = choose_analysis()
        analysis = try_open(entry) if entry else None
        if entry is None or analysis is None:
            return None
        unit = ask_unit()
        st.subheader("Filters")
        filters = ask_filters(analysis)
        left = denominators(analysis, filters)
        st.caption(
            f"{left.submissions:,} submissions · {left.signatories:,} signatories · "
            f"{left.distinct_texts:,} distinct texts"
        )
    return View(entry, analysis, filters, unit)


def main() -> None:
    """Run the chosen page."""
    st.set_page_config(page_title="rfc_analyzer", layout="wide")
    view = _ask_view()
    set_view(view)
    start = _page("start", "Start", default=view is None)
    reading = [
        _page("overview", "Overview", default=True),
        _page("positions", "Positions"),
        _page("themes", "Themes"),
        _page("questions", "Questions"),
        _page("compare", "Compare"),
        _page("campaigns", "Campaigns"),
        _page("respondents", "Respondents"),
        _page("submissions", "Submissions"),
        _page("export", "Export"),
    ]
    st.navigation([*(reading if view else ()), start], position="top").run()


main()
