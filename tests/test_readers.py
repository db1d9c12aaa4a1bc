"""Readers: for each format, a file made here, what must come out, and what must not."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers import read_document
from rfc_analyzer.readers.assembling import plain
from rfc_analyzer.readers.html import form_text
from rfc_analyzer.readers.sheet import csv_rows
from rfc_analyzer.readers.tabular import named_rows
from rfc_analyzer.readers.text import decode
from rfc_analyzer.settings import ReadingLimits

LIMITS = ReadingLimits()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data, name):
    return read_document(data, name, LIMITS)[0]


def kinds(document):
    return [(document.text[b.start : b.end], b.kind) for b in document.blocks]


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def word(build):
    import docx

    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


# --- text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("Müller’s view".encode(), "Müller’s view"),
        (b"\xef\xbb\xbfA mark", "A mark"),
        ("Größe".encode("utf-16"), "Größe"),
        ("We oppose the rule".encode("utf-16-le"), "We oppose the rule"),
        ("Müller’s “view”".encode("cp1252"), "Müller’s “view”"),
        ("é “quoted” – dash ’".encode() + b" and one \x92 of Windows", "é “quoted” – dash ’ and one ’ of Windows"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("donâ€™t, cafÃ©, 10Â°".encode(), "don’t, café, 10°"),
    ],
)
def test_text_in_the_encodings_that_people_send(data, expected):
    assert read(data, "letter.txt").text == expected


def test_capitals_with_accents_before_an_ellipsis_stay():
    assert plain("LIBERTÉ…") == "LIBERTÉ…"


def test_marks_that_change_how_a_text_reads_are_taken_out():
    assert plain("a\u202eb\u00adc\u00a0d\u0007e") == "abc d e"


def test_half_characters_do_not_reach_the_tables():
    plain("broken \ud83d emoji").encode("utf-8")


@given(st.text())
def test_plain_text_is_storable_and_stays_as_it_is(text):
    once = plain(text)
    once.encode("utf-8")
    assert "\r" not in once
    assert plain(once).count("\n") == once.count("\n")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\ufeff\0"), min_size=9))
def test_utf8_is_read_as_utf8(text):
    assert decode(text.encode()) == text


# --- HTML -------------------------------------------------------------------------------------------------------------

PAGE = b"""<!DOCTYPE html><html><head><title>no</title><style>p {color: red}</style></head><body>
<script>steal()</script><nav>Menu</nav>
<h1>Comment on the rule</h1>
<p>We <b>support</b> it &amp; ask
for more.<br>Second line</p>
<ul><li>First point</li><li>Second <i>point</i></li></ul>
<blockquote><p>As you said.</p></blockquote>
<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2023</td><td>4</td></tr><tr><td>2024</td><td>5</td></tr></table>
<div style="display:none">ignore all of this</div><img src="http://example.com/x.png"> loose end
</body></html>"""


def test_a_page_becomes_blocks_in_reading_order():
    assert kinds(read(PAGE, "letter.html")) == [
        ("Comment on the rule", PassageKind.HEADING),
        ("We support it & ask for more.\nSecond line", PassageKind.BODY),
        ("First point", PassageKind.LIST),
        ("Second point", PassageKind.LIST),
        ("As you said.", PassageKind.QUOTE),
        ("Year: 2023; Cost: 4", PassageKind.TABLE),
        ("Year: 2024; Cost: 5", PassageKind.TABLE),
        ("loose end", PassageKind.BODY),
    ]


def test_a_page_nested_a_thousand_deep_is_read():
    data = b"<html><body>" + b"<div><span>" * 1000 + b"We oppose it" + b"</span></div>" * 1000
    assert read(data, "a.html").text == "We oppose it"


def test_typewriter_text_in_a_page_keeps_its_paragraphs():
    data = b"<html><body><pre>One paragraph goes\non here.\n\nAnother.\n    Indented one\nends.</pre></body></html>"
    assert [t for t, _ in kinds(read(data, "a.htm"))] == [
        "One paragraph goes on here.",
        "Another.",
        "Indented one ends.",
    ]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("I&#39;m against it.<br/><br/>Sincerely", "I'm against it.\n\nSincerely"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("costs &lt; 5 and x < y > z", "costs < 5 and x < y > z"),
        ("twice &amp;rsquo; escaped", "twice ’ escaped"),
        ("a<script>alert(1)</script>b", "ab"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("mail me <jane@example.org>", "mail me <jane@example.org>"),
    ],
)
def test_form_text_is_what_was_typed(typed, expected):
    assert form_text(typed) == expected


# --- Word -------------------------------------------------------------------------------------------------------------


def test_word_keeps_headings_lists_tables_and_reading_order():
    def build(document):
        document.add_heading("Our comment", 1)
        document.add_paragraph("We support the rule.")
        document.add_paragraph("A point", style="List Bullet")
        table = document.add_table(3, 2)
        for row, values in zip(table.rows, [("Year", "Cost"), ("2023", "4"), ("2024", "5")], strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
        document.add_paragraph("After the table.")
        document.add_paragraph().add_run("A bold line").bold = True

    assert kinds(read(word(build), "a.docx")) == [
        ("Our comment", PassageKind.HEADING),
        ("We support the rule.", PassageKind.BODY),
        ("A point", PassageKind.LIST),
        ("Year: 2023; Cost: 4", PassageKind.TABLE),
        ("Year: 2024; Cost: 5", PassageKind.TABLE),
        ("After the table.", PassageKind.BODY),
        ("A bold line", PassageKind.HEADING),
    ]


def test_word_accepts_tracked_changes_and_opens_content_controls():
    from docx.oxml import parse_xml

    def build(document):
        body = document.element.body
        for xml in (
            f"<w:p {W}><w:r><w:t xml:space='preserve'>We </w:t></w:r><w:del><w:r><w:delText>oppose</w:delText></w:r>"
            "</w:del><w:ins><w:r><w:t>support</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> it.</w:t></w:r></w:p>",
            f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>",
            f"<w:p {W}><w:r><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent></w:r></w:p>",
        ):
            body.insert(len(body) - 1, parse_xml(xml))

    assert [text for text, _ in kinds(read(word(build), "a.docx"))] == ["We support it.", "In a control.", "In a box."]


def test_word_gives_footnotes_apart():
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>See page 4.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = word(lambda document: document.add_paragraph("Body text here."))
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    assert kinds(read(out.getvalue(), "a.docx"))[-1] == ("2 See page 4.", PassageKind.FOOTNOTE)


def test_a_table_that_only_places_text_is_read_as_text():
    def build(document):
        cell = document.add_table(1, 2).rows[0].cells[1]
        cell.text = "The whole letter stands in a cell."

    assert kinds(read(word(build), "a.docx")) == [("The whole letter stands in a cell.", PassageKind.BODY)]


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b'a,b\n1,"x, y"\n', [["a", "b"], ["1", "x, y"]]),
        (b"a;b;c\n1;2,5;3\n", [["a", "b", "c"], ["1", "2,5", "3"]]),
        (b"a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        (b'id,text\n1,"two\r\nlines"\n2,z', [["id", "text"], ["1", "two\nlines"], ["2", "z"]]),
        (b'id,text\n1,"never closed\n2,fine\n3,"good"\n', [["id", "text"], ["1", "never closed"], ["2", "fine"],
                                                            ["3", "good"]]),
        (b'id,text,x\n1,"open,a\n2,"closed",b\n3,c,d\n', [["id", "text", "x"], ["1", "open", "a"], ["2", "closed", "b"],
                                                          ["3", "c", "d"]]),
        ("id,text\n1,“é”\n".encode() + b"2,\x93old\x94\n", [["id", "text"], ["1", "“é”"], ["2", "“old”"]]),
        ("id\ttext\n1\tü\n".encode("utf-16"), [["id", "text"], ["1", "ü"]]),
    ],
)  # fmt: skip
def test_csv_of_every_kind(data, rows):
    assert list(csv_rows(io.BytesIO(data))) == rows


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), max_size=12)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8))
def test_what_a_csv_writer_wrote_is_read_back(rows):
    import csv

    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([("one", "two", "three"), *rows])
    assert list(csv_rows(io.BytesIO(out.getvalue().encode()))) == [["one", "two", "three"], *map(list, rows)]


def test_excel_rows_carry_their_column_names_and_hidden_sheets_are_left_out():
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Answers"
    for row in (["Question", "Answer"], ["1a", "Yes, with limits"], ["1b", 5]):
        book.active.append(row)
    hidden = book.create_sheet("Lists")
    hidden.append(["menu entry"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    document = read(out.getvalue(), "form.xlsx")
    assert document.text_source is TextSource.XLSX
    assert document.text == "Answers\n\nQuestion: 1a; Answer: Yes, with limits\n\nQuestion: 1b; Answer: 5"


def test_a_form_without_a_header_keeps_its_cells():
    rows = [
        ["A very long sentence that explains what the form is for and goes on and on and on", "x"],
        ["Name", "Acme"],
    ]
    assert list(named_rows(rows))[-1] == "Name; Acme"


# --- e-mail, OpenDocument, Rich Text ----------------------------------------------------------------------------------

MAIL = b"""Received: from a by b\r
From: Ann Lee <ann@example.org>\r
Subject: =?utf-8?q?R=C3=BCle_7?=\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=xx\r
\r
--xx\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: base64\r
\r
V2Ugc3VwcG9ydCBpdC4KClNlY29uZCBwYXJhZ3JhcGgu\r
--xx\r
Content-Type: application/pdf; name="letter.pdf"\r
Content-Disposition: attachment; filename="letter.pdf"\r
\r
%PDF\r
--xx--\r
"""


def test_an_email_gives_its_sender_subject_and_body():
    document = read(MAIL, "mail.eml")
    assert [text for text, _ in kinds(document)] == [
        "From: Ann Lee <ann@example.org>", "Rüle 7", "We support it.", "Second paragraph.",
    ]  # fmt: skip


def test_a_letter_that_begins_like_a_header_is_no_email():
    data = b"To: The Agency\nFrom: Ann Lee\nRe: Rule 7\n\nWe support it."
    assert read(data, "letter.txt").text_source is TextSource.TXT


def test_rich_text_gives_its_running_text():
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator X;}{\header page 1}\f0 We \b oppose\b0  it: "
        rb"caf\'e9, "
        rb"\u8220?so\u8221?, \u-10179?\u-8704?.\par Costs are \{high\}\emdash too high.}"
    )
    assert [text for text, _ in kinds(read(data, "a.rtf"))] == [
        "We oppose it: café, “so”, 😀.", "Costs are {high}—too high.",
    ]  # fmt: skip


def test_an_open_document_letter():
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    }
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in names.items())
    body = (
        "<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>Our view</text:h>"
        "<text:p>We <text:span>oppose</text:span> it<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>See page 4.</text:p></text:note-body></text:note>.</text:p>"
        "<text:list><text:list-item><text:p>Cost</text:p></text:list-item></text:list>"
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    data = zipped(content_xml=content, mimetype="application/vnd.oasis.opendocument.text")
    assert kinds(read(data, "a.odt")) == [
        ("Our view", PassageKind.HEADING),
        ("We oppose it.", PassageKind.BODY),
        ("Cost", PassageKind.LIST),
        ("1 See page 4.", PassageKind.FOOTNOTE),
    ]


# --- what can't be read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "a.pdf", "empty"),
        (b" \n\0 ", "a.txt", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", "old Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_1".encode("utf-16-le"), "a.msg", "save it again"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (b"Rar!\x1a\x07", "a.rar", "RAR"),
        (b"\x00\x00\x00\x20ftypisom....", "a.mp4", "recording"),
        (b"\x00\x00\x00\x20ftypheic....", "a.heic", "JPEG"),
        (b"MZ\x90\x00", "letter.pdf", "program"),
        (bytes(range(256)) * 8, "a.bin", "does not know"),
        (b"PK\x03\x04 cut off", "a.docx", "damaged"),
        (zipped(ppt__presentation_xml="x"), "a.pptx", "PowerPoint"),
        (b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "letter.pdf", "failed download"),
        (b"...!!!", "a.txt", "No text"),
        (b"%PDF-1.7 nothing more", "a.pdf", "damaged"),
        (zipped(word__document_xml="<broken", **{"[Content_Types]_xml": "<x/>"}), "a.docx", "damaged"),
    ],
)
def test_what_can_not_be_read_is_said_with_what_to_do(data, name, sentence):
    with pytest.raises(UnreadableFile, match=sentence) as caught:
        read(data, name)
    assert str(caught.value).endswith(".")


def test_a_wrong_extension_is_read_by_content_and_said():
    data = word(lambda document: document.add_paragraph("We support the rule."))
    document, media_type, remark = read_document(data, "letter.pdf", LIMITS)
    assert document.text == "We support the rule."
    assert "word" in media_type
    assert remark == "Its name says a PDF, but it is a Word file, and was read as that."


def test_a_document_that_unpacks_to_far_too_much_is_refused():
    data = zipped(word__document_xml="a" * 60_000_000)
    with pytest.raises(UnreadableFile, match="unpacks"):
        read(data, "a.docx")


def test_a_word_file_with_only_a_picture_says_so():
    def build(document):
        from PIL import Image

        picture = io.BytesIO()
        Image.new("RGB", (20, 20)).save(picture, "PNG")
        picture.seek(0)
        document.add_picture(picture)

    with pytest.raises(UnreadableFile, match="picture"):
        read(word(build), "a.docx")


def test_blocks_lie_in_the_text_in_order():
    for data, name in ((PAGE, "a.html"), (word(lambda d: [d.add_paragraph(t) for t in "abc"]), "a.docx")):
        document = read(data, name)
        ends = [0, *(block.end for block in document.blocks)]
        assert all(before <= block.start < block.end for before, block in zip(ends, document.blocks, strict=False))
        assert document.blocks[-1].end == len(document.text)


def test_of_a_text_longer_than_any_comment_the_beginning_is_read():
    paragraphs = [f"Paragraph {n} of many." for n in range(100)]
    data = word(lambda d: [d.add_paragraph(t) for t in paragraphs])
    document, *_ = read_document(data, "a.docx", ReadingLimits(max_letters=500))
    assert len(document.text) == 500 and document.text.startswith("Paragraph 0 of many.")
    assert all(block.end <= 500 for block in document.blocks) and document.blocks
    assert document.partial == "Only the first 500 letters were read; split the file to read the rest."
