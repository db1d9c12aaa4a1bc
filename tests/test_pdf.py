"""The PDF engine, on files made here: what a reader of the page sees is what the text says."""

import io
import random

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.pdf import read_image, read_pdf
from rfc_analyzer.settings import ReadingLimits

LIMITS = ReadingLimits()
WIDTH, HEIGHT = letter
VOCABULARY = (
    "the proposed rule would require every carrier to report outages within two hours and we think that small "
    "carriers in rural areas need more time because their staff is small and the reports are long and costly"
)


class Sheet:
    """A PDF that is written line by line, from the top."""

    def __init__(self, **options):
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=letter, **options)
        self.y = HEIGHT - 120

    def line(self, text, x=72.0, size=11.0, font="Times-Roman", down=None, y=None):
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y if y is None else y, text)
        if y is None:
            self.y -= down or size * 1.2
        return self

    def wrapped(self, text, x=72.0, width=468.0, size=11.0, font="Times-Roman", hyphenate=()):
        """Lines as a word processor breaks them; ``hyphenate`` gives words that are cut where a line is full."""
        line = ""
        for word in text.split():
            if self.canvas.stringWidth(f"{line} {word}", font, size) <= width:
                line = f"{line} {word}".strip()
                continue
            if word in hyphenate:
                self.line(f"{line} {word[: len(word) // 2]}-", x, size, font)
                line = word[len(word) // 2 :]
            else:
                self.line(line, x, size, font)
                line = word
        return self.line(line, x, size, font)

    def gap(self, points=12.0):
        self.y -= points
        return self

    def page(self):
        self.canvas.showPage()
        self.y = HEIGHT - 120
        return self

    def data(self):
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


def prose(seed, words=60):
    chosen = random.Random(seed).choices(VOCABULARY.split(), k=words)
    return " ".join(chosen).capitalize() + "."


def blocks(document, kind=None):
    return [document.text[b.start : b.end] for b in document.blocks if kind in (None, b.kind)]


def picture(lines, size=(1700, 700), font=44):
    image = Image.new("L", size, "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((100, 80 + number * 90), line, fill="black", font=ImageFont.load_default(font))
    return image


def encoded(image, kind="PNG"):
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def check_structure(document):
    """What every document promises, whatever file it came from."""
    text = document.text
    assert len(document.page_starts) == document.pages
    assert list(document.page_starts) == sorted(document.page_starts)
    ends = 0
    for block in document.blocks:
        assert ends <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        ends = block.end
    for box in document.boxes:
        assert text[box.start : box.end].strip()
        assert box.x0 < box.x1 and box.y0 < box.y1


def test_paragraphs_are_whole_across_lines_and_pages():
    first, second, third = prose(1), prose(2, 150), prose(3)
    sheet = Sheet().wrapped(first).gap()
    sheet.y = 130  # the second paragraph begins at the foot of the page
    words = second.split()
    sheet.wrapped(" ".join(words[:38])).page()
    sheet.wrapped(" ".join(words[38:])).gap().wrapped(third)
    document = read_pdf(sheet.data(), LIMITS)
    check_structure(document)
    assert blocks(document) == [first, second, third]
    assert [b.page for b in document.blocks] == [1, 1, 2]
    assert document.page_starts == (0, document.text.index(third))
    assert document.text_source is TextSource.PDF_TEXT and not document.partial


def test_a_paragraph_over_three_pages_is_one_and_its_notes_follow_it():
    words = prose(9, 700).split()
    notes = ["1 See the annual report.", "2 The survey of 2019.", "3 As told to the press."]
    sheet = Sheet()
    for note, part in zip(notes, (words[:200], words[200:450], words[450:]), strict=True):
        sheet.y = HEIGHT - 100
        sheet.wrapped(" ".join(part)).line(note, y=95, size=8.5).page()
    document = read_pdf(sheet.data(), LIMITS)
    check_structure(document)
    assert blocks(document)[0] == " ".join(words)
    assert blocks(document, PassageKind.FOOTNOTE) == notes
    assert [b.page for b in document.blocks] == [1, 1, 2, 3]


def test_paragraphs_part_at_indents_and_short_lines_without_any_gap():
    texts = [prose(seed, 40) for seed in range(4)]
    sheet = Sheet()
    for text in texts:
        sheet.wrapped(text)
    assert blocks(read_pdf(sheet.data(), LIMITS)) == texts


def test_headers_footers_and_page_numbers_go():
    sheet = Sheet()
    bodies = []
    for page in range(1, 6):
        sheet.line("Rural Carriers Alliance", y=HEIGHT - 40).line("Docket 24-17", x=450, y=HEIGHT - 40)
        bodies.append(prose(page, 80))
        sheet.wrapped(bodies[-1])
        sheet.line(f"Page {page} of 5", x=280, y=40)
        sheet.page()
    document = read_pdf(sheet.data(), LIMITS)
    assert blocks(document) == bodies
    assert "Alliance" not in document.text and "Page" not in document.text


def test_a_letterhead_that_reaches_below_the_margin_is_read_once():
    sheet = Sheet()
    bodies = [prose(page, 80) for page in range(1, 5)]
    for body in bodies:
        sheet.line("12 Harbour Road", y=HEIGHT - 122, size=8).line("Elm Bay", y=HEIGHT - 132, size=8)
        sheet.gap(60).wrapped(body).page()
    text = read_pdf(sheet.data(), LIMITS).text
    assert text.count("12 Harbour Road") == text.count("Elm Bay") == 1
    assert all(body in text for body in bodies)


def test_a_page_number_in_the_side_margin_goes_and_numbers_in_the_text_stay():
    sheet = Sheet()
    for page in range(1, 6):
        sheet.wrapped(prose(page)).line(f"Page | {page}", x=545, y=HEIGHT - 170, size=9)
        sheet.line(str(30 - page), y=HEIGHT - 400).page()
    text = read_pdf(sheet.data(), LIMITS).text
    assert "Page" not in text and all(str(30 - page) in text for page in range(1, 6))


def test_what_is_repeated_below_other_text_stays():
    sheet = Sheet()
    for page in range(1, 5):
        sheet.line(f"Item {VOCABULARY.split()[page]} of the list", y=HEIGHT - 122)
        sheet.line("Our answer follows.", y=HEIGHT - 140).gap(60).wrapped(prose(page)).page()
    assert read_pdf(sheet.data(), LIMITS).text.count("Our answer follows.") == 4


@pytest.mark.parametrize(("label", "page"), [("{}", 2), ("- {} -", 3), ("{} | P a g e", 2), ("iv", 2)])
def test_page_numbers_of_many_shapes(label, page):
    sheet = Sheet()
    for number in range(1, 5):
        sheet.wrapped(prose(number)).line(label.format(number), x=300, y=36).page()
    assert blocks(read_pdf(sheet.data(), LIMITS)) == [prose(number) for number in range(1, 5)]


def test_footnotes_stand_apart_in_order_and_their_marks_leave_the_text():
    body = prose(7, 90)
    sheet = Sheet().wrapped(body)
    x, y = 300.0, sheet.y
    sheet.line("Reports are costly", y=y)
    end = 72 + sheet.canvas.stringWidth("Reports are costly", "Times-Roman", 11)
    sheet.line("1", x=end, y=y + 4, size=6.5).line(" for all.", x=end + 4, y=y)
    # word processors often draw the last note first
    sheet.line("2 Another note, on page seven.", y=90, size=8.5)
    sheet.line("1 See the annual report of 2019.", y=102, size=8.5)
    document = read_pdf(sheet.data(), LIMITS)
    assert blocks(document, PassageKind.FOOTNOTE) == [
        "1 See the annual report of 2019.",
        "2 Another note, on page seven.",
    ]
    assert "Reports are costly for all." in document.text
    assert x and blocks(document, PassageKind.BODY)[0].startswith(body[:40])


def test_powers_and_units_keep_their_raised_numbers():
    sheet = Sheet()
    for text, mark in (("about 10", "26"), ("of 40 km", "2")):
        y = sheet.y
        sheet.line(text)
        end = 72 + sheet.canvas.stringWidth(text, "Times-Roman", 11)
        sheet.line(mark, x=end, y=y + 4, size=6.5).line(" in all", x=end + 9, y=y)
    text = read_pdf(sheet.data(), LIMITS).text
    assert "1026 in all" in text and "km2 in all" in text


def test_words_broken_by_the_typesetter_are_mended_and_compounds_keep_their_hyphen():
    sheet = Sheet()
    sheet.line("A committee met, and the commit-").line("tee agreed on long-term plans, which are long-")
    sheet.line("term by law. Each requirement and regu-").line("lation is new, as are the require-").line("ments.")
    text = read_pdf(sheet.data(), LIMITS).text
    assert "the committee agreed" in text
    assert "are long-term by law" in text
    assert "regulation is new" in text and "the requirements." in text


def test_headings_and_lists_are_told_apart_from_body_text():
    sheet = Sheet().line("Introduction", size=14, font="Times-Bold").gap(4).wrapped(prose(1)).gap()
    sheet.line("Our Position", font="Times-Bold").gap(2).wrapped(prose(2)).gap()
    sheet.wrapped("1. Give small carriers four hours to file their first report.")
    sheet.wrapped("2. Accept reports by telephone when the network itself is down.")
    sheet.line("• Keep the form short.")
    document = read_pdf(sheet.data(), LIMITS)
    assert blocks(document, PassageKind.HEADING) == ["Introduction", "Our Position"]
    assert blocks(document, PassageKind.BODY) == [prose(1), prose(2)]
    assert [b[:2] for b in blocks(document, PassageKind.LIST)] == ["1.", "2.", "• "]


def test_a_dash_inside_a_sentence_begins_no_list():
    sheet = (
        Sheet()
        .wrapped(prose(4))
        .line("The kind of carrier that reports late")
        .line("– small ones for the most part – says why.")
    )
    document = read_pdf(sheet.data(), LIMITS)
    assert not blocks(document, PassageKind.LIST)
    assert "reports late – small ones for the most part – says why." in document.text


def test_a_bold_beginning_does_not_split_its_paragraph():
    sheet = Sheet().wrapped(prose(4)).gap()
    bold = "Give small carriers more time to file the first of the reports that the proposed rule asks of all of"
    sheet.wrapped(bold, font="Times-Bold")
    sheet.wrapped("them. Four hours would do, as the pilot of last year showed in all of the nine states.")
    found = blocks(read_pdf(sheet.data(), LIMITS))
    assert len(found) == 2 and found[1].startswith("Give small carriers") and found[1].endswith("nine states.")


def test_numbers_in_the_margin_of_each_line_go():
    sheet = Sheet()
    lines = prose(5, 120).split()
    for number in range(20):
        y = sheet.y
        sheet.line(" ".join(lines[number * 6 : number * 6 + 6]), x=90)
        sheet.line(str(number + 1), x=60, y=y)
    text = read_pdf(sheet.data(), LIMITS).text
    assert " ".join(lines[:12]) in " ".join(text.split())
    assert not any(char.isdigit() for char in text)


def three_columns():
    """A notice in three columns, drawn column by column, with questions that go on over columns."""
    sheet = Sheet()
    sheet.line("Official Journal / Vol. 12 / Notices", x=72, y=HEIGHT - 45)
    top, questions = HEIGHT - 70, [f"{n}. {prose(n, 55).rstrip('.')}?" for n in range(1, 16)]
    sheet.y, column = top, 0
    for question in questions:
        line = ""
        for word in [*question.split(), None]:
            if word and sheet.canvas.stringWidth(f"{line} {word}", "Times-Roman", 9) <= 150:
                line = f"{line} {word}".strip()
                continue
            if sheet.y < 60:
                column, sheet.y = column + 1, top
            sheet.line(line, x=48 + column * 172, size=9)
            line = word or ""
    assert column == 2
    return sheet.data(), questions


def test_columns_are_read_one_after_the_other_and_questions_stay_whole():
    data, questions = three_columns()
    document = read_pdf(data, LIMITS, layout=True)
    check_structure(document)
    assert document.text_source is TextSource.PDF_LAYOUT
    assert [b for b in blocks(document) if b[0].isdigit()] == questions


def test_rows_of_ruled_tables_name_their_columns():
    sheet = Sheet().wrapped(prose(1)).gap(20)
    cells = [("Carrier", "Hours"), ("Northern Bell", "Four"), ("Plains Mobile", "Two")]
    top = sheet.y + 12
    for row, (left, right) in enumerate(cells):
        sheet.line(left, x=76, y=top - 14 - 18 * row).line(right, x=240, y=top - 14 - 18 * row)
    for row in range(4):
        sheet.canvas.line(72, top - 18 * row, 400, top - 18 * row)
    for x in (72, 236, 400):
        sheet.canvas.line(x, top, x, top - 54)
    document = read_pdf(sheet.data(), LIMITS)
    assert blocks(document, PassageKind.TABLE) == [
        "Carrier: Northern Bell; Hours: Four",
        "Carrier: Plains Mobile; Hours: Two",
    ]
    assert prose(1) in document.text


def test_coloured_areas_behind_lines_make_no_table():
    sheet = Sheet()
    for word in ("Small carriers need", "more time to report", "outages of their own", "networks than others"):
        for x in (72, 200, 330):
            sheet.canvas.setFillColorRGB(1, 1, 0.8)
            sheet.canvas.rect(x, sheet.y - 3, 120, 13, stroke=0, fill=1)
        sheet.canvas.setFillColorRGB(0, 0, 0)
        sheet.line(word)
    assert not blocks(read_pdf(sheet.data(), LIMITS), PassageKind.TABLE)


def test_text_typed_into_form_fields_is_read():
    sheet = Sheet().line("Your comment:")
    sheet.canvas.acroForm.textfield(name="c", x=72, y=500, width=400, height=20, value="We oppose the two hour limit")
    assert "We oppose the two hour limit" in read_pdf(sheet.data(), LIMITS).text


def test_a_scanned_page_is_read_by_ocr_and_boxes_stand_where_the_words_are():
    sheet = Sheet().wrapped(prose(1)).page()
    lines = ["We support the proposed rule.", "It gives rural carriers time."]
    sheet.canvas.drawImage(ImageReader(picture(lines)), 72, 400, 468, 193)
    document = read_pdf(sheet.data(), LIMITS)
    check_structure(document)
    assert "We support the proposed rule. It gives rural carriers time." in document.text
    assert document.confidence > 0.8 and document.pages == 2
    box = next(b for b in document.boxes if "support" in document.text[b.start : b.end])
    assert box.page == 2 and HEIGHT - 593 < box.y0 < box.y1 < HEIGHT - 400


@pytest.mark.parametrize("angle", [90, 180])
def test_a_page_scanned_the_wrong_way_round_is_read(angle):
    lines = [
        "We oppose the proposed rule because",
        "the reports are long and costly for",
        "small carriers in villages.",
    ]
    sheet = Sheet()
    turned = picture(lines, size=(1700, 500)).rotate(angle, expand=True)
    sheet.canvas.drawImage(ImageReader(turned), 72, 100, turned.width / 4, turned.height / 4)
    assert "reports are long and costly for small carriers" in read_pdf(sheet.data(), LIMITS).text


def test_letters_with_a_false_meaning_are_read_from_their_picture():
    """An exporter that calls the joined letters "ti" a hyphen: the page shows one thing, its text says another."""
    shown = ["We question the foundation of the rule,", "its section on reporting, and the option", "of a sanction."]
    sheet = Sheet()
    sheet.canvas.drawImage(ImageReader(picture(shown, size=(1700, 400))), 72, 500, 468, 110)
    hidden = sheet.canvas.beginText(72, 600)
    hidden.setTextRenderMode(3)
    hidden.textLine("We ques-on the founda-on of the rule, its sec-on on repor-ng, and the op-on of a sanc-on.")
    sheet.canvas.drawText(hidden)
    text = read_pdf(sheet.data(), LIMITS).text
    assert "We question the foundation of the rule" in text and "founda-on" not in text


def test_a_picture_without_text_is_told_and_costs_nothing_else():
    drawing = Image.new("L", (600, 600), "white")
    for step in range(40):
        ImageDraw.Draw(drawing).ellipse((step * 7, step * 5, 590 - step * 6, 590 - step * 7), outline=step * 4)
    sheet = Sheet().wrapped(prose(1)).page()
    sheet.canvas.drawImage(ImageReader(drawing), 72, 200, 400, 400)
    document = read_pdf(sheet.data(), LIMITS)
    assert blocks(document)[0] == prose(1)
    assert "Page 2" in document.partial


def test_pages_over_the_limit_are_told():
    sheet = Sheet()
    for page in range(4):
        sheet.wrapped(prose(page)).page()
    document = read_pdf(sheet.data(), ReadingLimits(max_pages=2))
    assert document.pages == 2 and blocks(document) == [prose(0), prose(1)]
    assert "first 2 of 5 pages" in document.partial or "first 2 of 4 pages" in document.partial


def locked():
    return Sheet(encrypt=StandardEncryption("secret", ownerPassword="boss")).wrapped(prose(1)).data()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (locked, "password"),
        (lambda: Sheet().wrapped(prose(1)).data()[:700], "damaged"),
        (lambda: b"%PDF-1.7\nnothing more", "damaged"),
        (lambda: Sheet().data(), "blank"),
    ],
    ids=["locked", "truncated", "no objects", "blank"],
)
def test_files_that_cannot_be_read_say_what_to_do(data, told):
    with pytest.raises(UnreadableFile, match=told) as caught:
        read_pdf(data(), LIMITS)
    assert any(word in str(caught.value) for word in ("ask", "open it", "save"))


