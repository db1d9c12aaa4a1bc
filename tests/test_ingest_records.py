"""Rows of tables and exports: columns known by what they mean."""

import csv
import json

import pytest

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.ingest.attachments import names_of_attachments
from rfc_analyzer.ingest.catalogue import Catalogue, Use
from rfc_analyzer.ingest.drafts import Owners, sort_files
from rfc_analyzer.ingest.exports import json_export
from rfc_analyzer.ingest.found import Found
from rfc_analyzer.ingest.records import RecordKind, dates, first_table, table_records
from rfc_analyzer.model import TextSource
from rfc_analyzer.settings import MetadataColumns

USUAL = MetadataColumns()


def records(header, *rows, columns=USUAL, source=TextSource.CSV):
    return table_records(header, rows, columns, "t.csv", source)


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (("Document ID", "Comment", "First Name", "Last Name"), ("1", "Hi", "Ann", "Lee"), ("1", "Hi", "Ann Lee", "")),
        (("Tracking Number", "Submitter Name", "Organization Name"), ("k-1", "Bo", "Elm"), ("k-1", "", "Bo", "Elm")),
        (("id_submission", "text_data", "filers"), ("9", "Hi", "Ann"), ("9", "Hi", "Ann", "")),
        (("Feedback reference", "Feedback Content", "Organisation"), ("F1", "Hi", "Elm"), ("F1", "Hi", "", "Elm")),
        (("ID", "Response", "Company"), ("5", "Hi", "N/A"), ("5", "Hi", "", "")),
        (("comment",), ("Hi",), ("t.csv:row-1", "Hi", "", "")),
    ],
)  # fmt: skip
def test_columns_are_known_by_what_they_mean(header, row, expected):
    (found,) = records(header, row)
    assert (found.submission_id, found.text, found.name, found.organization) == expected


@pytest.mark.parametrize(
    ("header", "source"),
    [
        (("id", "cluster"), TextSource.CSV),
        (("colour", "size"), TextSource.CSV),
        (("name", "respondent_type"), TextSource.CSV),
        (("Comment", "Section", "Line", "Proposed change"), TextSource.XLSX),
        (("No.", "Organization", "Comment"), TextSource.XLSX),
    ],
)
def test_other_tables_are_no_tables_of_comments(header, source):
    assert records(header, ["x"] * len(header), source=source) == []


def test_a_header_below_remarks_is_found():
    sheet = [["Exported on Monday"], ["", ""], ["ID", "Comment"], ["1", "Hi"]]
    assert [r.text for r in first_table([sheet.__iter__], USUAL, "t", TextSource.CSV)] == ["Hi"]


def test_documents_and_withdrawn_rows_are_told_apart():
    header = ("id", "Document Type", "Is Withdrawn?", "comment")
    found = records(header, ("1", "Notice", "false", ""), ("2", "Public Submission", "TRUE", "x"),
                    ("3", "Public Submission", "false", "y"))  # fmt: skip
    assert [r.kind for r in found] == [RecordKind.DOCUMENT, RecordKind.WITHDRAWN, RecordKind.COMMENT]


BULK = (
    "Document ID,Agency ID,Docket ID,Tracking Number,Document Type,Posted Date,Is Withdrawn?,Federal Register Number,"
    "FR Citation,Title,Comment Start Date,Comment Due Date,Allow Late Comments,Comment on Document ID,Effective Date,"
    "Implementation Date,Postmark Date,Received Date,Author Date,Related RIN(s),Authors,CFR,Abstract,Legacy ID,Media,"
    "Document Subtype,Exhibit Location,Exhibit Type,Additional Field 1,Additional Field 2,Topics,Duplicate Comments,"
    "OMB/PRA Approval Number,Page Count,Page Length,Paper Width,Special Instructions,Source Citation,Start End Page,"
    "Subject,First Name,Last Name,City,State/Province,Zip/Postal Code,Country,Organization Name,"
    "Submitter Representative,Representative's Address,\"Representative's City, State & Zip\",Government Agency,"
    "Government Agency Type,Comment,Category,Restrict Reason Type,Restrict Reason,Reason Withdrawn,Content Files,"
    'Attachment Files,"Display Properties (Name, Label, Tooltip)"'
)


