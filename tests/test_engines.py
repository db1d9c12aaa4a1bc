"""Engines: the same results everywhere, whatever happens to workers and scheduler. Workers are real processes."""

import os
import signal
import time
from pathlib import Path

import pyarrow as pa
import pytest
from distributed import LocalCluster
from engine_kernels import Deadly, Doubled, Failing, Loads

from rfc_analyzer.checkpoints import digest
from rfc_analyzer.cli import main
from rfc_analyzer.engines import LocalEngine
from rfc_analyzer.engines.cluster import DaskEngine
from rfc_analyzer.engines.storage import Storage
from rfc_analyzer.errors import BadInput, EngineLost

PARTITIONS = [pa.table({"n": list(range(start, start + 10))}) for start in range(0, 120, 10)]
UNDISTURBED = digest([[2 * n for n in part.column("n").to_pylist()] for part in PARTITIONS])


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


def test_what_waits_beside_a_deadly_partition_is_not_set_aside(tmp_path_factory, tmp_path):
    alone = DaskEngine(Storage(str(tmp_path_factory.mktemp("partitions"))), workers=1)  # all waits on one worker
    found = results(alone, Deadly(str(tmp_path), first=0, times=99), PARTITIONS[:3])
    assert alone.set_aside == [found[0]]
    assert found[1].table.num_rows == found[2].table.num_rows == 10
    alone.close()


def test_a_worker_that_dies_after_its_answer_takes_nothing_with_it(engine, tmp_path, monkeypatch):
    finished = engine._finished
    killed = []

    def and_die(running):
        done = finished(running)
        if not killed:
            killed.extend(engine._connected().run(os.getpid).values())
            for pid in killed:
                os.kill(pid, signal.SIGKILL)
            while any(future.status == "finished" for future in done):
                time.sleep(0.01)
        return done

    monkeypatch.setattr(engine, "_finished", and_die)
    assert digest_of(results(engine, Doubled(str(tmp_path)))) == UNDISTURBED
    assert len(killed) == 2 and not engine.set_aside


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


def test_a_cluster_without_workers_is_not_waited_for_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr("rfc_analyzer.engines.cluster._WORKERLESS_SECONDS", 0.5)
    monkeypatch.setattr("rfc_analyzer.engines.cluster._LOOK_SECONDS", 0.2)
    with LocalCluster(n_workers=0, dashboard_address="127.0.0.1:0", host="127.0.0.1", silence_logs=50) as cluster:
        engine = DaskEngine(Storage(str(tmp_path)), cluster.scheduler_address)
        with pytest.raises(EngineLost, match="no worker is left on the Dask scheduler at tcp"):
            results(engine, Doubled(str(tmp_path)))
        engine.close()


def test_a_scheduler_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("rfc_analyzer.engines.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(EngineLost, match="dask scheduler"):
        results(DaskEngine(Storage(str(tmp_path)), "tcp://127.0.0.1:9"), Doubled(str(tmp_path)))


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="can't be kept"):
        results(DaskEngine(Storage(str(tmp_path / "file"))), Doubled(str(tmp_path)))


def test_a_cluster_without_dask_is_asked_about(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("I support the night ferry because nurses need it.")
    asked = ["analyze", str(tmp_path / "a.txt"), "--output", str(tmp_path / "out"), "--storage", "s3://b/n"]
    assert main(asked) == 2
    assert "--engine dask" in capsys.readouterr().err
