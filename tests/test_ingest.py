"""Ingestion of whole inputs: what is one submission, and what becomes of every file."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest
from gather_intake import gather

from rfc_analyzer.errors import BadInput, BadNotice, EmptyDocket
from rfc_analyzer.model import FileRole, FileStatus, PassageKind, SourceFile, TextSource
from rfc_analyzer.progress import Silent
from rfc_analyzer.settings import IngestSettings, MetadataColumns

LETTER = (
    "Dear Secretary, we support the proposed rule because it protects rivers. Sincerely, " + "the town of Elm. " * 9
)
OTHER = "Dear Secretary, we oppose the proposed rule because its costs fall upon small farms. " + "It is too much. " * 9


@pytest.fixture
def folder(tmp_path):
    def make(files):
        root = tmp_path / "input"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


def take(*inputs, notice=None, metadata=None, progress=None, **columns):
    settings = IngestSettings(columns=MetadataColumns(**columns), workers=1)
    intake = gather(inputs, settings, progress or Silent(), notice, metadata)
    check(intake)
    return intake


def check(intake):
    """What holds for every intake."""
    names = {file.name for file in intake.files}
    assert all(item.path in names for item in intake.inputs), "a file is not accounted for"
    ids = [file.file_id for file in intake.files]
    assert len(set(ids)) == len(ids)
    submissions = [s.submission_id for s in intake.submissions]
    assert submissions == sorted(set(submissions))
    assert all(file.message for file in intake.files if file.status is not FileStatus.OK)
    texts = {file.file_id: file.text for file in intake.files}
    assert all(0 <= b.start < b.end <= len(texts[b.file_id]) for b in intake.blocks)
    assert {file.submission_id for file in intake.files} - {None} <= set(submissions)


def table(header, *rows):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def by_name(intake):
    return {file.name: file for file in intake.files}


HEADER = ("id", "docketId", "commentOrDocument", "organization", "firstName", "lastName", "receiveDate", "title",
          "comment", "attachments", "withdrawn")  # fmt: skip


def row(number, comment="", *, kind="comment", organization="", first="", last="", attachments="", withdrawn=""):
    return (f"EPA-2024-0007-{number:04}", "EPA-2024-0007", kind, organization, first, last, "2024-03-01T05:00Z",
            "River rule", comment, attachments, withdrawn)  # fmt: skip


@pytest.fixture
def docket(folder):
    """A docket as an export has it, with everything that real ones have."""
    return folder({
        "comment_details.csv": table(
            HEADER,
            row(1, kind="document"),
            row(2, "See attached file(s)", organization="Town of Elm", attachments="[('Letter', 'https://x/a_1.pdf')]"),
            row(3, "I support it.<br/>Please act &amp; soon.", first="Ann", last="Lee"),
            row(3, "I support it.<br/>Please act &amp; soon.", first="Ann", last="Lee"),
            row(4, LETTER),
            row(5, "See attached", attachments="[('Our views', 'https://x/a_1.pdf')]"),
            row(6, "gone", withdrawn="true"),
        ),
        "EPA-2024-0007-0001/rule.txt": "The Agency proposes a rule.",
        "EPA-2024-0007-0002/letter.txt": LETTER,
        "EPA-2024-0007-0002/broken.pdf": b"%PDF-1.4 broken",
        "EPA-2024-0007-0004/same.txt": "Page 1\n" + LETTER,
        "EPA-2024-0007-0006/gone.txt": OTHER,
        "readme.txt": "This folder was exported.",
        "labels.jsonl": '{"id": 1}',
        "notes/leaflet.txt": OTHER,
        ".DS_Store": b"\0\1",
    })  # fmt: skip


def test_a_docket_folder_with_its_metadata(docket):
    intake = take(docket)
    files = by_name(intake)
    assert intake.docket.docket_id == "EPA-2024-0007"
    assert intake.docket.title == "River rule"
    assert [s.submission_id[-4:] for s in intake.submissions] == ["0002", "0003", "0004", "0005"]

    ann = intake.submissions[1]
    assert (ann.respondent_name, ann.submitted_at.isoformat()) == ("Ann Lee", "2024-03-01T05:00:00+00:00")
    assert "Listed 2 times" in ann.note

    assert files["EPA-2024-0007-0001/rule.txt"].role is FileRole.NOTICE
    assert files["EPA-2024-0007-0002/letter.txt"].role is FileRole.ATTACHMENT
    assert files["EPA-2024-0007-0002/broken.pdf"].status is FileStatus.SKIPPED
    assert files["EPA-2024-0007-0002/broken.pdf"].submission_id == "EPA-2024-0007-0002"
    assert "withdrawn" in files["EPA-2024-0007-0006/gone.txt"].message
    assert files["comment_details.csv"].role is FileRole.METADATA
    assert files["comment_details.csv"].message.startswith("5 comments read from its rows")
    for name in ("readme.txt", "labels.jsonl", "notes/leaflet.txt", ".DS_Store"):
        assert (files[name].role, files[name].status, files[name].submission_id) == (
            FileRole.UNREAD, FileStatus.SKIPPED, None,
        )  # fmt: skip
    assert "1 withdrawn submission was left out." in intake.notes
    assert "1 metadata row is the agency's own and left out." in intake.notes


def test_see_attached_is_no_comment(docket):
    intake = take(docket)
    files = {file.file_id: file for file in intake.files}
    form = files["EPA-2024-0007-0002:form"]
    assert (form.status, form.role) == (FileStatus.OK, FileRole.FORM)
    assert [(b.start, b.end, b.kind) for b in intake.blocks if b.file_id == form.file_id] == [
        (0, len(form.text), PassageKind.BOILERPLATE)
    ]
    assert intake.submissions[0].words == len(LETTER.split())


def test_an_attachment_that_nobody_added_is_listed(docket):
    intake = take(docket)
    (missing,) = [f for f in intake.files if f.submission_id == "EPA-2024-0007-0005" and f.role is FileRole.UNREAD]
    assert "Our views" in missing.name and missing.status is FileStatus.SKIPPED
    assert "download it" in missing.message
    assert intake.submissions[3].words == 0
    assert "not among the inputs" in intake.submissions[3].note


@pytest.mark.parametrize(
    ("named", "there", "missing"),
    [
        ("[('Our views', 'https://x/a_1.pdf'), ('Table of costs', 'https://x/a_2.pdf')]", ("Ourviews.txt",),
         ["Table of costs"]),
        ("https://x/X-1/attachment_1.pdf,https://x/X-1/attachment_2.pdf", ("attachment_2.txt",),
         ["X-1/attachment_1.pdf"]),
        ("a.pdf; b.pdf; c.pdf", ("letter.txt",), ["2 of: a.pdf; b.pdf; c.pdf"]),
        ("Our views; Costs", ("views of the town.txt", "more.txt"), []),
        ("", ("letter.txt",), []),
    ],
)  # fmt: skip
def test_of_several_attachments_those_that_lack_are_listed(folder, named, there, missing):
    files = {f"EPA-2024-0007-0002/{name}": f"{LETTER} {name}" for name in there}
    root = folder({"details.csv": table(HEADER, row(2, attachments=named)), **files})
    intake = take(root)
    lacking = [f.name.removeprefix("EPA-2024-0007-0002: ") for f in intake.files if "names this" in f.message]
    assert lacking == [f"{name} (not found)" for name in missing]
    assert ("1 submission names attachments that are not among the inputs." in intake.notes) == bool(missing)


def test_copies_that_the_agency_did_not_post_are_signatories(folder):
    header = ("id", "comment", "Duplicate Comments", "Restrict Reason")
    root = folder({"details.csv": table(header, ("X-1", LETTER, "3", ""), ("X-2", OTHER, "0", "Business data"))})
    one, two = take(root).submissions
    assert (one.signatories, two.signatories) == (4, 1)
    assert "3 more copies" in one.note and "holds back some of it (Business data)" in two.note


def test_two_tables_that_name_an_attachment_differently_name_one(folder):
    root = folder({
        "one.csv": table(HEADER, row(2, attachments="[('Our views', 'https://x/a_1.pdf')]")),
        "two.csv": table(HEADER, row(2, attachments="https://x/EPA-2024-0007-0002/attachment_1.pdf")),
        "EPA-2024-0007-0002/attachment_1.txt": LETTER,
    })  # fmt: skip
    assert not [f for f in take(root).files if f.role is FileRole.UNREAD]


def test_the_same_text_as_form_and_file_counts_once(docket):
    intake = take(docket)
    form, same = sorted((f for f in intake.files if f.submission_id == "EPA-2024-0007-0004"), key=lambda f: f.role)[
        ::-1
    ]
    assert form.role is FileRole.FORM and form.status is FileStatus.DUPLICATE
    assert same.name in form.message and same.status is FileStatus.OK
    assert intake.submissions[2].words == len(same.text.split())


def test_the_notice_is_found_in_the_folder_and_is_no_comment(folder):
    root = folder({"a.txt": LETTER, "b.txt": OTHER, "papers/rule.txt": "The Agency asks: 1. What should be done?"})
    intake = take(root, notice=root / "papers/rule.txt")
    assert [s.submission_id for s in intake.submissions] == ["a", "b"]
    assert by_name(intake)["papers/rule.txt"].role is FileRole.NOTICE
    assert intake.notice is not None and "What should be done" in intake.notice.text


def test_a_folder_of_letters_without_metadata(folder):
    root = folder(
        {"a/letter.txt": LETTER, "b/letter.txt": OTHER, "EPA-2024-0007-0009.txt": LETTER, "broken.bin": b"\1\2"}
    )
    intake = take(root)
    assert {s.submission_id for s in intake.submissions} == {
        "a/letter", "b/letter", "EPA-2024-0007-0009", "broken",
    }  # fmt: skip
    assert intake.docket.docket_id == "EPA-2024-0007"
    assert by_name(intake)["broken.bin"].text_source is TextSource.NONE


def test_one_letter_in_two_formats_is_one_submission(folder):
    page = f"<html><body><p>{LETTER}</p></body></html>"
    intake = take(folder({"elm.html": page, "elm.txt": LETTER, "oak.txt": OTHER}))
    assert [s.submission_id for s in intake.submissions] == ["elm", "oak"]
    assert sorted(f.status for f in intake.files if f.submission_id == "elm") == ["duplicate", "ok"]
    assert intake.submissions[0].words == len(LETTER.split())


def test_a_bulk_csv_gives_a_submission_for_each_row(folder):
    header = ("Document ID", "Docket ID", "Document Type", "Received Date", "Is Withdrawn?", "Organization Name",
              "First Name", "Last Name", "Comment", "Category", "Attachment Files")  # fmt: skip
    root = folder({
        "bulk.csv": table(
            header,
            ("X-2024-0001-0001", "X-2024-0001", "Notice", "2024-01-01T05:00Z", "false", "", "", "", "", "", ""),
            ("X-2024-0001-0002", "X-2024-0001", "Public Submission", "2024-01-02T05:00Z", "false", "N/A", "Bo", "Ek",
             "I oppose this.", "Individual", ""),
            ("X-2024-0001-0003", "X-2024-0001", "Public Submission", "2024-01-03T05:00Z", "true", "", "", "", "x", "",
             ""),
            ("X-2024-0001-0004", "X-2024-0001", "Public Submission", "2024-01-04T05:00Z", "false", "Acme", "", "",
             "See attached.", "", "https://h/X-1/attachment_1.pdf,https://h/X-1/attachment_1.docx"),
        )
    })  # fmt: skip
    intake = take(root / "bulk.csv")
    bo, acme = intake.submissions
    assert (bo.respondent_name, bo.organization, bo.declared_type) == ("Bo Ek", "", "Individual")
    assert acme.organization == "Acme" and acme.words == 0
    (form,) = [f for f in intake.files if f.submission_id == bo.submission_id]
    assert (form.file_id, form.text, form.text_source) == (f"{bo.submission_id}:form", "I oppose this.", TextSource.CSV)
    assert [f.role for f in intake.files if f.submission_id == acme.submission_id] == [FileRole.FORM, FileRole.UNREAD]
    assert by_name(intake)["bulk.csv"].submission_id is None


def test_columns_named_by_the_user_win(folder):
    root = folder({"odd.csv": table(("nr", "who", "said", "comment"), ("7", "Ann", LETTER, "internal remark"))})
    intake = take(root, id="nr", name="who", text="said")
    assert [(s.submission_id, s.respondent_name) for s in intake.submissions] == [("7", "Ann")]
    assert next(f for f in intake.files if f.role is FileRole.FORM).text == LETTER.strip()
    with pytest.raises(BadInput, match=r"no table has a column 'number'.*nr, who, said"):
        take(root, id="number")


def test_a_metadata_table_from_elsewhere(folder, tmp_path):
    root = folder({"K7/letter.txt": LETTER, "K8 answer.txt": OTHER})
    outside = tmp_path / "who.csv"
    outside.write_text(table(("reference", "respondent"), ("K7", "Elm"), ("K8", "Oak")))
    intake = take(root, metadata=outside)
    assert [(s.submission_id, s.respondent_name) for s in intake.submissions] == [("K7", "Elm"), ("K8", "Oak")]
    assert intake.inputs[-1].path == "who.csv"
    outside.write_text(table(("colour", "size"), ("red", "4")))
    with pytest.raises(BadInput, match=r"who\.csv has no column"):
        take(root, metadata=outside)


def test_regulations_gov_json_with_its_attachments(folder):
    comment = {
        "data": {
            "id": "FSIS-2025-0001-0002",
            "type": "comments",
            "attributes": {
                "docketId": "FSIS-2025-0001", "comment": "Please read the attached document.", "organization": "Elm",
                "firstName": None, "receiveDate": "2025-02-14T05:00:00Z", "documentType": "Public Submission",
                "category": "Town", "withdrawn": False, "title": "Comment from Elm",
            },
        },
        "included": [{"type": "attachments", "attributes": {"title": "Letter", "fileFormats": [{"fileUrl": "https://h/a.pdf"}]}}],
    }  # fmt: skip
    about = {
        "data": {
            "id": "FSIS-2025-0001",
            "type": "dockets",
            "attributes": {"docketType": "Rulemaking", "title": "Poultry"},
        }
    }
    root = folder({
        "text/comments/FSIS-2025-0001-0002.json": json.dumps(comment),
        "text/docket/FSIS-2025-0001.json": json.dumps(about),
        "binary/FSIS-2025-0001-0002_attachment_1.txt": LETTER,
        "derived/FSIS-2025-0001-0002_attachment_1_extracted.txt": LETTER[:300],
        "package.json": '{"name": "not a comment", "id": 5',
    })  # fmt: skip
    intake = take(root)
    (elm,) = intake.submissions
    assert intake.docket.title == "Poultry"
    assert (elm.organization, elm.declared_type, elm.submission_id) == ("Elm", "Town", "FSIS-2025-0001-0002")
    files = by_name(intake)
    assert files["derived/FSIS-2025-0001-0002_attachment_1_extracted.txt"].status is FileStatus.DUPLICATE
    assert files["binary/FSIS-2025-0001-0002_attachment_1.txt"].status is FileStatus.OK
    assert files["package.json"].status is FileStatus.SKIPPED
    assert elm.words == len(LETTER.split())


def test_a_zip_is_read_as_the_folder_it_holds(docket, tmp_path):
    path = tmp_path / "docket.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(docket.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(docket).as_posix())
    zipped, plain = take(path), take(docket)
    assert [(s.submission_id, s.words, s.note) for s in zipped.submissions] == [
        (s.submission_id, s.words, s.note) for s in plain.submissions
    ]
    assert {f.name.removeprefix("docket.zip/") for f in zipped.files} - {"docket.zip"} >= {
        f.name for f in plain.files if "(" not in f.name
    }
    assert by_name(zipped)["docket.zip"].message == "Archive opened: 10 files inside."
    assert [item.path for item in zipped.inputs] == ["docket.zip"]


def test_exhibits_do_not_speak_for_the_respondent(folder):
    paper = (
        "River ecology\nAbstract\nWe measured fish. "
        + "Fish were counted in many rivers. " * 30
        + "\nReferences\n[1] Fish."
    )
    earlier = "EPA-2019-0001\nDear Sir, we wrote before that rivers matter. " * 8
    root = folder({
        "meta.csv": table(HEADER, row(2, "", organization="Elm")),
        "EPA-2024-0007-0002/letter.txt": "Re: EPA-2024-0007. " + LETTER,
        "EPA-2024-0007-0002/paper.txt": paper,
        "EPA-2024-0007-0002/earlier.txt": earlier,
    })  # fmt: skip
    intake = take(root)
    roles = {f.name.split("/")[-1]: f.role for f in intake.files}
    assert roles["letter.txt"] is FileRole.ATTACHMENT
    assert roles["paper.txt"] is roles["earlier.txt"] is FileRole.EXHIBIT
    assert "abstract and references" in by_name(intake)["EPA-2024-0007-0002/paper.txt"].message
    assert intake.submissions[0].words == len(("Re: EPA-2024-0007. " + LETTER).split())


def test_a_report_beside_a_full_letter_is_an_exhibit_and_beside_a_cover_it_speaks(folder):
    report = "Rivers of the valley\nContents\n1. Fish\n" + "We counted fish in all rivers of the valley. " * 200
    letter = LETTER + "We ask for ladders at every mill of the river. " * 100
    for name, text, role in (("full", letter, FileRole.EXHIBIT), ("cover", LETTER, FileRole.ATTACHMENT)):
        files = {f"{name}/EPA-2024-0007-0002/letter.txt": text, f"{name}/EPA-2024-0007-0002/report.txt": report}
        root = folder({f"{name}/meta.csv": table(HEADER, row(2, "")), **files})
        assert by_name(take(root / name))["EPA-2024-0007-0002/report.txt"].role is role


def test_a_picture_of_the_form_s_own_text_is_read_once(tmp_path):
    from rfc_analyzer.ingest.speaking import copies_apart

    words = [f"word{n}" for n in range(200)]
    misread = [f"{word}x" if n % 15 == 0 else word for n, word in enumerate(words)]
    form, picture, scan = (
        replace(make_file(name, " ".join(text)), text_source=source, role=role)
        for name, text, source, role in (
            ("form", words, TextSource.CSV, FileRole.FORM),
            ("picture.png", misread[:150], TextSource.IMAGE, FileRole.ATTACHMENT),
            ("scan.pdf", [*misread, *(f"more{n}" for n in range(200))], TextSource.OCR, FileRole.ATTACHMENT),
        )
    )
    assert [f.status for f in copies_apart([form, picture])] == [FileStatus.OK, FileStatus.DUPLICATE]
    # a letter that holds more than the form counts for both
    assert [f.status for f in copies_apart([form, scan])] == [FileStatus.DUPLICATE, FileStatus.OK]


def test_a_workbook_with_a_comment_a_row_is_many_submissions(folder):
    from openpyxl import Workbook

    book = Workbook()
    rows = [("Exported on Monday",), ("ID", "Name", "Comment"), (7, "Ann Lee", LETTER), (8, "Bo Roe", OTHER)]
    for cells in rows:
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    intake = take(folder({"export.xlsx": out.getvalue()}))
    assert [(s.submission_id, s.respondent_name) for s in intake.submissions] == [("7", "Ann Lee"), ("8", "Bo Roe")]
    assert by_name(intake)["export.xlsx"].message == "2 comments read from its rows."


def make_file(name, text):
    return SourceFile(name, "X-1", name, "", "", 1, TextSource.TXT, FileStatus.OK, "", text, ())


def test_a_paper_that_comes_alone_speaks(folder):
    paper = "River ecology\nAbstract\nWe measured fish. " + "Fish were counted. " * 30 + "\nReferences\n[1] Fish."
    root = folder({"meta.csv": table(HEADER, row(2, "See attached.")), "EPA-2024-0007-0002/paper.txt": paper})
    assert take(root).submissions[0].words > 0


def test_files_of_one_name_from_two_inputs_are_kept_apart(folder):
    root = folder({"a/letter.txt": LETTER, "b/letter.txt": OTHER})
    intake = take(root / "a/letter.txt", root / "b/letter.txt", root / "a")
    assert len(intake.submissions) == 2
    assert [item.path for item in intake.inputs] == ["letter.txt", "letter (2).txt"]


def test_a_letter_given_beside_a_docket_is_read(docket, tmp_path):
    late = tmp_path / "late letter.txt"
    late.write_text(OTHER)
    intake = take(docket, late)
    assert "late letter" in {s.submission_id for s in intake.submissions}


def test_links_are_not_followed(folder, tmp_path):
    root = folder({"a.txt": LETTER})
    secret = tmp_path / "secret.txt"
    secret.write_text("private")
    (root / "link.txt").symlink_to(secret)
    (root / "a first link.txt").symlink_to(root / "a.txt")
    intake = take(root)
    assert [s.submission_id for s in intake.submissions] == ["a"]
    assert "link" in by_name(intake)["link.txt"].message
    assert not any("private" in f.text for f in intake.files)


def test_the_same_input_gives_the_same_ids_and_rows(docket):
    assert take(docket) == take(docket)


def test_hashes_are_of_the_bytes(docket):
    intake = take(docket)
    for item in intake.inputs:
        data = (docket / item.path).read_bytes()
        assert (item.sha256, item.bytes) == (sha256(data).hexdigest(), len(data))


def test_progress_tells_of_every_file(docket):
    class Count:
        total = done = 0

        def stage(self, name, total):
            self.total = total

        def advance(self, items=1, detail=""):
            self.done += items

    count = Count()
    take(docket, progress=count)
    assert count.total == count.done == 3


def test_what_can_not_be_used_is_said_in_a_line(folder, tmp_path):
    with pytest.raises(BadInput, match="does not exist"):
        take(tmp_path / "nowhere")
    with pytest.raises(EmptyDocket, match="no file"):
        take(tmp_path)
    root = folder({"a.pdf": b"", "b.pdf": b"%PDF-1.4 broken"})
    with pytest.raises(EmptyDocket, match="2 files looked at") as caught:
        take(root)
    assert "\n" not in str(caught.value)
    with pytest.raises(BadNotice, match=r"a\.pdf can't be read"):
        take(root, notice=root / "a.pdf")
    with pytest.raises(EmptyDocket):
        take(folder({"a.csv": table(("id", "comment"), ("1", "See attached"))}) / "a.csv")
