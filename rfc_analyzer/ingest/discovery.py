"""Finding the files under the inputs, those inside archives and messages among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath

from rfc_analyzer.errors import BadInput, UnreadableFile
from rfc_analyzer.model import InputFile
from rfc_analyzer.readers.archive import Budget, Member, is_archive, unpack
from rfc_analyzer.readers.mail import is_mail, unpack_mail
from rfc_analyzer.sandbox import Sandbox
from rfc_analyzer.settings import ReadingLimits

_HIDDEN = (".", "~$", "__MACOSX", "Thumbs.db", "desktop.ini")
_LINK = "It is a link to another place and was not followed; add the file itself."
_SYSTEM = "It is a file that the system or a program made, not a comment."


@dataclass(frozen=True, slots=True)
class Found:
    """A file under the inputs.

    ``label`` is its name for people: the path below its input, archives included. ``message`` says why it is not
    read as a comment; ``path`` is None where there are no bytes to read. ``given`` marks a file that was named as an
    input itself, ``archive`` one that was opened. ``mail`` is the label of the outermost message that carried it.
    """

    label: str
    path: Path | None
    sha256: str
    size: int
    message: str = ""
    given: bool = False
    archive: bool = False
    mail: str = ""


@dataclass(slots=True)
class Discovery:
    """Everything under the inputs. ``inputs`` are the real files; ``files`` has archive members too."""

    files: list[Found] = field(default_factory=list)
    inputs: list[InputFile] = field(default_factory=list)


def discover(inputs: Sequence[Path], scratch: Path, limits: ReadingLimits, sandbox: Sandbox) -> Discovery:
    """List all files under ``inputs``, sorted; zips and messages are unpacked below ``scratch``, within limits.

    A file that is reached twice is listed once. Raises :class:`BadInput` where an input does not exist.
    """
    result = Discovery()
    unpacking = _Unpacking(scratch, limits, sandbox, Budget.of(limits), set())
    seen: set[Path] = set()
    for source in inputs:
        if not source.exists():
            raise BadInput(f"{source} does not exist; check the path")
        prefix = f"{source.resolve().name}/" if len(inputs) > 1 and source.is_dir() else ""
        for path in _walk(source):
            linked = path.is_symlink() and not source.is_file()
            if not linked and path.resolve() in seen:
                continue
            if not linked:
                seen.add(path.resolve())
            label = prefix + (path.relative_to(source).as_posix() if source.is_dir() else path.name)
            found = _found(path, _unused(label, unpacking.labels), given=source.is_file())
            result.inputs.append(InputFile(found.label, found.sha256, found.size))
            result.files.extend(unpacking.with_members(found, depth=0))
    return result


def hashed(path: Path) -> tuple[str, int]:
    """SHA-256 of a file in hexadecimal, and its size in bytes. Raises OSError."""
    total, size = sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            total.update(chunk)
            size += len(chunk)
    return total.hexdigest(), size


def _walk(source: Path) -> Iterator[Path]:
    if source.is_file():
        yield source
        return
    for path in sorted(source.rglob("*")):
        if path.is_symlink() or path.is_file():
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


def _unused(label: str, labels: set[str]) -> str:
    """``label``, numbered where two inputs have files of one name."""
    # no table can store half a character
    label = label.encode("utf-8", "replace").decode("utf-8")
    suffix = PurePosixPath(label).suffix
    number, free = 1, label
    while free in labels:
        number += 1
        free = f"{label.removesuffix(suffix)} ({number}){suffix}"
    labels.add(free)
    return free


@dataclass(slots=True)
class _Unpacking:
    """Opens what holds files: ``labels`` are the names given so far, ``budget`` is what may still be unpacked."""

    scratch: Path
    limits: ReadingLimits
    sandbox: Sandbox
    budget: Budget
    labels: set[str]

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
        return self.scratch / str(len(self.labels))

    def _member(self, member: Member, holder: Found) -> Found:
        label = _unused(f"{holder.label}/{member.label}", self.labels)
        if member.path is None:
            return Found(label, None, "", 0, member.problem, mail=holder.mail)
        return replace(_found(member.path, label), mail=holder.mail)
