"""A run of the second reader: what it would cost, letter after letter, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.shares import Unit
from rfc_analyzer.errors import BadInput, RfcAnalyzerError
from rfc_analyzer.labelling import NOT_TAKEN_UP
from rfc_analyzer.model import ARGUMENT_KINDS, Passage, Proposition, Stance
from rfc_analyzer.progress import Progress, Silent
from rfc_analyzer.secondreader.checking import find_quote
from rfc_analyzer.secondreader.keeping import SECOND_READING, SecondRow, second_reading
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PASSAGES, PROPOSITIONS, SUBMISSIONS

LONGEST = 24_000
"""Characters of a letter that are sent; the rest of a longer one is not read."""

_CHARACTERS_A_TOKEN = 4.0
_TOKENS_ASKED, _TOKENS_A_STATEMENT, _TOKENS_ANSWERED = 350, 40, 70
_SILENT = Silent()
_GIVES_UP = 5  # letters in a row that fail: the endpoint is not there


class ReaderFailed(RfcAnalyzerError):
    """The endpoint gave no usable answer for one letter; the message says why."""


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: the stance on a proposition ("support", "oppose", "mixed", "none") and the words that show it."""

    proposition_id: str
    stance: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Answers on a letter, and the tokens that they cost."""

    said: tuple[Said, ...]
    tokens_in: int = 0
    tokens_out: int = 0


class Reader(Protocol):
    """Whatever can be asked where a letter stands."""

    model: str

    def read(self, letter: str, propositions: Sequence[Proposition]) -> Reply:
        """The stance on each proposition. Raises :class:`ReaderFailed`."""
        ...


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would send and cost: letters, tokens, and money where prices (for a million tokens) are given."""

    letters: int
    already: int
    tokens_in: int
    tokens_out: int
    cost: float | None


@dataclass(frozen=True, slots=True)
class Run:
    """What a run did; ``failed`` counts single answers. ``stopped`` says why it ended before its end."""

    letters: int
    answers: int
    failed: int
    tokens_in: int
    tokens_out: int
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class _Letter:
    submission_id: str
    text: str
    passages: tuple[Passage, ...]
    asked: str


def estimate(analysis: Analysis, model: str, price_in: float | None = None, price_out: float | None = None) -> Estimate:
    """What asking ``model`` would cost, before anything is sent. Tokens are told from lengths: within a third or so."""
    propositions = _propositions(analysis)
    letters = _letters(analysis, propositions, model)
    left = _left(analysis, letters)
    fixed = _TOKENS_ASKED + _TOKENS_A_STATEMENT * len(propositions)
    tokens_in = sum(int(len(letter.text) / _CHARACTERS_A_TOKEN) + fixed for letter in left)
    tokens_out = len(left) * _TOKENS_ANSWERED * len(propositions)
    priced = None if price_in is None or price_out is None else (tokens_in * price_in + tokens_out * price_out) / 1e6
    return Estimate(len(left), len(letters) - len(left), tokens_in, tokens_out, priced)


def read_again(analysis: Analysis, reader: Reader, progress: Progress = _SILENT, limit: int | None = None) -> Run:
    """Ask ``reader`` about each letter that it has not answered in full, and keep each answer at once.

    A stopped run goes on where it was: answered letters are not sent again, failed ones are. ``limit`` bounds the
    letters of this run. Ends early where letter after letter fails.
    """
    propositions = _propositions(analysis)
    letters = _letters(analysis, propositions, reader.model)
    left = _left(analysis, letters)[:limit]
    progress.stage("Asking the second reader", len(left))
    counted = {"answers": 0, "failed": 0, "in": 0, "out": 0}
    in_a_row = done = 0
    why = ""
    for letter in left:
        rows, reply, why = _ask(reader, letter, propositions)
        _keep(analysis, letter, rows)
        done += 1
        counted["answers"] += sum(not row.failed for row in rows)
        counted["failed"] += sum(bool(row.failed) for row in rows)
        counted["in"] += reply.tokens_in
        counted["out"] += reply.tokens_out
        progress.advance(1, letter.submission_id)
        in_a_row = in_a_row + 1 if why else 0
        if in_a_row >= _GIVES_UP:
            break
    stopped = f"{in_a_row} letters in a row failed: {why}" if in_a_row >= _GIVES_UP else ""
    return Run(done, counted["answers"], counted["failed"], counted["in"], counted["out"], stopped)


