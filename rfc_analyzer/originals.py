"""Where the files lie that an analysis was made of. They are not copied: a docket can hold gigabytes of scans.

The analysis folder remembers where its inputs were; a file is the original only if it still has the same content.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import SourceFile
from rfc_analyzer.readers.archive import label_of
from rfc_analyzer.readers.mail import is_mail, unpack_mail
from rfc_analyzer.settings import ReadingLimits

if TYPE_CHECKING:
    from rfc_analyzer.store import Analysis

ORIGINS = "origins.json"
_INPUTS = "inputs"
_CHANGED = "The original file has changed since the analysis; run the analysis again to see it."
_ELSEWHERE = "The original file is no longer where it was when it was analyzed."


@dataclass(frozen=True, slots=True)
class Original:
    """A file on this machine; ``inside`` names the member where it is an archive or a message, else it is empty."""

    path: Path
    inside: str = ""


def remember(folder: Path, inputs: Iterable[Path]) -> None:
    """Note in the analysis ``folder`` where its inputs are; those inside it by their place in it."""
    home = folder.resolve()
    places = [path.resolve() for path in inputs]
    said = [str(p.relative_to(home)) if p.is_relative_to(home) else str(p) for p in places]
    partly = (folder / ORIGINS).with_suffix(".partial")
    partly.write_text(json.dumps({_INPUTS: said}, indent=1), encoding="utf-8")
    partly.replace(folder / ORIGINS)


def original_of(analysis: Analysis, file: SourceFile) -> Original | None:
    """Where ``file`` should be; None where nothing of that name is there any more. Its content is not looked at."""
    same = [i.path for i in analysis.manifest.inputs if file.sha256 and i.sha256 == file.sha256]
    for label in dict.fromkeys((file.name, *same)):
        for root in _roots(analysis.folder):
            found = _below(root, label)
            if found is not None:
                return found
    return None


def read_original(original: Original, digest: str, limits: ReadingLimits) -> bytes:
    """The file's bytes; made to be called in a child process, for archives are not to be trusted.

    Raises :class:`UnreadableFile` where it is gone, or is another file than the one whose SHA-256 is ``digest``.
    """
    try:
        if original.path.stat().st_size > limits.max_bytes:
            raise UnreadableFile("The original file is too large to be shown.")
        candidates = _carried(original, limits) if original.inside else iter((original.path.read_bytes(),))
        found = next((data for data in candidates if sha256(data).hexdigest() == digest), None)
    except OSError as error:
        raise UnreadableFile(_ELSEWHERE) from error
    if found is None:
        raise UnreadableFile(_CHANGED)
    return found


def _roots(folder: Path) -> list[Path]:
    try:
        said = json.loads((folder / ORIGINS).read_text(encoding="utf-8"))[_INPUTS]
        return [folder.resolve() / str(place) for place in said]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _below(root: Path, label: str) -> Original | None:
    """The file that ``label`` names below ``root``, or the one that holds it."""
    parts = PurePosixPath(label).parts
    if root.is_file():
        return Original(root, "/".join(parts[1:])) if parts[:1] == (root.name,) else None
    # where there were several inputs, a folder's own name comes first
    for rest in (parts, parts[1:] if parts[:1] == (root.name,) else ()):
        for length in range(1, len(rest) + 1):
            path = root.joinpath(*rest[:length])
            if path.is_file() and path.resolve().is_relative_to(root.resolve()):
                return Original(path, "/".join(rest[length:]))
    return None


def _carried(original: Original, limits: ReadingLimits) -> Iterator[bytes]:
    """What lies under the name, in an archive or a message, at any depth that is read."""
    data = original.path.read_bytes()
    yield from _members(data, PurePosixPath(original.inside).parts, limits, limits.archive_depth)


def _members(data: bytes, parts: Sequence[str], limits: ReadingLimits, depth: int) -> Iterator[bytes]:
    if not parts:
        yield data
    elif depth > 0:
        for label, content in _contents(data, limits):
            inside = PurePosixPath(label).parts
            if tuple(parts[: len(inside)]) == inside:
                yield from _members(content(), parts[len(inside) :], limits, depth - 1)


def _contents(data: bytes, limits: ReadingLimits) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Names of members, and what reads each."""
    if zipfile.is_zipfile(BytesIO(data)):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for item in archive.infolist():
                if not item.is_dir() and item.file_size <= limits.max_bytes:
                    yield label_of(item.filename), partial(archive.read, item)
        return
    with TemporaryDirectory(prefix="rfc-analyzer-") as scratch:
        message = Path(scratch) / "message"
        message.write_bytes(data)
        if is_mail(message):
            for member in unpack_mail(message, Path(scratch) / "carried", limits.archive_members, limits.max_bytes):
                if member.path is not None:
                    yield member.label, member.path.read_bytes
