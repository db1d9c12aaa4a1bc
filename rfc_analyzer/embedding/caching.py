"""Vectors kept on disk, so that no text is embedded twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from rfc_analyzer.cache import Cache, Kept, key_of, source_digest

if TYPE_CHECKING:
    from rfc_analyzer.embedding import Embedder

_CHUNK = 512

# chunks of texts → number of the chunk and its vectors, in any order; a chunk that could not be embedded is left out
Chunks: TypeAlias = Callable[[Sequence[Sequence[str]]], Iterator[tuple[int, np.ndarray]]]


class CachedEmbedder:
    """An embedder that remembers, by text and model.

    ``cache`` may be a folder of its own; ``chunks`` embeds many chunks at once, in place of the embedder itself.
    """

    def __init__(self, embedder: Embedder, cache: Cache | Path, chunks: Chunks | None = None) -> None:
        self._embedder = embedder
        self._cache = cache if isinstance(cache, Cache) else Cache(cache)
        self._chunks = chunks or self._one_by_one
        self.name = embedder.name
        self.sha256 = embedder.sha256

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of ``texts``: (n, d), float32, unit length. New ones are stored as they are made.

        A text that could not be embedded has zeros.
        """
        if not texts:
            return self._embedder.encode([])
        keys = [key_of(self.sha256, source_digest("embedding", "shipped", "words"), text) for text in texts]
        place: dict[bytes, int] = {}
        for row, key in enumerate(keys):
            place.setdefault(key, row)
        known = self._cache.find(Kept.EMBEDDINGS, place)
        waiting = sorted((len(texts[row]), key) for key, row in place.items() if key not in known)
        chunks = [waiting[start : start + _CHUNK] for start in range(0, len(waiting), _CHUNK)]
        made = {key: np.frombuffer(value, dtype=np.float32) for key, value in known.items()}
        for number, vectors in self._chunks([[texts[place[key]] for _, key in chunk] for chunk in chunks]):
            new = dict(zip((key for _, key in chunks[number]), vectors, strict=True))
            made |= new
            self._cache.keep(Kept.EMBEDDINGS, {key: vector.tobytes() for key, vector in new.items()})
        width = len(next(iter(made.values()))) if made else self._embedder.encode([]).shape[1]
        result = np.zeros((len(texts), width), dtype=np.float32)
        for row, key in enumerate(keys):
            if key in made:
                result[row] = made[key]
        return result

    def _one_by_one(self, chunks: Sequence[Sequence[str]]) -> Iterator[tuple[int, np.ndarray]]:
        for number, chunk in enumerate(chunks):
            yield number, self._embedder.encode(chunk)
