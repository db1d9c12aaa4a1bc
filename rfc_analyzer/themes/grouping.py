"""Passages with their cluster labels, and what is known of the clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes.clusters import Assign
from rfc_analyzer.themes.directions import with_words
from rfc_analyzer.themes.keeping import NEW, WITHOUT, Kept
from rfc_analyzer.themes.vocabulary import Vocabulary

_FAR_QUANTILE = 0.1
_FEWEST_STRANGERS, _FEWEST_STRANGE_VOICES = 8, 3
_ONE_NEW_THEME = 0.6  # cosine of centres
_NEARER = 0.15  # cosine by which passages of a new theme are nearer to its centre than to any known one


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

    ``known`` (n,) is an earlier grouping that has a say, -1 for passages that it didn't know. ``assign`` puts
    passages that are beside the sample to a topic.
    """
    from rfc_analyzer.themes.clusters import LeidenClusters
    from rfc_analyzer.themes.shell import fit_topics
    from rfc_analyzer.themes.stability import stability

    clusters = LeidenClusters(settings, seed, pinned, vocabulary.submissions, known, assign)
    views = with_words(directions, vocabulary.single_words)
    topics = fit_topics(views, vocabulary, clusters)
    found = stability(views, topics.labels, clusters, settings, seed)
    stable = tuple(None if np.isnan(value) else round(float(value), 4) for value in found)
    return Grouping(directions, topics.labels, topics.words, stable, vocabulary, {})


def kept_groups(directions: np.ndarray, vocabulary: Vocabulary, kept: Kept, settings: ThemeSettings) -> Grouping:
    """The known themes as they are; new passages go to the nearest, or make new themes where they are far from all."""
    from rfc_analyzer.themes.clusters import GivenClusters, centroids_of
    from rfc_analyzer.themes.shell import fit_topics

    known = kept.labels >= 0
    centres = centroids_of(directions[known], kept.labels[known])
    near = directions @ centres.T
    labels = np.where(known, kept.labels, np.argmax(near, axis=1))
    labels = _with_new_themes(directions, near.max(axis=1), labels, kept, vocabulary.submissions, settings)
    topics = fit_topics(directions, vocabulary, GivenClusters(labels))
    first = [int(np.argmax(labels == label)) for label in range(int(labels.max()) + 1)]
    words = tuple(topics.words[topics.labels[row]] for row in first)
    news = len(first) - len(kept.themes)
    return Grouping(
        directions,
        labels,
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
    voices: np.ndarray,
    settings: ThemeSettings,
) -> np.ndarray:
    """``labels`` with groups of new passages that are farther from every known theme than most known passages."""
    from rfc_analyzer.themes.clusters import LeidenClusters, centroids_of, without_twins

    far = np.quantile(nearness[kept.labels >= 0], _FAR_QUANTILE)
    strangers = np.flatnonzero((kept.labels == NEW) & (nearness < far))
    if len(strangers) < _FEWEST_STRANGERS:
        return labels
    strange = directions[strangers]
    found = LeidenClusters(settings, 0, np.full(len(strangers), -1), voices[strangers]).fit(strange).labels_
    found = without_twins(strange, found, _ONE_NEW_THEME)
    own = (strange * centroids_of(strange, found)[found]).sum(axis=1)
    result, following = labels.copy(), int(labels.max()) + 1
    for group in range(int(found.max()) + 1):
        inside = (found == group) & (own > nearness[strangers])
        many = inside.sum() >= _FEWEST_STRANGERS and len(np.unique(voices[strangers][inside])) >= _FEWEST_STRANGE_VOICES
        if many and np.mean(own[inside]) > np.mean(nearness[strangers][inside]) + _NEARER:
            result[strangers[inside]] = following
            following += 1
    return result


def one_group(directions: np.ndarray, vocabulary: Vocabulary) -> Grouping:
    """All passages as one theme, described by its commonest phrases."""
    often = np.asarray(vocabulary.held.sum(axis=0)).ravel()
    keys = vocabulary.keys
    ranked = sorted(range(len(keys)), key=lambda i: (-often[i], -len(keys[i].split()), keys[i]))
    words = tuple(keys[i] for i in ranked[:30])
    return Grouping(directions, np.zeros(len(directions), dtype=np.int64), (words,), (None,), vocabulary, {})
