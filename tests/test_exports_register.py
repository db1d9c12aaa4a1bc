"""The workbook's register says what people corrected, and its sheet of questions what nobody asked."""

from datetime import UTC, datetime

import pytest
from make_analysis import LETTERS, make_analysis
from openpyxl import load_workbook

from rfc_analyzer import export, load
from rfc_analyzer.comparison import unasked_overall
from rfc_analyzer.model import RespondentType
from rfc_analyzer.reviews import Change, review
from rfc_analyzer.tables import SUBMISSIONS

FIRST, SECOND = LETTERS[0].id, LETTERS[1].id
S = SUBMISSIONS.c


@pytest.fixture
def book(tmp_path):
    folder = make_analysis(tmp_path / "analysis").folder
    changes = [
        Change(SUBMISSIONS.name, FIRST, S.respondent_type, RespondentType.GOVERNMENT.value, "a ministry"),
        Change(SUBMISSIONS.name, FIRST, S.substantive, "false"),
    ]
    review(folder, "RB", changes, datetime(2026, 3, 1, tzinfo=UTC))
    export(load(folder), xlsx=tmp_path / "book.xlsx")
    return load_workbook(tmp_path / "book.xlsx"), load(folder)


def rows(sheet, first):
    """Rows by their headers, from the line whose first cell is ``first``."""
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(i for i, line in enumerate(lines) if line[0] == first)
    return [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :]]


def test_the_register_tells_corrections_with_who_and_when(book):
    register = {row["Submission"]: row for row in rows(book[0]["Submissions"], "Submission")}
    told = register[FIRST]["Corrections"]
    assert "to “Government” (RB, 2026-03-01: a ministry)" in told and "Makes an argument from “Yes” to “No”" in told
    assert not register[SECOND]["Corrections"]
    assert "corrected by RB" in register[FIRST]["Why this type"]


def test_the_sheet_of_questions_ends_with_what_is_not_asked(book):
    last = [row for row in rows(book[0]["Questions by type"], "Question") if row["Text"]][-1]
    (everyone,) = unasked_overall(book[1])
    assert last["Text"].startswith("Not asked")
    assert next(v for k, v in last.items() if str(k).startswith("Everyone (of")) == everyone.share.n
