"""The stance reader that ships with the package: what a text says of propositions, as probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from rfc_analyzer.shipped import session, shipped
from rfc_analyzer.words import storable

NAME = "stance-minilm"
CLASSES = ("support", "oppose", "mixed", "none")

_SHA256 = "780cd828eaf0c2d7082a78c937cfb1f76f5b6c64743e1440b2d8387b13dfb6d2"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_TEXT_TOKENS = 128
_PROPOSITION_TOKENS = 48


class StanceReader(Protocol):
    """Reads texts for where their authors stand on propositions."""

    name: str
    sha256: str

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """For each text, (len(asked[i]), 4) float32: probabilities in the order of :data:`CLASSES`."""
        ...


class MiniLmStance:
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
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        data = shipped("all-MiniLM-L6-v2/tokenizer.json", _TOKENIZER_SHA256)
        tokenizer = Tokenizer.from_str(data.decode("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        """For each text, (len(asked[i]), 4) float32: probabilities in the order of :data:`CLASSES`."""
        known = {p: self._tokens(p, _PROPOSITION_TOKENS) for p in sorted({p for ps in asked for p in ps})}
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
        fed = {
            "input_ids": np.array([*text, *(token for tokens in propositions for token in tokens)]),
            "positions": np.concatenate([np.arange(len(text)), *(len(text) + np.arange(n) for n in lengths)]),
            "types": np.repeat([0, 1], [len(text), sum(lengths)]),
            "text": np.arange(len(text)),
            "asked": asked,
            "places": places[asked >= 0],
        }
        logits: np.ndarray = self._session.run(None, fed)[0]
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)


def ask(reader: StanceReader, texts: Sequence[str], propositions: Sequence[str], chosen: np.ndarray) -> np.ndarray:
    """The reader's probabilities, (n, p, 4); not-a-number where ``chosen`` (n, p) does not ask.

    Equal texts are read once.
    """
    together: dict[str, np.ndarray] = {}
    for text, row in zip(texts, chosen, strict=True):
        together[text] = together[text] | row if text in together else row
    wanted = {text: np.flatnonzero(row).tolist() for text, row in together.items() if row.any()}
    read = reader.read(list(wanted), [[propositions[j] for j in columns] for columns in wanted.values()])
    found = dict(zip(wanted, read, strict=True))
    made = np.full((*chosen.shape, len(CLASSES)), np.nan, dtype=np.float32)
    for i, text in enumerate(texts):
        if text in found:
            made[i, wanted[text]] = found[text]
    return made
