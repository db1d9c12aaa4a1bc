"""What people confirm as the notice's questions is what a run sorts the answers by."""

import json

import pytest

from rfc_analyzer import analyze, load
from rfc_analyzer.cli import DONE, NOTHING_DONE, main
from rfc_analyzer.confirmed import CONFIRMED, confirm
from rfc_analyzer.tables import PASSAGES, QUESTIONS

NOTICE = "The agency asks:\n\n1. What is a lamp?\n\n2. Should lamps be taxed?\n"
LETTER = (
    "Question 1: A lamp gives light where there was none, and every household has some.\n\n"
    "Question 2: Lamps should not be taxed, because the poor need them most of all.\n\n"
    "Question 3: Inspections every year would close half of the shops in our town.\n"
)


@pytest.fixture
def docket(tmp_path):
    (tmp_path / "notice.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    return tmp_path


def run(docket, rfc="notice.txt", **options):
    return analyze([docket / "letter.txt"], docket / "out", rfc=docket / rfc if rfc else None, **options)


def numbers(analysis):
    return [q.number for q in analysis.rows(QUESTIONS)]


def answered(analysis):
    return sorted({q for p in analysis.rows(PASSAGES) for q in p.questions_named})


def test_a_confirmed_list_is_used_by_the_next_run_and_stays_through_a_fresh_one(docket):
    assert answered(run(docket)) == ["Q1", "Q2"]
    confirm(docket / "out", "Ada", [("1", "What is a lamp?"), ("3", "How often should lamps be inspected?")])
    for fresh in (False, True):
        again = run(docket, fresh=fresh)
        assert numbers(again) == ["1", "3"] and answered(again) == ["Q1", "Q3"]
    assert (docket / "out" / CONFIRMED).exists() and numbers(load(docket / "out")) == ["1", "3"]


def test_a_list_for_the_run_goes_before_and_needs_no_notice(docket):
    confirm(docket / "out", "Ada", [("9", "Anything else?")])
    (docket / "list.txt").write_text("Question 2. Taxes?\nQuestion 3. Inspections?\n", encoding="utf-8")
    found = run(docket, rfc=None, questions=docket / "list.txt")
    assert numbers(found) == ["2", "3"] and answered(found) == ["Q2", "Q3"]
    assert not any("not sorted by question" in note for note in found.manifest.notes)


def test_a_notice_without_questions_says_so_until_somebody_lists_them(docket):
    (docket / "notice.txt").write_text("The agency gives notice of a meeting.", encoding="utf-8")
    assert any("No numbered questions" in note for note in run(docket).manifest.notes)
    confirm(docket / "out", "Ada", [("1", "What is a lamp?")])
    assert not any("No numbered questions" in note for note in run(docket).manifest.notes)


def test_the_command_line_shows_the_questions_for_checking(docket, capsys):
    notice = str(docket / "notice.txt")
    assert main(["questions", notice]) == DONE
    assert capsys.readouterr().out.splitlines() == ["Question 1. What is a lamp?", "Question 2. Should lamps be taxed?"]
    assert main(["questions", notice, "--json"]) == DONE
    assert [q["number"] for q in json.loads(capsys.readouterr().out)] == ["1", "2"]
    assert main(["questions", str(docket / "none.pdf")]) == NOTHING_DONE
    assert "check the path" in capsys.readouterr().err