def test_a_file_that_may_be_opened_but_not_changed_is_read():
    data = Sheet(encrypt=StandardEncryption("", ownerPassword="boss", canModify=0)).wrapped(prose(1)).data()
    assert blocks(read_pdf(data, LIMITS)) == [prose(1)]


def test_the_same_file_gives_the_same_document():
    data, _ = three_columns()
    assert read_pdf(data, LIMITS) == read_pdf(data, LIMITS)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_images_are_read(kind):
    document = read_image(encoded(picture(["Please withdraw the proposed rule."], size=(1400, 300)), kind), LIMITS)
    check_structure(document)
    assert document.text == "Please withdraw the proposed rule."
    assert document.text_source is TextSource.IMAGE and document.confidence > 0.8


def test_black_letters_on_a_transparent_ground_are_read():
    image = picture(["Please keep the proposed rule."], size=(1400, 300))
    letters = Image.new("RGBA", image.size, (0, 0, 0, 255))
    letters.putalpha(image.point(lambda shade: 255 - shade))
    assert read_image(encoded(letters), LIMITS).text == "Please keep the proposed rule."


@pytest.mark.parametrize(
    ("data", "limits", "told"),
    [
        (lambda: encoded(Image.new("L", (900, 900), "white")), LIMITS, "No text"),
        (lambda: encoded(picture(["Hello"])), ReadingLimits(max_image_pixels=1000), "smaller"),
        (lambda: encoded(picture(["Hello"]))[:3000], LIMITS, "damaged"),
    ],
    ids=["blank", "too large", "truncated"],
)
def test_images_that_cannot_be_read_say_what_to_do(data, limits, told):
    with pytest.raises(UnreadableFile, match=told):
        read_image(data(), limits)
