"""Typesetting letters, the notice and a two-column paper as PDF, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import letter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle
from sources import Block, Part, blocks, cells

WIDTH, HEIGHT = letter
FONTS = {
    "Times": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "Helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
    "Courier": ("Courier", "Courier-Bold", "Courier-Oblique"),
}


def letter_pdf(part: Part, title: str, password: str = "") -> bytes:
    """A letter with letterhead, running header and numbered pages."""
    regular, bold, italic = FONTS[part.options.get("font", "Times")]
    size = float(part.options.get("size", "11"))
    styles = _styles(regular, bold, size)
    story: list[Flowable] = []
    for block in blocks(part.text):
        story += _flowables(block, styles)
    colour = HexColor(part.options.get("colour", "#000000"))
    head = part.options.get("letterhead", "").split("|")
    centred = part.options.get("align") == "center"

    def first(canvas: Canvas, _: BaseDocTemplate) -> None:
        y = HEIGHT - 0.8 * inch
        draw: Callable[..., None] = canvas.drawCentredString if centred else canvas.drawString
        x = WIDTH / 2 if centred else inch
        canvas.setFillColor(colour)
        canvas.setFont(bold, 16)
        draw(x, y, head[0])
        canvas.setFont(italic, 9)
        for number, line in enumerate(head[1:], 1):
            draw(x, y - 3 - 12 * number, line)
        if head[0]:
            canvas.setStrokeColor(colour)
            canvas.line(inch, y - 12 * len(head) - 2, WIDTH - inch, y - 12 * len(head) - 2)
        canvas.setFillColor(black)
        foot(canvas, part, regular)

    def later(canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.setFont(regular, 8.5)
        header = part.options.get("header", "").split("|")
        canvas.drawString(inch, HEIGHT - 0.6 * inch, header[0].strip())
        canvas.drawRightString(WIDTH - inch, HEIGHT - 0.6 * inch, header[-1].strip() if len(header) > 1 else "")
        foot(canvas, part, regular)

    top = 1.15 * inch + 12 * len(head) if head[0] else inch
    return _build(story, [("first", _frame(top), first), ("later", _frame(inch), later)], title, password)


def foot(canvas: Canvas, part: Part, font: str) -> None:
    """The footer: who writes, and the page."""
    canvas.setFont(font, 8.5)
    canvas.drawString(inch, 0.6 * inch, part.options.get("footer", ""))
    canvas.drawRightString(WIDTH - inch, 0.6 * inch, f"Page {canvas.getPageNumber()}")


def _frame(top: float) -> list[Frame]:
    return [Frame(inch, inch, WIDTH - 2 * inch, HEIGHT - top - inch, 0, 0, 0, 0)]


def _build(
    story: list[Flowable],
    templates: Sequence[tuple[str, list[Frame], Callable[[Canvas, BaseDocTemplate], None]]],
    title: str,
    password: str = "",
) -> bytes:
    out = io.BytesIO()
    locked = StandardEncryption(password, ownerPassword=password, strength=128) if password else None
    # pages stay uncompressed: zlib's output differs between machines
    document = BaseDocTemplate(
        out, pagesize=letter, title=title, invariant=1, pageCompression=0, encrypt=locked, author="Sample docket"
    )
    names = [name for name, _, _ in templates]
    document.addPageTemplates([
        PageTemplate(name, frames, onPage=draw, autoNextPageTemplate=names[min(index + 1, len(names) - 1)])
        for index, (name, frames, draw) in enumerate(templates)
    ])  # fmt: skip
    document.build(story)
    return out.getvalue()


def _styles(regular: str, bold: str, size: float, justify: bool = False) -> dict[str, ParagraphStyle]:
    base = ParagraphStyle(
        "body", fontName=regular, fontSize=size, leading=size * 1.25, spaceAfter=size * 0.75,
        alignment=TA_JUSTIFY if justify else TA_LEFT,
    )  # fmt: skip
    return {
        "body": base,
        "heading": ParagraphStyle("heading", base, fontName=bold, spaceBefore=4, spaceAfter=size * 0.45,
                                  keepWithNext=1, alignment=TA_LEFT),
        "subheading": ParagraphStyle("subheading", base, fontName=bold, fontSize=size - 0.5, keepWithNext=1),
        "lines": ParagraphStyle("lines", base, spaceAfter=0, alignment=TA_LEFT),
        "bullets": ParagraphStyle("bullets", base, leftIndent=18, bulletIndent=6, spaceAfter=4),
        "quote": ParagraphStyle("quote", base, leftIndent=24, rightIndent=24),
        "note": ParagraphStyle("note", base, fontSize=7.5, leading=9, spaceAfter=1.5),
    }  # fmt: skip


def marked(text: str) -> str:
    """Text for reportlab: escaped, with footnote marks raised."""
    return re.sub(r"\[\^(\d+)\]", r"<super size=6>\1</super>", escape(text))


def _flowables(block: Block, styles: dict[str, ParagraphStyle]) -> list[Flowable]:
    if block.kind == "lines":
        return [*(Paragraph(marked(line), styles["lines"]) for line in block.lines), Spacer(1, 9)]
    if block.kind == "bullets":
        return [Paragraph(marked(line), styles["bullets"], bulletText="•") for line in block.lines]
    if block.kind == "table":
        table = Table(cells(block), hAlign="LEFT", spaceBefore=2, spaceAfter=10)
        table.setStyle(TableStyle([
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("FONT", (0, 0), (-1, 0), styles["heading"].fontName, 9.5),
            ("FONT", (0, 1), (-1, -1), styles["body"].fontName, 9.5),
        ]))  # fmt: skip
        return [table]
    return [Paragraph(marked(block.text), styles[block.kind])]


def notice_pdf(text: str) -> bytes:
    """The notice in three columns, as official gazettes set them."""
    styles = _styles("Times-Roman", "Times-Bold", 9, justify=True)
    body = ParagraphStyle("notice", styles["body"], leading=10.8, spaceAfter=3, firstLineIndent=9)
    plain = ParagraphStyle("plain", body, firstLineIndent=0, alignment=TA_LEFT)
    agency = ParagraphStyle("agency", plain, fontName="Helvetica-Bold", fontSize=10.5, leading=12, spaceAfter=5)
    heading = ParagraphStyle("section", plain, fontName="Helvetica-Bold", fontSize=8.6, spaceBefore=4, keepWithNext=1)
    story: list[Flowable] = []
    for line in text.strip().split("\n"):
        if line.startswith(("# ", "## ")):
            mark, words = line.split(" ", 1)
            story.append(Paragraph(escape(words), agency if mark == "#" or len(story) < 4 else heading))
        elif match := re.match(r"[A-Z][A-Z ]{3,}:", line):
            story.append(Paragraph(f"<b>{escape(match[0])}</b>{escape(line[match.end() :])}", plain))
        else:
            short = line.startswith(("[", "Dated", "Theodora", "Administrator", "BILLING", "Authority"))
            story.append(Paragraph(escape(line), plain if short else body))
    width, gap, margin = 2.25 * inch, 0.17 * inch, 0.7 * inch
    columns = [
        Frame(margin + i * (width + gap), 0.75 * inch, width, HEIGHT - 1.75 * inch, 0, 0, 0, 0) for i in range(3)
    ]
    first_page = 12207

    def page(canvas: Canvas, _: BaseDocTemplate) -> None:
        y = HEIGHT - 0.72 * inch
        canvas.setFont("Times-Bold", 9.5)
        canvas.drawString(margin, y, str(first_page + canvas.getPageNumber()))
        canvas.setFont("Times-Roman", 9.5)
        canvas.drawCentredString(
            WIDTH / 2, y, "Official Gazette / Vol. 91, No. 48 / Thursday, March 12, 2026 / Notices"
        )
        canvas.line(margin, y - 6, WIDTH - margin, y - 6)

    return _build(story, [("page", columns, page)], "Automated Delivery Devices on Public Sidewalks; Notice")


def paper_pdf(part: Part) -> bytes:
    """A paper in two justified columns, with footnotes under the column that cites them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, invariant=1, pageCompression=0)
    canvas.setTitle(part.options["title"])
    canvas.setAuthor("Sample docket")
    _Paper(canvas, part).draw()
    canvas.save()
    return out.getvalue()


