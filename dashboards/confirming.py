"""The list of the notice's questions on its page: who stands for it, how to mend it, and sorting the answers anew."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.asking import Rows, ask_questions, forget, rows_of
from dashboards.jobs import Run, read_run, resume
from dashboards.labels import count_of
from dashboards.progressing import share_done
from dashboards.refusing import refusal
from dashboards.state import View
from rfc_analyzer.confirmed import Confirmation, confirm, confirmations_in
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import Question

_WHO, _SAID = "confirming-who", "_confirming-said"
_POLL_SECONDS = 2.0


def show_confirming(view: View, questions: Sequence[Question]) -> None:
    """What stands of the list ``questions``, by which the answers are sorted now, and a form to confirm another."""
    st.header("The list of questions", anchor=False)
    made = _confirmations(view)
    st.caption(_standing(made, questions))
    if said := st.session_state.pop(_SAID, ""):
        st.success(said)
    last = made[-1].questions if made else tuple(questions)
    if made and rows_of(last) != rows_of(questions):
        _show_waiting(view)
    with st.expander(_title(made, last), icon=":material/fact_check:", expanded=not questions):
        _ask(view, last, len(made))
    if len(made) > 1:
        _show_earlier(view, made)


def is_confirmed(view: View) -> bool:
    """Whether somebody stands for a list of questions of this analysis."""
    return bool(_confirmations(view))


def _confirmations(view: View) -> list[Confirmation]:
    try:
        return confirmations_in(view.entry.folder)
    except BadInput as error:
        st.error("The confirmed questions can't be read.")
        st.text(str(error))
        return []


def _standing(made: Sequence[Confirmation], questions: Sequence[Question]) -> str:
    if made:
        return f"Confirmed by {_by(made[-1])}, {count_of(len(made[-1].questions), 'question')}."
    if questions:
        return (
            f"{count_of(len(questions), 'question')}, as the program read them from the notice. "
            "Nobody has confirmed them yet: notices are laid out in many ways, so look them through."
        )
    return "There is no list yet. Paste the questions of the notice, and the answers are sorted by them."


def _title(made: Sequence[Confirmation], last: Sequence[Question]) -> str:
    return "Change the list" if made else "Check the list and confirm it" if last else "List the questions"


def _ask(view: View, last: Sequence[Question], number: int) -> None:
    key = f"questions-{view.entry.key}-{number}"
    rows = ask_questions(last, key)
    who = st.text_input("Who confirms", placeholder="Your name or initials", key=_WHO)
    if st.button("Confirm this list", type="primary", key=f"{key}-confirm"):
        _confirm(view, who, rows, last, key)


def _confirm(view: View, who: str, rows: Rows, known: Sequence[Question], key: str) -> None:
    with refusal("Nothing was confirmed."):
        made = confirm(view.entry.folder, who, rows, known)
        forget(key)
        st.session_state[_SAID] = f"Confirmed: {count_of(len(made.questions), 'question')}."
        st.rerun()


def _show_waiting(view: View) -> None:
    """The answers are not yet sorted by the confirmed list."""
    run = read_run(view.entry.folder)
    if run and run.active:
        st.fragment(_show_sorting, run_every=_POLL_SECONDS)(view)
        return
    st.warning("The answers are still sorted by the list before.", icon=":material/warning:")
    if run:
        st.button("Sort the answers anew", type="primary", icon=":material/sort:", on_click=resume, args=(run,))
        st.caption("Files are not read again; it takes about as long as finding the themes did.")
    else:
        st.caption("This analysis was made on the command line: give the same command again, and it uses the new list.")


def _show_sorting(view: View) -> None:
    run: Run | None = read_run(view.entry.folder)
    if not run or not run.active:
        st.rerun()
    st.progress(share_done(run.status) if run.status else 0.0, text="Sorting the answers anew …")


def _show_earlier(view: View, made: Sequence[Confirmation]) -> None:
    with st.expander(f"Earlier lists ({len(made) - 1:,})", icon=":material/history:"):
        st.dataframe(
            {
                "When (UTC)": [f"{one.at:%Y-%m-%d %H:%M}" for one in reversed(made)],
                "Who": [one.reviewer for one in reversed(made)],
                "Questions": [len(one.questions) for one in reversed(made)],
            },
            hide_index=True,
            alt="Confirmed lists of questions, the newest first",
        )
        earlier = {str(i): one for i, one in enumerate(made[:-1])}
        chosen = st.selectbox(
            "Have back", list(reversed(earlier)), format_func=lambda i: _by(earlier[i]), index=None,
            placeholder="Choose one", key="confirming-back",
        )  # fmt: skip
        if st.button("Have it back", disabled=chosen is None) and chosen:
            again = earlier[chosen]
            _confirm(
                view,
                st.session_state.get(_WHO) or again.reviewer,
                rows_of(again.questions),
                again.questions,
                "questions",
            )


def _by(one: Confirmation) -> str:
    return f"{one.reviewer} on {one.at:%-d %B %Y, %H:%M} (UTC)"
