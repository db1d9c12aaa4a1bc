"""Word and Excel files, web pages and zips, with fixed dates inside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as DocxPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from sources import Block, Part, blocks, cells

_DATE = (2026, 5, 15, 0, 0, 0)
_NOTE = re.compile(r"\[\^(\d+)\]")


def packed(members: Mapping[str, bytes]) -> bytes:
    """A zip of ``members``, all of one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _dated(data: bytes) -> bytes:
    """An Office file with its own dates made fixed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in sorted(archive.namelist())}
    core = members["docProps/core.xml"].decode()
    core = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z?(?=<)", "2026-05-15T00:00:00Z", core)
    return packed(members | {"docProps/core.xml": core.encode()})


def word(part: Part) -> bytes:
    """A Word letter with headings, tables and footnotes."""
    document = docx.Document()
    notes: dict[str, str] = {}
    for block in blocks(part.text):
        if block.kind == "note":
            number, text = re.fullmatch(r"\[\^(\d+)\]: (.*)", block.text).groups()  # type: ignore[union-attr]
            notes[number] = text
        elif block.kind == "table":
            _word_table(document, block)
        elif block.kind in ("heading", "subheading"):
            document.add_heading(block.text, 1 if block.kind == "heading" else 2)
        elif block.kind == "lines":
            for line in block.lines:
                document.add_paragraph(line).paragraph_format.space_after = 0
            document.add_paragraph()
        else:
            style = {"bullets": "List Bullet", "quote": "Quote"}.get(block.kind, "Normal")
            for line in block.lines if block.kind == "bullets" else (block.text,):
                _add_text(document.add_paragraph(style=style), line)
    if notes:
        _add_notes(document, notes)
    out = io.BytesIO()
    document.save(out)
    return _dated(out.getvalue())


def _word_table(document: docx.document.Document, block: Block) -> None:
    rows = cells(block)
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, values in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, values, strict=True):
            cell.text = value
    document.add_paragraph()


def _add_text(paragraph: Paragraph, text: str) -> None:
    for index, piece in enumerate(_NOTE.split(text)):
        run = paragraph.add_run("" if index % 2 else piece)
        if index % 2:
            run.font.superscript = True
            run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{piece}"/>'))


def _add_notes(document: docx.document.Document, notes: Mapping[str, str]) -> None:
    entries = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}'
        "</w:t></w:r></w:p></w:footnote>"
        for number, text in notes.items()
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes {nsdecls("w")}>{entries}</w:footnotes>'
    part = DocxPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def workbook(part: Part) -> bytes:
    """A sheet with one member's comment a row; the source parts cells by " | "."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Members' comments"
    for line in part.text.split("\n"):
        sheet.append(line.split(" | "))
    for column, width in zip("ABC", (24, 18, 90), strict=True):
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
    out = io.BytesIO()
    book.save(out)
    return _dated(out.getvalue())


def web_page(part: Part) -> bytes:
    """A web page with navigation around the comment, as saved from an organisation's site."""
    body = []
    for block in blocks(part.text):
        tag = {"heading": "h1", "subheading": "h2"}.get(block.kind, "p")
        if block.kind == "bullets":
            items = "\n".join(f"<li>{escape(line, quote=False)}</li>" for line in block.lines)
            body.append(f"<ul>\n{items}\n</ul>")
        else:
            body.append(f"<{tag}>{escape(block.text, quote=False)}</{tag}>")
    title = escape(blocks(part.text)[0].text)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        "<style>body { font-family: Georgia, serif; max-width: 42em; margin: auto }</style>\n"
        '</head>\n<body>\n<nav><a href="/">Home</a> <a href="/join">Join</a> <a href="/news">News</a></nav>\n'
        "<main>\n" + "\n".join(body) + "\n</main>\n<footer>Walk First is where you are going.</footer>\n"
        "<script>window.visits = 1;</script>\n</body>\n</html>\n"
    ).encode()
