"""Notices as agencies lay them out, read from files; and answers to questions whose numbers begin with a letter."""

from pathlib import Path

import pytest

from rfc_analyzer.confirmed import questions_of_notice
from rfc_analyzer.model import Passage, PassageKind, Question
from rfc_analyzer.questions import route

NOTICES = Path(__file__).parent / "notices"
NUMBERS = {
    "nested_lists.html": "1 1a 1b 1b(i) 1b(ii) 2",
    "lists_that_go_on.html": "1 2 3 4",
    "paragraphs.html": "1 1a 1b 2",
    "bullets.html": "1 2 3",
    "register.txt": "1 1a 1b 2 2i 2ii",
    "inside_a_sentence.txt": "1 2 3",
    "between_numbered_paragraphs.txt": "1 2 3",
    "short_labels.txt": "1 2 3",
    "letters_in_the_numbers.txt": "A1 A2 B1 B2",
    "dashes.txt": "1 2 3",
    "roman_numbers.txt": "I I.A I.B II III",
    "several_a_paragraph.txt": "1 2 3 4",
    "marked_up.md": "1 2 3",
    "whole_numbers.txt": "1a 1b 2a",
    "parts_with_whole_numbers.txt": "1 1a 1b 2 2a 2a(i) 2a(ii) 3",
    "letters_behind_numbers.html": "1 1a 1b 2 3 3a",
    "word_number.txt": "1 2 3",
    "numbers_on_their_own_lines.txt": "1 2",
    "brackets.txt": "1 2 3",
    "sections_that_go_on.txt": "1 2 3 4",
    "sections_that_count_anew.txt": "A1 A2 B1 B2",
}


@pytest.mark.parametrize("name,numbers", NUMBERS.items(), ids=NUMBERS.keys())
def test_a_notice_of_this_layout(name, numbers):
    assert " ".join(q.number for q in questions_of_notice(NOTICES / name)) == numbers


def test_every_notice_is_read():
    assert {path.name for path in NOTICES.iterdir()} == set(NUMBERS)


def test_texts_are_whole_and_end_where_the_question_does():
    def texts(name):
        return [q.text for q in questions_of_notice(NOTICES / name)]

    assert texts("inside_a_sentence.txt") == [
        "whether lamps should be taxed",
        "how lamps should be labelled, and by whom",
        "what burden small shops would bear.",
    ]
    assert texts("between_numbered_paragraphs.txt")[0] == (
        "Do you agree with our proposed definition of a lamp? Please give reasons."
    )
    assert texts("register.txt")[0].endswith("for the purposes of a rule?")
    assert texts("nested_lists.html")[3] == "Where?"


SECTIONED = [
    Question("QA", "A", None, "On the making of lamps in workshops and factories", 1),
    Question("QA1", "A1", "QA", "Who makes lamps in this country, and where?", 1),
    Question("QB2", "B2", None, "At what rate should lamps be taxed by the states?", 1),
]


@pytest.mark.parametrize(
    "opening,number", [("Question B.2: ", "QB2"), ("Question A1. ", "QA1"), ("As to question A-1, ", "QA1")]
)
def test_answers_name_a_question_by_the_letter_of_its_section(opening, number):
    text = f"{opening}Lamps have served our town well for many years and we would keep them."
    passage = Passage("p", "s", "f", None, 0, len(text), text, PassageKind.BODY)
    assert route([passage], SECTIONED)["p"].questions_named == (number,)
