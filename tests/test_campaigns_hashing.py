"""Words as numbers: the same words that are counted everywhere, and the same runs of them, read in bulk."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.campaigns.hashing import distinct, hashed_words, runs_of, together
from rfc_analyzer.campaigns.repeats import Coverage
from rfc_analyzer.words import words

TEXTS = st.lists(st.text("abAB'-_ \n.’é—ß9日“"), max_size=8)


@given(TEXTS)
def test_words_have_the_same_number_where_and_only_where_they_are_the_same(texts):
    hashed = hashed_words(texts)
    numbers = [hashed.of(i).tolist() for i in range(len(texts))]
    said = [words(text) for text in texts]
    assert [len(part) for part in numbers] == [len(part) for part in said]
    pairs = {(word, number) for a, b in zip(said, numbers, strict=True) for word, number in zip(a, b, strict=True)}
    assert len(pairs) == len({word for word, _ in pairs}) == len({number for _, number in pairs})


@given(TEXTS, st.integers(1, 5))
def test_runs_are_those_of_each_text_alone(texts, size):
    runs = runs_of(hashed_words(texts), size)
    sorted_runs = distinct(runs)
    for i, text in enumerate(texts):
        assert runs.of(i).tolist() == runs_of(hashed_words([text]), size).flat.tolist()
        assert sorted_runs.of(i).tolist() == np.unique(runs.of(i)).tolist()
        said = words(text)
        assert runs.lengths[i] == (max(1, len(said) - size + 1) if said else 0)


def test_a_long_text_has_the_same_numbers_in_whatever_pieces_it_is_read():
    part = "the ferry sails at night, and the harbour's board is asleep. "
    long, plain = hashed_words([part * 20_000]), hashed_words([part])
    assert long.flat.tolist() == plain.flat.tolist() * 20_000
    unbroken = hashed_words(["a" * 1_000_000, "b"])
    assert unbroken.lengths.tolist() == [1, 1]


def test_a_text_repeats_a_template_where_few_of_its_words_are_new():
    coverage = Coverage("We ask the board to keep the night ferry. It serves the whole coast.", 3)
    said = {
        "We ask the board to keep the night ferry!": True,
        "We ask the board to keep the night ferry and the post boat in winter too": False,
        "night ferry": True,
        "ferry night": False,
        "": False,
        "Somebody else wrote this sentence.": False,
    }
    assert coverage.repeated(list(said)) == list(said.values())


@given(st.lists(st.integers(0, 9), max_size=40))
def test_equal_hashes_stand_together_the_earlier_first(numbers):
    hashes = np.array(numbers, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    order, begins = together(hashes)
    assert sorted(order.tolist()) == list(range(len(numbers)))
    groups = np.split(order, np.flatnonzero(begins)[1:])
    found = {tuple(group.tolist()) for group in groups if len(group)}
    assert found == {tuple(i for i, n in enumerate(numbers) if n == number) for number in set(numbers)}
