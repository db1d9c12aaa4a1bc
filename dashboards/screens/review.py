"""Review: people's own reading, blind or of what is unsure, and what it tells of how far the figures can be trusted."""

from __future__ import annotations

import streamlit as st

from dashboards.blind import show_blind
from dashboards.measured import show_measured
from dashboards.state import current_view
from dashboards.teaching import show_teaching
from dashboards.unsurequeue import show_queue
from dashboards.wording import NO_PROPOSITIONS
from rfc_analyzer.comparison.unsure import unsure_positions

_BLIND, _MEASURED, _UNSURE, _TEACH = "Label a sample", "How well it was read", "Unsure", "Teach the reader"


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Review", anchor=False)
    if not len(view.analysis.propositions):
        st.info(NO_PROPOSITIONS, icon=":material/info:")
        return
    st.caption(
        "The program reads stances and errs. People who read a few themselves can tell how often, put the unsure ones "
        "right, and teach it for the next run. Everything is kept, with who said it and when."
    )
    waiting = len(unsure_positions(view.analysis, view.filters))
    labels = {_BLIND: _BLIND, _MEASURED: _MEASURED, _UNSURE: f"{_UNSURE} ({waiting:,})", _TEACH: _TEACH}
    part = st.segmented_control(
        "What to do", list(labels), default=_BLIND, format_func=labels.__getitem__, required=True, key="review-part",
        label_visibility="collapsed",
    )  # fmt: skip
    if part == _MEASURED:
        show_measured(view)
    elif part == _UNSURE:
        show_queue(view)
    elif part == _TEACH:
        show_teaching(view)
    else:
        show_blind(view)


main()
