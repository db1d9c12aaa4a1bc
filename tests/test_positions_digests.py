"""What the reader is given of a submission: its most promising sentences as one text, read both ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.positions.digests import MOST_WORDS, SENTENCES, digests, read_digests

PROPOSITIONS = ("Nets should be banned.", "Boats should be free.")


class Echo:
    """Says support of a text that holds a proposition's first word, none of others; keeps what it was asked."""

    name, sha256 = "echo", "0" * 64

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        self.asked += [(text, tuple(ps)) for text, ps in zip(texts, asked, strict=True)]
        rows = {True: (0.9, 0.0, 0.0, 0.1), False: (0.1, 0.0, 0.0, 0.9)}
        return [
            np.array([rows[p.split()[0] in text] for p in ps], np.float32)
            for text, ps in zip(texts, asked, strict=True)
        ]


def everything(submissions: int, propositions: int = 1) -> np.ndarray:
    return np.ones((submissions, propositions), bool)


def test_sentences_stand_in_reading_order_whichever_promises_most() -> None:
    texts = ["Nets harm.", "Thanks.", "Ban them.", "Soon.", "Another letter."]
    promised = np.array([[2.0], [0.0], [3.0], [1.0], [0.0]])
    first, second = digests(texts, np.array([0, 0, 0, 0, 1]), promised, everything(2))
    assert (first.text, first.best) == ("Nets harm. Ban them. Soon.", 2)
    assert (second.text, second.best) == ("Another letter.", 4)


def test_what_does_not_fit_is_left_out_and_the_best_never() -> None:
    long = " ".join(["word"] * (MOST_WORDS + 5))
    (digest,) = digests([long, "Short."], np.zeros(2, int), np.array([[2.0], [1.0]]), everything(1))
    assert digest.text == long
    (digest,) = digests([long, "Short."], np.zeros(2, int), np.array([[1.0], [2.0]]), everything(1))
    assert digest.text == "Short."


def test_what_is_not_worth_reading_is_not_read() -> None:
    promised = np.array([[2.0, 1.0], [1.0, 2.0], [1.0, 1.0]])
    worth = np.array([[True, False], [False, False]])
    (digest,) = digests(["Nets harm.", "Ban them.", "Thanks."], np.array([0, 0, 1]), promised, worth)
    assert (digest.best, digest.column) == (0, 0)


def test_a_second_text_goes_on_where_the_first_ended_and_short_letters_have_none() -> None:
    texts = [f"Sentence {i}." for i in range(5)] + ["Short."] * SENTENCES
    promised = np.array([[5.0], [1.0], [4.0], [2.0], [3.0]] + [[1.0]] * SENTENCES)
    owner = np.array([0] * 5 + [1] * SENTENCES)
    (second,) = digests(texts, owner, promised, everything(2), after=SENTENCES)
    assert (second.text, second.best) == ("Sentence 1. Sentence 3.", 3)


@given(
    st.lists(st.lists(st.integers(1, 60), min_size=1, max_size=6), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
)
def test_every_submission_has_one_for_each_proposition_of_its_own_sentences(lengths, random) -> None:
    texts = [f"{i}.{j} " + "x " * (n - 1) for i, own in enumerate(lengths) for j, n in enumerate(own)]
    owner = np.repeat(np.arange(len(lengths)), [len(own) for own in lengths])
    promised = np.array([[random.random() for _ in PROPOSITIONS] for _ in texts])
    found = digests(texts, owner, promised, everything(len(lengths), len(PROPOSITIONS)))
    assert sorted((owner[d.best], d.column) for d in found) == [
        (i, column) for i in range(len(lengths)) for column in range(len(PROPOSITIONS))
    ]
    for digest in found:
        own = promised[owner == owner[digest.best], digest.column]
        assert promised[digest.best, digest.column] == own.max()
        heads = [word for word in digest.text.split() if word != "x"]
        assert len(heads) <= SENTENCES and heads == sorted(heads)
        assert all(head.split(".")[0] == str(owner[digest.best]) for head in heads)
        assert len(digest.text.split()) <= MOST_WORDS or len(heads) == 1


def test_each_text_is_read_once_for_a_proposition_and_its_contrary() -> None:
    texts = ["Nets harm.", "Nets harm.", "Boats too."]
    reader = Echo()
    given = digests(texts, np.arange(3), np.zeros((3, 2)), everything(3, 2))
    read, denied = read_digests(reader, given, PROPOSITIONS, len(texts))
    assert sorted(text for text, _ in reader.asked) == ["Boats too.", "Nets harm."]
    assert reader.asked[0][1][:2] == ("Nets should be banned.", "It is not true that nets should be banned.")
    assert (read[:, 0, 0] > 0.5).tolist() == [True, True, False]
    assert denied.shape == read.shape == (3, 2, 4)


def test_only_the_best_sentence_of_a_digest_holds_what_was_read() -> None:
    promised = np.array([[1.0, 1.0], [2.0, 0.0]])
    given = digests(["Nets harm.", "Ban them."], np.zeros(2, int), promised, everything(1, 2))
    read, denied = read_digests(Echo(), given, PROPOSITIONS, 2)
    for said in (read, denied):
        assert np.isnan(said[..., 0]).tolist() == [[True, False], [False, True]]
