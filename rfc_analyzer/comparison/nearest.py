"""The passages of one letter that share most with a statement, so that a person need not read fifty pages for it."""

from __future__ import annotations

from collections.abc import Sequence

from rfc_analyzer.comparison.reading import Reading
from rfc_analyzer.model import ARGUMENT_KINDS, Passage


def nearest_passages(found: Reading, statement: str, limit: int = 5) -> list[Passage]:
    """Up to ``limit`` passages of the respondent's own argument, the nearest to ``statement`` first.

    By words alone (TF-IDF within the letter), never by what the program read, which they would give away.
    """
    own = [p for p in found.passages if p.kind in ARGUMENT_KINDS and p.text.strip()]
    likeness = _likeness(own, statement) if len(own) > 1 else [0.0] * len(own)
    return [own[i] for i in sorted(range(len(own)), key=lambda i: -likeness[i])][:limit]


def _likeness(passages: Sequence[Passage], statement: str) -> list[float]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        model = TfidfVectorizer(stop_words="english", sublinear_tf=True)
        vectors = model.fit_transform([*(p.text for p in passages), statement])
    except ValueError:  # nothing but stop words
        return [0.0] * len(passages)
    return [float(x) for x in (vectors[:-1] @ vectors[-1].T).toarray().ravel()]
