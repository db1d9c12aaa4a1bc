"""The phrases of a docket that can tell its themes apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from rfc_analyzer.themes.phrases import phrase_keys

_SUBJECT_SHARE = 0.12  # a word in more passages than that is about the docket's own subject
_TITLE_SHARE = 0.03  # or in so many, and in its title
_FRAGMENT = 0.6
_FEWEST_VOICES = 5  # submissions in the docket from which on a phrase must be two submissions'


@dataclass(frozen=True)
class Vocabulary:
    """``counts`` (read, keys): how often a passage holds a phrase, of the passages that were read, whose row numbers
    are ``rows`` (read,); ``submissions`` (passages,): whose each passage is, read or not. ``subject`` are the stems of
    words on the docket's own subject.
    """

    keys: tuple[str, ...]
    counts: sparse.csr_matrix
    submissions: np.ndarray
    rows: np.ndarray
    subject: frozenset[str] = frozenset()

    @cached_property
    def held(self) -> sparse.csr_matrix:
        """1 where a passage holds a phrase."""
        return self.counts.sign()

    @property
    def single_words(self) -> sparse.csr_matrix:
        """The counts of the phrases that are one word."""
        return self.counts[:, [i for i, key in enumerate(self.keys) if " " not in key]]


def find_vocabulary(
    texts: Sequence[str], submission_ids: Sequence[str], title: str, rows: np.ndarray | None = None
) -> Vocabulary:
    """Phrases of at least two passages and two submissions (of one, where there are few), without

    - those made only of words on the docket's own subject, which tell no theme from another;
    - fragments: phrases that mostly stand inside one longer phrase ("source software").

    Only the passages at ``rows`` are read, all where it is None.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    submissions = numbers_of(submission_ids)
    rows = np.arange(len(texts)) if rows is None else rows
    vectoriser = CountVectorizer(analyzer=phrase_keys, dtype=np.float64)
    counts = vectoriser.fit_transform([texts[row] for row in rows.tolist()]).tocsr()
    held = counts.sign()
    keys = vectoriser.get_feature_names_out().tolist()
    often = np.asarray(held.sum(axis=0)).ravel()
    wanted = often >= (2 if len(rows) >= 15 else 1)
    if submissions.max() + 1 >= _FEWEST_VOICES:
        wanted &= _voices(held, submissions[rows]) >= 2
    subject: set[str] = set()
    if len(rows) >= 15:
        subject = _subject_words(keys, often / len(rows), title)
        wanted &= np.array([not set(key.split()) <= subject for key in keys])
    fragments = _fragments(keys, often)
    chosen = [i for i in np.flatnonzero(wanted).tolist() if i not in fragments] or list(range(len(keys)))
    return Vocabulary(tuple(keys[i] for i in chosen), counts[:, chosen], submissions, rows, frozenset(subject))


def without_phrases(submission_ids: Sequence[str]) -> Vocabulary:
    """The vocabulary of passages whose phrases nobody asks for."""
    nothing = np.zeros(0, dtype=np.int64)
    return Vocabulary((), sparse.csr_matrix((0, 0)), numbers_of(submission_ids), nothing)


def numbers_of(submission_ids: Sequence[str]) -> np.ndarray:
    """A number for each submission, by the order of their ids, (passages,)."""
    numbers: np.ndarray = np.unique(np.asarray(submission_ids), return_inverse=True)[1]
    return numbers


def _voices(held: sparse.csr_matrix, submissions: np.ndarray) -> np.ndarray:
    places = np.arange(len(submissions))
    member = sparse.csr_matrix((np.ones(len(places)), (submissions, places)))
    return np.asarray((member @ held).sign().sum(axis=0)).ravel()


def _subject_words(keys: Sequence[str], share: np.ndarray, title: str) -> set[str]:
    titled = set(" ".join(phrase_keys(title)).split())
    return {
        key
        for key, part in zip(keys, share.tolist(), strict=True)
        if " " not in key and part >= (_TITLE_SHARE if key in titled else _SUBJECT_SHARE)
    }


def _fragments(keys: Sequence[str], often: np.ndarray) -> set[int]:
    place = {key: i for i, key in enumerate(keys)}
    found = set()
    for i in np.flatnonzero(often >= 2).tolist():  # what is said once stands for nothing else
        for inner in _inner_phrases(keys[i].split()):
            shorter = place.get(inner)
            if shorter is not None and often[i] >= max(2, _FRAGMENT * often[shorter]):
                found.add(shorter)
    return found


def _inner_phrases(words: Sequence[str]) -> Iterator[str]:
    for size in range(2, len(words)):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])
