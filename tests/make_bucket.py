"""A real S3-compatible server on this machine, with a bucket for tests."""

import socket
import subprocess
import sys
import time
import urllib.request

import pytest
import s3fs


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
        s3fs.S3FileSystem.clear_instance_cache()  # it may know the server of another module
        s3fs.S3FileSystem().mkdir("dockets")
        yield "s3://dockets"
    server.kill()
    server.wait()
