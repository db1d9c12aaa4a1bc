"""Reading positions from end to end, on small dockets of our own, with word-count vectors for an embedder."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rfc_analyzer.model import (
    Passage,
    PassageKind,
    Proposition,
    ReviewedStance,
    Stance,
    Submission,
)
from rfc_analyzer.model_positions import PositionMethod
from rfc_analyzer.positions import PositionResult, read_positions
from rfc_analyzer.positions.lexicon import STOP, stem
from rfc_analyzer.sentences import sentence_spans
from rfc_analyzer.settings import PositionSettings
from rfc_analyzer.words import words


class WordVectors:
    """Texts that share words are near each other."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        made = np.zeros((len(texts), 384), np.float32)
        for row, text in enumerate(texts):
            for word in words(text):
                if word not in STOP:
                    made[row, int(hashlib.sha256(stem(word).encode()).hexdigest(), 16) % 384] += 1
        made[:, 0] += 1e-3
        return made / np.linalg.norm(made, axis=1, keepdims=True)


NETS = Proposition("N", "The rule should ban drift nets in coastal waters, as the agency has proposed.")
FILES = {
    "a": "I strongly support the proposed ban on drift nets. Drift nets in coastal waters kill turtles.",
    "b": "We oppose this rule. The agency should not ban drift nets in coastal waters.",
    "c": "The weather on the bridge was lovely yesterday morning.",
    "d": "See attached.",
    "e": "Please withdraw the proposed ban on drift nets. A ban on drift nets in coastal waters would ruin us.",
    "f": "Drift nets should be banned in coastal waters. Please adopt the proposed rule on drift nets.",
}


def docket(files: dict[str, str], counted: bool = True) -> tuple[list[Submission], list[Passage]]:
    submissions = [Submission(i, "D", "", None, "", "") for i in files]
    passages = [
        Passage(f"{i}{start}", i, i, 1, start, end, text[start:end], PassageKind.BODY, counted=counted)
        for i, text in files.items()
        for start, end in sentence_spans(text)
    ]
    return submissions, passages


def read(
    files: dict[str, str],
    propositions: Sequence[Proposition] = (NETS,),
    reviewed: Sequence[ReviewedStance] = (),
    inherits: dict[str, str] | None = None,
) -> PositionResult:
    submissions, passages = docket(files)
    return read_positions(
        propositions, submissions, passages, WordVectors(), PositionSettings(), reviewed, inherits=inherits
    )


def stances(result: PositionResult) -> dict[str, Stance]:
    return {p.submission_id: p.stance for p in result.positions}


def test_who_says_plainly_where_they_stand_is_read_so() -> None:
    found = stances(read(FILES))
    assert found["a"] is Stance.SUPPORT and found["f"] is Stance.SUPPORT
    assert found["b"] is Stance.OPPOSE and found["e"] is Stance.OPPOSE


@pytest.mark.parametrize("submission_id", ["c", "d"])
def test_what_does_not_speak_of_it_has_no_position(submission_id: str) -> None:
    assert submission_id not in stances(read(FILES))


def test_every_position_has_verbatim_quotes() -> None:
    result = read(FILES)
    quoted = {(e.submission_id, e.proposition_id) for e in result.evidence}
    assert quoted == {(p.submission_id, p.proposition_id) for p in result.positions}
    for item in result.evidence:
        assert FILES[item.file_id][item.start : item.end] == item.quote
        assert item.submission_id == item.file_id and 0 <= item.score <= 1


def test_a_performed_position_says_so() -> None:
    methods = {p.submission_id: p.method for p in read(FILES).positions}
    assert methods["b"] is PositionMethod.PERFORMATIVE


def test_reviewed_stances_stand_as_they_are() -> None:
    reviewed = [
        ReviewedStance("a", "N", Stance.OPPOSE),
        ReviewedStance("b", "N", None),
        ReviewedStance("c", "N", Stance.MIXED),
    ]
    result = read(FILES, reviewed=reviewed)
    by_id = {p.submission_id: p for p in result.positions}
    assert by_id["a"].stance is Stance.OPPOSE and by_id["c"].stance is Stance.MIXED and "b" not in by_id
    for submission_id in ("a", "c"):
        assert by_id[submission_id].reviewed and by_id[submission_id].method is PositionMethod.REVIEWED
        assert by_id[submission_id].confidence == 1
        assert any(e.submission_id == submission_id for e in result.evidence)


