"""The parts of a letter that tell who wrote it: letterhead, closing and signature, mail addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rfc_analyzer.respondents.kinds import Clue, Kind
from rfc_analyzer.respondents.names import (
    acronym_of,
    body_clues,
    is_anonymous,
    looks_personal,
    name_parts,
    title_case,
    without_legal_form,
)
from rfc_analyzer.respondents.wordlists import find_bodies, name_words, plain
from rfc_analyzer.words import normalise

_JOB = re.compile(
    r"\b(?:counsel|director|president|manager|officer|professor|attorney|analyst|chair(?:man|woman|person)?|secretary"
    r"|head of|fellow|engineer|partner|advisor|adviser|specialist|associate|coordinator|founder|ceo|cto)\b",
    re.IGNORECASE,
)
_OWN_SITE = 1.6
_TAIL = 1_500
_PROFESSOR = re.compile(r"\b(?:(?:Assistant|Associate|Full|Adjunct|Distinguished) )?Professor\b(?! [a-z])[^.;\n]{0,60}")
_HEAD_LINES = 14
_CLOSING_LINES = 8
_NAME_WORDS = 12
# the letter's own addressee, date and subject: what follows is no letterhead
_END_OF_HEAD = re.compile(
    r"^\W*(?:dear\b|to\b|to:|attn|attention\b|re\b\s*:|subject\b|via\b|submitted (?:to|via|electronically)"
    r"|ladies and gentlemen|to whom|sehr geehrte|madame|monsieur|estimad|introduction\b|executive summary)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^\W*(?:respectfully(?: submitted)?|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)"
    r"|(?:with )?(?:best|kind|warm)"
    r"(?:est)? regards|regards|best(?: wishes)?|thank you|many thanks|cordially|signed|mit freundlichen grüßen"
    r"|freundliche grüße|cordialement|veuillez agréer.*|atentamente|distinti saluti|met vriendelijke groet"
    r"|z poważaniem)"
    r"[\s,.!]*$",
    re.IGNORECASE | re.MULTILINE,
)
_COMMENTS_OF = re.compile(
    r"\b(?:comments?|response|submission|statement|feedback|position(?: paper)?|views|letter|testimony|input)\s+"
    r"(?:of|from|by|on behalf of|submitted by)\s+(?:the\s+)?([A-Z][^\n.;:?!]{2,110})",
)
_COMMENTS_OF_CAPITALS = re.compile(r"\bCOMMENTS? (?:OF|FROM|BY) (?:THE )?([A-Z][^\n.;:?!]{2,110})")
_MAIL = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_FREE_MAIL = re.compile(
    r"^(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|msn|aol|icloud|me|mac|proton|protonmail|pm|gmx|web|mail"
    r"|zoho|yandex|comcast|verizon|att|sbcglobal|cox|earthlink|fastmail|hey|tutanota|free|orange|laposte|wp|o2)\.",
    re.IGNORECASE,
)
_HOST = re.compile(r"(?:https?://|www\.|@)((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_EDU = re.compile(r"\.edu(?:\.[a-z]{2})?$|\.ac\.[a-z]{2}$|(?:^|\.)uni-|\buniversit", re.IGNORECASE)
_GOV = re.compile(r"\.gov(?:\.[a-z]{2})?$|\.mil$|\.gob\.|\.gouv\.|\.gc\.ca$|\.govt\.|europa\.eu$|\.bund\.de$", re.I)
_SECTION = re.compile(r"^\W*(?:\d+[.)]|[ivx]+[.)]|[a-z][.)]|question\b|table of contents|contents\b|abstract\b)", re.I)


_CLOSING_INLINE = re.compile(
    r"\b(?:Sincerely|Respectfully|Regards|Best regards|Kind regards|Best|Cheers|Yours truly),\s+"
    r"((?:[A-Z][\w’'.-]*\s?){1,4})"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """The lines below a letter's closing formula, and whether a name stands there."""

    lines: tuple[str, ...]
    name: str


def head_lines(text: str) -> list[str]:
    """The lines of a letter above its addressee, subject or first paragraph."""
    lines: list[str] = []
    for line in filter(None, (raw.strip() for raw in text[:4000].splitlines())):
        if _END_OF_HEAD.match(line) or _SECTION.match(line) or len(lines) == _HEAD_LINES:
            break
        if len(line.split()) > 2 * _NAME_WORDS:
            break
        lines.append(line)
    return lines


def shared_lines(heads: Iterable[Sequence[str]]) -> frozenset[str]:
    """Lines at the head of several respondents' letters: the agency's name and the docket's, nobody's own."""
    counts: Counter[str] = Counter()
    for lines in heads:
        counts.update({normalise(line) for line in lines})
    return frozenset(line for line, count in counts.items() if count >= 3)


def letterhead_organisation(lines: Sequence[str], shared: frozenset[str], docket_id: str = "") -> str:
    """The name of an organisation at the head of a letter, or ""; the agency that the docket is named for is not it."""
    agency = docket_id.split("-")[0]
    for line in lines:
        own = normalise(line) not in shared and len(line.split()) <= _NAME_WORDS
        own = own and not (agency and agency in acronym_of(line) | {line})
        if own and title_case(line) and not _MAIL.search(line) and _names_body(line):
            return line
    return ""


