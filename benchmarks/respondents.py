"""How well the program tells who speaks, against types that others gave.

    python benchmarks/respondents.py NAMES.csv [--keep-half-unseen]
    python benchmarks/respondents.py INPUT... --labels LABELS.jsonl [--work FOLDER] [--keep-half-unseen]

NAMES.csv has the columns ``name`` and ``respondent_type``; the names alone are judged. With ``--labels``, a docket's
files are read as an analysis reads them, and names and texts are judged; the type that respondents declared on the
docket's form is left out. LABELS.jsonl holds one object with ``id`` and ``respondent_type`` a line. FOLDER keeps what
was read.

With ``--keep-half-unseen`` errors are named of one half only, drawn by the respondents' ids, and the other is counted:
rules that are written for what was read should hold where nothing was read.

Prints one JSON object: the share told rightly as a person or an organisation; macro-F1 over all types, over those but
"other", and over the organisation types; precision, recall and F1 of each type; confusions; the surest errors.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rfc_analyzer import tables
from rfc_analyzer.model import RespondentType, Submission
from rfc_analyzer.passages import split_passages
from rfc_analyzer.pipeline import read_docket
from rfc_analyzer.respondents import attribute
from rfc_analyzer.settings import Settings

PEOPLE = {RespondentType.INDIVIDUAL, RespondentType.ANONYMOUS}
SHOWN = 25
HALVES = ("read", "unseen")


@dataclass(frozen=True, slots=True)
class Judged:
    """A respondent's true type, what the program says, how sure it is (0..1), and why; ``key`` is the id."""

    key: str
    name: str
    truth: RespondentType
    said: RespondentType
    score: float
    reason: str

    @property
    def half(self) -> str:
        """Which half of all respondents it belongs to, drawn by its id."""
        return HALVES[hashlib.sha256(self.key.encode()).digest()[0] % 2]

    @property
    def wrong_side(self) -> bool:
        return (self.truth in PEOPLE) != (self.said in PEOPLE)


def judge_names(path: Path) -> list[Judged]:
    """Judge a table of names, as one docket without any text."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(row["name"], RespondentType(row["respondent_type"])) for row in csv.DictReader(lines)]
    submissions = [Submission(f"name-{i}", "", "", None, name, "") for i, (name, _) in enumerate(rows)]
    found = attribute(submissions, [], [])
    return [
        Judged(one.submission_id, name, truth, one.respondent_type, one.score, one.reason)
        for (name, truth), one in zip(rows, found, strict=True)
    ]


def judge_docket(inputs: Sequence[Path], labels: Path, work: Path) -> list[Judged]:
    """Judge the labelled submissions of a docket by names and texts, without what they declared."""
    read_docket(inputs, work)
    stage = work / "work" / "ingest"
    submissions = [replace(s, declared_type="") for s in tables.SUBMISSIONS.read(stage)]
    files = tables.FILES.read(stage)
    passages = split_passages(files, tables.BLOCKS.read(stage), Settings().passages)
    found = {one.submission_id: one for one in attribute(submissions, files, passages)}
    with labels.open(encoding="utf-8") as lines:
        gold = {row["id"]: RespondentType(row["respondent_type"]) for row in map(json.loads, lines)}
    return [
        Judged(
            i,
            found[i].organization or found[i].respondent_name,
            truth,
            found[i].respondent_type,
            found[i].score,
            found[i].reason,
        )
        for i, truth in gold.items()
        if i in found
    ]


def per_type(rows: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and number of each type that occurs in truth."""
    figures = {}
    for kind in sorted({r.truth for r in rows}):
        hit = sum(r.truth == r.said == kind for r in rows)
        true, said = sum(r.truth == kind for r in rows), sum(r.said == kind for r in rows)
        figures[kind.value] = {
            "precision": round(hit / said, 3) if said else 0.0,
            "recall": round(hit / true, 3),
            "f1": round(2 * hit / (true + said), 3),
            "n": true,
        }
    return figures


def macro_f1(rows: Sequence[Judged]) -> float:
    """Mean F1 over the types that occur in truth."""
    figures = per_type(rows)
    return round(sum(f["f1"] for f in figures.values()) / len(figures), 3) if figures else 0.0


def measure(rows: Sequence[Judged]) -> dict[str, object]:
    """All figures of one list of respondents."""
    bodies = [r for r in rows if r.truth not in PEOPLE]
    wrong = sorted((r for r in rows if r.truth != r.said), key=lambda r: -r.score)
    return {
        "respondents": len(rows),
        "accuracy": round(1 - len(wrong) / len(rows), 3),
        "person_or_organisation": round(1 - sum(r.wrong_side for r in rows) / len(rows), 4),
        "macro_f1": macro_f1(rows),
        "macro_f1_without_other": macro_f1([r for r in rows if r.truth is not RespondentType.OTHER]),
        "organisations": len(bodies),
        "organisation_types_macro_f1": macro_f1(bodies),
        "per_type": per_type(rows),
        "confusion": {f"{t} -> {s}": n for (t, s), n in Counter((r.truth, r.said) for r in wrong).most_common()},
        "surest_errors": [f"{r.truth} -> {r.said} ({r.score}): {r.name}: {r.reason}" for r in wrong[:SHOWN]],
        "wrong_side": [r.name for r in rows if r.wrong_side][:SHOWN],
    }


def measure_halves(rows: Sequence[Judged]) -> dict[str, object]:
    """The figures of both halves; errors are named of the first alone."""
    read, unseen = (measure([r for r in rows if r.half == half]) for half in HALVES)
    return {HALVES[0]: read, HALVES[1]: {k: v for k, v in unseen.items() if k not in ("surest_errors", "wrong_side")}}


def main() -> None:
    """Read the paths from the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", type=Path, nargs="+")
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--work", type=Path)
    parser.add_argument("--keep-half-unseen", action="store_true")
    arguments = parser.parse_args()
    if arguments.labels:
        with TemporaryDirectory() as passing:
            rows = judge_docket(arguments.inputs, arguments.labels, arguments.work or Path(passing))
    else:
        rows = [row for path in arguments.inputs for row in judge_names(path)]
    figures = measure_halves(rows) if arguments.keep_half_unseen else measure(rows)
    print(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
