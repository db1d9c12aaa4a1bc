"""What a run says of itself: ``status.json`` in the analysis folder, rewritten twice a second."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any

from rfc_analyzer.progress import Progress

STATUS_FILE = "status.json"
# below the analysis folder: where the first stage leaves its tables, long before the analysis is whole
FILES_READ = Path("work") / "ingest"
_BEAT_SECONDS = 0.5


class RunState(StrEnum):
    """Where a run is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class RunStatus:
    """One state of a run; ``seconds_left`` is of the present stage, None while it can't be told."""

    state: RunState
    stages: tuple[str, ...]
    pid: int
    started_at: str
    stage: str = ""
    done: int = 0
    total: int | None = None
    detail: str = ""
    updated_at: str = ""
    seconds_left: float | None = None
    message: str = ""


class StatusFile:
    """A progress that keeps ``status.json`` up to date and passes everything on to another progress.

    Use it as a context manager: leaving it writes ``done``, or ``cancelled`` or ``failed`` with the reason.
    """

    def __init__(self, folder: Path, stages: Sequence[str], inner: Progress) -> None:
        self._path = folder / STATUS_FILE
        self._inner = inner
        self._status = RunStatus(RunState.RUNNING, tuple(stages), os.getpid(), _now())
        self._stage_began = monotonic()
        self._lock = threading.Lock()
        self._finished = threading.Event()
        self._beat = threading.Thread(target=self._keep_writing, daemon=True)

    def stage(self, name: str, total: int | None) -> None:
        with self._lock:
            self._stage_began = monotonic()
            self._status = replace(self._status, stage=name, total=total, done=0, detail="")
        self._inner.stage(name, total)

    def advance(self, items: int = 1, detail: str = "") -> None:
        with self._lock:
            self._status = replace(self._status, done=self._status.done + items, detail=detail)
        self._inner.advance(items, detail)

    def __enter__(self) -> StatusFile:
        self._write()
        self._beat.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._finished.set()
        self._beat.join()
        state, message = RunState.DONE, ""
        stopped = _comes_of_stopping(error)
        if stopped:
            state, message = RunState.CANCELLED, "Stopped by the user."
        elif error is not None:
            state, message = RunState.FAILED, str(error) or type(error).__name__
        self._status = replace(self._status, state=state, message=message)
        self._write()
        if stopped and not isinstance(error, KeyboardInterrupt):
            raise KeyboardInterrupt from error

    def _keep_writing(self) -> None:
        while not self._finished.wait(_BEAT_SECONDS):
            self._write()

    def _write(self) -> None:
        with self._lock:
            status = replace(self._status, seconds_left=self._seconds_left())
        write_status(self._path.parent, status)

    def _seconds_left(self) -> float | None:
        done, total = self._status.done, self._status.total
        if not done or not total or self._status.state is not RunState.RUNNING:
            return None
        return round((monotonic() - self._stage_began) / done * max(0, total - done), 1)


def write_status(folder: Path, status: RunStatus) -> None:
    """Say that a run is alive and where it is; readers see the old state or the new one."""
    path = folder / STATUS_FILE
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(replace(status, updated_at=_now()))), encoding="utf-8")
    partial.replace(path)


def read_status(folder: Path) -> RunStatus | None:
    """The last state that a run wrote in ``folder``; None where none did."""
    try:
        plain: dict[str, Any] = json.loads((folder / STATUS_FILE).read_text(encoding="utf-8"))
        return RunStatus(**{**plain, "state": RunState(plain["state"]), "stages": tuple(plain["stages"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _comes_of_stopping(error: BaseException | None) -> bool:
    """Whether the user stopped the run: a library that is stopped while it loads tells of it as an error of its own."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False
