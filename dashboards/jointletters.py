"""Letters that several signed: how many, and who, as their texts show."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards.besides import link
from dashboards.escaping import one_line
from dashboards.labels import count_of
from dashboards.preferences import shown
from dashboards.state import View
from rfc_analyzer.comparison import JointLetter

_TALLEST, _ROW_PIXELS = 430, 35


def show_joint_letters(view: View, letters: Sequence[JointLetter]) -> None:
    """One of ``letters`` (not empty), with its signatories."""
    with st.container(border=True):
        st.header("Letters that several signed", anchor=False)
        st.caption("Petitions and sign-on letters. The names that a text lists are counted as its signatories.")
        by_id = {one.submission.submission_id: one for one in letters}
        chosen = st.selectbox("Joint letter", list(by_id), format_func=lambda i: _name(by_id[i]), key="joint-letter")
        letter = by_id[chosen]
        if letter.stated:
            page = f", page {letter.page}" if letter.page else ""
            quote = one_line(shown(letter.quote, letter.submission.respondent_type))
            st.text(f"Its text says that {letter.stated:,} signed: “{quote}”{page}")
        _show_names(letter)
        link(view, chosen)


def _show_names(letter: JointLetter) -> None:
    table = [
        {
            "No.": number,
            "Signatory": one_line(shown(one.name, letter.submission.respondent_type)),
            "Kind": "Organisation" if one.is_body else "Person",
            "Page": one.page,
        }
        for number, one in enumerate(letter.signatories, start=1)
    ]
    if not table:
        st.caption("The names could not be told from the text.")
        return
    frame = pd.DataFrame(table)
    st.dataframe(
        # a web form and a text file have no pages
        frame if frame["Page"].notna().any() else frame.drop(columns="Page"),
        hide_index=True,
        width="stretch",
        height=min(_TALLEST, _ROW_PIXELS * (len(table) + 1) + 3),
        column_config={
            "No.": st.column_config.NumberColumn(width=60),
            "Signatory": st.column_config.TextColumn(width=640),
            "Kind": st.column_config.TextColumn(width=120),
            "Page": st.column_config.NumberColumn(width=70),
        },
        alt="Signatories of the letter, in its order",
    )


def _name(letter: JointLetter) -> str:
    who = letter.submission.organization or letter.submission.respondent_name or "Anonymous"
    signed = count_of(letter.submission.signatories, "signatory", "signatories")
    return f"{one_line(who)}, {signed}, {letter.submission.submission_id}"
