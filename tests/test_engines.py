"""Engines: the same results everywhere, whatever happens to workers and scheduler. Workers are real processes."""

import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pytest
from engine_kernels import Deadly, Doubled, Failing, Loads

from rfc_analyzer import analyze
from rfc_analyzer.checkpoints import digest
from rfc_analyzer.cli import main
from rfc_analyzer.engines import LocalEngine
from rfc_analyzer.engines.cluster import DaskEngine
from rfc_analyzer.engines.storage import Storage
from rfc_analyzer.errors import BadInput, EngineLost
from rfc_analyzer.settings import EngineKind, EngineSettings
from rfc_analyzer.tables import CONTRACT_TABLES, REVIEWS

PARTITIONS = [pa.table({"n": list(range(start, start + 10))}) for start in range(0, 120, 10)]
UNDISTURBED = digest([[2 * n for n in part.column("n").to_pylist()] for part in PARTITIONS])
LETTERS = {
    "a": "I support the night ferry because nurses need it after their shift at the hospital on the mainland.",
    "b": "We oppose the night ferry. The noise would wake the children of the harbour, and the fares would rise.",
    "c": "The ferry should carry bicycles for free. It should also be painted in a colour that gulls can see.",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    made = DaskEngine(Storage(str(tmp_path_factory.mktemp("partitions"))), workers=2)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_set_aside(engine):
    engine.set_aside.clear()


def results(engine, kernel, partitions=PARTITIONS):
    return {outcome.number: outcome for outcome in engine.map(kernel, partitions)}


def digest_of(found):
    return digest([found[number].table.column("n").to_pylist() for number in sorted(found)])


def test_engines_give_the_same(engine, tmp_path):
    assert digest_of(results(LocalEngine(), Doubled(str(tmp_path)))) == UNDISTURBED
    assert digest_of(results(engine, Doubled(str(tmp_path)))) == UNDISTURBED
    assert len({note.name.split("-")[1] for note in tmp_path.iterdir()}) == 3, "this process and two workers"


def test_a_worker_killed_twice_in_the_midst_changes_nothing(engine, tmp_path):
    found = results(engine, Deadly(str(tmp_path), first=50, times=2))
    assert (tmp_path / "dead-1").exists()
    assert digest_of(found) == UNDISTURBED and not engine.set_aside


@pytest.mark.parametrize("kernel", [LocalEngine, None], ids=["local", "dask"])
def test_a_partition_that_always_fails_is_set_aside_and_the_rest_completes(kernel, engine, tmp_path):
    used = kernel() if kernel else engine
    found = results(used, Failing(str(tmp_path), first=30))
    aside = found.pop(3)
    assert used.set_aside == [aside] and aside.rows == 10
    assert "ValueError: a row that no kernel can bear" in aside.sentence()
    assert digest_of(found) == digest([[2 * n for n in range(s, s + 10)] for s in range(0, 120, 10) if s != 30])


def test_a_partition_that_kills_every_worker_is_set_aside(engine, tmp_path):
    found = results(engine, Deadly(str(tmp_path), first=10, times=99), PARTITIONS[:3])
    assert engine.set_aside == [found[1]] and "died" in found[1].reason
    assert found[0].table.num_rows == found[2].table.num_rows == 10


def test_each_model_is_loaded_once_a_worker(engine):
    rows = [row for outcome in results(engine, Loads()).values() for row in outcome.table.to_pylist()]
    assert len(rows) == 12 and {row["loads"] for row in rows} == {1}


def test_what_is_finished_is_not_done_again_until_it_is_removed(engine, tmp_path):
    kernel = Doubled(str(tmp_path))
    for done in (12, 12):
        assert digest_of(results(engine, kernel)) == UNDISTURBED
        assert len(list(tmp_path.iterdir())) == done
    engine.finish()
    results(engine, kernel)
    assert len(list(tmp_path.iterdir())) == 24


def test_a_damaged_result_is_done_again(engine, tmp_path):
    kernel = Doubled(str(tmp_path))
    results(engine, kernel)
    for file in Path(engine._storage.url).glob("*-done.parquet"):
        file.write_bytes(file.read_bytes()[:30])
    assert digest_of(results(engine, kernel)) == UNDISTURBED


def started(folder):
    """A scheduler and a worker, as a person starts them."""
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    command = [sys.executable, "-m", "dask", "scheduler", "--no-dashboard", "--host", "127.0.0.1", "--port", "0"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": Path(__file__).parent}
    scheduler = subprocess.Popen([*command, "--scheduler-file", str(file)], **quiet)
    worker = [sys.executable, "-m", "dask", "worker", "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    worker += ["--scheduler-file", str(file), "--local-directory", str(folder), "--death-timeout", "120"]
    worker += ["--preload", "engine_kernels"]
    return file, scheduler, subprocess.Popen(worker, **quiet)


def address(file):
    import json

    for _ in range(600):
        if file.exists() and file.read_text():
            return json.loads(file.read_text())["address"]
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


def test_a_stopped_scheduler_is_told_and_the_next_run_goes_on_from_the_last_finished_partition(tmp_path):
    notes = tmp_path / "notes"
    notes.mkdir()
    kernel = Doubled(str(notes), wait=0.2)
    storage = Storage(str(tmp_path / "partitions"))
    file, *processes = started(tmp_path)
    try:
        first = DaskEngine(storage, address(file))
        done = []
        with pytest.raises(EngineLost, match="same command again"):
            for outcome in first.map(kernel, PARTITIONS):
                done.append(outcome.number)
                if len(done) == 4:
                    processes[0].kill()
                    processes[1].kill()
        first.close()
        assert 4 <= len(done) < 12
        before = {note.name for note in notes.iterdir()}
        file, *more = started(tmp_path)
        processes += more
        second = DaskEngine(storage, address(file))
        assert digest_of(results(second, kernel)) == UNDISTURBED
        second.close()
        again = {note.name.split("-")[0] for note in notes.iterdir() if note.name not in before}
        assert not again & {str(10 * number) for number in done}
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_scheduler_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("rfc_analyzer.engines.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(EngineLost, match="dask scheduler"):
        results(DaskEngine(Storage(str(tmp_path)), "tcp://127.0.0.1:9"), Doubled(str(tmp_path)))


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="can't be kept"):
        results(DaskEngine(Storage(str(tmp_path / "file"))), Doubled(str(tmp_path)))


def test_an_analysis_is_the_same_on_dask(tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    for name, text in LETTERS.items():
        (tmp_path / "in" / f"{name}.txt").write_text(text)
    book = tmp_path / "book.yaml"
    book.write_text("propositions:\n  - id: P1\n    text: The ferry should run at night.\n")
    monkeypatch.setenv("RFC_ANALYZER_CACHE_MB", "0")
    here = analyze([tmp_path / "in"], tmp_path / "here", codebook=book)
    there = analyze([tmp_path / "in"], tmp_path / "there", codebook=book, engine=EngineSettings(EngineKind.DASK))
    for table in CONTRACT_TABLES:
        if table is not REVIEWS:
            assert here.frame(table).equals(there.frame(table)), table.name
    assert len(here.positions) and not list((tmp_path / "there" / "work" / "partitions").glob("*"))


def test_a_cluster_without_dask_is_asked_about(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(LETTERS["a"])
    asked = ["analyze", str(tmp_path / "a.txt"), "--output", str(tmp_path / "out"), "--storage", "s3://b/n"]
    assert main(asked) == 2
    assert "--engine dask" in capsys.readouterr().err
