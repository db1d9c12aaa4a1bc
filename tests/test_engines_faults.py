"""A whole analysis while workers die, the scheduler stops, or a file fails every time: the same tables in the end."""

import dask
import distributed  # noqa: F401 - its settings must be there before one of them is changed for a while
import engine_faults
import pytest
from engine_processes import address, started

from rfc_analyzer import analyze
from rfc_analyzer.checkpoints import digest
from rfc_analyzer.embedding import caching
from rfc_analyzer.engines.cluster import DaskEngine
from rfc_analyzer.errors import EngineLost
from rfc_analyzer.settings import EngineKind, EngineSettings
from rfc_analyzer.tables import CONTRACT_TABLES, REVIEWS

BOOK = "propositions:\n  - id: P1\n    text: The ferry should run at night.\n"
LETTERS = {
    "a": "I support the night ferry because nurses need it after their shift at the hospital on the mainland.",
    "b": "We oppose the night ferry. The noise would wake the children of the harbour, and the fares would rise.",
    "c": "The ferry should carry bicycles for free. It should also be painted in a colour that gulls can see.",
    "d": "Nobody asked the anglers. A ferry at night would scare the eels away, and eels are what we live on.",
}


@pytest.fixture
def docket(tmp_path, monkeypatch):
    """What ``analyze`` is given; nothing is kept between runs, and every letter is a partition."""
    (tmp_path / "in").mkdir()
    for name, text in LETTERS.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    (tmp_path / "book.yaml").write_text(BOOK)
    monkeypatch.setenv("RFC_ANALYZER_CACHE_MB", "0")
    monkeypatch.setattr(caching, "_CHUNK", 1)
    for name in ("_FILES_TOGETHER", "_ASKED_TOGETHER", "_TEXTS_TOGETHER"):
        monkeypatch.setattr(f"rfc_analyzer.kernels.{name}", 1)
    return {"inputs": [tmp_path / "in"], "codebook": tmp_path / "book.yaml"}


@pytest.fixture
def undisturbed(docket, tmp_path):
    return tables(analyze(**docket, output=tmp_path / "undisturbed"))


@pytest.fixture
def faults(tmp_path, monkeypatch):
    """The folder of the plan of what happens in workers that an analysis starts."""
    folder = tmp_path / "faults"
    folder.mkdir()
    monkeypatch.setenv(engine_faults.PLAN, str(folder))
    with dask.config.set({"distributed.worker.preload": ["engine_faults"]}):
        yield folder


def tables(analysis):
    """A digest of what the tables hold."""
    return {t.name: digest(analysis.frame(t).to_json()) for t in CONTRACT_TABLES if t is not REVIEWS}


def on(scheduler=None):
    return EngineSettings(EngineKind.DASK, scheduler=scheduler)


def test_workers_that_die_twice_in_the_midst_of_a_stage_change_nothing(docket, undisturbed, faults, tmp_path):
    engine_faults.plan(faults, deaths={"EmbedTexts": 2})
    found = analyze(**docket, output=tmp_path / "out", engine=on())
    assert len(engine_faults.deaths(faults)) == 2
    assert tables(found) == undisturbed and len(found.positions)
    assert not list((tmp_path / "out" / "work" / "partitions").glob("*"))


def test_a_file_that_fails_every_time_is_set_aside_and_the_next_run_heals_it(docket, undisturbed, faults, tmp_path):
    engine_faults.plan(faults, failing="b.txt")
    found = analyze(**docket, output=tmp_path / "out", engine=on())
    assert any("a file that no worker can bear" in note for note in found.manifest.notes)
    assert found.files.name[found.files.status != "ok"].tolist() == ["b.txt"] and len(found.positions)
    again = analyze(**docket, output=tmp_path / "out")
    healed = tables(again)
    assert [name for name in healed if healed[name] != undisturbed[name]] in ([], ["themes"]), (
        "known themes keep titles"
    )
    assert not [note for note in again.manifest.notes if "set aside" in note]


def test_a_stopped_scheduler_is_told_and_the_same_command_goes_on(docket, undisturbed, tmp_path, monkeypatch):
    file, *processes = started(tmp_path)
    done = []
    outcome = DaskEngine._outcome

    def noting(self, kernel, future, part):
        done.append(part.name)
        return outcome(self, kernel, future, part)

    def stopping(self, kernel, future, part):
        found = noting(self, kernel, future, part)
        if len([each for each in done if each.startswith("embedtexts")]) == 2:
            for process in processes:
                process.kill()
        return found

    monkeypatch.setattr(DaskEngine, "_outcome", stopping)
    try:
        with pytest.raises(EngineLost, match="same command again"):
            analyze(**docket, output=tmp_path / "out", engine=on(address(file)))
        before, done[:] = list(done), []
        file, *more = started(tmp_path)
        processes += more
        monkeypatch.setattr(DaskEngine, "_outcome", noting)
        found = analyze(**docket, output=tmp_path / "out", engine=on(address(file)))
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert tables(found) == undisturbed
    assert before and not set(before) & set(done), "what was finished is not done again"
