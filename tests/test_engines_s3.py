"""Partitions in a bucket, on a real S3-compatible server on this machine."""

import json
import socket
import subprocess
import sys
import time
import urllib.request

import pyarrow as pa
import pytest
import s3fs
from engine_kernels import Doubled

from rfc_analyzer.engines.cluster import DaskEngine
from rfc_analyzer.engines.storage import Storage
from rfc_analyzer.errors import BadInput


@pytest.fixture(scope="module")
def bucket():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        for _ in range(300):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/data.json")
                break
            except OSError:
                time.sleep(0.2)
        s3fs.S3FileSystem().mkdir("dockets")
        yield "s3://dockets"
    server.kill()
    server.wait()


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
