"""Pictures of letters: PNG, JPEG, TIFF, GIF, BMP and WebP."""

from __future__ import annotations

from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import ReadingLimits


class ImageReader:
    """One kind of image, known by its first bytes and read by OCR."""

    def __init__(self, media_type: str, *starts: bytes, at_eight: bytes = b"") -> None:
        self.media_type = media_type
        self._starts = starts
        self._at_eight = at_eight

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return head.startswith(self._starts) and head[8 : 8 + len(self._at_eight)] == self._at_eight

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        from rfc_analyzer.pdf import read_image  # the engine itself needs this package's types

        return read_image(data, limits)


IMAGE_READERS = (
    ImageReader("image/png", b"\x89PNG\r\n\x1a\n"),
    ImageReader("image/jpeg", b"\xff\xd8\xff"),
    ImageReader("image/tiff", b"II*\x00", b"MM\x00*"),
    ImageReader("image/gif", b"GIF87a", b"GIF89a"),
    ImageReader("image/bmp", b"BM"),
    ImageReader("image/webp", b"RIFF", at_eight=b"WEBP"),
)
