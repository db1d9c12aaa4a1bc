"""Start: what there is to open, and the way to an analysis of one's own."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboards.access import entries, give, owners_of, person, runs
from dashboards.address import ANALYSIS
from dashboards.jobs import read_run
from dashboards.labels import count_of
from dashboards.library import LONGEST_NAME, Entry, delete, home, rename
from dashboards.newdocket import show_form
from dashboards.progressing import TO_DELETE, show_file_report, show_runs
from dashboards.sampledocket import has_sample, prepare_sample, sample_entry, sample_run, start_sample
from dashboards.state import open_page
from rfc_analyzer.comparison import file_report


def main() -> None:
    """The page."""
    there = entries()
    if not there:
        prepare_sample()
    st.title("Read what the public said", anchor="read-what-the-public-said")
    st.markdown(
        "Give the comment files of a docket, and see who answered, what they argue and where each group stands, "
        "with the words that show it. Everything stays on this machine."
    )
    show_runs()
    form, beside = st.columns([3, 2], gap="medium")
    with form, st.container(border=True):
        show_form()
        _say_where_runs_are()
    with beside:
        if has_sample():
            _show_sample(there)
        _show_what_comes()
    if there:
        with st.sidebar:
            _show_analyses(there)
    if TO_DELETE in st.session_state:
        _confirm_delete(st.session_state[TO_DELETE])


def _say_where_runs_are() -> None:
    """Who starts a run stands at the end of the form, and the runs are above it."""
    if any(run.active for run in runs()):
        st.info(
            "An analysis is being made: [see how far it is](#read-what-the-public-said). Another one waits its turn.",
            icon=":material/hourglass_top:",
        )


def _show_sample(there: list[Entry]) -> None:
    entry, run = sample_entry(there), sample_run()
    with st.container(border=True):
        st.header("New here?")
        st.markdown(
            "Explore the sample docket: a fictional request for comment on delivery robots, "
            "with letters of every kind of respondent."
        )
        if st.button(
            "Explore the sample docket",
            icon=":material/explore:",
            width="stretch",
            type="secondary" if there else "primary",
            disabled=bool(run and run.active and not entry),
        ):
            if entry:
                open_page("overview", {ANALYSIS: [entry.key]})
            start_sample()
            st.rerun()
        if run and run.active and not entry:
            st.caption("It is being made ready, which takes about half a minute.")
        elif not entry:
            st.caption("It is analysed first, which takes about half a minute.")


def _show_what_comes() -> None:
    with st.container(border=True):
        st.header("What you get")
        st.markdown(
            "- **Who answered**: each respondent's type, and why it was read so\n"
            "- **Form letters** found and counted once, with what each signer added\n"
            "- **Themes** that respondents raise, and answers to the notice's questions\n"
            "- **Positions** on your propositions by type of respondent\n"
            "- **The words** behind every figure, with file and page\n"
            "- An Excel workbook and a Word summary to take along"
        )
        st.caption(
            "A docket of 150 letters takes a few minutes. You can close this tab meanwhile: the run goes on. "
            "Files that can't be read are listed with what to do."
        )


def _show_analyses(there: list[Entry]) -> None:
    st.header("Analyses")
    for entry in there:
        with st.container(border=True, key=f"entry-{entry.key}", gap="small"):
            with st.container(key=f"title-entry-{entry.key}"):
                st.text(entry.name)
            st.caption(f"{count_of(entry.submissions, 'submission')}, {_day(entry.created_at)}")
            with st.container(horizontal=True):
                if st.button("Open", key=f"open-{entry.key}", icon=":material/arrow_forward:"):
                    open_page("overview", {ANALYSIS: [entry.key]})
                if entry.own and person().may_change(entry.folder):
                    _show_more(entry)


def _show_more(entry: Entry) -> None:
    with st.popover("More", icon=":material/more_horiz:"):
        name = st.text_input("Name", value=entry.name, max_chars=LONGEST_NAME, key=f"name-{entry.key}")
        if st.button("Rename", key=f"rename-{entry.key}", icon=":material/edit:"):
            rename(entry.folder, name)
            st.rerun()
        _ask_owners(entry)
        report = file_report(entry.folder)
        if report:
            show_file_report(report)
        if st.button("Delete …", key=f"delete-{entry.key}", icon=":material/delete:"):
            st.session_state[TO_DELETE] = entry.key
            st.rerun()


def _ask_owners(entry: Entry) -> None:
    who = person()
    if not who.email:
        return
    owners = st.text_area(
        "Who may open it, an address a line", value="\n".join(owners_of(entry.folder)), key=f"owners-{entry.key}",
        help="Nobody named: all who may sign in. Those named may also rename, share and delete it.",
    )  # fmt: skip
    if st.button("Share", key=f"share-{entry.key}", icon=":material/group:"):
        named = owners.split()
        # nobody locks themselves out by a slip
        give(entry.folder, [*named, who.email] if named else [])
        st.rerun()


def _decided(delete_key: str = "") -> None:
    st.session_state.pop(TO_DELETE, None)
    if delete_key and person().may_change(home() / delete_key):
        delete(home() / delete_key)


@st.dialog("Delete this analysis?", on_dismiss=_decided)
def _confirm_delete(key: str) -> None:
    folder = home() / key
    run = read_run(folder)
    if run and run.active:
        st.info("It is being worked on. Cancel the run first.")
        return
    st.markdown("Its tables, uploaded files and corrections are removed for good. This can't be undone.")
    st.text(next((e.name for e in entries() if e.folder == folder), run.title if run else key))
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep it", on_click=_decided):
            st.rerun()
        if st.button("Delete for good", type="primary", icon=":material/delete:", on_click=_decided, args=(key,)):
            st.rerun()


def _day(created_at: str) -> str:
    return f"{datetime.fromisoformat(created_at):%-d %B %Y}"


main()
