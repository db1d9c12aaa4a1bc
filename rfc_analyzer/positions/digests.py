"""What the trained reader is given of a submission: the sentences that promise most on a proposition, as one text.

A sentence out of its letter often leaves open what it speaks of ("This would put us behind our rivals"); beside others
of the same letter it says more, for no more than the cost of reading two of them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rfc_analyzer.positions.claims import contrary
from rfc_analyzer.positions.stance_model import CLASSES, StanceReader

SENTENCES = 3  # of each submission for each proposition
MOST_WORDS = 95  # what the reader takes in at once


@dataclass(frozen=True, slots=True)
class Digest:
    """Sentences of one submission for one proposition (``column``), in reading order; ``best`` promises most."""

    best: int
    column: int
    text: str


def digests(
    texts: Sequence[str], owner: np.ndarray, promised: np.ndarray, worth: np.ndarray, after: int = 0
) -> list[Digest]:
    """One for each submission and proposition that is worth reading, of what promises most ``after`` so many sentences.

    ``texts`` are the sentences, ``owner`` (n,) their submissions and never falls, ``promised`` (n, p) is how much each
    sentence promises to say of each proposition; of equal ones the earlier comes first. ``worth`` (submissions, p) is
    bool. A submission of no more than ``after`` sentences has none.
    """
    found = []
    for start, end in pairwise(np.flatnonzero(np.r_[True, owner[1:] != owner[:-1], True]).tolist()):
        order = start + np.argsort(-promised[start:end], axis=0, kind="stable")[after : after + SENTENCES]
        for column in np.flatnonzero(worth[owner[start]]).tolist() if len(order) else ():
            rows = order[:, column].tolist()
            found.append(Digest(rows[0], column, _joined(texts, rows)))
    return found


def _joined(texts: Sequence[str], rows: Sequence[int]) -> str:
    """The texts of ``rows`` in reading order, as many of the first ones as fit; always the first."""
    kept, words = [rows[0]], len(texts[rows[0]].split())
    for row in rows[1:]:
        words += len(texts[row].split())
        if words > MOST_WORDS:
            break
        kept.append(row)
    return " ".join(texts[row] for row in sorted(kept))


def read_digests(
    reader: StanceReader, given: Sequence[Digest], propositions: Sequence[str], sentences: int
) -> tuple[np.ndarray, np.ndarray]:
    """The reader's probabilities for each proposition and for its contrary, both (sentences, p, 4).

    They stand where the best sentence of a digest does; elsewhere is not-a-number. Equal texts are read once. Asked a
    proposition alone, the reader leans to one side whatever the text says: hence both.
    """
    wanted: dict[str, list[int]] = {}
    for digest in given:
        columns = wanted.setdefault(digest.text, [])
        if digest.column not in columns:
            columns.append(digest.column)
    both = [(text, contrary(text)) for text in propositions]
    asked = [[way for column in columns for way in both[column]] for columns in wanted.values()]
    said: dict[tuple[str, int], np.ndarray] = {}
    for (text, columns), rows in zip(wanted.items(), reader.read(list(wanted), asked), strict=True):
        said |= {(text, column): rows[2 * i : 2 * i + 2] for i, column in enumerate(columns)}
    made = np.full((2, sentences, len(propositions), len(CLASSES)), np.nan, dtype=np.float32)
    for digest in given:
        made[:, digest.best, digest.column] = said[digest.text, digest.column]
    return made[0], made[1]