def stated_author(text: str) -> str:
    """Whom a heading such as "Comments of the Center for …" names, or ""."""
    head = text[:2500]
    match = _COMMENTS_OF_CAPITALS.search(head) or _COMMENTS_OF.search(head)
    if not match:
        return ""
    cut = re.split(
        r"\s+(?:on|to|in response|regarding|in the matter|before|concerning)\s+", match[1], flags=re.IGNORECASE
    )
    name = cut[0].strip(" ,–-")
    return name if title_case(name) and len(name.split()) <= _NAME_WORDS else ""


def closing(text: str) -> Closing | None:
    """What stands below the last closing formula of the letter, if there is one in its second half."""
    matches = [m for m in _CLOSING.finditer(text) if m.start() >= len(text) * 0.3]
    for match in reversed(matches):
        below = [line.strip() for line in text[match.end() :].splitlines() if line.strip()]
        lines = tuple(line for line in below[:_CLOSING_LINES] if len(line.split()) <= _NAME_WORDS)
        if lines:
            return Closing(lines, _signer(lines))
    inline = [m for m in _CLOSING_INLINE.finditer(text) if m.start() >= len(text) * 0.3]
    return Closing((inline[-1][1].strip(),), inline[-1][1].strip()) if inline else None


def closing_organisation(end: Closing) -> str:
    """The organisation in a signature block, or ""."""
    for line in end.lines:
        for part in [line, *line.split(", ")]:
            if title_case(part) and not _MAIL.search(part) and _names_body(part):
                return part
    return ""


def mail_clues(text: str) -> list[Clue]:
    """Clues from mail addresses at the head and the end of a letter."""
    found: dict[Kind, Clue] = {}
    for match in _MAIL.finditer(f"{text[:2500]}\n{text[-2000:]}"):
        domain = match[1].lower()
        kind = _mail_kind(domain)
        found.setdefault(kind, Clue(kind, f"mail address at '{domain}'"))
    # many kinds at once are a list of contacts, not the writer's own address
    return list(found.values()) if len(found) <= 2 else []


def signed_by_professor(texts: Sequence[str]) -> Clue | None:
    """A clue where professors sign for a body."""
    for text in texts:
        match = _PROFESSOR.search(text[-_TAIL:])
        if match:
            return Clue(Kind.UNIVERSITY_TIE, f"signed by '{match[0].strip()}'", 0.9)
    return None


def affiliation_clues(name: str, texts: Sequence[str]) -> list[Clue]:
    """A clue where a person's name stands with a university at the head of a text, as on a paper."""
    surname = name.split()[-1] if name.split() else ""
    for text in texts:
        lines = [line.strip() for line in text[:2500].splitlines() if line.strip()]
        for i, line in enumerate(lines):
            near = " ".join(lines[i : i + 2])
            if surname and re.search(rf"\b{re.escape(surname)}\b", line) and _is_affiliation(near, surname):
                return [Clue(Kind.SCHOLAR, f"affiliation: '{near[:100]}'", 0.8)]
    return []


def _is_affiliation(line: str, surname: str) -> bool:
    rest = line.split(surname, 1)[-1]
    kinds = {b.kind for b in find_bodies(name_words(rest))}
    return len(line.split()) <= 3 * _NAME_WORDS and title_case(rest) and Kind.UNIVERSITY in kinds


def site_clues(name: str, text: str) -> list[Clue]:
    """A clue from the organisation's own web site or mail domain: one whose name is made of the body's name."""
    letters_of_name = "".join(name_words(without_legal_form(name)))
    known = {plain(s) for s in (letters_of_name, *acronym_of(name)) if len(s) >= 3}
    for match in _HOST.finditer(text):
        labels = match[1].lower().split(".")
        if len(labels) >= 2 and labels[-2] in known:
            kind = _mail_kind(".".join(labels[-2:]))
            if kind is not Kind.MAIL_PRIVATE:
                return [Clue(kind, f"own site '{'.'.join(labels[-2:])}'", _OWN_SITE)]
    return []


def _mail_kind(domain: str) -> Kind:
    if _FREE_MAIL.match(domain):
        return Kind.MAIL_PRIVATE
    if _EDU.search(domain):
        return Kind.MAIL_EDU
    if _GOV.search(domain):
        return Kind.MAIL_GOV
    return Kind.MAIL_ORG if domain.endswith((".org", ".ngo")) else Kind.MAIL_COM


def _signer(lines: Sequence[str]) -> str:
    for line in lines[:3]:
        name = line.split(", ")[0].strip(" ,-–—/")
        # a pseudonym signs as well as a name does
        if 1 <= len(name.split()) <= 4 and len(name) >= 2 and title_case(name) and not is_anonymous(name):
            return name
    return ""


_DEFINITE = frozenset(
    {
        Kind.COMPANY_FORM, Kind.LAW_FIRM, Kind.TRADE_BODY, Kind.UNION, Kind.COALITION, Kind.FOUNDATION,
        Kind.THINK_TANK, Kind.UNIVERSITY, Kind.REGISTERED_SOCIETY, Kind.STANDARDS_BODY,
    }
)  # fmt: skip


def _names_body(line: str) -> bool:
    kinds = {b.kind for part in name_parts(line) for b in find_bodies(name_words(part))}
    return not _JOB.search(line) and bool(kinds & _DEFINITE) and len(line.split()) >= 2 and looks_personal(line) < 0


def organisation_clues(name: str, where: str) -> list[Clue]:
    """Clues from an organisation that only the letter names."""
    return [Clue(Kind.ORGANISATION_IN_LETTER, f"{where}: '{name}'"), *body_clues(name, where, 0.8)]
