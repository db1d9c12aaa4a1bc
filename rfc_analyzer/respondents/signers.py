"""Sign-on letters: how many signed."""

from __future__ import annotations

import re

from rfc_analyzer.respondents.names import looks_personal, title_case
from rfc_analyzer.respondents.wordlists import find_bodies, name_words

# a list that calls itself one needs fewer names than lines below "Sincerely", where a body's staff may sign together
_FEWEST_LISTED = 3
_FEWEST_BELOW_CLOSING = 5
_LISTED = re.compile(
    r"^\W*(?:(?:the )?(?:undersigned|signatories|signatures|signed(?: by)?|co-?signed|co-?signers|endorsed by"
    r"|signers))\b"
    r"[^\n]{0,60}$|^[^\n]{0,200}\b(?:we,? the undersigned|undersigned (?:organi[sz]ations|individuals"
    r"|groups))\b[^\n]*:\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_CLOSING = re.compile(
    r"^\W*(?:respectfully(?: submitted)?|sincerely|yours sincerely|regards|best regards)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_STOP = re.compile(
    r"^\W*(?:appendix|annex|references|bibliography|notes|footnotes|endnotes|cc\b|enclosure|attachment|introduction"
    r"|summary)",
    re.IGNORECASE,
)
_LONGEST = 14
_PERSON = 3.0
# the shape of a name, with nothing against it: a given name that no list holds
_NAME_SHAPED = 1.0
_UNKNOWN_AMONG = 4
_NUMBER = re.compile(r"^\W*\d{1,4}[.)]\s+")


def count_signers(text: str) -> int:
    """How many people or bodies a letter plainly lists as its signers; 1 where it has no such list."""
    listed = max((_count(text[m.end() :]) for m in _LISTED.finditer(text)), default=0)
    below = max((_count(text[m.end() :]) for m in _CLOSING.finditer(text)), default=0)
    return max(listed if listed >= _FEWEST_LISTED else 1, below if below >= _FEWEST_BELOW_CLOSING else 1)


def _count(below: str) -> int:
    people = bodies = unknown = misses = 0
    for raw in below[:40_000].splitlines():
        line = _NUMBER.sub("", raw.strip(" \t•*-–·_"))
        if not line:
            continue
        if _STOP.match(line):
            break
        kind = _signer(line)
        if kind is None:
            unknown += _name_shaped(line)
            misses += 1
            if misses > 2:
                break
            continue
        misses = 0
        people += kind
        bodies += not kind
    if unknown * _UNKNOWN_AMONG <= people:
        # a few among many names are names too; posts ("Policy Counsel") stand under every one
        people += unknown
    # where people sign for bodies, each has lines of one kind and of the other
    return people if people else bodies


def _name_shaped(line: str) -> bool:
    return len(line.split()) in (2, 3) and title_case(line) and looks_personal(line) >= _NAME_SHAPED


def _signer(line: str) -> bool | None:
    """True for a person, False for a body, None for neither."""
    if len(line.split()) > _LONGEST or line.endswith((".", ":", ";")) or re.search(r"\d{3}|@", line):
        return None
    if not title_case(line):
        return None
    first = line.split(", ")[0].split()
    # "Peter N. Roe Assistant Professor": the name stands first, the rest says what the person does
    if any(looks_personal(" ".join(first[:n])) >= _PERSON for n in (2, 3, 4) if n <= len(first)):
        return True
    return False if find_bodies(name_words(line)) else None
