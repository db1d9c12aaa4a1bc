"""The stance reader that ships with the package: what a text says of propositions, as probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from io import BytesIO
from typing import Any, Protocol

import numpy as np

from rfc_analyzer.shipped import session, shipped
from rfc_analyzer.words import storable

NAME = "stance-mpnet"
CLASSES = ("support", "oppose", "mixed", "none")

_SHA256 = "13f1170c394dd2e5e9912d5985b7bdd2230ef76ad6f13153f0822cf216bc1112"
_WORDS_SHA256 = "f827d1fa54f4ac516d2622534b7bf9aa9a534bab94729df4d512a726aede2d35"
_TOKENIZER_SHA256 = "b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842"
_SEPARATOR = 2  # the number of the token between a text and what is asked of it
_TEXT_TOKENS = 128
_PROPOSITION_TOKENS = 48


class StanceReader(Protocol):
    """Reads texts for where their authors stand on propositions."""

    name: str
    sha256: str

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """For each text, (len(asked[i]), 4) float32: probabilities in the order of :data:`CLASSES`."""
        ...


class ShippedReader:
    """The built-in reader; loaded when it is first used. Texts are cut at 128 tokens (about 95 words).

    A text is computed once with all that is asked of it, each text by itself. What it says of a proposition depends on
    these two alone, to the last bit: not on other texts, nor on what else is asked.
    """

    name = NAME
    sha256 = _SHA256

    @cached_property
    def _session(self) -> Any:
        return session(f"{NAME}/model.onnx", _SHA256)

    @cached_property
    def _words(self) -> tuple[np.ndarray, np.ndarray]:
        """Vectors of all words as 8-bit integers, and the step of each."""
        stored = np.load(BytesIO(shipped(f"{NAME}/words.npz", _WORDS_SHA256)))
        return stored["table"], stored["steps"]

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        data = shipped(f"{NAME}/tokenizer.json", _TOKENIZER_SHA256)
        tokenizer = Tokenizer.from_str(data.decode("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """For each text, (len(asked[i]), 4) float32: probabilities in the order of :data:`CLASSES`."""
        known = {
            p: [_SEPARATOR, *self._tokens(p, _PROPOSITION_TOKENS)[1:]] for p in sorted({p for ps in asked for p in ps})
        }
        return [
            self._read_one(self._tokens(text, _TEXT_TOKENS), [known[p] for p in propositions])
            for text, propositions in zip(texts, asked, strict=True)
        ]

    def _tokens(self, text: str, most: int) -> list[int]:
        ids: list[int] = self._tokenizer.encode(storable(text)).ids
        return ids if len(ids) <= most else [*ids[: most - 1], ids[-1]]

    def _read_one(self, text: Sequence[int], propositions: Sequence[Sequence[int]]) -> np.ndarray:
        if not propositions:
            return np.zeros((0, len(CLASSES)), dtype=np.float32)
        lengths = [len(tokens) for tokens in propositions]
        ends = np.cumsum(lengths) + len(text)
        asked = np.full((len(lengths), _PROPOSITION_TOKENS), -1, dtype=np.int64)
        places = np.arange(asked.size).reshape(asked.shape)
        for row, (end, length) in enumerate(zip(ends.tolist(), lengths, strict=True)):
            asked[row, :length] = np.arange(end - length, end)
        ids = np.array([*text, *(token for tokens in propositions for token in tokens)])
        table, steps = self._words
        fed = {
            "words": table[ids] * steps[ids],
            "positions": np.concatenate([np.arange(len(text)), *(len(text) + np.arange(n) for n in lengths)]),
            "text": np.arange(len(text)),
            "asked": asked,
            "places": places[asked >= 0],
        }
        logits: np.ndarray = self._session.run(None, fed)[0]
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
