"""all-MiniLM-L6-v2, which ships with the package: 8-bit weights, run by onnxruntime, no network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from rfc_analyzer.shipped import session, shipped
from rfc_analyzer.words import storable

NAME = "all-MiniLM-L6-v2"
DIMENSIONS = 384

_SHA256 = "10d1ecae3dea2dd6a2776470d61edd03e5b032314199defe6b7e24c31b754baa"
_TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_MOST_TOKENS = 256
_TOKENS_A_BATCH = 4_096


class MiniLm:
    """The built-in model; loaded when it is first used. Texts are cut at 256 tokens (about 180 words)."""

    name = NAME
    sha256 = _SHA256

    @cached_property
    def _session(self) -> Any:
        return session(f"{NAME}/model.onnx", _SHA256)

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_str(shipped(f"{NAME}/tokenizer.json", _TOKENIZER_SHA256).decode("utf-8"))
        tokenizer.enable_truncation(_MOST_TOKENS)
        tokenizer.no_padding()
        return tokenizer

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of ``texts``: (n, 384), float32, unit length; equal texts are computed once."""
        distinct = sorted(set(texts))
        place = {text: number for number, text in enumerate(distinct)}
        tokens = (
            [encoding.ids for encoding in self._tokenizer.encode_batch([*map(storable, distinct)])] if distinct else []
        )
        vectors = np.zeros((len(distinct), DIMENSIONS), dtype=np.float32)
        # texts of like length together: padding costs as much as text
        order = sorted(range(len(distinct)), key=lambda i: len(tokens[i]))
        start = 0
        while start < len(order):
            size = max(1, _TOKENS_A_BATCH // len(tokens[order[min(start + 63, len(order) - 1)]]))
            batch = order[start : start + size]
            vectors[batch] = self._run([tokens[i] for i in batch])
            start += size
        return vectors[[place[text] for text in texts]] if texts else vectors

    def _run(self, batch: Sequence[Sequence[int]]) -> np.ndarray:
        width = max(map(len, batch))
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        result: np.ndarray = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return result
