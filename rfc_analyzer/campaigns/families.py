"""Letters that look as if their parts were drawn from lists ("mad-lib" letters): no two need be alike as a whole.

Each is made of phrases that several others have too, in ever new combinations. Independent letters of one docket share
stock phrases, which cover a tenth of their words; half of the words of a letter of a family are covered or more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from rfc_analyzer.campaigns.hashing import Hashes, hashed_words, runs_of, together
from rfc_analyzer.campaigns.letters import Letter

# stock phrases cover most of a shorter text
MIN_WORDS = 30
MIN_LETTERS = 5
_RUN_WORDS = 5
_FEWEST_WITH_RUN = 3
_LARGE_DOCKET, _MORE_WITH_RUN = 5_000, 0.3
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
_LETTERS_AT_ONCE = 250
_READ_AT_ONCE = 1_000


def suspected_families(found: Sequence[Letter], free: Sequence[int]) -> list[list[int]]:
    """Indices of the letters of each family among ``free``, which hold no two letters with the same words.

    The largest family comes first; a letter is in one at most.
    """
    long = [i for i in free if found[i].length >= MIN_WORDS]
    fewest = _fewest(len(long))
    runs = _runs(found, long)
    glanced = _glance(runs, fewest)
    read = _Runs.of([long[i] for i in glanced.tolist()], _only(runs, glanced))
    del runs
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
    """In how many letters a run must stand: a quarter more each time that a large docket doubles, as chance repeats
    more. With fewer, half of the words of letters that are nobody's copy are covered in a docket of a million.
    """
    return round(_FEWEST_WITH_RUN * max(1.0, letters / _LARGE_DOCKET) ** _MORE_WITH_RUN)


def _runs(found: Sequence[Letter], which: Sequence[int]) -> Hashes:
    """The runs of words of some letters, none of which is shorter than a run."""
    flat, lengths = [np.empty(0, dtype=np.uint64)], [np.zeros(1, dtype=np.int64)]
    for first in range(0, len(which), _READ_AT_ONCE):
        runs = runs_of(hashed_words([found[i].text for i in which[first : first + _READ_AT_ONCE]]), _RUN_WORDS)
        flat.append(runs.flat)
        lengths.append(runs.lengths)
    return Hashes(np.concatenate(flat), np.cumsum(np.concatenate(lengths)))


def _only(runs: Hashes, which: np.ndarray) -> Hashes:
    """Those of the letters at these places, which rise."""
    wanted = np.zeros(len(runs.lengths), dtype=bool)
    wanted[which] = True
    starts = np.concatenate(([0], np.cumsum(runs.lengths[which])))
    return Hashes(runs.flat[np.repeat(wanted, runs.lengths)], starts)


def _glance(runs: Hashes, fewest: int) -> np.ndarray:
    """Places of letters of whose runs some are in ``fewest`` of the result; of a large docket every fourth is read."""
    letters = len(runs.lengths)
    read = runs.flat % np.uint64(1 if letters < _FEW_LETTERS else _EVERY) == 0
    order, begins = together(runs.flat[read])
    run = np.empty(len(order), dtype=np.int32)
    run[order] = np.cumsum(begins, dtype=np.int32) - 1
    owner = np.repeat(np.arange(letters, dtype=np.int32), runs.lengths)[read]
    kept = np.arange(letters)
    for _ in range(_GLANCES):
        frequent = np.bincount(run) >= fewest
        shared = np.bincount(owner[frequent[run]], minlength=letters)
        still = shared >= np.maximum(_GLANCE_SHARED * np.bincount(owner, minlength=letters), 1)
        # a phrase that many letters have by chance is rarer among those that are left
        run, owner = run[still[owner]], owner[still[owner]]
        if np.count_nonzero(still) == len(kept):
            break
        kept = np.flatnonzero(still)
    return kept


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
    def of(cls, letters: Sequence[int], runs: Hashes) -> _Runs:
        """``runs`` are those of the letters, in order; what stands once only is none of the result's."""
        order, begins = together(runs.flat)
        again = ~(begins & np.append(begins[1:], True))
        order, begins = order[again], begins[again]
        owner = np.repeat(np.arange(len(letters), dtype=np.int32), runs.lengths)
        # the last words of a letter begin no run of five
        starts = runs.starts + np.arange(len(letters) + 1) * (_RUN_WORDS - 1)
        run = np.full(int(starts[-1]), -1, dtype=np.int32)
        number = np.cumsum(begins, dtype=np.int32) - 1
        holder = owner[order]
        run[order + holder * np.int64(_RUN_WORDS - 1)] = number
        new = begins.copy()
        new[1:] |= holder[1:] != holder[:-1]
        return cls(letters, run, starts, holder[new], number[new])

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
        most = int(self.held.max(initial=-1)) + 1
        run, lengths, holder, held = self.run, np.diff(self.starts), self.holder, self.held
        kept, still = np.arange(len(lengths)), np.isin(np.arange(len(lengths)), which)
        while True:
            alive = np.zeros(len(self.letters), dtype=bool)
            alive[kept[still]] = True
            run, among = run[np.repeat(still, lengths)], alive[holder]
            kept, lengths, holder, held = kept[still], lengths[still], holder[among], held[among]
            often = np.bincount(held, minlength=most + 1) >= fewest
            shared = often[run] & (run >= 0)
            words_in = shared.copy()
            for offset in range(1, _RUN_WORDS):
                words_in[offset:] |= shared[:-offset]
            said = np.concatenate(([0], np.cumsum(words_in)))[np.concatenate(([0], np.cumsum(lengths)))]
            still = np.diff(said) >= _COVERED * lengths
            if still.all():
                return kept

    def connected(self, which: np.ndarray) -> list[np.ndarray]:
        """Groups of ``which`` whose letters share enough runs with one another, or with others of the group."""
        if not len(which):
            return []
        place = np.full(len(self.letters), -1, dtype=np.int32)
        place[which] = np.arange(len(which))
        here = place[self.holder] >= 0
        holder, held = place[self.holder[here]], self.held[here]
        starts = np.flatnonzero(np.concatenate(([True], held[1:] != held[:-1])))
        run = np.repeat(np.arange(len(starts)), np.diff(np.concatenate((starts, [len(held)]))))
        # how many of the run's first letters stand before this one
        before = np.minimum(np.arange(len(held)) - starts[run], _FOLLOWED).astype(np.int8)
        some = before > 0
        holds = csr_matrix((before[some], (holder[some], run[some])), shape=(len(which), len(starts)))
        linked = [
            _linked(holds[begin : begin + _LETTERS_AT_ONCE], len(which), starts, holder) + begin * len(which)
            for begin in range(0, len(which), _LETTERS_AT_ONCE)
        ]
        row, column = np.divmod(np.concatenate(linked), len(which))
        graph = csr_matrix((np.ones(len(row), dtype=np.int8), (row, column)), shape=(len(which), len(which)))
        _, label = connected_components(graph, directed=False)
        order = np.argsort(label, kind="stable")
        cuts = np.flatnonzero(np.diff(label[order])) + 1
        return [which[part] for part in np.split(order, cuts)]


def _linked(holds: csr_matrix, letters: int, starts: np.ndarray, holder: np.ndarray) -> np.ndarray:
    """``letter * letters + other`` for each of some letters and each earlier one that shares enough runs with it.

    ``holds`` says for each letter and run how many earlier letters to look at; these stand in ``holder``, from
    ``starts`` on for each run.
    """
    follow = holds.data.astype(np.int64)
    place = np.repeat(starts[holds.indices] - (np.cumsum(follow) - follow), follow) + np.arange(int(follow.sum()))
    letter = np.repeat(np.arange(holds.shape[0]), np.diff(holds.indptr))
    # sorted numbers are counted faster than a product of sparse matrices is made, small ones yet faster
    kind = np.int32 if holds.shape[0] * letters < 2**31 else np.int64
    pairs = np.repeat((letter * letters).astype(kind), follow) + holder[place]
    pairs.sort()
    often = pairs[_SHARED_RUNS - 1 :]
    often = often[often == pairs[: len(often)]].astype(np.int64)
    return often[np.concatenate(([True], often[1:] != often[:-1]))] if len(often) else often
