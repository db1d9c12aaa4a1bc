"""Zip archives, within limits. Names of members are labels and never paths."""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.settings import ReadingLimits

# members that say: this zip is a document and not an archive
_DOCUMENTS = frozenset(
    ("word/document.xml", "xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml", "content.xml", "mimetype",
     "Index/Document.iwa")
)  # fmt: skip
_SMALL = 10_000_000
_LARGEST_DOCUMENT = 50_000_000
_LOCKED = "The archive is locked with a password; unpack it, and add what was in it."
_DAMAGED = "This file is damaged inside its archive; ask the sender for it again."
_TOO_LARGE = "It unpacks to far more than a comment holds, so it was not opened; unpack the archive by hand to add it."
ENOUGH = "The archive holds more than is unpacked at once, so this was not opened; split the archive."


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive. ``path`` is None where it could not be unpacked; ``problem`` says why."""

    label: str
    path: Path | None
    problem: str = ""


@dataclass(slots=True)
class Budget:
    """What may still be unpacked, over all archives of an input together."""

    members: int
    size: int

    @classmethod
    def of(cls, limits: ReadingLimits) -> Budget:
        return cls(limits.archive_members, limits.archive_bytes)


def is_archive(path: Path) -> bool:
    """Whether a file is a zip of files, and not an Office document. Raises OSError where it can't be opened."""
    with path.open("rb") as file:
        if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not _DOCUMENTS & set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return path.suffix.lower() == ".zip"


def unpack(path: Path, target: Path, limits: ReadingLimits, budget: Budget) -> Iterator[Member]:
    """Write the members into ``target`` under plain numbers, in the order of their names; ``budget`` shrinks.

    Raises :class:`UnreadableFile` where the archive is damaged as a whole.
    """
    target.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(path) as archive:
            listed = [item for item in archive.infolist() if not item.is_dir()]
            for number, item in enumerate(sorted(listed, key=lambda item: item.filename)):
                if budget.members <= 0:
                    yield Member(label_of(item.filename), None, ENOUGH)
                    return
                budget.members -= 1
                yield _member(archive, item, target / str(number), limits, budget)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile("The archive is damaged and can't be opened; download or pack it again.") from error


def refuse_bomb(data: bytes, limits: ReadingLimits) -> None:
    """Raise :class:`UnreadableFile` where a zipped document unpacks to far more than a letter holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        total = sum(item.file_size for item in archive.infolist())
    if total > limits.max_bytes or total > max(limits.archive_ratio * len(data), _LARGEST_DOCUMENT):
        raise UnreadableFile("The file unpacks to far more than a letter holds and was not opened.")


def _member(
    archive: zipfile.ZipFile, item: zipfile.ZipInfo, place: Path, limits: ReadingLimits, budget: Budget
) -> Member:
    label = label_of(item.filename)
    if item.flag_bits & 1:
        return Member(label, None, _LOCKED)
    allowed = max(item.compress_size * limits.archive_ratio, _SMALL)
    if item.file_size > allowed:
        return Member(label, None, _TOO_LARGE)
    allowed = min(allowed, budget.size)
    try:
        with archive.open(item) as source, place.open("wb") as out:
            bounded = _Bounded(source, allowed)
            shutil.copyfileobj(bounded, out)
    except _TooLarge:
        place.unlink()
        return Member(label, None, ENOUGH if allowed == budget.size else _TOO_LARGE)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        place.unlink(missing_ok=True)
        return Member(label, None, _DAMAGED)
    budget.size -= place.stat().st_size
    return Member(label, place)


def label_of(name: str) -> str:
    """A member's name without anything by which it could lead out of its place."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts).translate(dict.fromkeys((*range(32), 127, *range(55296, 57344)), "?")) or "unnamed"


class _TooLarge(Exception):
    """More comes out of an archive than is allowed."""


class _Bounded:
    """A file that refuses to give more than ``allowed`` bytes, whatever the archive says of its size."""

    def __init__(self, source: IO[bytes], allowed: int) -> None:
        self._source, self._left = source, allowed

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self._left -= len(chunk)
        if self._left < 0:
            raise _TooLarge
        return chunk
