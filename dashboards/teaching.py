"""The submissions that would teach the reader most, to be labelled whole, on the screen or in a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from dashboards.answering import ANSWERS, answer_name
from dashboards.blind import ask_who
from dashboards.escaping import as_label
from dashboards.lettering import STYLE, show_letter
from dashboards.numbers import percent
from dashboards.refusing import refusal
from dashboards.state import View
from rfc_analyzer.comparison.unsure import stances_of
from rfc_analyzer.errors import RfcAnalyzerError
from rfc_analyzer.exports.reviewtable import review_rows, write_review_table
from rfc_analyzer.labelling import label_submission, labels_given
from rfc_analyzer.model import Proposition
from rfc_analyzer.reviewing import pick_for_review
from rfc_analyzer.reviews import reviews_in
from rfc_analyzer.tables import PROPOSITIONS

_COUNT, _FEWEST = 40, 15


@st.cache_data(max_entries=8, show_spinner="Finding the submissions that tell most …")
def _picked(folder: str, created_at: str, _view: View) -> list[str]:
    # of one run the picks stay, though labels are added: the order is worked through
    return pick_for_review(_view.analysis, _COUNT)


def show_teaching(view: View) -> None:
    """The next picked submission, every proposition at once; or the same as a table to fill in."""
    st.html(STYLE)
    st.caption(
        f"With {_FEWEST} reviewed submissions or more, the next run learns from them how this docket's respondents put "
        f"things. These {_COUNT} teach it most: letters like many others, every side of every proposition, and what it "
        "is unsure of. What the program read is not shown."
    )
    try:
        ids = _picked(str(view.entry.folder), view.entry.created_at, view)
    except (RfcAnalyzerError, OSError) as error:
        st.error("No submissions could be picked.")
        st.text(str(error))
        return
    _show_table(view, ids)
    who = ask_who()
    propositions = view.analysis.rows(PROPOSITIONS)
    given = labels_given(reviews_in(view.entry.folder))
    whole = [i for i in ids if all(given.get((i, p.proposition_id)) for p in propositions)]
    if ids:
        st.progress(
            len(whole) / len(ids), f"{len(whole):,} of {len(ids):,} reviewed ({percent(len(whole) / len(ids))})"
        )
    left = [i for i in ids if i not in whole]
    if not left:
        st.success("All are reviewed. Run the analysis again, and it learns from them.")
        return
    _show_one(view, who, left[0], propositions)


def _show_table(view: View, ids: Sequence[str]) -> None:
    with st.expander("Do it in Excel instead", icon=":material/table:"):
        st.caption(
            "A row for each submission and proposition, with the nearest passage. Fill in the column stance and give "
            "the table when you start the analysis again, or on the command line with --reviewed."
        )
        if st.button("Make the table", key="teaching-make"):
            with TemporaryDirectory() as folder:
                made = write_review_table(review_rows(view.analysis, ids), Path(folder) / "review.xlsx")
                st.session_state["_teaching-table"] = (view.entry.key, made.read_bytes())
        key, data = st.session_state.get("_teaching-table", ("", b""))
        if key == view.entry.key:
            st.download_button("Download", data, f"{view.entry.docket_id or key}-review.xlsx", on_click="ignore",
                               icon=":material/download:", key="teaching-download")  # fmt: skip


def _show_one(view: View, who: str, submission_id: str, propositions: Sequence[Proposition]) -> None:
    words, answers = st.columns([11, 8], gap="medium")
    with answers, st.container(border=True):
        about = _ask(view, who, submission_id, propositions)
    with words, st.container(border=True):
        show_letter(view, submission_id, about.text)


def _ask(view: View, who: str, submission_id: str, propositions: Sequence[Proposition]) -> Proposition:
    texts = {p.proposition_id: p for p in propositions}
    looked = st.selectbox(
        "Nearest passages to", list(texts), format_func=lambda i: f"{i}: {texts[i].text}", key="teaching-about"
    )
    with st.form(f"teaching-{submission_id}", border=False):
        said = {
            p.proposition_id: st.radio(
                as_label(p.text), ANSWERS, index=len(ANSWERS) - 1, format_func=answer_name, horizontal=True,
                key=f"teaching-{submission_id}-{p.proposition_id}",
            )
            for p in propositions
        }  # fmt: skip
        saved = st.form_submit_button("Save and go on", type="primary")
    if saved:
        with refusal("It was not saved."):
            read = stances_of(view.analysis, submission_id)
            label_submission(view.entry.folder, who, submission_id, said, read)
            st.rerun()
    return texts[looked]
