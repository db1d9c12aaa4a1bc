"""What a file is by its content, and what to do about those that this version does not read."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from rfc_analyzer.errors import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# the parts of old Office files by which they are told apart
_OLE_PARTS = ("EncryptedPackage", "WordDocument", "PowerPoint Document", "Workbook", "Book", "__substg1.0")
_ADVICE_BY_PART = {
    "EncryptedPackage": "It is locked with a password; ask the sender for a copy without one.",
    "WordDocument": "It is an old Word file (.doc), which can't be read; save it as .docx or PDF, and add that.",
    "PowerPoint Document": "It is an old PowerPoint file (.ppt); save it as PDF, and add that.",
    "ppt/presentation.xml": "It is a PowerPoint file (.pptx); save it as PDF, and add that.",
    "Index/Document.iwa": "It is an Apple Pages or Numbers file; export it as PDF or Word, and add that.",
    "META-INF/container.xml": "It is an e-book; save it as PDF, and add that.",
}
_ADVICE_BY_START = {
    OLE: "It is an old Office file; save it as .docx, .xlsx or PDF, and add that.",
    b"\xffWPC": "It is a WordPerfect file; save it as .docx or PDF, and add that.",
    b"%!PS": "It is a PostScript file; save it as PDF, and add that.",
    b"7z\xbc\xaf": "It is a 7z archive; unpack it, or pack it as .zip.",
    b"Rar!": "It is a RAR archive; unpack it, or pack it as .zip.",
    b"\x1f\x8b": "It is a gzip archive; unpack it, or pack it as .zip.",
    b"MZ": "It is a Windows program and was not opened; ask the sender for the comment as PDF or text.",
    b"\x7fELF": "It is a program and was not opened; ask the sender for the comment as PDF or text.",
    b"ID3": "It is a sound recording; add a transcript as text.",
    b"OggS": "It is a sound recording; add a transcript as text.",
    b"PAR1": "It is a data file (Parquet); save what it holds as CSV, and add that.",
    b"SQLite format 3": "It is a database; export the comments as CSV, and add that.",
}
_RECORDING = "It is a video or sound recording; add a transcript as text."
_PHOTO = "It is an HEIC photo; save it as JPEG or PNG, and add that."


def parts_of(data: bytes) -> frozenset[str]:
    """Names of the parts inside: a zip's members, or the known parts of an old Office file; else none.

    Raises :class:`UnreadableFile` where a zip is damaged.
    """
    if data.startswith(OLE):
        return frozenset(part for part in _OLE_PARTS if part.encode("utf-16-le") in data)
    if not data.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile("The file is damaged: its end is missing; ask the sender for it again.") from error


def refuse_unknown(data: bytes, name: str, parts: frozenset[str]) -> None:
    """Raise :class:`UnreadableFile` with what to do for formats that are known and not read."""
    advice = next((text for part, text in _ADVICE_BY_PART.items() if part in parts), None)
    read_here = {"Workbook", "Book", "__substg1.0"} & parts
    if advice is None and not read_here:
        advice = next((text for start, text in _ADVICE_BY_START.items() if data.startswith(start)), None)
    if advice is None and data[4:8] == b"ftyp":
        advice = _PHOTO if data[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"avif") else _RECORDING
    if advice is None and data.startswith(b"RIFF") and data[8:12] in (b"WAVE", b"AVI "):
        advice = _RECORDING
    if advice is not None:
        raise UnreadableFile(advice)


_CLAIMS = {
    ".pdf": ("a PDF", "application/pdf"),
    ".docx": ("a Word file", "wordprocessingml"),
    ".xlsx": ("an Excel file", "spreadsheetml"),
    ".png": ("an image", "image/"),
    ".jpg": ("an image", "image/"),
    ".jpeg": ("an image", "image/"),
    ".tif": ("an image", "image/"),
    ".tiff": ("an image", "image/"),
    ".doc": ("a Word file", "msword"),
}
_NAMES = (
    ("application/pdf", "a PDF"),
    ("wordprocessingml", "a Word file"),
    ("spreadsheetml", "an Excel file"),
    ("ms-excel", "an Excel file"),
    ("image/", "an image"),
    ("text/html", "a web page"),
    ("rfc822", "an e-mail"),
    ("ms-outlook", "an e-mail"),
    ("rtf", "a Rich Text file"),
    ("opendocument", "an OpenDocument file"),
    ("text/", "plain text"),
)


def name_against_content(name: str, media_type: str) -> str:
    """A sentence where a file's name claims another format than its content has; else empty."""
    claim, kind = _CLAIMS.get(PurePosixPath(name).suffix.lower(), ("", ""))
    if not claim or kind in media_type:
        return ""
    truth = next(word for part, word in _NAMES if part in media_type)
    return f"Its name says {claim}, but it is {truth}, and was read as that."
