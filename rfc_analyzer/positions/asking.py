"""What the trained reader is asked of a docket: one text of each submission, and a second where that isn't enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rfc_analyzer.positions.addressing import Hints, left_open, worth_reading
from rfc_analyzer.positions.digests import SENTENCES, digests, read_digests
from rfc_analyzer.positions.signals import leanings, taken_up
from rfc_analyzer.positions.stance_model import CLASSES, StanceReader
from rfc_analyzer.progress import Progress

# an engine's workers share what is asked at once; whoever waits wants to see it move
_BLOCKS, _LEAST_TOGETHER = 20, 16


@dataclass(frozen=True, slots=True)
class Letters:
    """The sentences of ``count`` submissions, in their order.

    ``texts`` (n), ``owner`` (n,) and ``promised`` (n, p) as for :func:`~rfc_analyzer.positions.digests.digests`;
    ``hints`` tell whether they take the propositions up.
    """

    count: int
    texts: Sequence[str]
    owner: np.ndarray
    promised: np.ndarray
    hints: Hints

    def rows(self, start: int, count: int) -> slice:
        """The sentences of ``count`` submissions from ``start`` on."""
        return slice(*np.searchsorted(self.owner, (start, start + count)).tolist())

    def of(self, start: int, count: int) -> Letters:
        """``count`` submissions from ``start`` on."""
        rows = self.rows(start, count)
        return Letters(count, self.texts[rows], self.owner[rows] - start, self.promised[rows], self.hints.of(rows))


def ask(
    reader: StanceReader, letters: Letters, propositions: Sequence[str], least: float, progress: Progress
) -> tuple[np.ndarray, np.ndarray]:
    """The reader's probabilities for each proposition and for its contrary, both (n, p, 4).

    They stand at the sentence of a text that promises most; elsewhere is not-a-number. Nothing is asked of a submission
    that can't take a proposition up with a probability of ``least``. ``progress`` is told of each that is done.
    """
    read = np.full((2, len(letters.texts), len(propositions), len(CLASSES)), np.nan, dtype=np.float32)
    step = max(_LEAST_TOGETHER, -(-letters.count // _BLOCKS))
    for start in range(0, letters.count, step):
        count = min(step, letters.count - start)
        read[:, letters.rows(start, count)] = _ask(reader, letters.of(start, count), propositions, least)
        progress.advance(count)
    return read[0], read[1]


def _ask(reader: StanceReader, letters: Letters, propositions: Sequence[str], least: float) -> np.ndarray:
    """As :func:`ask`, of some submissions: (2, n, p, 4)."""
    texts, owner, promised = letters.texts, letters.owner, letters.promised
    worth = worth_reading(letters.hints, owner, letters.count, least)
    read, denied = read_digests(reader, digests(texts, owner, promised, worth), propositions, len(texts))
    taken, leaning = np.zeros(worth.shape), np.zeros(worth.shape)
    np.add.at(taken, owner, taken_up(read))  # of each submission, what was read stands at one sentence
    np.add.at(leaning, owner, leanings(read, denied))
    further = worth & left_open(letters.hints, taken, leaning, owner)
    again = digests(texts, owner, promised, further, after=SENTENCES)
    more = np.stack(read_digests(reader, again, propositions, len(texts)))
    return np.where(np.isnan(more), np.stack((read, denied)), more)
