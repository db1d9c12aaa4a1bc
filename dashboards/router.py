"""The entry of every screen: which docket is open, the filters, and the pages at the top."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards import filterbar
from dashboards.access import entries, person, runs
from dashboards.address import ANALYSIS
from dashboards.library import Entry
from dashboards.meaning import show_alike
from dashboards.state import View, asked_address, last_address, set_view, try_open, version_of, write_address
from rfc_analyzer.comparison import Denominators, Filters, denominators
from rfc_analyzer.store import Analysis

# a folder named "pages" would make Streamlit serve its files alone, without this router
_SCREENS = Path(__file__).parent / "screens"
_START = "start"
_SIDEBAR_PIXELS = 280
# what the theme has no setting for: titles of runs and analyses are plain text, and stand out; what is chosen is
# told by its line or frame and its weight, for the accent is too dark to be read as small text on a dark ground; all
# pages stand in the bar at the top of a laptop; what was written elsewhere turns no words but its own
_STYLE = """<style>
[role="tab"][aria-selected="true"], button[data-variant][data-selected]:not([data-disabled]) {
  color: inherit; font-weight: 600;
}
[data-testid="stTopNavLink"] { padding-left: 0.3rem; padding-right: 0.3rem; font-size: 0.92rem; }
[data-testid="stTopNav"] { padding-left: 0.4rem; padding-right: 0.2rem; }
[data-testid="stText"], [data-testid="stText"] * { unicode-bidi: isolate; overflow-wrap: anywhere; }
[class*="st-key-title-"] [data-testid="stText"] { font-weight: 600; font-size: 1.05rem; }
</style>"""


def _page(stem: str, title: str, default: bool = False) -> st.Page:
    return st.Page(_SCREENS / f"{stem}.py", title=title, url_path=None if default else stem, default=default)


def _pages(any_docket: bool) -> list[st.Page]:
    start = _page(_START, "Start", default=not any_docket)
    settings = _page("settings", "Settings")
    if not any_docket:
        return [settings, start]
    return [
        _page("overview", "Overview", default=True),
        _page("positions", "Positions"),
        _page("themes", "Themes"),
        _page("questions", "Questions"),
        _page("compare", "Compare"),
        _page("campaigns", "Campaigns"),
        _page("respondents", "Respondents"),
        _page("submissions", "Submissions"),
        _page("review", "Review"),
        _page("export", "Export"),
        settings,
        start,
    ]


@st.cache_data(max_entries=256, show_spinner=False)
def _denominators(key: str, filters: Filters, _analysis: Analysis) -> Denominators:
    return denominators(_analysis, filters)


def _ask_view(there: list[Entry], page: str, start: st.Page) -> View | None:
    """The view that the address and the filter bar ask for; None where the analysis can't be opened."""
    last = last_address()
    asked = asked_address(page)
    with st.sidebar:
        entry = filterbar.choose_docket(there, asked, last)
        _show_way_to_start(start)
    analysis = try_open(entry)
    if analysis is None:
        write_address({ANALYSIS: [entry.key]})
        return None
    key = version_of(entry)
    known = filterbar.known_of(key, analysis)
    lost = filterbar.seed(asked, last, entry, known)
    with st.sidebar, st.container(gap="small"):
        unit = filterbar.ask_unit()
        filters = filterbar.ask_filters(known)
    view = View(entry, analysis, filters, unit)
    write_address(view.address())
    if lost:
        st.warning("The address asked for something that this docket doesn't have; it was left out.")
        st.text(", ".join(lost))
    left, all_there = _denominators(key, filters, analysis), _denominators(key, Filters(), analysis)
    filterbar.show_left(left, all_there, filters, analysis)
    if not left.submissions:
        filterbar.show_nothing_left()
        if filters.text.strip():
            show_alike(view)
        st.stop()
    return view


def main() -> None:
    """Run the chosen page."""
    st.set_page_config(page_title="rfc_analyzer", layout="wide", initial_sidebar_state=_SIDEBAR_PIXELS)
    st.html(_STYLE)
    who = person()
    there = entries()
    pages = _pages(bool(there))
    page = st.navigation(pages, position="top")
    # neither page is about a docket
    if page in pages[-2:]:
        set_view(None)
    else:
        set_view(_ask_view(there, page.url_path, pages[-1]))
    if who.email:
        # before the page, which may end early
        with st.sidebar:
            _show_who(who.email)
    page.run()


def _show_who(email: str) -> None:
    st.divider()
    st.text(f"Signed in as {email}")
    st.button("Sign out", icon=":material/logout:", on_click=st.logout, type="tertiary")


def _show_way_to_start(start: st.Page) -> None:
    if any(run.active for run in runs()):
        st.page_link(start, label="An analysis is running", icon=":material/hourglass_top:")
    st.page_link(start, label="Start your own analysis", icon=":material/add:")


main()
