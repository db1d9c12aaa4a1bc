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
) -> None:
    """Write the registry for the next run; ``made_with`` tells with which settings the themes were made.

    Themes of ``before`` that are there no longer stay without passages, so that their ids are not given again.
    """
    inside: dict[str, list[str]] = defaultdict(list)
    for passage in passages:
        if passage.counted:
            inside[passage.theme_id or ""].append(passage.passage_id)
    rows = [
        KnownTheme(t.theme_id, t.label, t.parent_id, t.stability, tuple(inside[t.theme_id]), made_with) for t in themes
    ]
    rows.append(KnownTheme("", "", None, None, tuple(inside[""]), made_with))
    there = {row.theme_id for row in rows}
    gone = [KnownTheme(t.theme_id, t.label, None, None, (), made_with) for t in before if t.theme_id not in there]
    folder.mkdir(parents=True, exist_ok=True)
    REGISTRY.write(folder, [*rows, *gone])
