import re

from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.words import words

PATTERN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@given(st.text(st.sampled_from("aB1'-_ .’“”—\n\t\xa0é§$…\x1c漢")))
def test_words_are_runs_of_letters_and_digits_joined_by_single_apostrophes_and_hyphens(text):
    assert words(text) == PATTERN.findall(text.casefold().replace("’", "'"))


def test_typographic_and_plain_signs_make_the_same_words():
    assert words("It’s the board’s — “year-round” — ferry") == words("It's the board's - \"year-round\" - ferry")
