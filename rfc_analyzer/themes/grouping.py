"""Passages with their cluster labels, and what is known of the clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes.clusters import Assign
from rfc_analyzer.themes.directions import grouping_view, unit
from rfc_analyzer.themes.keeping import NEW, WITHOUT, Kept
from rfc_analyzer.themes.vocabulary import Vocabulary

_FAR_QUANTILE = 0.1
_FEWEST_STRANGERS, _FEWEST_STRANGE_VOICES = 8, 3
_ONE_NEW_THEME = 0.6  # cosine of centres
_NEARER = 0.15  # cosine by which passages of a new theme are nearer to each other's centre than to any known one
_DECIMALS = 5  # sums may differ in the last bits from run to run


@dataclass(frozen=True)
class Grouping:
    """What is known of each passage and of each group of passages.

    By passage: ``directions`` (n, d) and ``labels`` (n,); by label: ``words`` (phrase keys, best first) and
    ``stability``; ``names`` are those of the labels that have a given name, ``ids`` of those that had an id before.
    ``stays`` (n,) is 1 or 0 for passages that are known to belong to a theme or to none, -1 for the others; ``parent``
    is that of each label, where it is known.
    """

    directions: np.ndarray
    labels: np.ndarray
    words: tuple[tuple[str, ...], ...]
    stability: tuple[float | None, ...]
    vocabulary: Vocabulary
    names: Mapping[int, str]
    ids: Mapping[int, str] = field(default_factory=dict)
    stays: np.ndarray | None = None
    parent: np.ndarray | None = None

    def named(self, names: Mapping[int, str]) -> Grouping:
        """The same with names given."""
        return replace(self, names=names)


def group_passages(
    directions: np.ndarray,
    vocabulary: Vocabulary,
    pinned: np.ndarray,
    settings: ThemeSettings,
    seed: int,
    known: np.ndarray | None = None,
    assign: Assign | None = None,
) -> Grouping:
    """Fit BERTopic and measure how stable its topics are; ``pinned`` (n,) names the seed of a passage, -1 for none.

    ``known`` (n,) is an earlier grouping that has a say, -1 for passages that it didn't know. Of a large docket only
    the passages that ``vocabulary`` read are grouped; ``assign`` puts the others to the nearest topic.
    """
    from rfc_analyzer.themes.clusters import LeidenClusters
    from rfc_analyzer.themes.shell import fit_topics
    from rfc_analyzer.themes.stability import stability

    rows = vocabulary.rows
    voices, voting = vocabulary.submissions[rows], None if known is None else known[rows]
    clusters = LeidenClusters(settings, seed, pinned[rows], voices, voting)
    view = grouping_view(directions[rows], vocabulary.single_words)
    topics = fit_topics(view, vocabulary, clusters)
    found = stability(view, topics.labels, clusters, settings, seed)
    stable = tuple(None if np.isnan(value) else round(float(value), 4) for value in found)
    labels = _spread(directions, rows, topics.labels, pinned, assign)
    return Grouping(directions, labels, topics.words, stable, vocabulary, {})


def _spread(
    directions: np.ndarray, rows: np.ndarray, found: np.ndarray, pinned: np.ndarray, assign: Assign | None
) -> np.ndarray:
    """The label of every passage where only ``rows`` were grouped: the others join the nearest, or their seed's."""
    from rfc_analyzer.themes.clusters import centroids_of, nearest_centroid

    labels = np.full(len(directions), -1)
    labels[rows] = found
    beside = np.flatnonzero(labels < 0)
    if len(beside):
        labels[beside] = (assign or nearest_centroid)(directions[beside], centroids_of(directions[rows], found))
    for seed in np.unique(pinned[rows][pinned[rows] >= 0]).tolist():
        own = np.bincount(found[pinned[rows] == seed]).argmax()
        labels[beside] = np.where(pinned[beside] == seed, own, labels[beside])
    return labels


@dataclass(frozen=True)
class Joined:
    """Known themes with the passages that join them: ``labels`` (n,) are places in the known ones, new ones behind."""

    kept: Kept
    labels: np.ndarray

    @property
    def words_hold(self) -> bool:
        """Whether the words hold that the themes were described in: none is new, and little has changed."""
        return int(self.labels.max()) < len(self.kept.themes) and self.kept.still_described


def joined(
    directions: np.ndarray, submissions: np.ndarray, rows: np.ndarray, kept: Kept, settings: ThemeSettings
) -> Joined:
    """The known themes as they are; new passages go to the nearest, or make new themes where they are far from all.

    New themes are looked for among the passages at ``rows``; ``submissions`` (n,) tells whose each passage is.
    """
    from rfc_analyzer.themes.clusters import centroids_of

    known = kept.labels >= 0
    centres = centroids_of(directions[known], kept.labels[known])
    near = directions @ centres.T
    labels = np.where(known, kept.labels, np.argmax(near, axis=1))
    return Joined(kept, _with_new_themes(directions, near.max(axis=1), labels, kept, submissions, rows, settings))


