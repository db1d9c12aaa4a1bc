"""Corrections of who a respondent is: one or many at once, with who corrected what, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboards.escaping import shortened
from dashboards.labels import TYPES
from dashboards.state import View
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType, Review, Submission
from rfc_analyzer.reviews import Change, review, reviews_in, undo
from rfc_analyzer.tables import SUBMISSIONS

_S = SUBMISSIONS.c
_COLUMNS = {_S.respondent_type: "Type", _S.respondent_name: "Person's name", _S.organization: "Organisation",
            _S.substantive: "Makes an argument"}  # fmt: skip
_WHO, _SAID = "correcting-reviewer", "_correcting-said"
_LONGEST = 70


def show_corrections(view: View, submissions: Sequence[Submission]) -> None:
    """A form to correct ``submissions``, and what has been corrected so far."""
    st.header("Correct", anchor=False)
    st.caption(
        "A correction counts at once, on every page and in every export, and stays through every new run. "
        "What the program had read is kept, and can be had back."
    )
    if said := st.session_state.pop(_SAID, ""):
        st.success("Saved.")
        st.text(said)
    _ask(view, submissions)
    _show_history(view)


def _ask(view: View, submissions: Sequence[Submission]) -> None:
    by_id = {s.submission_id: s for s in submissions}
    with st.form("correcting", border=False):
        chosen = st.multiselect(
            "Submissions", list(by_id), format_func=lambda i: _label(by_id[i]), placeholder="Choose one or more",
            key="correcting-ids",
        )  # fmt: skip
        left, right = st.columns(2)
        with left:
            kind = st.selectbox(
                "Right type", list(TYPES), index=None, format_func=TYPES.__getitem__, placeholder="As it is",
                key="correcting-type",
            )  # fmt: skip
        with right:
            organization = st.text_input("Right organisation", placeholder="As it is", key="correcting-organization")
        who = st.text_input("Who corrects", placeholder="Your name or initials", key=_WHO)
        note = st.text_input("Why (if you like)", key="correcting-note")
        if not st.form_submit_button("Save corrections", type="primary"):
            return
    _save(view, who, _changes(chosen, kind, organization, note))


def _changes(chosen: Sequence[str], kind: RespondentType | None, organization: str, note: str) -> list[Change]:
    changes = []
    for submission_id in chosen:
        if kind:
            changes.append(Change(SUBMISSIONS.name, submission_id, _S.respondent_type, kind.value, note))
        if organization.strip():
            changes.append(Change(SUBMISSIONS.name, submission_id, _S.organization, organization, note))
    return changes


def _save(view: View, who: str, changes: Sequence[Change]) -> None:
    if not changes:
        st.info("Choose submissions, and a type or an organisation to give them.")
        return
    try:
        made = review(view.entry.folder, who, changes)
    except (BadInput, OSError) as error:
        st.error("Nothing was saved.")
        st.text(str(error))
        return
    _say(f"{len(made):,} of {len(changes):,} values changed; the others were already so.")


def _show_history(view: View) -> None:
    made = [r for r in reviews_in(view.entry.folder) if r.table == SUBMISSIONS.name]
    with st.expander(f"Corrections so far ({len(made):,})", icon=":material/history:"):
        if not made:
            st.text("Nobody has corrected anything yet.")
            return
        st.dataframe(pd.DataFrame([_row(r) for r in reversed(made)]), hide_index=True, width="stretch",
                     alt="Corrections so far, the newest first")  # fmt: skip
        by_id = {r.review_id: r for r in reversed(made)}
        chosen = st.selectbox(
            "Take back", list(by_id), format_func=lambda i: _told(by_id[i]), index=None, placeholder="Choose one",
            key="correcting-undo",
        )  # fmt: skip
        if st.button("Take it back", disabled=chosen is None) and chosen:
            try:
                undo(view.entry.folder, chosen, st.session_state.get(_WHO) or by_id[chosen].reviewer)
            except (BadInput, OSError) as error:
                st.error("It could not be taken back.")
                st.text(str(error))
                return
            _say("The earlier value is back.")


def _say(sentence: str) -> None:
    st.session_state[_SAID] = sentence
    st.rerun()


def _row(one: Review) -> dict[str, Any]:
    return {
        "When (UTC)": f"{one.at:%Y-%m-%d %H:%M}",
        "Who": one.reviewer,
        "Submission": one.row_id,
        "What": _COLUMNS.get(one.column, one.column),
        "From": _value(one.column, one.old),
        "To": _value(one.column, one.new),
        "Why": one.note,
    }


def _told(one: Review) -> str:
    changed = f"{_value(one.column, one.old) or 'nothing'} to {_value(one.column, one.new)}"
    return shortened(f"{one.row_id}: {_COLUMNS.get(one.column, one.column)} from {changed}, {one.reviewer}", _LONGEST)


def _value(column: str, value: str) -> str:
    return TYPES[RespondentType(value)] if column == _S.respondent_type else value


def _label(submission: Submission) -> str:
    who = submission.organization or submission.respondent_name or "Anonymous"
    return shortened(f"{who} ({submission.submission_id}, {TYPES[submission.respondent_type]})", _LONGEST)
