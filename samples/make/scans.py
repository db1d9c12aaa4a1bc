"""Pictures of letters: a flatbed scan with noise and skew, and a photograph of a page."""

from __future__ import annotations

import io
import time

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

_DATE = time.struct_time((2026, 5, 15, 0, 0, 0, 4, 135, 0))


def _pages(pdf: bytes, dpi: int) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def scan(pdf: bytes, title: str) -> bytes:
    """An image-only PDF: each page one degree askew, grey and a little noisy."""
    rng = np.random.default_rng(7)
    sheets = []
    for picture in _pages(pdf, 150):
        turned = picture.rotate(1.0, resample=Image.Resampling.BICUBIC, fillcolor=250)
        pixels = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32)
        noisy = pixels * 0.94 + rng.normal(0, 5, pixels.shape)
        sheets.append(Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)))
    out = io.BytesIO()
    sheets[0].save(out, "PDF", resolution=150, save_all=True, append_images=sheets[1:], quality=45, title=title,
                   creationDate=_DATE, modDate=_DATE)  # fmt: skip
    return out.getvalue()


def photograph(pdf: bytes) -> bytes:
    """A PNG of the first page as a telephone takes it: in perspective, with a shadow, in few greys."""
    picture = _pages(pdf, 140)[0]
    picture = picture.crop((60, 60, picture.width - 60, int(picture.height * 0.5)))
    width, height = picture.size
    corners = (-18, -12, 10, height + 20, width + 24, height + 6, width + 4, -22)
    bent = picture.transform((width, height), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=205)
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    shade = 0.97 - 0.16 * across * down
    pixels = np.asarray(bent.filter(ImageFilter.GaussianBlur(0.4)), dtype=np.float32) * shade
    pixels += np.random.default_rng(9).normal(0, 2.5, pixels.shape)  # hides the steps between greys
    out = io.BytesIO()
    levels = (np.clip(pixels, 0, 250) / 10).round().astype(np.uint8) * 10
    Image.fromarray(levels).save(out, "PNG", optimize=True)
    return out.getvalue()
