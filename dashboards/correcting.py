"""Corrections of who a respondent is: one or many at once, with who corrected what, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboards.escaping import shortened
from dashboards.labels import TYPES
from dashboards.refusing import refusal
from dashboards.state import View
from rfc_analyzer.model import RespondentType, Review, Submission
from rfc_analyzer.reviews import Change, review, reviews_in, undo
from rfc_analyzer.tables import SUBMISSIONS

_S = SUBMISSIONS.c
_COLUMNS = {_S.respondent_type: "Type", _S.respondent_name: "Person's name", _S.organization: "Organisation",
            _S.substantive: "Makes an argument"}  # fmt: skip
_IDS = "correcting-ids"
_FILLED_IN = (_IDS, "correcting-type", "correcting-organization", "correcting-name", "correcting-note")
_WHO, _SAID = "correcting-reviewer", "_correcting-said"
_LONGEST = 70


def choose_to_correct(submission_ids: Sequence[str]) -> None:
    """Put submissions into the form, as by a choice in a table; for callbacks, which run before the page."""
    st.session_state[_IDS] = list(submission_ids)


def correctors(view: View) -> dict[str, str]:
    """Who last corrected each submission that somebody did, by its id."""
    return {r.row_id: r.reviewer for r in reviews_in(view.entry.folder) if r.table == SUBMISSIONS.name}


def show_corrections(view: View, submissions: Sequence[Submission]) -> None:
    """A form to correct ``submissions``, and what has been corrected so far."""
    st.header("Correct", anchor=False)
    st.caption(
        "A correction counts at once, on every page and in every export, and stays through every new run. "
        "What the program had read is kept, and can be had back."
    )
    # always there, so that what is open below stays open when the message goes
    with st.container():
        if said := st.session_state.pop(_SAID, ""):
            st.success("Saved.")
            st.text(said)
            for key in _FILLED_IN:
                st.session_state.pop(key, None)
    _ask(view, submissions)
    _show_history(view)


def _ask(view: View, submissions: Sequence[Submission]) -> None:
    by_id = {s.submission_id: s for s in submissions}
    if _IDS in st.session_state:
        # filters may have taken some away since they were chosen
        st.session_state[_IDS] = [i for i in st.session_state[_IDS] if i in by_id]
    with st.form("correcting", border=False):
        chosen = st.multiselect(
            "Submissions", list(by_id), format_func=lambda i: _label(by_id[i]),
            placeholder="Choose one or more, here or by the boxes in the register", key=_IDS,
        )  # fmt: skip
        left, middle, right = st.columns(3)
        with left:
            kind = st.selectbox(
                "Right type", list(TYPES), index=None, format_func=TYPES.__getitem__, placeholder="As it is",
                key="correcting-type",
            )  # fmt: skip
        with middle:
            organization = st.text_input("Right organisation", placeholder="As it is", key="correcting-organization")
        with right:
            name = st.text_input("Right name of the person", placeholder="As it is", key="correcting-name")
        who = st.text_input("Who corrects", placeholder="Your name or initials", key=_WHO)
        note = st.text_input("Why (if you like)", key="correcting-note")
        if not st.form_submit_button("Save corrections", type="primary"):
            return
    right_values = {
        _S.respondent_type: kind.value if kind else "",
        _S.organization: organization.strip(),
        _S.respondent_name: name.strip(),
    }
    _save(view, who, _changes(chosen, right_values, note))


def _changes(chosen: Sequence[str], right_values: Mapping[str, str], note: str) -> list[Change]:
    """A change for each submission and each value that was given."""
    return [
        Change(SUBMISSIONS.name, submission_id, column, value, note)
        for submission_id in chosen
        for column, value in right_values.items()
        if value
    ]


def _save(view: View, who: str, changes: Sequence[Change]) -> None:
    if not changes:
        st.info("Choose submissions, and a type, an organisation or a name to give them.")
        return
    with refusal("Nothing was saved."):
        made = review(view.entry.folder, who, changes)
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
        chosen = st.multiselect(
            "Take back", list(by_id), format_func=lambda i: _told(by_id[i]), placeholder="Choose one or more",
            key="correcting-undo",
        )  # fmt: skip
        if st.button("Take back", disabled=not chosen, key="correcting-take-back") and chosen:
            _take_back(view, chosen, by_id)


def _take_back(view: View, chosen: Sequence[str], by_id: Mapping[str, Review]) -> None:
    """The newest first: an earlier correction of the same value can be taken back only after the later."""
    back = 0
    with refusal("Not all could be taken back."):
        for review_id in [i for i in by_id if i in chosen]:
            who = st.session_state.get(_WHO) or by_id[review_id].reviewer
            back += len(undo(view.entry.folder, review_id, who))
        st.session_state.pop("correcting-undo", None)
        _say("The earlier value is back." if back == 1 else f"{back:,} earlier values are back.")


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
    if column == _S.substantive:
        return {"true": "Yes", "false": "No"}.get(value, value)
    return TYPES[RespondentType(value)] if column == _S.respondent_type else value


def _label(submission: Submission) -> str:
    who = submission.organization or submission.respondent_name or "Anonymous"
    return shortened(f"{who} ({submission.submission_id}, {TYPES[submission.respondent_type]})", _LONGEST)
