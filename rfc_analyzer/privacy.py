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


_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@| ?[(\[]at[)\]] ?)[\w-]{1,63}(?:(?:\.| ?[(\[]dot[)\]] ?)[\w-]{1,63})+(?<![.-])",
    re.IGNORECASE,
)
# no exchange and no area ends in 11: "541 511 5112" are codes
_AREA = r"[2-9](?!11)\d{2}"
# digits, docket numbers, identifiers and addresses of pages go on where a telephone number ends
_PHONE = re.compile(
    r"(?<![\w./:#§$€£-])(?:"
    rf"(?:\+?1[ .-]?)?(?:\({_AREA}\) ?|{_AREA}[ .-]){_AREA}[ .-]\d{{4}}"
    r"|\+1\d{10}"
    r"|\+(?:[2-9]\d{0,2})[ .-]?(?:\(0\) ?)?(?:\d{1,5}[ ./-]?){2,5}\d{2,5}"
    r")(?:,? ?(?:ext?\.?|x) ?\d{1,6})?(?![\w/-]|\.\d)"
)
# after such a word, what would be too little by its shape
_CALLED = re.compile(
    r"\b(?:tel|telephone|phone|ph|cell(?:ular)?|mobile|mob|fax|whatsapp|t[ée]l[ée]phone|tel[ée]fono|telefon|gsm"
    r"|[tfm](?=[.:] ?\(?\+))\b(?: (?:no|number)\b)?[.:# ]{0,3}"
    r"(?P<number>(?:\(?\+\d{1,3}\)?[ ./-]?(?:\(\d\) ?)?\d{1,5}|\(?\d{2,5}\)?)[ ./-]?(?:\d{2,5}[ ./-]?){1,4}\d{1,4}"
    r"|\d{9,13})"
    r"(?![\w/-]|\.\d)",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 9
_NAME = (
    r"(?:(?:[NSEW]|North|South|East|West|[NS][EW])\.? )?(?:(?:[A-Z][\w'’.-]*|\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)) ){1,4}"
)
# each of these is hardly anything but a street after a number and a name; "20 Main Street banks" is something else
_STREET = (
    r"(?:Street|St|Avenue|Ave|Av|Road|Rd|Boulevard|Blvd|Lane|Ln|Terrace|Ter|Parkway|Pkwy|Crescent|Square|Trail|Trl"
    r"|STREET|ST|AVENUE|AVE|ROAD|RD|BOULEVARD|BLVD|LANE|LN|TERRACE|PARKWAY|PKWY|SQUARE|TRAIL)"
    r"\b\.?(?! (?!(?:in|near|and|at|is|was|where|with|for|since|on|to|or|that|which|has|but|apt|unit|suite)\b)[a-z])"
)
# these are other things too: only at the end of a line, before a comma or before a flat's number
_OR_OTHER = (
    r"(?:Court|Ct|Drive|Dr|Way|Place|Pl|Circle|Cir|Highway|Hwy|Loop|Run|Row|COURT|CT|DRIVE|DR|WAY|PLACE|PL|CIRCLE"
    r"|HIGHWAY)\b\.?(?=\s*(?:$|[,\n#]|Apt|Unit|Suite|APT|UNIT))"
)
_FLAT = r"(?:,? ?(?:Apt|Apartment|Unit|Suite|Ste|No|APT|UNIT|#)\.? ?#?\w{1,6})?"
_IN_LOWER_CASE = (
    r"^\d{1,6}(?: (?!(?:in|of|on|to|for|by|and|or|the|an?|this|that|from|with|at)\b)[a-z]+){1,3}"
    r" (?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln)\b\.?"
    r"(?=\s*(?:$|,))"
)
_ROUTE = (
    r"\d{1,6} (?:[A-Z]\w+ )?(?:State |County |US |U\.S\. )?(?:Highway|Hwy|Route|Rte|Road|Rd) \d{1,4}\b"
    r"(?: (?:North|South|East|West|[NSEW])\b)?"
)
_BOX = r"(?:P\.? ?O\.? ?B(?:ox|OX)|(?:RR|R\.R\.|Rural Route|HC) ?#?\d{1,4},? B(?:ox|OX)) \d{1,6}"
_YEAR = r"(?!(?:19|20)\d\d\b)"
_OF = r"(?:(?:de la|de|du|des|della|dei|del|di|dos|das|da|do|las|los|la|le|van|den|der) |d['’]|l['’])*"
# the number before ("14 rue de Rivoli"), after ("Calle Mayor 5"), or after a name made of one word ("Hauptstraße 12")
_ELSEWHERE = (
    rf"{_YEAR}\d{{1,4}}(?: ?bis)?,? (?:rue|avenue|boulevard|chemin|impasse|quai|chaussée) {_OF}[A-Z][\w'’-]+"
    r"(?: [A-Z][\w'’-]+){0,3}"
    r"|(?:Rue|Avenue|Boulevard|Chaussée|Calle|Avenida|Via|Viale|Piazza|Corso|Rua|[Uu]l\.|[Uu]lica)"
    rf" {_OF}(?!Section|Article|Title)[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){{0,3}},? (?:n[.°º] ?)?{_YEAR}\d{{1,4}}[a-z]?\b"
    r"|[A-ZÄÖÜ][\w-]{2,}(?:straße|strasse|str\.|gasse|allee|platz|straat|laan|gracht|plein)"
    rf" ?{_YEAR}\d{{1,4}} ?[a-z]?\b"
)
# "2024 Main Street" is a year, but not before a town's code
_NO_YEAR = r"(?!(?:19|20)\d\d (?!(?:[^\n]|\n(?!\n)){0,80}\b[A-Z]{2},? \d{5}\b))"
_ADDRESS = re.compile(
    rf"(?<![\w.§$-])(?:{_NO_YEAR}\d{{1,6}}[A-Za-z]?(?:-\d+)? {_NAME}(?:{_STREET}|{_OR_OTHER}){_FLAT}"
    rf"|{_ROUTE}|{_BOX}|{_ELSEWHERE}|{_IN_LOWER_CASE})",
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
    for match in _CALLED.finditer(text):
        if sum(c.isdigit() for c in match["number"]) >= _FEWEST_DIGITS:
            yield Found(Detail.PHONE, match.start("number"), match.end("number"))
    for detail, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Found(detail, match.start(), match.end())
