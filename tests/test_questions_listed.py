"""Lists of questions that people paste or type, and the list that they confirm."""

from datetime import UTC, datetime

import pytest

from rfc_analyzer.confirmed import confirm, confirmations_in, confirmed_in, questions_of_list
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import Question
from rfc_analyzer.questions import numbered, read_list

PASTED = {
    "numbers and letters": (
        "1. What is a lamp?\n a. Who makes it,\n and why?\n b. When\n2. Taxes on lamps\n",
        {"1": "What is a lamp?", "1a": "Who makes it, and why?", "1b": "When", "2": "Taxes on lamps"},
    ),
    "no numbers": (
        "What is a lamp?\n- Taxes\n• Who sells them\n",
        {"1": "What is a lamp?", "2": "Taxes", "3": "Who sells them"},
    ),
    "whole numbers": (
        "1a. What\n1b. By whom\n2. Taxes\n2(a)(i) How much",
        {"1a": "What", "1b": "By whom", "2": "Taxes", "2a(i)": "How much"},
    ),
    "whole numbers in brackets": (
        "1) What\n1a) By whom\n1a(i)) And where\n2) Taxes",
        {"1": "What", "1a": "By whom", "1a(i)": "And where", "2": "Taxes"},
    ),
    "bare numbers that count on": (
        "1 What\n1(a) By whom,\nand in 2020\n2 Taxes\n9 Of Ten\n3 Why",
        {"1": "What", "1a": "By whom, and in 2020", "2": "Taxes 9 Of Ten", "3": "Why"},
    ),
    "decimals": ("1.1 What is it?\n1.2 Why?\n2.1 Where?", {"1.1": "What is it?", "1.2": "Why?", "2.1": "Where?"}),
    "the word": ("Q1 What is it?\nQ2 Why?\nQuestion 2a: Where?", {"1": "What is it?", "2": "Why?", "2a": "Where?"}),
    "a part of a notice": ("3. Start at three\n4. Four\n5. Five", {"3": "Start at three", "4": "Four", "5": "Five"}),
    "brackets and a wrapped line": (
        "(1) One\n(a) Two\n(2) Three\nwrapped",
        {"1": "One", "1a": "Two", "2": "Three wrapped"},
    ),
    "capitals": ("A. Lamps\n1. Old?\n2. New?\nB. Taxes\n1. High?", {"A": "Lamps", "A1": "Old?", "A2": "New?",
                                                                  "B": "Taxes", "B1": "High?"}),
    "a preamble": ("Please answer:\n1) One\n2) Two in 2020", {"1": "One", "2": "Two in 2020"}),
}  # fmt: skip


@pytest.mark.parametrize("text,expected", PASTED.values(), ids=PASTED.keys())
def test_a_pasted_list(text, expected):
    assert {q.number: q.text for q in read_list(text)} == expected


@pytest.mark.parametrize("text,expected", PASTED.values(), ids=PASTED.keys())
def test_a_written_list_reads_back_the_same(text, expected):
    found = read_list(text)
    assert read_list("\n".join(f"Question {q.number}. {q.text}" for q in found)) == found


def test_parents_are_found_among_the_listed():
    found = {q.number: q.parent_id for q in read_list("1. A\n1a. B\n1a(i). C\n2b. D\n3. E\n3.1 F")}
    assert found == {"1": None, "1a": "Q1", "1a(i)": "Q1a", "2b": None, "3": None, "3.1": "Q3"}


def test_rows_keep_the_ids_and_pages_of_known_questions_and_get_missing_numbers():
    known = [Question("QS2.1", "S2.1", None, "Old?", 4), Question("Q1", "1", None, "First?", 2)]
    rows = [("1", "First, mended?"), ("Question 1 (a)", "New?"), ("", "Last?"), ("3", "  "), ("S2.1", "Old?")]
    assert numbered(rows, known) == [
        Question("Q1", "1", None, "First, mended?", 2),
        Question("Q1a", "1a", "Q1", "New?", None),
        Question("Q2", "2", None, "Last?", None),
        Question("QS2.1", "S2.1", None, "Old?", 4),
    ]


@pytest.mark.parametrize("rows,said", [([("1", "A"), ("Q1", "B")], "number 1"), ([("1", " ")], "no question")])
def test_lists_that_cannot_be_used_say_why(rows, said):
    with pytest.raises(BadInput, match=said):
        numbered(rows)


def test_the_last_confirmed_list_counts_and_earlier_ones_stay(tmp_path):
    assert confirmed_in(tmp_path) is None
    first = confirm(tmp_path, "Ada", [("1", "What?")], at=datetime(2026, 3, 1, tzinfo=UTC))
    second = confirm(tmp_path, " Bo ", [("1", "What, and why?"), ("2", "Where?")])
    assert confirmations_in(tmp_path) == [first, second] and confirmed_in(tmp_path) == second
    assert (second.reviewer, [q.text for q in second.questions]) == ("Bo", ["What, and why?", "Where?"])


def test_nobody_confirms_without_a_name_or_questions(tmp_path):
    for reviewer, rows in ((" ", [("1", "What?")]), ("Ada", [])):
        with pytest.raises(BadInput):
            confirm(tmp_path, reviewer, rows)
    assert confirmed_in(tmp_path) is None


def test_a_broken_file_says_what_to_do(tmp_path):
    (tmp_path / "confirmed_questions.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadInput, match="confirm the questions again"):
        confirmed_in(tmp_path)
    (tmp_path / "list.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        questions_of_list(tmp_path / "list.txt")
