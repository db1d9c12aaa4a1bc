"""What the command line shows while it works, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from rfc_analyzer.words import printable


class TerminalProgress:
    """A live bar with stage, count and time left; one plain line a stage where standard error is no terminal."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stderr)
        self._live = self._console.is_terminal
        self._bars = Bars(
            TextColumn("{task.description:<24}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            # names of files come from outside: never read them as markup
            TextColumn("{task.fields[detail]}", markup=False),
            console=self._console,
            disable=not self._live,
        )
        self._task: TaskID | None = None
        self._name = ""

    def stage(self, name: str, total: int | None) -> None:
        if name == self._name and self._task is not None:
            self._bars.update(self._task, total=total)
            return
        self._close()
        self._name = name
        self._task = self._bars.add_task(name, total=total, detail="")
        if not self._live:
            self._console.print(name, markup=False, highlight=False)

    def advance(self, items: int = 1, detail: str = "") -> None:
        if self._task is not None:
            self._bars.update(self._task, advance=items, detail=printable(detail)[:40])

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._close()
        self._bars.stop()

    def _close(self) -> None:
        if self._task is not None:
            task = self._bars.tasks[self._task]
            done = task.completed or 1
            self._bars.update(self._task, total=max(done, task.total or 0), completed=task.total or done, detail="")
