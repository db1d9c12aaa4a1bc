"""A table of a million comments is read whole, what lies beside it too, and the memory does not grow with it."""

import subprocess
import sys

import pytest

from rfc_analyzer.tables import FILES, SUBMISSIONS

ROWS = 1_000_000
MOST_MB = 400
# the peak of the program's own process: files are read in children of it. Not what getrusage says: that counts the
# memory of the process that started this one
PROGRAM = """
import sys
from pathlib import Path
from rfc_analyzer.cli import main
code = main(sys.argv[1:])
status = Path("/proc/self/status")
peak = status.read_text().split("VmHWM:")[1].split()[0] if status.exists() else "0"
print("peak", int(peak) // 1024, "code", code)
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("million")
    (folder / "in").mkdir()
    with (folder / "in" / "comments.csv").open("w") as table:
        table.write("id,comment\n")
        table.writelines(f"C{number:07},No more of rule {number}.\n" for number in range(ROWS))
    (folder / "in" / "letter.txt").write_text(
        "Dear agency, we oppose this rule for the reasons that this letter gives."
    )
    command = [sys.executable, "-c", PROGRAM, "ingest", str(folder / "in"), "--output", str(folder / "out")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return folder / "out" / "work" / "ingest", printed


def test_a_million_rows_are_a_million_submissions(run):
    folder, printed = run
    assert len(SUBMISSIONS.stored(folder)) == ROWS + 1
    assert "comments.csv: 1,000,000 comments read" in printed
    files = FILES.stored(folder)
    last = files.group(files.groups - 1, [FILES.c.text])[FILES.c.text].to_pylist()
    assert any("this letter gives" in text for text in last)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a running program")
def test_the_memory_does_not_grow_with_the_docket(run):
    _, peak, _, code = run[1].splitlines()[-1].split()
    assert int(peak) < MOST_MB and code == "0"
