"""Files to take away: made when asked for, kept until the view changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from dashboards.preferences import preferences
from dashboards.state import View
from rfc_analyzer.exports import export


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: ``key`` names it in the page, ``suffix`` ends its name, and ``make`` gives its bytes."""

    key: str
    title: str
    noun: str
    holds: str
    suffix: str
    mime: str
    icon: str
    make: Callable[[View], bytes]


def _asked(view: View) -> dict[str, Any]:
    """What every file is told of the view, and of what may be shown."""
    return {"filters": view.filters, "unit": view.unit, "contact_details": not preferences().hide_contacts}


def _workbook(view: View) -> bytes:
    with TemporaryDirectory(prefix="rfc-analyzer-") as folder:
        (path,) = export(view.analysis, xlsx=Path(folder) / "summary.xlsx", **_asked(view))
        return path.read_bytes()


def _document(view: View) -> bytes:
    with TemporaryDirectory(prefix="rfc-analyzer-") as folder:
        (path,) = export(view.analysis, docx=Path(folder) / "summary.docx", **_asked(view))
        return path.read_bytes()


def _csv(view: View) -> bytes:
    with TemporaryDirectory(prefix="rfc-analyzer-") as folder:
        return _zipped(export(view.analysis, csv=Path(folder) / "tables", **_asked(view)))


def _parquet(view: View) -> bytes:
    with TemporaryDirectory(prefix="rfc-analyzer-") as folder:
        return _zipped(export(view.analysis, parquet=Path(folder) / "tables", **_asked(view)))


def _zipped(files: Sequence[Path]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.name)
    return out.getvalue()


FORMATS = (
    Format(
        "xlsx",
        "Excel workbook",
        "workbook",
        "A summary with native charts; positions, themes and questions by respondent type with counts, shares and "
        "intervals; groups compared; the register of submissions; every quote with file and page; form letters with "
        "what signers added; a comment-response matrix to answer in; methods and settings; files that could not be "
        "read. Corrected, it can be brought back below.",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ":material/table_view:",
        _workbook,
    ),
    Format(
        "docx",
        "Word document",
        "document",
        "A summary of comments as agencies draft it: who answered, positions for and against with quotes and their "
        "sources, views of few, themes, questions, form letters, and a list of commenters.",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ":material/description:",
        _document,
    ),
    Format(
        "csv",
        "Tables as CSV",
        "zip of tables",
        "A zip of every table of the analysis and every figure, for other programs: one file each, in UTF-8, with "
        "a file that says what was asked and how it was made.",
        "zip",
        "application/zip",
        ":material/folder_zip:",
        _csv,
    ),
    Format(
        "parquet",
        "Tables as Parquet",
        "zip of Parquet tables",
        "The same tables and figures as Parquet, with the types of their columns: for Python, R, DuckDB and other "
        "tools of analysis.",
        "parquet.zip",
        "application/zip",
        ":material/database:",
        _parquet,
    ),
)
