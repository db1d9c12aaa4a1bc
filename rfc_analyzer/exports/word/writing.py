"""Headings, paragraphs, quotes and tables of a Word document, with what screen readers need."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from rfc_analyzer.exports.cells import legal

_INK = RGBColor(0x1F, 0x3A, 0x5F)
_QUIET = RGBColor(0x52, 0x60, 0x6D)
_FONT = "Calibri"
_HEAD_FILL = "D9E2EC"
_PAGE_WIDTH = 6.5


class Writing:
    """A document that grows from the top. All text that comes from outside goes through :func:`legal`."""

    def __init__(self, header: str) -> None:
        self.document: WordDocument = Document()
        self._style()
        section = self.document.sections[0]
        section.left_margin = section.right_margin = Inches(1)
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.header.paragraphs[0].text = legal(header)
        _page_number(section.footer.paragraphs[0])

    def title(self, text: str, subtitle: str) -> None:
        """The document's title and a line below."""
        self.document.add_paragraph(legal(text), style="Title")
        self.document.add_paragraph(legal(subtitle), style="Subtitle")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading of the document's outline."""
        self.document.add_heading(" ".join(legal(text).split()), level)

    def paragraph(self, text: str) -> Paragraph:
        """A paragraph of running text."""
        return self.document.add_paragraph(legal(text))

    def bullets(self, texts: Sequence[str]) -> None:
        """A list."""
        for text in texts:
            self.document.add_paragraph(legal(text), style="List Bullet")

    def quote(self, text: str, source: str) -> None:
        """Verbatim words in quotation marks, and where they stand."""
        paragraph = self.document.add_paragraph(style="Quote")
        paragraph.add_run(f"“{legal(text)}”")
        run = paragraph.add_run(f" — {legal(source)}")
        run.italic = False
        run.font.color.rgb = _QUIET

    def table(
        self,
        name: str,
        heads: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        figures: Collection[int] = (),
    ) -> None:
        """A table whose header row repeats on each page.

        ``widths`` are parts of the page's width; ``figures`` are places of columns with figures; ``name`` is read out
        by screen readers.
        """
        table = self.document.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.autofit = False
        _describe(table, legal(name))
        inches = [Inches(_PAGE_WIDTH * w / sum(widths)) for w in widths]
        for column, width in zip(table.columns, inches, strict=True):
            column.width = width
        first = table.rows[0]
        _flag(first._tr.get_or_add_trPr(), "w:tblHeader")
        for place, (cell, head, width) in enumerate(zip(first.cells, heads, inches, strict=True)):
            cell.width = width
            _fill(cell, head, bold=True, right=place in figures)
            _shade(cell, _HEAD_FILL)
        for values in rows:
            row = table.add_row()
            _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
            for place, (cell, value, width) in enumerate(zip(row.cells, values, inches, strict=True)):
                cell.width = width
                _fill(cell, value, right=place in figures)
        self.document.add_paragraph()

    def new_page(self) -> None:
        """Go on at the top of a page."""
        self.document.add_page_break()

    def _style(self) -> None:
        styles = self.document.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size = _FONT, Pt(11)
        normal.paragraph_format.space_after = Pt(6)
        for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11.5)):
            style = styles[name]
            style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
            # the template names fonts by theme, which would win over the name
            fonts = style.element.rPr.rFonts
            for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{attribute}"), None)
            style.paragraph_format.keep_with_next = True
        styles["Subtitle"].font.color.rgb = _QUIET
        styles["Subtitle"].font.italic = False
        quote = styles["Quote"]
        quote.font.italic, quote.font.color.rgb = False, RGBColor(0, 0, 0)
        quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Inches(0.35)


def _fill(cell: _Cell, text: str, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(legal(text))
    run.font.size, run.bold = Pt(9.5), bold or None
    paragraph.paragraph_format.space_after = Pt(1)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _flag(properties: object, name: str) -> None:
    flag = OxmlElement(name)
    flag.set(qn("w:val"), "true")
    properties.append(flag)  # type: ignore[attr-defined]


def _describe(table: Table, name: str) -> None:
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), name)
    table._tbl.tblPr.append(caption)


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run("Page ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
