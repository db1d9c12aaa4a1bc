"""Words of a text, for everything that counts or compares words."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def words(text: str) -> list[str]:
    """Lower-case words in order; an inner apostrophe or hyphen belongs to its word."""
    return [match.replace("’", "'") for match in _WORD.findall(text.casefold())]


def normalise(text: str) -> str:
    """``text`` with only its words left, lower case, one space between: equal where two texts say the same."""
    return " ".join(words(text))
