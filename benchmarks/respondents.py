"""How well names alone tell who speaks: a person or an organisation, and which type of organisation.

    python benchmarks/respondents.py NAMES.csv

NAMES.csv has the columns ``name`` and ``respondent_type``. Prints one JSON object: the share of names told rightly
as a person's or an organisation's; macro-F1 over the organisation types; the commonest confusions; names gone wrong.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rfc_analyzer.model import RespondentType, Submission
from rfc_analyzer.respondents import attribute

PEOPLE = {RespondentType.INDIVIDUAL, RespondentType.ANONYMOUS}
SHOWN = 25


def read_names(path: Path) -> list[tuple[str, RespondentType]]:
    """Names with their true types."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["name"], RespondentType(row["respondent_type"])) for row in csv.DictReader(lines)]


def told(names: Sequence[str]) -> list[RespondentType]:
    """The types that the names alone give."""
    submissions = [Submission(f"name-{i}", "", "", None, name, "") for i, name in enumerate(names)]
    return [found.respondent_type for found in attribute(submissions, [], [])]


def macro_f1(truth: Sequence[RespondentType], said: Sequence[RespondentType]) -> float:
    """Mean F1 over the types that occur in ``truth``."""
    scores = []
    for kind in sorted(set(truth)):
        hit = sum(t == s == kind for t, s in zip(truth, said, strict=True))
        scores.append(2 * hit / (sum(t == kind for t in truth) + sum(s == kind for s in said)))
    return sum(scores) / len(scores)


def measure(rows: Sequence[tuple[str, RespondentType]]) -> dict[str, object]:
    """All figures of one list of names."""
    truth = [kind for _, kind in rows]
    said = told([name for name, _ in rows])
    bodies = [(t, s) for t, s in zip(truth, said, strict=True) if t not in PEOPLE]
    side_wrong = [n for (n, t), s in zip(rows, said, strict=True) if (t in PEOPLE) != (s in PEOPLE)]
    return {
        "names": len(rows),
        "person_or_organisation": round(1 - len(side_wrong) / len(rows), 4),
        "organisations": len(bodies),
        "organisation_types_macro_f1": round(macro_f1([t for t, _ in bodies], [s for _, s in bodies]), 3),
        "confusion": {f"{t} -> {s}": n for (t, s), n in Counter(bodies).most_common() if t != s},
        "wrong_side": side_wrong[:SHOWN],
    }


def main() -> None:
    """Read the path from the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    print(json.dumps(measure(read_names(parser.parse_args().names)), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
