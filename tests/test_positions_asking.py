"""What the reader is asked of a docket: one text of each submission, a second where that is not enough, and no more."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfc_analyzer.model import Passage, PassageKind, Proposition, Stance, Submission
from rfc_analyzer.positions import read_positions
from rfc_analyzer.settings import PositionSettings

KITES = Proposition("K", "Kites should be allowed on the meadow.")
FILL = (
    "The meadow and its kites were there before the town.",
    "Kites have been flown on the meadow by three mayors.",
    "Everybody knows the meadow and the kites of Easter Monday.",
)
VIEW = "let them fly"


class Plain:
    """Finds a view, of support, in texts that hold the words of one; remembers all that it was given."""

    name, sha256 = "plain", "0" * 64

    def __init__(self) -> None:
        self.texts: list[str] = []

    def read(self, texts: Sequence[str], asked: Sequence[Sequence[str]]) -> list[np.ndarray]:
        self.texts += texts
        views = {True: [(0.94, 0.02, 0.02, 0.02), (0.02, 0.94, 0.02, 0.02)], False: [(0.01, 0.01, 0.01, 0.97)] * 2}
        return [np.array(views[VIEW in text][: len(ps)], np.float32) for text, ps in zip(texts, asked, strict=True)]


class Near:
    """Texts with kites are near to each other."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if "ites" in text else [0.3, 0.954] for text in texts], np.float32)


def letter(name: str, *lines: str) -> tuple[Submission, list[Passage]]:
    passages, start = [], 0
    for i, line in enumerate(lines):
        end = start + len(line)
        passages.append(
            Passage(f"{name}.{i}", name, f"{name}.txt", 1, start, end, line, PassageKind.BODY, counted=True)
        )
        start = end + 1
    return Submission(name, "D", "", None, "", ""), passages


class Watching:
    """Remembers how far it was told that the work is, and how much had been read by then."""

    def __init__(self, reader: Plain) -> None:
        self.reader = reader
        self.seen: list[tuple[int, int]] = []

    def stage(self, name: str, total: int | None) -> None:
        raise AssertionError("the stage is the pipeline's")

    def advance(self, items: int = 1, detail: str = "") -> None:
        before = self.seen[-1][0] if self.seen else 0
        self.seen.append((before + items, len(self.reader.texts)))


def positions(reader: Plain, *letters: tuple[Submission, list[Passage]]) -> dict[str, Stance]:
    submissions = [submission for submission, _ in letters]
    passages = [passage for _, own in letters for passage in own]
    found = read_positions([KITES], submissions, passages, Near(), PositionSettings(), reader=reader)
    return {position.submission_id: position.stance for position in found.positions}


def test_a_view_that_the_most_promising_sentences_leave_open_is_found_in_the_next() -> None:
    reader = Plain()
    assert positions(reader, letter("a", *FILL, f"So {VIEW}.")) == {"a": Stance.SUPPORT}
    first, second = reader.texts
    assert VIEW not in first and second == f"So {VIEW}."


def test_a_view_that_is_found_at_once_is_not_looked_for_again() -> None:
    reader = Plain()
    assert positions(reader, letter("a", f"We urge you to allow kites on the meadow and {VIEW}.", *FILL, *FILL)) == {
        "a": Stance.SUPPORT
    }
    assert len(reader.texts) == 1


def test_what_is_hardly_about_a_proposition_is_not_read_twice() -> None:
    reader = Plain()
    assert positions(reader, letter("a", *["The ferry was late again, and nobody said why."] * 6)) == {}
    assert len(reader.texts) <= 1


def test_progress_tells_of_submissions_as_they_are_read() -> None:
    reader = Plain()
    letters = [letter(f"{i:02}", f"Kites on the meadow, letter {i}: {VIEW}.") for i in range(40)]
    progress = Watching(reader)
    passages = [passage for _, own in letters for passage in own]
    read_positions(
        [KITES], [s for s, _ in letters], passages, Near(), PositionSettings(), progress=progress, reader=reader
    )
    assert [done for done, _ in progress.seen] == [16, 32, 40]
    assert [texts for _, texts in progress.seen] == [16, 32, 40]
