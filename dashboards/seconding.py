"""Where a second reader, if one was asked, does not read a stance as the program does."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboards.answering import named
from dashboards.escaping import as_label, one_line
from dashboards.labels import count_of
from dashboards.state import View
from dashboards.tabling import download
from rfc_analyzer.privacy import shown
from rfc_analyzer.secondreader import disagreements, failed_items, second_reading
from rfc_analyzer.tables import SUBMISSIONS


def show_second(view: View) -> None:
    """A table of the disagreements, or how to get one; nothing is ever sent from here."""
    said = second_reading(view.entry.folder)
    with st.expander("What a second reader says otherwise", icon=":material/compare:"):
        st.caption(
            "A language model at an endpoint of your choice can read the letters too. Then their text leaves this "
            "machine, so it is only done on the command line, by who may decide that: rfc-analyzer second-read. It "
            "changes no figure."
        )
        if not said:
            st.text("No second reader has been asked.")
            return
        types = {s.submission_id: s.respondent_type for s in view.analysis.rows(SUBMISSIONS)}
        kept = set(view.filters.apply(view.analysis))
        rows = [
            {
                "Submission": d.submission_id,
                "Proposition": d.proposition_id,
                "The program": named(d.read),
                "Second reader": named(d.second.stance),
                "Its quote": one_line(shown(d.second.quote, types[d.submission_id])),
                "Page": d.second.page,
                "Checked by a person": "Yes" if d.reviewed else "No",
            }
            for d in disagreements(view.analysis)
            if d.submission_id in kept
        ]
        failed = failed_items(view.entry.folder)
        st.caption(
            f"{as_label(said[0].model)} differs on {count_of(len(rows), 'position')}. For "
            f"{count_of(len(failed), 'position')} it gave no answer that holds."
        )
        frame = pd.DataFrame(rows)
        st.dataframe(frame, hide_index=True, width="stretch", alt="Positions on which the two readers differ")
        download(view, frame, "second-reader")
