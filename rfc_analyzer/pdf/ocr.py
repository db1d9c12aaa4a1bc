"""Text of scanned pages and images."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.pdf.lines import Line, PageLines, visible
from rfc_analyzer.pdf.recognisers import Recogniser, recogniser
from rfc_analyzer.settings import OcrEngine, ReadingLimits

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
_POINTS_PER_INCH = 72
_ENOUGH_CONFIDENCE = 60
_FEWEST_CHARACTERS = 60
_INK_SHARE = 0.01
_LEAST_INK = 0.0005
_LINE_CONFIDENCE = 30
_SCREEN_WIDTH = 1_300
_BAR_FOR_I = re.compile(r"(?<!\S)\|(?=[\s,'’]|$)")
_BULLET_READ_AS = re.compile(r"^[e¢©°»]\s+(?=[^\W\d_]{2})")
# in most printed types "AI" and "Al" look alike; a page that speaks of it means the former
_SPEAKS_OF_AI = re.compile(r"\bAI\b|[Aa]rtificial [Ii]ntelligence|ARTIFICIAL INTELLIGENCE")


def needs_ocr(page: Any, characters: int) -> bool:
    """Whether a pdfium page shows more than its text tells: next to no characters, and ink on a coarse rendering.

    A page without any text needs little ink for it: it may be a scan of three lines.
    """
    if characters >= _FEWEST_CHARACTERS:
        return False
    import numpy as np

    gray = np.asarray(page.render(scale=36 / _POINTS_PER_INCH, grayscale=True).to_pil().convert("L"), dtype=np.int16)
    edges = np.abs(np.diff(gray, axis=1)) > 40
    return bool(edges.mean() > (_INK_SHARE if characters else _LEAST_INK))


def render(page: Any, max_pixels: int) -> Image:
    """The page as an image at 300 dpi, or less where that would be too large."""
    width, height = page.get_size()
    scale = DPI / _POINTS_PER_INCH
    scale = min(scale, (max_pixels / max(width * height, 1)) ** 0.5)
    image: Image = page.render(scale=scale, grayscale=True).to_pil()
    return image


def read_image_lines(
    image: Image, number: int, size: tuple[float, float], engine: OcrEngine
) -> tuple[PageLines, float]:
    """Lines of an image that shows a page of ``size`` points, and the confidence (0..1).

    Tries the other three directions where the upright page reads badly. Raises :class:`MissingDependency` where
    ``engine`` is not installed.
    """
    reader = recogniser(engine)
    image = _large_enough(image)
    best, confidence = _recognise(reader, image, number, size)
    if confidence < _ENOUGH_CONFIDENCE:
        for angle in (90, 180, 270):
            turned = (size[1], size[0]) if angle != 180 else size
            lines, sure = _recognise(reader, image.rotate(angle, expand=True), number, turned)
            if sure > confidence and lines.characters >= best.characters // 2:
                best, confidence = lines, sure
    return best, confidence / 100


def _recognise(reader: Recogniser, image: Image, number: int, size: tuple[float, float]) -> tuple[PageLines, float]:
    found, confidence = reader.read(image, DPI)
    across, down = size[0] / image.width, size[1] / image.height
    lines = []
    for item in found:
        text = _mended(visible(item.text))
        # specks and drawings are read as lines of single signs, or with next to no confidence
        if item.confidence >= _LINE_CONFIDENCE and re.search(r"[^\W_]{2}", text):
            place = (item.left * across, item.top * down, item.right * across, item.bottom * down)
            # one size for all: the height of a line's box depends on its letters
            lines.append(Line(text, number, *place, 10.0))
    if _SPEAKS_OF_AI.search(" ".join(line.text for line in lines)):
        lines = [replace(line, text=re.sub(r"\bAl\b", "AI", line.text)) for line in lines]
    return PageLines(number, *size, tuple(lines)), confidence if lines else 0.0


def _mended(text: str) -> str:
    """A line without the recogniser's commonest mistakes: "|" for the word "I", letters and signs for bullets."""
    return _BULLET_READ_AS.sub("• ", _BAR_FOR_I.sub("I", text))


def open_image(data: bytes, limits: ReadingLimits) -> list[Image]:
    """Frames of an image file, upright, in shades of grey.

    Raises :class:`UnreadableFile` where it is no image, damaged, or larger than ``limits`` allow.
    """
    import io

    from PIL import Image as Pillow
    from PIL import ImageOps, ImageSequence

    frames: list[Image] = []
    try:
        with Pillow.open(io.BytesIO(data)) as image:
            for frame in ImageSequence.Iterator(image):
                if frame.width * frame.height > limits.max_image_pixels:
                    raise UnreadableFile(
                        f"The image has {frame.width} × {frame.height} dots, more than this program reads; "
                        "save it smaller (300 dpi is enough)."
                    )
                if len(frames) == limits.max_pages:
                    break
                frames.append(_on_white(ImageOps.exif_transpose(frame)))
    except UnreadableFile:
        raise
    except Pillow.DecompressionBombError as error:  # it refuses to open what our own limit would refuse
        raise UnreadableFile(
            "The image has far more dots than this program reads; save it smaller (300 dpi is enough)."
        ) from error
    except Exception as error:  # Pillow's readers raise whatever a damaged file makes them stumble over
        raise UnreadableFile("The image is damaged or of an unknown kind; save it again as PNG or JPEG.") from error
    return frames


def _on_white(image: Image) -> Image:
    """Grey on white paper: where an image is transparent, black letters would stand on black."""
    from PIL import Image as Pillow

    if "A" in image.getbands() or "transparency" in image.info:
        pasted = Pillow.new("RGBA", image.size, "white")
        pasted.alpha_composite(image.convert("RGBA"))
        image = pasted
    return image.convert("L")


def _large_enough(image: Image) -> Image:
    """Screenshots have letters of ten dots; the recogniser wants twice as many."""
    if image.width >= _SCREEN_WIDTH:
        return image
    return image.resize((image.width * 2, image.height * 2))
