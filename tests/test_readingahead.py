"""The server reads the first analysis while it starts, and starts whatever is wrong with it."""

import threading

from make_analysis import make_analysis

from dashboards import readingahead
from dashboards.library import entries
from dashboards.state import open_analysis
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE


def test_the_first_analysis_is_read_before_anybody_asks(tmp_path, monkeypatch):
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    make_analysis(tmp_path / "one")
    readingahead.read_ahead().join()
    (entry,) = entries()
    # what a page opens is the same object, with the tables in it
    kept = open_analysis(entry)._results
    assert "theme holders" in kept and "themeless" in kept


def test_a_damaged_or_missing_analysis_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    failed = []
    monkeypatch.setattr(threading, "excepthook", failed.append)
    readingahead.read_ahead().join()
    analysis = make_analysis(tmp_path / "one")
    (analysis.folder / "submissions.parquet").write_bytes(b"no table")
    readingahead.read_ahead().join()
    assert failed == []
