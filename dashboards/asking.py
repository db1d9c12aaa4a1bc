"""The notice's questions, to be checked: a list to mend, or one to paste."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards.escaping import one_line
from rfc_analyzer.confirmed import read_list
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import Question

Rows = list[tuple[str, str]]
_NUMBER, _QUESTION = "Number", "Question"
_ROW_PIXELS, _TALLEST = 58, 480  # two lines of a question a row


def ask_questions(questions: Sequence[Question], key: str) -> Rows:
    """The list as the person leaves it, as numbers and texts; ``key`` names the list that it began with."""
    pasted: list[Question] | None = st.session_state.get(_pasted(key))
    shown = questions if pasted is None else pasted
    mend, paste = st.tabs(["Check the list", "Paste a list instead"])
    with mend:
        edited = _show_list(shown, f"{key}-{st.session_state.get(_round(key), 0)}")
        if pasted is not None:
            st.button("Back to the list before", key=f"{key}-back", on_click=_take, args=(key, None))
    with paste:
        _ask_paste(key)
    return edited


def rows_of(questions: Sequence[Question]) -> Rows:
    """Numbers and texts, as :func:`ask_questions` gives them where nothing is changed."""
    return [(q.number, one_line(q.text)) for q in questions]


def forget(key: str) -> None:
    """Begin anew: what was pasted and edited under ``key`` goes."""
    _take(key, None)


def _show_list(questions: Sequence[Question], key: str) -> Rows:
    st.caption(
        "Change a cell to mend it. Mark rows and press Delete to remove them; write into the last row to add one."
    )
    rows = rows_of(questions)
    edited = st.data_editor(
        pd.DataFrame(rows, columns=[_NUMBER, _QUESTION], dtype=str),
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        height=min(_ROW_PIXELS * (len(rows) + 2), _TALLEST),
        row_height=_ROW_PIXELS,
        column_config={
            _NUMBER: st.column_config.TextColumn(width=95, help="As in 2, 2a or 2d(i); left empty, the next one"),
            _QUESTION: st.column_config.TextColumn(width=820),
        },
        key=key,
    )
    cells = edited.fillna("").astype(str)
    return list(zip(cells[_NUMBER], cells[_QUESTION], strict=True))


def _ask_paste(key: str) -> None:
    text = st.text_area(
        "One question a line",
        key=f"{key}-text",
        height=180,
        placeholder="1. What is a lamp?\n1a. Who makes lamps?\n2. Should lamps be taxed?",
        help="With or without numbers. A line without a number goes on with the one above, where others have numbers.",
    )
    st.button("Use this list", key=f"{key}-use", on_click=_use, args=(key,), disabled=not text.strip())
    if said := st.session_state.pop(f"{key}-said", ""):
        st.text(said)


def _use(key: str) -> None:
    try:
        _take(key, read_list(st.session_state.get(f"{key}-text", "")))
    except BadInput as error:
        st.session_state[f"{key}-said"] = str(error)


def _take(key: str, questions: list[Question] | None) -> None:
    if questions is None:
        st.session_state.pop(_pasted(key), None)
    else:
        st.session_state[_pasted(key)] = questions
    # another list is another table: the editor keeps changes by row
    st.session_state[_round(key)] = st.session_state.get(_round(key), 0) + 1


def _pasted(key: str) -> str:
    return f"{key}-pasted"


def _round(key: str) -> str:
    return f"{key}-round"
