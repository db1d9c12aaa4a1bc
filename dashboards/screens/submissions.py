"""Submissions: the list, and one of them to read."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboards import placing, records
from dashboards.escaping import one_line
from dashboards.labels import CAMPAIGN_ROLES, STANCES, TYPES, count_of
from dashboards.meaning import show_alike
from dashboards.placing import SUBMISSION
from dashboards.preferences import shown
from dashboards.reader import show_submission
from dashboards.state import View, current_view
from dashboards.tabling import download
from rfc_analyzer.comparison.register import RegisterRow
from rfc_analyzer.model import Stance

_LIST = "submissions-list"
_TALLEST, _ROW = 620, 35  # pixels of the list, and of a row in it


def main() -> None:
    """The page."""
    view = current_view()
    chosen = placing.asked(SUBMISSION)
    if chosen:
        show_submission(view, chosen)
        return
    st.title("Submissions", anchor=False)
    rows = records.register(view)
    st.caption(
        f"{count_of(len(rows), 'submission')}, copies of form letters included. Choose one to read it. "
        "The filters beside search the text; the magnifying glass of the table searches the list."
    )
    frame = pd.DataFrame([_line(view, row) for row in rows])
    state = st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height=min(_TALLEST, _ROW * (len(rows) + 1) + 3),
        key=_LIST,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Respondent": st.column_config.TextColumn(width=200),
            "Type": st.column_config.TextColumn(width=100),
            "Submitted": st.column_config.DateColumn(format="D MMM YYYY", width=95),
            "Words": st.column_config.NumberColumn(format="localized", width=65),
            "Own or form letter": st.column_config.TextColumn(width=150),
            "Themes": st.column_config.NumberColumn(width=65, help="Themes that its passages raise"),
            "Positions": st.column_config.TextColumn(width=160),
            "Where it stands": st.column_config.TextColumn(width="large"),
            "Submission": st.column_config.TextColumn(width=180),
        },
        alt="Submissions that meet the filters: respondent, type, date, length, form letter, themes and positions",
    )
    selected = state["selection"]["rows"]
    if selected and selected[0] < len(rows):
        placing.open_submission(rows[selected[0]].submission.submission_id)
        st.rerun()
    download(view, frame, "submissions")
    if view.filters.text.strip():
        show_alike(view)


def _line(view: View, row: RegisterRow) -> dict[str, Any]:
    who = row.submission
    line: dict[str, Any] = {"Respondent": one_line(row.respondent), "Type": TYPES[who.respondent_type]}
    if view.filters.text.strip():
        line["Where it stands"] = one_line(shown(row.snippet, who.respondent_type))
    if view.filters.proposition_id:
        taken = dict(row.stances).get(view.filters.proposition_id)
        line["On the proposition"] = STANCES[taken] if taken else ""
    return {
        **line,
        "Positions": _positions(row),
        "Themes": row.themes,
        "Words": who.words,
        "Submitted": who.submitted_at.date() if who.submitted_at else None,
        "Own or form letter": CAMPAIGN_ROLES[who.campaign_role],
        "Submission": who.submission_id,
    }


def _positions(row: RegisterRow) -> str:
    counted = ((row.count(s), verb) for s, verb in
               ((Stance.SUPPORT, "supports"), (Stance.OPPOSE, "opposes"), (Stance.MIXED, "mixed on")))  # fmt: skip
    return ", ".join(f"{verb} {n}" for n, verb in counted if n)


main()