def _propositions(analysis: Analysis) -> list[Proposition]:
    found = analysis.rows(PROPOSITIONS)
    if not found:
        raise BadInput("the analysis has no propositions, so there is nothing to ask; give a codebook")
    return found


def _letters(analysis: Analysis, propositions: Sequence[Proposition], model: str) -> list[_Letter]:
    """What respondents argue, each distinct text once; what repeats the notice, footnotes and the like is not sent."""
    s = SUBMISSIONS.c
    ids = weights(analysis, analysis.submissions[s.submission_id].tolist(), Unit.DISTINCT_TEXTS).index
    own: dict[str, list[Passage]] = {str(i): [] for i in ids}
    for passage in analysis.rows(PASSAGES):
        if passage.submission_id in own and passage.kind in ARGUMENT_KINDS and passage.text.strip():
            own[passage.submission_id].append(passage)
    statements = [(p.proposition_id, p.text) for p in propositions]
    found = []
    for submission_id, passages in own.items():
        text = "\n\n".join(p.text for p in passages)[:LONGEST]
        if text:
            asked = sha256(repr((model, statements, text)).encode("utf-8", "replace")).hexdigest()[:24]
            found.append(_Letter(submission_id, text, tuple(passages), asked))
    return sorted(found, key=lambda letter: letter.submission_id)


def _left(analysis: Analysis, letters: Sequence[_Letter]) -> list[_Letter]:
    rows = second_reading(analysis.folder)
    failed = {row.asked for row in rows if row.failed}
    done = {row.asked for row in rows} - failed
    return [letter for letter in letters if letter.asked not in done]


def _ask(reader: Reader, letter: _Letter, propositions: Sequence[Proposition]) -> tuple[list[SecondRow], Reply, str]:
    try:
        reply = reader.read(letter.text, propositions)
    except ReaderFailed as error:
        why = str(error)
        return [_failed(reader, letter, p, why) for p in propositions], Reply(()), why
    said = {one.proposition_id: one for one in reply.said}
    return [_row(reader, letter, p, said.get(p.proposition_id)) for p in propositions], reply, ""


def _row(reader: Reader, letter: _Letter, proposition: Proposition, said: Said | None) -> SecondRow:
    if said is None:
        return _failed(reader, letter, proposition, "it gave no answer on this proposition")
    if said.stance == NOT_TAKEN_UP:
        return _made(reader, letter, proposition, said.stance)
    if said.stance not in set(Stance):
        return _failed(reader, letter, proposition, f"it answered '{said.stance[:40]}', which is no stance")
    for passage in letter.passages:
        span = find_quote(said.quote, passage.text)
        if span:
            return _made(reader, letter, proposition, said.stance, passage, span)
    return _failed(reader, letter, proposition, "the words that it quotes are not in the letter")


def _failed(reader: Reader, letter: _Letter, proposition: Proposition, why: str) -> SecondRow:
    return _made(reader, letter, proposition, "", failed=why)


def _made(
    reader: Reader,
    letter: _Letter,
    proposition: Proposition,
    stance: str,
    passage: Passage | None = None,
    span: tuple[int, int] = (0, 0),
    failed: str = "",
) -> SecondRow:
    return SecondRow(
        submission_id=letter.submission_id,
        proposition_id=proposition.proposition_id,
        stance=stance,
        quote=passage.text[span[0] : span[1]] if passage else "",
        file_id=passage.file_id if passage else "",
        page=passage.page if passage else None,
        start=passage.start + span[0] if passage else 0,
        end=passage.start + span[1] if passage else 0,
        model=reader.model,
        at=datetime.now(UTC),
        asked=letter.asked,
        failed=failed,
    )


def _keep(analysis: Analysis, letter: _Letter, rows: Sequence[SecondRow]) -> None:
    others = [row for row in second_reading(analysis.folder) if row.submission_id != letter.submission_id]
    SECOND_READING.write(analysis.folder, [*others, *rows])
