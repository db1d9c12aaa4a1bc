"""Judgements on form letters: a question with its answers as buttons, what was judged, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboards.escaping import shortened
from dashboards.refusing import refusal
from dashboards.state import View
from rfc_analyzer.belonging import NOT_ONE_LETTER
from rfc_analyzer.exports.wording import JUDGEMENTS
from rfc_analyzer.model import CampaignKind, Review
from rfc_analyzer.reviews import Change, review, reviews_in, undo
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS

_WHO, _SAID = "judging-reviewer", "_judging-said"
_LONGEST = 90
_VALUES: Mapping[tuple[str, str], str] = {
    **{(CAMPAIGN_MEMBERS.name, role): name for role, name in JUDGEMENTS.items()},
    (CAMPAIGNS.name, CampaignKind.SUSPECTED): "Open",
    (CAMPAIGNS.name, CampaignKind.SLOT_FILLED): "One letter, filled in",
    (CAMPAIGNS.name, NOT_ONE_LETTER): "Letters of their own",
}


def say_what_was_saved() -> None:
    """What became of the last judgement; once."""
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)


def ask(view: View, key: str, answers: Mapping[str, Change]) -> None:
    """Buttons, one for each answer (label → what is recorded), and who judges; ``key`` is the question's own."""
    with st.form(f"judging-{key}", border=False):
        who = st.text_input("Who judges", placeholder="Your name or initials", key=f"{_WHO}-{key}",
                            value=st.session_state.get(_WHO, ""))  # fmt: skip
        with st.container(horizontal=True):
            given = [change for label, change in answers.items() if st.form_submit_button(label)]
    if given:
        _save(view, who, given[0])


def _save(view: View, who: str, change: Change) -> None:
    with refusal("Nothing was saved."):
        review(view.entry.folder, who, [change])
        st.session_state[_WHO] = who
        _say("Saved. It counts at once, on every page and in every export, and stays through every new run.")


def show_history(view: View) -> None:
    """What was judged so far, the newest first, and a way to take it back."""
    made = [r for r in reviews_in(view.entry.folder) if r.table in (CAMPAIGNS.name, CAMPAIGN_MEMBERS.name)]
    if not made:
        return
    with st.expander(f"Judged so far ({len(made):,})", icon=":material/history:"):
        st.dataframe(pd.DataFrame([_row(r) for r in reversed(made)]), hide_index=True, width="stretch",
                     alt="Judgements on form letters so far, the newest first")  # fmt: skip
        by_id = {r.review_id: r for r in reversed(made)}
        chosen = st.selectbox("Take back", list(by_id), format_func=lambda i: _told(by_id[i]), index=None,
                              placeholder="Choose one", key="judging-undo")  # fmt: skip
        if st.button("Take it back", disabled=chosen is None) and chosen:
            with refusal("It could not be taken back."):
                undo(view.entry.folder, chosen, st.session_state.get(_WHO) or by_id[chosen].reviewer)
                _say("It is taken back.")


def _say(sentence: str) -> None:
    st.session_state[_SAID] = sentence
    st.rerun()


def _row(one: Review) -> dict[str, Any]:
    return {
        "When (UTC)": f"{one.at:%Y-%m-%d %H:%M}",
        "Who": one.reviewer,
        "What": _about(one),
        "From": _VALUES.get((one.table, one.old), one.old),
        "To": _VALUES.get((one.table, one.new), one.new),
        "Why": one.note,
    }


def _about(one: Review) -> str:
    if one.table == CAMPAIGNS.name:
        return f"Letters like {one.row_id}"
    submission_id, _, template_id = one.row_id.rpartition("|")
    return f"{submission_id}, beside the letter {template_id}"


def _told(one: Review) -> str:
    return shortened(f"{_about(one)}: {_VALUES.get((one.table, one.new), one.new)}, {one.reviewer}", _LONGEST)
