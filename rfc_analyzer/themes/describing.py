"""Groups of passages to rows of the themes table: titles, keywords, counts, representative passages, ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from rfc_analyzer.model import Passage, Theme
from rfc_analyzer.themes.clusters import centroids_of
from rfc_analyzer.themes.directions import unit
from rfc_analyzer.themes.fitting import fitted
from rfc_analyzer.themes.grouping import Grouping
from rfc_analyzer.themes.keeping import Kept, matched, numbered
from rfc_analyzer.themes.parents import parent_groups
from rfc_analyzer.themes.seeds import Encode
from rfc_analyzer.themes.titles import (
    choose_phrases,
    describe_in_phrases,
    keywords,
    make_titles,
    own_factors,
    parent_scores,
    phrase_scores,
    title_scores,
)
from rfc_analyzer.themes.vocabulary import Vocabulary
from rfc_analyzer.themes.wording import Wording

_REPRESENTATIVES = 5
_READ_A_GROUP = 200
_READABLE = re.compile(r"[\W\d]{0,6}[^\W\d_](?!.*\S{26}).{78,800}[.?!][\"”’)\]]*\d{0,3}", re.DOTALL)


@dataclass(frozen=True)
class _Level:
    """One level of themes: the group of each passage, -1 for none, and each group's title, keywords and sentence."""

    groups: np.ndarray
    titles: Sequence[str]
    keywords: Sequence[tuple[str, ...]]
    descriptions: Sequence[str]
    ids: dict[int, str]


def describe(
    passages: Sequence[Passage],
    grouping: Grouping,
    kept: np.ndarray,
    own_phrases: Sequence[str],
    known: Kept | None = None,
    encode: Encode | None = None,
) -> tuple[tuple[Theme, ...], dict[int, str]]:
    """Rows of the themes table, and the theme id of each label. ``kept`` (n,) says which passages belong to a theme.
    With ``encode`` titles are phrases whose meaning is near the theme's, not only frequent ones.

    Themes come by size and then by title: T01, T02 …; then their parents, P01 … What is ``known`` has the id it had.
    """
    vocabulary = grouping.vocabulary
    parent = grouping.parent
    if parent is None:
        parent = parent_groups(centroids_of(grouping.directions, grouping.labels))
    groups = np.where(kept, grouping.labels, -1)
    wording = Wording((passages[row].text for row in _some_of_each(groups)), vocabulary.keys)
    factors = own_factors(vocabulary, own_phrases)

    scores = title_scores(phrase_scores(vocabulary, groups, factors), vocabulary.keys, wording)
    scores = fitted(scores, vocabulary.keys, wording, centroids_of(grouping.directions, grouping.labels), encode)
    # known themes choose too, so that their descriptions are what they were
    given = {label: name for label, name in grouping.names.items() if label not in grouping.ids}
    chosen = choose_phrases(scores, vocabulary.keys, given)
    words = [keywords(ranked, wording) for ranked in grouping.words]
    titles = make_titles([_written(places, vocabulary, wording) for places in chosen], words)
    titles = [grouping.names.get(label, title) for label, title in enumerate(titles)]
    said = [describe_in_phrases(scores, n, vocabulary.keys, own, wording, words[n]) for n, own in enumerate(chosen)]
    highest = known.highest if known else {}
    themes = _Level(groups, titles, words, said, numbered("T", _sizes(groups, titles), titles, grouping.ids, highest))
    parent, above = _parent_level(grouping, wording, factors, groups, scores, chosen, parent, known, encode)

    rows = [
        _row(
            themes,
            label,
            vocabulary.submissions,
            parent_id=above.ids.get(int(parent[label])),
            stability=grouping.stability[label],
            representatives=_representatives(passages, grouping, np.flatnonzero(groups == label)),
            is_new=known is not None and label not in grouping.ids,
        )
        for label in themes.ids
    ]
    for label, parent_id in above.ids.items():
        best = [row.representative_passage_ids for row in rows if row.parent_id == parent_id]
        shown = _of_themes(best, passages, vocabulary.submissions)
        rows.append(_row(above, label, vocabulary.submissions, parent_id=None, stability=None, representatives=shown))
    return tuple(rows), themes.ids


def _row(
    level: _Level,
    label: int,
    submissions: np.ndarray,
    *,
    parent_id: str | None,
    stability: float | None,
    representatives: tuple[str, ...],
    is_new: bool = False,
) -> Theme:
    members = np.flatnonzero(level.groups == label)
    voices = len(np.unique(submissions[members]))
    return Theme(
        theme_id=level.ids[label],
        label=level.titles[label],
        keywords=level.keywords[label],
        parent_id=parent_id,
        passages=len(members),
        submissions=voices,
        distinct_texts=voices,  # what campaigns repeat is not among the passages
        stability=stability,
        representative_passage_ids=representatives,
        description=level.descriptions[label],
        is_new=is_new,
    )


