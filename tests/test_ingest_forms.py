"""Form text: what points to an attachment and what argues."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.ingest.forms import blocks_of, only_points, text_of
from rfc_analyzer.ingest.records import Record, RecordKind
from rfc_analyzer.model import PassageKind, TextSource


@pytest.mark.parametrize(
    "text",
    [
        "See attached file(s)",
        "Attached",
        "Please see attached.",
        "Comment attached below.",
        "Our comments are in the attached letter.",
        "The Trust is pleased to submit the attached comments.\n\nMany thanks,\nJane Roe\nDirector, Elm River Trust",
        "Attached please find the response of the Elm River Trust.",
        "My comment is available formatted in the attached document.",
        "Elm River Trust has attached its comments.",
        "The attached file contains the comments of Jane Roe, Fellow at the Elm Institute.",
        "Comment from Elm River Trust attached as PDF\nAuthors: Jane Roe, John Doe",
        "Thank you for the opportunity to comment. Please find our response enclosed.",
        "See attached file(s)\n\nRE:\n\nDepartment of Rivers\n\n[RIV-0042-NC]",
        "Please see the uploaded letter. Contact: jane@example.org",
        "See attached for our answer on the benefits of dams, the need for fish ladders and support for mills.",
        "Please find attached our comments. This is our corrected version with more signatures.",
        "Dear officials,  Attached is the filled in form.\n\nBest,\n\nJane Roe, Elm River Trust +1 555 010 0199",
        "Please see attached. Don't hesitate to contact us with questions.",
    ],
)
def test_what_only_points_to_an_attachment(text):
    assert only_points(text)


@pytest.mark.parametrize(
    "text",
    [
        "I support the rule.",
        "See attached. Ban it now!",
        "As the attached letter shows, the rule is unworkable.",
        "We urge you to withdraw the rule. See attached.",
        "See attached why we believe that dams kill fish.",
        "Mills have attached themselves to the river for centuries, and they poison it.",
        "No.",
        "The wipers of my car are attached badly. Rain gets in. I drive to work every day and get wet.",
        "Dear Sir,\nThank you.",
        "",
    ],
)
def test_what_is_a_comment_or_at_least_no_pointer(text):
    assert not only_points(text)


@pytest.mark.parametrize(
    ("text", "is_cover"),
    [
        ("Comments of the Town of Elm", True),
        ("Elm River Trust Response to the Request for Comment", True),
        ("Elm River Trust", True),
        ("This is our response.", True),
        ("Thank you for the opportunity to comment.", True),
        ("Horrible idea.", False),
        ("Our comment: ban dams.", False),
        ("We support the rule, as our letter says.", False),
        ("This dam will flood the valley. " * 8, False),
    ],
)
def test_a_short_note_beside_an_attachment_is_its_cover(text, is_cover):
    assert only_points(text, attached=True) is is_cover
    assert not only_points(text)


def test_a_pointer_inside_a_comment_is_marked_and_the_rest_stays():
    text = "We oppose the rule. See attached letter.\n\nIt harms rivers."
    assert [(text[a:b], kind) for a, b, kind in blocks_of(text)] == [
        ("We oppose the rule.", PassageKind.BODY),
        ("See attached letter.", PassageKind.BOILERPLATE),
        ("It harms rivers.", PassageKind.BODY),
    ]
    assert blocks_of("We oppose the rule.") == []


@given(st.lists(st.sampled_from(["See attached.", "We oppose it.", "\n\n", "\n", " ", "Thank you!", "Jane Roe"])))
def test_blocks_of_a_form_cover_its_words_in_order(parts):
    text = " ".join(parts)
    blocks = blocks_of(text)
    if blocks:
        assert "".join("".join(text[a:b] for a, b, _ in blocks).split()) == "".join(text.split())
        assert all(a < b for a, b, _ in blocks)
        assert all(one[1] <= two[0] for one, two in pairwise(blocks))


def record(text):
    return Record("1", "", "", "", "", None, text, "", (), RecordKind.COMMENT, "a.csv", TextSource.CSV)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["We agree.", "We agree."], "We agree."),
        (["We agree with the...", "We agree with the rule, and more."], "We agree with the rule, and more."),
        (["First.", "Second."], "First.\n\nSecond."),
        (["", "Second."], "Second."),
    ],
)
def test_texts_of_repeated_rows_count_once(texts, expected):
    assert text_of([record(text) for text in texts]) == expected
