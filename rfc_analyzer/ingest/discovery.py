"""Finding the files under the inputs, those inside archives among them."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import InputFile
from rfc_analyzer.settings import ReadingLimits

_HIDDEN = (".", "~$", "__MACOSX", "Thumbs.db")
_OFFICE = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml", "Index/Document.iwa")


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk. ``label`` is its name for people: the path below its input, archives included."""

    label: str
    path: Path
    sha256: str
    size: int
    message: str = ""


@dataclass(slots=True)
class Discovery:
    """Everything under the inputs. ``inputs`` are the real files; ``files`` has archive members too."""

    files: list[Found] = field(default_factory=list)
    inputs: list[InputFile] = field(default_factory=list)


def discover(inputs: Sequence[Path], scratch: Path, limits: ReadingLimits) -> Discovery:
    """List all files under ``inputs``, sorted; zips are unpacked below ``scratch``, within limits.

    Raises :class:`BadInput` where an input does not exist.
    """
    result = Discovery()
    for number, source in enumerate(inputs):
        if not source.exists():
            raise BadInput(f"{source} does not exist; check the path")
        prefix = f"{source.name}/" if len(inputs) > 1 and source.is_dir() else ""
        for path in _walk(source):
            label = prefix + (path.relative_to(source).as_posix() if source.is_dir() else path.name)
            found = Found(label, path, *_hash(path))
            result.inputs.append(InputFile(label, found.sha256, found.size))
            result.files.extend(_with_members(found, scratch / str(number), limits, depth=0))
    return result


def _walk(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
        return
    for path in sorted(source.rglob("*")):
        parts = path.relative_to(source).parts
        # a link could lead out of the folder
        if path.is_file() and not path.is_symlink() and not any(part.startswith(_HIDDEN) for part in parts):
            yield path


def _hash(path: Path) -> tuple[str, int]:
    total, size = sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            total.update(chunk)
            size += len(chunk)
    return total.hexdigest(), size


def _with_members(found: Found, scratch: Path, limits: ReadingLimits, depth: int) -> Iterator[Found]:
    if not _is_archive(found.path):
        yield found
        return
    if depth >= limits.archive_depth:
        yield _noted(found, f"Archives inside archives are opened {limits.archive_depth} deep; unpack this one.")
        return
    members, problem = _unpacked(found, scratch / found.sha256[:16], limits)
    yield _noted(found, problem or f"Opened: {len(members)} files inside.")
    for member in members:
        yield from _with_members(member, scratch, limits, depth + 1)


def _noted(found: Found, message: str) -> Found:
    return Found(found.label, found.path, found.sha256, found.size, message)


def _is_archive(path: Path) -> bool:
    with path.open("rb") as file:
        if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not set(_OFFICE) & set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _unpacked(found: Found, target: Path, limits: ReadingLimits) -> tuple[list[Found], str]:
    """Members written under plain numbers: their own names are labels and never paths."""
    members: list[Found] = []
    written = 0
    target.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(found.path) as archive:
        listed = [i for i in archive.infolist() if not i.is_dir() and not i.filename.startswith(_HIDDEN)]
        for number, item in enumerate(sorted(listed, key=lambda i: i.filename)):
            if number >= limits.archive_members:
                return members, f"Only the first {limits.archive_members:,} files were opened; split the archive."
            allowed = min(limits.archive_bytes - written, max(item.compress_size * limits.archive_ratio, 10_000_000))
            place = target / str(number)
            try:
                with archive.open(item) as source, place.open("wb") as out:
                    shutil.copyfileobj(_Bounded(source, allowed), out)
            except _TooLarge:
                place.unlink()
                return members, "The archive unpacks to far more than it should; what is left was not opened."
            except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
                place.unlink(missing_ok=True)
                return members, f"Opened in part: '{_label(item.filename)}' is damaged or locked; unpack it by hand."
            digest, size = _hash(place)
            written += size
            members.append(Found(f"{found.label}/{_label(item.filename)}", place, digest, size))
    return members, ""


def _label(name: str) -> str:
    return "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))


class _TooLarge(Exception):
    """More comes out of an archive than is allowed."""


class _Bounded:
    """A file that refuses to give more than ``allowed`` bytes, whatever the archive says of its size."""

    def __init__(self, source: object, allowed: int) -> None:
        self._source, self._left = source, allowed

    def read(self, size: int = -1) -> bytes:
        chunk: bytes = self._source.read(size)  # type: ignore[attr-defined]
        self._left -= len(chunk)
        if self._left < 0:
            raise _TooLarge
        return chunk
