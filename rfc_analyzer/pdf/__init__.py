"""PDF files and images of pages to documents: pdfium first, pdfplumber and OCR for the pages that need them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
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
_LOST_LETTERS = re.compile(r"^[A-Za-z]{2,}-(?:on|ons|onal|onally|ng|ve|cal|cular|ally|ficial|es)[.,;:?!”)]*$")
_LOST_SHARE = 0.01
_UNSURE = 0.5
_LISTED = 10


@dataclass(slots=True)
class _Reading:
    """What has been read of a PDF so far; lists hold page numbers from 1."""

    total: int
    pages: list[PageLines] = field(default_factory=list)
    confidence: dict[int, float] = field(default_factory=dict)
    ruled: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    relaid: list[int] = field(default_factory=list)
    rows: dict[int, list[str]] = field(default_factory=dict)


def read_pdf(data: bytes, limits: ReadingLimits, layout: bool = False) -> Document:
    """Text of a PDF, page furniture left out, with a block for each paragraph and a box for each line.

    ``layout`` reads every page column by column with pdfplumber (for the agency's notice). Raises
    :class:`UnreadableFile`, with a sentence that says what to do, where nothing can be read.
    """
    pdf = _open(data)
    try:
        if len(pdf) == 0:
            raise UnreadableFile("The PDF has no pages; ask the sender for the file again.")
        reading = _Reading(len(pdf))
        for number in range(1, min(len(pdf), limits.max_pages) + 1):
            _read_page(pdf, number, reading, limits)
    finally:
        pdf.close()
    _read_layout(data, reading, layout)
    pages = with_relative_weight([without_line_numbers(page) for page in reading.pages])
    laid = lay_out(pages, without_furniture(pages), body_size(pages), reading.rows)
    if not laid.text.strip():
        raise UnreadableFile(_nothing(reading))
    return Document(
        laid.text,
        laid.page_starts,
        len(pages),
        _source(reading, layout),
        laid.blocks,
        laid.boxes,
        _partial(reading),
        _mean(list(reading.confidence.values())),
    )


def read_image(data: bytes, limits: ReadingLimits) -> Document:
    """Text of an image (PNG, JPEG, TIFF) by OCR. Raises :class:`UnreadableFile` where there is none."""
    from rfc_analyzer.pdf import ocr

    images = ocr.open_image(data, limits)
    reading = _Reading(len(images))
    for number, image in enumerate(images, start=1):
        points = 72 / ocr.DPI
        lines, reading.confidence[number] = ocr.read_image_lines(
            image, number, (image.width * points, image.height * points), limits.ocr
        )
        reading.pages.append(lines)
    laid = lay_out(reading.pages, [page.lines for page in reading.pages], body_size(reading.pages), {})
    if not laid.text.strip():
        raise UnreadableFile("No text was found in the image; if it shows a letter, scan it again at 300 dpi.")
    return Document(
        laid.text,
        laid.page_starts,
        len(images),
        TextSource.IMAGE,
        laid.blocks,
        laid.boxes,
        _partial(reading),
        _mean(list(reading.confidence.values())),
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


def _read_page(pdf: Any, number: int, reading: _Reading, limits: ReadingLimits) -> None:
    import pypdfium2

    from rfc_analyzer.pdf.layout import has_ruled_grid

    try:
        page = _with_filled_in_text(pdf, number)
        lines = _recognised(page, read_lines(page, number), reading, limits)
        if number not in reading.confidence and has_ruled_grid(page):
            reading.ruled.append(number)
        page.close()
    except pypdfium2.PdfiumError:
        lines = PageLines(number, 612.0, 792.0, ())
        reading.damaged.append(number)
    reading.pages.append(lines)


def _with_filled_in_text(pdf: Any, number: int) -> Any:
    """A page with the text that was typed into its form fields or put on it as notes made part of it."""
    import pypdfium2.raw as pdfium

    page = pdf[number - 1]
    if _is_written_on(page.raw) and pdfium.FPDFPage_Flatten(page.raw, 0) == pdfium.FLATTEN_SUCCESS:
        page.close()
        page = pdf[number - 1]
    return page


def _is_written_on(page: Any) -> bool:
    """Whether a page has fields or notes; links, which most have, show nothing of their own."""
    import pypdfium2.raw as pdfium

    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind not in (pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP):
            return True
    return False


def _recognised(page: Any, lines: PageLines, reading: _Reading, limits: ReadingLimits) -> PageLines:
    """The page's lines, by OCR where its own text says next to nothing or only meaningless letters."""
    from rfc_analyzer.pdf import ocr

    unmapped = _unmapped(lines)
    if not (unmapped or ocr.needs_ocr(page, lines.characters)):
        return lines
    image = ocr.render(page, limits.max_image_pixels)
    read, confidence = ocr.read_image_lines(image, lines.number, (lines.width, lines.height), limits.ocr)
    if read.characters <= lines.characters and not unmapped:
        if not lines.lines:
            reading.confidence[lines.number] = 0.0
        return lines  # a picture beside a short text
    reading.confidence[lines.number] = confidence
    return read


def _read_layout(data: bytes, reading: _Reading, layout: bool) -> None:
    """Read pages again with pdfplumber where pdfium read badly, and rows of tables where there are rules."""
    nothing = not any(page.lines for page in reading.pages)  # pdfium is lost in some damaged files
    again = [
        page.number
        for page in reading.pages
        if page.number not in reading.confidence
        and (layout or nothing or page.number in reading.damaged or _garbled(page))
    ]
    ruled = [] if layout else reading.ruled
    if not (again or ruled):
        return
    from rfc_analyzer.pdf.layout import layout_pages, table_rows

    try:
        better = layout_pages(data, again, columns=layout)
        reading.rows = table_rows(data, ruled)
    except Exception:  # pdfminer raises anything on damaged files; what pdfium read stays
        return
    for index, page in enumerate(reading.pages):
        chosen = _better_of(page, better.get(page.number), layout)
        if chosen is not page:
            reading.pages[index] = chosen
            reading.relaid.append(page.number)
            reading.damaged = [number for number in reading.damaged if number != page.number]


def _better_of(first: PageLines, second: PageLines | None, layout: bool) -> PageLines:
    """pdfplumber's reading of a page, unless it is no better than pdfium's."""
    if second is None or not second.lines or _garbled(second):
        return first
    return replace(second, number=first.number) if layout or second.characters >= 0.9 * first.characters else first


def _garbled(page: PageLines) -> bool:
    """Glued words ("Thelackofspaces")."""
    words = [word for line in page.lines for word in line.text.split()]
    glued = sum(len(word) > _LONG_WORD and not re.search(r"[/@._\-–—]", word) for word in words)
    return len(words) >= 5 and glued / len(words) > _GLUED_SHARE


def _unmapped(page: PageLines) -> bool:
    """Letters to which the file gives no meaning, or a false one: only their picture can be read.

    Some exporters call the joined letters "ti" a hyphen: "founda-on", "ques-ons".
    """
    strange = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for line in page.lines for char in line.text)
    words = [word for line in page.lines for word in line.text.split()]
    lost = sum(bool(_LOST_LETTERS.match(word)) for word in words)
    return strange > _UNMAPPED_SHARE * max(page.characters, 1) or lost > max(2.0, _LOST_SHARE * len(words))


