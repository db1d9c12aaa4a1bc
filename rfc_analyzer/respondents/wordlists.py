"""The word lists: which words name a kind of body, given names, and what stands where no name is given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rfc_analyzer.respondents.kinds import Kind
from rfc_analyzer.words import words

_INNER_CAPITAL = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Found:
    """A term at words ``start`` to ``end`` (half open) of a name; not ``whole`` where it is a part of its word."""

    start: int
    end: int
    kind: Kind
    whole: bool = True


def name_words(text: str) -> list[str]:
    """Words of a name; "LightWorks" and compounds with a hyphen are cut, since the lists hold their parts."""
    terms = _bodies()[0]
    # "GmbH" is one word
    spaced = " ".join(part if (part.casefold(),) in terms else _INNER_CAPITAL.sub(" ", part) for part in text.split())
    found = [part for word in words(spaced) for part in ([word] if _is_term(word) else word.split("-"))]
    return [word if (word,) in terms else word.removesuffix("'s") for word in found]


def find_bodies(tokens: list[str]) -> list[Found]:
    """Words of ``tokens`` that name a kind of body, the longest term first, not overlapping."""
    terms, endings, beginnings, longest = _bodies()
    found, at = [], 0
    while at < len(tokens):
        step = 1
        for length in range(min(longest, len(tokens) - at), 0, -1):
            kind = terms.get(tuple(tokens[at : at + length]))
            whole = kind is not None
            if kind is None and length == 1:
                kind = _by_part(tokens[at], endings, beginnings)
            if kind is not None:
                found.append(Found(at, at + length, kind, whole))
                step = length
                break
        at += step
    return found


def _by_part(word: str, endings: Sequence[tuple[str, Kind]], beginnings: Sequence[tuple[str, Kind]]) -> Kind | None:
    """The kind that the end of ``word`` names, or its beginning."""
    for end, kind in endings:
        if word.endswith(end) and word != end:
            return kind
    return next((kind for start, kind in beginnings if word.startswith(start) and word != start), None)


@cache
def _bodies() -> tuple[dict[tuple[str, ...], Kind], list[tuple[str, Kind]], list[tuple[str, Kind]], int]:
    terms: dict[tuple[str, ...], Kind] = {}
    endings: list[tuple[str, Kind]] = []
    beginnings: list[tuple[str, Kind]] = []
    for line in _lines("bodies.tsv"):
        kind, _, listed = line.split("\t")
        for term in listed.split("; "):
            if term.startswith("*"):
                endings.append((term[1:], Kind(kind)))
            elif term.endswith("*"):
                beginnings.append((term[:-1], Kind(kind)))
            else:
                spelled = words(term)
                terms.setdefault(tuple(spelled), Kind(kind))
                # names are read without their possessives
                terms.setdefault(tuple(word.removesuffix("'s") for word in spelled), Kind(kind))
    endings.sort(key=lambda item: (-len(item[0]), item[0]))
    return terms, endings, beginnings, max(map(len, terms))


def _is_term(word: str) -> bool:
    return "-" not in word or (word,) in _bodies()[0]


@cache
def given_names() -> frozenset[str]:
    """Given names, lower case, without accents."""
    return frozenset(name for line in _lines("given_names.txt") for name in line.split())


@cache
def family_names() -> frozenset[str]:
    """Common family names, lower case, without accents."""
    return frozenset(name for line in _lines("family_names.txt") for name in line.split())


@cache
def common_nouns() -> frozenset[str]:
    """Words that stand in names of bodies and are seldom part of a person's name."""
    return frozenset(word for line in _lines("common_nouns.txt") for word in line.split())


@cache
def common_words() -> frozenset[str]:
    """Words that tell nothing of a docket's subject."""
    return frozenset(word for line in _lines("common_words.txt") for word in line.split())


@cache
def anonymous_phrases() -> frozenset[str]:
    """What stands where a name should, when none is given."""
    return frozenset(" ".join(words(line)) for line in _lines("anonymous.txt"))


@cache
def no_organisation_phrases() -> frozenset[str]:
    """What people write into the organisation field when they write for themselves."""
    return frozenset(" ".join(words(line)) for line in _lines("not_organisations.txt"))


def plain(word: str) -> str:
    """``word`` in lower case, without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))


def _lines(name: str) -> list[str]:
    text = (files("rfc_analyzer.respondents") / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
