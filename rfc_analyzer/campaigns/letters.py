"""What a submission says, as words and as shingles (runs of consecutive words)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from rfc_analyzer.model import Passage, Submission
from rfc_analyzer.words import words

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Letter:
    """The words that speak for a respondent, and the text they come from."""

    submission: Submission
    text: str
    words: tuple[str, ...]
    shingles: np.ndarray  # sorted, distinct, uint64


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    # Python's own hash of a text differs from process to process
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def shingles_of(tokens: Sequence[str], size: int) -> np.ndarray:
    """Sorted distinct hashes of all runs of ``size`` words (one run of all words where there are fewer)."""
    if not tokens:
        return np.empty(0, dtype=np.uint64)
    hashes = np.fromiter(map(_word_hash, tokens), dtype=np.uint64, count=len(tokens))
    size = min(size, len(tokens))
    runs = np.zeros(len(tokens) - size + 1, dtype=np.uint64)
    for offset in range(size):
        runs = mixed(runs, hashes[offset : offset + len(runs)])
    runs.sort()
    return runs[np.concatenate(([True], runs[1:] != runs[:-1]))]


def mixed(state: np.ndarray, values: np.ndarray) -> np.ndarray:
    """One step of a hash of several numbers, for each row: both arguments and the result are uint64."""
    state = (state ^ values) * _MULTIPLIER
    return state ^ (state >> np.uint64(29))


def letters(submissions: Iterable[Submission], passages: Iterable[Passage], shingle_words: int) -> list[Letter]:
    """A letter for each submission that says something, ordered by submission id; only counted passages are read."""
    said: dict[str, list[Passage]] = {}
    for passage in passages:
        if passage.counted:
            said.setdefault(passage.submission_id, []).append(passage)
    found = []
    # most letters of a large docket are copies: each text is read and kept in memory once
    read: dict[str, tuple[str, tuple[str, ...], np.ndarray]] = {}
    for submission in sorted(submissions, key=lambda s: s.submission_id):
        text = "\n".join(p.text for p in said.get(submission.submission_id, ()))
        if text not in read:
            tokens = tuple(words(text))
            read[text] = (text, tokens, shingles_of(tokens, shingle_words))
        text, tokens, shingles = read[text]
        if tokens:
            found.append(Letter(submission, text, tokens, shingles))
    return found


def jaccard(a: np.ndarray, b: np.ndarray) -> float:
    """Shared shingles over all shingles, of two sorted distinct arrays."""
    shared = _shared(a, b)
    return shared / (len(a) + len(b) - shared)


def containment(part: np.ndarray, whole: np.ndarray) -> float:
    """Share of ``part``'s shingles that ``whole`` has too."""
    return _shared(part, whole) / len(part)


def _shared(a: np.ndarray, b: np.ndarray) -> int:
    both = np.concatenate((a, b))
    both.sort(kind="stable")  # two sorted runs: merged, not sorted anew
    return int(np.count_nonzero(both[1:] == both[:-1]))
