"""What a metadata row says is attached: a list in any of the spellings that exports have."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

_URL = re.compile(r"https?://[^\s,;'\"\])>]+")
_NUMBERED = re.compile(r"(attachment|content)[_-]?(\d*)$", re.IGNORECASE)


def names_of_attachments(text: str) -> tuple[str, ...]:
    """Names of the attachments that ``text`` lists, each once; the same file in two formats is one attachment.

    Knows lists of (title, address) pairs, lists of addresses, and names parted by semicolons or line breaks.
    """
    text = text.strip()
    if not text or text in ("[]", "{}", "nan", "None", "null"):
        return ()
    pairs = _pairs(text)
    if pairs:
        return tuple(dict(pairs).values())
    addresses = _URL.findall(text)
    if addresses:
        return tuple({_stem(address): _name(address) for address in addresses}.values())
    return tuple(dict.fromkeys(part.strip() for part in re.split(r"[;\n|]", text) if part.strip()))


def _pairs(text: str) -> list[tuple[str, str]]:
    """(what tells attachments apart, name) of each entry of a Python or JSON list."""
    if not text.startswith("["):
        return []
    try:
        listed = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    found = []
    for entry in listed:
        values = [str(value) for value in (entry if isinstance(entry, (list, tuple)) else [entry])]
        address = next((value for value in values if _URL.match(value)), "")
        title = next((value for value in values if value != address), _name(address))
        found.append((_stem(address) if address else title, title))
    return found


def _name(address: str) -> str:
    path = PurePosixPath(unquote(urlsplit(address).path))
    numbered = _NUMBERED.match(path.stem)
    return f"{path.parent.name}/{path.name}" if numbered else path.name


def _stem(address: str) -> str:
    return str(PurePosixPath(urlsplit(address).path).with_suffix(""))