def test_reviews_teach_words_that_the_grammar_does_not_know() -> None:
    words_for = {
        f"p{i}": f"Our village eats turtle soup on feast day {i} and drift nets matter to us." for i in range(12)
    }
    words_against = {
        f"q{i}": f"Our reef club counts dolphins in week {i} and drift nets matter to us." for i in range(12)
    }
    taught = [ReviewedStance(f"p{i}", "N", Stance.OPPOSE) for i in range(6)]
    taught += [ReviewedStance(f"q{i}", "N", Stance.SUPPORT) for i in range(6)]
    found = stances(read({**words_for, **words_against}, reviewed=taught))
    assert [found.get(f"p{i}") for i in range(6, 12)] == [Stance.OPPOSE] * 6
    assert [found.get(f"q{i}") for i in range(6, 12)] == [Stance.SUPPORT] * 6


def test_a_copy_stands_where_its_letter_stands_and_quotes_itself() -> None:
    files = {**FILES, "copy": "Dear Sirs, " + FILES["b"], "blank": ""}
    result = read(files, inherits={"copy": "b", "blank": "b"})
    found = stances(result)
    assert found["copy"] is found["b"] is found["blank"]
    quotes = [e for e in result.evidence if e.submission_id == "copy"]
    assert quotes and all(files["copy"][e.start : e.end] == e.quote for e in quotes)
    assert not [e for e in result.evidence if e.submission_id == "blank"]


def test_a_copys_uncounted_passages_speak_for_it_only_where_it_inherits() -> None:
    submissions, passages = docket({"t": FILES["b"]})
    more, repeated = docket({"u": FILES["b"]}, counted=False)
    alone = read_positions([NETS], submissions + more, passages + repeated, WordVectors(), PositionSettings())
    assert "u" not in stances(alone)


def test_only_argument_is_read() -> None:
    submissions, passages = docket({"x": "I oppose the proposed ban on drift nets in coastal waters."})
    signature = [Passage(*(getattr(p, f) for f in _LEADING), PassageKind.SIGNATURE) for p in passages]
    assert read_positions([NETS], submissions, signature, WordVectors(), PositionSettings()) == PositionResult((), ())


_LEADING = ("passage_id", "submission_id", "file_id", "page", "start", "end", "text")


def test_both_sides_with_weight_are_mixed() -> None:
    text = (
        "We support the proposed ban on drift nets in coastal waters. We strongly support this rule. "
        "We oppose the proposed ban on drift nets in coastal waters. We strongly oppose this rule."
    )
    result = read({**FILES, "m": text})
    assert stances(result)["m"] is Stance.MIXED
    assert {e.stance for e in result.evidence if e.submission_id == "m"} == {Stance.SUPPORT, Stance.OPPOSE}


def test_nothing_to_read_gives_nothing() -> None:
    assert read({}) == PositionResult((), ())
    assert read({"a": ""}) == PositionResult((), ())
    assert read(FILES, propositions=()) == PositionResult((), ())


def test_the_same_input_gives_the_same_positions() -> None:
    assert read(FILES) == read(FILES)


@hypothesis_settings(max_examples=25, deadline=None)
@given(st.permutations(sorted(FILES)))
def test_the_order_of_submissions_changes_nothing(order: list[str]) -> None:
    assert stances(read({i: FILES[i] for i in order})) == stances(read(FILES))


@hypothesis_settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text(max_size=200), max_size=5))
def test_any_text_is_survived_and_quotes_are_verbatim(files: dict[str, str]) -> None:
    result = read(files)
    for item in result.evidence:
        assert files[item.file_id][item.start : item.end] == item.quote
    assert all(0 <= p.confidence <= 1 for p in result.positions)
