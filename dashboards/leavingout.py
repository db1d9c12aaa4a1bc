"""Whom a summary leaves out, before it is taken away."""

from __future__ import annotations

import streamlit as st

from dashboards import figures
from dashboards.escaping import one_line
from dashboards.labels import UNITS, count_of
from dashboards.numbers import share_percent
from dashboards.state import View
from dashboards.tabling import show_table
from rfc_analyzer.exports.leftout import KINDS, missing, name_of, stance_of


def show_left_out(view: View) -> None:
    """Types, themes and positions that the files' summaries and quotes leave out, with what is missing."""
    rows = figures.left_out(view)
    st.header("Whom the summaries leave out", anchor=False)
    if not rows:
        st.caption("Every respondent type, theme and position is named and quoted.")
        return
    st.caption(
        f"{count_of(len(rows), 'respondent type, theme or position is', 'respondent types, themes and positions are')} "
        "not named among the leading ones, not quoted, or not quoted from some types who hold it. "
        "Look at these before a summary goes out, so that a view that few hold is not lost."
    )
    stances = any(stance_of(row) for row in rows)
    lines = [
        {
            "What": KINDS[row.kind],
            "Which": one_line(name_of(row)),
            **({"Stance": stance_of(row)} if stances else {}),
            UNITS[view.unit]: row.share.n,
            "Share": share_percent(row.share),
            "Quoted": row.quoted,
            "What is missing": missing(row),
        }
        for row in rows
    ]
    widths = {
        "What": st.column_config.TextColumn(width=75),
        "Which": st.column_config.TextColumn(width=210),
        "Share": st.column_config.TextColumn(width=55),
        "Quoted": st.column_config.NumberColumn(width=60),
        "What is missing": st.column_config.TextColumn(width=330),
    }
    show_table(view, lines, "left-out", title="What is left out", expanded=len(lines) <= _OPEN, config=widths)


_OPEN = 12
