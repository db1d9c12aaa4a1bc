"""PDF files."""

from __future__ import annotations

from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import ReadingLimits


class PdfReader:
    """PDF files; see :mod:`rfc_analyzer.pdf`."""

    media_type = "application/pdf"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        # some senders' mail programs put a line of their own before the file
        return b"%PDF-" in head[:1024]

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        from rfc_analyzer.pdf import read_pdf  # the engine itself needs this package's types

        return read_pdf(data, limits)
