"""What the sentences of a docket say about each proposition, before anything is learned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Protocol

import numpy as np

from rfc_analyzer.positions.aims import Aims
from rfc_analyzer.positions.claims import Claim
from rfc_analyzer.positions.grammar import Act, Parsed, Reading, parse_sentence, read_parsed
from rfc_analyzer.positions.units import Sentence

_SAYING = 0.5  # a sentence is read sooner whose author judges or demands, later one that tells of others
_CENTRED = 0.5  # share of the similarity that is measured from the docket's own centre
_FULL_COVERAGE = 0.5  # a sentence that names half of a target's weight is wholly about it
_CONDITIONAL = 0.3
_FAINT = 0.01  # a probability below this says nothing about the side
_NO_AIMS = Aims({}, {}, {})
_SAID = (Act.PERFORMATIVE, Act.DEMAND)
_SUPPORT, _OPPOSE, _MIXED, _NONE = range(4)  # the reader's classes


class Encoder(Protocol):
    """Turns texts into vectors of unit norm."""

    def encode(self, texts: Sequence[str]) -> np.ndarray: ...


@dataclass(frozen=True, slots=True)
class SentenceSignals:
    """Per sentence (rows) and proposition (columns): ``about`` and ``torn`` in 0..1, ``direction`` in -1..1.

    ``about`` says whether the sentence takes the proposition up, ``torn`` whether its author is on both sides or sets
    conditions; ``taken`` (0..1) whether the reader finds any view at all, 0 where it was not asked. ``leaning`` (-1..1)
    is the side that the reader sees, asked the proposition and its contrary; 0 where it was not asked.
    """

    about: np.ndarray
    torn: np.ndarray
    taken: np.ndarray
    leaning: np.ndarray
    direction: np.ndarray
    plain: np.ndarray  # bool: the author performs or demands it


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
    sentences: Sequence[Sentence], passages: Mapping[str, str], claims: Sequence[Claim], encoder: Encoder
) -> np.ndarray:
    """Similarity of sentences' passages to propositions, (n, p) float32: plain cosine plus a share of the centred one.

    ``passages`` are the texts by id. The centred one forgives what every passage of the docket has in common.
    """
    texts = sorted({passages[sentence.passage_id] for sentence in sentences})
    vectors = encoder.encode(texts)
    goals = encoder.encode([claim.proposition.text for claim in claims])
    centre = np.mean(vectors, axis=0)
    made = vectors @ goals.T + _CENTRED * (_unit(vectors - centre) @ _unit(goals - centre).T)
    row = {text: i for i, text in enumerate(texts)}
    return np.asarray(made[[row[passages[sentence.passage_id]] for sentence in sentences]], dtype=np.float32)


def coverages(parsed: Sequence[Parsed], claims: Sequence[Claim]) -> np.ndarray:
    """Share of each proposition's weight that each sentence names, (n, p) float32."""
    made = np.zeros((len(parsed), len(claims)), np.float32)
    for j, claim in enumerate(claims):
        # exactly rounded: in whatever order a set gives its words
        made[:, j] = [fsum(claim.target[s] for s in item.stems if s in claim.target) for item in parsed]
    return made


def untargeted(parsed: Sequence[Parsed]) -> list[Reading]:
    """Every sentence read without a proposition: what its author does, and what it says of the agency's proposal."""
    return [read_parsed(item, {}, _NO_AIMS) for item in parsed]


def promise(
    parsed: Sequence[Parsed], without: Sequence[Reading], judges: np.ndarray, near: np.ndarray, named: np.ndarray
) -> np.ndarray:
    """How much each sentence promises to say of each proposition, (n, p): the nearest are often headings and thanks.

    ``without`` and ``judges`` as :func:`untargeted` and :func:`judging` give them, ``near`` and ``named`` as
    :func:`similarities` and :func:`coverages` do.
    """
    says = judges | np.array([r.act in _SAID or r.rule != 0 for r in without])
    others = np.array([item.others for item in parsed])
    return np.asarray(near + named + _SAYING * (says.astype(float) - others)[:, None])


