"""The first sheet: what the workbook is about, the headline figures, and how far to trust them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.hyperlink import Hyperlink

from rfc_analyzer.comparison import (
    LEADING_THEMES,
    FileRow,
    Share,
    Unit,
    how_far_to_trust,
    reconcile,
    respondents_by_type,
)
from rfc_analyzer.exports.excel.figures import value_of
from rfc_analyzer.exports.excel.printing import set_up_page
from rfc_analyzer.exports.excel.sheet import Writer
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import COUNTED, HIDDEN, TYPES, UNITS, count_of
from rfc_analyzer.model import Stance

NAME = "Summary"
_WIDTHS = (66, 13, 13, 13, 13, 13, 13)
_LINE = 150
_FILES = 10
_UNITS = (Unit.SUBMISSIONS, Unit.SIGNATORIES, Unit.DISTINCT_TEXTS)


def write_summary(workbook: Workbook, selection: Selection, sheets: Sequence[tuple[str, str]]) -> None:
    """Write the sheet before all others; ``sheets`` are their names and what they hold."""
    page = _Page(Writer(workbook, NAME, place=0))
    page.writer.widths(_WIDTHS)
    page.writer.sheet.freeze_panes = "A2"
    set_up_page(page.writer.sheet, selection.title)
    _heading(page, selection)
    _denominators(page, selection)
    _respondents(page, selection)
    _positions(page, selection)
    _themes(page, selection)
    _unread(page, selection)
    page.section("How far to trust it")
    page.sentences(how_far_to_trust(selection.analysis, selection.filters))
    page.section("What is in this workbook")
    for name, holds in sheets:
        page.link(name, holds)
    page.writer.close()


class _Page:
    """Blocks one under the other, in the same columns."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer

    def section(self, title: str) -> None:
        self.writer.line([])
        self.writer.line([(title, Style.SECTION), *[(None, Style.SECTION)] * (len(_WIDTHS) - 1)], height=22)

    def sentences(self, said: Sequence[str]) -> None:
        """Each as many rows as it needs: no cell is merged."""
        for sentence in said:
            for line in textwrap.wrap(sentence, _LINE) or [""]:
                self.writer.line([(line, Style.NOTE)])

    def head(self, *titles: str) -> None:
        self.writer.head(titles, range(1, len(titles)))

    def row(self, name: str, *values: object, style: Style = Style.INTEGER) -> None:
        cells = [(v, Style.SHARE if isinstance(v, float) else style) for v in values]
        self.writer.line([(name, Style.WRAPPED), *cells])

    def link(self, name: str, holds: str) -> None:
        cell = WriteOnlyCell(self.writer.sheet, value=name)
        cell.style = Style.LINK.value
        cell.row, cell.column = self.writer.row + 1, 1
        cell.hyperlink = Hyperlink(ref="A1", location=f"'{name}'!A1", display=name)
        self.writer.row += 1
        self.writer.sheet.append([cell, self.writer.cell(1, holds, Style.NOTE)])


def _heading(page: _Page, selection: Selection) -> None:
    docket = selection.analysis.manifest.docket
    page.writer.line([(selection.title, Style.TITLE)], height=28)
    found = selection.overview
    when = "Dates of submission are not known."
    if found.first_submitted_at and found.last_submitted_at:
        when = f"Submitted {found.first_submitted_at:%Y-%m-%d} to {found.last_submitted_at:%Y-%m-%d} (UTC)."
    page.sentences(
        [
            f"Docket {docket.docket_id}. {when} Analysed {selection.made_at:%Y-%m-%d %H:%M} (UTC).",
            selection.asked,
            f"{selection.counted} {HIDDEN}",
        ]
    )


def _denominators(page: _Page, selection: Selection) -> None:
    page.section("How many")
    sums = reconcile(selection.analysis, selection.filters)
    page.head("What is counted", "Count")
    for unit in _UNITS:
        page.row(f"{UNITS[unit]}. {COUNTED[unit]}", sums.denominators.of(unit))
    page.sentences(sums.in_words())


def _respondents(page: _Page, selection: Selection) -> None:
    page.section("Who answered")
    rows = {
        unit: {r.respondent_type: r.share for r in respondents_by_type(selection.analysis, selection.filters, unit)}
        for unit in _UNITS
    }
    if not rows[Unit.SUBMISSIONS]:
        page.sentences(["No submission meets the filters."])
        return
    page.head("Respondent type", *(x for unit in _UNITS for x in (UNITS[unit], f"Share of {unit.label}")))
    for who in rows[Unit.SUBMISSIONS]:
        shares = [rows[unit].get(who) for unit in _UNITS]
        page.row(TYPES[who], *(x for share in shares for x in _count_and_share(share)))


def _count_and_share(share: Share | None) -> tuple[int, float | None]:
    return (share.n, value_of(share)) if share else (0, None)


def _positions(page: _Page, selection: Selection) -> None:
    page.section(f"Positions ({selection.unit.label})")
    rows = [row for row in selection.overview.positions if row.support.of]
    if not rows:
        page.sentences(["There are no propositions; give a codebook with propositions to have positions read."])
        return
    of_those = "of those who take it up"
    page.head("Proposition", "Take it up", "Support", "Oppose", "Mixed", f"Support, {of_those}", f"Oppose, {of_those}")
    for row in rows:
        counts = [row.addressed.n, *(row.share(s).n for s in (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED))]
        shares = [value_of(row.among_those_who_take_it_up(s)) for s in (Stance.SUPPORT, Stance.OPPOSE)]
        page.row(f"{row.proposition_id}: {row.text}", *counts, *shares)


def _themes(page: _Page, selection: Selection) -> None:
    page.section(f"Leading themes ({selection.unit.label})")
    rows = [row for row in selection.overview.themes if row.share.n]
    if not rows:
        page.sentences(["No themes were found."])
        return
    page.head("Theme", "Raise it", "Share")
    for row in rows[:LEADING_THEMES]:
        page.row(row.label, row.share.n, value_of(row.share))
    if len(rows) > LEADING_THEMES:
        page.sentences([f"… and {count_of(len(rows) - LEADING_THEMES, 'more theme')} on the sheet “Themes”."])


def _unread(page: _Page, selection: Selection) -> None:
    page.section("What could not be read (whole docket)")
    found = selection.overview
    page.sentences(_remarks(found.unread, "could not be read"))
    page.sentences(_remarks(found.partly_read, "could be read only in part"))
    page.sentences(found.notes)
    page.sentences(["The sheet “Skipped files” lists all, with what to do."])


def _remarks(files: Sequence[FileRow], what: str) -> list[str]:
    if not files:
        return [f"No file {what}."]
    lines = [f"{count_of(len(files), 'file')} {what}:", *(f"• {f.name}: {f.message}" for f in files[:_FILES])]
    if len(files) > _FILES:
        lines.append(f"• … and {len(files) - _FILES:,} more.")
    return lines