def bulk(**cells):
    """The record of one row of a bulk export of regulations.gov; keywords are its columns with underscores."""
    (header,) = csv.reader([BULK])
    assert len(header) == 60
    usual = {"Document_ID": "X-1", "Document_Type": "Public Submission", "Is_Withdrawn?": "false", **cells}
    (found,) = records(header, [usual.get(name.replace(" ", "_"), "") for name in header])
    return found


@pytest.mark.parametrize(
    ("cells", "field", "expected"),
    [
        ({"Document_ID": "", "Tracking_Number": "k1-abc"}, "submission_id", "k1-abc"),
        ({"Tracking_Number": "k1-abc"}, "tracking_number", "k1-abc"),
        ({"Docket_ID": "X-2024-1"}, "docket_id", "X-2024-1"),
        ({"First_Name": "Ann", "Last_Name": "Lee"}, "name", "Ann Lee"),
        ({"Submitter_Representative": "Bo Roe"}, "name", "Bo Roe"),
        ({"Organization_Name": "Elm Inc", "Government_Agency": "Elm County"}, "organization", "Elm Inc"),
        ({"Organization_Name": "N/A", "Government_Agency": "Elm County"}, "organization", "Elm County"),
        ({"Government_Agency_Type": "Local"}, "declared_type", "Local"),
        ({"Category": "Individual", "Government_Agency_Type": "Local"}, "declared_type", "Individual"),
        ({"Duplicate_Comments": "1499"}, "duplicates", 1499),
        ({"Duplicate_Comments": "many"}, "duplicates", 0),
        ({"Country": "Canada"}, "country", "Canada"),
        ({"Comment": "Hi"}, "text", "Hi"),
        ({"Restrict_Reason": "Business data"}, "restricted", "Business data"),
        ({"Attachment_Files": "https://h/X-1/attachment_1.pdf"}, "attachments", ("X-1/attachment_1.pdf",)),
        ({"Is_Withdrawn?": "true"}, "kind", RecordKind.WITHDRAWN),
        ({"Document_Type": "Supporting & Related Material"}, "kind", RecordKind.DOCUMENT),
        ({"Subject": "Rivers"}, "title", "Rivers"),
    ],
)
def test_the_columns_of_a_bulk_export(cells, field, expected):
    assert getattr(bulk(**cells), field) == expected


@pytest.mark.parametrize("column", ["Received_Date", "Postmark_Date", "Posted_Date"])
def test_the_date_is_that_of_receipt_or_the_next_best(column):
    assert bulk(**{column: "2024-03-05T05:00Z"}).submitted_at.date().isoformat() == "2024-03-05"
    both = bulk(**{"Posted_Date": "2024-04-01T04:00Z", column: "2024-03-05T05:00Z"})
    assert both.submitted_at.date().isoformat() == "2024-03-05"


def test_the_whole_of_a_text_that_another_column_cuts_short():
    (found,) = records(("id", "comment", "Additional Message"), ("1", "We agree with...", "We agree with all of it."))
    assert found.text == "We agree with all of it."


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        (["03/04/2024"], "03/04/2024", "2024-03-04"),
        (["03/04/2024", "25/04/2024"], "03/04/2024", "2024-04-03"),
        ([], "2024-04-03T05:00Z", "2024-04-03"),
        ([], "06 August 2021", "2021-08-06"),
        ([], "2024-01-01T00:30:00+05:00", "2023-12-31"),
    ],
)
def test_dates_are_read_as_their_column_must_be(column, text, expected):
    assert dates(column)(text).date().isoformat() == expected


@pytest.mark.parametrize("text", ["", "soon", "99/99/9999", "12"])
def test_what_is_no_date_is_none(text):
    assert dates([text])(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("[]", ()),
        ("[('Our letter', 'https://h/X-1/attachment_1.pdf')]", ("Our letter",)),
        ("https://h/X-1/attachment_1.pdf,https://h/X-1/attachment_1.docx", ("X-1/attachment_1.docx",)),
        ("https://h/a.pdf, https://h/b.pdf", ("a.pdf", "b.pdf")),
        ("letter.pdf; table.xlsx", ("letter.pdf", "table.xlsx")),
        ('["https://h/x/letter.pdf"]', ("letter.pdf",)),
        ("[broken", ("[broken",)),
    ],
)
def test_attachments_in_every_spelling(text, names):
    assert names_of_attachments(text) == names


