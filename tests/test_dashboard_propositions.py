"""Propositions suggested, read again with everything else kept, and taken back, in the dashboard."""

from pathlib import Path

import pytest
from make_analysis import PROPOSITIONS, make_analysis
from streamlit.testing.v1 import AppTest

from dashboards import jobs
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.runstatus import RunState, RunStatus, write_status
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE
from rfc_analyzer.store import write_json

ROUTER = Path(__file__).resolve().parents[1] / "dashboards" / "router.py"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An analysis that a run of the dashboard made."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    folder = make_analysis(tmp_path / "run").folder
    asked = {"title": "Labels", "arguments": ["in", "--seed", "3", "--fresh"], "queued_at": "2026-05-01T00:00:00+00:00"}
    write_json(folder / jobs.RUN_FILE, asked | {"pid": 2**22 + 1})
    write_status(folder, RunStatus(RunState.DONE, (), 2**22 + 1, asked["queued_at"]))
    return folder


@pytest.fixture
def started(monkeypatch):
    found = []

    def start(folder, title, arguments):
        found.append(list(arguments))
        asked = {
            "title": title,
            "arguments": list(arguments),
            "queued_at": "2026-05-02T00:00:00+00:00",
            "pid": 2**22 + 1,
        }
        write_json(folder / jobs.RUN_FILE, asked)

    monkeypatch.setattr(jobs, "start", start)
    return found


@pytest.fixture
def app(folder, started):
    app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    app.switch_page("screens/positions.py").run()
    assert not app.exception
    return app


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception


def test_suggestions_are_added_and_read_and_the_first_ones_come_back(app, folder, started):
    assert app.button(key="propositions-undo").disabled
    press(app, "propositions-suggest")
    press(app, "propositions-run")
    arguments = started[0]
    assert arguments[:3] == ["in", "--seed", "3"] and "--fresh" not in arguments
    book = read_codebook(Path(arguments[arguments.index("--codebook") + 1]))
    assert not book.docket.docket_id, "another id than before would have all files read again"
    assert [p.proposition_id for p in book.propositions[:3]] == ["P1", "P2", "P3"]
    assert [p.text for p in book.propositions[:3]] == [p.text for p in PROPOSITIONS]
    assert "The price of food should be allowed to rise during the day." in [p.text for p in book.propositions]
    app.run()
    press(app, "propositions-undo")
    before = read_codebook(Path(started[1][started[1].index("--codebook") + 1]))
    assert [p.text for p in before.propositions] == [p.text for p in PROPOSITIONS]
