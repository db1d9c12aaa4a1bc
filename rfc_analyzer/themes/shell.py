"""The only place where BERTopic is run; its result leaves as plain arrays and tuples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes.clusters import LeidenClusters
from rfc_analyzer.themes.phrases import phrase_keys

_WORDS_A_TOPIC = 30


@dataclass(frozen=True, slots=True)
class Topics:
    """``labels`` (n,): each passage's topic, 0 the largest; ``words``: each topic's best phrase keys by c-TF-IDF."""

    labels: np.ndarray
    words: tuple[tuple[str, ...], ...]
    clusters: LeidenClusters


def fit_topics(
    texts: Sequence[str],
    vectors: np.ndarray,
    vocabulary: Sequence[str],
    pinned: np.ndarray,
    settings: ThemeSettings,
    seed: int,
) -> Topics:
    """Fit BERTopic (Grootendorst 2022) to passages and their vectors (n, d), unit length.

    It groups by :class:`LeidenClusters` on the vectors as they are (no UMAP, no HDBSCAN) and describes topics by
    class-based TF-IDF over ``vocabulary``, keys of :mod:`phrases`. ``pinned``: see there.
    """
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    clusters = LeidenClusters(settings, seed, pinned)
    model = BERTopic(
        language="multilingual",  # "english" would strip the punctuation between clauses
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=clusters,
        vectorizer_model=CountVectorizer(analyzer=phrase_keys, vocabulary=list(vocabulary)),
        ctfidf_model=ClassTfidfTransformer(bm25_weighting=True, reduce_frequent_words=True),
        top_n_words=_WORDS_A_TOPIC,
        verbose=False,
    )
    labels, _ = model.fit_transform(list(texts), embeddings=vectors)
    count = max(labels) + 1
    words = tuple(tuple(word for word, _ in model.get_topic(number) or () if word) for number in range(count))
    return Topics(np.asarray(labels, dtype=np.int64), words, clusters)
