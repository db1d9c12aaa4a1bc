"""Passages that say something alike in other words, found by a short process that has the model."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import streamlit as st

from dashboards.quoting import show_quotes
from dashboards.state import View, version_of
from rfc_analyzer.comparison import PassageRow
from rfc_analyzer.comparison.passages import passage_rows
from rfc_analyzer.errors import NotSupported
from rfc_analyzer.serving import checkout
from rfc_analyzer.tables import PASSAGES

_SECONDS = 300
_SHOWN = 30


def show_alike(view: View) -> None:
    """Below a list of what holds the words: what means something alike; found when it is asked for."""
    wanted = view.filters.text.strip()
    st.header("In other words", anchor=False)
    st.caption("Passages that mean something alike, whatever their words; the other filters hold.")
    if not st.toggle("Find them", key=f"alike-{wanted}", help="The first time on a docket this can take a minute."):
        return
    try:
        with st.spinner("Looking for passages that mean something alike …"):
            nearest = _nearest(str(view.entry.folder), version_of(view.entry), wanted)
    except NotSupported as error:
        st.warning("This search did not work.")
        st.text(str(error))
        return
    rows = _rows(view, nearest)
    if not rows:
        st.info("No other passage comes near in meaning.", icon=":material/search_off:")
        return
    show_quotes(view, rows, "alike")


def _rows(view: View, nearest: list[str]) -> list[PassageRow]:
    """One passage a submission, of those that the other filters leave and that the words did not find."""
    holding = set(view.filters.apply(view.analysis))
    kept = set(replace(view.filters, text="").apply(view.analysis)) - holding
    one_each: dict[str, PassageRow] = {}
    for row in passage_rows(view.analysis, nearest):
        if row.submission_id in kept:
            one_each.setdefault(row.submission_id, row)
    return list(one_each.values())[:_SHOWN]


@st.cache_data(max_entries=64, show_spinner=False)
def _nearest(folder: str, version: str, wanted: str) -> list[str]:
    command = [sys.executable, "-m", "rfc_analyzer.meanings", folder, wanted]
    try:
        done = subprocess.run(command, cwd=checkout(), capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotSupported("it took too long; try again when no analysis is running") from error
    if done.returncode:
        raise NotSupported(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "the process ended")
    return [one[PASSAGES.c.passage_id] for one in json.loads(done.stdout)]
