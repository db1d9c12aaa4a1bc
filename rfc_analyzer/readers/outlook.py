"""Outlook messages as files (.msg): the message itself, and the files that it carries.

The format is [MS-OXMSG]: an OLE container in which each property is a stream named by its number and type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.html import add_page
from rfc_analyzer.settings import ReadingLimits

PROPERTY = "__substg1.0"
_ATTACHMENT = "__attach_version1.0"
_SENDER, _ADDRESS, _SUBJECT, _BODY, _HTML = "0C1A", "5D01", "0037", "1000", "1013"
_CONTENT, _LONG_NAME, _SHORT_NAME, _CONTENT_ID = "3701", "3707", "3704", "3712"
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|bmp|wmz)$", re.IGNORECASE)
_DAMAGED = "The Outlook message is damaged; save it again, or as PDF, and add that."
_NO_TEXT = "The Outlook message has no plain text of its own; save it as PDF or text, and add that."


class OutlookReader:
    """The sender, the subject and the body of a message. What it carries are files of their own."""

    media_type = "application/vnd.ms-outlook"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        return PROPERTY in members

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        """Raises :class:`UnreadableFile` where the message is damaged or has no text."""
        with _opened(data) as container:
            sender = " ".join(filter(None, (_text(container, (), _SENDER), _bracketed(_text(container, (), _ADDRESS)))))
            subject = _text(container, (), _SUBJECT)
            body, page = _text(container, (), _BODY), _bytes(container, (), _HTML)
        assembler = Assembler()
        assembler.add(f"From: {sender}", PassageKind.BOILERPLATE)
        assembler.add(subject, PassageKind.HEADING)
        if body.strip():
            for paragraph in re.split(r"\n\s*\n", body.replace("\r\n", "\n")):
                assembler.add(paragraph, PassageKind.BODY)
        elif page:
            add_page(page.decode("utf-8", "replace"), assembler)
        else:
            raise UnreadableFile(_NO_TEXT)
        return assembler.document(TextSource.EMAIL)


def files_carried_by_outlook(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each attachment; a message inside the message has no content here and comes as empty bytes.

    Pictures that only decorate the text are left out. Raises :class:`UnreadableFile` where the message is damaged.
    """
    with _opened(data) as container:
        storages = {entry[0] for entry in container.listdir() if len(entry) > 1 and entry[0].startswith(_ATTACHMENT)}
        for storage in sorted(storages):
            place = (storage,)
            name = _text(container, place, _LONG_NAME) or _text(container, place, _SHORT_NAME) or "attachment"
            if _PICTURE.search(name) and _text(container, place, _CONTENT_ID):
                continue
            yield name, _bytes(container, place, _CONTENT)


def _opened(data: bytes) -> Any:
    import olefile

    try:
        return olefile.OleFileIO(BytesIO(data))
    except Exception as error:  # the library raises many kinds on a damaged container
        raise UnreadableFile(_DAMAGED) from error


def _text(container: Any, place: tuple[str, ...], number: str) -> str:
    """A property of type text: UTF-16, or in older messages the writer's 8-bit code page."""
    wide = _stream(container, [*place, f"{PROPERTY}_{number}001F"])
    if wide:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    return _stream(container, [*place, f"{PROPERTY}_{number}001E"]).decode("cp1252", "replace").rstrip("\0")


def _bytes(container: Any, place: tuple[str, ...], number: str) -> bytes:
    return _stream(container, [*place, f"{PROPERTY}_{number}0102"])


def _stream(container: Any, path: list[str]) -> bytes:
    try:
        found: bytes = container.openstream(path).read() if container.exists(path) else b""
    except OSError as error:
        raise UnreadableFile(_DAMAGED) from error
    return found


def _bracketed(address: str) -> str:
    return f"<{address}>" if "@" in address else ""
