"""What the sentences of a docket say about each proposition, before anything is learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rfc_analyzer.positions.claims import Claim
from rfc_analyzer.positions.grammar import Act, Parsed, parse_sentence, read_parsed
from rfc_analyzer.positions.units import Sentence

_BATCH = 4096
_MIDDLE = 0.58  # similarity at which a sentence is as likely about a proposition as not; see docs/decisions
_WIDTH = 0.06
_GENERAL_BONUS = 0.25  # nearly every argument bears on the docket's main matter
_ARGUED = 0.62  # a respondent who judges or demands anything speaks to the docket's main matter
_CENTRED = 0.5  # share of the similarity that is measured from the docket's own centre
_FULL_COVERAGE = 0.5  # a sentence that names half of a target's weight is wholly about it
_CONDITIONAL = 0.3


class Encoder(Protocol):
    """Turns texts into vectors of unit norm."""

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


@dataclass(frozen=True, slots=True)
class SentenceSignals:
    """Per sentence (rows) and proposition (columns): ``about`` and ``strength`` in 0..1, ``direction`` in -1..1."""

    about: np.ndarray
    direction: np.ndarray
    plain: np.ndarray  # bool: the author performs or demands it
    conditional: np.ndarray  # bool, per sentence


def parse_all(sentences: Sequence[Sentence]) -> list[Parsed]:
    """Every sentence parsed; equal sentences once."""
    known: dict[str, Parsed] = {}
    for sentence in sentences:
        if sentence.clean not in known:
            known[sentence.clean] = parse_sentence(sentence.clean)
    return [known[sentence.clean] for sentence in sentences]


def stem_frequency(parsed: Sequence[Parsed]) -> Counter[str]:
    """Number of sentences that hold each stem."""
    found: Counter[str] = Counter()
    for item in parsed:
        found.update(item.stems)
    return found


def similarities(
    sentences: Sequence[Sentence], claims: Sequence[Claim], encoder: Encoder, centre: np.ndarray
) -> np.ndarray:
    """Similarity of sentences to propositions, (n, p) float32: plain cosine plus a share of the centred one.

    The centred one forgives what every sentence of the docket has in common. Vectors are made in batches and only
    the similarities are kept, so memory does not grow with the length of the vectors.
    """
    texts = list(dict.fromkeys(sentence.clean for sentence in sentences))
    goals = encoder.encode([claim.proposition.text for claim in claims])
    away = _unit(goals - centre)
    made = np.empty((len(texts), len(claims)), dtype=np.float32)
    for start in range(0, len(texts), _BATCH):
        vectors = encoder.encode(texts[start : start + _BATCH])
        made[start : start + _BATCH] = vectors @ goals.T + _CENTRED * (_unit(vectors - centre) @ away.T)
    row = {text: i for i, text in enumerate(texts)}
    return made[[row[sentence.clean] for sentence in sentences]]


def read_signals(
    sentences: Sequence[Sentence], parsed: Sequence[Parsed], claims: Sequence[Claim], similarity: np.ndarray
) -> SentenceSignals:
    """Signals of all sentences; ``similarity`` as :func:`similarities` gives it."""
    shape = (len(sentences), len(claims))
    about, direction = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    plain = np.zeros(shape, bool)
    matter = frozenset(stem for claim in claims for stem in claim.target)
    for j, claim in enumerate(claims):
        bonus = _GENERAL_BONUS if claim.general else 0.0
        near = 1 / (1 + np.exp(-(similarity[:, j] - _MIDDLE + bonus) / _WIDTH))
        before, file_id = 0.0, ""
        for i, item in enumerate(parsed):
            if sentences[i].file_id != file_id:
                before, file_id = 0.0, sentences[i].file_id
            reading = read_parsed(item, claim.target, before)
            before = reading.coverage
            way = claim.sign * reading.sign * reading.strength * min(1.0, reading.coverage / _FULL_COVERAGE)
            rule = claim.rule * reading.rule * reading.strength
            by_rule = rule != 0  # "adopt the rule on nets" is about the rule, not about nets
            direction[i, j] = (rule if by_rule else way) * (_CONDITIONAL if item.conditional else 1.0)
            about[i, j] = max(near[i], 0.9) if by_rule else near[i]
            if claim.general and item.judges(matter):
                about[i, j] = max(about[i, j], _ARGUED)
            plain[i, j] = reading.act in (Act.PERFORMATIVE, Act.DEMAND)
    return SentenceSignals(about, direction, plain, np.array([item.conditional for item in parsed], bool))


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
