"""Ways to group passages, each from passages, their vectors and a seed to a number for each passage, -1 for none.

All get the same vectors; imports are inside, as each peer needs packages that are no part of the program: ``vanilla``
(BERTopic as it comes) umap-learn and hdbscan, ``evoc`` evoc, ``keynmf`` turftopic and, through it, torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from rfc_analyzer.embedding import load_embedder
from rfc_analyzer.model import Passage
from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes import find_themes

NONE = -1
Method = Callable[[Sequence[Passage], np.ndarray, int], np.ndarray]


def ours(passages: Sequence[Passage], vectors: np.ndarray, seed: int) -> np.ndarray:
    result = find_themes(passages, vectors, ThemeSettings(), seed)
    ids = {theme.theme_id: number for number, theme in enumerate(result.themes)}
    return np.array([ids[result.assignments[p.passage_id][0]] if p.passage_id in result.assignments else NONE
                     for p in passages])  # fmt: skip


def vanilla(passages: Sequence[Passage], vectors: np.ndarray, seed: int) -> np.ndarray:
    return fit_vanilla(passages, vectors, seed)[1]


def fit_vanilla(passages: Sequence[Passage], vectors: np.ndarray, seed: int) -> tuple[Any, np.ndarray]:
    """BERTopic as it comes: the model, which has each topic's words, and the topic of each passage."""
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from umap import UMAP

    model = BERTopic(
        embedding_model=None,
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed),
        hdbscan_model=HDBSCAN(min_cluster_size=10, metric="euclidean", cluster_selection_method="eom"),
    )
    return model, np.array(model.fit_transform([p.text for p in passages], embeddings=vectors)[0])


def evoc(passages: Sequence[Passage], vectors: np.ndarray, seed: int) -> np.ndarray:
    from evoc import EVoC

    return np.asarray(EVoC(random_state=seed).fit_predict(vectors))


def kmeans(clusters: int) -> Method:
    from sklearn.cluster import KMeans

    return lambda passages, vectors, seed: KMeans(clusters, n_init=1, random_state=seed).fit_predict(vectors)


def lda(topics: int) -> Method:
    from sklearn.decomposition import LatentDirichletAllocation

    return lambda passages, vectors, seed: (
        LatentDirichletAllocation(topics, random_state=seed).fit_transform(words_of(passages)[0]).argmax(axis=1)
    )


def nmf(topics: int) -> Method:
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfTransformer

    return lambda passages, vectors, seed: (
        NMF(topics, init="nndsvdar", random_state=seed, max_iter=300)
        .fit_transform(TfidfTransformer().fit_transform(words_of(passages)[0]))
        .argmax(axis=1)
    )


def keynmf(topics: int) -> Method:
    from turftopic import KeyNMF
    from turftopic.encoders.base import ExternalEncoder

    class Shared(ExternalEncoder):
        """The embedder that all methods share, for the words that KeyNMF compares with passages."""

        def encode(self, sentences: Sequence[str], **_: object) -> np.ndarray:
            return load_embedder().encode(list(sentences))

    def found(passages: Sequence[Passage], vectors: np.ndarray, seed: int) -> np.ndarray:
        model = KeyNMF(topics, encoder=Shared(), vectorizer=word_counts(), random_state=seed)
        return np.asarray(model.fit_transform([p.text for p in passages], embeddings=vectors)).argmax(axis=1)

    return found


def word_counts() -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(stop_words="english", min_df=3, max_df=0.5)


def words_of(passages: Sequence[Passage]) -> tuple[np.ndarray, np.ndarray]:
    vectoriser = word_counts()
    return vectoriser.fit_transform([p.text for p in passages]), vectoriser.get_feature_names_out()


def peers(topics: int) -> dict[str, Callable[[], Method]]:
    """The others by name; those that must be told a number of topics get ours."""
    return {
        "vanilla": lambda: vanilla,
        "evoc": lambda: evoc,
        "k-means": lambda: kmeans(topics),
        "lda": lambda: lda(topics),
        "nmf": lambda: nmf(topics),
        "keynmf": lambda: keynmf(topics),
    }