def _source(reading: _Reading, layout: bool) -> TextSource:
    if len(reading.confidence) * 2 > len(reading.pages):
        return TextSource.OCR
    return TextSource.PDF_LAYOUT if layout or len(reading.relaid) * 2 > len(reading.pages) else TextSource.PDF_TEXT


def _partial(reading: _Reading) -> str:
    """Why only a part was read, and what to do about each part that was not."""
    reasons = []
    read = len(reading.pages)
    if reading.total > read:
        reasons.append(
            f"Only the first {read:,} of {reading.total:,} pages were read; split the file to read the rest."
        )
    if reading.damaged:
        reasons.append(f"{_pages(reading.damaged)} damaged in the file; ask the sender for the file again.")
    lines = {page.number: page.lines for page in reading.pages}
    blank = [number for number in reading.confidence if not lines[number]]
    unsure = [number for number, sure in reading.confidence.items() if lines[number] and sure < _UNSURE]
    if blank:
        reasons.append(f"{_pages(blank)} a picture in which no text was found; look at it yourself.")
    if unsure:
        reasons.append(f"{_pages(unsure)} scanned so poorly that the text is unsure; compare it with the file.")
    return " ".join(reasons)


def _pages(numbers: Sequence[int]) -> str:
    """ "Page 3 is" or "Pages 3, 5 and 7 are"."""
    shown = [str(number) for number in numbers[:_LISTED]]
    if len(shown) == 1:
        return f"Page {shown[0]} is"
    if len(numbers) > _LISTED:
        return f"Pages {', '.join(shown)} and {len(numbers) - _LISTED} more are"
    return f"Pages {', '.join(shown[:-1])} and {shown[-1]} are"


def _nothing(reading: _Reading) -> str:
    if len(reading.damaged) == len(reading.pages):
        return "The PDF is damaged and none of its pages can be read; ask the sender for the file again."
    if reading.confidence:
        return "The PDF shows pictures in which no text was found; if they are letters, scan them again at 300 dpi."
    return "The PDF shows no text, not even as an image of text; open it and look whether it is blank."


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