def joined_groups(directions: np.ndarray, vocabulary: Vocabulary, found: Joined) -> Grouping:
    """The groups of known themes, with the words that are theirs now."""
    from rfc_analyzer.themes.clusters import GivenClusters
    from rfc_analyzer.themes.shell import fit_topics

    read = found.labels[vocabulary.rows]
    topics = fit_topics(directions[vocabulary.rows], vocabulary, GivenClusters(read))
    topic_of = {label: topics.labels[int(np.argmax(read == label))] for label in np.unique(read).tolist()}
    words = tuple(topics.words[topic_of[label]] for label in range(int(found.labels.max()) + 1))
    return same_groups(directions, vocabulary, found, words)


def same_groups(
    directions: np.ndarray, vocabulary: Vocabulary, found: Joined, words: tuple[tuple[str, ...], ...]
) -> Grouping:
    """The groups of known themes with their ids, titles and parents; ``words`` are those of each."""
    kept = found.kept
    news = len(words) - len(kept.themes)
    return Grouping(
        directions,
        found.labels,
        words,
        (*(theme.stability for theme in kept.themes), *[None] * news),
        vocabulary,
        {number: theme.label for number, theme in enumerate(kept.themes)},
        {number: theme.theme_id for number, theme in enumerate(kept.themes)},
        np.where(kept.labels >= 0, 1, np.where(kept.labels == WITHOUT, 0, -1)),
        np.array([*(kept.parent_of(number) for number in range(len(kept.themes))), *[-1] * news]),
    )


def _with_new_themes(
    directions: np.ndarray,
    nearness: np.ndarray,
    labels: np.ndarray,
    kept: Kept,
    submissions: np.ndarray,
    rows: np.ndarray,
    settings: ThemeSettings,
) -> np.ndarray:
    """``labels`` with groups of new passages that are farther from every known theme than most known passages."""
    from rfc_analyzer.themes.clusters import LeidenClusters, without_twins

    far = np.quantile(nearness[kept.labels >= 0], _FAR_QUANTILE)
    strangers = rows[((kept.labels == NEW) & (nearness < far))[rows]]
    if len(strangers) < _FEWEST_STRANGERS:
        return labels
    strange, voices = directions[strangers], submissions[strangers]
    found = LeidenClusters(settings, 0, np.full(len(strangers), -1), voices).fit(strange).labels_
    found = without_twins(strange, found, _ONE_NEW_THEME)
    own = _nearness_of_others(strange, found)
    result, following = labels.copy(), int(labels.max()) + 1
    for group in range(int(found.max()) + 1):
        inside = (found == group) & (own > nearness[strangers])
        many = inside.sum() >= _FEWEST_STRANGERS and len(np.unique(voices[inside])) >= _FEWEST_STRANGE_VOICES
        if many and np.mean(own[inside]) > np.mean(nearness[strangers][inside]) + _NEARER:
            result[strangers[inside]] = following
            following += 1
    beside = np.setdiff1d(np.flatnonzero((kept.labels == NEW) & (nearness < far)), strangers)
    return _joining_new(directions, nearness, result, beside, int(labels.max()) + 1)


def _nearness_of_others(directions: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """How near each passage is to the centre of the others with its label, (n,).

    To a centre that it has a part in any passage is near, and where these are few, by far.
    """
    sums = np.zeros((int(labels.max()) + 1, directions.shape[1]))
    np.add.at(sums, labels, directions)
    others = unit(np.round(sums[labels] - directions, _DECIMALS))
    near: np.ndarray = (directions * others).sum(axis=1)
    return near


def _joining_new(
    directions: np.ndarray, nearness: np.ndarray, labels: np.ndarray, beside: np.ndarray, first_new: int
) -> np.ndarray:
    """``labels`` where the rows ``beside`` the passages that were read join a new theme that is nearer to them."""
    from rfc_analyzer.themes.clusters import centroids_of

    news = np.flatnonzero(labels >= first_new)
    if not len(news) or not len(beside):
        return labels
    near = directions[beside] @ centroids_of(directions[news], labels[news] - first_new).T
    nearer = near.max(axis=1) > nearness[beside]
    result = labels.copy()
    result[beside[nearer]] = first_new + np.argmax(near[nearer], axis=1)
    return result


def one_group(directions: np.ndarray, vocabulary: Vocabulary) -> Grouping:
    """All passages as one theme, described by its commonest phrases."""
    often = np.asarray(vocabulary.held.sum(axis=0)).ravel()
    keys = vocabulary.keys
    ranked = sorted(range(len(keys)), key=lambda i: (-often[i], -len(keys[i].split()), keys[i]))
    words = tuple(keys[i] for i in ranked[:30])
    return Grouping(directions, np.zeros(len(directions), dtype=np.int64), (words,), (None,), vocabulary, {})
