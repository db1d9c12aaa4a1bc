"""Respondents: who answered, of which type, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import figures, records
from dashboards.charts import Bar, bars
from dashboards.correcting import choose_to_correct, correctors, show_corrections
from dashboards.drawing import drawing
from dashboards.escaping import as_label, one_line
from dashboards.labels import TYPES, UNITS, count_of
from dashboards.numbers import interval_in_words, share_percent
from dashboards.picturing import show_chart
from dashboards.placing import SUBMISSION
from dashboards.state import View, current_view, open_page
from dashboards.tabling import download, show_table
from rfc_analyzer.comparison import Share
from rfc_analyzer.comparison.register import RegisterRow

_OFTEN_EMPTY = ("Person", "Type on the form", "Corrected by")
_LIST, _NAME = "respondents-list", "respondents-name"


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Respondents", anchor=False)
    st.caption(
        f"Who answered, in {view.unit.label}. Types are read from what each submission tells: its form, letterhead, "
        "signature, and what it says of itself. The signs are named; where they are weak, look for yourself."
    )
    with st.container(border=True):
        _show_types(view)
    with st.container(border=True):
        _show_register(view)
    with st.container(border=True):
        show_corrections(view, [row.submission for row in records.register(view)])


def _show_types(view: View) -> None:
    st.header("By type", anchor=False)
    rows = figures.respondents(view)
    drawn = [Bar(r.respondent_type, (TYPES[r.respondent_type],), r.share.n, _beside(r.share)) for r in rows]
    said = "Bars by respondent type. " + "; ".join(f"{b.lines[0]}: {b.said}" for b in drawn)
    show_chart(view, "respondent-types", drawing(bars, drawn, UNITS[view.unit]), title="Respondents by type", alt=said)
    table = [
        {
            "Respondent type": TYPES[r.respondent_type],
            UNITS[view.unit]: r.share.n,
            "Of": r.share.of,
            "Share": share_percent(r.share),
            "95% interval": "–" if r.share.hidden else interval_in_words(r.share.interval()),
        }
        for r in rows
    ]
    show_table(view, table, "respondent-types")


def _beside(share: Share) -> str:
    return f"{share.n:,}" if share.hidden else f"{share.n:,} ({share_percent(share)})"


def _show_register(view: View) -> None:
    st.header("The register", anchor=False)
    rows = records.register(view)
    name = st.text_input("Name or reason contains", key=_NAME, placeholder="university").strip().casefold()
    kept = sorted(
        (r for r in rows if name in f"{r.respondent}\n{_person(r)}\n{r.submission.respondent_type_reason}".casefold()),
        key=lambda r: (r.submission.respondent_type_score, r.submission.submission_id),
    )
    if not kept:
        st.info("No name or reason holds these letters. Try fewer.", icon=":material/search_off:")
        return
    st.caption(
        f"{count_of(len(kept), 'submission')}{f' of {len(rows):,}' if len(kept) < len(rows) else ''}, "
        "the least sure types first. Mark one to read it, or several to correct them together."
    )
    # marks are of places in the table: another order or other rows are another table
    key = f"{_LIST}-{hash((view.key, name))}"
    corrected_by = correctors(view)
    lines = pd.DataFrame([_line(row, corrected_by) for row in kept])
    frame = lines.drop(columns=[name for name in _OFTEN_EMPTY if not lines[name].any()])
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height=560,
        key=key,
        on_select=lambda: choose_to_correct(_marked(key, kept)),
        selection_mode="multi-row",
        column_config={
            "Respondent": st.column_config.TextColumn(width=230),
            "Person": st.column_config.TextColumn(width=120),
            "Type": st.column_config.TextColumn(width=105),
            "How sure": st.column_config.ProgressColumn(
                format="%d%%", min_value=0, max_value=100, width=110,
                help="How clear the signs are; weak ones deserve a look first",
            ),
            "Why this type": st.column_config.TextColumn(width=380),
            "Signatories": st.column_config.NumberColumn(format="localized", width=85),
        },
        alt="Respondents with their type, how sure it is, and why; the least sure first",
    )  # fmt: skip
    with st.container(horizontal=True):
        _show_reading(view, _marked(key, kept))
        download(view, frame, "respondents")


def _marked(key: str, kept: Sequence[RegisterRow]) -> list[str]:
    """Ids of the submissions that are marked in the register."""
    state = st.session_state.get(key)
    rows = state["selection"]["rows"] if state else []
    return [kept[i].submission.submission_id for i in rows if i < len(kept)]


def _show_reading(view: View, marked: Sequence[str]) -> None:
    if len(marked) > 1:
        st.caption(f"{count_of(len(marked), 'submission')} marked: they are in the form below.")
        return
    said = f"Read {as_label(marked[0])}" if marked else "Read it"
    if st.button(said, disabled=not marked, icon=":material/arrow_forward:", key="respondents-read"):
        open_page("submissions", {**view.address(), SUBMISSION: [marked[0]]})


def _line(row: RegisterRow, corrected_by: Mapping[str, str]) -> dict[str, Any]:
    who = row.submission
    return {
        "Respondent": one_line(row.respondent),
        "Type": TYPES[who.respondent_type],
        "How sure": round(who.respondent_type_score * 100),
        "Why this type": one_line(who.respondent_type_reason),
        "Person": _person(row),
        "Type on the form": one_line(who.declared_type),
        "Signatories": who.signatories,
        "Corrected by": one_line(corrected_by.get(who.submission_id, "")),
        "Submission": who.submission_id,
    }


def _person(row: RegisterRow) -> str:
    return one_line(row.submission.respondent_name) if row.submission.organization else ""


main()
