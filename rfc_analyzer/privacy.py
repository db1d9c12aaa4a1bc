"""Contact details of private persons: found by their shape, and masked where a text is shown or handed on.

The stored text is never changed: masking is for views and exports, where nobody needs a citizen's telephone number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rfc_analyzer.model import RespondentType

PRIVATE = frozenset({RespondentType.INDIVIDUAL, RespondentType.ANONYMOUS})
"""Respondents whose contact details are their own and not those of an office."""


class Detail(StrEnum):
    """A kind of contact detail; the value stands in its place."""

    EMAIL = "[e-mail]"
    PHONE = "[telephone]"
    STREET = "[street address]"


@dataclass(frozen=True, slots=True)
class Found:
    """A contact detail at ``text[start:end]``."""

    detail: Detail
    start: int
    end: int


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+(?<![.-])")
# digits, docket numbers, identifiers and addresses of pages go on where a telephone number ends
_PHONE = re.compile(
    r"(?<![\w./:#§$€£-])(?:"
    r"(?:\+?1[ .-]?)?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])\d{3}[ .-]\d{4}"
    r"|\+(?:[2-9]\d{0,2})[ .-]?(?:\(0\) ?)?(?:\d{1,5}[ .-/]?){2,5}\d{2,5}"
    r")(?:,? ?(?:ext?\.?|x) ?\d{1,6})?(?![\w/-]|\.\d)"
)
_NAME = r"(?:(?:[NSEW]|North|South|East|West|[NS][EW])\.? )?(?:(?:[A-Z][\w'’.-]*|\d{1,3}(?:st|nd|rd|th)) ){1,4}"
# each of these is hardly anything but a street after a number and a name
_STREET = (
    r"(?:Street|St|Avenue|Ave|Av|Road|Rd|Boulevard|Blvd|Lane|Ln|Terrace|Ter|Parkway|Pkwy|Crescent|Square|Trail|Trl)"
    r"\b\.?"
)
# these are other things too: only at the end of a line, before a comma or before a flat's number
_OR_OTHER = (
    r"(?:Court|Ct|Drive|Dr|Way|Place|Pl|Circle|Cir|Highway|Hwy|Loop|Run|Row)\b\.?(?=\s*(?:$|[,\n#]|Apt|Unit|Suite))"
)
_FLAT = r"(?:,? ?(?:Apt|Apartment|Unit|Suite|Ste|No|#)\.? ?#?\w{1,6})?"
_ADDRESS = re.compile(
    rf"(?<![\w.§$-])(?:(?!(?:19|20)\d\d )\d{{1,6}}[A-Za-z]?(?:-\d+)? {_NAME}(?:{_STREET}|{_OR_OTHER}){_FLAT}"
    r"|P\.? ?O\.? ?Box \d{1,6})",
    re.MULTILINE,
)
_PATTERNS = ((Detail.EMAIL, _EMAIL), (Detail.PHONE, _PHONE), (Detail.STREET, _ADDRESS))


def contact_details(text: str) -> list[Found]:
    """E-mail addresses, telephone numbers and street addresses in ``text``, in order, not overlapping."""
    found = sorted(_all(text), key=lambda f: (f.start, -f.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def masked(text: str) -> str:
    """``text`` with each contact detail replaced by what kind it is."""
    parts, at = [], 0
    for one in contact_details(text):
        parts += [text[at : one.start], one.detail.value]
        at = one.end
    return "".join([*parts, text[at:]])


def shown(text: str, respondent_type: RespondentType) -> str:
    """``text`` as others may see it: masked where a private person wrote it."""
    return masked(text) if respondent_type in PRIVATE else text


def _all(text: str) -> Iterator[Found]:
    for detail, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Found(detail, match.start(), match.end())
