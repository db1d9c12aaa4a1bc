"""What a submission says, as words and as shingles (runs of consecutive words)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeAlias

import numpy as np

from rfc_analyzer.campaigns.hashing import Hashes, distinct, hashed_words, runs_of
from rfc_analyzer.model import Passage, Submission

# of a text: how many words, a key that is equal where the words are, and its sorted distinct shingles
Words: TypeAlias = tuple[int, bytes, np.ndarray]
ReadWords: TypeAlias = Callable[[Sequence[str], int], list[Words]]

_READ_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Letter:
    """The words that speak for a respondent: their text, how many they are, and ``key``, equal where they are.

    ``order`` is its place by date among all letters. The words themselves are not kept: a million letters' would fill
    the memory.
    """

    submission: Submission
    order: int
    text: str
    length: int
    key: bytes
    shingles: np.ndarray  # sorted, distinct, uint64


def shingles_of(texts: Sequence[str], size: int) -> Hashes:
    """Sorted distinct hashes of all runs of ``size`` words of each text; one run of all words where there are fewer."""
    return distinct(runs_of(hashed_words(texts), size))


def read_all_words(texts: Sequence[str], shingle_words: int) -> list[Words]:
    """The words of each text, as hashes."""
    found: list[Words] = []
    for first in range(0, len(texts), _READ_AT_ONCE):
        hashed = hashed_words(texts[first : first + _READ_AT_ONCE])
        shingles = distinct(runs_of(hashed, shingle_words))
        for number, length in enumerate(hashed.lengths.tolist()):
            key = blake2b(hashed.of(number).tobytes(), digest_size=16).digest()
            found.append((length, key, shingles.of(number)))
    return found


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
    order = _by_date([submission for submission, _ in of])
    return [Letter(sent, at, texts[row], *read[row]) for (sent, row), at in zip(of, order, strict=True) if read[row][0]]


def _by_date(submissions: Sequence[Submission]) -> list[int]:
    """The place of each, the undated last; those of the same moment in the order in which they are given."""
    at = (s.submitted_at for s in submissions)
    moments = np.fromiter((np.inf if day is None else day.timestamp() for day in at), float, count=len(submissions))
    place = np.empty(len(submissions), dtype=np.int64)
    place[np.argsort(moments, kind="stable")] = np.arange(len(submissions))
    found: list[int] = place.tolist()
    return found


def jaccard(a: np.ndarray, b: np.ndarray) -> float:
    """Shared shingles over all shingles, of two sorted distinct arrays."""
    shared = count_shared(a, b)
    return shared / (len(a) + len(b) - shared)


def containment(part: np.ndarray, whole: np.ndarray) -> float:
    """Share of ``part``'s shingles that ``whole`` has too."""
    return count_shared(part, whole) / len(part)


def count_shared(a: np.ndarray, b: np.ndarray) -> int:
    """How many numbers are in both of two sorted distinct arrays."""
    both = np.concatenate((a, b))
    both.sort(kind="stable")  # two sorted runs: merged, not sorted anew
    return int(np.count_nonzero(both[1:] == both[:-1]))
