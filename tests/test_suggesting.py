"""Statements that a notice's questions suggest, and codebooks written back."""

import pytest

from rfc_analyzer.codebook import read_codebook, with_propositions, write_codebook
from rfc_analyzer.model import Codebook, Docket, Proposition, Question, RespondentType, TypeRule
from rfc_analyzer.suggesting import statement_of, suggest_propositions

SUGGESTED = [
    ("Should landlords disclose past floods to tenants?", "Landlords should disclose past floods to tenants."),
    ("How should ferries be inspected?", "Ferries should be inspected."),
    ("Do you agree that night flights should end at eleven?", "Night flights should end at eleven."),
    ("Is a five-year licence appropriate for small dams?", "A five-year licence is appropriate for small dams."),
    ("If so, should the fee vary by income, and how?", "The fee should vary by income."),
    ("We ask whether inspectors should be allowed to enter barns.", "Inspectors should be allowed to enter barns."),
    ("What are the risks of shared scooters?", "The risks of shared scooters are significant."),
    ("Could smaller mesh sizes harm young cod?", "Smaller mesh sizes could harm young cod."),
]
SILENT = ["What data do you hold on ferry traffic?", "Are there other studies?", "", "Who are you?", "Should it?"]


@pytest.mark.parametrize(("question", "statement"), SUGGESTED)
def test_a_question_of_view_becomes_its_statement(question, statement):
    assert statement_of(question) == statement


@pytest.mark.parametrize("question", SILENT)
def test_a_question_of_fact_suggests_nothing(question):
    assert statement_of(question) == ""


def test_suggestions_know_their_question_and_are_given_once():
    asked = [Question(f"Q{i}", str(i), None, SUGGESTED[0][0], 1) for i in (1, 2)]
    (one,) = suggest_propositions(asked)
    assert (one.text, one.question_ids) == (SUGGESTED[0][1], ("Q1",))


BOOK = Codebook(
    Docket("XYZ-1", "Ferries: a title with a colon"),
    (Proposition("P1", "Ferries should be inspected.", ("Q1", "Q2a")), Proposition("P2", "Fares are 'fair': yes.")),
    (("safety", ("rafts", "drills")),),
    (TypeRule("Guild of", RespondentType.ASSOCIATION),),
)


def test_a_codebook_is_read_back_as_it_was_written(tmp_path):
    write_codebook(tmp_path / "book.yaml", BOOK)
    assert read_codebook(tmp_path / "book.yaml") == BOOK


def test_the_same_words_keep_their_id_and_other_words_get_a_new_one():
    stated = [
        Proposition("", "Ferries should be inspected"),
        Proposition("", "Ferries should not be inspected."),
        Proposition("", "  "),
        Proposition("", "ferries should be inspected!"),
    ]
    found = with_propositions(BOOK, stated, used={"P7"})
    assert [(p.proposition_id, p.text) for p in found.propositions] == [
        ("P1", "Ferries should be inspected"),
        ("P8", "Ferries should not be inspected."),
    ]
    assert (found.seed_themes, found.type_rules) == (BOOK.seed_themes, BOOK.type_rules)
