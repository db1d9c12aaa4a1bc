"""Whether a proposition is taken up: what the words of a text tell of it, and what the trained reader does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rfc_analyzer.positions.claims import Claim
from rfc_analyzer.positions.grammar import Parsed, Reading

# log-odds that a proposition is taken up; how they were found: docs/decisions/0005-positions.md
_BASE = -2.5
_NEAR = 1.2  # by how near a passage is
_NAMED = 2.4  # by the share of the proposition's words that a sentence names
_TOLD = 1.0  # effects and facts are spoken of in more ways than demands
_ARGUED = 3.2  # a respondent who judges or demands anything speaks to the docket's main matter
_REPORTED = -1.5  # of a sentence that asks, or tells only what others say
_READ = 0.85  # by the log-odds that the reader gives
_UNREAD, _LEAST_READ, _SILENT = -3.0, -6.0, -7.0  # those of a sentence not read, the least that count, and of nothing
_MOST_READ = 2.9  # those that the reader hardly ever goes beyond where all else speaks against it

_LIKELY = -0.5  # log-odds above which one text that leaves it open is not enough
_FOUND, _SIDED = 0.6, 0.4  # how surely the reader must find a view, and a side, for one text to be enough
_RULED = 0.9  # "adopt the rule on nets" takes up what the proposition says of the rule
_CEILING = 0.98
_NONE = 3  # the reader's class for no view


@dataclass(frozen=True, slots=True)
class Hints:
    """What tells, but for the reader, whether sentences (rows) take propositions (columns) up.

    ``near`` and ``named`` as :func:`~rfc_analyzer.positions.signals.similarities` and
    :func:`~rfc_analyzer.positions.signals.coverages` give them; ``argued`` (bool) where the author judges or demands
    anything and the proposition is about the docket's main matter; ``ruled`` (bool) where the author speaks of the
    agency's proposal and the proposition does, too; ``told`` (p,) and ``others`` (n,) are bool.
    """

    near: np.ndarray
    named: np.ndarray
    argued: np.ndarray
    ruled: np.ndarray
    told: np.ndarray
    others: np.ndarray

    def of(self, rows: slice) -> Hints:
        """The hints of some of the sentences."""
        near, named, argued, ruled = (part[rows] for part in (self.near, self.named, self.argued, self.ruled))
        return Hints(near, named, argued, ruled, self.told, self.others[rows])

    def by_sentence(self) -> np.ndarray:
        """Log-odds that each sentence takes each proposition up, (n, p)."""
        found = _odds(self.near, self.named, self.argued, self.told)
        return np.asarray(found + _REPORTED * self.others[:, None])

    def by_submission(self, owner: np.ndarray, submissions: int) -> np.ndarray:
        """Log-odds that each submission takes each proposition up, (submissions, p).

        One sentence may name it and another be near to it, both the author's own: what others say counts for less.
        ``owner`` (n,) are the sentences' submissions; one without any has minus infinity.
        """
        mine = self._together(~self.others, owner, submissions)
        return np.maximum(mine, _REPORTED + self._together(np.ones(len(owner), bool), owner, submissions))

    def _together(self, rows: np.ndarray, owner: np.ndarray, submissions: int) -> np.ndarray:
        """Log-odds by the largest of each hint among ``rows`` of a submission."""
        parts = (self.near[rows], self.named[rows], self.argued[rows])
        near, named, argued = (_most(part, owner[rows], submissions) for part in parts)
        return _odds(near, named, argued, self.told)


def read_hints(
    parsed: Sequence[Parsed],
    without: Sequence[Reading],
    claims: Sequence[Claim],
    judges: np.ndarray,
    near: np.ndarray,
    named: np.ndarray,
) -> Hints:
    """The hints of sentences.

    ``without`` and ``judges`` as :func:`~rfc_analyzer.positions.signals.untargeted` and
    :func:`~rfc_analyzer.positions.signals.judging` give them.
    """
    argued = np.outer(judges, [claim.general for claim in claims])
    ruled = np.outer([reading.rule != 0 for reading in without], [claim.rule != 0 for claim in claims])
    told = np.array([claim.told for claim in claims])
    return Hints(near, named, argued, ruled, told, np.array([item.others for item in parsed]))


def _odds(near: np.ndarray, named: np.ndarray, argued: np.ndarray, told: np.ndarray) -> np.ndarray:
    return np.asarray(_BASE + _NEAR * near + _NAMED * named + _ARGUED * argued + _TOLD * told)


def _most(values: np.ndarray, owner: np.ndarray, submissions: int) -> np.ndarray:
    """The largest of each submission's values, (submissions, p); minus infinity of none."""
    found = np.full((submissions, values.shape[1]), -np.inf)
    np.maximum.at(found, owner, values)
    return found


def takes_up(hints: Hints, read: np.ndarray) -> np.ndarray:
    """Probability that each sentence takes up each proposition, (n, p).

    ``read`` (n, p, 4) are the reader's probabilities, not-a-number where it was not asked.
    """
    odds = _read_odds(read)
    odds = np.where(np.isnan(odds), _UNREAD, np.maximum(odds, _LEAST_READ))
    found = sigmoid(hints.by_sentence() + _READ * odds)
    return np.where(hints.ruled, np.maximum(found, _RULED), found)


def addressed(hints: Hints, read: np.ndarray, owner: np.ndarray, submissions: int) -> np.ndarray:
    """Probability that each submission takes up each proposition, (submissions, p); ``read`` as for :func:`takes_up`.

    Two texts in which the reader finds a view count for more than one.
    """
    said = np.exp(np.nan_to_num(_read_odds(read), nan=_SILENT))
    odds = np.full((submissions, said.shape[1]), np.exp(_SILENT))
    np.add.at(odds, owner, said * ~np.isnan(read[..., _NONE]))
    found = sigmoid(hints.by_submission(owner, submissions) + _READ * np.log(odds))
    return np.asarray(_CEILING * np.maximum(found, _RULED * (_most(hints.ruled, owner, submissions) > 0)))


def _read_odds(read: np.ndarray) -> np.ndarray:
    nothing = read[..., _NONE]
    return np.asarray(np.log(np.clip(1 - nothing, 1e-3, 0.999) / np.clip(nothing, 1e-3, 0.999)))


def worth_reading(hints: Hints, owner: np.ndarray, submissions: int, least: float) -> np.ndarray:
    """Whether each submission may take each proposition up with a probability of ``least``, whatever the reader says.

    (submissions, p) bool. Reading the others would change nothing.
    """
    could = sigmoid(hints.by_submission(owner, submissions) + _READ * _MOST_READ) >= least
    return could | (_most(hints.ruled, owner, submissions) > 0)


def left_open(hints: Hints, taken: np.ndarray, leaning: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Where one text of a submission isn't enough: it likely speaks of the proposition, and no view or side was found.

    (submissions, p) bool. The reader found ``taken`` (0 to 1) and ``leaning`` (-1 to 1), both (submissions, p), in it.
    """
    likely = hints.by_submission(owner, len(taken)) >= _LIKELY
    return np.asarray(likely & ~((taken > _FOUND) & (np.abs(leaning) > _SIDED)))


def sigmoid(values: np.ndarray) -> np.ndarray:
    """Log-odds as probabilities."""
    return np.asarray(1 / (1 + np.exp(-values)))
