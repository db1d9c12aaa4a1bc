"""Themes as people leave them: renamed, joined, parted and hidden, by reviews that stay through every new run.

A theme's reviews name its id. ``words`` parts from a theme the passages that hold one of them; what they part is a
theme of its own with an id like ``T05.1``, which can be renamed, joined and hidden in turn.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from rfc_analyzer.model import Passage, Review, Theme
from rfc_analyzer.tables import PASSAGES, THEMES, Table

LABEL, MERGED_INTO, HIDDEN, WORDS = THEMES.c.label, "merged_into", "hidden", "words"
THEME_COLUMNS = frozenset({LABEL, MERGED_INTO, HIDDEN, WORDS})
BY_MODEL = " (language model)"
"""The end of the name under which titles of a language model are recorded."""

_P = PASSAGES.c
_SHOWN = 5
LONGEST_LABEL = 80


def part_id(theme_id: str, number: int) -> str:
    """The id of the theme that is parted from another."""
    return f"{theme_id}.{number}"


def split_words(words: str) -> tuple[str, ...]:
    """The words and phrases of a review, which are separated by semicolons or commas."""
    return tuple(word.strip() for word in re.split(r"[;,]", words) if word.strip())


def titled_by(reviews: Sequence[Review]) -> Mapping[str, str]:
    """Who gave each theme its present title, by its id; the program's own titles are not in it."""
    given = {r.row_id: r for r in reviews if (r.table, r.column) == (THEMES.name, LABEL)}
    first = {r.row_id: r.old for r in reversed(reviews) if (r.table, r.column) == (THEMES.name, LABEL)}
    return {theme_id: r.reviewer for theme_id, r in given.items() if r.new != first[theme_id]}


def theming_in(folder: Path, reviews: Sequence[Review]) -> Theming | None:
    """What people did to the themes in ``folder``; None where they did nothing."""
    about = any(one.table == THEMES.name or (one.table, one.column) == (PASSAGES.name, _P.theme_id) for one in reviews)
    there = THEMES.path(folder).exists() and PASSAGES.path(folder).exists()
    return Theming(folder, reviews) if about and there else None


