"""What the stance reader said, kept on disk, so that no text is read twice for a proposition."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfc_analyzer.cache import Cache, Kept, key_of, source_digest
from rfc_analyzer.positions.stance_model import CLASSES, StanceReader

_CHUNK = 256


class CachedReader:
    """A stance reader that remembers, by text, proposition and model."""

    def __init__(self, reader: StanceReader, cache: Cache) -> None:
        self._reader = reader
        self._cache = cache
        self.name = reader.name
        self.sha256 = reader.sha256

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """For each text, (len(asked[i]), 4) float32, as the reader gives them; new ones are stored as they are made.

        What the reader could not read (not-a-number) is not kept.
        """
        program = source_digest("positions/stance_model", "shipped", "words")
        keys = [[key_of(self.sha256, program, t, p) for p in ps] for t, ps in zip(texts, asked, strict=True)]
        known = {
            key: np.frombuffer(value, dtype=np.float32)
            for key, value in self._cache.find(Kept.POSITIONS, (key for row in keys for key in row)).items()
        }
        waiting = [i for i, row in enumerate(keys) if any(key not in known for key in row)]
        for start in range(0, len(waiting), _CHUNK):
            known |= self._read(waiting[start : start + _CHUNK], texts, asked, keys, known)
        empty = np.zeros((0, len(CLASSES)), dtype=np.float32)
        return [np.stack([known[key] for key in row]) if row else empty for row in keys]

    def _read(
        self,
        rows: Sequence[int],
        texts: Sequence[str],
        asked: Sequence[Sequence[str]],
        keys: Sequence[Sequence[bytes]],
        known: dict[bytes, np.ndarray],
    ) -> dict[bytes, np.ndarray]:
        missing = [[j for j, key in enumerate(keys[i]) if key not in known] for i in rows]
        read = self._reader.read(
            [texts[i] for i in rows], [[asked[i][j] for j in js] for i, js in zip(rows, missing, strict=True)]
        )
        made = {
            keys[i][j]: row
            for i, js, result in zip(rows, missing, read, strict=True)
            for j, row in zip(js, result, strict=True)
        }
        self._cache.keep(Kept.POSITIONS, {key: row.tobytes() for key, row in made.items() if not np.isnan(row).any()})
        return made
