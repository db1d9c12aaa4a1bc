"""Texts to vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from rfc_analyzer.embedding.caching import CachedEmbedder
from rfc_analyzer.embedding.minilm import NAME, MiniLm
from rfc_analyzer.errors import MissingDependency

__all__ = ["CachedEmbedder", "Embedder", "load_embedder"]


class Embedder(Protocol):
    """Turns texts into vectors; the same text always gets the same vector."""

    name: str
    sha256: str

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of ``texts``: (n, d), float32, unit length."""
        ...


def load_embedder(name: str = NAME) -> Embedder:
    """The model that ships with the package, or any sentence-transformers model by name.

    Raises :class:`MissingDependency` where the latter is asked for and not installed.
    """
    if name == NAME:
        return MiniLm()
    try:
        from rfc_analyzer.embedding.hub import HubEmbedder
    except ImportError as error:
        raise MissingDependency(
            f"The embedding model '{name}' needs sentence-transformers: pip install sentence-transformers"
        ) from error
    return HubEmbedder(name)
