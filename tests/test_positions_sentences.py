"""What is read from single sentences: written examples over several dockets, and the shares that must be right.

``positions_sentences.txt`` says how it is laid out. Each sentence is a submission of its own among those of its docket.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from rfc_analyzer.embedding import load_embedder
from rfc_analyzer.model import Passage, PassageKind, Proposition, Stance, Submission
from rfc_analyzer.positions import read_positions
from rfc_analyzer.positions.stance_model import MiniLmStance
from rfc_analyzer.settings import PositionSettings

EXAMPLES = Path(__file__).with_name("positions_sentences.txt")
MARKS = {"+": Stance.SUPPORT, "-": Stance.OPPOSE, "~": Stance.MIXED, "0": None}


@dataclass(frozen=True)
class Example:
    docket: str
    mark: str
    proposition_id: str
    kind: str
    text: str

    def right(self, stance: Stance | None) -> bool:
        if self.mark.startswith("!"):
            return stance is not MARKS[self.mark[1:]]
        return stance is MARKS[self.mark]


def read_examples() -> tuple[dict[str, list[Proposition]], list[Example]]:
    propositions: dict[str, list[Proposition]] = {}
    examples: list[Example] = []
    docket = ""
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("== "):
            docket = line.removeprefix("== ")
            propositions[docket] = []
        elif " | " in line:
            head, text = line.split(" | ", 1)
            examples.append(Example(docket, *head.split(), text))
        elif line:
            proposition_id, text = line.split(": ", 1)
            propositions[docket].append(Proposition(proposition_id, text))
    return propositions, examples


PROPOSITIONS, ALL = read_examples()


@pytest.fixture(scope="module")
def outcomes() -> list[tuple[Example, Stance | None]]:
    embedder, reader = load_embedder(), MiniLmStance()
    found: list[tuple[Example, Stance | None]] = []
    for docket, propositions in PROPOSITIONS.items():
        mine = [e for e in ALL if e.docket == docket]
        submissions = [Submission(f"{n:03}", docket, "", None, "", "") for n in range(len(mine))]
        passages = [
            Passage(s.submission_id, s.submission_id, s.submission_id, 1, 0, len(e.text), e.text, PassageKind.BODY)
            for s, e in zip(submissions, mine, strict=True)
        ]
        result = read_positions(propositions, submissions, passages, embedder, PositionSettings(), reader=reader)
        said = {(p.submission_id, p.proposition_id): p.stance for p in result.positions}
        found += [(e, said.get((s.submission_id, e.proposition_id))) for s, e in zip(submissions, mine, strict=True)]
    return found


def share(outcomes: list[tuple[Example, Stance | None]], marks: str = "", kinds: str = "") -> float:
    """The share read rightly of the examples with one of ``marks`` and of one of ``kinds`` (empty: all)."""
    chosen = [
        e.right(stance)
        for e, stance in outcomes
        if (not marks or e.mark in marks.split()) and (not kinds or e.kind in kinds.split())
    ]
    assert len(chosen) >= 5
    return sum(chosen) / len(chosen)


def test_there_are_enough_examples_of_every_kind() -> None:
    assert len(ALL) >= 300 and len(PROPOSITIONS) >= 6
    kinds = Counter(e.kind for e in ALL)
    wanted = [
        "performative",
        "negation",
        "double",
        "loaded",
        "story",
        "concession",
        "reported",
        "quoted",
        "condition",
        "rhetorical",
        "silent",
    ]
    assert all(kinds[kind] >= 5 for kind in wanted)
    assert {e.mark for e in ALL} >= set(MARKS)


# floors a little under what is reached: they keep what is good from being lost, and say how much is still missing
@pytest.mark.parametrize(
    ("marks", "kinds", "least"),
    [
        ("", "", 0.54),
        ("0", "", 0.94),  # silence is no stance
        ("", "silent", 0.91),
        ("!-", "", 0.9),
        ("!+", "", 0.65),
        ("", "performative", 0.6),
        ("", "reported", 0.6),
        ("", "quoted", 0.7),
        ("", "rhetorical", 0.85),
        ("+", "", 0.5),
        ("-", "", 0.32),
    ],
)
def test_a_share_of_the_sentences_is_read_as_a_careful_reader_would(outcomes, marks, kinds, least):
    assert share(outcomes, marks, kinds) >= least


def test_where_a_side_is_seen_it_is_mostly_the_right_one(outcomes):
    sides = (Stance.SUPPORT, Stance.OPPOSE)
    seen = [stance is MARKS[e.mark] for e, stance in outcomes if e.mark in "+-" and stance in sides]
    assert len(seen) >= 100 and sum(seen) / len(seen) >= 0.7
