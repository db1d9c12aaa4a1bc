"""What an engine maps over partitions, and the stages' collaborators that let an engine do their work.

A kernel calls the same function that a stage calls where there is no engine between, on a part of its rows. Models and
reading processes are made once in a worker, whatever is mapped there.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa

from rfc_analyzer.campaigns.letters import Words, read_all_words
from rfc_analyzer.embedding import Embedder, load_embedder
from rfc_analyzer.engines import Done, Engine
from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.ingest import Calls, read_file
from rfc_analyzer.positions.stance_model import CLASSES, ShippedReader, StanceReader
from rfc_analyzer.sandbox import Sandbox
from rfc_analyzer.settings import ReadingLimits
from rfc_analyzer.themes.clusters import nearest_centroid
from rfc_analyzer.words import storable

_FILES_TOGETHER = 16
_BYTES_TOGETHER = 64 * 1024**2
_TEXTS_TOGETHER = 2_000
_ASKED_TOGETHER = 256
_VECTORS_TOGETHER = 20_000
_LOADING = Lock()  # two threads of one worker must not load a model each
_COLUMNS = ("label", "content", "size", "text", "asked", "vector", "result")
_LABEL, _CONTENT, _SIZE, _TEXT, _ASKED, _VECTOR, _RESULT = _COLUMNS


@cache
def _embedder(name: str) -> Embedder:
    return load_embedder(name)


@cache
def _reader() -> StanceReader:
    return ShippedReader()


@cache
def _sandbox(limits: ReadingLimits) -> Sandbox:
    return Sandbox(limits, workers=1)


def embedder_of_worker(name: str) -> Embedder:
    """The model of this name, loaded once in this process."""
    with _LOADING:
        return _embedder(name)


@dataclass(frozen=True)
class ReadFiles:
    """Files to documents, each read in a child process of the worker. A result is pickled: it is for us alone.

    The files' bytes are in the partition, so that workers need to see nothing but the storage.
    """

    limits: ReadingLimits
    title = "Reading files"

    def __call__(self, partition: pa.Table) -> pa.Table:
        with _LOADING:
            sandbox = _sandbox(self.limits)
        labels, contents = partition.column(_LABEL).to_pylist(), partition.column(_CONTENT)
        with TemporaryDirectory(prefix="rfc-analyzer-") as place:

            def calls() -> Calls:
                for number, (label, content) in enumerate(zip(labels, contents, strict=True)):
                    path = Path(place) / f"{number}"
                    if content.is_valid:
                        path.write_bytes(content.as_py())
                    yield (path, label, self.limits), path.stat().st_size if content.is_valid else 0

            results = dict(sandbox.map(read_file, calls()))
        packed = [pickle.dumps(results[number], pickle.HIGHEST_PROTOCOL) for number in range(len(labels))]
        return pa.table({_RESULT: pa.array(packed, pa.large_binary())})


@dataclass(frozen=True)
class EmbedTexts:
    """Texts to vectors; ``sha256`` is the model's, so that another one's results are not taken for its."""

    model: str
    sha256: str
    title = "Embedding passages"

    def __call__(self, partition: pa.Table) -> pa.Table:
        return pa.table({_VECTOR: _column(embedder_of_worker(self.model).encode(_texts(partition)))})


@dataclass(frozen=True)
class HashWords:
    """The words of letters to the hashes by which copies are found."""

    shingle_words: int
    title = "Finding campaigns"

    def __call__(self, partition: pa.Table) -> pa.Table:
        return _plain_words(read_all_words(_texts(partition), self.shingle_words))


@dataclass(frozen=True)
class NearestThemes:
    """Vectors to the number of the nearest theme; ``centroids`` are float32 in bytes, (themes, ``width``)."""

    centroids: bytes
    width: int
    title = "Finding themes"

    def __call__(self, partition: pa.Table) -> pa.Table:
        centroids = np.frombuffer(self.centroids, dtype=np.float32).reshape(-1, self.width)
        return pa.table({_RESULT: nearest_centroid(_matrix(partition.column(_VECTOR), self.width), centroids)})


@dataclass(frozen=True)
class ReadStances:
    """Texts and what is asked of each to the stance reader's probabilities, a list of 4 for each proposition."""

    sha256: str
    title = "Reading positions"

    def __call__(self, partition: pa.Table) -> pa.Table:
        with _LOADING:
            reader = _reader()
        read = reader.read(_texts(partition), partition.column(_ASKED).to_pylist())
        return pa.table({_RESULT: pa.array([row.ravel().tolist() for row in read], pa.list_(pa.float32()))})


@dataclass(frozen=True)
class MappedReading:
    """Reads files on an engine's workers."""

    engine: Engine
    limits: ReadingLimits

    def __call__(self, calls: Calls) -> Iterator[tuple[int, Any]]:
        firsts = [0]

        def partitions() -> Iterator[pa.Table]:
            for some in _together(calls):
                firsts.append(firsts[-1] + len(some))
                yield pa.table(
                    {
                        _LABEL: pa.array([label for label, _ in some], pa.string()),
                        _CONTENT: pa.array([_bytes_of(path) for _, path in some], pa.large_binary()),
                    }
                )

        for outcome in self.engine.map(ReadFiles(self.limits), partitions()):
            first = firsts[outcome.number]
            if isinstance(outcome, Done):
                for offset, packed in enumerate(outcome.table.column(_RESULT).to_pylist()):
                    yield first + offset, pickle.loads(packed)
            else:
                for offset in range(firsts[outcome.number + 1] - first):
                    yield first + offset, UnreadableFile(f"Reading failed: {outcome.reason}. Run the analysis again.")


