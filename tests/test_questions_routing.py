"""Passages get the questions that the respondent names, carried on to the next one, and none by mistake."""

import numpy as np
import pytest

from rfc_analyzer.model import Passage, PassageKind, Question
from rfc_analyzer.questions import route

TEXTS = {
    "1": "How should the agency define an electric lamp for the purposes of this rule?",
    "1a": "What evidence is there that oil lamps will be replaced within ten years?",
    "1b": "Which kinds of bulbs are sold together with lamps in ordinary shops?",
    "1c": "Is it possible to estimate how long a lamp burns before it fails?",
    "2": "What are the risks of lamps that are widely available to households?",
    "2a": "Could lamps reduce the safety of schools, hospitals or theatres?",
    "2d": "Are there ways in which a thief could use a bright lamp at night?",
    "2d(i)": "How do these risks compare with those of candles?",
    "3": "What benefits do lamps offer to trade and to learning?",
    "4": "Should the agency set a standard for the colour of lamps?",
    "5": "What role should the states take in the inspection of lamps?",
}
QUESTIONS = [
    Question(f"Q{n}", n, f"Q{n[:-1]}" if n.endswith(("a", "b", "c", "d")) else ("Q2d" if "(" in n else None), t, 1)
    for n, t in TEXTS.items()
]
ANSWER = "Lamps have served our town well for many years and we would keep them."


def letter(*pieces):
    """Passages of one letter; a piece is a text, or a kind and a text."""
    made, at = [], 0
    for i, piece in enumerate(pieces):
        kind, text = piece if isinstance(piece, tuple) else (PassageKind.BODY, piece)
        made.append(Passage(f"p{i}", "s", "f", None, at, at + len(text), text, kind))
        at += len(text) + 1
    return made


def named(*pieces):
    passages = letter(*pieces)
    routes = route(passages, QUESTIONS)
    return [",".join(q.removeprefix("Q") for q in routes[p.passage_id].questions_named) for p in passages]


@pytest.mark.parametrize(
    "opening,numbers",
    [
        ("Question 1a: ", "1a"),
        ("Question 2(d)(i). ", "2d(i)"),
        ("Q5 ", "5"),
        ("In response to 2(d)(i), ", "2d(i)"),
        ("With respect to Questions 1-3, ", "1,2,3"),
        ("Questions 1a, 1b and 2a: ", "1a,1b,2a"),
        ("Questions 1(a)-(c): ", "1a,1b,1c"),
        ("RFC 2.d.i - ", "2d(i)"),
        ("QUESTION 3 ", "3"),
        ("Question 12: ", ""),
        ("In Q4 2023 ", ""),
        ("Question 2z: ", "2"),
    ],
)
def test_ways_to_name_a_question(opening, numbers):
    assert named(opening + ANSWER) == [numbers]


def test_a_heading_carries_to_the_next_one_and_ends_at_the_conclusion():
    assert named(
        ANSWER,
        (PassageKind.HEADING, "Response to Question 1a"),
        ANSWER,
        (PassageKind.HEADING, "A matter of price"),
        ANSWER,
        (PassageKind.HEADING, "Question 2"),
        ANSWER,
        (PassageKind.HEADING, "Conclusion"),
        ANSWER,
    ) == ["", "1a", "1a", "1a", "1a", "2", "2", "", ""]


def test_the_rfcs_own_numbering_without_the_word_question():
    assert named(f"1. {ANSWER}", f"a. {ANSWER}", ANSWER, f"B) {ANSWER}", f"2.a. {ANSWER}", f"3. {ANSWER}") == [
        "1", "1a", "1a", "1b", "2a", "3",
    ]  # fmt: skip


def test_the_respondents_own_list_is_not_the_rfcs():
    own = ["We ask for three things.", f"1. {ANSWER}", f"2. {ANSWER}", f"3. {ANSWER}"]
    assert named(*own) == [""] * 4


def test_an_own_list_inside_an_answer_stays_with_its_question():
    assert named("Question 2: Three reasons follow.", f"1. {ANSWER}", f"2. {ANSWER}")[0] == "2"


def test_a_quoted_question_counts_as_named():
    assert named((PassageKind.HEADING, TEXTS["3"]), ANSWER) == ["3", "3"]


def test_a_question_that_is_only_reprinted_or_declined_is_not_named():
    assert named(f"Question 1: {TEXTS['1']}", f"Question 2: {TEXTS['2']}", f"Question 3: {ANSWER}")[2] == "3"
    assert named("Question 1: No comment.", f"Question 2: {ANSWER}") == ["", "2"]


def test_meaning_gives_question_ids_only_with_a_score_and_a_reason():
    passages = letter(ANSWER, ANSWER)
    vectors = dict(zip((p.passage_id for p in passages), np.eye(2, 16, dtype=np.float32), strict=True))
    question_vectors = np.roll(np.eye(len(QUESTIONS), 16, dtype=np.float32), 1, axis=1)
    routes = route(passages, QUESTIONS, vectors, question_vectors)
    found, none = routes["p1"], routes["p0"]
    assert found.question_ids == ("Q1",) and found.questions_named == ()
    assert 0.5 <= found.score <= 1 and found.reason.startswith("nearest in meaning to question 1, then ")
    assert none.question_ids == () and 0 <= none.score < 0.5 and none.reason.endswith("but not clearly")


def test_a_named_question_has_a_reason_and_no_score():
    passages = letter((PassageKind.HEADING, "Question 1a"), ANSWER)
    vectors = {p.passage_id: np.eye(1, 16, dtype=np.float32)[0] for p in passages}
    routes = route(passages, QUESTIONS, vectors, np.eye(len(QUESTIONS), 16, dtype=np.float32))
    assert [(r.score, r.reason) for r in routes.values()] == [
        (None, "names or quotes the question"), (None, "under the question's number or words"),
    ]  # fmt: skip
    given = routes["p1"].given_to(passages[1])
    assert given.question_reason == "under the question's number or words" and given.question_ids == ("Q1a",)


def test_without_questions_nothing_is_routed():
    assert route(letter(ANSWER), []) == {}
