"""What the trained reader is asked of a docket: one text of each submission, and a second where that isn't enough."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfc_analyzer.positions.addressing import Hints, left_open, worth_reading
from rfc_analyzer.positions.digests import SENTENCES, digests, read_digests
from rfc_analyzer.positions.signals import leanings, taken_up
from rfc_analyzer.positions.stance_model import StanceReader


def ask(
    reader: StanceReader,
    texts: Sequence[str],
    owner: np.ndarray,
    submissions: int,
    promised: np.ndarray,
    hints: Hints,
    propositions: Sequence[str],
    least: float,
) -> tuple[np.ndarray, np.ndarray]:
    """The reader's probabilities for each proposition and for its contrary, both (n, p, 4).

    They stand at the sentence of a text that promises most; elsewhere is not-a-number.
    ``texts`` (n) are the sentences, ``owner`` and ``promised`` as for :func:`~rfc_analyzer.positions.digests.digests`.
    Nothing is asked of a submission that can't take a proposition up with a probability of ``least``.
    """
    worth = worth_reading(hints, owner, submissions, least)
    read, denied = read_digests(reader, digests(texts, owner, promised, worth), propositions, len(texts))
    taken, leaning = np.zeros(worth.shape), np.zeros(worth.shape)
    np.add.at(taken, owner, taken_up(read))  # of each submission, what was read stands at one sentence
    np.add.at(leaning, owner, leanings(read, denied))
    further = worth & left_open(hints, taken, leaning, owner)
    again = digests(texts, owner, promised, further, after=SENTENCES)
    read_again, denied_again = read_digests(reader, again, propositions, len(texts))
    return _either(read, read_again), _either(denied, denied_again)


def _either(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """What stands in one of two, of which none has what the other has."""
    return np.asarray(np.where(np.isnan(second), first, second))
