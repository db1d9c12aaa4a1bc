"""How the analysis was made, and what became of the files."""

from __future__ import annotations

from rfc_analyzer.comparison import files_with_remarks
from rfc_analyzer.exports.excel.sheet import Column, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.provenance import method_lines
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import FILE_ROLES, FILE_STATUSES


def methods(selection: Selection) -> TableSheet:
    """Settings, versions, hashes, seed, timings and warnings."""
    return TableSheet(
        name="Methods",
        holds="Settings, versions, model hashes, inputs, timings and warnings.",
        columns=(
            Column("Part", 22),
            Column("Item", 44, Style.WRAPPED),
            Column("Value", 90, Style.WRAPPED),
        ),
        rows=list(method_lines(selection)),
        notes=("What it takes to make the same analysis again.",),
        empty="Nothing is recorded.",
        frozen=2,
    )


def skipped_files(selection: Selection) -> TableSheet:
    """Files that were not simply read whole; of the whole docket, whatever the filters."""
    return TableSheet(
        name="Skipped files",
        holds="Files that could not be read, or need a remark, each with what to do.",
        title="Skipped files, and others with a remark",
        columns=(
            Column("File", 50, Style.WRAPPED),
            Column("Submission", 23),
            Column("Status", 18),
            Column("What it is", 26, Style.WRAPPED),
            Column("Pages", 8, Style.INTEGER),
            Column("Why, and what to do", 80, Style.WRAPPED),
        ),
        rows=[
            (f.name, f.submission_id, FILE_STATUSES[f.status], FILE_ROLES[f.role], f.pages, f.message)
            for f in files_with_remarks(selection.analysis)
        ],
        notes=("Of the whole docket, whatever the filters; files that could not be read come first.",),
        empty="Every file was read whole.",
    )
