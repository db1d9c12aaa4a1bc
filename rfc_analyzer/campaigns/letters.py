"""What a submission says, as words and as shingles (runs of consecutive words)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np

from rfc_analyzer.model import Passage, Submission
from rfc_analyzer.words import words

# of a text: how many words, a key that is equal where the words are, and its sorted distinct shingles
Words: TypeAlias = tuple[int, bytes, np.ndarray]
ReadWords: TypeAlias = Callable[[Sequence[str], int], list[Words]]

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MOST_WORDS_KEPT = 500_000


@dataclass(frozen=True, slots=True)
class Letter:
    """The words that speak for a respondent: their text, how many they are, and ``key``, equal where they are.

    The words themselves are not kept: a million letters' would fill the memory.
    """

    submission: Submission
    text: str
    length: int
    key: bytes
    shingles: np.ndarray  # sorted, distinct, uint64


class _WordHashes(dict[str, int]):
    """A hash of each word, the same in every process, as Python's own is not."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS_KEPT:
            self.clear()
        found = int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")
        self[word] = found
        return found


_WORD_HASHES = _WordHashes()


def word_hashes(tokens: Sequence[str]) -> np.ndarray:
    """A hash of each word, in order: uint64."""
    return np.fromiter(map(_WORD_HASHES.__getitem__, tokens), dtype=np.uint64, count=len(tokens))


def run_hashes(hashes: np.ndarray, size: int) -> np.ndarray:
    """A hash of each run of ``size`` consecutive words (of all words where there are fewer), in order."""
    size = min(size, len(hashes))
    runs = np.zeros(len(hashes) - size + 1, dtype=np.uint64)
    for offset in range(size):
        runs = mixed(runs, hashes[offset : offset + len(runs)])
    return runs


def shingles_of(tokens: Sequence[str], size: int) -> np.ndarray:
    """Sorted distinct hashes of all runs of ``size`` words (one run of all words where there are fewer)."""
    return distinct_runs(word_hashes(tokens), size)


def distinct_runs(hashes: np.ndarray, size: int) -> np.ndarray:
    """Sorted distinct hashes of all runs of ``size`` of the words behind ``hashes``; empty where there are none."""
    if not len(hashes):
        return np.empty(0, dtype=np.uint64)
    runs = run_hashes(hashes, size)
    runs.sort()
    return runs[np.concatenate(([True], runs[1:] != runs[:-1]))]


def mixed(state: np.ndarray, values: np.ndarray) -> np.ndarray:
    """One step of a hash of several numbers, for each row: both arguments and the result are uint64."""
    state = (state ^ values) * _MULTIPLIER
    return state ^ (state >> np.uint64(29))


def read_words(text: str, shingle_words: int) -> Words:
    """The words of one text, as hashes."""
    hashes = word_hashes(words(text))
    key = blake2b(hashes.tobytes(), digest_size=16).digest()
    return len(hashes), key, distinct_runs(hashes, shingle_words)


def read_all_words(texts: Sequence[str], shingle_words: int) -> list[Words]:
    """The words of each text, as hashes."""
    return [read_words(text, shingle_words) for text in texts]


def letters(
    submissions: Iterable[Submission],
    passages: Iterable[Passage],
    shingle_words: int,
    reading: ReadWords = read_all_words,
) -> list[Letter]:
    """A letter for each submission that says something, ordered by submission id; only counted passages are read."""
    said: dict[str, list[str]] = {}
    for passage in passages:
        if passage.counted:
            said.setdefault(passage.submission_id, []).append(passage.text)
    # most letters of a large docket are copies: each text is read and kept in memory once
    place: dict[str, int] = {}
    texts: list[str] = []
    of: list[tuple[Submission, int]] = []
    for submission in sorted(submissions, key=lambda s: s.submission_id):
        text = "\n".join(said.pop(submission.submission_id, ()))
        if text not in place:
            place[text] = len(texts)
            texts.append(text)
        of.append((submission, place[text]))
    read = reading(texts, shingle_words)
    return [Letter(submission, texts[row], *read[row]) for submission, row in of if read[row][0]]


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
