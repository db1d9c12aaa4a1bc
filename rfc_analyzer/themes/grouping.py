"""Passages with their cluster labels, and what is known of the clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes.clusters import Assign
from rfc_analyzer.themes.directions import with_words
from rfc_analyzer.themes.vocabulary import Vocabulary


@dataclass(frozen=True)
class Grouping:
    """What is known of each passage and of each group of passages.

    By passage: ``directions`` (n, d) and ``labels`` (n,); by label: ``words`` (phrase keys, best first) and
    ``stability``; ``names`` are those of the labels that have a given name.
    """

    directions: np.ndarray
    labels: np.ndarray
    words: tuple[tuple[str, ...], ...]
    stability: tuple[float | None, ...]
    vocabulary: Vocabulary
    names: Mapping[int, str]

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
    found = stability(views, topics.labels, topics.clusters, settings, seed)
    stable = tuple(None if np.isnan(value) else round(float(value), 4) for value in found)
    return Grouping(directions, topics.labels, topics.words, stable, vocabulary, {})


def one_group(directions: np.ndarray, vocabulary: Vocabulary) -> Grouping:
    """All passages as one theme, described by its commonest phrases."""
    often = np.asarray(vocabulary.held.sum(axis=0)).ravel()
    keys = vocabulary.keys
    ranked = sorted(range(len(keys)), key=lambda i: (-often[i], -len(keys[i].split()), keys[i]))
    words = tuple(keys[i] for i in ranked[:30])
    return Grouping(directions, np.zeros(len(directions), dtype=np.int64), (words,), (None,), vocabulary, {})
