"""How much memory and time a workbook of hundreds of thousands of rows takes, end to end, in a process of its own.

    python benchmarks/export.py --submissions 90000 --passages 2

makes an analysis, exports it with the command line, and tells the rows of each sheet, the seconds of the processor and
the most memory that was held at once (the operating system's own figure). Rows are read back from the file.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from zipfile import ZipFile

from dashboard_docket import make_docket

_KILO = 1024
# the program's own peak: what getrusage tells of a child begins with the memory of the process that started it
EXPORTED = """
import sys
from pathlib import Path
from rfc_analyzer.cli import main
main(sys.argv[1:])
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""
_ROW = re.compile(rb"<row ")


def main() -> None:
    """Make, export, read back, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--submissions", type=int, default=90_000)
    parser.add_argument("--passages", type=int, default=2, help="passages of each submission")
    parser.add_argument("--folder", type=Path, help="keep the analysis here, and use it again where it is there")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="export-benchmark-") as place:
        folder = arguments.folder or Path(place) / "analysis"
        if not folder.exists():
            make_docket(folder, arguments.submissions, arguments.passages)
        target = Path(place) / "summary.xlsx"
        command = [sys.executable, "-c", EXPORTED, "export", str(folder), "--xlsx", str(target)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        rows = rows_of(target)
        print(
            json.dumps(
                {
                    "submissions": arguments.submissions,
                    "rows": sum(rows.values()),
                    "most_memory_mb": round(int(done.stdout.split()[-1]) / _KILO),
                    "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
                    "file_mb": round(target.stat().st_size / _KILO**2, 1),
                    "rows_by_sheet": rows,
                },
                indent=1,
            )
        )


def rows_of(workbook: Path) -> dict[str, int]:
    """How many rows each sheet has, by its file in the archive; read in parts, as a sheet can be large."""
    found = {}
    with ZipFile(workbook) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                found[Path(name).stem] = _rows(archive, name)
    return found


def _rows(archive: ZipFile, name: str) -> int:
    count, tail = 0, b""
    with archive.open(name) as sheet:
        while chunk := sheet.read(_KILO**2):
            whole = tail + chunk
            count += len(_ROW.findall(whole))
            tail = whole[-4:]
    return count


if __name__ == "__main__":
    main()
