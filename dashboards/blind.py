"""Labelling a drawn sample, one position after the other, before the program's own answer is shown."""

from __future__ import annotations

import streamlit as st

from dashboards.answering import answer_buttons, named
from dashboards.lettering import STYLE, show_letter
from dashboards.numbers import percent
from dashboards.state import View
from rfc_analyzer.comparison.sampling import draw_sample
from rfc_analyzer.errors import BadInput
from rfc_analyzer.labelling import SampledPosition, keep_sample, label, labels_given, last_sample
from rfc_analyzer.model import Stance
from rfc_analyzer.reviews import reviews_in
from rfc_analyzer.tables import PROPOSITIONS

WHO = "review-who"
_LAST, _SKIPPED = "_review-last", "_review-skipped"
_COUNT, _SEED = "review-count", "review-seed"


def ask_who() -> str:
    """Who reads; remembered for the session."""
    who: str = st.text_input("Your name or initials", key=WHO, placeholder="Labels are kept under this name",
                             persist_state="session", width=320)  # fmt: skip
    return who.strip()


def show_blind(view: View) -> None:
    """The sample's next position that this person has not labelled, or a way to draw a sample."""
    st.html(STYLE)
    sample = last_sample(view.entry.folder)
    if not sample:
        _show_draw(view, "Draw a sample", expanded=True)
        return
    who = ask_who()
    if not who:
        st.info("Give your name first. Two people may label the same sample, each without seeing the other's labels.")
        _show_draw(view, "Draw a new sample", expanded=False)
        return
    given = labels_given(reviews_in(view.entry.folder), sample[0].sample)
    mine = [d for d in sample if who in given.get(d.key, {})]
    st.progress(len(mine) / len(sample), f"{len(mine):,} of {len(sample):,} labelled by you")
    _show_last(view, who)
    skipped: set[tuple[str, str]] = st.session_state.setdefault(_SKIPPED, set())
    left = [d for d in sample if who not in given.get(d.key, {})]
    todo = [d for d in left if d.key not in skipped] or left
    texts = {p.proposition_id: p.text for p in view.analysis.rows(PROPOSITIONS)}
    todo = [d for d in todo if d.proposition_id in texts]
    if todo:
        _show_one(view, who, todo[0], texts[todo[0].proposition_id])
    else:
        st.success("You have labelled the whole sample. See how well it was read.")
    _show_draw(view, "Draw a new sample", expanded=False)


def _show_one(view: View, who: str, drawn: SampledPosition, statement: str) -> None:
    words, answers = st.columns([11, 7], gap="medium")
    with answers, st.container(border=True):
        st.caption("Where does this respondent stand on")
        with st.container(key="statement-blind"):
            st.text(statement)
        answer_buttons("blind", lambda stance: _save(view, who, drawn, stance))
        st.button("Skip for now", key="blind-skip", shortcut="s", type="tertiary", on_click=_skip, args=(drawn,))
        st.caption(
            "Keys 1 to 4 answer. What the program read is shown once you have answered, and so is nobody else's label "
            "before you have given yours."
        )
    with words, st.container(border=True):
        show_letter(view, drawn.submission_id, statement)


def _save(view: View, who: str, drawn: SampledPosition, stance: Stance | None, seen: bool = False) -> None:
    try:
        made = label(view.entry.folder, who, drawn, stance, seen=seen)
    except (BadInput, OSError) as error:
        st.session_state[_LAST] = (None, str(error), drawn)
        return
    st.session_state[_LAST] = (made, "", drawn)


def _skip(drawn: SampledPosition) -> None:
    st.session_state.setdefault(_SKIPPED, set()).add(drawn.key)


def _show_last(view: View, who: str) -> None:
    """What became of the last answer: only now is the program's own shown."""
    made, problem, drawn = st.session_state.get(_LAST, (None, "", None))
    if problem:
        st.error("Your label was not saved.")
        st.text(problem)
    if made is None or made.reviewer != who:
        return
    sure = f" ({percent(drawn.confidence)} sure)" if drawn.confidence else ""
    same = "The same as yours." if made.new == made.old else "Not as you did."
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Saved: {named(made.new)}. The program read: {named(made.old)}{sure}. {same}")
        with st.popover("Change it", type="tertiary"):
            st.caption(
                "This corrects and teaches. How well it was read is told from your first answer, which was blind."
            )
            answer_buttons("again", lambda stance: _save(view, who, drawn, stance, seen=True), keys=False)


def _show_draw(view: View, title: str, expanded: bool) -> None:
    with st.expander(title, expanded=expanded, icon=":material/casino:"), st.form("review-draw", border=False):
        st.caption(
            "Submissions and propositions are drawn by chance, more often where a stance is rare or unsure, from every "
            "proposition, stance and respondent type. A form letter is drawn once. The same seed draws the same. "
            "About a hundred tell the share of right stances to within ten points or so."
        )
        left, right, _ = st.columns([2, 2, 5])
        count = left.number_input("How many", 10, 2000, 100, 10, key=_COUNT)
        seed = right.number_input("Seed", 0, 10**6, 0, 1, key=_SEED)
        if not st.form_submit_button(title, type="primary"):
            return
    try:
        keep_sample(view.entry.folder, draw_sample(view.analysis, int(count), int(seed)))
    except OSError as error:
        st.error("The sample could not be kept.")
        st.text(str(error))
        return
    st.session_state.pop(_LAST, None)
    st.session_state.pop(_SKIPPED, None)
    st.rerun()
