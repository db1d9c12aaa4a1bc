"""Which questions each passage answers: those that the respondent names, else those it is nearest to in meaning."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rfc_analyzer.model import ARGUMENT_KINDS, Passage, PassageKind, Question
from rfc_analyzer.questions.labels import Label, read_label, rfc_labels
from rfc_analyzer.questions.meaning import Nearest, nearest_questions
from rfc_analyzer.questions.quoting import QuotedQuestions
from rfc_analyzer.questions.references import Numbers, Parts, find_references, list_at

if TYPE_CHECKING:
    import numpy as np

_OPENING = 60
_ANSWER_WORDS = 4
_NO_ANSWER = re.compile(
    r"^\W*(?:no (?:comments?|response|answer|opinion|view|position|input)|not? (?:applicable|answered|addressed)"
    r"|n/?a\b|none\b|skip(?:ped)?\b"
    r"|we (?:take|have|offer) no (?:position|comment|view))[^.]{0,60}\W*$",
    re.IGNORECASE,
)
_SHORT = 20
_DECLINES = re.compile(r"\bno (?:comment|response|answer|opinion)\b", re.IGNORECASE)
_ENDS_ANSWERS = re.compile(
    r"^\W*(?:[ivx\d]+[.)]\s*)?(?:conclusions?|closing|references|bibliography|works cited|appendix|annex"
    r"|about (?:us|the author)|acknowledge?ments?)\b",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\b(?:respon(?:d|ds|ding|se|ses) to|answer(?:s|ing)?(?: to)?|regarding|address(?:es|ing)?|comments on)\s"
    r"(?:\w+\s){0,4}?questions\b",
    re.IGNORECASE,
)
_QUOTING_KINDS = (PassageKind.BODY, PassageKind.LIST, PassageKind.HEADING, PassageKind.QUOTE, PassageKind.RFC_TEXT)
_LABEL_KINDS = (PassageKind.BODY, PassageKind.LIST, PassageKind.HEADING, PassageKind.RFC_TEXT, PassageKind.QUOTE)
_NO_CARRY = (PassageKind.FOOTNOTE, PassageKind.SIGNATURE, PassageKind.SALUTATION, PassageKind.BOILERPLATE)


@dataclass(frozen=True, slots=True)
class Routing:
    """``questions_named`` are those the respondent names; ``question_ids`` those, or where none is, the inferred.

    ``score`` is how likely (0..1) the question nearest in meaning is the right one; None where one is named, or where
    nothing was compared. ``reason`` says why there is a question, or which was nearest.
    """

    question_ids: tuple[str, ...] = ()
    questions_named: tuple[str, ...] = ()
    score: float | None = None
    reason: str = ""

    def given_to(self, passage: Passage) -> Passage:
        """``passage`` with its questions."""
        return replace(
            passage,
            question_ids=self.question_ids,
            questions_named=self.questions_named,
            question_score=self.score,
            question_reason=self.reason,
        )


@dataclass(frozen=True, slots=True)
class _Named:
    """Questions that a respondent names, ``here`` in the passage itself or before it."""

    question_ids: tuple[str, ...]
    here: bool

    @property
    def routing(self) -> Routing:
        reason = "names or quotes the question" if self.here else "under the question's number or words"
        return Routing(self.question_ids, self.question_ids, reason=reason)


@dataclass(slots=True)
class _Turn:
    """From here on the text answers ``numbers``; ``until_heading`` where a paragraph names it in passing."""

    place: int
    offset: int
    end: int
    numbers: tuple[Parts, ...]
    until_heading: bool = False
    answered: bool = False


def route(
    passages: Sequence[Passage],
    questions: Sequence[Question],
    vectors: Mapping[str, np.ndarray] | None = None,
    question_vectors: np.ndarray | None = None,
) -> Mapping[str, Routing]:
    """The questions of each passage, by passage id; passages of one file are in reading order.

    ``vectors`` (d,) by passage id and ``question_vectors`` (m, d), unit norm, let passages that have a vector and no
    named question get those nearest in meaning. A question that is only reprinted, or answered by "no comment", is
    not named.
    """
    if not questions:
        return {}
    router = _Router(questions)
    named: dict[str, _Named] = {}
    for file_passages in _by_file(passages):
        named |= router.named(file_passages)
    inferred: Mapping[str, Nearest] = {}
    if vectors and question_vectors is not None:
        inferred = _inferred(
            [p for p in passages if p.passage_id in vectors], named, questions, vectors, question_vectors
        )
    found = {i: Routing((n.question_id,) if n.question_id else (), (), n.score, n.reason) for i, n in inferred.items()}
    found |= {i: n.routing for i, n in named.items()}
    return {p.passage_id: found.get(p.passage_id, Routing()) for p in passages}


def _inferred(
    passages: Sequence[Passage],
    named: Mapping[str, _Named],
    questions: Sequence[Question],
    vectors: Mapping[str, np.ndarray],
    question_vectors: np.ndarray,
) -> Mapping[str, Nearest]:
    import numpy as np

    open_places = [i for i, p in enumerate(passages) if p.kind in ARGUMENT_KINDS and p.passage_id not in named]
    rows = np.stack([vectors[p.passage_id] for p in passages])
    known = {i: n.question_ids for i, n in named.items()}
    return nearest_questions(passages, known, open_places, questions, rows, question_vectors)


def _by_file(passages: Iterable[Passage]) -> list[list[Passage]]:
    files: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        files[passage.file_id].append(passage)
    return [sorted(group, key=lambda p: p.start) for group in files.values()]


class _Router:
    """Reads the passages of one file after another against one RFC."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._numbers = Numbers(questions)
        self._by_id = {question_id: parts for parts, question_id in self._numbers.ids.items()}
        self._quoted = QuotedQuestions(questions)

    def named(self, passages: Sequence[Passage]) -> dict[str, _Named]:
        """The questions that each passage of a file answers by name."""
        quotes = [self._quotes(p) for p in passages]
        turns, mentions = self._turns(passages, quotes)
        _mark_answered(turns, passages, quotes)
        named: dict[int, list[Parts]] = defaultdict(list)
        self._carry(turns, passages, named)
        for place, numbers in mentions:
            named[place] += numbers
        here = {turn.place for turn in turns if turn.answered} | {place for place, _ in mentions}
        order = {parts: i for i, parts in enumerate(self._numbers.ids)}
        return {
            passages[place].passage_id: _Named(
                tuple(self._numbers.ids[n] for n in sorted(set(found), key=order.__getitem__)), place in here
            )
            for place, found in named.items()
            if found
        }

    def _quotes(self, passage: Passage) -> list[Parts]:
        if passage.kind not in _QUOTING_KINDS:
            return []
        return [self._by_id[q] for q in self._quoted.found_in(passage.text) if q in self._by_id]

    def _turns(
        self, passages: Sequence[Passage], quotes: Sequence[Sequence[Parts]]
    ) -> tuple[list[_Turn], list[tuple[int, tuple[Parts, ...]]]]:
        """Where answers begin, in reading order, and questions that are mentioned on the way."""
        turns: list[_Turn] = []
        mentions: list[tuple[int, tuple[Parts, ...]]] = []
        labels: list[Label] = []
        where: list[tuple[int, int]] = []
        for place, passage in enumerate(passages):
            opened = False
            for offset, line in _line_starts(passage.text):
                references = find_references(line, self._numbers)
                listed = None if references else list_at(line, self._numbers)
                references = [listed] if listed else references
                if references and references[0].start <= _opening(passage):
                    first = references[0]
                    turns.append(
                        _Turn(
                            place,
                            offset,
                            offset + first.end,
                            first.numbers,
                            passage.kind is not PassageKind.HEADING and first.start > 3,
                        )
                    )
                    labels.append(Label(len(where), first.end, (first.numbers[-1],), 4.0, sure=True))
                    where.append((place, offset))
                    opened = True
                    references = references[1:]
                elif passage.kind in _LABEL_KINDS and (
                    label := read_label(line, len(where), self._numbers, quotes[place])
                ):
                    labels.append(label)
                    where.append((place, offset))
                    opened = True
                mentions += [(place, r.numbers) for r in references]
            if quotes[place] and not opened:
                turns.append(_Turn(place, 0, len(passage.text), tuple(quotes[place])))
        introduced = any(_INTRODUCES.search(p.text) for p in passages)
        for at, number in rfc_labels(labels, self._numbers, introduced).items():
            place, offset = where[at]
            turns.append(_Turn(place, offset, offset + labels[at].end, (number,)))
        return sorted(_merged(turns), key=lambda t: (t.place, t.offset)), mentions

    @staticmethod
    def _carry(turns: Sequence[_Turn], passages: Sequence[Passage], named: dict[int, list[Parts]]) -> None:
        for turn, following in zip(turns, [*turns[1:], None], strict=False):
            if not turn.answered:
                continue
            last = following.place if following else len(passages)
            for place in range(turn.place, last + 1 if following and following.offset > 0 else last):
                passage = passages[place]
                if place > turn.place and _stops(passage, turn):
                    break
                if passage.kind not in _NO_CARRY:
                    named[place] += turn.numbers


