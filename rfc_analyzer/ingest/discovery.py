"""Finding the files under the inputs, those inside archives and messages among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from rfc_analyzer.errors import BadInput, UnreadableFile
from rfc_analyzer.ingest.catalogue import Catalogue, Use
from rfc_analyzer.ingest.found import Found
from rfc_analyzer.model import InputFile
from rfc_analyzer.readers.archive import Budget, Member, is_archive, unpack
from rfc_analyzer.readers.mail import is_mail, unpack_mail
from rfc_analyzer.sandbox import Sandbox
from rfc_analyzer.settings import ReadingLimits

_HIDDEN = (".", "~$", "__MACOSX", "Thumbs.db", "desktop.ini")
_LINK = "It is a link to another place and was not followed; add the file itself."
_SYSTEM = "It is a file that the system or a program made, not a comment."


def discover(
    inputs: Sequence[Path], scratch: Path, limits: ReadingLimits, sandbox: Sandbox, catalogue: Catalogue
) -> Iterator[InputFile]:
    """Put all files under ``inputs`` into the catalogue, in a fixed order; yields those that are really there.

    Zips and messages are unpacked below ``scratch``, within limits. A file that is reached twice is listed once. Raises
    :class:`BadInput` where an input does not exist.
    """
    unpacking = _Unpacking(scratch, limits, sandbox, Budget.of(limits), catalogue.unused)
    for source in inputs:
        if not source.exists():
            raise BadInput(f"{source} does not exist; check the path")
        prefix = f"{source.resolve().name}/" if len(inputs) > 1 and source.is_dir() else ""
        for path in _walk(source):
            linked = path.is_symlink() and not source.is_file()
            if not linked and len(inputs) > 1 and not catalogue.first_sight(path.resolve()):
                continue
            label = prefix + (path.relative_to(source).as_posix() if source.is_dir() else path.name)
            found = _found(path, catalogue.unused(label), given=source.is_file())
            yield InputFile(found.label, found.sha256, found.size)
            for one in unpacking.with_members(found, depth=0):
                catalogue.add_file(one, Use.APART if one.message or one.path is None else Use.COMMENT)


def hashed(path: Path) -> tuple[str, int]:
    """SHA-256 of a file in hexadecimal, and its size in bytes. Raises OSError."""
    total, size = sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            total.update(chunk)
            size += len(chunk)
    return total.hexdigest(), size


def _walk(source: Path) -> Iterator[Path]:
    """Files and links below ``source`` in the order of their names, folder by folder."""
    if source.is_file():
        yield source
        return
    try:
        inside = sorted(source.iterdir())
    except OSError:  # a folder that may not be opened is listed as a file that can't be
        yield source
        return
    for path in inside:
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.is_symlink() or path.is_file():
            yield path


def _found(path: Path, label: str, given: bool = False) -> Found:
    if path.is_symlink() and not given:
        return Found(label, None, "", 0, _LINK)
    try:
        found = Found(label, path, *hashed(path), given=given)
    except OSError as error:
        why = error.strerror or type(error).__name__
        return Found(label, None, "", 0, f"The file can't be opened ({why}); check its permissions.")
    return replace(found, message=_SYSTEM) if _is_hidden(label) else found


def _is_hidden(label: str) -> bool:
    return any(part.startswith(_HIDDEN) for part in label.split("/"))


@dataclass(slots=True)
class _Unpacking:
    """Opens what holds files: ``budget`` is what may still be unpacked, ``unused`` makes a label one of a kind."""

    scratch: Path
    limits: ReadingLimits
    sandbox: Sandbox
    budget: Budget
    unused: Callable[[str], str]
    places: int = 0

    def with_members(self, found: Found, depth: int) -> Iterator[Found]:
        """The file, and after it what it holds."""
        if found.message or found.path is None:
            yield found
        elif is_archive(found.path):
            yield from self._archive(found, depth)
        elif is_mail(found.path):
            yield from self._mail(found, depth)
        else:
            yield found

    def _archive(self, found: Found, depth: int) -> Iterator[Found]:
        assert found.path is not None
        if depth >= self.limits.archive_depth:
            advice = f"Archives inside archives are opened {self.limits.archive_depth} deep; unpack this one by hand."
            yield replace(found, message=advice)
            return
        members: list[Found] = []
        try:
            for member in unpack(found.path, self._place(), self.limits, self.budget):
                members.append(self._member(member, found))
        except UnreadableFile as error:
            yield replace(found, message=str(error))
        else:
            count = f"{len(members)} file{'s' if len(members) != 1 else ''} inside"
            advice = f"Archive opened: {count}." if members else "The archive is empty; pack it again."
            yield replace(found, message=advice, archive=bool(members))
        for one in members:
            yield from self.with_members(one, depth + 1)

    def _mail(self, found: Found, depth: int) -> Iterator[Found]:
        yield found
        # a message that can't be opened says so where it is read
        if depth >= self.limits.archive_depth or found.path is None:
            return
        call = ((found.path, self._place(), self.budget.members, self.budget.size), found.size)
        ((_, members),) = self.sandbox.map(unpack_mail, [call])
        for member in () if isinstance(members, UnreadableFile) else members:
            carried = replace(self._member(member, found), mail=found.mail or found.label)
            self.budget.members -= 1
            self.budget.size -= carried.size
            yield from self.with_members(carried, depth + 1)

    def _place(self) -> Path:
        # named by a running number: contents may come twice
        self.places += 1
        return self.scratch / str(self.places)

    def _member(self, member: Member, holder: Found) -> Found:
        label = self.unused(f"{holder.label}/{member.label}")
        if member.path is None:
            return Found(label, None, "", 0, member.problem, mail=holder.mail)
        return replace(_found(member.path, label), mail=holder.mail)
