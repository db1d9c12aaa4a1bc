"""Runs on the screen: how far they are, how they ended, and what became of the files."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboards.access import runs
from dashboards.address import ANALYSIS
from dashboards.escaping import one_line
from dashboards.jobs import Run, cancel, read_run, resume
from dashboards.labels import FILE_STATUSES, TYPES, count_of
from dashboards.state import open_page
from rfc_analyzer.comparison import FileReport, file_report
from rfc_analyzer.comparison.sofar import found_so_far
from rfc_analyzer.runstatus import FILES_READ, RunState, RunStatus

POLL_SECONDS = 1.0
# a run that works says so twice a second
_SILENT_SECONDS = 60.0
_WATCHED, TO_DELETE = "_watched", "_to_delete"
_MINUTE, _HOUR = 60, 3600
# the stages whose results can be told before the whole is done, by how a run calls them
RESULTS = {
    "Telling who speaks": "respondents",
    "Finding campaigns": "campaigns",
    "Finding themes": "themes",
    "Reading positions": "positions",
}


def show_runs() -> None:
    """The runs that wait, work or need a person, kept up to date while any works."""
    polling = any(run.active for run in runs())
    st.fragment(_show_runs, run_every=POLL_SECONDS if polling else None)(polling)


def show_run_of(folder: Path) -> None:
    """The run that works on an open analysis, until it ends and its page is drawn anew; nothing where none works."""
    run = read_run(folder)
    if run and run.active:
        st.fragment(_show_until_its_end, run_every=POLL_SECONDS)(folder)


def show_file_report(report: FileReport) -> None:
    """What became of the files: those that need a person first. Names and reasons are plain text."""
    told = " · ".join(f"{n:,} {FILE_STATUSES[s].lower()}" for s, n in report.counts.items())
    of = f" of {count_of(report.submissions, 'submission')}" if report.submissions else ""
    st.caption(f"Texts{of}: {told}")
    if not report.remarked:
        return
    title = f"{count_of(report.unread, 'file')} could not be read" if report.unread else "Files with remarks"
    with st.expander(title):
        st.dataframe(
            {
                "File": [row.name for row in report.remarked],
                "Submission": [row.submission_id or "" for row in report.remarked],
                "Status": [FILE_STATUSES[row.status] for row in report.remarked],
                "Why, and what to do": [row.message for row in report.remarked],
            },
            hide_index=True,
            column_config={"Why, and what to do": st.column_config.TextColumn(width="large")},
        )
        if report.more:
            st.caption(f"{count_of(report.more, 'text')} more with remarks are in the table files.parquet.")


def in_words(seconds: float) -> str:
    """A time left, as rough as it is known."""
    if seconds < _MINUTE:
        return "less than a minute left"
    if seconds < _HOUR:
        return f"about {count_of(round(seconds / _MINUTE), 'minute')} left"
    return f"about {seconds / _HOUR:.1f} hours left"


def share_done(status: RunStatus) -> float:
    """How far a run is, in 0..1; each stage counts alike."""
    if status.stage not in status.stages:
        return 0.0
    within = status.done / status.total if status.total else 0.0
    return (status.stages.index(status.stage) + min(within, 1.0)) / len(status.stages)


def _show_runs(polling: bool) -> None:
    found = runs()
    watched: set[str] = st.session_state.setdefault(_WATCHED, set())
    watched |= {run.key for run in found if run.active}
    if polling is not any(run.active for run in found):
        # the whole page, once more: what has ended is now among the analyses, what goes on is polled
        st.rerun()
    for run in found:
        if run.active or run.state is not RunState.DONE or run.key in watched:
            with st.container(border=True, key=f"run-{run.key}"):
                _show_run(run)


def _show_until_its_end(folder: Path) -> None:
    run = read_run(folder)
    if run is None or not run.active:
        # the whole page: the tables are new, or the Start page tells why they are not
        st.rerun()
    with st.container(border=True, key=f"run-{run.key}"):
        _show_run(run)


def _show_run(run: Run) -> None:
    title, buttons = st.columns([3, 2], vertical_alignment="center")
    with title, st.container(key=f"title-{run.key}"):
        st.text(run.title)
    with buttons, st.container(horizontal=True, horizontal_alignment="right"):
        _show_buttons(run)
    if run.state is RunState.QUEUED:
        _show_queued(run)
    elif run.state is RunState.RUNNING:
        _show_working(run)
    elif run.state is RunState.DONE:
        st.success("Finished. The analysis is ready.", icon=":material/check_circle:")
    elif run.state is RunState.CANCELLED:
        st.info("Stopped. What was finished is kept; Continue goes on from there.", icon=":material/pause_circle:")
    elif run.lost:
        st.warning(f"{run.message} Continue goes on from where it was.", icon=":material/warning:")
    else:
        st.error("The run could not go on:", icon=":material/error:")
        st.text(run.message)
    report = file_report(run.folder) or file_report(run.folder / FILES_READ)
    if report and run.state is not RunState.QUEUED:
        show_file_report(report)


def _show_buttons(run: Run) -> None:
    # by callbacks, which run first: a click while the page is being drawn is not lost
    key = run.key
    if run.active:
        st.button("Cancel", key=f"cancel-{key}", icon=":material/stop_circle:", on_click=_cancel, args=(run,))
        return
    if run.state is RunState.DONE:
        if st.button("Open", key=f"open-run-{key}", type="primary", icon=":material/arrow_forward:"):
            open_page("overview", {ANALYSIS: [key]})
        return
    again = "Continue" if run.lost or run.state is RunState.CANCELLED else "Try again"
    play = ":material/play_arrow:"
    st.button(again, key=f"resume-{key}", type="primary", icon=play, on_click=_resume, args=(run,))
    if st.button("Delete", key=f"delete-run-{key}", icon=":material/delete:"):
        st.session_state[TO_DELETE] = key
        st.rerun()


def _cancel(run: Run) -> None:
    st.session_state[_cancelling(run)] = True
    cancel(run)


def _resume(run: Run) -> None:
    st.session_state.pop(_cancelling(run), None)
    resume(run)


def _cancelling(run: Run) -> str:
    return f"_cancelling-{run.key}"


def _show_queued(run: Run) -> None:
    if run.ahead:
        st.info(
            f"Waiting: {count_of(run.ahead, 'run')} before it. It starts by itself.", icon=":material/hourglass_top:"
        )
    else:
        st.info("Starting …", icon=":material/hourglass_top:")


def _show_working(run: Run) -> None:
    status = run.status
    if status is None or not status.stages:
        st.progress(0.0, text="Starting …")
        return
    if st.session_state.get(_cancelling(run)):
        st.progress(share_done(status), text="Stopping …")
        return
    st.progress(share_done(status), text=_told(status))
    st.caption(" · ".join(_stages(status)))
    if status.detail:
        # the name of a file: plain text
        st.text(status.detail[:120])
    _show_so_far(run, status)
    if run.silent_seconds > _SILENT_SECONDS:
        st.warning(
            f"The run has given no sign of life for {count_of(round(run.silent_seconds / _MINUTE), 'minute')}. "
            "Cancel it and continue, if this lasts.",
            icon=":material/warning:",
        )


def _show_so_far(run: Run, status: RunStatus) -> None:
    """What the stages that are done have found; the words of themes are plain text."""
    now = status.stages.index(status.stage) if status.stage in status.stages else 0
    found = found_so_far(run.folder, [RESULTS[title] for title in status.stages[:now] if title in RESULTS])
    said = []
    if found.types:
        said.append("Who answered: " + ", ".join(f"{n:,} {TYPES[t].lower()}" for t, n in found.types.items()))
    if found.campaigns is not None:
        largest = f", the largest of {count_of(found.campaigns[0], 'submission')}" if found.campaigns else ""
        said.append(f"Form letters: {count_of(len(found.campaigns), 'campaign')}{largest}")
    if found.themes:
        said.append("Themes: " + "; ".join(one_line(label) for label in found.themes))
    if said:
        with st.container(key=f"so-far-{run.key}", gap="xxsmall"):
            st.caption("Found so far, in submissions")
            st.text("\n".join(said))


def _told(status: RunStatus) -> str:
    if status.stage not in status.stages:
        return "Starting …"
    told = f"Step {status.stages.index(status.stage) + 1} of {len(status.stages)}: {status.stage}"
    if status.total:
        told += f", {min(status.done, status.total):,} of {status.total:,}"
    if status.seconds_left is not None:
        told += f", {in_words(status.seconds_left)} in this step"
    return told


def _stages(status: RunStatus) -> list[str]:
    now = status.stages.index(status.stage) if status.stage in status.stages else -1
    marked = []
    for number, name in enumerate(status.stages):
        if number < now:
            marked.append(f":material/check: {name}")
        else:
            marked.append(f"**{name}**" if number == now else name)
    return marked