def _merged(turns: Iterable[_Turn]) -> list[_Turn]:
    """One turn a place: a label and the quoted question after it are the same turn."""
    kept: dict[tuple[int, int], _Turn] = {}
    for turn in turns:
        held = kept.setdefault((turn.place, turn.offset), turn)
        if held is not turn:
            held.numbers = tuple(dict.fromkeys([*held.numbers, *turn.numbers]))
            held.end = max(held.end, turn.end)
    return list(kept.values())


def _line_starts(text: str) -> list[tuple[int, str]]:
    starts, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append((at, line))
        at += len(line) + 1
    return starts


def _opening(passage: Passage) -> int:
    return 10_000 if passage.kind is PassageKind.HEADING else _OPENING


def _stops(passage: Passage, turn: _Turn) -> bool:
    if passage.kind is PassageKind.SIGNATURE:
        return True
    if passage.kind is PassageKind.HEADING:
        return turn.until_heading or bool(_ENDS_ANSWERS.match(passage.text))
    return False


def _mark_answered(turns: Sequence[_Turn], passages: Sequence[Passage], quotes: Sequence[Sequence[Parts]]) -> None:
    """A turn is answered where own words follow before the next one, or where one of its sub-questions is."""
    for turn, following in zip(turns, [*turns[1:], None], strict=False):
        last = (following.place, following.offset) if following else (len(passages), 0)
        said = _own_words(turn, last, passages, quotes)
        turn.answered = len(said.split()) >= _ANSWER_WORDS and not _declines(said)
    for turn, following in zip(reversed(turns[:-1]), reversed(turns), strict=False):
        if not turn.answered and following.answered and len(turn.numbers) == 1:
            above = turn.numbers[0]
            turn.answered = any(len(n) > len(above) and n[: len(above)] == above for n in following.numbers)


def _declines(said: str) -> bool:
    return bool(_NO_ANSWER.match(said)) or (len(said.split()) <= _SHORT and bool(_DECLINES.search(said)))


def _own_words(
    turn: _Turn, last: tuple[int, int], passages: Sequence[Passage], quotes: Sequence[Sequence[Parts]]
) -> str:
    pieces: list[str] = []
    for place in range(turn.place, min(last[0] + 1, len(passages))):
        passage = passages[place]
        start = turn.end if place == turn.place else 0
        end = last[1] if place == last[0] else len(passage.text)
        if passage.kind in (PassageKind.RFC_TEXT, *_NO_CARRY):
            continue
        if quotes[place] and passage.kind is PassageKind.HEADING:
            continue
        pieces.append(passage.text[start:end])
        if sum(len(p.split()) for p in pieces) > 40:
            break
    return " ".join(pieces).strip()
