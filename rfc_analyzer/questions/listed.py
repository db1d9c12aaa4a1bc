"""Questions that a person lists: pasted from a notice, or typed into a table with a number beside each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import Question, TextSource
from rfc_analyzer.questions.notice import numbered_lists
from rfc_analyzer.questions.numbering import joined, parts_of
from rfc_analyzer.questions.references import label_at
from rfc_analyzer.readers.document import Document

_WORD = re.compile(r"(?:questions?|q)\.?\s*(?:no\.?|#)?\s*(?=\d)", re.IGNORECASE)
# as this program writes a list: "Question 2d(i). What …", "Question A1. Where …", "Question S2.1. Which …"
_NAMED = re.compile(r"Question (?P<number>(?:S\d+\.)?[A-Za-z]{0,4}\d*[\w().]{0,12})\.\s")
_BULLET = re.compile(r"^\s*[-–—•*▪◦]\s*")


def read_list(text: str) -> list[Question]:
    """The questions of a pasted list, in its order. Every item is one, whether or not it asks.

    Items with numbers or letters keep them, and a line without goes on with the item above. Where nothing is
    numbered, each line is a question, numbered in order. Raises :class:`BadInput` where there is no question, or two
    with one number.
    """
    whole = _with_whole_numbers(text)
    document = Document(text, (0,), None, TextSource.TXT, ())
    trees = [[(q.number, q.text) for q in numbered_lists(document, sections)] for sections in (False, True)]
    best = max((whole, *trees), key=len)
    if not best:
        lines = [_BULLET.sub("", line).strip() for line in text.splitlines()]
        best = [("", line) for line in lines]
    return numbered(best)


def _with_whole_numbers(text: str) -> list[tuple[str, str]]:
    """Numbers and texts of a list in which each item has its whole number: "Q1", "2a.", "2(d)(i)"; else nothing."""
    rows: list[tuple[str, str]] = []
    for line in filter(None, (_BULLET.sub("", raw).strip() for raw in text.splitlines())):
        named = _NAMED.match(line)
        if named:
            rows.append((_tidied(named["number"]), line[named.end() :].strip()))
            continue
        word = _WORD.match(line)
        bare = line[word.end() :] if word else line
        label = label_at(bare) or _bare_number(bare, bool(word)) or _counted_on(bare, rows)
        if label:
            rows.append((joined(label[0]), bare[label[1] :].strip()))
        elif rows:
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {line}")
    return rows if len({number for number, _ in rows}) == len(rows) else []


def _bare_number(text: str, after_word: bool) -> tuple[tuple[str, ...], int] | None:
    """A number before a space: "1.2" and "5)" always, "5" only after the word "question"."""
    match = re.match(r"(\d{1,3}(?:\.\d{1,2})*)([).:]?)\s", text)
    return ((match[1],), match.end()) if match and (after_word or "." in match[1] or match[2]) else None


def _counted_on(text: str, rows: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], int] | None:
    """A number alone before a sentence, where it is the next: "2 Who …" below "1 What …"."""
    match = re.match(r"(\d{1,3})\s+(?=[A-Z“\"‘'(])", text)
    last = re.match(r"\d+", rows[-1][0]) if rows else None
    following = int(last[0]) + 1 if last else 1
    return ((match[1],), match.end()) if match and int(match[1]) == following and (last or not rows) else None


def numbered(rows: Iterable[tuple[str, str]], known: Sequence[Question] = ()) -> list[Question]:
    """Questions from numbers and texts; a row without a text is left out, one without a number gets the next one.

    A number that ``known`` holds keeps its id and page. A sub-question ("2a") belongs to the question above it ("2")
    where that is listed. Raises :class:`BadInput` where there is no question, or two with one number.
    """
    texts = _texts(rows)
    if not texts:
        raise BadInput("there is no question in this list; put one on each line, with its number if it has one")
    before = {q.number: q for q in known}
    ids = {number: before[number].question_id if number in before else _id(number) for number in texts}
    pages = {number: q.page for number, q in before.items()}
    return [
        Question(ids[number], number, ids.get(_above(number, texts)), text, pages.get(number))
        for number, text in texts.items()
    ]


def _texts(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Text by number, in order."""
    texts: dict[str, str] = {}
    top = 0
    for number, text in rows:
        words = " ".join(text.split())
        if not words:
            continue
        own = _tidied(number)
        if not own:
            own = str(top + 1)
            while own in texts:
                own = str(int(own) + 1)
        if own in texts:
            raise BadInput(f"two questions have the number {own}; give each its own")
        texts[own] = words
        first = re.match(r"\d+", own)
        top = max(top, int(first[0])) if first else top
    return texts


def _tidied(number: str) -> str:
    """ "Question 2 (d) (i)." as "2d(i)"; what holds no number or letter as nothing."""
    bare = _WORD.sub("", number.strip(), count=1)
    if re.fullmatch(r"S\d+\.\S+", bare):
        # the number of a list that counts anew, as this program writes it
        return bare
    return joined(parts_of(bare))


def _id(number: str) -> str:
    return f"Q{number}"


def _above(number: str, texts: dict[str, str]) -> str:
    """The number of the question that ``number`` is a part of; empty where none is listed."""
    parts = parts_of(number)
    for length in range(len(parts) - 1, 0, -1):
        above = joined(parts[:length])
        if above in texts:
            return above
    decimal = number.rpartition(".")[0]
    return decimal if decimal in texts else ""
