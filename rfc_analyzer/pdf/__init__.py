"""PDF files and images of pages to documents: pdfium first, pdfplumber and OCR for the pages that need them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import TextSource
from rfc_analyzer.pdf.cleaning import body_size, with_relative_weight, without_furniture, without_line_numbers
from rfc_analyzer.pdf.lines import PageLines, read_lines
from rfc_analyzer.pdf.paragraphs import lay_out
from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import ReadingLimits

__all__ = ["read_image", "read_pdf"]

_LONG_WORD = 28
_GLUED_SHARE = 0.02
_UNMAPPED_SHARE = 0.01


def read_pdf(data: bytes, limits: ReadingLimits, layout: bool = False) -> Document:
    """Text of a PDF, page furniture left out, with a block for each paragraph and a box for each line.

    ``layout`` reads every page column by column with pdfplumber (for the agency's notice). Raises
    :class:`UnreadableFile`, with a sentence that says what to do, where nothing can be read.
    """
    import pypdfium2

    document = _open(data)
    try:
        total = len(document)
        if total == 0:
            raise UnreadableFile("The PDF has no pages; ask the sender for the file again.")
        numbers = range(1, min(total, limits.max_pages) + 1)
        pages, scanned, ruled, troubles, confidences = [], [], [], [], []
        for number in numbers:
            try:
                page = document[number - 1]
                lines = read_lines(page, number)
                lines, confidence, is_scan = _read_scan(page, lines, limits)
                if is_scan:
                    scanned.append(number)
                    confidences.append(confidence)
                elif not layout and _ruled(page):
                    ruled.append(number)
                pages.append(lines)
                page.close()
            except pypdfium2.PdfiumError:
                pages.append(PageLines(number, 612.0, 792.0, ()))
                troubles.append(number)
    finally:
        document.close()
    relaid = _relaid(data, pages, scanned, troubles, layout)
    if total > limits.max_pages:
        troubles.append(limits.max_pages + 1)
    return _document(data, relaid, scanned, ruled, bool(layout or relaid is not pages), _partial(
        total, limits, troubles), confidences)  # fmt: skip


def read_image(data: bytes, limits: ReadingLimits) -> Document:
    """Text of an image (PNG, JPEG, TIFF) by OCR. Raises :class:`UnreadableFile` where there is none."""
    from rfc_analyzer.pdf import ocr

    pages, confidences = [], []
    for number, image in enumerate(ocr.open_image(data, limits.max_image_pixels), start=1):
        points = 72 / ocr.DPI
        lines, confidence = ocr.read_image_lines(image, number, (image.width * points, image.height * points))
        pages.append(lines)
        confidences.append(confidence)
    if not any(page.lines for page in pages):
        raise UnreadableFile("No text was found in the image; if it shows a letter, scan it again at 300 dpi.")
    laid = lay_out(pages, [page.lines for page in pages], body_size(pages), {})
    return Document(
        laid.text,
        laid.page_starts,
        len(pages),
        TextSource.IMAGE,
        laid.blocks,
        laid.boxes,
        confidence=sum(confidences) / len(confidences),
    )


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(
                "The PDF is locked with a password; ask the sender for an unlocked copy, or save one without password."
            ) from error
        raise UnreadableFile("The PDF is damaged and can't be opened; ask the sender for the file again.") from error


def _read_scan(page: Any, lines: PageLines, limits: ReadingLimits) -> tuple[PageLines, float, bool]:
    from rfc_analyzer.pdf import ocr

    if not (ocr.needs_ocr(page, lines.characters) or _unmapped(lines)):
        return lines, 1.0, False
    image = ocr.render(page, limits.max_image_pixels)
    read, confidence = ocr.read_image_lines(image, lines.number, (lines.width, lines.height))
    return read, confidence, True


def _ruled(page: Any) -> bool:
    from rfc_analyzer.pdf.layout import has_ruled_grid

    return has_ruled_grid(page)


def _relaid(
    data: bytes, pages: list[PageLines], scanned: Sequence[int], troubles: list[int], layout: bool
) -> list[PageLines]:
    """Pages whose text pdfium gave badly, read again by pdfplumber."""
    again = [
        page.number
        for page in pages
        if page.number not in scanned and (layout or page.number in troubles or _garbled(page))
    ]
    if not again:
        return pages
    from rfc_analyzer.pdf.layout import layout_pages

    try:
        better = layout_pages(data, again, columns=layout)
    except Exception:  # pdfminer raises anything on damaged files; what pdfium read stays
        return pages
    for number in list(troubles):
        if better.get(number) and better[number].lines:
            troubles.remove(number)
    return [_better_of(p, better.get(p.number), layout) for p in pages]


def _better_of(first: PageLines, second: PageLines | None, layout: bool) -> PageLines:
    """pdfplumber's reading of a page, unless it is no better than pdfium's."""
    if second is None or not second.lines or _garbled(second):
        return first
    enough = second.characters >= 0.9 * first.characters
    return second if layout or enough else first


def _garbled(page: PageLines) -> bool:
    """Glued words ("Thelackofspaces")."""
    words = [word for line in page.lines for word in line.text.split()]
    glued = sum(len(word) > _LONG_WORD and not re.search(r"[/@._\-]", word) for word in words)
    return len(words) >= 5 and glued / len(words) > _GLUED_SHARE


def _unmapped(page: PageLines) -> bool:
    """Letters that the file gives no meaning to: only their picture can be read."""
    strange = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for line in page.lines for char in line.text)
    return strange > _UNMAPPED_SHARE * max(page.characters, 1)


def _partial(total: int, limits: ReadingLimits, troubles: Sequence[int]) -> str:
    if total > limits.max_pages:
        return f"Only the first {limits.max_pages:,} of {total:,} pages were read; split the file to read the rest."
    if troubles:
        listed = ", ".join(map(str, troubles[:10]))
        return f"Page {listed} can't be read: damaged in the file; ask the sender for the file again."
    return ""


def _document(
    data: bytes,
    pages: Sequence[PageLines],
    scanned: Sequence[int],
    ruled: Sequence[int],
    layout: bool,
    partial: str,
    confidences: Sequence[float],
) -> Document:
    blank = [number for number in scanned if not pages[number - 1].lines]
    if blank and not partial:
        partial = f"No text was found on the scanned page {', '.join(map(str, blank[:10]))}; look at it yourself."
    tables: dict[int, list[str]] = {}
    if ruled:
        from rfc_analyzer.pdf.layout import table_rows

        try:
            tables = table_rows(data, ruled)
        except Exception:  # the linear text of these pages stands without the rows
            tables = {}
    pages = with_relative_weight([without_line_numbers(page) for page in pages])
    laid = lay_out(pages, without_furniture(pages), body_size(pages), tables)
    if not laid.text.strip():
        raise UnreadableFile(
            "The PDF shows no text, not even as an image of text; open it and look whether it is blank."
        )
    source = (
        TextSource.OCR if len(scanned) * 2 > len(pages) else TextSource.PDF_LAYOUT if layout else TextSource.PDF_TEXT
    )
    confidence = sum(confidences) / len(confidences) if confidences else None
    return Document(laid.text, laid.page_starts, len(pages), source, laid.blocks, laid.boxes, partial, confidence)
