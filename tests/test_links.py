"""The public page of a submission: from the metadata to the sheet of quotes."""

import shutil
from dataclasses import replace
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from rfc_analyzer import load
from rfc_analyzer.comparison import quotes
from rfc_analyzer.exports import export
from rfc_analyzer.exports.excel import sheet
from rfc_analyzer.ingest.records import table_records
from rfc_analyzer.ingest.weblinks import public_page
from rfc_analyzer.model import TextSource
from rfc_analyzer.settings import MetadataColumns
from rfc_analyzer.tables import SUBMISSIONS

PAGE = "https://www.regulations.gov/comment/ABC-2026-0001-0007"
DOWNLOAD = "https://downloads.regulations.gov/ABC-2026-0001-0007/attachment_1.pdf"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://comments.agency.gov/view?id=7&lang=en", "https://comments.agency.gov/view?id=7&lang=en"),
        ("http://agency.gov/7", "http://agency.gov/7"),
        (" https://agency.gov/7 ", "https://agency.gov/7"),
        ("https://api.regulations.gov/v4/comments/ABC-2026-0001-0007", PAGE),
        ("https://api.regulations.gov/v4/documents/ABC-2026-0001-0001", PAGE.replace("comment", "document")[:-1] + "1"),
        ("https://api.agency.gov/v4/comments/7", ""),
        ("https://api.invalid/v4/comments/7", ""),
        ("https://comments.example/7", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("\\\\server\\share", ""),
        ("ftp://agency.gov/7", ""),
        ("https://agency.gov@evil.com/7", ""),
        ("https://localhost/7", ""),
        ("https://127.0.0.1/7", ""),
        ("https://[::1]/7", ""),
        ("https://agency.gov:8080/7", ""),
        ("https://agency.gov:x/7", ""),
        ("https://agency.gov/a b", ""),
        ("https://agency.gov/\u202egnp", ""),
        ("https://agency.gov/" + "7" * 2_000, ""),
        ("see the web page", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_only_addresses_that_people_can_open_are_links(link, expected):
    assert public_page(link, "", "", "7") == expected


@pytest.mark.parametrize(
    ("attachments", "kind", "expected"),
    [
        (DOWNLOAD, "", PAGE),
        (f"[('A letter', '{DOWNLOAD}')]", "", PAGE),
        ("", "Public Submission", PAGE),
        ("", "comment", ""),
        ("https://downloads.regulations.gov/ABC-2026-0001-0001/content.pdf", "", ""),
        ("https://regulations.gov.evil.com/ABC-2026-0001-0007/content.pdf", "", ""),
        ("https://downloads.invalid/ABC-2026-0001-0007/attachment_1.pdf", "", ""),
    ],
)
def test_what_is_at_regulations_gov_has_its_page_there(attachments, kind, expected):
    assert public_page("", attachments, kind, "ABC-2026-0001-0007") == expected


@pytest.mark.parametrize("column", ["link", "URL", "Comment URL", "permalink"])
def test_tables_may_give_the_page(column):
    (found,) = table_records(
        ("id", "comment", column), [("7", "Hi", "https://agency.gov/?a=1&b=2")], MetadataColumns(), "t", TextSource.CSV
    )
    assert found.link == "https://agency.gov/?a=1&b=2"


@pytest.fixture
def linked(exported, tmp_path):
    """An analysis whose submissions have pages of their own, but for one."""
    folder = shutil.copytree(exported, tmp_path / "linked")
    rows = load(folder).rows(SUBMISSIONS)
    linked = [replace(s, link=f"https://agency.gov/{s.submission_id}") for s in rows[1:]]
    SUBMISSIONS.write(folder, [rows[0], *linked])
    return folder


def test_each_quote_leads_to_the_page_of_its_submission(linked, tmp_path):
    export(load(linked), xlsx=tmp_path / "x.xlsx")
    found = links_of(tmp_path / "x.xlsx")
    expected = [q.link for q in quotes(load(linked))]
    assert "" in expected and len(set(expected)) > 3
    assert [text or "" for text, _ in found] == expected
    assert [target or "" for _, target in found] == expected


def test_links_beyond_what_a_sheet_may_hold_are_text(linked, tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_LINKS", 2)
    export(load(linked), xlsx=tmp_path / "x.xlsx")
    found = links_of(tmp_path / "x.xlsx")
    assert [target for _, target in found if target] == [text for text, _ in found if text][:2]


def test_analyses_that_know_no_pages_have_none(exported, tmp_path):
    export(load(exported), xlsx=tmp_path / "x.xlsx")
    assert set(links_of(tmp_path / "x.xlsx")) == {(None, None)}
    with ZipFile(tmp_path / "x.xlsx") as archive:
        assert not any(b"TargetMode" in archive.read(n) for n in archive.namelist() if n.endswith(".rels"))


def links_of(path):
    """(text, target) of each cell of the column "Link"."""
    found = load_workbook(path)["Quotes"]
    (table,) = found.tables.values()
    column = table.column_names.index("Link")
    cells = [row[column] for row in found[table.ref]][1:]
    return [(c.value, c.hyperlink.target if c.hyperlink else None) for c in cells]
