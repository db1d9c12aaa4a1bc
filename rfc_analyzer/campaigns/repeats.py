"""Passages in which a letter says again what a template says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from rfc_analyzer.campaigns.hashing import first_words, hashed_words, runs_of
from rfc_analyzer.model import Passage

_REPEATED_SHARE = 0.75
_REPEATED_NEW_WORDS = 5
_READ_AT_ONCE = 1_000


def repeated_passages(saying: Mapping[str, Sequence[str]], passages: Iterable[Passage], size: int) -> Iterator[str]:
    """Ids of the counted passages that repeat one of the texts that their submission is ``saying`` again.

    ``saying`` holds texts by submission id. Runs of ``size`` words are compared.
    """
    # a campaign's letters hold the same few passages again and again: each is judged once
    asked: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        for template in saying.get(passage.submission_id, ()) if passage.counted else ():
            asked[template][passage.text].append(passage.passage_id)
    for template, by_text in asked.items():
        coverage = Coverage(template, size)
        texts = list(by_text)
        for first in range(0, len(texts), _READ_AT_ONCE):
            some = texts[first : first + _READ_AT_ONCE]
            for text, says_again in zip(some, coverage.repeated(some), strict=True):
                yield from by_text[text] if says_again else ()


class Coverage:
    """Which words of a text a template already says: those in runs of ``size`` words that the template has too."""

    def __init__(self, template: str, size: int) -> None:
        self._size = size
        hashed = hashed_words([template])
        # a text of fewer words is one run of all of them
        self._runs = np.unique(np.concatenate([runs_of(hashed, n).flat for n in range(1, size + 1)]))

    def repeated(self, texts: Sequence[str]) -> list[bool]:
        """For each text whether it says no more than the template: at most a few of its words are not covered."""
        hashed = hashed_words(texts)
        runs = runs_of(hashed, self._size)
        first, last = first_words(hashed, self._size)
        known = np.isin(runs.flat, self._runs)
        new = np.ones(len(hashed.flat), dtype=bool)
        for offset in range(self._size):
            place = first[known] + offset
            new[place[place < last[known]]] = False
        said = np.concatenate(([0], np.cumsum(new)))
        count, lengths = np.diff(said[hashed.starts]), hashed.lengths
        few = np.maximum(_REPEATED_NEW_WORDS, (1 - _REPEATED_SHARE) * lengths)
        repeated: list[bool] = ((count <= few) & (count < lengths / 2)).tolist()
        return repeated
