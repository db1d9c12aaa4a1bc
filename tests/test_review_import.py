"""Corrections made in the workbook come back as reviews: whole, checked, and only what people changed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from make_analysis import LETTERS, make_analysis
from make_hostile import make_hostile
from openpyxl import Workbook, load_workbook
from typed_workbook import place, typed

from rfc_analyzer import export, load
from rfc_analyzer.cli import DONE, NOTHING_DONE, SOME_UNREAD, main
from rfc_analyzer.comparison import Filters
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.cells import excel_text
from rfc_analyzer.exports.returning import import_corrections
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.reviews import Change, position_id, review, reviews_in, undo
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS, SUBMISSIONS, THEMES

FIRST, SECOND, THIRD = (letter.id for letter in LETTERS[:3])
REGISTER, MATRIX = "Submissions", "Positions matrix"
AT = datetime(2026, 5, 3, 10, tzinfo=UTC)


def told(result):
    return [(p.sheet, p.cell) for p in result.problems]


def test_what_people_change_comes_back_with_who_and_where_from(exported, workbook):
    cells = typed(
        workbook,
        (REGISTER, FIRST, "Submitter", "  Harriet   Vane "),
        (REGISTER, FIRST, "Organisation", None),
        (REGISTER, FIRST, "Type", "Government"),
        (REGISTER, FIRST, "Makes an argument", "No"),
        (MATRIX, FIRST, "P1", "Support"),
        (MATRIX, FIRST, "P2", "not addressed"),
        (MATRIX, SECOND, "P3", "Mixed"),
    )
    result = import_corrections(exported, workbook, "RB")
    assert not result.problems and not result.unread
    assert [(r.row_id, r.column, r.old, r.new) for r in result.reviews] == [
        (FIRST, "respondent_name", "Harriet Vane-Coombe", "Harriet Vane"),
        (FIRST, "organization", "Larchfield Foods plc", ""),
        (FIRST, "respondent_type", "private_sector", "government"),
        (FIRST, "substantive", "true", "false"),
        (f"{FIRST}|P1", "stance", "oppose", "support"),
        (f"{FIRST}|P2", "stance", "oppose", "none"),
        (f"{SECOND}|P3", "stance", "none", "mixed"),
    ]
    assert {r.reviewer for r in result.reviews} == {"RB"}
    assert result.reviews[4].note == f"x.xlsx, {MATRIX} {cells[4]}"
    analysis = load(exported)
    first = analysis.rows(SUBMISSIONS)[0]
    assert (first.respondent_type, first.organization, first.substantive) == (RespondentType.GOVERNMENT, "", False)
    stances = {(p.submission_id, p.proposition_id): p.stance for p in analysis.rows(POSITIONS)}
    assert stances[FIRST, "P1"] is Stance.SUPPORT and (FIRST, "P2") not in stances
    # once more changes nothing
    assert import_corrections(exported, workbook, "RB").reviews == ()


def test_an_untouched_workbook_changes_nothing(exported, workbook):
    result = import_corrections(exported, workbook, "RB")
    assert (result.reviews, result.problems, result.unread) == ((), (), ())
    load_workbook(workbook).save(workbook)
    assert import_corrections(exported, workbook, "RB") == result
    assert reviews_in(exported) == []


NASTY = (
    "=1+1", "@x", "-2+3", "a\x00b", "_x0041_", "_x005F_x0041_", "\ud800", "x" * 40_000, "_x0041_" * 6_000, " a  b ",
    "line\r\nline", "line\x85line", "0012", "TRUE", "#N/A",
)  # fmt: skip


def test_an_untouched_workbook_of_hostile_names_changes_nothing(tmp_path):
    analysis = make_hostile(tmp_path / "analysis")
    rows = enumerate(analysis.rows(SUBMISSIONS))
    # names from the front and organisations from the back, so that each text is there
    SUBMISSIONS.write(
        analysis.folder, [replace(row, respondent_name=NASTY[n], organization=NASTY[-n - 1]) for n, row in rows]
    )
    export(load(analysis.folder), xlsx=tmp_path / "x.xlsx")
    for save in (False, True):
        if save:
            load_workbook(tmp_path / "x.xlsx").save(tmp_path / "x.xlsx")
        result = import_corrections(analysis.folder, tmp_path / "x.xlsx", "RB")
        assert (result.reviews, result.problems, result.unread) == ((), (), ())


def test_ids_that_look_like_something_else_are_found_again(tmp_path):
    analysis = make_analysis(tmp_path / "analysis")
    folder, submission = analysis.folder, "=_x0041_|7"
    SUBMISSIONS.write(
        folder, [replace(analysis.rows(SUBMISSIONS)[0], submission_id=submission, organization="_x0041_")]
    )
    PROPOSITIONS.write(folder, [replace(p, proposition_id=f"={p.proposition_id}") for p in analysis.rows(PROPOSITIONS)])
    POSITIONS.write(folder, [])
    export(load(folder), xlsx=tmp_path / "x.xlsx")
    typed(
        tmp_path / "x.xlsx",
        (MATRIX, excel_text(submission), "=P1", "Oppose"),
        (REGISTER, excel_text(submission), "Organisation", excel_text("_x0042_")),
    )
    result = import_corrections(folder, tmp_path / "x.xlsx", "RB")
    assert [(r.row_id, r.new) for r in result.reviews] == [(submission, "_x0042_"), (f"{submission}|=P1", "oppose")]


def test_nothing_is_recorded_where_one_cell_is_wrong_and_each_is_told(exported, workbook):
    cells = typed(
        workbook,
        (REGISTER, FIRST, "Organisation", "Larchfield"),
        (REGISTER, FIRST, "Type", "Ministry"),
        (REGISTER, SECOND, "Type", None),
        (REGISTER, SECOND, "Organisation", "=1+1"),
        (REGISTER, SECOND, "Submitter", datetime(2026, 5, 1)),
        (MATRIX, FIRST, "P1", "maybe"),
    )
    book = load_workbook(workbook)
    place(book, REGISTER, THIRD, "Submission").value = "FPC-2026-0003-9999"
    row = place(book, MATRIX, THIRD, "Submission").row
    place(book, MATRIX, THIRD, "Submission").value = None
    book.save(workbook)
    result = import_corrections(exported, workbook, "RB")
    assert reviews_in(exported) == [] and result.reviews == ()
    expected = {(REGISTER, c) for c in cells[1:5]} | {
        (MATRIX, cells[5]),
        (MATRIX, f"row {row}"),
        (REGISTER, f"row {row_of(workbook, '9999')}"),
    }
    assert set(told(result)) == expected and len(result.problems) == len(expected)
    said = " ".join(p.message for p in result.problems)
    assert "“Ministry” is not one of Individual, Private sector" in said and "formula" in said and "date" in said
    assert "no submission FPC-2026-0003-9999" in said and "“maybe” is not one of" in said and "no id" in said


def row_of(file, ending):
    sheet = load_workbook(file)[REGISTER]
    return next(row[0].row for row in sheet.iter_rows() if str(row[0].value).endswith(ending))


def test_a_later_correction_of_the_same_value_is_a_conflict(exported, workbook):
    review(exported, "MK", [Change("submissions", FIRST, "respondent_type", "association"),
                          Change("submissions", SECOND, "respondent_type", "nonprofit")], AT)  # fmt: skip
    cell, _, _ = typed(
        workbook,
        (REGISTER, FIRST, "Type", "Government"),
        (REGISTER, SECOND, "Type", "Nonprofit"),
        (REGISTER, SECOND, "Organisation", "Pennywort"),
    )
    result = import_corrections(exported, workbook, "RB")
    assert told(result) == [(REGISTER, cell)]
    (problem,) = result.problems
    assert "MK corrected it on 2026-05-03" in problem.message and "“Association” now" in problem.message
    assert len(reviews_in(exported)) == 2
    # as the message says: with the other's value in the cell the rest goes in, and nothing of the other's is lost
    typed(workbook, (REGISTER, FIRST, "Type", "Association"))
    assert [(r.row_id, r.column) for r in import_corrections(exported, workbook, "RB").reviews] == [
        (SECOND, "organization")
    ]


def test_corrections_elsewhere_are_not_undone_by_a_workbook_that_does_not_know_them(exported, workbook):
    review(exported, "MK", [Change("positions", position_id(FIRST, "P1"), "stance", "support")], AT)
    typed(workbook, (MATRIX, FIRST, "P2", "Mixed"))
    assert [r.row_id for r in import_corrections(exported, workbook, "RB").reviews] == [f"{FIRST}|P2"]
    stances = {(p.submission_id, p.proposition_id): p.stance for p in load(exported).rows(POSITIONS)}
    assert stances[FIRST, "P1"] is Stance.SUPPORT


def test_a_new_run_that_read_otherwise_is_a_conflict_only_where_people_typed(exported, workbook):
    rows = [replace(s, respondent_type=RespondentType.OTHER) for s in load(exported).rows(SUBMISSIONS)]
    SUBMISSIONS.write(exported, rows)
    cells = typed(workbook, (REGISTER, FIRST, "Type", "Government"))
    result = import_corrections(exported, workbook, "RB")
    assert told(result) == [(REGISTER, cells[0])] and "a new run read it" in result.problems[0].message


def test_the_same_row_twice_must_say_the_same(exported, workbook):
    book = load_workbook(workbook)
    sheet = book[REGISTER]
    cell = place(book, REGISTER, FIRST, "Type")
    copy = [c.value for c in sheet[cell.row]]
    sheet.append(copy)
    book.save(workbook)
    assert not import_corrections(exported, workbook, "RB").problems
    sheet.cell(sheet.max_row, cell.column).value = "Government"
    book.save(workbook)
    result = import_corrections(exported, workbook, "RB")
    assert told(result) == [(REGISTER, f"{cell.column_letter}{sheet.max_row}")]
    assert f"row {cell.row} says something else" in result.problems[0].message


def test_a_type_given_on_two_sheets_must_agree(exported, workbook):
    typed(workbook, (REGISTER, FIRST, "Type", "Government"), (MATRIX, FIRST, "Type", "Academia"))
    result = import_corrections(exported, workbook, "RB")
    assert [p.sheet for p in result.problems] == [MATRIX] and "make them agree" in result.problems[0].message
    # one of them is enough
    typed(workbook, (MATRIX, FIRST, "Type", "Government"))
    assert [r.new for r in import_corrections(exported, workbook, "RB").reviews] == ["government"]


def test_a_cut_text_cannot_be_corrected_in_half(exported, workbook):
    SUBMISSIONS.write(exported, [replace(s, organization="word " * 10_000) for s in load(exported).rows(SUBMISSIONS)])
    export(load(exported), xlsx=workbook)
    book = load_workbook(workbook)
    cell = place(book, REGISTER, FIRST, "Organisation")
    cell.value = "New " + cell.value[10:]
    book.save(workbook)
    result = import_corrections(exported, workbook, "RB")
    assert told(result) == [(REGISTER, cell.coordinate)] and "was cut" in result.problems[0].message


def test_rows_and_columns_may_be_sorted_removed_and_added(exported, workbook):
    book = load_workbook(workbook)
    sheet = book[REGISTER]
    place(book, REGISTER, THIRD, "Type").value = "Nonprofit"
    sheet.delete_rows(place(book, REGISTER, FIRST, "Type").row)
    sheet.insert_cols(1)
    sheet.insert_rows(1, 3)
    sheet.cell(sheet.max_row + 2, 9).value = "a remark under the table"
    del book["Quotes"]
    book.save(workbook)
    result = import_corrections(exported, workbook, "RB")
    assert [(r.row_id, r.new) for r in result.reviews] == [(THIRD, "nonprofit")] and not result.problems


def test_what_is_not_there_is_told(exported, workbook, capsys):
    book = load_workbook(workbook)
    place(book, MATRIX, "Submission", "P2").value = "Proposition 2"
    del book[REGISTER]
    book.save(workbook)
    assert main(["review", "import", str(exported), str(workbook), "--reviewer", "RB"]) == SOME_UNREAD
    out = capsys.readouterr().out
    assert "Positions matrix” has no column “P2”" in out and "sheet “Submissions” is not there" in out


def test_a_workbook_of_a_part_corrects_that_part(exported, workbook):
    export(load(exported), xlsx=workbook, filters=Filters(respondent_types=(RespondentType.PRIVATE_SECTOR,)))
    typed(workbook, (MATRIX, SECOND, "P1", "Support"))
    assert [r.row_id for r in import_corrections(exported, workbook, "RB").reviews] == [f"{SECOND}|P1"]


def test_other_files_are_refused(exported, workbook):
    with pytest.raises(BadInput, match="there is no file"):
        import_corrections(exported, workbook.with_name("no.xlsx"), "RB")
    (workbook.parent / "text.xlsx").write_text("Submission,Type")
    with pytest.raises(BadInput, match=r"save it as \.xlsx"):
        import_corrections(exported, workbook.parent / "text.xlsx", "RB")
    Workbook().save(workbook.parent / "other.xlsx")
    with pytest.raises(BadInput, match="rfc-analyzer export"):
        import_corrections(exported, workbook.parent / "other.xlsx", "RB")
    with pytest.raises(BadInput, match="who reviews"):
        import_corrections(exported, workbook, " ")
    SUBMISSIONS.write(
        exported, [replace(s, submission_id=f"X{n}") for n, s in enumerate(load(exported).rows(SUBMISSIONS))]
    )
    with pytest.raises(BadInput, match="another docket"):
        import_corrections(exported, workbook, "RB")


def test_the_command_line_imports_lists_and_undoes(exported, workbook, capsys):
    typed(workbook, (REGISTER, FIRST, "Organisation", "Larch"))
    assert main(["review", "import", str(exported), str(workbook), "--reviewer", "RB", "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    (made,) = found["reviews"]
    assert (made["old"], made["new"], found["problems"]) == ("Larchfield Foods plc", "Larch", [])
    assert main(["review", "list", str(exported)]) == DONE
    out = capsys.readouterr().out
    assert out.startswith("1 correction\n") and made["review_id"] in out and "Larchfield Foods plc  Larch" in out
    assert main(["review", "undo", str(exported), made["review_id"], "--reviewer", "MK"]) == DONE
    assert f"undoes {made['review_id']}" in capsys.readouterr().out
    assert main(["review", "list", str(exported), "--json"]) == DONE
    assert [r["reviewer"] for r in json.loads(capsys.readouterr().out)] == ["RB", "MK"]
    assert load(exported).rows(SUBMISSIONS)[0].organization == "Larchfield Foods plc"


def test_problems_are_printed_by_cell_and_end_with_2(exported, workbook, capsys):
    (cell,) = typed(workbook, (MATRIX, FIRST, "P1", "maybe"))
    words = ["review", "import", str(exported), str(workbook), "--reviewer", "RB"]
    assert main(words) == NOTHING_DONE
    out, err = capsys.readouterr()
    assert out.startswith(f"Positions matrix, {cell}: “maybe” is not one of")
    assert err.count("\n") == 1 and "nothing was recorded" in err
    assert main([*words, "--json"]) == NOTHING_DONE
    assert json.loads(capsys.readouterr().out)["problems"][0]["cell"] == cell


def test_undoing_takes_back_no_later_correction(exported):
    (first,) = review(exported, "RB", [Change("submissions", FIRST, "respondent_type", "government")], AT)
    (second,) = review(
        exported, "MK", [Change("submissions", FIRST, "respondent_type", "academia")], AT + timedelta(days=1)
    )
    with pytest.raises(BadInput, match=f"MK gave this value again .* undo {second.review_id} first"):
        undo(exported, first.review_id, "RB")
    undo(exported, second.review_id, "RB")
    assert load(exported).rows(SUBMISSIONS)[0].respondent_type is RespondentType.GOVERNMENT


def titled(folder):
    return {t.theme_id: t.label for t in load(folder).rows(THEMES)}


def test_a_title_of_a_theme_comes_back_as_a_rename(exported, workbook):
    cells = typed(workbook, ("Themes", "T01", "Title", " Telling  customers in time "))
    result = import_corrections(exported, workbook, "RB")
    assert not result.problems and not result.unread
    assert [(r.table, r.row_id, r.column, r.new) for r in result.reviews] == [
        ("themes", "T01", "label", "Telling customers in time")
    ]
    assert result.reviews[0].note == f"x.xlsx, Themes {cells[0]}"
    assert titled(exported)["T01"] == "Telling customers in time"
    export(load(exported), xlsx=workbook)
    assert place(load_workbook(workbook), "Themes", "T01", "Title").value == "Telling customers in time"
    assert import_corrections(exported, workbook, "RB").reviews == ()


@pytest.mark.parametrize(("title", "said"), [(None, "1 to 80 characters"), ("x" * 81, "1 to 80 characters")])
def test_a_title_that_cannot_be_one_is_told(exported, workbook, title, said):
    cells = typed(workbook, ("Themes", "T01", "Title", title), (REGISTER, FIRST, "Type", "Government"))
    result = import_corrections(exported, workbook, "RB")
    assert [(p.sheet, p.cell) for p in result.problems] == [("Themes", cells[0])]
    assert said in result.problems[0].message and reviews_in(exported) == []


def test_a_title_that_somebody_gave_since_is_a_conflict(exported, workbook):
    review(exported, "AB", [Change("themes", "T01", "label", "Telling in time")])
    cells = typed(workbook, ("Themes", "T01", "Title", "Telling customers"))
    result = import_corrections(exported, workbook, "RB")
    assert [(p.sheet, p.cell) for p in result.problems] == [("Themes", cells[0])]
    assert "“Telling in time” now, as AB corrected it" in result.problems[0].message


def test_a_theme_that_is_gone_matters_only_where_it_was_renamed(exported, workbook):
    review(exported, "AB", [Change("themes", "T03", "merged_into", "T01")])
    assert "T03" not in titled(exported)
    typed(workbook, (REGISTER, FIRST, "Type", "Government"))
    assert len(import_corrections(exported, workbook, "RB").reviews) == 1
    typed(workbook, ("Themes", "T03", "Title", "Telling in time"))
    (problem,) = import_corrections(exported, workbook, "RB").problems
    assert problem.sheet == "Themes" and "no theme T03 in the analysis" in problem.message
