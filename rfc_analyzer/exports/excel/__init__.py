"""The Excel workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
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
from rfc_analyzer.exports.excel.judgeable import of_members
from rfc_analyzer.exports.excel.sheet import TableSheet, write_table
from rfc_analyzer.exports.excel.styles import add_styles
from rfc_analyzer.exports.excel.summary import write_summary
from rfc_analyzer.exports.excel.titled import of_themes
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.targets import StampedZip, put_in_place


def write_workbook(selection: Selection, target: Path) -> Path:
    """Write the workbook to ``target``, sheet by sheet and row by row: of one sheet at a time are the rows held."""
    workbook = Workbook(write_only=True)
    add_styles(workbook)
    _describe(workbook, selection)
    chartsheet.write_charts(workbook, selection)
    contents = [(chartsheet.NAME, chartsheet.HOLDS)]
    for table in _tables(selection):
        write_table(workbook, table, selection.title)
        contents.append((table.name, table.holds))
        # what one sheet no longer needs is in the next one's way
        pa.default_memory_pool().release_unused()
    for table in _for_the_way_back(selection):
        write_table(workbook, table, selection.title).sheet_state = "hidden"
    write_summary(workbook, selection, contents)
    with put_in_place(target) as partial:
        ExcelWriter(workbook, StampedZip(partial)).save()
    return target


def _tables(selection: Selection) -> Iterator[TableSheet]:
    """The sheets with tables, each made when the one before it is written."""
    yield positions.positions_table(selection)
    yield register.positions_matrix(selection)
    yield register.submissions(selection)
    yield themes.themes(selection)
    yield themes.themes_table(selection)
    yield themes.questions_table(selection)
    yield from comparing.comparison_sheets(selection)
    yield quoting.quotes(selection)
    yield formletters.campaigns(selection)
    yield formletters.campaign_members(selection)
    if selection.suspects:
        yield formletters.suspected_families(selection)
    if any(letter.signatories for letter in selection.joint_letters):
        yield formletters.signatories(selection)
    yield quoting.response_matrix(selection)
    yield auditing.representation_audit(selection)
    yield methods.methods(selection)
    yield methods.skipped_files(selection)


def _for_the_way_back(selection: Selection) -> Iterator[TableSheet]:
    """What drop-down lists offer, and what may be corrected as it is now: not for readers."""
    yield choices(selection)
    yield as_exported(of_submissions(selection))
    yield as_exported(of_themes(selection))
    yield as_exported(of_members(selection))
    yield as_exported(of_comments(selection))


def _describe(workbook: Workbook, selection: Selection) -> None:
    docket = selection.analysis.manifest.docket
    made = selection.made_at.replace(tzinfo=None)
    about = workbook.properties
    about.title = legal(f"Summary of comments: {selection.title}")
    about.subject = legal(f"Docket {docket.docket_id}")
    about.description = legal(f"{selection.asked} {selection.counted}")
    about.creator = "rfc-analyzer"
    about.created = about.modified = made
