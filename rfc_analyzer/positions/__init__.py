"""Positions: who supports and who opposes what, with the words to show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rfc_analyzer.model import (
    Evidence,
    Passage,
    Position,
    Proposition,
    ReviewedStance,
    Stance,
    Submission,
)
from rfc_analyzer.model_positions import PositionMethod
from rfc_analyzer.positions.addressing import addressed, read_hints, takes_up
from rfc_analyzer.positions.asking import Letters, ask
from rfc_analyzer.positions.claims import read_claims
from rfc_analyzer.positions.quotes import quote
from rfc_analyzer.positions.reader import (
    Tally,
    Verdict,
    decide,
    document_features,
    document_vectors,
    readings,
    tally,
)
from rfc_analyzer.positions.relations import implied, relations
from rfc_analyzer.positions.signals import (
    Encoder,
    SentenceSignals,
    coverages,
    judging,
    leanings,
    parse_all,
    promise,
    read_signals,
    similarities,
    stem_frequency,
    untargeted,
)
from rfc_analyzer.positions.stance_model import ShippedReader, StanceReader
from rfc_analyzer.positions.units import Sentence, argument_passages, sentences_of
from rfc_analyzer.positions.views import shared_views
from rfc_analyzer.progress import Progress, Silent
from rfc_analyzer.settings import PositionSettings

__all__ = ["PositionResult", "read_positions"]


_SILENT = Silent()


@dataclass(frozen=True, slots=True)
class PositionResult:
    """Positions by submission and proposition, in the order given, and the quotes behind them."""

    positions: tuple[Position, ...]
    evidence: tuple[Evidence, ...]


def read_positions(
    propositions: Sequence[Proposition],
    submissions: Sequence[Submission],
    passages: Sequence[Passage],
    embedder: Encoder,
    settings: PositionSettings,
    reviewed: Sequence[ReviewedStance] = (),
    seed: int = 0,
    progress: Progress = _SILENT,
    inherits: Mapping[str, str] | None = None,
    reader: StanceReader | None = None,
) -> PositionResult:
    """Read where each submission stands on each proposition; what it does not take up has no row.

    ``settings.min_confidence`` is how sure it must be that a submission takes up a proposition; a position's own
    confidence is the probability that its stance is right, which is less where the direction is in doubt.
    ``reviewed`` stances stand as they are, and teach the reader. ``inherits`` maps copies of a form letter to its
    template's submission: a copy is read in its own words, counted or not, but only the template teaches; one without
    readable words of its own takes the template's positions. ``reader`` is the built-in one where none is given.
    ``progress`` is told of each submission that the reader is done with. Nothing here is random: ``seed`` is for
    readers that are.
    """
    docket = _Docket(submissions, passages, inherits or {})
    if not propositions or not docket.sentences:
        return PositionResult(tuple(_reviewed_position(r) for r in reviewed if r.stance is not None), ())
    signals, tallies = _read(docket, propositions, embedder, settings, reader or ShippedReader(), progress)
    features = document_features(docket.texts)
    people = {(r.submission_id, r.proposition_id): r.stance for r in reviewed}
    vectors = document_vectors(docket.speaking, embedder.encode) if reviewed else None
    views = _views(docket, propositions, people, vectors, features)
    positions: list[Position] = []
    evidence: list[Evidence] = []
    for column, (proposition, counted) in enumerate(zip(propositions, tallies, strict=True)):
        stances = {
            row: people[s.submission_id, proposition.proposition_id]
            for row, s in enumerate(submissions)
            if (s.submission_id, proposition.proposition_id) in people
        }
        verdict = decide(counted, features, docket.teaches, stances, vectors, views)
        for row, position in docket.positions(proposition, verdict, counted, stances, signals, column, settings):
            positions.append(position)
            evidence += quote(
                position, docket.rows[row], column, docket.sentences, signals, settings.quotes_per_position
            )
    return PositionResult(tuple(positions), tuple(evidence))


def _read(
    docket: _Docket,
    propositions: Sequence[Proposition],
    embedder: Encoder,
    settings: PositionSettings,
    reader: StanceReader,
    progress: Progress,
) -> tuple[SentenceSignals, list[Tally]]:
    """What the sentences say, and what that adds up to for each submission: a tally a proposition."""
    parsed = parse_all(docket.sentences)
    claims = read_claims(propositions, stem_frequency(parsed), len(parsed))
    near, named = similarities(docket.sentences, docket.passages, claims, embedder), coverages(parsed, claims)
    plain, judges = untargeted(parsed), judging(parsed, claims)
    promised = promise(parsed, plain, judges, near, named)
    hints = read_hints(parsed, plain, claims, judges, near, named)
    texts, asked = [sentence.clean for sentence in docket.sentences], [p.text for p in propositions]
    owner, count = docket.owner, len(docket.submissions)
    letters = Letters(count, texts, owner, promised, hints)
    read, denied = ask(reader, letters, asked, settings.min_confidence, progress)
    about, leaning = takes_up(hints, read), leanings(read, denied)
    signals = read_signals(docket.sentences, parsed, plain, claims, about, read, leaning)
    taken = addressed(hints, read, owner, count)
    side, found = readings(signals, owner, count)
    followed = implied(side * found, relations(reader, asked))
    columns = range(len(propositions))
    return signals, [tally(signals, j, owner, taken[:, j], side[:, j], followed[:, j]) for j in columns]


def _views(
    docket: _Docket,
    propositions: Sequence[Proposition],
    people: Mapping[tuple[str, str], Stance | None],
    vectors: np.ndarray | None,
    features: object,
) -> np.ndarray | None:
    """What the reviewed stances on all propositions say together; None where nothing can be learned from them."""
    labels = {
        (row, column): people[s.submission_id, p.proposition_id]
        for row, s in enumerate(docket.submissions)
        for column, p in enumerate(propositions)
        if docket.teaches[row] and (s.submission_id, p.proposition_id) in people
    }
    if vectors is None or features is None or not labels:
        return None
    return shared_views(labels, len(propositions), vectors, features)


class _Docket:
    """The sentences of a docket and whose they are."""

    def __init__(
        self, submissions: Sequence[Submission], passages: Sequence[Passage], inherits: Mapping[str, str]
    ) -> None:
        speaking = argument_passages(passages, inherits)
        self.submissions = submissions
        self.sentences: list[Sentence] = []
        self.rows: list[list[int]] = []
        for submission in submissions:
            own = [s for p in speaking.get(submission.submission_id, ()) for s in sentences_of(p)]
            self.rows.append(list(range(len(self.sentences), len(self.sentences) + len(own))))
            self.sentences += own
        self.owner = np.repeat(np.arange(len(submissions)), [len(rows) for rows in self.rows])
        self.texts = [" ".join(self.sentences[i].clean for i in rows) for rows in self.rows]
        self.teaches = np.array([s.submission_id not in inherits for s in submissions], bool)
        self.speaking = [[p.text for p in speaking.get(s.submission_id, ())] for s in submissions]
        self.passages = {p.passage_id: p.text for s in submissions for p in speaking.get(s.submission_id, ())}
        row_of = {s.submission_id: row for row, s in enumerate(submissions)}
        self.source = {
            row_of[copy]: row_of[template]
            for copy, template in inherits.items()
            if copy in row_of and template in row_of and not self.rows[row_of[copy]]
        }

    def positions(
        self,
        proposition: Proposition,
        verdict: Verdict,
        counted: Tally,
        reviewed: Mapping[int, Stance | None],
        signals: SentenceSignals,
        column: int,
        settings: PositionSettings,
    ) -> list[tuple[int, Position]]:
        """Positions on ``proposition``, with the row of the submission that takes each."""
        found = []
        for row, submission in enumerate(self.submissions):
            if row in reviewed:
                stance = reviewed[row]
                if stance is not None:
                    given = ReviewedStance(submission.submission_id, proposition.proposition_id, stance)
                    found.append((row, _reviewed_position(given)))
                continue
            read = self.source.get(row, row)
            if verdict.addressed[read] < settings.min_confidence or not self.rows[read]:
                continue
            stance = _stance(verdict, read)
            method = _method(stance, self.rows[read], signals, column, counted, read)
            confidence = _confidence(verdict, read, stance)
            position = Position(submission.submission_id, proposition.proposition_id, stance, confidence, method, False)
            found.append((row, position))
        return found


def _reviewed_position(given: ReviewedStance) -> Position:
    assert given.stance is not None
    return Position(given.submission_id, given.proposition_id, given.stance, 1.0, PositionMethod.REVIEWED, True)


def _stance(verdict: Verdict, row: int) -> Stance:
    if verdict.mixed[row]:
        return Stance.MIXED
    return Stance.SUPPORT if verdict.support[row] >= 0.5 else Stance.OPPOSE


def _confidence(verdict: Verdict, row: int, stance: Stance) -> float:
    side = verdict.support[row]
    sure = 0.5 if stance is Stance.MIXED else max(side, 1 - side)
    return round(float(verdict.trust * verdict.addressed[row] * sure), 4)


def _method(
    stance: Stance, rows: Sequence[int], signals: SentenceSignals, column: int, counted: Tally, row: int
) -> PositionMethod:
    """How the stance was read: by the first of these that sees it, the plainest first."""
    best: dict[bool, float] = defaultdict(float)
    for sentence in rows:
        plain = bool(signals.plain[sentence, column])
        seen = _seen(stance, float(signals.direction[sentence, column]))
        best[plain] = max(best[plain], seen * float(signals.about[sentence, column]))
    if best[True] >= 0.3:
        return PositionMethod.PERFORMATIVE
    if max(best.values()) >= 0.1:
        return PositionMethod.CUES
    if _seen(stance, float(counted.leaning[row])) >= 0.3 or (counted.torn[row] > 0 and stance is Stance.MIXED):
        return PositionMethod.READER
    return PositionMethod.RELATED if _seen(stance, float(counted.implied[row])) >= 0.3 else PositionMethod.LEARNED


def _seen(stance: Stance, way: float) -> float:
    """How much of ``stance`` is in a direction of -1 to 1; both sides are of a mixed one."""
    return abs(way) if stance is Stance.MIXED else max(way if stance is Stance.SUPPORT else -way, 0.0)
