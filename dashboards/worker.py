"""A run's process: waits for its turn, then becomes the analysis. ``python -m dashboards.worker FOLDER``."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from dashboards.jobs import RUN_FILE, Asked, is_alive, order, read_asked
from rfc_analyzer.runstatus import RunState, RunStatus, write_status

_LOCK_FILE = "queue.lock"
_POLL_SECONDS = 0.3
_KNOWN_WITHIN_SECONDS = 10.0


def main(folder: Path) -> None:
    """Never returns: the process is replaced, or ends where the run was cancelled while it waited."""
    # a server that was started in the background hands down that Ctrl-C is ignored; a run must be able to stop
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asked = _own(folder)
    began = RunStatus(RunState.QUEUED, (), os.getpid(), asked.queued_at)
    try:
        _take_turn(folder, asked, began)
    except KeyboardInterrupt:
        write_status(
            folder, RunStatus(RunState.CANCELLED, (), os.getpid(), asked.queued_at, message="Stopped by the user.")
        )
        sys.exit(130)
    write_status(folder, RunStatus(RunState.RUNNING, (), os.getpid(), asked.queued_at))
    command = [sys.executable, "-m", "rfc_analyzer", "analyze", *asked.arguments, "--output", str(folder)]
    os.execv(sys.executable, command)


def _own(folder: Path) -> Asked:
    """What this process is asked; the server writes the process's number a moment after it has started it."""
    deadline = time.monotonic() + _KNOWN_WITHIN_SECONDS
    while time.monotonic() < deadline:
        asked = read_asked(folder)
        if asked and asked.pid == os.getpid():
            return asked
        time.sleep(0.02)
    sys.exit(f"{folder}: another process was started for this run")


def _take_turn(folder: Path, asked: Asked, began: RunStatus) -> None:
    """Wait until no older run is left, and take the lock, which ends with the process, whatever ends it."""
    lock = os.open(folder.parent / _LOCK_FILE, os.O_RDWR | os.O_CREAT)
    # kept when the process becomes the analysis, and not handed to processes that it starts
    os.set_inheritable(lock, True)
    while True:
        write_status(folder, began)
        if not any(_before(folder, asked)):
            try:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except OSError:
                pass
        time.sleep(_POLL_SECONDS)


def _before(folder: Path, asked: Asked) -> Iterator[bool]:
    """True for each living run that was queued earlier."""
    for path in folder.parent.glob(f"*/{RUN_FILE}"):
        other = read_asked(path.parent)
        if other and path.parent != folder and order(path.parent, other) < order(folder, asked):
            yield is_alive(other.pid, path.parent)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
