"""What the screens share: the open analysis, the filters and the unit. The address bar holds all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards.address import KEYS, Address, to_address
from dashboards.library import Entry
from rfc_analyzer.comparison import Filters, Unit
from rfc_analyzer.errors import RfcAnalyzerError
from rfc_analyzer.store import MANIFEST, Analysis, load
from rfc_analyzer.tables import REVIEWS

_SCREENS = Path(__file__).parent / "screens"
_VIEW, _WRITTEN, _INCOMING, _PAGE = "_view", "_written", "_incoming", "_page"
_REMEMBERED = 50


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
        return (version_of(self.entry), self.filters, self.unit)

    def address(self, **changes: Any) -> Address:
        """The address of this view with other filters: ``view.address(respondent_types=(t,))``."""
        return to_address(self.entry.key, self.unit, replace(self.filters, **changes))


def open_page(stem: str, address: Address) -> None:
    """Go to a page with these filters: ``open_page("submissions", view.address(stances=(Stance.OPPOSE,)))``."""
    st.session_state[_INCOMING] = address
    st.switch_page(_SCREENS / f"{stem}.py", query_params=address)


@st.cache_resource(max_entries=4, show_spinner=False)
def _load(folder: str, version: str) -> Analysis:
    return load(Path(folder))


def version_of(entry: Entry) -> str:
    """Changes with every run and every correction of the analysis."""
    reviews = REVIEWS.path(entry.folder)
    corrected_ns = reviews.stat().st_mtime_ns if reviews.exists() else 0
    return f"{entry.folder}@{entry.created_at}+{corrected_ns}"


def open_analysis(entry: Entry) -> Analysis:
    """The analysis, loaded once for all sessions until it is run again or corrected.

    Raises :class:`RfcAnalyzerError`.
    """
    changed_ns = (entry.folder / MANIFEST).stat().st_mtime_ns
    return _load(str(entry.folder), f"{version_of(entry)}+{changed_ns}")


def try_open(entry: Entry) -> Analysis | None:
    """The analysis, or None after saying on the screen why it can't be opened."""
    try:
        return open_analysis(entry)
    except (RfcAnalyzerError, OSError) as error:
        st.error("This analysis can't be opened.")
        st.text(str(error))
        return None


def set_view(view: View | None) -> None:
    """Called by the router only, before a screen runs."""
    st.session_state[_VIEW] = view


def current_view() -> View:
    """The view that the router set. Screens that need one are only listed where there is one."""
    view = st.session_state.get(_VIEW)
    if view is None:
        st.info("No docket is open. Start one on the Start page, or open the sample.")
        st.stop()
    assert isinstance(view, View)
    return view


def asked_address(page: str) -> Address | None:
    """The filters that a link, a typed address or the browser's back button asks for; None where nothing new is asked.

    A change of page empties the address bar, and a fast click sends an address that this session has already
    replaced: neither is a wish.
    """
    moved = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page
    if _INCOMING in st.session_state:
        return dict(st.session_state.pop(_INCOMING))
    there = _there()
    written: list[Address] = st.session_state.get(_WRITTEN, [])
    if not written:
        return there
    if not there or there == written[-1]:
        return None
    return there if moved or _went_back() or there not in written else None


def last_address() -> Address:
    """What the address bar of this session last held; empty at first."""
    written: list[Address] = st.session_state.get(_WRITTEN, [])
    return written[-1] if written else {}


def write_address(address: Address) -> None:
    """Put the view into the address bar, in one step of the browser's history; what else stands there stays."""
    if _there() != address:
        others = {key: st.query_params.get_all(key) for key in st.query_params if key not in KEYS}
        st.query_params.from_dict({**address, **others})
    written: list[Address] = st.session_state.get(_WRITTEN, [])
    if not written or written[-1] != address:
        st.session_state[_WRITTEN] = [*written[-_REMEMBERED:], address]


def _there() -> Address:
    return {key: st.query_params.get_all(key) for key in KEYS if key in st.query_params}


def _went_back() -> bool:
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    return bool(context and getattr(context, "is_history_navigation", False))