def _parent_level(
    grouping: Grouping,
    wording: Wording,
    factors: np.ndarray,
    groups: np.ndarray,
    by_theme: np.ndarray,
    chosen: Sequence[Sequence[int]],
    parent: np.ndarray,
    known: Kept | None,
    encode: Encode | None,
) -> tuple[np.ndarray, _Level]:
    """The parent of each theme, and their level; themes that share no phrase have no parent."""
    vocabulary = grouping.vocabulary
    above = np.where(groups >= 0, parent[groups], -1)
    if above.max() < 0:
        return parent, _Level(above, (), (), (), {})
    scores = phrase_scores(vocabulary, above, factors)
    ranked = np.argsort(-scores, axis=1, kind="stable")[:, :30]
    words = [keywords([vocabulary.keys[place] for place in row], wording) for row in ranked]
    shared = parent_scores(title_scores(scores, vocabulary.keys, wording), by_theme, parent, chosen)
    inside = above >= 0
    centres = centroids_of(grouping.directions[inside], above[inside])
    shared = fitted(shared, vocabulary.keys, wording, centres, encode)
    phrases = choose_phrases(shared, vocabulary.keys, {}, fewest_words=2)
    titles = make_titles([_written(places, vocabulary, wording) for places in phrases], words)
    said = [describe_in_phrases(shared, n, vocabulary.keys, own, wording, words[n]) for n, own in enumerate(phrases)]
    names, ids = _known_parents(above, known)
    titles = [names.get(number, title) for number, title in enumerate(titles)]
    nameless = [number for number, places in enumerate(phrases) if not places and number not in names]
    parent = np.where(np.isin(parent, nameless), -1, parent)
    above = np.where(np.isin(above, nameless), -1, above)
    sizes = _sizes(above, titles)
    return parent, _Level(above, titles, words, said, numbered("P", sizes, titles, ids, known.highest if known else {}))


def _known_parents(above: np.ndarray, known: Kept | None) -> tuple[dict[int, str], dict[int, str]]:
    """Titles and ids of the parents that an earlier run knew."""
    if known is None:
        return {}, {}
    before = np.array([known.parent_of(label) if label >= 0 else -1 for label in known.labels.tolist()])
    found = {number: known.parents[place] for number, place in matched(above, before).items()}
    return {n: p.label for n, p in found.items()}, {n: p.theme_id for n, p in found.items()}


def _some_of_each(groups: np.ndarray) -> list[int]:
    """Rows of some passages of each group, evenly spaced: enough to know how its phrases are written."""
    found: list[int] = []
    for group in range(int(groups.max()) + 1):
        rows = np.flatnonzero(groups == group)
        found.extend(rows[:: max(1, len(rows) // _READ_A_GROUP)].tolist())
    return found


def _written(places: Sequence[int], vocabulary: Vocabulary, wording: Wording) -> list[str]:
    return [wording.of(vocabulary.keys[place]) for place in places]


def _sizes(groups: np.ndarray, titles: Sequence[str]) -> np.ndarray:
    return np.bincount(groups[groups >= 0], minlength=len(titles))


def _representatives(passages: Sequence[Passage], grouping: Grouping, rows: np.ndarray) -> tuple[str, ...]:
    """The passages nearest to the centre, one a submission, whole sentences of some length first."""
    directions, submissions = grouping.directions[rows], grouping.vocabulary.submissions
    near = np.round(directions @ unit(directions.mean(axis=0, keepdims=True))[0], 5)
    readable = [_READABLE.fullmatch(passages[row].text.strip()) is not None for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (not readable[i], -near[i], rows[i]))
    return _one_a_submission([int(rows[place]) for place in order], passages, submissions)


def _of_themes(
    themes: Sequence[tuple[str, ...]], passages: Sequence[Passage], submissions: np.ndarray
) -> tuple[str, ...]:
    """The best of each theme, then the second best of each, and so on."""
    place = {p.passage_id: row for row, p in enumerate(passages)}
    turns = zip_longest(*themes)
    return _one_a_submission([place[name] for turn in turns for name in turn if name], passages, submissions)


def _one_a_submission(rows: Sequence[int], passages: Sequence[Passage], submissions: np.ndarray) -> tuple[str, ...]:
    chosen: dict[int, str] = {}
    for row in rows:
        chosen.setdefault(int(submissions[row]), passages[row].passage_id)
        if len(chosen) == _REPRESENTATIVES:
            break
    return tuple(chosen.values())
