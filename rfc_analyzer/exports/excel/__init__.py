"""The Excel workbook."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from rfc_analyzer.exports.cells import legal
from rfc_analyzer.exports.excel import (
    auditing,
    chartsheet,
    comparing,
    formletters,
    methods,
    positions,
    quoting,
    register,
    themes,
)
from rfc_analyzer.exports.excel.answerable import choices, of_comments
from rfc_analyzer.exports.excel.correctable import as_exported, of_submissions
from rfc_analyzer.exports.excel.sheet import write_table
from rfc_analyzer.exports.excel.styles import add_styles
from rfc_analyzer.exports.excel.summary import write_summary
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.targets import StampedZip, put_in_place


def write_workbook(selection: Selection, target: Path) -> Path:
    """Write the workbook to ``target``, sheet by sheet and row by row, so that memory does not grow with the rows."""
    tables = [
        positions.positions_table(selection),
        register.positions_matrix(selection),
        register.submissions(selection),
        themes.themes(selection),
        themes.themes_table(selection),
        themes.questions_table(selection),
        *comparing.comparison_sheets(selection),
        quoting.quotes(selection),
        formletters.campaigns(selection),
        formletters.campaign_members(selection),
        *([formletters.suspected_families(selection)] if selection.suspects else ()),
        *([formletters.signatories(selection)] if any(j.signatories for j in selection.joint_letters) else ()),
        quoting.response_matrix(selection),
        auditing.representation_audit(selection),
        methods.methods(selection),
        methods.skipped_files(selection),
    ]
    workbook = Workbook(write_only=True)
    add_styles(workbook)
    _describe(workbook, selection)
    write_summary(
        workbook, selection, [(chartsheet.NAME, chartsheet.HOLDS), *((table.name, table.holds) for table in tables)]
    )
    chartsheet.write_charts(workbook, selection)
    for table in tables:
        write_table(workbook, table, selection.title)
    # for drop-down lists and the way back, not for readers
    kinds = of_submissions(selection), of_comments(selection)
    for table in (choices(selection), *map(as_exported, kinds)):
        write_table(workbook, table, selection.title).sheet_state = "hidden"
    with put_in_place(target) as partial:
        ExcelWriter(workbook, StampedZip(partial)).save()
    return target


def _describe(workbook: Workbook, selection: Selection) -> None:
    docket = selection.analysis.manifest.docket
    made = selection.made_at.replace(tzinfo=None)
    about = workbook.properties
    about.title = legal(f"Summary of comments: {selection.title}")
    about.subject = legal(f"Docket {docket.docket_id}")
    about.description = legal(f"{selection.asked} {selection.counted}")
    about.creator = "rfc-analyzer"
    about.created = about.modified = made