class _Paper:
    """Fills column after column; keeps room at the foot for the notes of what it has placed."""

    margin, gap, bottom = 0.85 * inch, 0.3 * inch, 0.9 * inch

    def __init__(self, canvas: Canvas, part: Part) -> None:
        self.canvas, self.part = canvas, part
        self.width = (WIDTH - 2 * self.margin - self.gap) / 2
        self.styles = _styles("Times-Roman", "Times-Bold", 9.8, justify=True)
        self.styles["body"].spaceAfter = 5
        parts = blocks(part.text)
        self.body = [block for block in parts if block.kind != "note"]
        self.notes = {n: block.text for n, block in enumerate((b for b in parts if b.kind == "note"), 1)}
        self.column, self.placed = 0, list[Paragraph]()
        self.top = self.y = self._title()

    def draw(self) -> None:
        for index, block in enumerate(self.body):
            paragraph = Paragraph(marked(block.text), self.styles[block.kind])
            follows = self.body[index + 1] if block.kind == "heading" and index + 1 < len(self.body) else None
            self._place(paragraph, [int(n) for n in re.findall(r"\[\^(\d+)\]", block.text)], 30 if follows else 0)
        self._draw_notes()
        self._finish_page()

    def _title(self) -> float:
        y = HEIGHT - 0.95 * inch
        centre = {"alignment": TA_CENTER}
        for text, font, size in (
            (self.part.options["title"], "Times-Bold", 15),
            (self.part.options["authors"], "Times-Roman", 11),
            (self.part.options["affiliation"], "Times-Italic", 9.5),
            (self.part.options["date"], "Times-Roman", 9.5),
        ):
            paragraph = Paragraph(
                escape(text), ParagraphStyle("t", fontName=font, fontSize=size, leading=size * 1.25, **centre)
            )
            _, height = paragraph.wrap(WIDTH - 2 * self.margin, HEIGHT)
            paragraph.drawOn(self.canvas, self.margin, y - height)
            y -= height + 4
        return y - 14

    def _room(self, more: Sequence[Paragraph] = ()) -> float:
        notes = [*self.placed, *more]
        taken = sum(note.wrap(self.width, HEIGHT)[1] + 1.5 for note in notes) + (8 if notes else 0)
        return self.y - self.bottom - taken

    def _place(self, paragraph: Paragraph, cited: list[int], after: float) -> None:
        notes = [Paragraph(self._note(number), self.styles["note"]) for number in cited]
        while True:
            _, height = paragraph.wrap(self.width, HEIGHT)
            if height + after <= self._room(notes):
                self._put(paragraph, height)
                self.placed += notes
                return
            pieces = paragraph.split(self.width, self._room()) if not after else []
            if len(pieces) == 2:
                self._put(pieces[0], pieces[0].wrap(self.width, HEIGHT)[1])
                paragraph = pieces[1]
            self._close_column()

    def _note(self, number: int) -> str:
        text = re.sub(r"^\[\^\d+\]: ", "", self.notes[number])
        return f"<super size=5>{number}</super> {escape(text)}"

    def _put(self, paragraph: Paragraph, height: float) -> None:
        paragraph.drawOn(self.canvas, self._x(), self.y - height)
        self.y -= height + paragraph.style.spaceAfter

    def _x(self) -> float:
        return self.margin + self.column * (self.width + self.gap)

    def _close_column(self) -> None:
        self._draw_notes()
        if self.column == 1:
            self._finish_page()
        else:
            self.column, self.y = 1, self.top

    def _draw_notes(self) -> None:
        y = self.bottom
        for note in reversed(self.placed):
            _, height = note.wrap(self.width, HEIGHT)
            note.drawOn(self.canvas, self._x(), y)
            y += height + 1.5
        if self.placed:
            self.canvas.line(self._x(), y + 3, self._x() + 60, y + 3)
        self.placed = []

    def _finish_page(self) -> None:
        self._furniture()
        self.canvas.showPage()
        self.column = 0
        self.top = self.y = HEIGHT - 0.95 * inch

    def _furniture(self) -> None:
        page = self.canvas.getPageNumber()
        self.canvas.setFont("Times-Roman", 9)
        self.canvas.drawCentredString(WIDTH / 2, 0.5 * inch, str(page))
        if page > 1:
            left, right = self.part.options["header"].split("|")
            self.canvas.drawString(self.margin, HEIGHT - 0.6 * inch, left.strip())
            self.canvas.drawRightString(WIDTH - self.margin, HEIGHT - 0.6 * inch, right.strip())
