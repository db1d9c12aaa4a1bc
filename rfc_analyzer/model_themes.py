"""Types about themes; part of the vocabulary of :mod:`rfc_analyzer.model`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoTheme(StrEnum):
    """Why a passage that counts has no theme."""

    FRAGMENT = "fragment"
    REMARK = "remark"
    REPEATED = "repeated"
    UNLIKE_ANY = "unlike_any"


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A theme as the last run left it, with all its passages; ``theme_id`` is empty for passages without a theme.

    One without passages is there no longer: its id is not given again. ``changed`` counts the passages that came or
    went since its ``keywords`` and its ``description`` were chosen, ``worded_with`` tells what these depend on beside.
    """

    theme_id: str
    label: str
    parent_id: str | None
    stability: float | None
    passage_ids: tuple[str, ...]
    made_with: str = ""
    keywords: tuple[str, ...] = ()
    description: str = ""
    changed: int = 0
    worded_with: str = ""
