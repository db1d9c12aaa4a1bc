"""E-mail messages as files (.eml)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.readers.assembling import Assembler
from rfc_analyzer.readers.document import Document
from rfc_analyzer.readers.html import add_page
from rfc_analyzer.settings import ReadingLimits

_HEADERS = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]+:[ \t].*\r?\n(?:[ \t]+\S.*\r?\n)*){3,}", re.MULTILINE)
_OF_MAIL = re.compile(rb"^(?:mime-version|message-id|received|return-path):", re.IGNORECASE | re.MULTILINE)
_MOST_NAMED = 5


class EmailReader:
    """The subject and the body of a message. What it carries is named, and not opened."""

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
    carried = [_name(part) for part in message.iter_attachments()] if message.is_multipart() else []
    if body is None:
        raise UnreadableFile("The e-mail has no text of its own; save what it carries as files, and add those.")
    text = _content(body)
    if body.get_content_type() == "text/html":
        add_page(text, assembler)
    else:
        for paragraph in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
            assembler.add(paragraph, PassageKind.BODY)
    return assembler.document(TextSource.EMAIL, _left_out(carried))


def _content(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a character set that nobody knows
        data = part.get_payload(decode=True)
        return data.decode("cp1252", "replace") if isinstance(data, bytes) else ""


def _header(message: MIMEPart, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _name(part: MIMEPart) -> str:
    return part.get_filename() or part.get_content_type()


def _left_out(carried: list[str]) -> str:
    if not carried:
        return ""
    names = ", ".join(carried[:_MOST_NAMED]) + ("…" if len(carried) > _MOST_NAMED else "")
    return f"What the e-mail carries was not read ({names}); save it as files, and add those."
