"""Pictures of letters: PNG, JPEG and TIFF."""

from __future__ import annotations

from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import ReadingLimits

_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")


class ImageReader:
    """Images, read by OCR."""

    media_type = "image/*"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return head.startswith(_STARTS)

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        from rfc_analyzer.pdf import read_image  # the engine itself needs this package's types

        return read_image(data, limits)
