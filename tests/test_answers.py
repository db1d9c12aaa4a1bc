"""Responses, dispositions and themes typed into the comment-response matrix come back, and stay with their comments."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook
from typed_workbook import place, typed

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


def answers(folder, filters=None):
    rows = comments_to_answer(load(folder), filters)
    return {r.comment_id: (r.answer.response, r.answer.disposition) for r in rows if r.answer}


def answer(folder, comment, response="We agree.", disposition="accepted"):
    changes = [Change("answers", comment, "response", response), Change("answers", comment, "disposition", disposition)]
    return review(folder, "RB", changes)


def test_a_response_and_a_disposition_come_back_and_stand_in_the_next_workbook(exported, workbook):
    cells = typed(
        workbook,
        (MATRIX, FIRST, "Agency response", "=We agree.\n\nSee section 4."),
        (MATRIX, FIRST, "Disposition", "accepted IN part"),
    )
    # text, whatever it looks like
    book = load_workbook(workbook)
    place(book, MATRIX, FIRST, "Agency response").data_type = "s"
    book.save(workbook)
    found = read_corrections(exported, workbook)
    assert [(c.cell, c.id, c.what, c.old, c.new) for c in found.corrections] == [
        (cells[0], FIRST, "Agency response", "", "=We agree. See section 4."),
        (cells[1], FIRST, "Disposition", "", "Accepted in part"),
    ]
    assert reviews_in(exported) == []
    result = import_corrections(exported, workbook, "RB")
    assert not result.problems and {r.reviewer for r in result.reviews} == {"RB"}
    assert answers(exported) == {FIRST: ("=We agree.\n\nSee section 4.", Disposition.ACCEPTED_IN_PART)}
    export(load(exported), xlsx=workbook)
    book = load_workbook(workbook)
    assert place(book, MATRIX, FIRST, "Agency response").value == "=We agree.\n\nSee section 4."
    assert place(book, MATRIX, FIRST, "Disposition").value == "Accepted in part"
    assert import_corrections(exported, workbook, "RB").reviews == ()
    # emptied, they are gone
    typed(workbook, (MATRIX, FIRST, "Agency response", None), (MATRIX, FIRST, "Disposition", None))
    assert len(import_corrections(exported, workbook, "RB").reviews) == 2 and answers(exported) == {}


def test_nothing_is_recorded_where_one_answer_cannot_be_taken(exported, workbook):
    cells = typed(workbook, (MATRIX, FIRST, "Agency response", "We agree."), (MATRIX, FIRST, "Disposition", "perhaps"),
                  (MATRIX, LETTER, "Theme", "Weather"))  # fmt: skip
    book = load_workbook(workbook)
    lost = place(book, MATRIX, "FPC-2026-0003-0002|P1|oppose", "Comment")
    lost.value = "FPC-2026-0003-0002|P9|oppose"
    book.save(workbook)
    result = import_corrections(exported, workbook, "RB")
    assert reviews_in(exported) == [] and result.reviews == ()
    assert {(p.sheet, p.cell) for p in result.problems} == {
        (MATRIX, cells[1]), (MATRIX, cells[2]), (MATRIX, f"row {lost.row}")
    }  # fmt: skip
    said = " ".join(p.message for p in result.problems)
    assert "“perhaps” is not one of Accepted, Accepted in part" in said
    assert "“Weather” is not one of Notice to customers" in said
    assert "no comment FPC-2026-0003-0002|P9|oppose" in said


def test_an_answer_that_somebody_gave_since_is_a_conflict(exported, workbook):
    answer(exported, FIRST, "We disagree.", "not_accepted")
    cell, _ = typed(workbook, (MATRIX, FIRST, "Agency response", "We agree."), (MATRIX, LETTER, "Disposition", "Noted"))
    result = import_corrections(exported, workbook, "MK")
    assert [(p.sheet, p.cell) for p in result.problems] == [(MATRIX, cell)]
    assert "“We disagree.” now, as RB corrected it" in result.problems[0].message
    assert answers(exported) == {FIRST: ("We disagree.", Disposition.NOT_ACCEPTED)}


def test_an_answer_stays_where_a_new_run_reads_the_stance_otherwise(exported):
    answer(exported, FIRST)
    both = [(EVIDENCE, load(exported).rows(EVIDENCE)), (POSITIONS, load(exported).rows(POSITIONS))]
    for table, rows in both:
        mine = ("FPC-2026-0003-0001", "P1")
        changed = [
            replace(r, stance=Stance.SUPPORT) if (r.submission_id, r.proposition_id) == mine else r for r in rows
        ]
        table.write(exported, changed)
    (row,) = [r for r in comments_to_answer(load(exported)) if r.answer]
    assert (row.comment_id, row.stance) == ("FPC-2026-0003-0001|P1|support", Stance.SUPPORT)
    assert row.answer.response == "We agree."


def test_an_answer_to_what_a_new_run_does_not_find_is_kept_and_marked(exported, workbook):
    answer(exported, FIRST)
    for table in (EVIDENCE, POSITIONS):
        rows = load(exported).rows(table)
        table.write(exported, [r for r in rows if (r.submission_id, r.proposition_id) != ("FPC-2026-0003-0001", "P1")])
    export(load(exported), xlsx=workbook)
    book = load_workbook(workbook)
    assert place(book, MATRIX, FIRST, "Agency response").value == "We agree."
    assert "did not find this comment again" in place(book, MATRIX, FIRST, "Excerpt").value
    # and can still be changed from there
    typed(workbook, (MATRIX, FIRST, "Agency response", "We agree in part."))
    assert [r.new for r in import_corrections(exported, workbook, "RB").reviews] == ["We agree in part."]


def test_a_form_letter_quoted_from_another_copy_keeps_its_answer(exported, workbook):
    answer(exported, LETTER)
    part = Filters(submission_ids=("FPC-2026-0003-0011",))
    assert answers(exported, part) == {"FPC-2026-0003-0011|P1|support": ("We agree.", Disposition.ACCEPTED)}
    export(load(exported), xlsx=workbook, filters=part)
    typed(workbook, (MATRIX, "FPC-2026-0003-0011|P2|support", "Disposition", "Noted"))
    assert not import_corrections(exported, workbook, "RB").problems
    assert answers(exported)["FPC-2026-0003-0010|P2|support"] == ("", Disposition.NOTED)


def test_the_theme_of_a_comment_is_corrected_counted_and_taken_back(exported, workbook):
    before = {t.theme_id: t.share.n for t in themes_overall(load(exported))}
    typed(workbook, (MATRIX, "FPC-2026-0003-0009|P1|support", "Theme", "Trust at the till"))
    (made,) = import_corrections(exported, workbook, "RB").reviews
    assert (made.old, made.new, made.table) == ("T01", "T03", "passages")
    analysis = load(exported)
    after = {t.theme_id: t.share.n for t in themes_overall(analysis)}
    assert after == before | {"T01": before["T01"] - 1, "T03": before["T03"] + 1}
    (passage,) = [p for p in analysis.rows(PASSAGES) if p.passage_id == made.row_id]
    assert (passage.theme_id, passage.theme_score) == ("T03", 1.0)
    undo(exported, made.review_id, "RB")
    assert {t.theme_id: t.share.n for t in themes_overall(load(exported))} == before


def test_a_theme_that_a_new_run_has_no_longer_is_not_given(exported):
    (passage, *_) = [p for p in load(exported).rows(PASSAGES) if p.theme_id == "T01"]
    review(exported, "RB", [Change("passages", passage.passage_id, "theme_id", "T02")])
    rows = [replace(p, theme_id=None) if p.theme_id == "T02" else p for p in PASSAGES.read(exported)]
    PASSAGES.write(exported, rows)
    THEMES.write(exported, [t for t in THEMES.read(exported) if t.theme_id != "T02"])
    assert next(p for p in load(exported).rows(PASSAGES) if p.passage_id == passage.passage_id).theme_id == "T01"


def test_only_comments_passages_and_themes_that_are_there_can_be_reviewed(exported):
    for change in (
        Change("answers", "nobody|P1|support", "response", "We agree."),
        Change("answers", FIRST, "disposition", "perhaps"),
        Change("passages", "nothing", "theme_id", "T01"),
        Change("passages", load(exported).rows(PASSAGES)[1].passage_id, "theme_id", "T99"),
    ):
        with pytest.raises(BadInput):
            review(exported, "RB", [Change("answers", FIRST, "response", "We agree."), change])
    assert reviews_in(exported) == []


def test_the_answers_of_a_part_are_those_of_its_submissions(exported):
    answer(exported, FIRST)
    assert answers(exported, Filters(respondent_types=(RespondentType.NONPROFIT,))) == {}
