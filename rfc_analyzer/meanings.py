"""Passages that say what is sought, in whatever words: ``python -m rfc_analyzer.meanings ANALYSIS WORDS`` prints JSON.

A program of its own, because it loads the embedding model, which a server must not keep in memory.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from rfc_analyzer.cache import user_cache
from rfc_analyzer.embedding import CachedEmbedder, Embedder, load_embedder
from rfc_analyzer.embedding.minilm import NAME
from rfc_analyzer.errors import RfcAnalyzerError
from rfc_analyzer.querying import query
from rfc_analyzer.store import Analysis, load
from rfc_analyzer.tables import PASSAGES

_INDEX = "meanings.npz"
_LEAST_ALIKE = 0.3  # cosine; below it a passage is about something else
_MOST_LETTERS = 500
_P = PASSAGES.c


@dataclass(frozen=True, slots=True)
class Alike:
    """A passage and how alike its meaning is: the cosine of the vectors, at most 1."""

    passage_id: str
    likeness: float


def closest(analysis: Analysis, wanted: str, limit: int = 60, embedder: Embedder | None = None) -> list[Alike]:
    """The respondents' own passages nearest in meaning to ``wanted``, the nearest first."""
    embedder = embedder or CachedEmbedder(
        load_embedder(str(analysis.manifest.settings.get("embedder", NAME))), user_cache()
    )
    ids, vectors = _index(analysis, embedder)
    if not len(ids) or not wanted.strip():
        return []
    likeness = vectors.astype(np.float32) @ embedder.encode([wanted[:_MOST_LETTERS]])[0]
    nearest = np.argsort(-likeness, kind="stable")[:limit]
    return [Alike(str(ids[n]), round(float(likeness[n]), 4)) for n in nearest if likeness[n] >= _LEAST_ALIKE]


def _embedder_of(analysis: Analysis) -> Embedder:
    """That of the run, which has the passages' vectors in the cache."""
    return CachedEmbedder(load_embedder(str(analysis.manifest.settings.get("embedder", NAME))), user_cache())


def _index(analysis: Analysis, embedder: Embedder) -> tuple[np.ndarray, np.ndarray]:
    """Ids and vectors of the passages: (n,), (n, d) float16; kept beside the stages' results until the next run."""
    path = analysis.folder / "work" / _INDEX
    made_from = f"{analysis.manifest.created_at} {embedder.sha256}"
    try:
        with np.load(path) as kept:
            if str(kept["made_from"]) == made_from:
                return kept["ids"], kept["vectors"]
    except (OSError, KeyError, ValueError, BadZipFile):
        pass
    found = query(
        f"SELECT {_P.passage_id}, {_P.text} FROM read_parquet(?) WHERE {_P.counted}",
        [str(PASSAGES.path(analysis.folder))],
    )
    ids = np.array(found[_P.passage_id].tolist(), dtype=str)
    vectors = embedder.encode(found[_P.text].tolist()).astype(np.float16)
    path.parent.mkdir(exist_ok=True)
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file:
        np.savez(file, ids=ids, vectors=vectors, made_from=np.array(made_from))
    partial.replace(path)
    return ids, vectors


def main(arguments: Sequence[str]) -> int:
    """Print the nearest passages as JSON; 2 and a line on stderr where that can't be done."""
    folder, wanted = arguments
    try:
        found = closest(load(Path(folder)), wanted)
    except (RfcAnalyzerError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps([asdict(one) for one in found]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
