"""The themes of an analysis folder from run to run: what each was called, and which passages were its own.

The registry lies beside the tables and stays when all is done anew, as people's reviews do: these name themes by their
ids. The next run reads it, and gives a theme that it finds again the id and the title it had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from rfc_analyzer.model import Passage, Theme
from rfc_analyzer.model_themes import KnownTheme
from rfc_analyzer.tables import Table

REGISTRY = Table("theme_registry", KnownTheme)


def known_themes(folder: Path) -> list[KnownTheme]:
    """The themes that earlier runs found, also those that are there no longer; none where there was no run."""
    return REGISTRY.read(folder) if REGISTRY.path(folder).exists() else []


def remember_themes(
    folder: Path,
    themes: Sequence[Theme],
    passages: Sequence[Passage],
    before: Sequence[KnownTheme],
    made_with: str,
    worded_with: str = "",
    words_kept: bool = False,
) -> None:
    """Write the registry for the next run; ``made_with`` tells with which settings the themes were made.

    Themes of ``before`` that are there no longer stay without passages, so that their ids are not given again.
    ``words_kept``: keywords and descriptions are those of ``before``; ``worded_with`` tells what they depend on.
    """
    known = {theme.theme_id: theme for theme in before} if words_kept else {}
    inside: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.counted:
            inside[passage.theme_id or ""].append(passage.passage_id)
    rows = [
        KnownTheme(
            t.theme_id,
            t.label,
            t.parent_id,
            t.stability,
            tuple(inside[t.theme_id]),
            made_with,
            t.keywords,
            t.description,
            _changed(known.get(t.theme_id), inside[t.theme_id]),
            worded_with,
        )
        for t in themes
    ]
    rows.append(KnownTheme("", "", None, None, tuple(inside[""]), made_with, worded_with=worded_with))
    there = {row.theme_id for row in rows}
    gone = [
        KnownTheme(t.theme_id, t.label, None, None, (), made_with, worded_with=worded_with)
        for t in before
        if t.theme_id not in there
    ]
    folder.mkdir(parents=True, exist_ok=True)
    REGISTRY.write(folder, [*rows, *gone])


def _changed(before: KnownTheme | None, passage_ids: Sequence[str]) -> int:
    """How many passages came or went since the words of a theme were chosen; 0 where they are chosen now."""
    return before.changed + len({*before.passage_ids} ^ {*passage_ids}) if before else 0
