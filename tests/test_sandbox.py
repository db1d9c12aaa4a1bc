"""A hostile file costs only itself."""

import os
import sys
import time
from pathlib import Path

import pytest

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.sandbox import Sandbox, run_limited
from rfc_analyzer.settings import ReadingLimits

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory and CPU limits hold on Linux only")
LIMITS = ReadingLimits(cpu_seconds=20.0)
QUICK = ReadingLimits(cpu_seconds=1.0, cpu_seconds_per_page=0.0)


def double(number):
    return 2 * number


def process_id(_):
    return os.getpid()


def fail(what):
    if what == "exit":
        os._exit(3)
    if what == "crash":
        os.kill(os.getpid(), 11)
    if what == "unreadable":
        raise UnreadableFile("It is locked; ask for the key.")
    if what == "print":
        os.write(1, b"noise from a library\n" * 50)
        return "printed"
    if what == "error":
        raise ValueError("deep inside a parser")
    if what == "memory":
        return len(bytearray(8 * 1024**3))
    if what == "deep":
        return fail("deep") or 1
    return what


def spin(_):
    while True:
        pass


def sleep(_):
    time.sleep(600)


def leave_mark(folder, name):
    time.sleep(0.3)
    (Path(folder) / name).touch()


def test_a_call_gives_its_result():
    assert run_limited(double, 21, limits=LIMITS) == 42


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("exit", "broke off"),
        ("crash", "broke off"),
        ("unreadable", "It is locked; ask for the key."),
        ("error", "damaged"),
        pytest.param("memory", "memory", marks=LINUX),
        ("deep", "broke off"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence(what, told):
    with pytest.raises(UnreadableFile, match=told) as caught:
        run_limited(fail, what, limits=LIMITS)
    assert str(caught.value).endswith(".") and "Traceback" not in str(caught.value)


def test_one_bad_file_does_not_lose_the_others():
    calls = [((what,), 0) for what in ("a", "exit", "b", "crash", "c", "error", "print", "d")]
    with Sandbox(LIMITS, workers=2) as sandbox:
        results = dict(sandbox.map(fail, calls))
    good = {i: r for i, r in results.items() if not isinstance(r, UnreadableFile)}
    assert good == {0: "a", 2: "b", 4: "c", 6: "printed", 7: "d"}
    assert len(results) == len(calls)


@LINUX
def test_a_file_that_keeps_the_processor_busy_is_stopped():
    with pytest.raises(UnreadableFile, match="took too long"):
        run_limited(spin, 0, limits=QUICK)


def test_a_file_that_hangs_without_work_is_stopped():
    with pytest.raises(UnreadableFile, match="took too long"):
        run_limited(sleep, 0, limits=ReadingLimits(cpu_seconds=0.2, cpu_seconds_per_page=0.0))


def test_children_stay_for_later_calls():
    with Sandbox(LIMITS, workers=2) as sandbox:
        first = {pid for _, pid in sandbox.map(process_id, [((i,), 0) for i in range(30)])}
        second = {pid for _, pid in sandbox.map(process_id, [((i,), 0) for i in range(30)])}
    assert len(first | second) <= 2
    assert os.getpid() not in first


def test_nothing_goes_on_after_the_sandbox_is_closed(tmp_path):
    with Sandbox(LIMITS, workers=1) as sandbox:
        answers = sandbox.map(leave_mark, [((str(tmp_path), str(i)), 0) for i in range(20)])
        next(answers)
    left = len(list(tmp_path.iterdir()))
    time.sleep(1.0)
    assert len(list(tmp_path.iterdir())) == left < 20


def test_a_module_in_the_working_folder_is_not_run(tmp_path, monkeypatch):
    (tmp_path / "pickle.py").write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    assert run_limited(double, 4, limits=LIMITS) == 8


def test_no_calls_give_nothing():
    with Sandbox(LIMITS) as sandbox:
        assert list(sandbox.map(double, [])) == []
