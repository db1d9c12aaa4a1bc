"""The questions of a notice are read in any usual layout, and other lists are left out."""

import pytest

from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.questions import read_questions
from rfc_analyzer.readers.document import Document, Span


def document(text):
    return Document(text=text, page_starts=(0,), pages=1, text_source=TextSource.TXT, blocks=())


def blocks(*pieces):
    spans, at, text = [], 0, ""
    for page, kind, piece in pieces:
        spans.append(Span(at, at + len(piece), page, kind))
        text += f"{piece}\n"
        at = len(text)
    return Document(text=text, page_starts=(0,), pages=2, text_source=TextSource.PDF_LAYOUT, blocks=tuple(spans))


LAYOUTS = {
    "1. a. i.": (
        "1. What is a lamp?\na. Who makes lamps?\nb. Who sells them?\ni. Where are they sold?\nii. At what price?\n"
        "2. Should lamps be taxed?",
        ["1", "1a", "1b", "1b(i)", "1b(ii)", "2"],
    ),
    "(1) (a)": (
        "(1) What is a lamp?\n(a) Who makes lamps?\n(b) Who sells them?\n(2) Should lamps be taxed?",
        ["1", "1a", "1b", "2"],
    ),
    "Question 1:": (
        "Question 1: What is a lamp?\n\nQuestion 2: Should lamps be taxed?\n\na) By whom?\n\nb) How much?",
        ["1", "2", "2a", "2b"],
    ),
    "Q1": ("Q1. What is a lamp?\n\nQ2. Should lamps be taxed?\n", ["1", "2"]),
    "1.1": (
        "1. What is a lamp?\n1.1. Who makes lamps?\n1.2. Who sells them?\n2. Should lamps be taxed?\n2.1. How much?",
        ["1", "1.1", "1.2", "2", "2.1"],
    ),
    "sections that go on counting": (
        "I. Background\n\nLamps are old.\n\nII. Questions on lamps\n\n1. What is a lamp?\n\n2. Who makes lamps?\n\n"
        "III. Questions on taxes\n\nTaxes are levied.\n\n3. Should lamps be taxed?\n\na. How much?\n\n"
        "IV. Next steps\n\nWe decide.",
        ["1", "2", "3", "3a"],
    ),
    "capital letters": (
        "A. What is a lamp?\n1. Who makes lamps?\n2. Who sells lamps?\nB. Should lamps be taxed?\n1. How much?",
        ["A", "A1", "A2", "B", "B1"],
    ),
    "sections that count anew": (
        "Lamps\n\n1. What is a lamp?\n2. Who makes lamps?\n\nTaxes\n\n1. Should lamps be taxed?\n2. How much?",
        ["1", "2", "S2.1", "S2.2"],
    ),
    "a pasted list without numbers": (
        "Questions\n\nWhat is a lamp?\n• Who makes lamps?\nShould lamps be taxed?\n",
        ["1", "2", "3"],
    ),
    "topics after a lead": (
        "The agency requests comments on the following topics:\n\n1. The making of lamps.\n\n2. Taxes on lamps.",
        ["1", "2"],
    ),
    "letters past h": (
        "1. What is a lamp?\n" + "\n".join(f"{c}. Is the {c}-lamp safe?" for c in "abcdefghij"),
        ["1", *(f"1{c}" for c in "abcdefghij")],
    ),
}


@pytest.mark.parametrize("text,numbers", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_usual_layouts(text, numbers):
    assert [q.number for q in read_questions(document(text))] == numbers


def test_ids_parents_and_whole_text():
    text = (
        "1. What is a lamp, and\nwhat is it for?\n\n   a. Who makes lamps?\n     i. Where?\n"
        "2. Should we tax them?\n\nDated: May 3."
    )
    found = {q.question_id: q for q in read_questions(document(text))}
    assert list(found) == ["Q1", "Q1a", "Q1a(i)", "Q2"]
    assert found["Q1"].text == "What is a lamp, and what is it for?"
    assert found["Q1a(i)"].parent_id == "Q1a" and found["Q1a"].parent_id == "Q1" and found["Q1"].parent_id is None
    assert found["Q2"].text == "Should we tax them?"


def test_other_lists_headings_and_footnotes_are_left_out():
    text = (
        "1. Background\nLamps are old.\n2. Authority\nThe Lamp Act.\n\nHow to comment\n"
        "1. Go to the web site.\n2. Enter the docket number.\n3. Press send.\n\nQuestions\n"
        "1. Should lamps be taxed?\n2. How should lamps be labelled?\n"
    )
    assert [q.text for q in read_questions(document(text))] == [
        "Should lamps be taxed?",
        "How should lamps be labelled?",
    ]


def test_blocks_a_footnote_inside_a_question_and_a_heading_between_questions():
    made = blocks(
        (1, PassageKind.HEADING, "Questions"),
        (1, PassageKind.LIST, "1. Are lamps safe, where"),
        (1, PassageKind.FOOTNOTE, "3 See the Lamp Act."),
        (2, PassageKind.BODY, "they stand on wood?"),
        (2, PassageKind.HEADING, "Taxes"),
        (2, PassageKind.BODY, "Taxes are levied on many things."),
        (2, PassageKind.LIST, "2. Should lamps be taxed?"),
    )
    found = read_questions(made)
    assert [(q.number, q.text, q.page) for q in found] == [
        ("1", "Are lamps safe, where they stand on wood?", 1),
        ("2", "Should lamps be taxed?", 2),
    ]


def test_a_notice_without_questions_gives_none():
    assert read_questions(document("The agency gives notice of a meeting.\n1. Opening\n2. Minutes\n3. Closing\n")) == []
    assert read_questions(document("")) == []
