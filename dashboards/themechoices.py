"""How themes of a new analysis are to be made: how broad, and whether the notice's questions are themes."""

from __future__ import annotations

import streamlit as st

DETAILS = {"coarse": "Few and broad", "medium": "In between", "fine": "Many and narrow"}
"""What ``--theme-detail`` takes, and how a person is asked for it."""

_USUAL = "medium"


def ask_for_themes(detail_key: str, questions_key: str, *, with_questions: bool) -> tuple[str, ...]:
    """Ask, and give the arguments of ``rfc-analyzer analyze``; there are none for what is usual."""
    with st.expander("How themes are made (optional)"):
        detail = st.radio(
            "How broad themes are",
            list(DETAILS),
            index=list(DETAILS).index(_USUAL),
            format_func=DETAILS.__getitem__,
            horizontal=True,
            key=detail_key,
            help="In between suits most dockets. You can rename, join and split themes afterwards.",
        )
        by_question = with_questions and st.checkbox(
            "Make each question of the notice a theme",
            key=questions_key,
            help="Passages that answer a question form a theme of that question; the others are grouped by what they "
            "say. Without this, the answers to a question may be spread over several themes.",
        )
        if not with_questions:
            st.caption("For themes by question, add a notice that asks questions, or list them above.")
    chosen = () if detail == _USUAL else ("--theme-detail", detail)
    return (*chosen, "--question-themes") if by_question else chosen
