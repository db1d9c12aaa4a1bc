"""E-mail messages as files (.eml): the message itself, and the files that it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from mimetypes import guess_extension

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.html import add_page
from rfc_analyzer.settings import ReadingLimits

_HEADERS = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]+:[ \t].*\r?\n(?:[ \t]+\S.*\r?\n)*){3,}", re.MULTILINE)
_OF_MAIL = re.compile(rb"^(?:mime-version|message-id|received|return-path):", re.IGNORECASE | re.MULTILINE)
_NO_TEXT = "The e-mail has no text of its own; what it carries is read as files of their own."


class EmailReader:
    """The sender, the subject and the body of a message. What it carries are files of their own."""

    media_type = "message/rfc822"

    def accepts(self, head: bytes, name: str, members: frozenset[str]) -> bool:
        headers = _HEADERS.match(head)
        return headers is not None and (name.lower().endswith(".eml") or bool(_OF_MAIL.search(headers[0])))

    def read(self, data: bytes, limits: ReadingLimits) -> Document:
        try:
            return _document(message_from_bytes(data, policy=policy.default))
        except (UnreadableFile, MemoryError):
            raise
        except Exception as error:  # the parser of headers fails in many ways on a damaged one
            raise UnreadableFile("The e-mail is damaged; save it again, or as PDF, and add that.") from error


def _document(message: EmailMessage) -> Document:
    assembler = Assembler()
    assembler.add(f"From: {_header(message, 'From')}", PassageKind.BOILERPLATE)
    assembler.add(_header(message, "Subject"), PassageKind.HEADING)
    body = message.get_body(("plain", "html"))
    if body is None:
        raise UnreadableFile(_NO_TEXT)
    text = _content(body)
    if body.get_content_type() == "text/html":
        add_page(text, assembler)
    else:
        for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
            assembler.add(paragraph, PassageKind.BODY)
    return assembler.document(TextSource.EMAIL)


def files_carried_by_email(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each attachment of a message; pictures that only decorate its text are left out."""
    message = message_from_bytes(data, policy=policy.default)
    for part in message.iter_attachments() if message.is_multipart() else ():
        if _decorates(part):
            continue
        if part.get_content_type() == "message/rfc822":
            inner = part.get_content()
            yield f"{_header(inner, 'Subject') or 'message'}.eml", inner.as_bytes()
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield _name(part), content


def _decorates(part: MIMEPart) -> bool:
    """A logo in the signature: a picture that the text refers to by its id."""
    inline = part.get_content_disposition() != "attachment"
    return inline and part.get_content_maintype() == "image" and "Content-ID" in part


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a character set that nobody knows
        data = part.get_payload(decode=True)
        return data.decode("cp1252", "replace") if isinstance(data, bytes) else ""


def _header(message: MIMEPart, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _name(part: MIMEPart) -> str:
    extension = guess_extension(part.get_content_type()) or ""
    return part.get_filename() or f"attachment{extension}"
