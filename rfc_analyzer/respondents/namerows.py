"""Names of people that stand one after the other on a line, as where a PDF's two columns of signers ran together."""

from __future__ import annotations

import re

from rfc_analyzer.respondents.wordlists import common_nouns, find_bodies, given_names, name_words, plain

_TOKEN = re.compile(r"\S+")
_EDGES = ",;.*†‡()"
_NAME = re.compile(r"[^\W\d_][\w'’.-]*$")
_INITIAL = re.compile(r"[^\W\d_]\.?$")
# a name with a given name that is known, one with another, and a word that belongs to none
_KNOWN, _UNKNOWN, _SKIPPED = 2.0, -0.5, -1.0
_FEWEST = 5
_MOSTLY = 0.6
_LONGEST_LINE = 4_000


def names_in_row(line: str) -> list[tuple[int, int]]:
    """Where in ``line`` names of people stand in a row; none where they are fewer than five or mostly unknown.

    The likeliest way to cut the line into names of two words, or three with an initial, is taken.
    """
    if len(line) > _LONGEST_LINE:
        return []
    spans = [m.span() for m in _TOKEN.finditer(line)]
    tokens = [line[a:b].strip(_EDGES) for a, b in spans]
    best: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())]
    for end in range(1, len(tokens) + 1):
        choices = [(best[end - 1][0] + _SKIPPED, best[end - 1][1])]
        for length in (2, 3):
            begin = end - length
            if begin >= 0 and _could_be_name(tokens[begin:end]):
                gain = _KNOWN if _known(tokens[begin]) else _UNKNOWN
                choices.append((best[begin][0] + gain, (*best[begin][1], (begin, end))))
        best.append(max(choices, key=lambda choice: choice[0]))
    names = best[-1][1]
    known = sum(_known(tokens[begin]) for begin, _ in names)
    if len(names) < _FEWEST or known < _MOSTLY * len(names):
        return []
    return [(spans[begin][0], spans[begin][0] + len(line[spans[begin][0] : spans[end - 1][1]].rstrip(_EDGES)))
            for begin, end in names]  # fmt: skip


def _known(token: str) -> bool:
    return plain(token) in given_names()


def _could_be_name(tokens: list[str]) -> bool:
    """Two words, or three of which the middle one is an initial, that begin with capitals and name no thing."""
    first, *middle, last = tokens
    if (
        _INITIAL.match(last)
        or any(not _INITIAL.match(m) for m in middle)
        or not all(_NAME.match(t) and t[0].isupper() for t in tokens)
    ):
        return False
    words = name_words(f"{first} {last}")
    return not find_bodies(words) and not any(word in common_nouns() for word in words)
