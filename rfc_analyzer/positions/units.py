"""The sentences that positions are read from: spans of the respondent's own argument, with where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rfc_analyzer.model import ARGUMENT_KINDS, Passage
from rfc_analyzer.sentences import sentence_spans
from rfc_analyzer.words import words

LEAST_WORDS = 3  # "I oppose this." is an argument; a page number or a name is none
MOST_WORDS = 120  # what is longer is a table or a broken text layer, not a sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a submission: ``text == file.text[start:end]``; ``clean`` is it with single spaces."""

    submission_id: str
    passage_id: str
    file_id: str
    page: int | None
    start: int
    end: int
    text: str
    clean: str


def argument_passages(passages: Sequence[Passage], inherits: Mapping[str, str]) -> dict[str, list[Passage]]:
    """Passages that speak for each submission, in reading order.

    A copy of a form letter speaks with the letter's words: where ``inherits`` names its template, the copy's own
    passages count although they were counted there already.
    """
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.kind in ARGUMENT_KINDS and (passage.counted or passage.submission_id in inherits):
            found[passage.submission_id].append(passage)
    return found


def sentences_of(passage: Passage) -> list[Sentence]:
    """The sentences of a passage that are long enough to argue."""
    found = []
    for start, end in sentence_spans(passage.text):
        text = passage.text[start:end]
        clean = " ".join(text.split())
        if LEAST_WORDS <= len(words(clean)) <= MOST_WORDS:
            found.append(
                Sentence(
                    passage.submission_id,
                    passage.passage_id,
                    passage.file_id,
                    passage.page,
                    passage.start + start,
                    passage.start + end,
                    text,
                    clean,
                )
            )
    return found
