"""Files that break programs, made when they are needed. All are small on disk."""

from __future__ import annotations

import io
import zipfile
import zlib

import pypdfium2
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

SENTENCE = "We support the proposed rule because it protects the river and those who live by it."


def letter(encrypt: StandardEncryption | None = None) -> bytes:
    """A PDF of one page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=encrypt)
    for line in range(8):
        canvas.drawString(72, 700 - 20 * line, SENTENCE)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def locked(user: str) -> bytes:
    """A PDF with a password: to open it (``user`` not empty), or only to change it."""
    return letter(StandardEncryption(user, ownerPassword="owner", canModify=0))


def many_pages(count: int) -> bytes:
    """A PDF of ``count`` empty pages."""
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(count):
        pdf.new_page(612, 792)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def inflating(size: int) -> bytes:
    """A PDF whose page description is ``size`` bytes long when it is unpacked, and some thousand bytes packed."""
    packer = zlib.compressobj(9)
    chunk = b" " * 2**20
    once = b"".join(packer.compress(chunk) for _ in range(size // len(chunk))) + packer.flush()
    return _pdf([_stream(zlib.compress(once, 9), "/Filter [/FlateDecode /FlateDecode]")])


def nested_forms(levels: int, each: int) -> bytes:
    """A PDF whose page draws a form that draws ``each`` forms that draw … over ``levels`` levels."""
    draws = " ".join(f"/F{0} Do" for _ in range(each)).encode()
    objects = [_stream(draws)]
    first = 5  # the number of the first form's object, after catalog, pages, page and contents
    for level in range(levels):
        deeper = " ".join(f"/F{level + 1} Do" for _ in range(each)).encode() if level + 1 < levels else b"0 0 1 1 re f"
        resources = (
            f"/Resources << /XObject << /F{level + 1} {first + level + 1} 0 R >> >>" if level + 1 < levels else ""
        )
        objects.append(_stream(deeper, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}"))
    return _pdf(objects, f"/Resources << /XObject << /F0 {first} 0 R >> >>")


def huge_picture(side: int) -> bytes:
    """A black and white PNG of ``side`` × ``side`` dots."""
    buffer = io.BytesIO()
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    Image.new("1", (side, side), 1).save(buffer, "PNG")
    Image.MAX_IMAGE_PIXELS = limit
    return buffer.getvalue()


def zipped(**members: bytes) -> bytes:
    """A zip; in names two underscores stand for a slash and one for a full stop."""
    return zipped_as({name.replace("__", "/").replace("_", "."): data for name, data in members.items()})


def zipped_as(members: dict[str, bytes]) -> bytes:
    """A zip with members of these names, whatever they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def word_with_entities(definitions: str, used: str) -> bytes:
    """A Word file whose text uses XML entities of its own definition."""
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [{definitions}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{SENTENCE} {used}</w:t></w:r></w:p></w:body></w:document>"
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": document}
    return zipped_as({name: text.encode() for name, text in parts.items()})


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def _pdf(streams: list[bytes], page: str = "") -> bytes:
    """A PDF of one page; the first stream is its description."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R {page} >>".encode(),
        *streams,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n"
    )
    return out + trailer.encode() + b"%%EOF\n"
