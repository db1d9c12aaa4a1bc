"""Who signed a joint letter, as its text shows: counted, listed verbatim, with the number that it gives itself."""

import pytest
from make_analysis import make_analysis

from rfc_analyzer.comparison import joint_letters
from rfc_analyzer.model import FileRole
from rfc_analyzer.respondents.signers import count_signers, find_signers, stated_signers
from rfc_analyzer.tables import FILES, SUBMISSIONS

PEOPLE = ("Maria Gonzalez", "Peter N. Smith, Professor of Law", "Susan Miller", "David Johnson")
BODIES = ("Harbour Workers Association", "Ferry Riders Union", "Night Nurses Society")


def signed(*lines):
    return "We ask for the ferry.\n\nThe undersigned:\n" + "\n".join(lines)


@pytest.mark.parametrize("lines", [PEOPLE, BODIES, [f"{n}. {name}" for n, name in enumerate(PEOPLE, start=1)]])
def test_signers_are_listed_verbatim_and_counted(lines):
    text = signed(*lines)
    found = find_signers(text)
    assert count_signers(text) == len(found) == len(lines)
    assert all(text[s.start : s.end] in line for s, line in zip(found, lines, strict=True))
    assert {s.is_body for s in found} == {lines is BODIES}


def test_people_who_sign_for_bodies_are_counted_once():
    text = signed(*(line for pair in zip(PEOPLE, BODIES, strict=False) for line in pair))
    assert [text[s.start : s.end] for s in find_signers(text)] == list(PEOPLE[:3])


def test_names_that_run_together_on_one_line_are_told_apart():
    row = "Light Working Group* Maria Gonzalez Susan Q. Miller Zuzka Okonjo-Blum David Johnson Anna Weber"
    text = f"We ask for the ferry.\n\nSincerely,\n\n{row}, Peter Smith"
    assert [text[s.start : s.end] for s in find_signers(text)] == [
        "Maria Gonzalez", "Susan Q. Miller", "Zuzka Okonjo-Blum", "David Johnson", "Anna Weber", "Peter Smith",
    ]  # fmt: skip


def test_a_sentence_below_the_closing_is_no_row_of_names():
    row = "Members of the Lamp Working Group Take Part As Private Persons And Speak For No Employer Of Theirs"
    assert count_signers(f"We ask.\n\nSincerely,\n{row}") == 1


def test_bodies_that_a_sentence_names_as_joint_authors_are_counted():
    text = (
        "Joint response to the agency's proposed rule on the running of ferries by Ferry Riders Union (Port Elder), "
        "Night Nurses Society, Lumen4All and Harbour Workers Association. The ferry is needed."
    )
    assert [text[s.start : s.end] for s in find_signers(text)] == [
        "Ferry Riders Union (Port Elder)", "Night Nurses Society", "Lumen4All", "Harbour Workers Association",
    ]  # fmt: skip
    assert all(s.is_body for s in find_signers(text))


@pytest.mark.parametrize(
    "text",
    [
        "A joint submission to the Department of Ferries, Boats and Piers.",
        "See the joint letter by Roe, which says that riders, nurses and workers need the ferry.",
        "Joint comments by Ferry Riders Union and Night Nurses Society.",
    ],
)
def test_other_lists_in_sentences_are_no_signers(text):
    assert count_signers(text) == 1


def test_the_list_ends_where_other_text_begins():
    text = signed(*PEOPLE, "References", "Robert Brown", "James Wilson")
    assert count_signers(text) == len(PEOPLE)


@pytest.mark.parametrize(
    "text", ["", "I signed this alone.\n\nSincerely,\nMaria Gonzalez", "The undersigned:\n", "x" * 9]
)
def test_a_letter_without_a_list_has_one_signatory(text):
    assert (count_signers(text), find_signers(text)) == (1, [])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("We, the 1,254 undersigned, object.", 1254),
        ("This petition was signed by over 3,000 concerned residents.", 3000),
        ("412 people have signed.", 412),
        ("Total signatures: 87", 87),
        ("The undersigned 48 organizations write.", 48),
        ("The rule was signed by the Secretary on 3 May.", None),
        ("In 2023 the residents signed a lease.", None),
        ("", None),
    ],
)
def test_the_number_that_a_text_gives_itself(text, number):
    found = stated_signers(text)
    assert (found.number if found else None) == number
    if found:
        assert f"{number:,}" in text[found.start : found.end]


def test_joint_letters_of_an_analysis_come_with_names_and_pages(tmp_path):
    analysis = make_analysis(tmp_path / "analysis")
    submissions, files = analysis.rows(SUBMISSIONS), analysis.rows(FILES)
    mine = next(f for f in files if f.role is FileRole.ATTACHMENT and f.submission_id)
    from dataclasses import replace

    cover = "We, the 90 undersigned, object.\n"
    text = cover + signed(*PEOPLE)
    changed = replace(mine, text=text, page_starts=(0, len(cover)), pages=2)
    FILES.write(analysis.folder, [changed if f.file_id == mine.file_id else f for f in files])
    SUBMISSIONS.write(
        analysis.folder,
        [replace(s, signatories=4 if s.submission_id == mine.submission_id else 1) for s in submissions],
    )
    from rfc_analyzer import load

    (letter,) = joint_letters(load(analysis.folder))
    assert letter.submission.signatories == len(letter.signatories) == 4
    assert [one.name for one in letter.signatories] == list(PEOPLE)
    assert all(text[one.start : one.end] == one.name and one.page == 2 for one in letter.signatories)
    assert (letter.stated, letter.quote, letter.page) == (90, "the 90 undersigned", 1)
