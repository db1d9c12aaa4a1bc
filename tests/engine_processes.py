"""A scheduler and a worker as a person starts them, in processes of their own."""

import json
import subprocess
import sys
import time
from pathlib import Path


def started(folder):
    """The file that names the scheduler, and both processes."""
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
    """Where the scheduler listens, once it does."""
    for _ in range(600):
        if file.exists() and file.read_text():
            return json.loads(file.read_text())["address"]
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")
