"""Runs of the analysis: each a process of its own, one at a time, that neither a closed tab nor a restart stops.

A run's folder under :func:`home` holds ``run.json`` (what was asked), ``status.json`` (where it is, written by the
run itself), its output, and in the end the analysis. Everything is on disk, so that any server shows the same runs.
"""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from dashboards.library import home, name_of
from rfc_analyzer.runstatus import RunState, RunStatus, read_status, write_status
from rfc_analyzer.serving import checkout
from rfc_analyzer.store import MANIFEST, write_json

RUN_FILE, OUT_FILE, ERROR_FILE = "run.json", "stdout.txt", "stderr.txt"
# how long a run may take to stop by itself once it is asked to
GRACE_SECONDS = 15.0
_LAUNCH_SECONDS = 10.0
_PREFIX = "rfc-analyzer: "
_STOPPED = "The run stopped unexpectedly: the machine restarted, ran out of memory, or somebody ended it."


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked to do. ``arguments`` are those of ``rfc-analyzer analyze`` without ``--output``."""

    title: str
    arguments: tuple[str, ...]
    queued_at: str
    pid: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it is now; ``ahead`` counts the runs that come before a queued one. ``message`` is one line."""

    folder: Path
    asked: Asked
    state: RunState
    status: RunStatus | None
    message: str = ""
    ahead: int = 0
    lost: bool = False

    @property
    def key(self) -> str:
        return self.folder.name

    @property
    def title(self) -> str:
        return name_of(self.folder) or self.asked.title

    @property
    def active(self) -> bool:
        """True while it waits or works."""
        return self.state in (RunState.QUEUED, RunState.RUNNING)

    @property
    def silent_seconds(self) -> float:
        """How long a working run has given no sign of life."""
        if self.state is not RunState.RUNNING or not self.status or not self.status.updated_at:
            return 0.0
        return (datetime.now(UTC) - datetime.fromisoformat(self.status.updated_at)).total_seconds()

    @property
    def has_result(self) -> bool:
        """True where an analysis can be opened, also one of an earlier run."""
        return (self.folder / MANIFEST).exists()


