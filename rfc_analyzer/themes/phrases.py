"""Phrases of passages: one to five words within a clause, no stop word at either end.

Singular and plural, upper and lower case, "open-source" and "open source" are one phrase, with one key; :mod:`wording`
knows how a key is mostly written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rfc_analyzer.themes.stopwords import LINKS, OPENERS, STOP_WORDS

LONGEST = 5
_CLAUSE = re.compile(r"[.?!:;,](?=\s|$|[\"”’)\]])|[()\[\]{}\"“”«»—–|/\\•…\n\t]+|\s-\s")
# addresses of pages and of mail tell where something stands, not what it is about
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b(?:[\w-]+\.)+(?:com|org|net|gov|edu|int|io|eu|uk|ca|au|de|fr)\b(?:/\S*)?",
    re.IGNORECASE,
)
_UNIT = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*")
_HYPHEN = re.compile(r"[-‑]")
# a number belongs to a phrase only behind one of these: "section 230", "title 9"
_NUMBERED = frozenset({"article", "chapter", "form", "part", "rule", "section", "title", "schedule", "annex"})
# serial numbers, words that lost their spaces, and numbers of questions ("2b"; "5G" and "3D" are words)
_JUNK = re.compile(r"(?=.*\d)(?=.*[^\W\d_])\w{6,}|\w{25,}|\d{1,2}[a-ce-fh-z]")


def stem(word: str) -> str:
    """``word`` without a plural ending; crude, but the same for both forms."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def clauses(text: str) -> Iterable[list[str]]:
    """The units of each clause, as written: a word, or a hyphened compound, which is never broken up."""
    for piece in _CLAUSE.split(_ADDRESS.sub("\n", text)):
        found = [unit.replace("’", "'") for unit in _UNIT.findall(piece)]
        if found:
            yield found


def unit_words(unit: str) -> tuple[str, ...]:
    """The words of a unit, in lower case, without the possessive ending."""
    return tuple(_HYPHEN.split(unit.casefold().removesuffix("'s")))


def _spans(units: Sequence[tuple[str, ...]]) -> Iterable[tuple[int, int]]:
    """Phrases as ranges of ``units``, which are in lower case."""
    telling = [_telling(unit) for unit in units]
    for start, unit in enumerate(units):
        if unit[0] in _NUMBERED and start + 1 < len(units) and units[start + 1][0].isdigit():
            yield start, start + 2
        if not telling[start] and not (len(unit) == 1 and unit[0] in OPENERS):
            continue
        length = 0
        for end in range(start + 1, len(units) + 1):
            length += len(units[end - 1])
            if length > LONGEST:
                break
            if telling[end - 1]:
                yield start, end
            elif end - start > 1 and not _links(units, end - 1):
                break


def _links(units: Sequence[tuple[str, ...]], place: int) -> bool:
    """Whether a phrase may go on over the unit at ``place``; "the" needs a link before it ("rights of the child")."""
    word = units[place][0]
    return word in LINKS and (word != "the" or units[place - 1][0] in LINKS)


def _telling(unit: tuple[str, ...]) -> bool:
    return any(
        len(word) > 1
        and not word.isdigit()
        and word not in STOP_WORDS
        and word not in OPENERS
        and not _JUNK.fullmatch(word)
        for word in unit
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One use of a phrase: its units as written, its key, and the units of its clause before and after it."""

    units: tuple[str, ...]
    key: str
    before: Sequence[str]
    after: Sequence[str]


def places(text: str) -> Iterable[Place]:
    """Every use of a phrase in ``text``."""
    for units in clauses(text):
        low = [unit_words(unit) for unit in units]
        stems = [" ".join(map(stem, unit)) for unit in low]
        for start, end in _spans(low):
            yield Place(tuple(units[start:end]), " ".join(stems[start:end]), units[:start], units[end:])


def phrase_keys(text: str) -> list[str]:
    """The keys of all phrases of ``text``, with repetitions; an analyser for scikit-learn's vectorisers."""
    return [place.key for place in places(text)]


def informative(text: str) -> int:
    """How many words of ``text`` are no stop words."""
    return sum(_telling(unit_words(unit)) for units in clauses(text) for unit in units)
