"""Vectors kept on disk, so that no text is embedded twice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np

if TYPE_CHECKING:
    from rfc_analyzer.embedding import Embedder

_CHUNK = 512


class CachedEmbedder:
    """An embedder that remembers: a folder for each model, in it files of text hashes and their vectors."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._folder = folder / embedder.sha256[:16]
        self.name = embedder.name
        self.sha256 = embedder.sha256

    @cached_property
    def _known(self) -> dict[bytes, np.ndarray]:
        known: dict[bytes, np.ndarray] = {}
        for path in sorted(self._folder.glob("*.npz")):
            try:
                with np.load(path) as stored:
                    known.update(zip((bytes(key) for key in stored["keys"]), stored["vectors"], strict=True))
            except (OSError, ValueError, KeyError, EOFError, BadZipFile):
                path.unlink(missing_ok=True)  # half written: computed again
        return known

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of ``texts``: (n, d), float32, unit length. New ones are stored as they are made."""
        keys = [sha256(text.encode("utf-8", "replace")).digest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        waiting = sorted(missing.items(), key=lambda item: (len(item[1]), item[0]))
        for start in range(0, len(waiting), _CHUNK):
            self._store(waiting[start : start + _CHUNK])
        if not keys:
            return self._embedder.encode([])
        return np.stack([self._known[key] for key in keys])

    def _store(self, chunk: Sequence[tuple[bytes, str]]) -> None:
        keys = [key for key, _ in chunk]
        vectors = self._embedder.encode([text for _, text in chunk])
        self._known.update(zip(keys, vectors, strict=True))
        self._folder.mkdir(parents=True, exist_ok=True)
        name = sha256(b"".join(keys)).hexdigest()[:24]
        partial = self._folder / f"{name}.partial"
        with partial.open("wb") as file:
            np.savez(file, keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), -1), vectors=vectors)
        partial.replace(self._folder / f"{name}.npz")
