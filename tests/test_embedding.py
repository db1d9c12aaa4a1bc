import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rfc_analyzer import shipped
from rfc_analyzer.embedding import CachedEmbedder, load_embedder, minilm
from rfc_analyzer.errors import MissingDependency, RfcAnalyzerError

TEXTS = [
    "The ferry should run at night.",
    "Night ferries ought to operate.",
    "Bees prefer lavender to concrete.",
    "",
    "x" * 3000,
    "Ein Satz auf Deutsch; 漢字.",
    "a broken \ud800 character",
]


@pytest.fixture(scope="module")
def embedder():
    return load_embedder()


def test_vectors_have_unit_length_and_the_right_shape(embedder):
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert embedder.encode([]).shape == (0, 384)


def test_meaning_is_near_and_other_meaning_is_far(embedder):
    night, same, bees = embedder.encode(TEXTS[:3])
    assert night @ same > 0.7
    assert night @ bees < 0.3


def test_agrees_with_the_published_similarities_of_the_model(embedder):
    source, *others = embedder.encode(
        ["That is a happy person", "That is a happy dog", "That is a very happy person", "Today is a sunny day"]
    )
    assert [round(float(source @ other), 2) for other in others] == pytest.approx([0.69, 0.94, 0.26], abs=0.02)


def test_a_text_has_the_same_vector_whatever_stands_beside_it(embedder):
    alone = embedder.encode(TEXTS[:1])[0]
    together = embedder.encode(TEXTS[::-1])[-1]
    assert np.allclose(alone, together, atol=1e-6)


class Counting:
    name, sha256 = "counting", "0" * 64

    def __init__(self):
        self.seen = []

    def encode(self, texts):
        self.seen += texts
        return np.array([[len(t), 1.0] for t in texts], dtype=np.float32).reshape(len(texts), 2)


def test_no_text_is_embedded_twice(tmp_path):
    first = Counting()
    expected = CachedEmbedder(first, tmp_path).encode(["a", "bb", "a"])
    again = Counting()
    assert np.array_equal(CachedEmbedder(again, tmp_path).encode(["bb", "a", "ccc"])[:2], expected[[1, 0]])
    assert sorted(first.seen) == ["a", "bb"]
    assert again.seen == ["ccc"]


def test_a_damaged_vector_is_computed_again(tmp_path):
    expected = CachedEmbedder(Counting(), tmp_path).encode(["a"])
    (stored,) = tmp_path.glob("*.sqlite")
    with closing(sqlite3.connect(stored)) as db, db:
        db.execute("UPDATE entries SET value = x'0000803f0000803e'")
    again = Counting()
    assert np.array_equal(CachedEmbedder(again, tmp_path).encode(["a"]), expected)
    assert again.seen == ["a"]


def test_a_text_that_could_not_be_embedded_has_zeros_and_is_tried_again(tmp_path):
    vectors = CachedEmbedder(Counting(), tmp_path, chunks=lambda chunks: iter(())).encode(["a", "bb"])
    assert vectors.shape == (2, 2) and not vectors.any()
    again = Counting()
    CachedEmbedder(again, tmp_path).encode(["a"])
    assert again.seen == ["a"]


@pytest.mark.parametrize("damaged", ["model.onnx", "tokenizer.json"])
def test_a_damaged_file_is_refused(damaged, tmp_path, monkeypatch):
    folder = tmp_path / minilm.NAME
    shutil.copytree(shipped._WEIGHTS / minilm.NAME, folder)
    (folder / damaged).write_bytes(b"not a model")
    monkeypatch.setattr(shipped, "_WEIGHTS", tmp_path)
    with pytest.raises(RfcAnalyzerError, match="install"):
        minilm.MiniLm().encode(["a text"])


def test_the_readme_beside_the_model_tells_its_hash(embedder):
    folder = Path(minilm.__file__).parents[1] / "weights" / embedder.name
    assert embedder.sha256 in (folder / "README.md").read_text(encoding="utf-8")
    assert {"LICENSE", "make.py", "model.onnx", "tokenizer.json"} <= {path.name for path in folder.iterdir()}


def test_equal_texts_get_equal_vectors(embedder):
    vectors = embedder.encode(["one", "two", "one"])
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.array_equal(vectors[0], vectors[1])


def test_another_model_without_its_package_says_what_to_install():
    try:
        import sentence_transformers  # noqa: F401
    except ImportError:
        with pytest.raises(MissingDependency, match="pip install"):
            load_embedder("some-other-model")
