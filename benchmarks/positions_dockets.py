"""How positions are read, untaught, in the sixteen dockets of ``dockets/``: each by itself, and all cells together.

    python benchmarks/positions_dockets.py [NUMBER ...] [--keep FOLDER]

Each docket is analyzed as a user would (some two minutes of one core where nothing was read before). The figures are
those of ``positions.py``; "same stance" is of what both see. ``--keep`` leaves the analyses there, to look at.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from positions import NONE, Cells, figures

from rfc_analyzer import analyze, tables

FOLDER = Path(__file__).resolve().parent / "dockets"
STANCES = {"s": "support", "o": "oppose", "m": "mixed", "n": NONE}


@dataclass(frozen=True)
class Docket:
    """A docket's propositions by id, its letters by number, and what each says."""

    title: str
    propositions: dict[str, str]
    letters: dict[str, str]
    truth: Cells


def read_docket(path: Path) -> Docket:
    """The docket in a file; what it holds, its README tells."""
    head, *letters = re.split(r"^@@ ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = dict(re.findall(r"^(TITLE|P\d+): *(.+)$", head, flags=re.MULTILINE))
    texts, truth = {}, {}
    for letter in letters:
        first, labels, text = letter.split("\n", 2)
        number = f"{path.stem}-{int(first.split('|')[0]):02}"
        texts[number] = text.strip() + "\n"
        truth |= {(number, p): STANCES[stance] for p, stance in re.findall(r"(P\d+)=([somn])", labels)}
    return Docket(told.pop("TITLE"), told, texts, truth)


def said_of(docket: Docket, folder: Path) -> Cells:
    """What the program says of it; its analysis is in ``folder``."""
    letters = folder / "letters"
    letters.mkdir(parents=True, exist_ok=True)
    for number, text in docket.letters.items():
        (letters / f"{number}.txt").write_text(text, encoding="utf-8")
    codebook = folder / "codebook.yaml"
    stated = [{"id": name, "text": text} for name, text in docket.propositions.items()]
    codebook.write_text(yaml.safe_dump({"title": docket.title, "propositions": stated}), encoding="utf-8")
    found = analyze([letters], folder / "analysis", codebook=codebook)
    return {(p.submission_id, p.proposition_id): str(p.stance) for p in found.rows(tables.POSITIONS)}


def told(truth: Cells, said: Cells) -> Iterator[str]:
    """The figures in words."""
    for name, value in figures(truth, said, {submission for submission, _ in truth}).items():
        yield f"{name} {value:.3f}"
    both = [said[cell] == stance for cell, stance in truth.items() if stance != NONE and cell in said]
    yield f"same stance {sum(both) / max(1, len(both)):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", type=int)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    truth: Cells = {}
    said: Cells = {}
    with tempfile.TemporaryDirectory() as apart:
        for path in sorted(FOLDER.glob("*.txt")):
            if given.numbers and int(path.stem) not in given.numbers:
                continue
            docket = read_docket(path)
            found = said_of(docket, (given.keep or Path(apart)) / path.stem)
            print(f"{path.stem} {docket.title[:48]:48} " + ", ".join(told(docket.truth, found)), flush=True)
            truth |= docket.truth
            said |= found
    print(f"{len(truth):,} cells: " + ", ".join(told(truth, said)))


if __name__ == "__main__":
    main()
