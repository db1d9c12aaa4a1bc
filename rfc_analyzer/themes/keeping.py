"""Themes that stay what they are from run to run: known ones keep their ids and titles, new ones get new ids.

BERTopic numbers its topics by size, anew each time; here a registry of earlier themes decides. Where little is new, new
passages go to the nearest known theme. Where passages are grouped again, the earlier themes have a vote, and the groups
are matched with them one to one (Kuhn 1955).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rfc_analyzer.model import Passage
from rfc_analyzer.model_themes import KnownTheme
from rfc_analyzer.themes.titles import is_rest

_MOST_CHANGED = 0.2  # of the passages, to which themes keep the words that they were described in
_MOST_NEW = 0.5  # of the passages, from which on all are grouped again
_LEAST_OVERLAP = 0.3  # Jaccard, of passages that both groupings know, for a group to be an earlier theme
NEW, WITHOUT = -1, -2


@dataclass(frozen=True)
class Kept:
    """What is known of each passage: ``labels`` (n,) are places in ``themes``; NEW, or WITHOUT a theme before.

    ``gone`` counts the passages of themes that are there no longer.
    """

    themes: tuple[KnownTheme, ...]
    parents: tuple[KnownTheme, ...]
    labels: np.ndarray
    highest: Mapping[str, int]
    gone: int = 0

    @property
    def still_described(self) -> bool:
        """Whether so few passages came and went since the themes were described that their words still hold."""
        changed = sum(theme.changed for theme in self.themes) + int(np.sum(self.labels == NEW)) + self.gone
        return changed <= _MOST_CHANGED * len(self.labels)

    @property
    def mostly_known(self) -> bool:
        """Whether so little is new that it can be put to the known themes."""
        return bool(np.mean(self.labels == NEW) < _MOST_NEW)

    @property
    def voting(self) -> np.ndarray:
        """The earlier grouping, -1 for passages that it had no theme for."""
        return np.where(self.labels >= 0, self.labels, -1)

    def parent_of(self, theme: int) -> int:
        """The place in ``parents`` of a theme's parent, -1 for none."""
        ids = [parent.theme_id for parent in self.parents]
        parent_id = self.themes[theme].parent_id
        return ids.index(parent_id) if parent_id in ids else -1


def known_labels(known: Sequence[KnownTheme], passages: Sequence[Passage]) -> Kept | None:
    """What ``known`` says of ``passages``; None where it knows none of them."""
    parent_ids = {theme.parent_id for theme in known}
    themes = tuple(t for t in known if t.theme_id and t.theme_id not in parent_ids and t.passage_ids)
    place = {name: WITHOUT for t in known if not t.theme_id for name in t.passage_ids}
    place |= {name: number for number, theme in enumerate(themes) for name in theme.passage_ids}
    labels = np.array([place.get(p.passage_id, NEW) for p in passages])
    if not (labels >= 0).any():
        return None
    there = set(labels.tolist())
    themes_left = [number for number in range(len(themes)) if number in there]
    moved = {number: left for left, number in enumerate(themes_left)}
    labels = np.array([moved.get(label, label) for label in labels.tolist()])
    highest: dict[str, int] = {}
    for theme in known:
        if theme.theme_id:
            letter, number = theme.theme_id[0], int(theme.theme_id[1:])
            highest[letter] = max(number, highest.get(letter, 0))
    parents = tuple(t for t in known if t.theme_id in parent_ids)
    gone = sum(len(theme.passage_ids) for theme in themes) - int(np.sum(labels >= 0))
    return Kept(tuple(themes[number] for number in themes_left), parents, labels, highest, gone)


def matched(found: np.ndarray, known: np.ndarray) -> dict[int, int]:
    """For each group of ``found`` (n,) the group of ``known`` (n,) that it is, one to one; -1 is no group.

    Groups whose common passages are too few are left out: they are new.
    """
    from scipy.optimize import linear_sum_assignment

    both = (found >= 0) & (known >= 0)
    if not both.any():
        return {}
    common = np.zeros((int(found.max()) + 1, int(known.max()) + 1))
    np.add.at(common, (found[both], known[both]), 1)
    either = common.sum(axis=1, keepdims=True) + common.sum(axis=0, keepdims=True) - common
    overlap = common / np.maximum(either, 1)
    rows, columns = linear_sum_assignment(-common)
    return {int(r): int(c) for r, c in zip(rows, columns, strict=True) if overlap[r, c] >= _LEAST_OVERLAP}


def numbered(
    letter: str, sizes: np.ndarray, titles: Sequence[str], ids: Mapping[int, str], highest: Mapping[str, int]
) -> dict[int, str]:
    """The id of each group that has passages: as ``ids`` knows it, or the next free number.

    The largest comes first, what is left beside the others last.
    """
    there = (group for group in range(len(titles)) if sizes[group])
    order = sorted(there, key=lambda group: (is_rest(titles[group]), -sizes[group], titles[group]))
    digits = max(2, len(str(len(titles) + highest.get(letter, 0))))
    found: dict[int, str] = {}
    number = highest.get(letter, 0)
    for group in order:
        if group not in ids:
            number += 1
        found[group] = ids.get(group) or f"{letter}{number:0{digits}d}"
    return found
