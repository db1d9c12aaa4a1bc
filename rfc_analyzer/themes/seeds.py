"""Themes that an analyst or the notice expects: which passages a seed attracts, and which theme takes its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from rfc_analyzer.model import Passage, Question
from rfc_analyzer.themes.directions import unit
from rfc_analyzer.themes.phrases import phrase_keys, places

Encode = Callable[[Sequence[str]], np.ndarray]
SeedThemes = Sequence[tuple[str, tuple[str, ...]]]

_LEAST_SIMILARITY = 0.45
_HEADLINE_WORDS = range(2, 5)
_LEAST_SHARE = 0.5  # of a theme's passages that must be the seed's before the theme takes its name


def attracted(seeds: SeedThemes, texts: Sequence[str], vectors: np.ndarray, encode: Encode | None) -> np.ndarray:
    """The seed that each passage belongs to, (n,) int, -1 for none.

    To a seed belong the passages that hold its name or one of its words and, where ``encode`` is given, those near
    the vector of these words.
    """
    keys = [{key for text in (name, *words) for key in _whole(text)} for name, words in seeds]
    held = [set(phrase_keys(text)) for text in texts]
    holds = np.array([[bool(found & wanted) for wanted in keys] for found in held])
    similar = np.zeros(holds.shape)
    if encode:
        similar = np.round(vectors @ unit(encode([", ".join((name, *words)) for name, words in seeds])).T, 5)
    belongs = holds | (similar >= _LEAST_SIMILARITY)
    return np.where(belongs.any(axis=1), np.argmax(np.where(belongs, similar + holds, -np.inf), axis=1), -1)


def answering(
    passages: Sequence[Passage], questions: Sequence[Question], pinned: np.ndarray, seeds: SeedThemes
) -> tuple[np.ndarray, SeedThemes]:
    """``pinned`` (n,) and ``seeds`` with one more seed for each main question that passages answer, in their order.

    A passage that no other seed attracts belongs to the first main question that it answers, itself or in a part.
    """
    parent = {q.question_id: q.parent_id for q in questions}
    main = [q for q in questions if q.parent_id not in parent]
    number = {q.question_id: len(seeds) + place for place, q in enumerate(main)}
    found = pinned.copy()
    for row, passage in enumerate(passages):
        if found[row] < 0 and passage.question_ids:
            found[row] = number.get(_main(passage.question_ids[0], parent), -1)
    return found, (*seeds, *((_headline(q), ()) for q in main))


def _main(question_id: str, parent: Mapping[str, str | None]) -> str:
    seen: set[str] = set()
    while (above := parent.get(question_id)) in parent and above is not None and above not in seen:
        seen.add(above)
        question_id = above
    return question_id


def _headline(question: Question) -> str:
    """The number of a question and its longest phrase of a few words."""
    phrases = [" ".join(place.units) for place in places(question.text)]
    short = [phrase for phrase in phrases if len(phrase.split()) in _HEADLINE_WORDS]
    longest = max(short, key=lambda phrase: len(phrase.split()), default="")
    return f"Question {question.number}: {longest}" if longest else f"Question {question.number}"


def _whole(text: str) -> list[str]:
    """The key of ``text`` as one phrase, where it is one."""
    keys = phrase_keys(text)
    longest = max((len(key.split()) for key in keys), default=0)
    return [key for key in keys if len(key.split()) == longest][:1]


def named_by_seeds(pinned: np.ndarray, labels: np.ndarray, seeds: SeedThemes) -> dict[int, str]:
    """The themes (labels) that take a seed's name: those made mostly of its passages."""
    names: dict[int, str] = {}
    sizes = np.bincount(labels)
    for number, (name, _) in enumerate(seeds):
        inside = np.bincount(labels[pinned == number], minlength=len(sizes))
        label = int(np.argmax(inside))
        if inside[label] > _LEAST_SHARE * sizes[label]:
            names[label] = name
    return names
