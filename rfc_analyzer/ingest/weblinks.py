"""The public page of a submission, as far as the docket's metadata gives it: never guessed from an id alone."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_LONGEST = 2_000
_ADDRESS = re.compile(r"https?://[^\s,;'\"\])>]+", re.IGNORECASE)
_PLAIN = re.compile(r"[\x21-\x7e]+")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
# names that nobody can register (RFC 2606), and those of one network
_NOWHERE = (".invalid", ".example", ".test", ".localhost", ".local", ".internal")
_REGULATIONS_GOV = "regulations.gov"
_ITS_API = re.compile(r"/v4/(comment|document)s/([^/]+)/?")
_ITS_COMMENTS = "public submission"


def public_page(link: str, attachments: str, kind: str, submission_id: str) -> str:
    """Where the public reads the submission: what its row gives as ``link``, else its page at regulations.gov.

    That is known where the row links there, where its ``attachments`` lie there, or where its ``kind`` is the one
    that only regulations.gov has. Empty where there is none, or where an address is none of the web's.
    """
    address = link.strip()
    if not address and _is_at_regulations_gov(attachments, kind, submission_id):
        return _page(submission_id)
    if len(address) > _LONGEST or not _PLAIN.fullmatch(address):
        return ""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        named = parts.scheme.lower() in ("http", "https") and "@" not in parts.netloc and parts.port in (None, 80, 443)
    except ValueError:
        return ""
    if not named or not _HOST.fullmatch(host) or host.endswith(_NOWHERE):
        return ""
    if _is_of(host, _REGULATIONS_GOV) and (asked := _ITS_API.fullmatch(parts.path)):
        return _page(asked[2], asked[1])
    # what answers programs is no page
    return "" if host.startswith("api.") else address


def _is_at_regulations_gov(attachments: str, kind: str, submission_id: str) -> bool:
    if kind.casefold() == _ITS_COMMENTS:
        return True
    for address in _ADDRESS.findall(attachments):
        parts = address.split("/")
        if _is_of(parts[2].lower(), _REGULATIONS_GOV) and parts[3:4] == [submission_id]:
            return True
    return False


def _is_of(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _page(document_id: str, kind: str = "comment") -> str:
    return f"https://www.{_REGULATIONS_GOV}/{kind}/{quote(document_id, safe='')}"
