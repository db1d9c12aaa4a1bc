"""Which language a text is written in."""

from __future__ import annotations

_LETTERS_READ = 3_000


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language that ``text`` begins in; "zxx" where it is in none."""
    import py3langid  # loads a model: not at import time

    return str(py3langid.classify(text[:_LETTERS_READ])[0])