def new_key() -> str:
    """A name for a run's folder that sorts by time and can't be guessed."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"


def start(folder: Path, title: str, arguments: Sequence[str]) -> None:
    """Queue ``rfc-analyzer analyze`` with ``arguments`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    _launch(folder, Asked(title, tuple(arguments), _now()))


def resume(run: Run) -> None:
    """The same command again, at the end of the queue; finished stages are kept."""
    _launch(run.folder, replace(run.asked, queued_at=_now(), pid=0))


def cancel(run: Run, grace: float = GRACE_SECONDS) -> threading.Thread:
    """Ask the run to stop, and end it after ``grace`` seconds if it doesn't; what is done stays."""
    stopper = threading.Thread(target=_stop, args=(run, grace), daemon=True)
    stopper.start()
    return stopper


def runs() -> list[Run]:
    """All runs, those that work and wait first in their order, then the rest, the newest first."""
    found = [run for path in home().glob(f"*/{RUN_FILE}") if (run := read_run(path.parent))]
    active = sorted(
        (r for r in found if r.active), key=lambda r: (r.state is RunState.QUEUED, order(r.folder, r.asked))
    )
    rest = sorted((r for r in found if not r.active), key=lambda r: r.asked.queued_at, reverse=True)
    return [replace(r, ahead=i) if r.state is RunState.QUEUED else r for i, r in enumerate(active)] + rest


def read_run(folder: Path) -> Run | None:
    """The run in ``folder`` as it is now; None where none was started there."""
    asked = read_asked(folder)
    if asked is None:
        return None
    # before its status is read: what an ended process wrote is its last word
    alive = is_alive(asked.pid, folder) or _is_being_launched(asked)
    status = read_status(folder)
    mine = status if status and status.pid == asked.pid else None
    if mine and mine.state in (RunState.FAILED, RunState.CANCELLED):
        return Run(folder, asked, mine.state, mine, _first_line(mine.message))
    if alive:
        waits = mine is None or mine.state is RunState.QUEUED
        return Run(folder, asked, RunState.QUEUED if waits else RunState.RUNNING, mine)
    if mine and mine.state is RunState.DONE:
        return Run(folder, asked, RunState.DONE, mine)
    said = _last_words(folder)
    return Run(folder, asked, RunState.FAILED, mine, said or _STOPPED, lost=not said)


def read_asked(folder: Path) -> Asked | None:
    """What the run in ``folder`` was asked; None where none was started there."""
    try:
        plain = json.loads((folder / RUN_FILE).read_text(encoding="utf-8"))
        return Asked(plain["title"], tuple(plain["arguments"]), plain["queued_at"], plain["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def order(folder: Path, asked: Asked) -> tuple[str, str]:
    """By what the queue is ordered."""
    return (asked.queued_at, folder.name)


def is_alive(pid: int, folder: Path) -> bool:
    """Whether the process ``pid`` is there and works on ``folder``: numbers of ended processes are used again."""
    if pid <= 0:
        return False
    try:
        # an ended child of this server stays listed until it is asked for
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:
        pass
    process = Path(f"/proc/{pid}")
    if Path("/proc/self").exists():
        try:
            command = (process / "cmdline").read_bytes()
            # empty for a moment while the worker becomes the analysis, and for good where nobody collects the dead
            return os.fsencode(folder) in command or (not command and not _is_dead(process))
        except OSError:
            return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _is_being_launched(asked: Asked) -> bool:
    """True between the order and the process."""
    since = datetime.now(UTC) - datetime.fromisoformat(asked.queued_at)
    return not asked.pid and since.total_seconds() < _LAUNCH_SECONDS


def _is_dead(process: Path) -> bool:
    state = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
    return state in ("Z", "X")


def _launch(folder: Path, asked: Asked) -> None:
    # the worker waits for its turn and then becomes the analysis: one process id from beginning to end
    command = [sys.executable, "-m", "dashboards.worker", str(folder)]
    write_json(folder / RUN_FILE, asdict(asked))
    with (folder / OUT_FILE).open("wb") as out, (folder / ERROR_FILE).open("wb") as error:
        process = subprocess.Popen(
            command, cwd=checkout(), stdin=subprocess.DEVNULL, stdout=out, stderr=error, start_new_session=True
        )
    write_json(folder / RUN_FILE, asdict(replace(asked, pid=process.pid)))


def _stop(run: Run, grace: float) -> None:
    pid = run.asked.pid
    _signal(run, signal.SIGINT)
    deadline = time.monotonic() + grace
    while is_alive(pid, run.folder) and time.monotonic() < deadline:
        time.sleep(0.1)
    if is_alive(pid, run.folder):
        _signal(run, signal.SIGKILL)
    ended = read_status(run.folder)
    now = read_asked(run.folder)
    if now is None or now.pid != pid:
        # deleted or continued meanwhile
        return
    if ended is None or ended.pid != pid or ended.state in (RunState.QUEUED, RunState.RUNNING):
        was = ended if ended and ended.pid == pid else RunStatus(RunState.QUEUED, (), pid, _now())
        write_status(run.folder, replace(was, state=RunState.CANCELLED, message="Stopped by the user."))


def _signal(run: Run, number: signal.Signals) -> None:
    """To the run and the processes that it started."""
    if is_alive(run.asked.pid, run.folder):
        try:
            os.killpg(run.asked.pid, number)
        except ProcessLookupError:
            return


def _last_words(folder: Path) -> str:
    """The line with which the command line ends where it can't go on; empty where it said nothing."""
    try:
        lines = (folder / ERROR_FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    said = [line.removeprefix(_PREFIX) for line in lines if line.startswith(_PREFIX)]
    return said[-1] if said else ""


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0] if message.strip() else ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
