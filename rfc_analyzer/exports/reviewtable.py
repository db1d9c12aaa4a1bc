"""The table that people fill in with where submissions stand, and that ``--reviewed`` reads back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rfc_analyzer.comparison.nearest import nearest_passages
from rfc_analyzer.comparison.reading import Reading, read_submission
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.cells import csv_value, excel_value, starts_formula
from rfc_analyzer.model import Passage, Proposition, Stance
from rfc_analyzer.privacy import shown
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PROPOSITIONS

HEADER = ("place", "submission_id", "respondent", "proposition_id", "statement", "stance", "nearest_passage", "where")
_WIDTHS = (7, 22, 28, 14, 48, 12, 80, 30)
_STANCES = (*(s.value for s in Stance), "none")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A submission to review (1 is the first), and a proposition of which to say where it stands."""

    place: int
    submission_id: str
    respondent: str
    proposition: Proposition
    passage: str
    where: str


def review_rows(analysis: Analysis, submission_ids: Sequence[str]) -> list[ReviewRow]:
    """A row for each submission and proposition, with the passage nearest to the statement; nothing that was read."""
    propositions = analysis.rows(PROPOSITIONS)
    rows = []
    for place, submission_id in enumerate(submission_ids, start=1):
        found = read_submission(analysis, submission_id)
        for proposition in propositions:
            passage = next(iter(nearest_passages(found, proposition.text, 1)), None)
            text = shown(passage.text, found.submission.respondent_type) if passage else ""
            place_in_file = _where(found, passage)
            rows.append(ReviewRow(place, submission_id, found.respondent, proposition, text, place_in_file))
    return rows


def write_review_table(rows: Sequence[ReviewRow], target: Path) -> Path:
    """Write ``rows`` as CSV or XLSX, with an empty column for the stance. Raises :class:`BadInput` for other names."""
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if target.suffix.lower() not in writers:
        raise BadInput(f"{target.name}: name the table .csv or .xlsx")
    target.parent.mkdir(parents=True, exist_ok=True)
    writers[target.suffix.lower()](rows, target)
    return target


def _line(row: ReviewRow) -> tuple[object, ...]:
    p = row.proposition
    return row.place, row.submission_id, row.respondent, p.proposition_id, p.text, "", row.passage, row.where


def _where(found: Reading, passage: Passage | None) -> str:
    if passage is None:
        return ""
    name = found.file(passage.file_id).name.removeprefix(f"{passage.submission_id}/")
    return f"{name}, page {passage.page}" if passage.page else name


def _write_csv(rows: Sequence[ReviewRow], target: Path) -> None:
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in rows:
            writer.writerow([csv_value(value) for value in _line(row)])


def _write_xlsx(rows: Sequence[ReviewRow], target: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    assert sheet is not None, "a new workbook has a sheet"
    sheet.title = "Review"
    sheet.append(HEADER)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(_line(row), start=1):
            cell = sheet.cell(number, column, excel_value(value))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = "s"
                cell.quotePrefix = starts_formula(value)
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    listed = DataValidation(type="list", formula1=f'"{",".join(_STANCES)}"', allow_blank=True)
    listed.add(f"F2:F{max(2, len(rows) + 1)}")
    sheet.add_data_validation(listed)
    book.save(target)
