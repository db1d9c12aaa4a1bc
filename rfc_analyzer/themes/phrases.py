"""Phrases of passages: one to five words within a clause, no stop word at either end.

Singular and plural, upper and lower case, "open-source" and "open source" are one phrase, with one key; ``Wording``
knows how a key is mostly written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rfc_analyzer.themes.stopwords import LINKS, OPENERS, STOP_WORDS

Spelling = TypeVar("Spelling", str, tuple[str, ...])

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
_JUNK = re.compile(r"(?=.*\d)(?=.*[^\W\d_])\w{6,}|\w{25,}")  # serial numbers, and words that lost their spaces


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
            elif end - start > 1 and units[end - 1][0] not in LINKS:
                break


def _telling(unit: tuple[str, ...]) -> bool:
    return any(
        len(word) > 1
        and not word.isdigit()
        and word not in STOP_WORDS
        and word not in OPENERS
        and not _JUNK.fullmatch(word)
        for word in unit
    )


def _found(text: str) -> Iterable[tuple[tuple[str, ...], str]]:
    """The units of each phrase, as written, and its key."""
    for units in clauses(text):
        low = [unit_words(unit) for unit in units]
        stems = [" ".join(map(stem, unit)) for unit in low]
        for start, end in _spans(low):
            yield tuple(units[start:end]), " ".join(stems[start:end])


def phrase_keys(text: str) -> list[str]:
    """The keys of all phrases of ``text``, with repetitions; an analyser for scikit-learn's vectorisers."""
    return [key for _, key in _found(text)]


def informative(text: str) -> int:
    """How many words of ``text`` are no stop words."""
    return sum(_telling(unit_words(unit)) for units in clauses(text) for unit in units)


class Wording:
    """How phrases are mostly written in a docket."""

    def __init__(self, texts: Iterable[str], keys: Iterable[str]) -> None:
        wanted = set(keys)
        written: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        capitals: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            for units in clauses(text):
                for unit in units[1:]:  # the first is often capital by its place
                    capitals[unit.casefold()][unit] += 1
            for found, key in _found(text):
                if key in wanted:
                    written[key][found] += 1
        self._written = {key: _commonest(counts) for key, counts in written.items()}
        self._capitals = {word: _commonest(counts) for word, counts in capitals.items()}

    def of(self, key: str) -> str:
        """``key`` as people write it: "AI systems", "open-source code", "First Amendment"."""
        first, *rest = self._written.get(key, key.split())
        if all(unit == unit.casefold() for unit in rest):  # no name: the capital may be that of a sentence's start
            first = self._capitals.get(first.casefold(), first)
        *others, last = first, *rest
        return " ".join((*others, last.removesuffix("'s")))


def _commonest(counts: Counter[Spelling]) -> Spelling:
    return min(counts, key=lambda text: (-counts[text], text))