@dataclass(frozen=True)
class MappedEmbedding:
    """Embeds chunks of texts on an engine's workers."""

    engine: Engine
    kernel: EmbedTexts

    def __call__(self, chunks: Sequence[Sequence[str]]) -> Iterator[tuple[int, np.ndarray]]:
        tables = (_table(list(chunk)) for chunk in chunks)
        for outcome in self.engine.map(self.kernel, tables):
            if isinstance(outcome, Done):
                yield outcome.number, _matrix(outcome.table.column(_VECTOR))


@dataclass(frozen=True)
class MappedWords:
    """Reads the words of letters on an engine's workers. Those of a partition that was set aside say nothing."""

    engine: Engine

    def __call__(self, texts: Sequence[str], shingle_words: int) -> list[Words]:
        found = read_all_words([""], shingle_words) * len(texts)
        tables = (_table(texts[at : at + _TEXTS_TOGETHER]) for at in range(0, len(texts), _TEXTS_TOGETHER))
        for outcome in self.engine.map(HashWords(shingle_words), tables):
            if isinstance(outcome, Done):
                first = outcome.number * _TEXTS_TOGETHER
                for offset, row in enumerate(outcome.table.to_pylist()):
                    found[first + offset] = (row[_SIZE], row[_LABEL], np.array(row[_RESULT], dtype=np.uint64))
        return found


@dataclass(frozen=True)
class MappedThemes:
    """Gives vectors to the nearest theme on an engine's workers; to the first of a partition that was set aside."""

    engine: Engine

    def __call__(self, vectors: np.ndarray, centroids: np.ndarray) -> np.ndarray:
        labels = np.zeros(len(vectors), dtype=np.int64)
        tables = (
            pa.table({_VECTOR: _column(vectors[at : at + _VECTORS_TOGETHER])})
            for at in range(0, len(vectors), _VECTORS_TOGETHER)
        )
        kernel = NearestThemes(np.ascontiguousarray(centroids, np.float32).tobytes(), vectors.shape[1])
        for outcome in self.engine.map(kernel, tables):
            if isinstance(outcome, Done):
                first = outcome.number * _VECTORS_TOGETHER
                labels[first : first + outcome.table.num_rows] = outcome.table.column(_RESULT).to_numpy()
        return labels


class MappedReader:
    """A stance reader whose work an engine's workers do; what was set aside is not-a-number, that is, not read."""

    name = ShippedReader.name
    sha256 = ShippedReader.sha256

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """For each text, (len(asked[i]), 4) float32."""
        found = [np.full((len(propositions), len(CLASSES)), np.nan, dtype=np.float32) for propositions in asked]
        rows = range(0, len(texts), _ASKED_TOGETHER)
        tables = (
            _table(texts[at : at + _ASKED_TOGETHER], [list(each) for each in asked[at : at + _ASKED_TOGETHER]])
            for at in rows
        )
        for outcome in self._engine.map(ReadStances(self.sha256), tables):
            if isinstance(outcome, Done):
                first = outcome.number * _ASKED_TOGETHER
                for offset, values in enumerate(outcome.table.column(_RESULT).to_pylist()):
                    found[first + offset] = np.array(values, dtype=np.float32).reshape(-1, len(CLASSES))
        return found


def _together(calls: Calls) -> Iterator[list[tuple[str, Path]]]:
    """Labels and paths of files that are read together: so many, or so many bytes."""
    some: list[tuple[str, Path]] = []
    total = 0
    for (path, label, _), size in calls:
        if some and (len(some) >= _FILES_TOGETHER or total + size > _BYTES_TOGETHER):
            yield some
            some, total = [], 0
        some.append((label, path))
        total += size
    if some:
        yield some


def _bytes_of(path: Path) -> bytes | None:
    """The file's bytes; None where it can't be opened any more, which the reader then says of it."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _table(texts: Iterable[str], asked: list[list[str]] | None = None) -> pa.Table:
    columns: Mapping[str, Any] = {_TEXT: pa.array(map(storable, texts), pa.large_string())}
    return pa.table(columns if asked is None else {**columns, _ASKED: pa.array(asked, pa.list_(pa.string()))})


def _texts(partition: pa.Table) -> list[str]:
    texts: list[str] = partition.column(_TEXT).to_pylist()
    return texts


def _column(vectors: np.ndarray) -> pa.FixedSizeListArray:
    return pa.FixedSizeListArray.from_arrays(pa.array(np.ascontiguousarray(vectors).ravel()), vectors.shape[1])


def _matrix(column: pa.ChunkedArray, width: int | None = None) -> np.ndarray:
    values = column.combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return np.asarray(values, dtype=np.float32).reshape(len(column), width or column.type.list_size)


def _plain_words(found: Sequence[Words]) -> pa.Table:
    return pa.table(
        {
            _SIZE: [length for length, _, _ in found],
            _LABEL: pa.array([key for _, key, _ in found], pa.binary()),
            _RESULT: pa.array([shingles for _, _, shingles in found], pa.list_(pa.uint64())),
        }
    )
