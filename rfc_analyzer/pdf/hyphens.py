"""Words that a line's end breaks: one word, or two with a hyphen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rfc_analyzer.pdf.lines import BREAK

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_]+")
_UNKNOWN_SHARE = 0.3
_SHORTEST_WORD = 3


class Hyphens:
    """Decides from a document's own words. A hyphen that the typesetter put in goes; one of the writer's stays."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._seen: Counter[str] = Counter()
        firsts = []
        for line in lines:
            text = line.casefold()
            stem = _stem(text)
            if stem is not None:
                firsts.append(stem)
                text = text[: -len(stem) - 1]
            self._seen.update(_WORD.findall(text))
        unknown = sum(not self._known(first) for first in firsts)
        # a typesetter who breaks words leaves halves that are none
        self._typeset = unknown > _UNKNOWN_SHARE * len(firsts)

    def joined(self, text: str, following: str | None) -> tuple[str, str]:
        """The line as it goes into the text, and what comes between it and the next line."""
        stem = _stem(text)
        bare = text.removesuffix(BREAK)
        if following is None:
            return (bare if bare == text else bare.removesuffix("-") + "-"), ""
        if stem is None:
            return (bare, " ") if bare == text else (bare.removesuffix("-") + "-", "")
        bare = bare.removesuffix("-")
        return (bare if self._one_word(stem, following) else bare + "-"), ""

    def _one_word(self, stem: str, following: str) -> bool:
        match = _FIRST.match(following)
        if not match or not following[:1].islower():
            return False
        first, second = stem.casefold(), match[0].casefold()
        together, apart = self._seen[first + second], self._seen[f"{first}-{second}"]
        if together or apart:
            return together >= apart
        if not self._known(first):
            return True
        return self._typeset and not self._known(second)

    def _known(self, word: str) -> bool:
        return len(word) >= _SHORTEST_WORD and self._seen[word] > 0


def _stem(text: str) -> str | None:
    """The letters before a hyphen at a line's end."""
    if not text.endswith((BREAK, "-")):
        return None
    found = _LAST.search(text.removesuffix(BREAK).removesuffix("-"))
    return found[0] if found else None
