"""Better titles of themes by a language model, recorded as a reviewer's: they are marked and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rfc_analyzer.comparison.passages import theme_passages
from rfc_analyzer.model import Theme
from rfc_analyzer.privacy import masked
from rfc_analyzer.progress import Progress, Silent
from rfc_analyzer.reviews import Change, review
from rfc_analyzer.secondreader.running import ReaderFailed
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import THEMES
from rfc_analyzer.theming import BY_MODEL, LABEL, titled_by

_QUOTES, _QUOTE_LETTERS = 5, 400
_WORDS, _LETTERS = range(2, 7), 80
_SILENT = Silent()


class Titler(Protocol):
    """Whatever can be asked for a title."""

    model: str

    def title(self, theme: str) -> str:
        """A title for what ``theme`` tells of. Raises :class:`ReaderFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class Titled:
    """What a run did, by theme id: titles given, and why others have none; ``left`` had one by a person or a model."""

    given: Mapping[str, str]
    failed: Mapping[str, str]
    left: tuple[str, ...]


def themes_to_title(analysis: Analysis) -> list[Theme]:
    """Themes whose title is the program's own: those that a person or a model named stay."""
    named = titled_by(analysis.reviews)
    return [theme for theme in analysis.rows(THEMES) if theme.theme_id not in named]


def title_themes(analysis: Analysis, titler: Titler, progress: Progress = _SILENT) -> Titled:
    """Ask ``titler`` for a title of each theme that nobody has named, and record it as the model's review.

    A title that is too long, too short or another theme's is none: the theme keeps its own.
    """
    left, everyone = themes_to_title(analysis), analysis.rows(THEMES)
    progress.stage("Asking for titles", len(left))
    taken = {theme.label.casefold() for theme in everyone}
    given: dict[str, str] = {}
    failed: dict[str, str] = {}
    for theme in left:
        try:
            title = " ".join(titler.title(_told(analysis, theme)).split()).strip("\"'“”. ")
            why = _problem(title, taken - {theme.label.casefold()})
        except ReaderFailed as error:
            title, why = "", str(error)
        if why:
            failed[theme.theme_id] = why
        else:
            review(analysis.folder, titler.model + BY_MODEL, [Change(THEMES.name, theme.theme_id, LABEL, title)])
            given[theme.theme_id] = title
            taken.add(title.casefold())
        progress.advance(1, theme.theme_id)
    asked = {theme.theme_id for theme in left}
    return Titled(given, failed, tuple(t.theme_id for t in everyone if t.theme_id not in asked))


def _told(analysis: Analysis, theme: Theme) -> str:
    """What is sent of a theme: no names of respondents, and no contact details in the quotes."""
    rows = theme_passages(analysis, theme.theme_id)[:_QUOTES]
    said = "\n".join(f"- {masked(row.text)[:_QUOTE_LETTERS]}" for row in rows)
    return f"Keywords: {', '.join(theme.keywords)}\n{theme.description}\nRespondents say:\n{said}"


def _problem(title: str, taken: set[str]) -> str:
    if len(title.split()) not in _WORDS or len(title) > _LETTERS or not title.isprintable():
        return "it gave no title of 2 to 6 words"
    return "it gave the title of another theme" if title.casefold() in taken else ""
