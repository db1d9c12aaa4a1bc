"""How many of each respondent type do something: bars of shares, with their table."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.charts import Bar, bars
from dashboards.drawing import drawing
from dashboards.labels import TYPES
from dashboards.numbers import share_in_words, share_percent
from dashboards.picturing import show_chart
from dashboards.state import View
from dashboards.tabling import show_table
from rfc_analyzer.comparison import QuestionRow, Share, ThemeRow


def show_mix(view: View, rows: Sequence[ThemeRow | QuestionRow], does: str, name: str) -> None:
    """``does`` says what they do, as in "raise it"; ``name`` is the table's file name."""
    st.caption(f"Of each respondent type, how many {does}; types with fewer than five have a count and no bar")
    shares = [(r.respondent_type, r.share) for r in rows if r.respondent_type]
    drawn = [Bar(who, (TYPES[who],), _length(share), share_in_words(share)) for who, share in shares]
    said = "Bars by respondent type. " + "; ".join(f"{b.lines[0]}: {b.said}" for b in drawn)
    chart = drawing(bars, drawn, "Of the type", longest=1.0)
    show_chart(view, f"{name}-chart", chart, title=f"Of each respondent type, how many {does}", alt=said)
    table = [
        {
            "Respondent type": TYPES[who],
            does.capitalize(): share.n,
            f"Of ({view.unit.label})": share.of,
            "Share": share_percent(share),
        }
        for who, share in shares
    ]
    show_table(view, table, name)


def _length(share: Share) -> float:
    return 0.0 if share.hidden else share.value or 0.0
