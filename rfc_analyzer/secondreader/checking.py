"""Whether quoted words stand in a text."""

from __future__ import annotations

import re
import unicodedata

_ALIKE = str.maketrans("‘’‚‛“”„‟–—−‐‑", "''''\"\"\"\"-----")
_FEWEST = 3  # words; less is found anywhere


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """The span of ``text`` that is ``quote``; None where it is not there, or too short to show anything.

    Line ends, spaces, and the shapes of quotation marks and dashes may differ; nothing else.
    """
    wanted = [part for part in _plain(quote).strip("\"' ").split() if part]
    if len(wanted) < _FEWEST:
        return None
    found = re.search(r"\s+".join(map(re.escape, wanted)), _plain(text))
    return found.span() if found else None


def _plain(text: str) -> str:
    """The same number of characters, so that spans stay true."""
    folded = ((letter, unicodedata.normalize("NFKC", letter)) for letter in text.translate(_ALIKE))
    return "".join(form if len(form) == 1 else letter for letter, form in folded)
