"""Questions of notices that have no list of one item a line: whole numbers ("A.1", "2a"), or a list inside a sentence.

These layouts are looked for where a notice has no list that reads as a tree, or where more of its questions have whole
numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence, Set

from rfc_analyzer.model import Question
from rfc_analyzer.questions.numbering import joined

_WHOLE = re.compile(
    r"^(?:(?i:questions?|q)\.?\s*(?:no\.?\s*|#)?)?(?:(?P<letter>(?!Q\d)[A-Z])[.-]?(?P<of_letter>\d{1,2})"
    r"|(?P<number>\d{1,2})(?:[.-]?\(?(?P<part>[a-z])\)?|[.-](?P<decimal>\d{1,2})))(?:\.?\(?(?P<deep>[ivx]{1,4})\)?)?"
    r"\s?[.):]?\s+(?=[A-Z“\"‘'(])"
)
# the question above others, which has a number and no letter: "Q1:", "1."
_TOP = re.compile(r"^(?:(?i:questions?|q)\.?\s*(?:no\.?\s*|#)?)?(?P<number>\d{1,2})\s?[.):]\s+(?=[A-Z“\"‘'(])")
_INLINE = re.compile(r"(?:^|(?<=\s))\((?P<mark>\d{1,2}|[a-z])\)\s+")
_FEWEST = 2
_ASKING_SHARE = 0.6
_TAIL = re.compile(r"[;,]?\s*(?:\b(?:and|or))?\s*$")
_NEXT_SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-Z])")

Line = tuple[str, int | None]
"""A paragraph's text, and its page."""


def whole_numbers(lines: Sequence[Line]) -> list[Question]:
    """Lines that begin with their whole number; none where fewer than two do, or most of them don't ask.

    A line with a number alone is one of them where lines below are its parts, "1." before "1a.", or where it counts on.
    """
    found: dict[str, list[str]] = {}
    pages: dict[str, int | None] = {}
    parts = {m["number"] for text, _ in lines if (m := _WHOLE.match(text)) and m["number"]}
    for text, page in lines:
        match = begins_with_whole_number(text) or _above_others(text, parts, found)
        if match and (number := _number(match)) not in found:
            found[number], pages[number] = [text[match.end() :].strip()], page
            last = number
        elif found and not re.search(r"[.?!:]$", found[last][-1]):
            found[last].append(text)
    asking = sum("?" in " ".join(pieces) for pieces in found.values())
    if len(found) < _FEWEST or asking < _ASKING_SHARE * len(found):
        return []
    return [
        Question(f"Q{number}", number, _above(number, found), " ".join(pieces), pages[number])
        for number, pieces in found.items()
    ]


def begins_with_whole_number(line: str) -> re.Match[str] | None:
    """The whole number at the beginning of a line, as "2a." or "A.1"."""
    return _WHOLE.match(line)


def _above_others(line: str, parts: Set[str], found: Collection[str]) -> re.Match[str] | None:
    match = _TOP.match(line)
    if not match:
        return None
    before = {str(int(match["number"]) - 1)} & parts
    return match if match["number"] in parts or (found and before) else None


def inside_sentences(lines: Sequence[Line], leads_in: re.Pattern[str]) -> list[Question]:
    """Items "(1) … (2) …" within paragraphs, counted on through the notice.

    A paragraph's items count where the words before them match ``leads_in`` or each is a question.
    """
    found: list[Question] = []
    for text, page in lines:
        marks = _in_order(list(_INLINE.finditer(text)), len(found))
        if len(marks) < _FEWEST:
            continue
        ends = [m.start() for m in marks[1:]] + [len(text)]
        items = [text[m.end() : end].strip() for m, end in zip(marks, ends, strict=True)]
        if all("?" in item for item in items):
            pass
        elif leads_in.search(text[: marks[0].start()]):
            items[-1] = _NEXT_SENTENCE.split(items[-1])[0]
        else:
            continue
        for item in items:
            number = str(len(found) + 1)
            found.append(Question(f"Q{number}", number, None, _TAIL.sub("", " ".join(item.split())), page))
    return found


def _number(match: re.Match[str]) -> str:
    said = match.groupdict()
    if said.get("letter"):
        parts = [said["letter"], said["of_letter"]]
    elif said.get("decimal"):
        parts = [f"{said['number']}.{said['decimal']}"]
    else:
        parts = [said["number"], said.get("part")]
    return joined(tuple(p for p in [*parts, said.get("deep")] if p))


def _above(number: str, found: dict[str, list[str]]) -> str | None:
    above = re.sub(r"(?:\([ivx]+\)|[a-z]|\.?\d+)$", "", number)
    return f"Q{above}" if above in found else None


def _in_order(marks: Sequence[re.Match[str]], before: int) -> list[re.Match[str]]:
    """The marks that go on counting after ``before``, or from the first number or letter."""
    kept: list[re.Match[str]] = []
    for mark in marks:
        value = _value(mark)
        if not kept:
            wanted = value in (before + 1, 1)
        else:
            same = kept[0]["mark"].isdigit() == mark["mark"].isdigit()
            wanted = same and value == _value(kept[0]) + len(kept)
        if wanted:
            kept.append(mark)
    return kept


def _value(mark: re.Match[str]) -> int:
    return int(mark["mark"]) if mark["mark"].isdigit() else ord(mark["mark"]) - ord("a") + 1
