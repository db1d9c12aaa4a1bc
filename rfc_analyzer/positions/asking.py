"""What the trained reader is asked of a docket: one text of each submission, and a second where that isn't enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfc_analyzer.positions.addressing import Hints, left_open, worth_reading
from rfc_analyzer.positions.digests import SENTENCES, digests, read_digests
from rfc_analyzer.positions.signals import leanings, taken_up
from rfc_analyzer.positions.stance_model import CLASSES, StanceReader
from rfc_analyzer.progress import Progress

# an engine's workers share what is asked at once; whoever waits wants to see it move
_BLOCKS, _LEAST_TOGETHER = 20, 16


def ask(
    reader: StanceReader,
    texts: Sequence[str],
    owner: np.ndarray,
    submissions: int,
    promised: np.ndarray,
    hints: Hints,
    propositions: Sequence[str],
    least: float,
    progress: Progress,
) -> tuple[np.ndarray, np.ndarray]:
    """The reader's probabilities for each proposition and for its contrary, both (n, p, 4).

    They stand at the sentence of a text that promises most; elsewhere is not-a-number.
    ``texts`` (n) are the sentences, ``owner`` and ``promised`` as for :func:`~rfc_analyzer.positions.digests.digests`.
    Nothing is asked of a submission that can't take a proposition up with a probability of ``least``. ``progress`` is
    told of each submission that is done.
    """
    read = np.full((2, len(texts), len(propositions), len(CLASSES)), np.nan, dtype=np.float32)
    step = max(_LEAST_TOGETHER, -(-submissions // _BLOCKS))
    for start in range(0, submissions, step):
        count = min(step, submissions - start)
        rows = slice(*np.searchsorted(owner, (start, start + count)))
        read[:, rows] = _ask(
            reader, texts[rows], owner[rows] - start, count, promised[rows], hints.of(rows), propositions, least
        )
        progress.advance(count)
    return read[0], read[1]


def _ask(
    reader: StanceReader,
    texts: Sequence[str],
    owner: np.ndarray,
    submissions: int,
    promised: np.ndarray,
    hints: Hints,
    propositions: Sequence[str],
    least: float,
) -> np.ndarray:
    """As :func:`ask`, of some submissions: (2, n, p, 4)."""
    worth = worth_reading(hints, owner, submissions, least)
    read, denied = read_digests(reader, digests(texts, owner, promised, worth), propositions, len(texts))
    taken, leaning = np.zeros(worth.shape), np.zeros(worth.shape)
    np.add.at(taken, owner, taken_up(read))  # of each submission, what was read stands at one sentence
    np.add.at(leaning, owner, leanings(read, denied))
    further = worth & left_open(hints, taken, leaning, owner)
    again = digests(texts, owner, promised, further, after=SENTENCES)
    more = np.stack(read_digests(reader, again, propositions, len(texts)))
    return np.where(np.isnan(more), np.stack((read, denied)), more)
