"""Sign-on letters and petitions: how many signed, and who."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rfc_analyzer.respondents.namerows import names_in_row
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
# "a joint statement by A, B and C"
_JOINT = re.compile(
    r"(?i:\b(?:joint (?:statement|letter|response|submission|comments?|position(?: paper)?|contribution|reply|paper)"
    r"|jointly (?:submitted|prepared|written)|(?:submitted|prepared|written) jointly|co-?signed)\b[^.;:\n]{0,120}?"
    r"\b(?:by|from|on behalf of)(?: the following(?: \w+)?:?)? )(?=[A-Z])"
)
_BETWEEN = re.compile(r"[,;]\s+(?:and\s+)?")
_LAST_BETWEEN = re.compile(r"\s+(?:and|&)\s+")
# such a letter is another's
_ANOTHERS = re.compile(
    r"\b(?:support|endors|refer|see|cit|recent|earlier|previous|build)\w*\b[^.;\n]{0,40}$", re.IGNORECASE
)
_AT_BEGINNING = 3_000
_LIST_ENDS = re.compile(r"[.:](?:\s|$)|\n\s*\n")
_LONGEST_JOINT = 1_500
_STOP = re.compile(
    r"^\W*(?:appendix|annex|references|bibliography|notes|footnotes|endnotes|cc\b|enclosure|attachment|introduction"
    r"|summary)",
    re.IGNORECASE,
)
_LONGEST = 14
_COINED_WORDS = 4
_PERSON = 3.0
# the shape of a name, with nothing against it: a given name that no list holds
_NAME_SHAPED = 1.0
_UNKNOWN_AMONG = 4
_NUMBER = re.compile(r"^\W*\d{1,4}[.)]\s+")
_AROUND = " \t\r\n•*-–·_"
_LONGEST_LIST = 40_000
_MOST_MISSES = 2
_WHO = (
    r"(?:people|persons|individuals|residents|citizens|neighbou?rs|voters|organi[sz]ations|groups|scientists|experts"
    r"|physicians|teachers|members|supporters|businesses)"
)
_N = r"(?P<n>\d{1,3}(?:,\d{3})+|\d{1,7})"
_STATED = (
    re.compile(rf"\bthe\s+{_N}\s+undersigned\b", re.IGNORECASE),
    re.compile(rf"\bundersigned\s+{_N}\s+{_WHO}\b", re.IGNORECASE),
    re.compile(rf"\bsigned\s+by\s+(?:more\s+than\s+|over\s+)?{_N}\s+(?:[a-z]+\s+)?{_WHO}\b", re.IGNORECASE),
    re.compile(rf"\b{_N}\s+(?:{_WHO}\s+(?:have\s+)?signed|signatures|signatories|signers)\b", re.IGNORECASE),
    re.compile(rf"\b(?:signatures|signatories|signers)\s*:\s*{_N}\b", re.IGNORECASE),
)


@dataclass(frozen=True, slots=True)
class Signer:
    """A line of a list of signers: ``text[start:end]`` names a person, or a body where ``is_body``."""

    start: int
    end: int
    is_body: bool


@dataclass(frozen=True, slots=True)
class Stated:
    """How many a text says have signed it, and where it says so."""

    number: int
    start: int
    end: int


def count_signers(text: str) -> int:
    """How many people or bodies a letter plainly lists as its signers; 1 where it has no such list."""
    return max(1, len(find_signers(text)))


def find_signers(text: str) -> list[Signer]:
    """The signers that a letter plainly lists, in order; none where it has no such list.

    Read are lines below "Signatories" or a closing, and "a joint statement by A, B and C".
    """
    said = [m for m in _JOINT.finditer(text[:_AT_BEGINNING]) if not _ANOTHERS.search(text, 0, m.start())]
    joint = max((_joined_in_sentence(text, m.end()) for m in said), key=len, default=[])
    listed = max((_list_after(text, m.end()) for m in _LISTED.finditer(text)), key=len, default=[])
    below = max((_list_after(text, m.end()) for m in _CLOSING.finditer(text)), key=len, default=[])
    enough = ((listed, _FEWEST_LISTED), (below, _FEWEST_BELOW_CLOSING), (joint, _FEWEST_LISTED))
    return max((found if len(found) >= fewest else [] for found, fewest in enough), key=len)


def _joined_in_sentence(text: str, begin: int) -> list[Signer]:
    """The names that a sentence goes on with, up to the first piece that is none."""
    end = _LIST_ENDS.search(text, begin, begin + _LONGEST_JOINT)
    stop = end.start() if end else min(len(text), begin + _LONGEST_JOINT)
    gaps = [m.span() for m in _BETWEEN.finditer(text, begin, stop)]
    # "and" stands inside names, too: only the last one joins
    last = [m.span() for m in _LAST_BETWEEN.finditer(text, gaps[-1][1] if gaps else begin, stop)][-1:]
    gaps += last
    found = []
    for start, until in zip([begin, *(b for _, b in gaps)], [*(a for a, _ in gaps), stop], strict=True):
        piece = " ".join(text[start:until].split())
        kind = _signer(piece) if piece else None
        if kind is None and not _coined(piece):
            break
        found.append(Signer(start, until, not kind))
    return found


def _coined(piece: str) -> bool:
    """A name that no list of words holds, among others: "CroAI (Croatia)"."""
    return 1 <= len(piece.split()) <= _COINED_WORDS and title_case(piece) and looks_personal(piece) < _NAME_SHAPED


def stated_signers(text: str) -> Stated | None:
    """The largest number of people that a text says have signed it. Names that it doesn't show are not counted."""
    found = [Stated(int(m["n"].replace(",", "")), *m.span()) for one in _STATED for m in one.finditer(text)]
    return max((s for s in found if s.number > 1), key=lambda s: s.number, default=None)


def _list_after(text: str, begin: int) -> list[Signer]:
    people: list[Signer] = []
    bodies: list[Signer] = []
    unknown: list[Signer] = []
    misses, at = 0, begin
    for raw in text[begin : begin + _LONGEST_LIST].splitlines(keepends=True):
        start, at = at, at + len(raw)
        line, place = _without_number(raw)
        if not line:
            continue
        if _STOP.match(line):
            break
        row = names_in_row(line)
        if row:
            people += [Signer(start + place + a, start + place + b, False) for a, b in row]
            misses = 0
            continue
        signer = Signer(start + place, start + place + len(line), False)
        kind = _signer(line)
        if kind is None:
            if _name_shaped(line):
                unknown.append(signer)
            misses += 1
            if misses > _MOST_MISSES:
                break
            continue
        misses = 0
        (people if kind else bodies).append(signer if kind else replace(signer, is_body=True))
    if len(unknown) * _UNKNOWN_AMONG <= len(people):
        # a few among many names are names too; posts ("Policy Counsel") stand under every one
        people = sorted([*people, *unknown], key=lambda s: s.start)
    # where people sign for bodies, each has lines of one kind and of the other
    return people or bodies


def _without_number(raw: str) -> tuple[str, int]:
    """The line without bullet and number, and where in ``raw`` it stands."""
    line = raw.strip(_AROUND)
    line = _NUMBER.sub("", line).strip()
    return line, raw.index(line)


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
