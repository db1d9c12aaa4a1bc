"""Whether a submission takes a proposition up: what its words tell, what the reader says, when it is asked again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.model import Proposition
from rfc_analyzer.positions.addressing import Hints, addressed, left_open, read_hints, takes_up, worth_reading
from rfc_analyzer.positions.claims import read_claims
from rfc_analyzer.positions.grammar import parse_sentence
from rfc_analyzer.positions.signals import judging, stem_frequency, untargeted

RULE = "The rule should ban drift nets in coastal waters, as the agency has proposed."
CHANCE = st.floats(0.01, 0.99)


def hints(near: list[float], named: list[float], others: list[bool] | None = None) -> Hints:
    """Of sentences, for one proposition that demands something and is not the main matter."""
    nothing = np.zeros((len(near), 1), bool)
    reported = np.array(others or [False] * len(near))
    return Hints(np.array(near)[:, None], np.array(named)[:, None], nothing, nothing, np.zeros(1, bool), reported)


def said(*viewless: float | None) -> np.ndarray:
    """What the reader says of each sentence, by how surely it finds no view; None where it was not asked."""
    rows = [[np.nan] * 4 if none is None else [1 - none, 0, 0, none] for none in viewless]
    return np.array(rows)[:, None]


def of(texts: tuple[str, ...], *propositions: str) -> Hints:
    asked = [Proposition(f"P{i}", text) for i, text in enumerate(propositions)]
    parsed = [parse_sentence(text) for text in texts]
    claims = read_claims(asked, stem_frequency(parsed), len(parsed))
    alike = np.full((len(texts), len(asked)), 0.4, np.float32)
    return read_hints(parsed, untargeted(parsed), claims, judging(parsed, claims), alike, alike)


ONE = np.zeros(2, int)


def test_one_sentence_may_name_a_proposition_and_another_be_near_to_it() -> None:
    apart, together = hints([0.8, 0.0], [0.0, 1.0]), hints([0.8, 0.0], [1.0, 0.0])
    assert addressed(apart, said(None, None), ONE, 1) == addressed(together, said(None, None), ONE, 1)
    assert apart.by_sentence().max() < together.by_sentence().max()


@given(CHANCE, CHANCE)
def test_two_texts_with_a_view_count_for_more_than_one_and_silence_takes_nothing_away(
    first: float, second: float
) -> None:
    where = hints([0.5, 0.5], [0.5, 0.5])
    both = addressed(where, said(first, second), ONE, 1)[0, 0]
    assert both >= addressed(where, said(first, None), ONE, 1)[0, 0] - 1e-12
    assert both >= addressed(where, said(None, second), ONE, 1)[0, 0] - 1e-12


def test_a_submission_without_words_takes_nothing_up() -> None:
    found = addressed(hints([1.0, 1.0], [1.0, 1.0]), said(0.0, 0.0), np.array([0, 0]), 2)
    assert found[0, 0] > 0.5 and found[1, 0] == 0


def test_what_others_say_takes_up_less() -> None:
    own, reported = takes_up(hints([0.6, 0.6], [0.6, 0.6], [False, True]), said(0.2, 0.2))[:, 0]
    assert own > reported


def test_effects_and_facts_are_sooner_taken_up_than_demands() -> None:
    found = of(("Drift nets in coastal waters.",), "Drift nets in coastal waters kill turtles.", RULE)
    assert found.told.tolist() == [True, False]
    told, demanded = found.by_submission(np.zeros(1, int), 1)[0]
    assert told > demanded


def test_who_speaks_of_the_rule_takes_up_what_is_said_of_it_and_is_read_in_any_case() -> None:
    found = of(
        ("The weather was fine.", "I oppose this rule."), RULE, "The ferry should carry bicycles free of charge."
    )
    far = Hints(found.near - 5, found.named, found.argued, found.ruled, found.told, found.others)
    owner, unread = np.array([0, 1]), np.full((2, 2, 4), np.nan)
    assert worth_reading(far, owner, 2, 0.45).tolist() == [[False, False], [True, False]]
    assert (addressed(far, unread, owner, 2) > 0.8).tolist() == [[False, False], [True, False]]
    assert takes_up(far, unread)[1, 0] >= 0.9 > takes_up(far, unread)[0, 0]


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0.07, 1), st.floats(0.1, 0.9))
def test_what_is_not_worth_reading_the_reader_could_not_change(
    near: float, named: float, none: float, least: float
) -> None:
    """But for a reader surer than it hardly ever is where all else speaks against it."""
    where = hints([near], [named])
    found = addressed(where, said(none), np.zeros(1, int), 1)[0, 0]
    assert worth_reading(where, np.zeros(1, int), 1, least)[0, 0] or found < least


@pytest.mark.parametrize(
    ("named", "taken", "leaning", "again"),
    [
        (1.0, 0.9, 0.9, False),
        (1.0, 0.9, -0.9, False),
        (1.0, 0.1, 0.0, True),
        (1.0, 0.9, 0.1, True),
        (0.0, 0.1, 0.0, False),
    ],
)
def test_another_text_is_asked_of_where_one_left_open_what_is_likely_said(
    named: float, taken: float, leaning: float, again: bool
) -> None:
    found = left_open(hints([0.5], [named]), np.array([[taken]]), np.array([[leaning]]), np.zeros(1, int))
    assert found.tolist() == [[again]]
