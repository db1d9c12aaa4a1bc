"""What the propositions of a docket say of each other, and what follows for those who speak of one of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.model import Passage, PassageKind, Proposition, Stance, Submission
from rfc_analyzer.model_positions import PositionMethod
from rfc_analyzer.positions import read_positions
from rfc_analyzer.positions.claims import contrary
from rfc_analyzer.positions.reader import Tally, decide
from rfc_analyzer.positions.relations import implied, relations
from rfc_analyzer.settings import PositionSettings

FREE, BAN, COST = "Kites should be free.", "Kites should be banned.", "Fares should rise."
OPPOSED = {(FREE, BAN), (BAN, FREE)}


class Known:
    """Knows which propositions go against each other, and reads texts by the sides given for their words."""

    name, sha256 = "known", "0" * 64

    def __init__(self, texts: dict[str, dict[str, int]] | None = None) -> None:
        self.texts = texts or {}
        self.asked = 0

    def side(self, text: str, proposition: str) -> int:
        for first, second in OPPOSED:
            for turned, says in ((1, first), (-1, contrary(first))):
                if text == says:
                    return {second: -turned, contrary(second): turned}.get(proposition, 0)
        own = next((sides for words, sides in self.texts.items() if words in text), {})
        denied = next((-own[p] for p in own if contrary(p) == proposition), 0)
        return own.get(proposition, denied)

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        self.asked += sum(map(len, asked))
        rows = {1: (0.94, 0.02, 0.02, 0.02), -1: (0.02, 0.94, 0.02, 0.02), 0: (0.01, 0.01, 0.01, 0.97)}
        return [
            np.array([rows[self.side(text, p)] for p in ps], np.float32) for text, ps in zip(texts, asked, strict=True)
        ]


class Alike:
    """Every text is as near to every other."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.ones((len(texts), 4), np.float32) / 2


def test_propositions_that_go_against_each_other_are_found_and_others_left_alone() -> None:
    found = relations(Known(), [FREE, BAN, COST])
    assert found[0, 1] == found[1, 0] < -0.9
    assert not found[2].any() and not found[:, 2].any() and not np.diag(found).any()


def test_one_proposition_has_no_relations_and_nothing_is_read_for_it() -> None:
    reader = Known()
    assert relations(reader, [FREE]).tolist() == [[0]] and reader.asked == 0


def test_a_reader_that_could_not_read_relates_nothing() -> None:
    class Broken(Known):
        def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
            return [np.full((len(ps), 4), np.nan, np.float32) for ps in asked]

    assert not relations(Broken(), [FREE, BAN]).any()


@given(st.lists(st.lists(st.floats(-1, 1), min_size=4, max_size=4), min_size=4, max_size=4))
def test_what_is_implied_is_never_more_than_certain(rows: list[list[float]]) -> None:
    related = (np.array(rows) + np.array(rows).T) / 2
    assert np.abs(implied(np.array(rows), related)).max() <= 1 + 1e-9


def test_who_is_for_a_ban_is_against_freedom_where_they_say_nothing_of_it() -> None:
    stood = np.array([[0.0, 0.9, 0.0], [0.0, -0.9, 0.0]])
    found = implied(stood, relations(Known(), [FREE, BAN, COST]))
    assert found[0, 0] < -0.8 and found[1, 0] > 0.8
    assert not found[:, 2].any()


def tally(leaning: float, implied_: float, performed: float = 0.0, judged: float = 0.0) -> Tally:
    pro = max(performed, 0.0) + max(judged, 0.0)
    made = (0.9, pro, 0.0, performed, judged, 0.0, leaning, implied_)
    return Tally(*(np.array([value]) for value in made))


@pytest.mark.parametrize(
    ("counted", "supports"),
    [
        (tally(0.9, 0.0), True),
        (tally(-0.9, 0.0), False),
        (tally(0.0, -0.9), False),
        (tally(-0.2, 0.8), True),
        (tally(-0.9, 0.0, performed=0.8), True),
        (tally(-0.9, 0.0, judged=0.8), False),
        (tally(-0.9, -0.9, performed=0.8), False),
    ],
)
def test_a_side_is_what_grammar_reader_and_relations_say_together(counted: Tally, supports: bool) -> None:
    verdict = decide(counted, None, np.ones(1, bool), {})
    assert bool(verdict.support[0] > 0.5) is supports


def test_a_position_tells_whether_the_reader_or_a_relation_gave_it() -> None:
    texts = {"r": "Kites ought to be free, and the meadow is there for kites.", "w": "Kites and the meadow at noon."}
    reader = Known({"ought": {FREE: -1}, "noon": {BAN: 1}})
    submissions = [Submission(i, "D", "", None, "", "") for i in texts]
    passages = [Passage(i, i, i, 1, 0, len(text), text, PassageKind.BODY, counted=True) for i, text in texts.items()]
    found = read_positions(
        [Proposition("F", FREE), Proposition("B", BAN)],
        submissions,
        passages,
        Alike(),
        PositionSettings(min_confidence=0.01),
        reader=reader,
    )
    by = {(p.submission_id, p.proposition_id): p for p in found.positions}
    assert (by["w", "B"].stance, by["w", "B"].method) == (Stance.SUPPORT, PositionMethod.READER)
    assert (by["w", "F"].stance, by["w", "F"].method) == (Stance.OPPOSE, PositionMethod.RELATED)
    quoted = {(e.submission_id, e.proposition_id): e for e in found.evidence}
    assert quoted["w", "B"].quote == texts["w"] and quoted["w", "B"].stance is Stance.SUPPORT
