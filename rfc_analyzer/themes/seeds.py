"""Themes that an analyst expects: which passages a seed attracts, and which theme takes its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from rfc_analyzer.themes.directions import unit
from rfc_analyzer.themes.phrases import phrase_keys

Encode = Callable[[Sequence[str]], np.ndarray]
SeedThemes = Sequence[tuple[str, tuple[str, ...]]]

_LEAST_SIMILARITY = 0.35
_LEAST_SHARE = 0.3  # of a theme's passages, or of those that the seed attracts, before the theme takes its name


def seed_vectors(seeds: SeedThemes, texts: Sequence[str], vectors: np.ndarray, encode: Encode | None) -> np.ndarray:
    """One direction for each seed, (seeds, d), unit length; zero where nothing speaks of it.

    The mean of the passages that hold one of its words, and of the words' own vector where ``encode`` is given.
    """
    held = [set(phrase_keys(text)) for text in texts]
    result = np.zeros((len(seeds), vectors.shape[1]), dtype=np.float32)
    own = encode([", ".join((name, *words)) for name, words in seeds]) if encode else result
    for number, (name, words) in enumerate(seeds):
        keys = {key for text in (name, *words) for key in _whole(text)}
        rows = [row for row, found in enumerate(held) if found & keys]
        result[number] = own[number]
        if rows:
            result[number] += unit(vectors[rows].mean(axis=0, keepdims=True))[0]
    return unit(result)


def _whole(text: str) -> list[str]:
    """The key of ``text`` as one phrase, where it is one."""
    keys = phrase_keys(text)
    longest = max((len(key.split()) for key in keys), default=0)
    return [key for key in keys if len(key.split()) == longest][:1]


def attracted(vectors: np.ndarray, seeds: np.ndarray) -> np.ndarray:
    """The seed nearest to each row, (n,) int, -1 where none is near."""
    similar = vectors @ seeds.T
    best = np.argmax(similar, axis=1)
    return np.where(similar.max(axis=1) >= _LEAST_SIMILARITY, best, -1)


def named_by_seeds(nearest: np.ndarray, labels: np.ndarray, seeds: SeedThemes) -> dict[int, str]:
    """The theme (a label) that each seed names: the one with most of what the seed attracts."""
    names: dict[int, str] = {}
    sizes = np.bincount(labels)
    for number, (name, _) in enumerate(seeds):
        inside = np.bincount(labels[nearest == number], minlength=len(sizes))
        inside[list(names)] = 0
        label = int(np.argmax(inside))
        if inside[label] and inside[label] >= _LEAST_SHARE * min(sizes[label], inside.sum()):
            names[label] = name
    return names
