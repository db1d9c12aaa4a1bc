"""Settings: what is counted at first, what is hidden, and how new analyses are run."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import streamlit as st

from dashboards.access import person
from dashboards.labels import UNITS, count_of
from dashboards.library import home
from dashboards.preferences import MOST_WORKERS, OCR_ENGINES, Preferences, preferences, save
from rfc_analyzer.cache import Kept, user_cache

_SAID = "_settings-said"
_RAPID, _SECOND_READER = "rapidocr", "pydantic_ai"
_MEGABYTE = 1024**2
_KINDS = {Kept.PARSING: "Files that were read", Kept.EMBEDDINGS: "Meanings of passages", Kept.POSITIONS: "Stances"}


def main() -> None:
    """The page."""
    st.title("Settings", anchor=False)
    st.caption("They hold for everyone who uses this dashboard, and stay when it is restarted.")
    if said := st.session_state.pop(_SAID, ""):
        st.success(said, icon=":material/check_circle:")
    may = person().admin
    if not may:
        st.info("Only administrators may change these.", icon=":material/lock:")
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True):
        _ask(preferences(), may)
    with right:
        with st.container(border=True):
            _show_cache(may)
        with st.container(border=True):
            _show_second_reader()
        with st.container(border=True):
            _show_appearance()
        with st.container(border=True):
            _show_places()


def _ask(now: Preferences, may: bool) -> None:
    with st.form("settings", border=False):
        st.header("Reading", anchor=False)
        unit = st.selectbox(
            "Count at first", list(UNITS), index=list(UNITS).index(now.unit), format_func=UNITS.__getitem__,
            help="What a page counts until somebody chooses otherwise; an address that was sent keeps its own.",
        )  # fmt: skip
        hide = st.toggle(
            "Hide contact details of private persons",
            value=now.hide_contacts,
            help="E-mail addresses, telephone numbers and street addresses in letters of private persons, on the "
            "screen. Files to take away always leave them out.",
        )
        st.header("New analyses", anchor=False)
        engines = [e for e in OCR_ENGINES if e != _RAPID or find_spec(_RAPID)]
        ocr = st.selectbox(
            "Scanned pages are read by", engines, index=engines.index(now.ocr) if now.ocr in engines else 0,
            format_func=OCR_ENGINES.__getitem__,
        )  # fmt: skip
        if _RAPID not in engines:
            st.caption("RapidOCR reads poor scans better: pip install 'rfc-analyzer[rapidocr]'")
        workers = st.number_input(
            "Processes that read files", 1, MOST_WORKERS, now.workers,
            help=f"More are faster, and each takes up to 2 GB of memory. This machine has {MOST_WORKERS} processors.",
        )  # fmt: skip
        if st.form_submit_button("Save", type="primary", disabled=not may) and may:
            save(Preferences(unit, hide, ocr, int(workers)))
            _say("Saved.")


def _show_cache(may: bool) -> None:
    st.header("Cache", anchor=False)
    st.caption("What need not be computed twice. Without it runs take longer and give the same.")
    kept = user_cache()
    usage = kept.usage()
    table = [{"What": _KINDS[u.kind], "Entries": u.entries, "MB": round(u.bytes / _MEGABYTE, 1)} for u in usage]
    counted = {"Entries": st.column_config.NumberColumn(format="localized")}
    st.dataframe(table, hide_index=True, width="stretch", column_config=counted, alt="What the cache holds")
    st.text(f"{_from_home(kept.folder)}, at most {kept.limit // _MEGABYTE:,} MB")
    if st.button(
        "Empty the cache", icon=":material/delete_sweep:", disabled=not may or not any(u.entries for u in usage)
    ):
        kept.clear()
        _say("The cache is empty.")


def _from_home(folder: Path) -> str:
    """How people write where a folder is."""
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)


def _show_second_reader() -> None:
    st.header("Second reader", anchor=False)
    st.caption(
        "A language model that reads where submissions stand once more; where it disagrees is shown for review. "
        "The text of the submissions leaves this machine, so it is started by hand only."
    )
    if find_spec(_SECOND_READER):
        st.write("It is installed. See what it would cost, and then add --send:")
    else:
        st.write("It is not installed; it needs pip install 'rfc-analyzer[secondreader]', and then:")
    st.code("rfc-analyzer second-read ANALYSIS --endpoint URL --model NAME", language=None, wrap_lines=True)


def _show_appearance() -> None:
    st.header("Light and dark", anchor=False)
    now = "dark" if st.context.theme.type == "dark" else "light"
    st.write(f"The page is {now} now. It follows your system; the menu ⋮ at the top right, Settings, changes it.")


def _show_places() -> None:
    st.header("Where things are", anchor=False)
    number = len(list(home().glob("*/manifest.json")))
    st.write(f"{count_of(number, 'analysis', 'analyses')} in this folder of the machine on which the dashboard runs:")
    st.text(str(home()))


def _say(sentence: str) -> None:
    st.session_state[_SAID] = sentence
    st.rerun()


main()
