"""A workbook that comes back: what people changed in it, applied when they say so, and taken back when they wish."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import streamlit as st

from dashboards.escaping import as_label, one_line, shortened
from dashboards.labels import count_of
from dashboards.state import View
from dashboards.uploads import label_of
from rfc_analyzer.errors import RfcAnalyzerError
from rfc_analyzer.exports.returning import (
    Batch,
    Correction,
    Problem,
    Returned,
    import_corrections,
    imported,
    read_corrections,
    take_back,
)
from rfc_analyzer.reviews import reviews_in

_SAID, _ROUND = "_brought-back-said", "_brought-back-round"
_SHOWN = 500
_LONGEST = 160


def show_brought_back(view: View) -> None:
    """Upload, what would change, apply; and the workbooks that were applied before."""
    st.header("Bring a corrected workbook back", anchor=False)
    st.caption(
        "Correct names, organisations, types, stances, themes and their titles in the Excel workbook, judge whether "
        "letters belong to campaigns, and write responses and dispositions into its comment-response matrix. Upload "
        "it here: you see what would change before it does. Corrections stay through every new run and stand in the "
        "next export."
    )
    if said := st.session_state.pop(_SAID, ""):
        st.success(said, icon=":material/check:")
    uploaded = st.file_uploader(
        "Corrected workbook", type=["xlsx"], key=f"brought-back-{st.session_state.get(_ROUND, 0)}"
    )
    if uploaded is not None:
        _show_one(view, uploaded)
    _show_batches(view)


def _show_one(view: View, uploaded: Any) -> None:
    with TemporaryDirectory(prefix="rfc-analyzer-") as folder:
        file = Path(folder) / (Path(label_of(uploaded.name)).name or "workbook.xlsx")
        file.write_bytes(uploaded.getvalue())
        try:
            with st.spinner("Reading the workbook …"):
                found = read_corrections(view.entry.folder, file)
        except (RfcAnalyzerError, OSError) as error:
            st.error("This workbook can't be read back:", icon=":material/error:")
            st.text(str(error).replace(str(file), file.name))
            return
        for sentence in found.unread:
            st.text(f"Not read: {sentence}.")
        if found.problems:
            _show_problems(found.problems)
            return
        if not found.corrections:
            st.info("Nothing in this workbook differs from the analysis.", icon=":material/info:")
            return
        _show_changes(found.corrections)
        _ask_to_apply(view, file, found)


def _show_problems(problems: Sequence[Problem]) -> None:
    st.error(
        f"Nothing was changed: {count_of(len(problems), 'cell or row', 'cells or rows')} can't be taken as they are. "
        "Mend them in the workbook, and upload it again.",
        icon=":material/error:",
    )
    rows = [{"Sheet": p.sheet, "Cell": p.cell, "What is wrong": one_line(p.message)} for p in problems]
    st.dataframe(rows, hide_index=True, width="stretch", alt="What is wrong in the workbook, by sheet and cell")


def _show_changes(corrections: Sequence[Correction]) -> None:
    counts: dict[str, int] = {}
    for one in corrections:
        counts[one.what] = counts.get(one.what, 0) + 1
    parts = ", ".join(f"{as_label(what)} {n:,}" for what, n in counts.items())
    st.markdown(f"**{count_of(len(corrections), 'value')} would change**: {parts}.")
    rows = [
        {
            "What": one.what,
            "Of": shortened(one.id, _LONGEST),
            "From": shortened(one.old, _LONGEST) or "(empty)",
            "To": shortened(one.new, _LONGEST) or "(empty)",
            "Sheet and cell": f"{one.sheet} {one.cell}",
        }
        for one in corrections[:_SHOWN]
    ]
    st.dataframe(rows, hide_index=True, width="stretch", alt="What would change, a value a line")
    if len(corrections) > _SHOWN:
        st.caption(f"The first {_SHOWN:,} are shown.")


def _ask_to_apply(view: View, file: Path, found: Returned) -> None:
    with st.form("brought-back-apply", border=False):
        who = st.text_input("Who answers for it", placeholder="Your name or initials", key="brought-back-who")
        if not st.form_submit_button(
            f"Apply {count_of(len(found.corrections), 'change')}", type="primary", icon=":material/check:"
        ):
            return
    try:
        made = import_corrections(view.entry.folder, file, who)
    except (RfcAnalyzerError, OSError) as error:
        st.error("Nothing was changed:", icon=":material/error:")
        st.text(str(error))
        return
    if made.problems:
        # somebody corrected the same meanwhile
        _show_problems(made.problems)
        return
    _again(f"{count_of(len(made.reviews), 'value')} changed. Every page and export shows them now.")


def _show_batches(view: View) -> None:
    batches = imported(reviews_in(view.entry.folder))
    if not batches:
        return
    with st.expander(f"Workbooks that were applied ({len(batches):,})", icon=":material/history:"):
        rows = [
            {
                "When (UTC)": f"{b.at:%Y-%m-%d %H:%M}",
                "Who": one_line(b.reviewer),
                "Workbook": one_line(b.file),
                "Values changed": len(b.reviews),
                "Still as changed": len(b.standing),
            }
            for b in batches
        ]
        st.dataframe(rows, hide_index=True, width="stretch", alt="Workbooks that were applied, the newest first")
        there = [b for b in batches if b.standing]
        if there:
            _ask_back(view, there)


def _ask_back(view: View, batches: Sequence[Batch]) -> None:
    with st.form("brought-back-undo", border=False):
        place = st.selectbox(
            "Take back", range(len(batches)), format_func=lambda i: _told(batches[i]), index=None,
            placeholder="Choose a workbook", key="brought-back-chosen",
        )  # fmt: skip
        who = st.text_input("Who takes it back", placeholder="Your name or initials", key="brought-back-undoer")
        if not st.form_submit_button("Take it back", icon=":material/undo:") or place is None:
            return
    try:
        made = take_back(view.entry.folder, batches[place], who)
    except (RfcAnalyzerError, OSError) as error:
        st.error("It could not be taken back:", icon=":material/error:")
        st.text(str(error))
        return
    _again(f"{count_of(len(made), 'value')} given back. What was corrected since has stayed.")


def _told(batch: Batch) -> str:
    who = f"{batch.file} by {batch.reviewer}, {batch.at:%Y-%m-%d %H:%M}"
    return shortened(f"{who} ({count_of(len(batch.standing), 'value')})", _LONGEST)


def _again(said: str) -> None:
    """Draw the page anew, with an empty upload, so that the same workbook isn't read against itself."""
    st.session_state[_SAID] = said
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()
