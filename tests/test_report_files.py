"""The file report: what became of every file, in a form that a person reads through."""

import json

from rfc_analyzer.comparison import FileReport, FileRow
from rfc_analyzer.model import FileRole, FileStatus
from rfc_analyzer.report import files_json, files_text


def row(name, message, role=FileRole.UNREAD, status=FileStatus.SKIPPED, submission="S-1"):
    return FileRow(f"{submission}:{name}", submission, name, None, status, role, message)


def report(*rows, **more):
    return FileReport({FileStatus.OK: 5, FileStatus.SKIPPED: len(rows)}, rows, **more)


def test_a_reason_stands_once_and_its_files_below_it():
    text = files_text(report(*(row(f"{n}.pdf", "It is locked; ask for the key.") for n in range(3)),
                             row("x.pdf", "It is empty."), submissions=4))  # fmt: skip
    assert text.splitlines() == [
        "9 texts of 4 submissions: 5 read, 4 not read",
        "",
        "Could not be read (4)",
        "  It is locked; ask for the key. (3)",
        "      0.pdf",
        "      1.pdf",
        "      2.pdf",
        "  x.pdf: It is empty.",
    ]


def test_web_forms_are_told_apart_by_their_submissions():
    forms = [row("Web form (t.csv)", "It only points.", FileRole.FORM, FileStatus.OK, f"S-{n}") for n in (1, 2)]
    text = files_text(report(*forms))
    assert "      S-1: Web form (t.csv)\n      S-2: Web form (t.csv)" in text


def test_what_is_not_named_is_counted():
    rows = [row(f"{n}.pdf", "It is locked.") for n in range(50)]
    text = files_text(report(*rows, more=7))
    assert "… and 30 more; --json names all" in text and "7 texts more with remarks" in text
    said = json.loads(files_json(report(*rows, more=7)))
    assert len(said["files"]) == 50 and said["more"] == 7


def test_names_can_do_no_harm_to_a_terminal():
    assert "\x1b" not in files_text(report(row("a\x1b[2J.pdf", "It\x1b[2J is\nlocked.")))
