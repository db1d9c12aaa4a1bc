"""The table beside a chart, and the same as a CSV file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboards.state import View

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "|")


def show_table(
    view: View,
    rows: Sequence[Mapping[str, Any]],
    name: str,
    title: str = "The same figures as a table",
    expanded: bool = False,
    config: Mapping[str, Any] | None = None,
) -> None:
    """``rows`` as a table that opens under a chart, with a download; columns are named as people read them."""
    _show_when_open(view, rows, name, title, expanded, config or {})


# what is closed is neither made nor sent, and opening it draws it alone
@st.fragment
def _show_when_open(
    view: View,
    rows: Sequence[Mapping[str, Any]],
    name: str,
    title: str,
    expanded: bool,
    config: Mapping[str, Any],
) -> None:
    lid = st.expander(title, expanded=expanded, icon=":material/table:", key=opening_key(name), on_change="rerun")
    if not lid.open:
        return
    frame = pd.DataFrame(list(rows))
    # two tables of a page must not have the same name for those who hear it
    alt = f"{title}: {name.replace('-', ' ')}"
    with lid:
        st.dataframe(frame, hide_index=True, width="stretch", column_config=dict(config), alt=alt, key=f"table-{name}")
        download(view, frame, name)


def opening_key(name: str) -> str:
    """Where the session keeps whether the table is open."""
    return f"table-open-{name}"


def download(view: View, frame: pd.DataFrame, name: str) -> None:
    """A button that hands over ``frame`` as a CSV file, with what it counts and what it was filtered by."""
    st.download_button(
        "Download as CSV",
        data=csv_of(frame, notes_of(view)),
        file_name=f"{view.entry.docket_id or view.entry.key}-{name}.csv",
        mime="text/csv",
        key=f"download-{name}",
        icon=":material/download:",
        on_click="ignore",
    )


def notes_of(view: View) -> dict[str, str]:
    """What every row of a file must say to be read alone."""
    return {"Counted in": view.unit.label, "Filters": "; ".join(view.filters.in_words(view.analysis)) or "none"}


def csv_of(frame: pd.DataFrame, notes: Mapping[str, str]) -> bytes:
    """UTF-8 with a mark that spreadsheets know. Text that a spreadsheet would run as a formula stays text."""
    safe = frame.assign(**notes).map(lambda value: _text(value) if isinstance(value, str) else value)
    return safe.to_csv(index=False).encode("utf-8-sig")


def _text(value: str) -> str:
    return f"'{value}" if value.lstrip().startswith(_FORMULA) and not _is_number(value) else value


def _is_number(value: str) -> bool:
    return value.strip("+-−%").replace(".", "", 1).isdigit()
