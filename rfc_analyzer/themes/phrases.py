"""Phrases of passages: one to five words within a clause, no stop word at either end.

Singular and plural, upper and lower case, "open-source" and "open source" are one phrase, with one key; :mod:`wording`
knows how a key is mostly written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from rfc_analyzer.themes.stopwords import LINKS, OPENERS, STOP_WORDS

LONGEST = 5
_CLAUSE = re.compile(r"[.?!:;,](?=\s|$|[\"”’)\]])|[()\[\]{}\"“”«»—–|/\\•…\n\t]+|\s-\s")
# addresses of pages and of mail tell where something stands, not what it is about
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b(?:[\w-]+\.)+(?:com|org|net|gov|edu|int|io|eu|uk|ca|au|de|fr)\b(?:/\S*)?",
    re.IGNORECASE,
)
_PERHAPS_ADDRESS = re.compile(r"\w[.@]\w|://")  # most texts hold none, and this is found fast
_UNIT = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*")
_KNOWN_UNITS = 2**16
_HYPHEN = re.compile(r"[-‑]")
# a number belongs to a phrase only behind one of these: "section 230", "title 9"
NUMBERED = frozenset({"article", "chapter", "form", "part", "rule", "section", "title", "schedule", "annex"})
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
    if _PERHAPS_ADDRESS.search(text):
        text = _ADDRESS.sub("\n", text)
    for piece in _CLAUSE.split(text):
        found = [unit.replace("’", "'") for unit in _UNIT.findall(piece)]
        if found:
            yield found


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is known of a unit wherever it stands: its words, their stems, and whether it says what a text is about."""

    words: tuple[str, ...]
    stems: str
    telling: bool
    opens: bool


@lru_cache(_KNOWN_UNITS)
def _known(unit: str) -> _Unit:
    words = tuple(_HYPHEN.split(unit.casefold().removesuffix("'s")))
    return _Unit(words, " ".join(map(stem, words)), any(map(_tells, words)), len(words) == 1 and words[0] in OPENERS)


def _tells(word: str) -> bool:
    return (
        len(word) > 1
        and not word.isdigit()
        and word not in STOP_WORDS
        and word not in OPENERS
        and not _JUNK.fullmatch(word)
    )


def unit_words(unit: str) -> tuple[str, ...]:
    """The words of a unit, in lower case, without the possessive ending."""
    return _known(unit).words


def unit_stems(unit: str) -> str:
    """The words of a unit without their plural endings, as they stand in keys."""
    return _known(unit).stems


def _spans(units: Sequence[_Unit]) -> Iterable[tuple[int, int]]:
    """Phrases as ranges of ``units``."""
    for start, unit in enumerate(units):
        if unit.words[0] in NUMBERED and start + 1 < len(units) and units[start + 1].words[0].isdigit():
            yield start, start + 2
        if not unit.telling and not unit.opens:
            continue
        length = 0
        for end in range(start + 1, len(units) + 1):
            last = units[end - 1]
            length += len(last.words)
            if length > LONGEST:
                break
            if last.telling:
                yield start, end
            elif end - start > 1 and not _links(units, end - 1):
                break


def _links(units: Sequence[_Unit], place: int) -> bool:
    """Whether a phrase may go on over the unit at ``place``; "the" needs a link before it ("rights of the child")."""
    word = units[place].words[0]
    return word in LINKS and (word != "the" or units[place - 1].words[0] in LINKS)


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
        yield from places_in(units)


def places_in(units: Sequence[str], wanted: Set[str] | None = None) -> Iterable[Place]:
    """Every use of a phrase in a clause; of the ``wanted`` keys alone, where they are given."""
    known = [_known(unit) for unit in units]
    for start, end in _spans(known):
        key = " ".join(unit.stems for unit in known[start:end])
        if wanted is None or key in wanted:
            yield Place(tuple(units[start:end]), key, units[:start], units[end:])


def phrase_keys(text: str) -> list[str]:
    """The keys of all phrases of ``text``, with repetitions; an analyser for scikit-learn's vectorisers."""
    found: list[str] = []
    for units in clauses(text):
        known = [_known(unit) for unit in units]
        found.extend(" ".join(unit.stems for unit in known[start:end]) for start, end in _spans(known))
    return found


def informative(text: str) -> int:
    """How many words of ``text`` are no stop words."""
    return sum(_known(unit).telling for units in clauses(text) for unit in units)


def says_something(text: str, least: int) -> bool:
    """Whether ``least`` words of ``text`` are no stop words; most texts are not read to their end for it."""
    telling = (unit for units in clauses(text) for unit in units if _known(unit).telling)
    return sum(1 for _ in islice(telling, least)) == least
