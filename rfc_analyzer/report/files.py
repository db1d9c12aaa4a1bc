"""What became of the files: all that were not simply read, with why and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rfc_analyzer.comparison import FileReport, FileRow
from rfc_analyzer.model import FileRole, FileStatus
from rfc_analyzer.words import count_of, printable

_MOST_NAMES = 20
_IN_WORDS = {
    FileStatus.OK: "read",
    FileStatus.PARTIAL: "read in part",
    FileStatus.SKIPPED: "not read",
    FileStatus.DUPLICATE: "the same as another",
}


def files_text(report: FileReport) -> str:
    """How many texts were read, and the rest by what is the matter with them: the reason once, its files below it."""
    total = sum(report.counts.values())
    told = ", ".join(f"{n:,} {_IN_WORDS[status]}" for status, n in report.counts.items())
    of = f" of {count_of(report.submissions, 'submission')}" if report.submissions else ""
    lines = [f"{count_of(total, 'text')}{of}: {told}"]
    for title, rows in _sorted_out(report).items():
        lines += ["", f"{title} ({len(rows):,})", *_by_reason(rows)]
    if report.more:
        lines += ["", f"{count_of(report.more, 'text')} more with remarks: see the table files.parquet"]
    return "\n".join(lines)


def _by_reason(rows: Sequence[FileRow]) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for row in rows:
        reasons.setdefault(row.message, []).append(_name(row))
    for reason, names in reasons.items():
        if len(names) == 1:
            yield f"  {names[0]}: {printable(reason)}"
            continue
        yield f"  {printable(reason)} ({len(names):,})"
        yield from (f"      {name}" for name in names[:_MOST_NAMES])
        if len(names) > _MOST_NAMES:
            yield f"      … and {len(names) - _MOST_NAMES:,} more; --json names all"


def _name(row: FileRow) -> str:
    """Web forms of one table have one name: the submission's id tells them apart."""
    name = printable(row.name)
    return name if row.role is not FileRole.FORM else f"{printable(row.submission_id or '')}: {name}"


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
    said = {"submissions": report.submissions, "counts": counts, "files": rows, "more": report.more}
    return json.dumps(said, indent=1, ensure_ascii=False)


def _sorted_out(report: FileReport) -> dict[str, list[FileRow]]:
    found: dict[str, list[FileRow]] = {}
    for row in report.remarked:
        title = "Could not be read" if row.unread else _TABLES if row.role is FileRole.METADATA else _TITLES[row.status]
        found.setdefault(title, []).append(row)
    return found


_TABLES = "Tables, exports and archives"
_TITLES = {
    FileStatus.OK: "Read, with a remark",
    FileStatus.PARTIAL: "Read in part",
    FileStatus.SKIPPED: "Left out",
    FileStatus.DUPLICATE: "The same text as another file",
}
