"""Letters that look as if their parts were drawn from lists ("mad-lib" letters): no two need be alike as a whole.

Each is made of phrases that several others have too, in ever new combinations. Independent letters of one docket share
stock phrases, which cover a tenth of their words; half of the words of a letter of a family are covered or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from rfc_analyzer.campaigns.hashing import hashed_words, runs_of
from rfc_analyzer.campaigns.letters import Letter

# stock phrases cover most of a shorter text
MIN_WORDS = 30
MIN_LETTERS = 5
_RUN_WORDS = 5
_FEWEST_WITH_RUN = 3
_LARGE_DOCKET = 5_000
# in a large family a phrase of three letters is chance
_SHARE_WITH_RUN = 0.01
_COVERED = 0.45
_SHARED_RUNS = 5
# most letters of a docket share few of their runs with two others, and need no second look
_GLANCE_SHARED = 0.2
_GLANCES = 6
_FEW_LETTERS = 2_000
_EVERY = 4
# each phrase is followed to so many letters only: a phrase of n letters would cost n²
_FOLLOWED = 30
_LETTERS_AT_ONCE = 5_000
_READ_AT_ONCE = 1_000


def suspected_families(found: Sequence[Letter], free: Sequence[int]) -> list[list[int]]:
    """Indices of the letters of each family among ``free``, which hold no two letters with the same words.

    The largest family comes first; a letter is in one at most.
    """
    long = [i for i in free if found[i].length >= MIN_WORDS]
    fewest = _fewest(len(long))
    read = _Runs.of(found, _glance(found, long, fewest))
    alive = read.covered(np.arange(len(read.letters)), fewest)
    families = []
    for group in read.connected(alive):
        if len(group) < MIN_LETTERS:
            continue
        part = read.only(group)  # a look at all words for each group would make the cost quadratic
        kept = part.covered(np.arange(len(group)), max(_FEWEST_WITH_RUN, round(_SHARE_WITH_RUN * len(group))))
        if len(kept) >= MIN_LETTERS:
            families.append([part.letters[i] for i in kept])
    return sorted(families, key=lambda family: (-len(family), family))


def _fewest(letters: int) -> int:
    """In how many letters a run must stand: one more each time that a large docket doubles, as chance repeats more."""
    return _FEWEST_WITH_RUN + max(0, int(log2(max(letters, 1) / _LARGE_DOCKET)))


def _glance(found: Sequence[Letter], free: Sequence[int], fewest: int) -> list[int]:
    """Those of ``free`` of whose runs some are in ``fewest`` of the result; of a large docket every fourth is read."""
    every = np.uint64(1 if len(free) < _FEW_LETTERS else _EVERY)
    sampled, lengths = [np.empty(0, dtype=np.uint64)], []
    for first in range(0, len(free), _READ_AT_ONCE):
        runs = runs_of(hashed_words([found[i].text for i in free[first : first + _READ_AT_ONCE]]), _RUN_WORDS)
        read = runs.flat % every == 0
        sampled.append(runs.flat[read])
        lengths += np.diff(np.concatenate(([0], np.cumsum(read)))[runs.starts]).tolist()
    flat, owner = np.concatenate(sampled), np.repeat(np.arange(len(free)), lengths)
    kept = np.arange(len(free))
    for _ in range(_GLANCES):
        ordered = np.sort(flat)
        frequent = ordered[fewest - 1 :][ordered[fewest - 1 :] == ordered[: len(ordered) - fewest + 1]]
        shared = np.bincount(owner, weights=np.isin(flat, frequent), minlength=len(free))
        still = shared >= np.maximum(_GLANCE_SHARED * np.bincount(owner, minlength=len(free)), 1)
        # a phrase that many letters have by chance is rarer among those that are left
        flat, owner = flat[still[owner]], owner[still[owner]]
        if np.count_nonzero(still) == len(kept):
            break
        kept = np.flatnonzero(still)
    return [free[i] for i in kept.tolist()]


@dataclass(frozen=True)
class _Runs:
    """Runs of five words of ``letters``: ``run[k]`` is the number of the run that begins at word ``k`` of all their
    words, −1 at the last words of a letter; letter ``i`` has the words ``starts[i]`` to ``starts[i + 1]``.

    ``holder`` and ``held`` are the pairs (place of a letter, run), each once, ordered by run.
    """

    letters: Sequence[int]
    run: np.ndarray
    starts: np.ndarray
    holder: np.ndarray
    held: np.ndarray

    @classmethod
    def of(cls, found: Sequence[Letter], which: Sequence[int]) -> _Runs:
        hashed = hashed_words([found[i].text for i in which])
        runs = runs_of(hashed, _RUN_WORDS)
        _, number = np.unique(runs.flat, return_inverse=True)
        starts = hashed.starts
        owner = np.repeat(np.arange(len(which)), runs.lengths)
        run = np.full(int(starts[-1]), -1, dtype=np.int64)
        # the last words of a letter begin no run of five
        run[np.arange(len(number)) + owner * (_RUN_WORDS - 1)] = number
        pairs = np.sort(number.astype(np.int64) * max(len(which), 1) + owner)
        pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
        held, holder = np.divmod(pairs, max(len(which), 1))
        return cls(which, run, starts, holder, held)

    def only(self, which: np.ndarray) -> _Runs:
        """The runs of these letters, numbered anew; the cost is theirs alone."""
        run = np.concatenate([self.run[self.starts[i] : self.starts[i + 1]] for i in which])
        lengths = self.starts[which + 1] - self.starts[which]
        begins = run >= 0
        _, number = np.unique(run[begins], return_inverse=True)
        run[begins] = number
        owner = np.repeat(np.arange(len(which)), lengths)[begins]
        held, holder = np.divmod(np.unique(number * len(which) + owner), len(which))
        starts = np.concatenate(([0], np.cumsum(lengths)))
        return _Runs([self.letters[i] for i in which], run, starts, holder, held)

    def covered(self, which: np.ndarray, fewest: int) -> np.ndarray:
        """Those letters of ``which`` most of whose words stand in runs that ``fewest`` letters of the result have."""
        kept = np.zeros(len(self.letters), dtype=bool)
        kept[which] = True
        most = int(self.held.max(initial=-1)) + 1
        while kept.any():
            count = np.bincount(self.held[kept[self.holder]], minlength=most + 1)
            shared = (count >= fewest)[self.run] & (self.run >= 0)
            words_in = shared.copy()
            for offset in range(1, _RUN_WORDS):
                words_in[offset:] |= shared[:-offset]
            said = np.concatenate(([0], np.cumsum(words_in)))
            share = np.diff(said[self.starts]) / np.maximum(np.diff(self.starts), 1)
            still = kept & (share >= _COVERED)
            if (still == kept).all():
                break
            kept = still
        return np.flatnonzero(kept)

    def connected(self, which: np.ndarray) -> list[np.ndarray]:
        """Groups of ``which`` whose letters share enough runs with one another, or with others of the group."""
        if not len(which):
            return []
        place = np.full(len(self.letters), -1)
        place[which] = np.arange(len(which))
        here = place[self.holder] >= 0
        holder, held = place[self.holder[here]], self.held[here]
        first = np.concatenate(([True], held[1:] != held[:-1]))
        run = np.cumsum(first) - 1
        rank = np.arange(len(held)) - np.flatnonzero(first)[run]
        shape = (len(which), int(run[-1]) + 1)
        ones = np.ones(len(held), dtype=np.int32)
        holds = csr_matrix((ones, (holder, run)), shape=shape)
        followed = rank < _FOLLOWED
        leads = csr_matrix((ones[followed], (holder[followed], run[followed])), shape=shape).T.tocsr()
        rows, columns = [], []
        for start in range(0, len(which), _LETTERS_AT_ONCE):
            shared = (holds[start : start + _LETTERS_AT_ONCE] @ leads).tocoo()
            enough = shared.data >= _SHARED_RUNS
            rows.append(shared.row[enough] + start)
            columns.append(shared.col[enough])
        row, column = np.concatenate(rows), np.concatenate(columns)
        graph = csr_matrix((np.ones(len(row), dtype=np.int8), (row, column)), shape=(len(which), len(which)))
        _, label = connected_components(graph, directed=False)
        order = np.argsort(label, kind="stable")
        cuts = np.flatnonzero(np.diff(label[order])) + 1
        return [which[part] for part in np.split(order, cuts)]
