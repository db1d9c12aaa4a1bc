"""The words behind a position: the sentences that say it most plainly, as verbatim spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfc_analyzer.model import Evidence, Position, Stance
from rfc_analyzer.positions.signals import SentenceSignals
from rfc_analyzer.positions.units import Sentence

_SIDED = 0.05  # direction above which a sentence takes a side by the grammar
_LEANT = 0.3  # and what the trained reader must see of one


def quote(
    position: Position,
    rows: Sequence[int],
    column: int,
    sentences: Sequence[Sentence],
    signals: SentenceSignals,
    most: int,
) -> list[Evidence]:
    """Up to ``most`` quotes for ``position`` among the sentences ``rows``; the nearest one where none takes a side."""
    wanted = (Stance.SUPPORT, Stance.OPPOSE) if position.stance is Stance.MIXED else (position.stance,)
    ranked: dict[Stance, list[tuple[float, int, Stance]]] = {stance: [] for stance in wanted}
    for row in rows:
        sides = [(strength, side) for side, strength in _sides(signals, row, column).items() if side in ranked]
        if sides:
            strength, side = max(sides)
            ranked[side].append((-strength * float(signals.about[row, column]), row, side))
    chosen = _alternate([sorted(found) for found in ranked.values()], most)
    if not chosen and rows:
        nearest = min(rows, key=lambda row: (-signals.about[row, column], row))
        return [_evidence(position, sentences[nearest], position.stance, float(signals.about[nearest, column]) / 2)]
    return [_evidence(position, sentences[row], side, -score) for score, row, side in chosen]


def _sides(signals: SentenceSignals, row: int, column: int) -> dict[Stance, float]:
    """The sides that a sentence may be quoted for, and how strongly: the grammar and the trained reader may differ."""
    found: dict[Stance, float] = {}
    for seen, least in ((float(signals.direction[row, column]), _SIDED), (float(signals.leaning[row, column]), _LEANT)):
        side = Stance.SUPPORT if seen > 0 else Stance.OPPOSE
        if abs(seen) > least:
            found[side] = max(found.get(side, 0.0), abs(seen))
    return found


def _alternate(lists: Sequence[Sequence[tuple[float, int, Stance]]], most: int) -> list[tuple[float, int, Stance]]:
    """The best of each list in turn, so that a mixed position shows both its sides."""
    depth = max((len(found) for found in lists), default=0)
    return [found[i] for i in range(depth) for found in lists if i < len(found)][:most]


def _evidence(position: Position, sentence: Sentence, stance: Stance, score: float) -> Evidence:
    return Evidence(
        position.submission_id,
        position.proposition_id,
        stance,
        sentence.file_id,
        sentence.page,
        sentence.start,
        sentence.end,
        sentence.text,
        float(np.clip(round(score, 4), 0, 1)),
    )
