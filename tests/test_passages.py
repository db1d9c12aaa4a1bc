"""Texts to passages: verbatim, in order, and only the respondent's own argument counted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rfc_analyzer.model import Block, FileRole, FileStatus, PassageKind, SourceFile, TextSource
from rfc_analyzer.passages import split_passages
from rfc_analyzer.settings import PassageSettings

K = PassageKind
SETTINGS = PassageSettings()
NOTICE = (
    "The Commission seeks comment on outage reports. 1. How quickly after it learns of an outage should a carrier "
    "report it to the Commission, and what should the first report contain? If so, what are they? "
    "2. Should small carriers be given more time than large carriers to file the first report of an outage?"
)
ARGUMENT = "We think that two hours are far too short for a carrier with a staff of four, and the pilot showed it."


def source(text, **fields):
    known = {"file_id": "f1", "submission_id": "s1", "role": FileRole.ATTACHMENT, "status": FileStatus.OK, **fields}
    return SourceFile(
        name="letter", sha256="", media_type="", pages=None, text_source=TextSource.TXT, message="", text=text,
        page_starts=(), **known,
    )  # fmt: skip


def laid(*parts):
    """A file whose reader saw ``(text, kind)`` blocks."""
    text, blocks = "", []
    for part, kind in parts:
        text += "\n\n" if text else ""
        blocks.append(Block("f1", 1, len(text), len(text) + len(part), kind))
        text += part
    return source(text), blocks


def kinds(*parts, notice=""):
    file, blocks = laid(*parts)
    return [(p.kind, p.counted) for p in split_passages([file], blocks, SETTINGS, notice)]


def check(file, passages):
    end = 0
    for passage in passages:
        assert passage.text == file.text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
        assert passage.start >= end
        assert passage.passage_id == f"{file.file_id}@{passage.start}"
        end = passage.end


PIECES = st.sampled_from(
    ["Dear Sir,", "We object. ", "\n", "\n\n", "\t", "1. ", "• ", "Sincerely,", "é\u0301", "\x0c", ARGUMENT]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=20).map("".join))
def test_passages_of_any_text_are_verbatim_ordered_and_disjoint(text):
    file = source(text)
    passages = split_passages([file], [], SETTINGS, NOTICE)
    check(file, passages)
    kept = "".join("".join(p.text.split()) for p in passages)
    assert kept == "".join(text.split())  # and nothing is lost


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=8))
def test_blocks_that_overlap_or_are_empty_do_no_harm(text, spans):
    file = source(text)
    found = [Block("f1", 1, min(a, len(text)), min(b, len(text)), K.BODY) for a, b in spans]
    check(file, split_passages([file], found, SETTINGS))


def test_body_is_cut_into_one_to_three_sentences():
    sentences = [f"Carrier number {n} told us that it cannot file its first report in two hours." for n in range(10)]
    file, blocks = laid((" ".join(sentences), K.BODY))
    passages = split_passages([file], blocks, SETTINGS)
    assert [p.text.count("told us") for p in passages] == [3, 3, 3, 1]


def test_citations_do_not_cut_sentences():
    text = "The rule at 47 C.F.R. § 4.9(a) asks too much of us. See Smith v. U.S., 5 F.3d 10 (D.C. Cir. 1993), on this."
    file, blocks = laid((text, K.BODY))
    (passage,) = split_passages([file], blocks, PassageSettings(max_sentences=1, target_words=1))[:1]
    assert passage.text == "The rule at 47 C.F.R. § 4.9(a) asks too much of us."


def test_text_without_any_full_stop_is_cut_all_the_same():
    file = source("\n".join("carriers need more time to report outages in rural areas" for _ in range(200)))
    passages = split_passages([file], [], SETTINGS)
    check(file, passages)
    assert max(len(p.text.split()) for p in passages) <= 2 * SETTINGS.max_words


def test_the_parts_of_a_letter_are_told_apart():
    assert kinds(
        ("Prairie Telephone Cooperative", K.BODY),
        ("12 Main Street, Springfield 12345", K.BODY),
        ("March 3, 2025", K.BODY),
        ("Re: Docket No. 24-17, Outage Reports", K.BODY),
        ("Dear Secretary Jones:", K.BODY),
        (ARGUMENT, K.BODY),
        ("Small carriers", K.HEADING),
        ("• Give small carriers four hours.", K.LIST),
        ("1 See the annual report of 2019.", K.FOOTNOTE),
        ("Submitted electronically via Regulations.gov", K.BODY),
        ("We thank the Commission for reading this letter and stand ready to answer its questions.", K.BODY),
        ("Respectfully submitted,", K.BODY),
        ("Maria Example General Manager Prairie Telephone Cooperative 12 Main Street Springfield", K.BODY),
    ) == [
        (K.BOILERPLATE, False),
        (K.BOILERPLATE, False),
        (K.BOILERPLATE, False),
        (K.BOILERPLATE, False),
        (K.SALUTATION, False),
        (K.BODY, True),
        (K.HEADING, False),
        (K.LIST, True),
        (K.FOOTNOTE, False),
        (K.BOILERPLATE, False),
        (K.BODY, True),
        (K.SIGNATURE, False),
        (K.SIGNATURE, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I oppose this rule.",
        "STOP THIS RULE NOW",
        "STOP THIS RULE NOW\nWE NEED OUR PHONES",
        "Withdraw it!",
        '"Two hours" are too short for us, and nobody has told us what the Commission means by "outage"',
        "Please Protect Our Rural Phone Companies",
        "Dear Commissioners, two hours are too short for us because we have a staff of four.",
        "Thank you for this rule, which my family has waited for since the storm of last year.",
        "Attached to our houses as we are, we need telephones that work when the storm comes in from the sea.",
    ],
)
def test_short_comments_stay_arguments(text):
    passages = split_passages([source(text, role=FileRole.FORM)], [], SETTINGS)
    assert all(p.counted for p in passages) and "\n".join(p.text for p in passages) == text


@pytest.mark.parametrize(
    "text", ["See attached.", "Please see attached file(s)", "Comments attached", "see attachment"]
)
def test_a_pointer_to_the_attachment_is_no_argument(text):
    (passage,) = split_passages([source(text, role=FileRole.FORM)], [], SETTINGS)
    assert passage.kind is K.BOILERPLATE and not passage.counted


def test_names_at_the_end_without_a_closing_are_the_signature():
    found = kinds((ARGUMENT, K.BODY), ("Dr Ada Example Professor of Law University of Springfield", K.BODY))
    assert found == [(K.BODY, True), (K.SIGNATURE, False)]


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        (
            "Please ban the nets. Respectfully submitted, Ada Example President Harbor Club",
            "Respectfully submitted, Ada",
        ),
        ("Ban the nets now. We stand ready to help. Sincerely, Ada Example, Director", "Sincerely, Ada"),
        ("Please ban the nets. Sincerely hoping that you will think of the turtles.", None),
        ("Ban the nets. Respectfully, the Agency's numbers are wrong in every column.", None),
    ],
)
def test_a_closing_at_the_end_of_running_text_is_the_signature(text, signature):
    parts = split_passages([source(text, role=FileRole.FORM)], [], SETTINGS)
    assert [p.text.startswith(signature or "?") for p in parts if p.kind is K.SIGNATURE] == [True] * bool(signature)
    assert parts[0].kind is K.BODY and parts[0].counted
    assert "".join(p.text for p in parts).replace(" ", "") == text.replace(" ", "")


def test_references_are_not_arguments_and_an_appendix_is():
    found = kinds(
        (ARGUMENT, K.BODY),
        (ARGUMENT, K.BODY),
        ("References", K.HEADING),
        ("Smith, J. (2019). Outages in rural networks. Journal of Telephones, 12(3).", K.BODY),
        ("Appendix A", K.HEADING),
        (ARGUMENT, K.BODY),
    )
    assert [k for k, _ in found] == [K.BODY, K.BODY, K.FOOTNOTE, K.FOOTNOTE, K.HEADING, K.BODY]


def test_questions_of_the_notice_are_not_the_respondents_words():
    question = NOTICE[NOTICE.index("1. How") : NOTICE.index(" 2. ")]
    file, blocks = laid((question, K.BODY), ("Within four hours. " + ARGUMENT, K.BODY))
    passages = split_passages([file], blocks, SETTINGS, NOTICE)
    assert [(p.kind, p.counted) for p in passages] == [(K.RFC_TEXT, False), (K.BODY, True)]
    assert passages[0].text == question  # "If so, what are they?" goes with it


@pytest.mark.parametrize(
    "text",
    [
        "(2) Should small carriers be given more time than the large carriers to file the first report of an outage?",
        "QUESTION 2: SHOULD SMALL CARRIERS BE GIVEN MORE TIME THAN LARGE CARRIERS TO FILE THE FIRST REPORT OF OUTAGES?",
    ],
)
def test_small_changes_do_not_hide_the_notice(text):
    assert kinds((text, K.BODY), notice=NOTICE) == [(K.RFC_TEXT, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Small carriers need more time than large carriers, and the first report of an outage can wait.",
        "We agree: small carriers should be given more time than large carriers to file the first report of an outage.",
        "Small carriers be given more time? No.",
    ],
)
def test_answers_in_the_notices_terms_stay_the_respondents(text):
    assert all(counted for _, counted in kinds((text, K.BODY), notice=NOTICE))


def test_a_quotation_is_a_quote():
    assert kinds(("“Reports within two hours are within the means of every carrier in the land.”", K.BODY)) == [
        (K.QUOTE, False)
    ]


@pytest.mark.parametrize(
    ("fields", "counted"),
    [
        ({"role": FileRole.FORM}, True),
        ({"role": FileRole.ATTACHMENT, "status": FileStatus.PARTIAL}, True),
        ({"role": FileRole.EXHIBIT}, False),
        ({"role": FileRole.METADATA}, False),
        ({"status": FileStatus.DUPLICATE}, False),
        ({"status": FileStatus.SKIPPED}, False),
    ],
)
def test_only_read_files_that_speak_for_the_respondent_count(fields, counted):
    (passage,) = split_passages([source(ARGUMENT, **fields)], [], SETTINGS)
    assert passage.counted is counted


def test_files_of_no_submission_give_no_passages():
    assert split_passages([source(ARGUMENT, submission_id=None, role=FileRole.NOTICE)], [], SETTINGS) == []


def test_table_rows_count_once():
    linear = ("Carrier Hours Northern Bell four hours Plains Mobile two hours", K.BODY)
    row = ("Carrier: Northern Bell; Hours: four hours", K.TABLE)
    assert kinds(linear, row)[-1] == (K.TABLE, False)
    assert kinds((ARGUMENT, K.BODY), row)[-1] == (K.TABLE, True)


def test_plain_text_is_read_by_its_lines():
    text = (
        "Dear Commission,\n\nTwo hours are too short for carriers\nwith a small staff, and four would do.\n\n"
        "MY REQUESTS\n- Give us four hours.\n- Accept telephone calls.\n\nSincerely,\nA. Example"
    )
    file = source(text, role=FileRole.FORM)
    passages = split_passages([file], [], SETTINGS)
    check(file, passages)
    assert [(p.kind, p.text) for p in passages] == [
        (K.SALUTATION, "Dear Commission,"),
        (K.BODY, "Two hours are too short for carriers\nwith a small staff, and four would do."),
        (K.HEADING, "MY REQUESTS"),
        (K.LIST, "- Give us four hours."),
        (K.LIST, "- Accept telephone calls."),
        (K.SIGNATURE, "Sincerely,"),
        (K.SIGNATURE, "A. Example"),
    ]
