"""What a signer added to a template, and what they left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from rfc_analyzer.words import words

_WORD = re.compile(r"([^\W_]+(?:['’\-][^\W_]+)*)")

# Aligning two texts takes time in proportion to the product of their lengths.
_MAX_ALIGNED_WORDS = 20_000

# A run of the template's own words between two changed words is part of the change.
_BRIDGE_WORDS = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """Verbatim pieces, one a line, in the order of the text they stand in."""

    added_text: str
    removed_text: str


@dataclass(frozen=True, slots=True)
class ChangedSpans:
    """Where a text differs: ``added`` are spans of the text, ``removed`` spans of the template, each in order."""

    added: tuple[tuple[int, int], ...]
    removed: tuple[tuple[int, int], ...]


def difference(template: str, text: str) -> Difference:
    """Word-level difference of ``text`` to ``template``."""
    found = changed_spans(template, text)
    if found is None:
        return Difference(_lines_not_in(text, template), _lines_not_in(template, text))
    return Difference(_pieces(text, found.added), _pieces(template, found.removed))


def changed_spans(template: str, text: str) -> ChangedSpans | None:
    """The words of ``text`` that ``template`` hasn't, and the other way; None where they are too long to align."""
    old = _template_tokens(template)
    first, last = _changed_words(old, template, text)
    # most letters differ in a few places: what stands before the first and after the last needs no alignment
    begin = old.ends[first - 1] if first else 0
    end = len(text) - (len(template) - old.starts[last]) if last < len(old.words) else len(text)
    new = _tokens(text, begin, end)
    if max(last - first, len(new.words)) > _MAX_ALIGNED_WORDS:
        return None
    removed, added = _changed_runs(old.words[first:last], new.words)
    return ChangedSpans(_spans(new, added), _spans(old, ((a + first, b + first) for a, b in removed)))


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The words of a text, and where each stands in it."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def _tokens(text: str, begin: int = 0, end: int | None = None) -> _Tokens:
    pieces = _WORD.split(text[begin:end])
    # what stands between words and the words take turns; a match object for each word would cost three times as much
    places = list(accumulate(map(len, pieces), initial=begin))
    return _Tokens(list(map(str.casefold, pieces[1::2])), places[1:-1:2], places[2::2])


# one template is compared with thousands of letters in a row
_template_tokens = lru_cache(maxsize=4)(_tokens)


def _changed_words(old: _Tokens, template: str, text: str) -> tuple[int, int]:
    """The first and last word (one after it) of the template between the words with which both texts begin and end.

    A word is the same only where what follows it is, too: "board" may be the beginning of "board's".
    """
    most = min(len(template), len(text))
    head = _common(most, lambda n: template[:n] == text[:n])
    tail = _common(most - head, lambda n: template[len(template) - n :] == text[len(text) - n :])
    first = bisect_left(old.ends, head - 1)
    return first, max(first, bisect_right(old.starts, len(template) - tail + 1))


def _common(most: int, same: Callable[[int], bool]) -> int:
    """The largest ``n`` up to ``most`` for which ``same(n)`` holds, as it does for all smaller."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        if same(middle):
            low = middle
        else:
            most = middle - 1
    return low


def _changed_runs(old: list[str], new: list[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    from rapidfuzz.distance import Indel

    removed, added = [], []
    for step in Indel.opcodes(old, new):
        if step.tag == "insert":
            added.append((step.dest_start, step.dest_end))
        elif step.tag == "delete":
            removed.append((step.src_start, step.src_end))
    return _bridged(removed), _bridged(added)


def _bridged(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and start - joined[-1][1] <= _BRIDGE_WORDS:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _spans(tokens: _Tokens, runs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((tokens.starts[start], tokens.ends[end - 1]) for start, end in runs)


def _pieces(text: str, spans: Iterable[tuple[int, int]]) -> str:
    return "\n".join(text[start:end] for start, end in spans)


def _lines_not_in(text: str, other: str) -> str:
    known = {tuple(words(line)) for line in other.splitlines()}
    return "\n".join(line for line in text.splitlines() if line.strip() and tuple(words(line)) not in known)
