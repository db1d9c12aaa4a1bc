"""The server reads the first analysis while it starts, and starts whatever is wrong with it."""

import asyncio

from make_analysis import make_analysis

from dashboards import readingahead
from dashboards.library import entries
from dashboards.readingahead import read_first, reading_ahead
from dashboards.state import open_analysis
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE


def test_the_first_analysis_is_read_before_anybody_asks(tmp_path, monkeypatch):
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    make_analysis(tmp_path / "one")
    read_first()
    (entry,) = entries()
    # what a page opens is the same object, with the tables in it
    kept = open_analysis(entry)._results
    assert "theme holders" in kept and "themeless" in kept


def test_a_damaged_or_missing_analysis_stops_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    read_first()
    analysis = make_analysis(tmp_path / "one")
    (analysis.folder / "submissions.parquet").write_bytes(b"no table")
    read_first()


def test_the_first_page_is_made_once_for_nobody_and_a_server_that_stops_waits_for_nothing(monkeypatch):
    done = []
    asked = asyncio.Event()

    class Runtime:
        async def does_script_run_without_error(self):
            done.append("page")
            asked.set()

    monkeypatch.setattr(readingahead, "read_first", lambda: done.append("analysis"))
    monkeypatch.setattr(readingahead, "get_instance", Runtime)
    monkeypatch.setattr(readingahead, "_FIRST_PAGE_SECONDS", 3600)

    async def serve():
        async with reading_ahead(None):
            await asked.wait()

    asyncio.run(serve())
    assert done == ["analysis", "page"]
