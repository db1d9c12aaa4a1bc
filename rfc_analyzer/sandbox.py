"""Reading files in child processes, so that a hostile file costs only itself.

A child is a plain ``python -m rfc_analyzer.sandbox`` that takes pickled calls on its standard input: it needs no
guard in the user's own script, and works alike on every system. Memory and CPU limits hold on Linux; the time limit
holds everywhere.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeAlias

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.settings import ReadingLimits

# what tells a call's result from others', the arguments, and the size in bytes of what is read
Call: TypeAlias = tuple[Any, tuple[Any, ...], int]

_LENGTH = struct.Struct("!Q")
# A page of text has about this many bytes; a scanned one has ten times as many, and takes ten times as long.
_BYTES_PER_PAGE = 8_000
_MOST_SECONDS = 900.0
# where the CPU limit holds, the clock only catches what sleeps: a busy machine must not cost a file that would be read
_WALL_PER_CPU = 12.0 if sys.platform == "linux" else 3.0
_AHEAD = 4
_TOGETHER = 32
_OUT_OF_TIME = 24  # SIGXCPU, which Windows does not name

_DIED = (
    "The program that read the file broke off: the file is damaged, or needs too much memory or time. "
    "Open it, print it to a new PDF, and add that."
)
_SLOW = "Reading the file took too long and was stopped. Open it, print it to a new PDF, and add that."
_STOPPED = "Reading was stopped before this file was read. Run the analysis again."
_MEMORY = "The file needs more memory than is allowed for one file. Split it, or print it to a new PDF."


class Sandbox:
    """A few warm children. ``map`` calls a top-level function on many inputs; a child that dies is replaced.

    Children are started when they are first needed and stay until the sandbox is closed, so that what they have
    imported serves every later call.
    """

    def __init__(self, limits: ReadingLimits, workers: int = 2) -> None:
        self._limits = limits
        self._children = [_Child(limits) for _ in range(max(workers, 1))]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            child.close()

    def map(
        self, function: Callable[..., Any], calls: Iterable[tuple[tuple[Any, ...], int]]
    ) -> Iterator[tuple[int, Any]]:
        """Yield ``(index, result)`` as calls finish; the result is an :class:`UnreadableFile` where one failed.

        ``calls`` gives the arguments and the size in bytes of what is read, from which its time limit follows. It is
        gone through as results are taken, so that neither millions of calls nor their results ever wait.
        """
        todo: queue.SimpleQueue[tuple[int, tuple[Any, ...], int] | None] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        coming = enumerate(calls)
        started = waiting = 0
        try:
            while True:
                for index, (arguments, size) in islice(coming, _AHEAD * len(self._children) - waiting):
                    todo.put((index, arguments, size))
                    waiting += 1
                    if started < min(waiting, len(self._children)):
                        child = self._children[started]
                        threading.Thread(target=self._work, args=(child, function, todo, done), daemon=True).start()
                        started += 1
                if not waiting:
                    return
                yield done.get()
                waiting -= 1
        finally:
            for _ in range(started):
                todo.put(None)

    def in_order(self, function: Callable[..., Any], calls: Iterable[Call]) -> Iterator[tuple[Any, Any]]:
        """Yield ``(key, result)`` in the order of ``calls``, each of which begins with its key; else as :meth:`map`."""
        coming = iter(calls)
        while some := list(islice(coming, _TOGETHER)):
            results = dict(self.map(function, [(arguments, size) for _, arguments, size in some]))
            yield from ((key, results[index]) for index, (key, _, _) in enumerate(some))

    def _work(self, child: _Child, function: Callable[..., Any], todo: Any, done: Any) -> None:
        while not child.closed:
            call = todo.get()
            if call is None:
                return
            index, arguments, size = call
            try:
                done.put((index, child.call(function, arguments, self._seconds(size))))
            except Exception as error:  # whatever happens to one file must not lose the others
                done.put((index, error if isinstance(error, UnreadableFile) else UnreadableFile(_DIED)))

    def _seconds(self, size: int) -> float:
        pages = size / _BYTES_PER_PAGE
        return min(self._limits.cpu_seconds + pages * self._limits.cpu_seconds_per_page, _MOST_SECONDS)


def run_limited(function: Callable[..., Any], *args: Any, limits: ReadingLimits, size: int = 0) -> Any:
    """Call a top-level function in a child of its own. Raises :class:`UnreadableFile` where the child fails."""
    with Sandbox(limits, workers=1) as sandbox:
        ((_, result),) = sandbox.map(function, [(args, size)])
    if isinstance(result, UnreadableFile):
        raise result
    return result


class _Child:
    """One process, started when it is first needed."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()
        self.closed = False

    def call(self, function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float) -> Any:
        with self._starting:
            process = self._started()
        assert process.stdin is not None and process.stdout is not None
        late = threading.Event()

        def stop_late() -> None:
            late.set()
            process.kill()

        alarm = threading.Timer(seconds * _WALL_PER_CPU, stop_late)
        alarm.start()
        try:
            _send(process.stdin, (function, arguments, seconds, self._limits.max_memory_bytes))
            failed, result = _receive(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self.stop()
            slow = late.is_set() or process.returncode == -_OUT_OF_TIME
            raise UnreadableFile(_SLOW if slow else _DIED) from error
        finally:
            alarm.cancel()
        if failed:
            raise UnreadableFile(result)
        return result

    def close(self) -> None:
        """Stop for good: a call that is under way fails, and no process is started again."""
        with self._starting:
            self.closed = True
        self.stop()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self.closed:
            raise UnreadableFile(_STOPPED)
        if self._process is None or self._process.poll() is not None:
            environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
            # the child must find what the parent found, and nothing that happens to lie in the working folder; what
            # lies beside the parent's script comes last, for it may have the name of a standard module
            environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[1])
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "rfc_analyzer.sandbox", *filter(None, sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        return self._process


def _send(pipe: BinaryIO | Any, message: Any) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> Any:
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def _limit(seconds: float, memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows; the parent's time limit holds there
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + int(seconds) + 1, resource.RLIM_INFINITY))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.RLIM_INFINITY))


def _serve() -> None:
    """The child: answer calls until the parent closes the pipe."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a C library prints must not get among the answers
    while True:
        try:
            function, arguments, seconds, memory = _receive(sys.stdin.buffer)
        except EOFError:
            return
        _limit(seconds, memory)
        try:
            answer = (False, function(*arguments))
        except UnreadableFile as error:
            answer = (True, str(error))
        except MemoryError:
            answer = (True, _MEMORY)
        except RecursionError:
            answer = (True, _DIED)
        except Exception as error:  # a parser may raise anything on a damaged file
            answer = (True, f"The file is damaged ({type(error).__name__}); ask the sender for it again.")
        _send(answers, answer)


if __name__ == "__main__":
    sys.path += [place for place in sys.argv[1:] if place not in sys.path]
    _serve()
