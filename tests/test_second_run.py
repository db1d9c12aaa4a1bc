"""What people corrected in a workbook survives a real second run, to which one more letter came."""

import shutil

import pytest
from conftest import SAMPLES
from openpyxl import load_workbook
from typed_workbook import place, typed

from rfc_analyzer import analyze, export, load
from rfc_analyzer.comparison import comments_to_answer
from rfc_analyzer.exports.returning import import_corrections
from rfc_analyzer.model import RespondentType
from rfc_analyzer.tables import PASSAGES, POSITIONS, SUBMISSIONS, THEMES

DOCKET = "FSMA-2026-0007"
MATRIX, STANCES, REGISTER = "Comment-response matrix", "Positions matrix", "Submissions"
LETTERS, LATE = range(12, 27), 40


def letters(folder, numbers):
    for number in numbers:
        name = f"{DOCKET}-{number:04}"
        shutil.copytree(SAMPLES / "submissions" / name, folder / name)


def run(folder):
    return analyze([folder / "in"], folder / "analysis", codebook=SAMPLES / "codebook.yaml")


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """The analysis after the second run, what was typed into the first one's workbook, and its reviews."""
    folder = tmp_path_factory.mktemp("second-run")
    letters(folder / "in", LETTERS)
    first = run(folder)
    export(first, xlsx=folder / "x.xlsx")
    comment = next(c for c in comments_to_answer(first) if c.passage_id)
    theme = first.rows(THEMES)[0].theme_id
    who, other = (s.submission_id for s in first.rows(SUBMISSIONS)[:2])
    proposition = first.propositions["proposition_id"].iloc[0]
    typed(
        folder / "x.xlsx",
        (REGISTER, who, "Submitter", "Harriet Vane"),
        (REGISTER, who, "Type", "Government"),
        (STANCES, other, proposition, "Mixed"),
        ("Themes", theme, "Title", "A title of our own"),
        (MATRIX, comment.comment_id, "Agency response", "We agree in part."),
        (MATRIX, comment.comment_id, "Disposition", "Accepted in part"),
        (MATRIX, comment.comment_id, "Theme", "No theme"),
    )
    result = import_corrections(first.folder, folder / "x.xlsx", "RB")
    assert not result.problems and len(result.reviews) == 7
    letters(folder / "in", [LATE])
    second = run(folder)
    assert len(second.submissions) == len(LETTERS) + 1
    return load(second.folder), result.reviews, (who, other, proposition, theme, comment)


def test_types_names_and_stances_stand(twice):
    analysis, reviews, (who, other, proposition, _, _) = twice
    assert analysis.reviews == list(reviews)
    row = next(s for s in analysis.rows(SUBMISSIONS) if s.submission_id == who)
    assert (row.respondent_name, row.respondent_type) == ("Harriet Vane", RespondentType.GOVERNMENT)
    (position,) = [p for p in analysis.rows(POSITIONS) if (p.submission_id, p.proposition_id) == (other, proposition)]
    assert (position.stance, position.reviewed) == ("mixed", True)


def test_a_theme_keeps_the_title_that_people_gave(twice):
    analysis, _, (*_, theme, _) = twice
    assert {t.theme_id: t.label for t in analysis.rows(THEMES)}[theme] == "A title of our own"


def test_an_answer_stays_with_its_comment_and_a_theme_with_its_passage(twice):
    analysis, _, (*_, comment) = twice
    (answered,) = [c for c in comments_to_answer(analysis) if c.answer]
    assert answered.submission.submission_id == comment.submission.submission_id
    assert (answered.answer.response, answered.answer.disposition) == ("We agree in part.", "accepted_in_part")
    passage = next(p for p in analysis.rows(PASSAGES) if p.passage_id == comment.passage_id)
    assert passage.theme_id is None


def test_the_next_workbook_shows_them_and_changes_nothing(twice, tmp_path):
    analysis, _, (who, other, proposition, theme, _) = twice
    export(analysis, xlsx=tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    assert place(book, REGISTER, who, "Type").value == "Government"
    assert place(book, STANCES, other, proposition).value == "Mixed"
    assert place(book, "Themes", theme, "Title").value == "A title of our own"
    again = import_corrections(analysis.folder, tmp_path / "x.xlsx", "RB")
    assert (again.reviews, again.problems) == ((), ())
