"""Responses, dispositions and themes typed into the comment-response matrix come back, and stay with their comments."""

import shutil
from dataclasses import replace

import pytest
from make_analysis import make_analysis
from openpyxl import load_workbook

from rfc_analyzer import export, load
from rfc_analyzer.answers import Disposition
from rfc_analyzer.comparison import Filters, comments_to_answer, themes_overall
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.returning import import_corrections, read_corrections
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.reviews import Change, review, reviews_in, undo
from rfc_analyzer.tables import EVIDENCE, PASSAGES, POSITIONS, THEMES

MATRIX = "Comment-response matrix"
FIRST, LETTER = "FPC-2026-0003-0001|P1|oppose", "FPC-2026-0003-0010|P1|support"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An analysis and its workbook, made once; never write into them."""
    folder = tmp_path_factory.mktemp("answers")
    export(make_analysis(folder / "analysis"), xlsx=folder / "x.xlsx")
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copy(made / "x.xlsx", tmp_path)
    return shutil.copytree(made / "analysis", tmp_path / "analysis")


@pytest.fixture
def file(folder):
    return folder.parent / "x.xlsx"


def place(book, comment, title):
    lines = list(book[MATRIX].iter_rows())
    (head,) = [line for line in lines if line[0].value == "Comment"]
    (row,) = [line for line in lines if line[0].value == comment]
    return row[[cell.value for cell in head].index(title)]


def typed(file, *entries):
    """Write ``entries`` (comment, column, value) into the matrix; returns their cells."""
    book = load_workbook(file)
    cells = [place(book, *entry[:2]) for entry in entries]
    for cell, entry in zip(cells, entries, strict=True):
        cell.value = entry[2]
    book.save(file)
    return [cell.coordinate for cell in cells]


def answers(folder, filters=None):
    rows = comments_to_answer(load(folder), filters)
    return {r.comment_id: (r.answer.response, r.answer.disposition) for r in rows if r.answer}


def answer(folder, comment, response="We agree.", disposition="accepted"):
    changes = [Change("answers", comment, "response", response), Change("answers", comment, "disposition", disposition)]
    return review(folder, "RB", changes)


def test_a_response_and_a_disposition_come_back_and_stand_in_the_next_workbook(folder, file):
    cells = typed(
        file, (FIRST, "Agency response", "=We agree.\n\nSee section 4."), (FIRST, "Disposition", "accepted IN part")
    )
    # text, whatever it looks like
    book = load_workbook(file)
    place(book, FIRST, "Agency response").data_type = "s"
    book.save(file)
    found = read_corrections(folder, file)
    assert [(c.cell, c.id, c.what, c.old, c.new) for c in found.corrections] == [
        (cells[0], FIRST, "Agency response", "", "=We agree. See section 4."),
        (cells[1], FIRST, "Disposition", "", "Accepted in part"),
    ]
    assert reviews_in(folder) == []
    result = import_corrections(folder, file, "RB")
    assert not result.problems and {r.reviewer for r in result.reviews} == {"RB"}
    assert answers(folder) == {FIRST: ("=We agree.\n\nSee section 4.", Disposition.ACCEPTED_IN_PART)}
    export(load(folder), xlsx=file)
    book = load_workbook(file)
    assert place(book, FIRST, "Agency response").value == "=We agree.\n\nSee section 4."
    assert place(book, FIRST, "Disposition").value == "Accepted in part"
    assert import_corrections(folder, file, "RB").reviews == ()
    # emptied, they are gone
    typed(file, (FIRST, "Agency response", None), (FIRST, "Disposition", None))
    assert len(import_corrections(folder, file, "RB").reviews) == 2 and answers(folder) == {}


def test_nothing_is_recorded_where_one_answer_cannot_be_taken(folder, file):
    cells = typed(file, (FIRST, "Agency response", "We agree."), (FIRST, "Disposition", "perhaps"),
                  (LETTER, "Theme", "Weather"))  # fmt: skip
    book = load_workbook(file)
    lost = place(book, "FPC-2026-0003-0002|P1|oppose", "Comment")
    lost.value = "FPC-2026-0003-0002|P9|oppose"
    book.save(file)
    result = import_corrections(folder, file, "RB")
    assert reviews_in(folder) == [] and result.reviews == ()
    assert {(p.sheet, p.cell) for p in result.problems} == {
        (MATRIX, cells[1]), (MATRIX, cells[2]), (MATRIX, f"row {lost.row}")
    }  # fmt: skip
    said = " ".join(p.message for p in result.problems)
    assert "“perhaps” is not one of Accepted, Accepted in part" in said
    assert "“Weather” is not one of Notice to customers" in said
    assert "no comment FPC-2026-0003-0002|P9|oppose" in said


def test_an_answer_that_somebody_gave_since_is_a_conflict(folder, file):
    answer(folder, FIRST, "We disagree.", "not_accepted")
    cell, _ = typed(file, (FIRST, "Agency response", "We agree."), (LETTER, "Disposition", "Noted"))
    result = import_corrections(folder, file, "MK")
    assert [(p.sheet, p.cell) for p in result.problems] == [(MATRIX, cell)]
    assert "“We disagree.” now, as RB corrected it" in result.problems[0].message
    assert answers(folder) == {FIRST: ("We disagree.", Disposition.NOT_ACCEPTED)}


def test_an_answer_stays_where_a_new_run_reads_the_stance_otherwise(folder):
    answer(folder, FIRST)
    both = [(EVIDENCE, load(folder).rows(EVIDENCE)), (POSITIONS, load(folder).rows(POSITIONS))]
    for table, rows in both:
        mine = ("FPC-2026-0003-0001", "P1")
        changed = [
            replace(r, stance=Stance.SUPPORT) if (r.submission_id, r.proposition_id) == mine else r for r in rows
        ]
        table.write(folder, changed)
    (row,) = [r for r in comments_to_answer(load(folder)) if r.answer]
    assert (row.comment_id, row.stance) == ("FPC-2026-0003-0001|P1|support", Stance.SUPPORT)
    assert row.answer.response == "We agree."


def test_an_answer_to_what_a_new_run_does_not_find_is_kept_and_marked(folder, file):
    answer(folder, FIRST)
    for table in (EVIDENCE, POSITIONS):
        rows = load(folder).rows(table)
        table.write(folder, [r for r in rows if (r.submission_id, r.proposition_id) != ("FPC-2026-0003-0001", "P1")])
    export(load(folder), xlsx=file)
    book = load_workbook(file)
    assert place(book, FIRST, "Agency response").value == "We agree."
    assert "did not find this comment again" in place(book, FIRST, "Excerpt").value
    # and can still be changed from there
    typed(file, (FIRST, "Agency response", "We agree in part."))
    assert [r.new for r in import_corrections(folder, file, "RB").reviews] == ["We agree in part."]


def test_a_form_letter_quoted_from_another_copy_keeps_its_answer(folder, file):
    answer(folder, LETTER)
    part = Filters(submission_ids=("FPC-2026-0003-0011",))
    assert answers(folder, part) == {"FPC-2026-0003-0011|P1|support": ("We agree.", Disposition.ACCEPTED)}
    export(load(folder), xlsx=file, filters=part)
    typed(file, ("FPC-2026-0003-0011|P2|support", "Disposition", "Noted"))
    assert not import_corrections(folder, file, "RB").problems
    assert answers(folder)["FPC-2026-0003-0010|P2|support"] == ("", Disposition.NOTED)


def test_the_theme_of_a_comment_is_corrected_counted_and_taken_back(folder, file):
    before = {t.theme_id: t.share.n for t in themes_overall(load(folder))}
    typed(file, ("FPC-2026-0003-0009|P1|support", "Theme", "Trust at the till"))
    (made,) = import_corrections(folder, file, "RB").reviews
    assert (made.old, made.new, made.table) == ("T01", "T03", "passages")
    analysis = load(folder)
    after = {t.theme_id: t.share.n for t in themes_overall(analysis)}
    assert after == before | {"T01": before["T01"] - 1, "T03": before["T03"] + 1}
    (passage,) = [p for p in analysis.rows(PASSAGES) if p.passage_id == made.row_id]
    assert (passage.theme_id, passage.theme_score) == ("T03", 1.0)
    undo(folder, made.review_id, "RB")
    assert {t.theme_id: t.share.n for t in themes_overall(load(folder))} == before


def test_a_theme_that_a_new_run_has_no_longer_is_not_given(folder):
    (passage, *_) = [p for p in load(folder).rows(PASSAGES) if p.theme_id == "T01"]
    review(folder, "RB", [Change("passages", passage.passage_id, "theme_id", "T02")])
    rows = [replace(p, theme_id=None) if p.theme_id == "T02" else p for p in PASSAGES.read(folder)]
    PASSAGES.write(folder, rows)
    THEMES.write(folder, [t for t in THEMES.read(folder) if t.theme_id != "T02"])
    assert next(p for p in load(folder).rows(PASSAGES) if p.passage_id == passage.passage_id).theme_id == "T01"


def test_only_comments_passages_and_themes_that_are_there_can_be_reviewed(folder):
    for change in (
        Change("answers", "nobody|P1|support", "response", "We agree."),
        Change("answers", FIRST, "disposition", "perhaps"),
        Change("passages", "nothing", "theme_id", "T01"),
        Change("passages", load(folder).rows(PASSAGES)[1].passage_id, "theme_id", "T99"),
    ):
        with pytest.raises(BadInput):
            review(folder, "RB", [Change("answers", FIRST, "response", "We agree."), change])
    assert reviews_in(folder) == []


def test_the_answers_of_a_part_are_those_of_its_submissions(folder):
    answer(folder, FIRST)
    assert answers(folder, Filters(respondent_types=(RespondentType.NONPROFIT,))) == {}
