"""Which positions people should label, so that the error of the reading can be told from few."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from math import sqrt

from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.shares import Unit
from rfc_analyzer.labelling import NOT_TAKEN_UP, SampledPosition
from rfc_analyzer.model import RespondentType
from rfc_analyzer.reviews import stances_given
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS, SUBMISSIONS

UNSURE = 0.5
"""Below this confidence a stance is more likely wrong than right, as calibrated: it waits for a person."""

_Cell = tuple[str, str, str, str, float]  # submission, proposition, type, stance, confidence
_Stratum = tuple[str, str, bool]


def draw_sample(analysis: Analysis, count: int = 100, seed: int = 0) -> list[SampledPosition]:
    """``count`` submissions × propositions to label, in a random order; the same seed gives the same.

    Strata are proposition × what was read (also nothing) × whether it was read surely; each gets places in proportion
    to the square root of its size, so that small ones are seen (power allocation, Bankier 1988). One systematic draw
    with these probabilities goes through all cells in the order of strata and respondent types (Madow 1949), which
    spreads it over types too. A form letter is in it once; what people have reviewed already is not in it.
    """
    cells = _cells(analysis)
    size = Counter(_stratum(cell) for cell in cells)
    chances = _probabilities([1 / sqrt(size[_stratum(cell)]) for cell in cells], min(count, len(cells)))
    order = sorted(range(len(cells)), key=lambda i: (_stratum(cells[i]), cells[i][2], _chance(seed, cells[i])))
    start = random.Random(seed).random()
    chosen, reached = [], start - 1
    for i in order:
        before = reached
        reached += chances[i]
        # floating sums may end a hair short of a whole number
        if int(reached + 1 + 1e-9) > int(before + 1 + 1e-9):
            chosen.append(i)
    chosen.sort(key=lambda i: _chance(f"{seed} order", cells[i]))
    made_at, reading = datetime.now(UTC), analysis.manifest.created_at
    name = sha256(f"{reading}|{seed}|{count}|{made_at.isoformat()}".encode()).hexdigest()[:8]
    return [
        SampledPosition(
            name,
            made_at,
            seed,
            reading,
            place,
            cells[i][0],
            cells[i][1],
            RespondentType(cells[i][2]),
            cells[i][3],
            cells[i][4],
            chances[i],
        )
        for place, i in enumerate(chosen)
    ]


def _cells(analysis: Analysis) -> list[_Cell]:
    """Every submission that counts as a text, with every proposition, as the program read it."""
    p, s = POSITIONS.c, SUBMISSIONS.c
    table = analysis.submissions
    types = dict(zip(table[s.submission_id], table[s.respondent_type], strict=True))
    ids = sorted(weights(analysis, table[s.submission_id].tolist(), Unit.DISTINCT_TEXTS).index)
    held = analysis.positions
    read = {
        (a, b): (stance, float(confidence))
        for a, b, stance, confidence in zip(
            held[p.submission_id], held[p.proposition_id], held[p.stance], held[p.confidence], strict=True
        )
    }
    by_people = given_by_people(analysis)
    return [
        (i, q.proposition_id, types[i], *read.get((i, q.proposition_id), (NOT_TAKEN_UP, 0.0)))
        for q in analysis.rows(PROPOSITIONS)
        for i in ids
        if (i, q.proposition_id) not in by_people
    ]


def given_by_people(analysis: Analysis) -> set[tuple[str, str]]:
    """Submissions and propositions whose stance a person gave, in a review or in a table of reviewed stances."""
    p = POSITIONS.c
    held = analysis.positions[analysis.positions[p.reviewed]]
    given = {(g.submission_id, g.proposition_id) for g in stances_given(analysis.reviews)}
    return given | set(zip(held[p.submission_id], held[p.proposition_id], strict=True))


def _stratum(cell: _Cell) -> _Stratum:
    return cell[1], cell[3], cell[4] < UNSURE


def _probabilities(sizes: Sequence[float], count: int) -> list[float]:
    """In proportion to ``sizes``, none above 1, adding up to ``count``."""
    sure: set[int] = set()
    while True:
        rest = sum(size for i, size in enumerate(sizes) if i not in sure)
        scale = (count - len(sure)) / rest if rest else 0.0
        above = {i for i, size in enumerate(sizes) if i not in sure and size * scale >= 1}
        if not above:
            return [1.0 if i in sure else size * scale for i, size in enumerate(sizes)]
        sure |= above


def _chance(seed: object, cell: _Cell) -> str:
    """A random-looking key that neither the order of rows nor other cells have a part in."""
    return sha256(f"{seed}|{cell[0]}|{cell[1]}".encode()).hexdigest()
