"""Where a text names questions: "Question 3a", "Q5", "In response to 2(d)(i)", "Questions 1-3", "1a, 1b and 2c"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rfc_analyzer.model import Question
from rfc_analyzer.questions.numbering import parts_of

Parts = tuple[str, ...]

_ROMAN = r"(?:x?(?:ix|iv|v?i{1,3}|v))"
# a letter after a space needs a stop of its own, else it is the article or pronoun that begins a sentence
_REF = (
    r"\#?\s?(?P<num>\d{1,3}(?:\.\d{1,2})*)"
    r"(?:(?:[.\-–—:)]{0,2}[(\[]?(?P<let>[A-Za-z])(?:[)\]]|(?![\w’'])|(?=[ivx]+\b))"
    r"|\s?[.\-–—:)]{0,2}\s[(\[]?(?P<far>[A-Za-z])(?=[)\].:]))[)\]]?"
    r"(?:\s?[.\-–—:]?\s?[(\[]?(?P<rom>" + _ROMAN + r")(?:[)\]]|(?!\w)))?)?"
)
_WORD = (
    r"(?:\b(?:[Qq]uestions?|QUESTIONS?|[Pp]rompts?|[Tt]opics?|[Ii]tems?|[Ii]nquir(?:y|ies)|[Ff]rage|[Pp]regunta"
    r"|[Dd]omanda|[Vv]raag|[Pp]ytanie)"
    r"\s*(?:[Nn](?:o|r|os|umber|umbers)\.?\s*)?|\bQ(?:uestion)?\.?\s?(?=\d)|\bQs\.?\s?(?=\d)|\b(?:RFC|RFI|NPRM"
    r"|ANPRM)\s+(?:[Qq]uestions?\s+)?(?=\d{1,2}\s?\W?[a-z]\b))"
)
_BEFORE_BARE = (
    r"(?:\b(?:in (?:response|answer|reply) to|responding to|response to|answer to"
    r"|re(?:garding)?:?|with respect to|under|see)\s+)"
)
_EXPLICIT = re.compile(_WORD + _REF)
_LETTERED = re.compile(_BEFORE_BARE + r"(?P<rest>" + _REF + ")", re.IGNORECASE)
_MORE = re.compile(
    r"\s*(?P<sep>,?\s*(?:and|or|&|und|et|y)\b\s*|[,;/]\s*|\s?(?:[-–—]|to\b|through\b|thru\b"
    r"|bis\b)\s?)(?:[Qq]uestions?\s+|Q\.?\s?)?"
)
_NEXT_REF = re.compile(_REF)
_LONE_LETTER = re.compile(r"[(\[]?(?P<let>[a-z])(?:[)\]]|(?![\w’']))(?:\s?[.]?\s?[(\[](?P<rom>" + _ROMAN + r")[)\]])?")
_RANGE = re.compile(r"[-–—]|\bto\b|through|thru|bis")
_OF_SECTION = r"(?P<section>[A-Z])[.-]?(?P<number>\d{1,2})(?:[.(]?(?P<let>[a-z])\)?)?"
_SECTIONED = re.compile(rf"\b(?:[Qq]uestions?|QUESTIONS?|Q\.?)\s{_OF_SECTION}(?!\w)")
_SECTION_LABEL = re.compile(rf"\s*(?:[-–•*]\s*)?{_OF_SECTION}\s?[.):–—-]?(?=\s|$)")
_QUARTER = re.compile(r"\s*(?:,?\s?(?:of |fy ?)?(?:19|20)\d\d|fy)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """Questions named at ``start`` to ``end`` (half open) of a text."""

    start: int
    end: int
    numbers: tuple[Parts, ...]


class Numbers:
    """The numbers of an RFC's questions, in its order."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self.ids: dict[Parts, str] = {}
        for question in questions:
            self.ids.setdefault(_key(parts_of(question.number)), question.question_id)
        self._order = list(self.ids)

    def known(self, parts: Sequence[str]) -> Parts | None:
        """The question that ``parts`` name; where there is no such sub-question, the question above it."""
        key = _key(parts)
        while key:
            if key in self.ids:
                return key
            key = key[:-1]
        return None

    def exact(self, parts: Sequence[str]) -> Parts | None:
        """The question that ``parts`` name, or None."""
        return _key(parts) if _key(parts) in self.ids else None

    def between(self, first: Parts, last: Parts) -> list[Parts]:
        """All questions from ``first`` to ``last`` that stand as deep as they do."""
        if first not in self.ids or last not in self.ids or len(first) != len(last):
            return []
        i, j = self._order.index(first), self._order.index(last)
        return [n for n in self._order[i : j + 1] if len(n) == len(first) and n[:-1] == first[:-1]]


