"""The stances that were read with little confidence, one after the other, for a person to confirm or put right."""

from __future__ import annotations

import streamlit as st

from dashboards import records
from dashboards.answering import answer_buttons
from dashboards.blind import WHO, ask_who
from dashboards.escaping import as_label, one_line
from dashboards.labels import METHODS, STANCES
from dashboards.lettering import STYLE, show_letter
from dashboards.numbers import percent
from dashboards.preferences import shown
from dashboards.quoting import COLOURS, ICONS
from dashboards.seconding import show_second
from dashboards.state import View
from rfc_analyzer.comparison.sampling import UNSURE
from rfc_analyzer.comparison.unsure import UnsurePosition, unsure_positions
from rfc_analyzer.errors import BadInput
from rfc_analyzer.labelling import NOT_TAKEN_UP
from rfc_analyzer.model import Stance
from rfc_analyzer.reviews import Change, review
from rfc_analyzer.tables import POSITIONS

_SKIPPED, _PROBLEM = "_unsure-skipped", "_unsure-problem"
_ALL = "all"


def show_queue(view: View) -> None:
    """The least sure position that nobody has checked, with its quotes, and the answers."""
    st.html(STYLE)
    st.caption(
        f"Stances whose confidence is under {percent(UNSURE)}, the least sure first. Until somebody has checked them, "
        "every figure says how many of it are such. What you answer counts at once, and teaches the next run."
    )
    waiting = unsure_positions(view.analysis, view.filters)
    texts = {w.proposition.proposition_id: one_line(w.proposition.text) for w in waiting}
    show_second(view)
    if not waiting:
        st.success("Nothing waits.")
        return
    left, right = st.columns(2)
    with left:
        ask_who()
    choices = {_ALL: "All propositions", **dict(sorted(texts.items()))}
    with right:
        about = st.selectbox("Proposition", list(choices), format_func=choices.__getitem__, key="unsure-about")
    waiting = [w for w in waiting if about in (_ALL, w.proposition.proposition_id)]
    skipped: set[tuple[str, str]] = st.session_state.setdefault(_SKIPPED, set())
    todo = [w for w in waiting if _key(w) not in skipped] or waiting
    st.caption(f"{len(waiting):,} wait.")
    if problem := st.session_state.pop(_PROBLEM, ""):
        st.error("It was not saved.")
        st.text(problem)
    if todo:
        _show_one(view, todo[0])


def _key(waiting: UnsurePosition) -> tuple[str, str]:
    return waiting.position.submission_id, waiting.position.proposition_id


def _show_one(view: View, waiting: UnsurePosition) -> None:
    position = waiting.position
    words, answers = st.columns([11, 7], gap="medium")
    with answers, st.container(border=True):
        with st.container(key="statement-unsure"):
            st.text(waiting.proposition.text)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption("Read as")
            st.badge(STANCES[position.stance], icon=ICONS[position.stance], color=COLOURS[position.stance])
            st.caption(f"{percent(position.confidence)} sure · {METHODS[position.method]}")
        answer_buttons("unsure", lambda stance: _save(view, waiting, stance))
        st.button("Skip for now", key="unsure-skip", shortcut="s", type="tertiary", on_click=_skip,
                  args=(waiting,))  # fmt: skip
        st.caption("Keys 1 to 4 answer; give the stance that it has, also where the program is right.")
    with words, st.container(border=True):
        _show_quotes(view, waiting)
        show_letter(view, position.submission_id, waiting.proposition.text)


def _show_quotes(view: View, waiting: UnsurePosition) -> None:
    found = records.submission(view, waiting.position.submission_id)
    stand = next(s for s in found.stands if s.proposition.proposition_id == waiting.proposition.proposition_id)
    st.caption("What it was read from")
    for place, row in enumerate(stand.evidence):
        with st.container(key=f"read-unsure-{place}", gap="xxsmall"):
            st.text(shown(row.quote, found.submission.respondent_type))
            st.caption(as_label(f"{STANCES[row.stance]}{f', page {row.page}' if row.page else ''}"))


def _save(view: View, waiting: UnsurePosition, stance: Stance | None) -> None:
    new = stance.value if stance else NOT_TAKEN_UP
    change = Change(POSITIONS.name, "|".join(_key(waiting)), POSITIONS.c.stance, new, "checked, as it was unsure")
    try:
        review(view.entry.folder, st.session_state.get(WHO, ""), [change], confirming=True)
    except (BadInput, OSError) as error:
        st.session_state[_PROBLEM] = str(error)


def _skip(waiting: UnsurePosition) -> None:
    st.session_state.setdefault(_SKIPPED, set()).add(_key(waiting))