def judging(parsed: Sequence[Parsed], claims: Sequence[Claim]) -> np.ndarray:
    """Whether each sentence judges anything that the propositions are about, (n,) bool."""
    matter = frozenset(stem for claim in claims for stem in claim.target)
    return np.array([item.judges(matter) for item in parsed], bool)


def leanings(read: np.ndarray, denied: np.ndarray) -> np.ndarray:
    """The side that the reader sees, (n, p) in -1..1; 0 where it was not asked.

    ``read`` and ``denied`` (n, p, 4) are its probabilities for each proposition and for its contrary. Asked one of
    them alone it leans to a side whatever the text says; in the difference of the odds that falls out.
    """
    return np.asarray(np.nan_to_num(np.tanh((_side_odds(read) - _side_odds(denied)) / 2)))


def taken_up(read: np.ndarray) -> np.ndarray:
    """How surely the reader sees any view, (…) in 0..1 of its probabilities (…, 4); 0 where it was not asked."""
    return np.asarray(np.nan_to_num(1 - read[..., _NONE]))


def _side_odds(read: np.ndarray) -> np.ndarray:
    return np.asarray(np.log(read[..., _SUPPORT] + _FAINT) - np.log(read[..., _OPPOSE] + _FAINT))


def read_signals(
    sentences: Sequence[Sentence],
    parsed: Sequence[Parsed],
    without: Sequence[Reading],
    claims: Sequence[Claim],
    about: np.ndarray,
    read: np.ndarray,
    leaning: np.ndarray,
) -> SentenceSignals:
    """Signals of all sentences.

    ``without`` as :func:`untargeted` gives it, ``about`` as :func:`~rfc_analyzer.positions.addressing.takes_up`;
    ``read`` (n, p, 4) are the reader's probabilities, not-a-number where it was not asked, ``leaning`` as
    :func:`leanings` gives it.
    """
    torn, taken = np.nan_to_num(read[..., _MIXED]), taken_up(read)
    others = np.array([item.others for item in parsed])  # what others say is no leaning of the author's
    leaning = np.where(others[:, None], 0.0, leaning)
    weights = np.array([_CONDITIONAL if item.conditional else 1.0 for item in parsed])
    files = [sentence.file_id for sentence in sentences]
    words = [item.stems.union(*(clause.stems for clause in item.clauses)) for item in parsed]
    ruled = np.array([reading.rule for reading in without])
    strength = np.array([reading.strength for reading in without])
    said = np.array([reading.act in _SAID for reading in without])
    direction, plain = np.zeros(about.shape), np.zeros(about.shape, bool)
    for j, claim in enumerate(claims):
        rule, way = claim.rule * ruled * strength, np.zeros(len(parsed))
        plain[:, j] = said
        for i, reading in _targeted(parsed, files, words, claim):
            rule[i] = claim.rule * reading.rule * reading.strength
            way[i] = reading.sign * reading.strength * min(1.0, reading.coverage / _FULL_COVERAGE)
            plain[i, j] = reading.act in _SAID
        # "adopt the rule on nets" is about the rule, not about nets
        direction[:, j] = np.where(rule != 0, rule, way) * weights
    return SentenceSignals(about, torn, taken, leaning, direction, plain)


def _targeted(
    parsed: Sequence[Parsed], files: Sequence[str], words: Sequence[frozenset[str]], claim: Claim
) -> Iterator[tuple[int, Reading]]:
    """How the sentences stand to ``claim`` that name something of it, or refer to such a one before in their file.

    Most do neither: what they say is the same for all propositions. ``words`` are the stems of each.
    """
    wanted = claim.aims.named.union(claim.target)
    before, file_id = 0.0, ""
    for i, item in enumerate(parsed):
        if files[i] != file_id:
            before, file_id = 0.0, files[i]
        if wanted.isdisjoint(words[i]) and not (before and item.refers):
            before = 0.0
            continue
        reading = read_parsed(item, claim.target, claim.aims, before)
        before = reading.coverage
        yield i, reading


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