def find_references(text: str, numbers: Numbers) -> list[Reference]:
    """References to known questions in ``text``, ordered. A bare number needs a word such as "question" before it."""
    found = _sectioned(text, numbers)
    for match in sorted([*_EXPLICIT.finditer(text), *_lettered(text)], key=lambda m: m.start()):
        if any(match.start() < reference.end and match.end() > reference.start for reference in found):
            continue
        if text[match.start()] == "Q" and _QUARTER.match(text, match.end()):
            continue
        first = numbers.known(_parts(match))
        if first:
            named, end = _list_after(text, match.end(), first, numbers)
            found.append(Reference(match.start(), end, tuple(dict.fromkeys(named))))
    return sorted(found, key=lambda reference: reference.start)


def _sectioned(text: str, numbers: Numbers) -> list[Reference]:
    """References to questions whose numbers begin with the letter of their section: "Question B.2"."""
    return [
        Reference(match.start(), match.end(), (known,))
        for match in _SECTIONED.finditer(text)
        if (known := numbers.exact([part for part in match.groups() if part]))
    ]


def section_label_at(text: str) -> tuple[Parts, int] | None:
    """The number of a label with a section's letter at the beginning of ``text`` ("B.2.", "B2:"), and where it ends."""
    match = _SECTION_LABEL.match(text)
    return (_key([part for part in match.groups() if part]), match.end()) if match else None


def list_at(text: str, numbers: Numbers) -> Reference | None:
    """A list of numbers with letters at the beginning of ``text``: "(1a, 1b, 1c)", "1.d. and 2.a."."""
    match = re.match(r"\s*[(\[]?" + _REF + r"[.)\]]?", text)
    first = numbers.exact(_parts(match)) if match and (match["let"] or match["far"]) else None
    if match is None or first is None:
        return None
    named, end = _list_after(text, match.end(), first, numbers)
    named = list(dict.fromkeys(named))
    return Reference(0, end, tuple(named)) if len(named) > 1 else None


def _lettered(text: str) -> list[re.Match[str]]:
    return [m for m in _LETTERED.finditer(text) if (m["let"] or m["far"])]


def label_at(text: str) -> tuple[Parts, int] | None:
    """The number of a label at the beginning of ``text`` ("1.a.", "3. b) …", "2(d)(i)", "5."), and where it ends."""
    match = re.match(r"\s*(?:[-–•*]\s*)?[(\[]?" + _REF + r"[)\]]?\s?(?P<stop>[.:)\]]|[—–-]\s|(?=\n)|$|(?=\s))", text)
    if not match or (
        not (match["let"] or match["far"]) and match["stop"].strip() not in (".", ":", ")", "]", "-", "–", "—")
    ):
        return None
    return _parts(match), match.end()


def _parts(match: re.Match[str]) -> Parts:
    found = (match["num"], match["let"] or match["far"], match["rom"])
    return _key([part for part in found if part])


def _key(parts: Sequence[str]) -> Parts:
    return tuple(str(int(p)) if p.isdigit() else p.lower() for p in parts)


def _list_after(text: str, at: int, first: Parts, numbers: Numbers) -> tuple[list[Parts], int]:
    """The rest of a list or range that begins with ``first``: "-3", ", 1b and c"."""
    named = [first]
    while more := _MORE.match(text, at):
        following = _NEXT_REF.match(text, more.end())
        letter = None if following else _LONE_LETTER.match(text, more.end())
        if following:
            parts, end = numbers.exact(_parts(following)), following.end()
        elif letter and len(named[-1]) >= 2:
            parts = numbers.exact([p for p in (named[-1][0], letter["let"], letter["rom"]) if p])
            end = letter.end()
        else:
            break
        if parts is None:
            break
        named += numbers.between(named[-1], parts) if _RANGE.search(more["sep"]) else [parts]
        named.append(parts)
        at = end
    return named, at
