"""Sign-on letters: how many signed."""

from __future__ import annotations

import re

from rfc_analyzer.respondents.names import looks_personal, title_case
from rfc_analyzer.respondents.wordlists import find_bodies, name_words

_FEWEST = 3
_LIST = re.compile(
    r"^\W*(?:(?:the )?(?:undersigned|signatories|signatures|signed(?: by)?|co-?signed|co-?signers|endorsed by|signers)"
    r"|(?:respectfully(?: submitted)?|sincerely|yours sincerely|regards|best regards|signed))\b[^\n]{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
_STOP = re.compile(
    r"^\W*(?:appendix|annex|references|bibliography|notes|footnotes|endnotes|cc\b|enclosure|attachment|introduction"
    r"|summary)",
    re.IGNORECASE,
)
_LONGEST = 14
_NUMBER = re.compile(r"^\W*\d{1,4}[.)]\s+")


def count_signers(text: str) -> int:
    """How many people or bodies a letter lists as its signers; 1 where it lists no more than two."""
    best = 0
    for match in _LIST.finditer(text):
        best = max(best, _count(text[match.end() :]))
    return best if best >= _FEWEST else 1


def _count(below: str) -> int:
    people = bodies = misses = 0
    for raw in below[:40_000].splitlines():
        line = _NUMBER.sub("", raw.strip(" \t•*-–·_"))
        if not line:
            continue
        if _STOP.match(line):
            break
        kind = _signer(line)
        if kind is None:
            misses += 1
            if misses > 2:
                break
            continue
        misses = 0
        people += kind
        bodies += not kind
    # where people sign for bodies, each stands on lines of one and of the other
    return people if people >= _FEWEST else max(people, bodies if not people else 0)


def _signer(line: str) -> bool | None:
    """True for a person, False for a body, None for neither."""
    if (
        len(line.split()) > _LONGEST
        or line.endswith((".", ":", ";"))
        or not title_case(line)
        or re.search(r"\d{3}|@", line)
    ):
        return None
    first = line.split(", ")[0]
    if 2 <= len(first.split()) <= 5 and looks_personal(first) >= 2:
        return True
    return False if find_bodies(name_words(line)) else None
