"""What became of the files: all that were not simply read, with why and what to do."""

from __future__ import annotations

import json

from rfc_analyzer.comparison import FileReport, FileRow
from rfc_analyzer.model import FileStatus
from rfc_analyzer.report.layout import count
from rfc_analyzer.words import printable

_IN_WORDS = {
    FileStatus.OK: "read",
    FileStatus.PARTIAL: "read in part",
    FileStatus.SKIPPED: "not read",
    FileStatus.DUPLICATE: "the same as another",
}


def files_text(report: FileReport) -> str:
    """How many texts were read, and a line for each with a remark."""
    total = sum(report.counts.values())
    told = ", ".join(f"{n:,} {_IN_WORDS[status]}" for status, n in report.counts.items())
    lines = [f"{count(total, 'text')}: {told}"]
    for title, rows in _sorted_out(report).items():
        lines += ["", f"{title} ({len(rows):,})", *(f"  {_line(row)}" for row in rows)]
    return "\n".join(lines)


def files_json(report: FileReport) -> str:
    """The same as a JSON object."""
    rows = [
        {
            "name": row.name,
            "submission": row.submission_id,
            "status": row.status.value,
            "role": row.role.value,
            "message": row.message,
        }
        for row in report.remarked
    ]
    counts = {status.value: n for status, n in report.counts.items()}
    return json.dumps({"counts": counts, "files": rows}, indent=1, ensure_ascii=False)


def _sorted_out(report: FileReport) -> dict[str, list[FileRow]]:
    found: dict[str, list[FileRow]] = {}
    for row in report.remarked:
        title = "Could not be read" if row.unread else _TITLES[row.status]
        found.setdefault(title, []).append(row)
    return found


_TITLES = {
    FileStatus.OK: "Read, with a remark",
    FileStatus.PARTIAL: "Read in part",
    FileStatus.SKIPPED: "Left out",
    FileStatus.DUPLICATE: "The same text as another file",
}


def _line(row: FileRow) -> str:
    return f"{printable(row.name)}: {printable(row.message)}"
