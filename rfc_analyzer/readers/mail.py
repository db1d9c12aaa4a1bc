"""What a message carries, whichever program saved it. Names of attachments are labels and never paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rfc_analyzer.readers.archive import ENOUGH, Member, label_of
from rfc_analyzer.readers.email import EmailReader, files_carried_by_email
from rfc_analyzer.readers.outlook import OutlookReader, files_carried_by_outlook
from rfc_analyzer.readers.sniffing import OLE, parts_of

_HEAD_BYTES = 4096
_MESSAGE = "It is a message inside a message, which was not opened; save it as a file of its own, and add that."


def is_mail(path: Path) -> bool:
    """Whether a file is an e-mail or an Outlook message. Raises OSError where it can't be opened."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
        if head.startswith(OLE):
            return OutlookReader().accepts(head, path.name, parts_of(head + file.read()))
    return EmailReader().accepts(head, path.name, frozenset())


def unpack_mail(path: Path, target: Path, most_files: int, most_bytes: int) -> list[Member]:
    """Write what a message carries into ``target`` under plain numbers; made to be called in a child process.

    Raises :class:`UnreadableFile` where the message is damaged.
    """
    target.mkdir(parents=True, exist_ok=True)
    members: list[Member] = []
    size = 0
    for number, (name, content) in enumerate(_carried(path.read_bytes())):
        label = label_of(name)
        size += len(content)
        if number >= most_files or size > most_bytes:
            return [*members, Member(label, None, ENOUGH)]
        if not content:
            members.append(Member(label, None, _MESSAGE))
            continue
        place = target / str(number)
        place.write_bytes(content)
        members.append(Member(label, place))
    return members


def _carried(data: bytes) -> Iterator[tuple[str, bytes]]:
    return files_carried_by_outlook(data) if data.startswith(OLE) else files_carried_by_email(data)
