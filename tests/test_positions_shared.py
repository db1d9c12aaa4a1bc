"""What is asked of the reader besides the proposition itself, and what the propositions of a docket share."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from rfc_analyzer.model import Stance
from rfc_analyzer.positions.claims import contrary
from rfc_analyzer.positions.signals import leanings
from rfc_analyzer.positions.views import shared_views


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("Rental scooters should be banned.", "It is not true that rental scooters should be banned."),
        ("NASA should fly again", "It is not true that NASA should fly again."),
        ("A test should be required. ", "It is not true that a test should be required."),
    ],
)
def test_a_proposition_is_denied_in_words(text: str, denied: str) -> None:
    assert contrary(text) == denied


def test_a_reader_that_always_says_support_leans_to_no_side() -> None:
    always = np.zeros((3, 2, 4))
    always[..., 0] = 0.9
    assert not leanings(always, always).any()


def test_what_supports_a_proposition_and_opposes_its_contrary_leans_to_it() -> None:
    read, denied = np.zeros((1, 1, 4)), np.zeros((1, 1, 4))
    read[0, 0], denied[0, 0] = (0.8, 0.1, 0, 0.1), (0.2, 0.7, 0, 0.1)
    assert leanings(read, denied)[0, 0] > 0.9
    assert leanings(denied, read)[0, 0] == pytest.approx(-leanings(read, denied)[0, 0])
    assert leanings(np.full((1, 1, 4), np.nan), np.full((1, 1, 4), np.nan))[0, 0] == 0


def docket(n: int = 60, seed: int = 3) -> tuple[np.ndarray, np.ndarray, sparse.csr_matrix]:
    """Sides (n,), vectors that tell them with noise, and words that say nothing."""
    draw = np.random.default_rng(seed)
    side = np.where(np.arange(n) % 2, 1.0, -1.0)
    vectors = draw.normal(size=(n, 12)) * 0.3
    vectors[:, 0] += side
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return side, vectors, sparse.csr_matrix((n, 4))


def test_submissions_that_nobody_labelled_are_placed_on_the_line_that_divides_the_labelled_ones() -> None:
    side, vectors, words = docket()
    stances = {1.0: Stance.SUPPORT, -1.0: Stance.OPPOSE}
    # each labelled submission takes up one proposition of three only
    labels = {(row, c): stances[side[row]] if c == row % 3 else None for row in range(30) for c in range(3)}
    found = shared_views(labels, 3, vectors, words)
    assert found.shape == (60, 2)
    assert abs(np.corrcoef(found[30:, 0], side[30:])[0, 1]) > 0.8


def test_the_labelled_ones_are_placed_by_their_texts_and_not_by_their_labels() -> None:
    _, _, words = docket()
    draw = np.random.default_rng(8)
    noise = draw.normal(size=(60, 12))
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    side = draw.permutation(np.repeat((1.0, -1.0), 30))
    stances = {1.0: Stance.SUPPORT, -1.0: Stance.OPPOSE}
    found = shared_views({(row, 0): stances[side[row]] for row in range(40)}, 1, noise, words)
    assert abs(np.corrcoef(found[:40, 0], side[:40])[0, 1]) < 0.5  # a copy of the labels would give 1


def test_labels_that_are_all_alike_divide_nothing() -> None:
    _, vectors, words = docket()
    assert shared_views({(row, 0): Stance.SUPPORT for row in range(20)}, 1, vectors, words).shape == (60, 0)
