"""An optional second reader: a language model behind any OpenAI-compatible endpoint, asked where submissions stand.

It is off unless somebody runs it, and then the text of the submissions leaves this machine. Nothing depends on it: it
changes no position, and what it says is kept apart and shown only where it disagrees. Every quote that it gives is
looked for in the letter, word for word; what rests on words that are not there is a failed item, not an answer.
"""

from __future__ import annotations

from rfc_analyzer.secondreader.checking import find_quote
from rfc_analyzer.secondreader.keeping import (
    SECOND_READING,
    Disagreement,
    SecondRow,
    disagreements,
    failed_items,
    second_reading,
)
from rfc_analyzer.secondreader.running import Estimate, Reader, Reply, Run, Said, estimate, read_again
from rfc_analyzer.secondreader.titling import Titled, Titler, themes_to_title, title_themes

__all__ = [
    "SECOND_READING",
    "Disagreement",
    "Estimate",
    "Reader",
    "Reply",
    "Run",
    "Said",
    "SecondRow",
    "Titled",
    "Titler",
    "disagreements",
    "estimate",
    "failed_items",
    "find_quote",
    "read_again",
    "second_reading",
    "themes_to_title",
    "title_themes",
]
