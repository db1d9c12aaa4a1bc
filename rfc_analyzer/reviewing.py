"""Which submissions of an analysis to review first, so that the reader learns most from few."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfc_analyzer.cache import user_cache
from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.sampling import given_by_people
from rfc_analyzer.comparison.shares import Unit
from rfc_analyzer.embedding import CachedEmbedder, load_embedder
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import ARGUMENT_KINDS, Position, Stance
from rfc_analyzer.positions.picking import candidates, pick
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PASSAGES, POSITIONS, PROPOSITIONS, SUBMISSIONS

_MOST = 3_000  # candidates that are compared with one another; of larger dockets those that tell most
_PASSAGES = 12  # of each letter, spread over it, that say what the letter is like


def pick_for_review(analysis: Analysis, count: int = 40) -> list[str]:
    """Ids of the submissions that would teach the reader most, the first to review first.

    Copies of form letters and submissions that people have reviewed on every proposition are not picked. Raises
    :class:`BadInput` where the analysis has no propositions.
    """
    propositions = [p.proposition_id for p in analysis.rows(PROPOSITIONS)]
    if not propositions:
        raise BadInput("the analysis has no propositions, so there is nothing to review; give a codebook")
    s = SUBMISSIONS.c
    spoken = weights(analysis, analysis.submissions[s.submission_id].tolist(), Unit.DISTINCT_TEXTS)
    texts = _texts(analysis, set(spoken.index))
    ids = sorted(texts)
    by_people = given_by_people(analysis)
    done = {i for i in ids if all((i, p) in by_people for p in propositions)}
    positions = POSITIONS.rows_of(analysis.positions)
    if len(ids) > _MOST:
        ids = sorted(_telling(ids, positions, done))
    found = candidates(ids, _vectors(analysis, [texts[i] for i in ids]), positions, propositions)
    return pick(found, count, done)


def _texts(analysis: Analysis, ids: set[str]) -> dict[str, list[str]]:
    """Passages of argument, spread over the letter, of every submission that has some."""
    p = PASSAGES.c
    table = analysis.passages
    table = table[table[p.submission_id].isin(ids) & table[p.kind].isin([k.value for k in ARGUMENT_KINDS])]
    found = {str(i): texts.tolist() for i, texts in table.groupby(p.submission_id, sort=True)[p.text]}
    return {
        i: [t[k] for k in sorted({int(x) for x in np.linspace(0, len(t) - 1, _PASSAGES)})] for i, t in found.items()
    }


def _vectors(analysis: Analysis, texts: Sequence[Sequence[str]]) -> np.ndarray:
    """The mean vector of each letter's passages, (n, d)."""
    embedder = CachedEmbedder(load_embedder(str(analysis.manifest.settings["embedder"])), user_cache())
    encoded = embedder.encode([text for letter in texts for text in letter])
    ends = np.cumsum([len(letter) for letter in texts])
    parts = np.split(encoded, ends[:-1])
    return np.array([part.mean(axis=0) for part in parts])


def _telling(ids: Sequence[str], positions: Sequence[Position], done: set[str]) -> list[str]:
    told = dict.fromkeys(ids, 0.0)
    for position in positions:
        if position.submission_id in told:
            told[position.submission_id] += 1.5 - position.confidence + (position.stance is not Stance.SUPPORT)
    return sorted(ids, key=lambda i: (i not in done, -told[i], i))[:_MOST]
