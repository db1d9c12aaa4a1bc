"""Words of a text, for everything that counts or compares words."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
# a control sequence (colours, cursor), or a command to the terminal up to its end (title, link, clipboard)
_ESCAPE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
)
_UNSAFE = frozenset({"Cc", "Cf", "Cs"})


def words(text: str) -> list[str]:
    """Lower-case words in order; an inner apostrophe or hyphen belongs to its word."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def normalise(text: str) -> str:
    """``text`` with only its words left, lower case, one space between: equal where two texts say the same."""
    return " ".join(words(text))


def printable(text: str) -> str:
    """``text`` on one line and safe for a terminal.

    Escape sequences, control and direction characters could recolour, overwrite or reorder what stands around them.
    """
    without = _ESCAPE.sub("", text)
    kept = (" " if c.isspace() else c for c in without if c.isspace() or unicodedata.category(c) not in _UNSAFE)
    return " ".join("".join(kept).split())
