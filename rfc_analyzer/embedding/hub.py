"""Any model that sentence-transformers knows, by name; imported only where one is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from sentence_transformers import SentenceTransformer


class HubEmbedder:
    """A sentence-transformers model."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._model = SentenceTransformer(name)
        total = sha256()
        for key, value in sorted(self._model.state_dict().items()):
            total.update(key.encode())
            total.update(value.cpu().numpy().tobytes())
        self.sha256 = total.hexdigest()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of ``texts``: (n, d), float32, unit length."""
        vectors = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)