@dataclass(frozen=True)
class Theming:
    """The themes in ``folder`` as ``reviews`` leave them."""

    folder: Path
    reviews: Sequence[Review]

    def of(self, table: Table[Any], rows: Sequence[Any]) -> list[Any]:
        """The rows of ``table`` as people leave them; tables that hold no themes come back as they are."""
        if table.name == THEMES.name:
            return self.themes
        if table.name == PASSAGES.name:
            return [self._passage(row) for row in rows]
        return list(rows)

    @cached_property
    def themes(self) -> list[Theme]:
        """The themes that are left, in the order of the table, parted ones after the one they are parted from."""
        inside: dict[str, list[int]] = defaultdict(list)
        for place, theme_id in enumerate(self._final):
            if theme_id is not None:
                inside[theme_id].append(place)
        shown = []
        for theme in self._before:
            for one in (theme, *self._parts(theme)):
                if one.theme_id in inside and not self._is_parent(one):
                    shown.append(self._counted(one, inside[one.theme_id]))
        return self._with_parents(shown)

    @property
    def labels(self) -> Mapping[str, str]:
        """The present label of every theme that there is or was, by its id."""
        known = {one.theme_id: one for theme in self._before for one in (theme, *self._parts(theme))}
        return {theme_id: self._given.get((theme_id, LABEL)) or theme.label for theme_id, theme in known.items()}

    def value(self, theme_id: str, column: str) -> str:
        """What people last gave, or what is so without them."""
        if column == LABEL:
            return self.labels.get(theme_id, "")
        return self._given.get((theme_id, column), "false" if column == HIDDEN else "")

    def problem(self, theme_id: str, column: str, new: str) -> str:
        """What is wrong with a change; empty where nothing is."""
        known = self.labels
        owner = theme_id.rpartition(".")[0]
        if theme_id not in known and not (column in (WORDS, LABEL) and owner in known):
            return f"there is no {theme_id} in {THEMES.name}"
        if column == LABEL and not 0 < len(new) <= LONGEST_LABEL:
            return f"{theme_id}: a title has 1 to {LONGEST_LABEL} characters"
        if column == HIDDEN and new not in ("true", "false"):
            return f"{theme_id}: {column} is true or false, not {new!r}"
        parents = {t.parent_id for t in self._before}
        if column == MERGED_INTO and new and (new not in known or new in parents or theme_id in parents):
            return f"{theme_id}: only a theme without parts can be joined to another such theme, not to {new!r}"
        if column == MERGED_INTO and new and self._followed(new, {theme_id}) == theme_id:
            return f"{theme_id}: {new} is joined to it already"
        return ""

    @cached_property
    def _given(self) -> dict[tuple[str, str], str]:
        return {(one.row_id, one.column): one.new for one in self.reviews if one.table == THEMES.name}

    @cached_property
    def _before(self) -> list[Theme]:
        return THEMES.read(self.folder)

    @cached_property
    def _stored(self) -> dict[str, list[Any]]:
        columns = [_P.passage_id, _P.submission_id, _P.theme_id, _P.text]
        found: dict[str, list[Any]] = pq.read_table(PASSAGES.path(self.folder), columns=columns).to_pydict()
        return found

    @cached_property
    def _final(self) -> list[str | None]:
        """The theme of each passage of the table."""
        moved = {r.row_id: r.new for r in self.reviews if (r.table, r.column) == (PASSAGES.name, _P.theme_id)}
        there = {theme.theme_id for theme in self._before}
        first = [
            self._moved(moved.get(passage_id), theme_id, there)
            for passage_id, theme_id in zip(self._stored[_P.passage_id], self._stored[_P.theme_id], strict=True)
        ]
        parts = {t: [(p, _pattern(words)) for p, words in self._parted(t)] for t in set(first) if t}
        return [
            self._shown(theme_id, parts.get(theme_id or "", ()), text)
            for theme_id, text in zip(first, self._stored[_P.text], strict=True)
        ]

    @staticmethod
    def _moved(given: str | None, theme_id: str | None, there: set[str]) -> str | None:
        if given is None:
            return theme_id
        return given if given in there else None if given == "none" else theme_id

    def _shown(self, theme_id: str | None, parts: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str | None:
        if theme_id is None:
            return None
        found = next((part for part, pattern in parts if pattern.search(text)), theme_id)
        last = self._followed(found, set())
        return None if self._given.get((last, HIDDEN)) == "true" else last

    def _followed(self, theme_id: str, seen: set[str]) -> str:
        """The theme that ``theme_id`` ends up in."""
        while (target := self._given.get((theme_id, MERGED_INTO))) and theme_id not in seen:
            seen = seen | {theme_id}
            theme_id = target
        return theme_id

    def _parted(self, theme_id: str) -> list[tuple[str, tuple[str, ...]]]:
        """Ids of what is parted from a theme, each with its words."""
        found = [
            (row_id, split_words(words))
            for (row_id, column), words in self._given.items()
            if column == WORDS and row_id.rpartition(".")[0] == theme_id
        ]
        return sorted(part for part in found if part[1])

    def _parts(self, theme: Theme) -> list[Theme]:
        return [
            replace(theme, theme_id=part, label=" and ".join(words[:2]).capitalize(), keywords=words, stability=None,
                    representative_passage_ids=(), description="", is_rest=False)
            for part, words in self._parted(theme.theme_id)
        ]  # fmt: skip

    def _is_parent(self, theme: Theme) -> bool:
        return any(other.parent_id == theme.theme_id for other in self._before)

    def _named(self, theme: Theme) -> Theme:
        """``theme`` as people call it: what has a name of its own is no rest."""
        given = self._given.get((theme.theme_id, LABEL))
        return replace(theme, label=given, is_rest=False) if given and given != theme.label else theme

    def _counted(self, theme: Theme, places: Sequence[int]) -> Theme:
        ids, whose = self._stored[_P.passage_id], self._stored[_P.submission_id]
        inside = {ids[place] for place in places}
        kept = [passage for passage in theme.representative_passage_ids if passage in inside]
        others = {whose[place]: ids[place] for place in reversed(places)}
        voices = len(others)
        return replace(
            self._named(theme),
            passages=len(places),
            submissions=voices,
            distinct_texts=voices,
            representative_passage_ids=tuple(kept or list(others.values())[:_SHOWN]),
        )

    def _with_parents(self, shown: Sequence[Theme]) -> list[Theme]:
        whose: dict[str, set[str]] = defaultdict(set)
        passages: dict[str, int] = defaultdict(int)
        parent_of = {theme.theme_id: theme.parent_id for theme in shown}
        for theme_id, submission in zip(self._final, self._stored[_P.submission_id], strict=True):
            parent = parent_of.get(theme_id or "")
            if parent:
                whose[parent].add(submission)
                passages[parent] += 1
        hidden = {t.theme_id for t in self._before if self._given.get((t.theme_id, HIDDEN)) == "true"}
        parents = [
            replace(self._named(t), passages=passages[t.theme_id], submissions=len(whose[t.theme_id]),
                    distinct_texts=len(whose[t.theme_id]))
            for t in self._before
            if t.theme_id in whose and t.theme_id not in hidden
        ]  # fmt: skip
        there = {t.theme_id for t in parents}
        return [replace(t, parent_id=t.parent_id if t.parent_id in there else None) for t in shown] + parents

    @cached_property
    def _theme_of(self) -> Mapping[str, str | None]:
        return dict(zip(self._stored[_P.passage_id], self._final, strict=True))

    def _passage(self, row: Passage) -> Passage:
        theme_id = self._theme_of.get(row.passage_id)
        return row if theme_id == row.theme_id else replace(row, theme_id=theme_id)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)
