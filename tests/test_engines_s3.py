"""Partitions in a bucket, on a real S3-compatible server on this machine."""

import json

import pyarrow as pa
import pytest
from engine_kernels import Doubled
from make_bucket import bucket as bucket

from rfc_analyzer.engines.cluster import DaskEngine
from rfc_analyzer.engines.storage import Storage
from rfc_analyzer.errors import BadInput


def test_a_table_in_a_bucket_is_found_again_and_removed(bucket):
    storage = Storage(f"{bucket}/one")
    table = pa.table({"n": [1, 2], "text": ["a", "é"]})
    assert storage.find("t") is None
    storage.write("t", table)
    assert Storage(f"{bucket}/one").read("t").equals(table)
    storage.remove("t")
    assert storage.find("t") is None


def test_a_bucket_that_is_not_there_is_told():
    with pytest.raises(BadInput, match="can't be kept in s3://nowhere"):
        Storage("s3://nowhere/x").check()


def test_workers_read_and_write_a_bucket_and_a_second_run_finds_what_is_done(bucket, tmp_path):
    engine = DaskEngine(Storage(f"{bucket}/run"), workers=1)
    try:
        for _ in range(2):
            parts = [pa.table({"n": [start, start + 1]}) for start in (0, 10, 20)]
            found = {outcome.number: outcome for outcome in engine.map(Doubled(str(tmp_path)), parts)}
            assert (
                json.dumps([found[n].table.column("n").to_pylist() for n in range(3)]) == "[[0, 2], [20, 22], [40, 42]]"
            )
            assert len(list(tmp_path.iterdir())) == 3
    finally:
        engine.close()
