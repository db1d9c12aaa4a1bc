"""The only place where BERTopic is run; its result leaves as plain arrays and tuples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from rfc_analyzer.themes.clusters import GivenClusters, LeidenClusters
from rfc_analyzer.themes.vocabulary import Vocabulary

_WORDS_A_TOPIC = 30


@dataclass(frozen=True, slots=True)
class Topics:
    """``labels`` (n,): each passage's topic, 0 the largest; ``words``: each topic's best phrase keys by c-TF-IDF."""

    labels: np.ndarray
    words: tuple[tuple[str, ...], ...]


def fit_topics(vectors: np.ndarray, vocabulary: Vocabulary, clusters: LeidenClusters | GivenClusters) -> Topics:
    """Fit BERTopic (Grootendorst 2022) to passages' vectors (n, d), unit length, and the phrases they hold.

    It groups by ``clusters`` on the vectors as they are (no UMAP, no HDBSCAN) and describes topics by class-based
    TF-IDF over the phrases of ``vocabulary``.
    """
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer

    model = BERTopic(
        language="multilingual",  # "english" would change the documents
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=clusters,
        vectorizer_model=CountedPhrases(vocabulary),
        ctfidf_model=ClassTfidfTransformer(bm25_weighting=True, reduce_frequent_words=True),
        top_n_words=_WORDS_A_TOPIC,
        verbose=False,
    )
    labels, _ = model.fit_transform([str(row) for row in range(len(vectors))], embeddings=vectors)
    count = max(labels) + 1
    words = tuple(tuple(word for word, _ in model.get_topic(number) or () if word) for number in range(count))
    return Topics(np.asarray(labels, dtype=np.int64), words)


class CountedPhrases:
    """The vectoriser that BERTopic asks for the phrases of a topic's documents, which are row numbers here.

    The phrases of each passage are counted already; to find them again in the joined texts would cost as much as all
    the rest. (The methods are those of scikit-learn's vectorisers.)
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def fit_transform(self, documents: Sequence[str]) -> sparse.csr_matrix:
        """The same as :meth:`transform`: nothing is to be learnt."""
        return self.transform(documents)

    def transform(self, documents: Sequence[str]) -> sparse.csr_matrix:
        """Counts (documents, phrases); a document is the numbers of its passages, joined by blanks."""
        rows = [[int(number) for number in document.split()] for document in documents]
        place = np.repeat(np.arange(len(rows)), [len(numbers) for numbers in rows])
        column = np.array([number for numbers in rows for number in numbers])
        passages = self._vocabulary.counts.shape[0]
        member = sparse.csr_matrix((np.ones(len(column)), (place, column)), shape=(len(rows), passages))
        return (member @ self._vocabulary.counts).tocsr()

    def get_feature_names_out(self) -> np.ndarray:
        """The phrases' keys."""
        return np.array(self._vocabulary.keys, dtype=object)
