"""The workbook's register says what people corrected, and its sheet of questions what nobody asked."""

from dataclasses import replace
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest
from make_analysis import LETTERS, make_analysis
from openpyxl import load_workbook

from rfc_analyzer import export, load
from rfc_analyzer.comparison import comments_to_answer, question_passages, unasked_overall
from rfc_analyzer.model import RespondentType
from rfc_analyzer.reviews import Change, review
from rfc_analyzer.tables import PASSAGES, QUESTIONS, SUBMISSIONS

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


def test_the_register_gives_the_receipt_where_the_metadata_does(tmp_path):
    folder = make_analysis(tmp_path / "analysis").folder
    first, *others = load(folder).rows(SUBMISSIONS)
    SUBMISSIONS.write(folder, [replace(first, tracking_number="k1-abc"), *others])
    export(load(folder), xlsx=tmp_path / "book.xlsx")
    told = [row["Tracking number"] for row in rows(load_workbook(tmp_path / "book.xlsx")["Submissions"], "Submission")]
    assert told == ["k1-abc", *[None] * len(others)]


def test_the_sheet_of_questions_ends_with_what_is_not_asked(book):
    last = [row for row in rows(book[0]["Questions by type"], "Question") if row["Text"]][-1]
    (everyone,) = unasked_overall(book[1])
    assert last["Text"].startswith("Not asked")
    assert next(v for k, v in last.items() if str(k).startswith("Everyone (of")) == everyone.share.n


def scored(folder):
    """The analysis as if every question had been found by meaning."""
    passages = [
        replace(p, questions_named=(), question_score=0.62, question_reason="nearest in meaning to question 1")
        for p in PASSAGES.read(folder)
    ]
    PASSAGES.write(folder, passages)


def test_a_question_found_by_meaning_says_so_and_how_likely_it_is(tmp_path):
    folder = make_analysis(tmp_path / "analysis").folder
    scored(folder)
    analysis = load(folder)
    export(analysis, xlsx=tmp_path / "book.xlsx")
    sheet = load_workbook(tmp_path / "book.xlsx")["Comment-response matrix"]
    said = {cell.value for column in sheet.iter_cols() for cell in column if "likely)" in str(cell.value)}
    assert said and all(str(text).endswith(" (by meaning, 62% likely)") for text in said)
    asked = analysis.rows(QUESTIONS)[0].question_id
    assert {row.question_score for row in question_passages(analysis, asked)} == {0.62}


def test_an_analysis_made_before_there_were_scores_is_read(tmp_path):
    folder = make_analysis(tmp_path / "analysis").folder
    path, c = PASSAGES.path(folder), PASSAGES.c
    pq.write_table(pq.read_table(path).drop_columns([c.question_score, c.question_reason]), path)
    analysis = load(folder)
    comments = comments_to_answer(analysis)
    assert comments and all(comment.question_score is None for comment in comments)
    assert question_passages(analysis, analysis.rows(QUESTIONS)[0].question_id)