@pytest.mark.parametrize(
    "content",
    [
        {"data": {"id": "A-1", "attributes": {"comment": "Hi", "firstName": "Ann", "lastName": "Lee"}}},
        {"data": [{"id": "A-1", "attributes": {"comment": "Hi", "firstName": "Ann", "lastName": "Lee"}}]},
        [{"id": "A-1", "comment": "Hi", "name": "Ann Lee"}],
        {"filings": [{"id_submission": "A-1", "text_data": "Hi", "filers": [{"name": "Ann Lee"}], "documents": []}]},
        {
            "id_submission": "A-1",
            "text_data": "Hi",
            "filers": [{"name": "Ann Lee"}],
            "documents": [{"filename": "a.pdf"}],
        },
    ],
)
def test_json_exports_of_every_shape(content):
    (found,), _ = json_export(json.dumps(content).encode(), USUAL, "e.json")
    assert (found.submission_id, found.text, found.name, found.source) == ("A-1", "Hi", "Ann Lee", TextSource.JSON)


def test_the_receipt_of_an_api_export_is_kept():
    content = {"data": {"id": "A-1", "attributes": {"comment": "Hi", "trackingNbr": "k1-abc"}}}
    (found,), _ = json_export(json.dumps(content).encode(), USUAL, "e.json")
    assert (found.submission_id, found.tracking_number) == ("A-1", "k1-abc")


def test_objects_without_ids_stay_apart():
    found, _ = json_export(b'[{"comment": "a"}, {"comment": "b"}]', USUAL, "e.json")
    assert [r.submission_id for r in found] == ["e.json:row-1", "e.json:row-2"]


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b'{"a": "\xff'])
def test_damaged_json_is_said(data):
    with pytest.raises(UnreadableFile, match="JSON"):
        json_export(data, USUAL, "e.json")


@pytest.fixture
def catalogue(tmp_path):
    with Catalogue(tmp_path) as catalogue:
        yield catalogue


def add(catalogue, rows, labels=()):
    catalogue.add_records(rows)
    for label in labels:
        catalogue.add_file(Found(label, None, "0" * 64, 1), Use.COMMENT)


def documents_and_comments(ids, documents):
    header = ("id", "Document Type", "name")
    return records(header, *((i, "Public Submission", "Ann") for i in ids), *((i, "Notice", "Elm") for i in documents))


@pytest.mark.parametrize(
    ("label", "owner"),
    [
        ("X-1/letter.pdf", "X-1"),
        ("a/b/X-1/deep/letter.pdf", "X-1"),
        ("X-1_attachment_1.pdf", "X-1"),
        ("comment-X-1_attachment_1.pdf", "X-1"),
        ("x-1.PDF", "X-1"),
        ("X-12.pdf", "X-12"),
        ("X-123.pdf", None),
        ("X-1/X-12 form.pdf", "X-1"),
        ("D-1/X-12_attachment.pdf", "X-12"),
        ("D-1/content.pdf", "D-1"),
        ("X-1.zip/letter.pdf", "X-1"),
        ("other.pdf", None),
    ],
)
def test_whose_a_file_is(catalogue, label, owner):
    add(catalogue, documents_and_comments(["X-1", "X-12"], ["D-1"]))
    found = Owners(catalogue.kind_of, catalogue.id_lengths()).of(label)
    assert (found[0] if found else None) == owner


def test_a_file_is_a_submission_where_none_goes_with_a_row(catalogue):
    add(catalogue, records(("id", "name"), ("X-1", "Ann")), ["letter.pdf"])
    assert list(sort_files(catalogue)) == []
    assert list(catalogue.ids()) == ["X-1", "letter"]


def test_files_that_go_with_no_row_are_strays_where_others_do(catalogue):
    labels = ["X-1.pdf", "letter.pdf", "A-2024-0001-0005.pdf", "x.yaml"]
    add(catalogue, records(("id", "name"), ("X-1", "Ann")), labels)
    others = list(sort_files(catalogue))
    assert [(o.found.label, o.data) for o in others] == [("letter.pdf", False), ("x.yaml", True)]
    assert list(catalogue.ids()) == ["A-2024-0001-0005", "X-1"]


def test_an_id_that_is_both_a_document_and_a_comment_is_a_comment(catalogue):
    add(catalogue, documents_and_comments(["X-1"], ["x-1"]))
    assert catalogue.kind_of("x-1") == ("X-1", RecordKind.COMMENT)
