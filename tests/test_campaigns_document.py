"""The Word document tells who organised a campaign, what its signers added, and which letters people should judge."""

import csv

import pytest
from docx import Document
from test_campaigns_judged import FAMILY, PADDED, POSSIBLE

from rfc_analyzer import analyze, export, load

ASKED = "I am a member of Friends of the Night Ferry, who asked me to write."
ADDED = "My own mother waits for that ferry on the quay each winter night, in rain and in snow, for an hour."


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = tmp_path_factory.mktemp("document")
    letters = [("S001", (*PADDED, ASKED)), ("S002", (*PADDED, ASKED)), ("S003", (*PADDED, ASKED, ADDED)),
               ("S004", POSSIBLE)]  # fmt: skip
    letters += [(f"S{n:03}", lines) for n, lines in enumerate(FAMILY, start=100)]
    with (folder / "comments.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "text"), *((sid, "\n\n".join(lines)) for sid, lines in letters)])
    analyze([folder / "comments.csv"], folder / "analysis")
    export(load(folder / "analysis"), docx=folder / "d.docx")
    return Document(str(folder / "d.docx"))


def test_organisers_additions_and_suspected_letters_are_told(document):
    text = "\n".join(p.text for p in document.paragraphs)
    assert "3 letters of it name Friends of the Night Ferry as organiser (its supporters write):" in text
    assert "“I am a member of Friends of the Night Ferry” — S001" in text
    assert "1 more letter may belong to it and is not counted in." in text
    # the possible letter is not of the campaign: nothing of it was added to the template
    assert "1 signer added words of their own, such as:" in text and f"“{ADDED.rstrip('.')}” — " in text
    assert "Letters that may have been filled in from lists" in text
    assert "20 (83%) of 24 submissions; one of them is S100." in text
    (table,) = [t for t in document.tables if t.rows[0].cells[0].text == "Place"]
    assert len(table.rows) > 5 and table.rows[1].cells[3].text.startswith("S1")
