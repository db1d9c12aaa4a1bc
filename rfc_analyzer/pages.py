"""Pictures of the pages that a submission was read from, with marks where words stand on them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import SourceFile
from rfc_analyzer.originals import Original, original_of, read_original
from rfc_analyzer.sandbox import run_limited
from rfc_analyzer.settings import ReadingLimits

if TYPE_CHECKING:
    from PIL.Image import Image

    from rfc_analyzer.store import Analysis

DPI = 120
_POINTS_PER_INCH = 72
# a dot a point in images, which are read as if scanned at this density
_SCAN_DPI = 300
_MOST_PIXELS = 4_000_000
_PDF, _IMAGE = "application/pdf", "image/"
_PALE, _CLEAR = 60, 255
_MARGIN = 1.5
_WHITE, _WHITE_MARGIN, _NARROWEST = 250, 14, 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of a page to mark, in points from the top left, in a colour (``#rrggbb``).

    ``sign`` is a letter or two that stand before it, so that the colour is not all that tells marks apart. A mark
    that ``covers`` hides what is under it.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str
    sign: str = ""
    covers: bool = False


def has_pages(file: SourceFile) -> bool:
    """Whether there are pages to show: a PDF or a picture, read at least in part."""
    return bool(file.pages) and (file.media_type == _PDF or file.media_type.startswith(_IMAGE))


def find_pages(analysis: Analysis, file: SourceFile) -> Original | None:
    """The original file to show pages of; None where it has no pages, or is no longer where it was."""
    return original_of(analysis, file) if has_pages(file) else None


def page_picture(
    original: Original, digest: str, page: int, marks: Sequence[Mark] = (), limits: ReadingLimits | None = None
) -> bytes:
    """Page ``page`` (from 1) as a PNG, with ``marks`` drawn on it; made in a child process within ``limits``.

    Raises :class:`UnreadableFile` where the original is gone, has changed (its SHA-256 is no longer ``digest``) or
    has no such page.
    """
    limits = limits or ReadingLimits()
    size = original.path.stat().st_size if original.path.exists() else 0
    picture: bytes = run_limited(_draw, original, digest, page, tuple(marks), limits, limits=limits, size=size)
    return picture


def _draw(original: Original, digest: str, page: int, marks: Sequence[Mark], limits: ReadingLimits) -> bytes:
    data = read_original(original, digest, limits)
    image, dots = _pdf_page(data, page) if data.startswith(b"%PDF") else _frame(data, page, limits)
    out = io.BytesIO()
    _marked(image, marks, dots).save(out, "PNG")
    return out.getvalue()


def _pdf_page(data: bytes, page: int) -> tuple[Image, float]:
    """The page, and how many dots of the picture are a point."""
    import pypdfium2

    pdf: Any = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= page <= len(pdf):
            raise UnreadableFile(f"The original file has no page {page}.")
        shown = pdf[page - 1]
        width, height = shown.get_size()
        dots = min(DPI / _POINTS_PER_INCH, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
        image: Image = shown.render(scale=dots).to_pil().convert("RGB")
        return image, dots
    finally:
        pdf.close()


def _frame(data: bytes, page: int, limits: ReadingLimits) -> tuple[Image, float]:
    from rfc_analyzer.pdf.ocr import open_image

    frames = open_image(data, limits)
    if not 1 <= page <= len(frames):
        raise UnreadableFile(f"The original file has no page {page}.")
    image = frames[page - 1].convert("RGB")
    smaller = min(1.0, (_MOST_PIXELS / max(image.width * image.height, 1)) ** 0.5)
    if smaller < 1:
        image = image.resize((max(int(image.width * smaller), 1), max(int(image.height * smaller), 1)))
    return image, _SCAN_DPI / _POINTS_PER_INCH * smaller


def _marked(image: Image, marks: Sequence[Mark], dots: float) -> Image:
    from PIL import Image as Pillow
    from PIL import ImageDraw

    over = Pillow.new("RGBA", image.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(over)
    for mark in marks:
        colour = _rgb(mark.colour)
        left, top = (mark.x0 - _MARGIN) * dots, (mark.y0 - _MARGIN) * dots
        right, bottom = (mark.x1 + _MARGIN) * dots, (mark.y1 + _MARGIN) * dots
        if right <= left or bottom <= top:
            continue
        fill = (*colour, _CLEAR if mark.covers else _PALE)
        pen.rectangle((left, top, right, bottom), fill=fill, outline=(*colour, _CLEAR), width=1)
        if mark.sign:
            size = max(bottom - top, 8) * 0.95
            pen.text(
                (left - size * 0.75 * len(mark.sign), top),
                mark.sign,
                fill=(*colour, _CLEAR),
                font_size=size,
                stroke_width=0.4,
            )
    return _trimmed(Pillow.alpha_composite(image.convert("RGBA"), over).convert("RGB"), dots)


def _trimmed(image: Image, dots: float) -> Image:
    """Without most of the white at the sides, so that the words are larger where there is little room."""
    inked = image.convert("L").point(lambda light: 0 if light > _WHITE else 255).getbbox()
    if inked is None:
        return image
    room = _WHITE_MARGIN * dots
    left, right = max(int(inked[0] - room), 0), min(int(inked[2] + room), image.width)
    # a page with three words on it is still a page
    if right - left < image.width * _NARROWEST:
        return image
    return image.crop((left, 0, right, min(int(inked[3] + room), image.height)))


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue
