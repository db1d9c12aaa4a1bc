"""Runs are processes of their own: they queue, stop, survive who started them, and say how they ended."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dashboards import jobs, library
from dashboards.progressing import in_words, share_done
from rfc_analyzer.comparison import file_report
from rfc_analyzer.runstatus import FILES_READ, RunState, RunStatus
from rfc_analyzer.serving import HOME_VARIABLE
from rfc_analyzer.store import load

ROOT = Path(__file__).resolve().parents[1]
LETTERS = {
    "ferry.txt": "We support night ferries to the islands. Nurses and bakers go to work before the first boat leaves.",
    "harbour.txt": "The harbour board opposes night ferries. Crews are short, and the breakwater has no lights.",
}
PATIENCE = 90.0


@pytest.fixture
def letters(tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    for name, text in LETTERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    home = tmp_path / "home"
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    yield home
    for run in jobs.runs():
        if run.active:
            jobs.cancel(run, grace=0.0).join()


def until(folder, wanted, patience=PATIENCE):
    """The run once ``wanted`` holds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        run = jobs.read_run(folder)
        if run and wanted(run):
            return run
        time.sleep(0.1)
    raise AssertionError(f"still {run}; it said: {(folder / jobs.ERROR_FILE).read_text()[-2000:]}")


def is_in(*states):
    return lambda run: run.state in states


def works(run):
    return run.state is RunState.RUNNING and bool(run.status and run.status.stages)


def test_runs_queue_and_a_cancelled_one_makes_way(own_home, letters):
    slow, quick = own_home / "a-slow", own_home / "b-quick"
    jobs.start(slow, "All samples", [str(ROOT / "samples" / "submissions")])
    jobs.start(quick, "Two letters", [str(letters)])
    until(slow, works)
    waiting = until(quick, lambda run: run.status is not None)
    assert waiting.state is RunState.QUEUED
    first, second = jobs.runs()
    assert (first.folder, second.folder, second.ahead) == (slow, quick, 1)

    jobs.cancel(first).join()
    stopped = jobs.read_run(slow)
    assert (stopped.state, stopped.message) == (RunState.CANCELLED, "Stopped by the user.")
    assert not jobs.is_alive(stopped.asked.pid, slow)
    until(quick, is_in(RunState.DONE))
    assert len(load(quick).submissions) == len(LETTERS)


def test_a_waiting_run_can_be_cancelled_and_continued(own_home, letters):
    slow, quick = own_home / "a-slow", own_home / "b-quick"
    jobs.start(slow, "All samples", [str(ROOT / "samples" / "submissions")])
    jobs.start(quick, "Two letters", [str(letters)])
    jobs.cancel(until(quick, lambda run: run.status is not None)).join()
    assert jobs.read_run(quick).state is RunState.CANCELLED
    jobs.cancel(jobs.read_run(slow)).join()
    jobs.resume(jobs.read_run(quick))
    done = until(quick, is_in(RunState.DONE))
    assert done.has_result


def test_a_run_outlives_who_started_it_and_a_dead_one_goes_on(own_home, letters):
    folder = own_home / "letters"
    code = (
        "import sys; from pathlib import Path; from dashboards.jobs import start;"
        "start(Path(sys.argv[1]), 'Two letters', [sys.argv[2]])"
    )
    subprocess.run([sys.executable, "-c", code, str(folder), str(letters)], check=True, cwd=ROOT)
    run = until(folder, works)
    os.kill(run.asked.pid, signal.SIGKILL)
    lost = until(folder, lambda run: not run.active)
    assert (lost.state, lost.lost) == (RunState.FAILED, True)
    assert "stopped unexpectedly" in lost.message

    jobs.resume(lost)
    until(folder, is_in(RunState.DONE))
    assert len(load(folder).submissions) == len(LETTERS)
    # the same report while the run works and when it is done
    assert file_report(folder) == file_report(folder / FILES_READ)
    (entry,) = library.entries()
    assert (entry.key, entry.submissions, entry.own) == ("letters", len(LETTERS), True)


def test_a_run_that_can_not_go_on_says_why_in_a_line(own_home, letters, tmp_path):
    codebook = tmp_path / "codebook.yaml"
    codebook.write_text("propositions:\n  - {id: P1}\n", encoding="utf-8")
    folder = own_home / "bad"
    jobs.start(folder, "Bad codebook", [str(letters), "--codebook", str(codebook)])
    failed = until(folder, lambda run: not run.active)
    assert (failed.state, failed.lost) == (RunState.FAILED, False)
    assert failed.message == "codebook.yaml, line 2: key 'text' is missing"


def test_nothing_readable_is_a_failure_with_a_reason(own_home, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "scan.pdf").write_bytes(b"no pdf at all \0\1\2")
    folder = own_home / "empty"
    jobs.start(folder, "Empty", [str(empty)])
    failed = until(folder, lambda run: not run.active)
    assert failed.state is RunState.FAILED
    assert "no readable comment" in failed.message
    assert "\n" not in failed.message


def test_a_process_of_another_folder_is_not_this_run(own_home):
    assert not jobs.is_alive(os.getpid(), own_home / "other")
    assert not jobs.is_alive(0, own_home)


def test_a_damaged_run_file_is_no_run(own_home):
    (own_home / "x").mkdir(parents=True)
    (own_home / "x" / jobs.RUN_FILE).write_text("{")
    assert jobs.runs() == []


def test_names_are_kept_beside_the_analysis(own_home):
    folder = own_home / "x"
    folder.mkdir(parents=True)
    library.rename(folder, "  Night   ferries \n")
    assert library.name_of(folder) == "Night ferries"


def test_only_own_folders_are_deleted(own_home, tmp_path):
    mine = own_home / "x"
    mine.mkdir(parents=True)
    with pytest.raises(ValueError, match="own analyses"):
        library.delete(tmp_path)
    with pytest.raises(ValueError, match="own analyses"):
        library.delete(mine / "..")
    library.delete(mine)
    assert not mine.exists()


@pytest.mark.parametrize(
    ("stage", "done", "total", "share"),
    [("", 0, None, 0.0), ("one", 0, None, 0.0), ("two", 1, 2, 0.75), ("two", 5, 2, 1.0), ("other", 1, 2, 0.0)],
)
def test_the_share_done_counts_stages_alike(stage, done, total, share):
    status = RunStatus(RunState.RUNNING, ("one", "two"), 1, "", stage=stage, done=done, total=total)
    assert share_done(status) == share


def test_time_left_is_rough():
    assert in_words(12) == "less than a minute left"
    assert in_words(100) == "about 2 minutes left"
    assert in_words(5400) == "about 1.5 hours left"
