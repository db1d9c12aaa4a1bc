"""The submissions to review first: every side of every proposition, letters like many, and none that is known."""

import csv

import numpy as np
import pytest
from make_analysis import make_analysis

from rfc_analyzer import load
from rfc_analyzer.cli import main
from rfc_analyzer.model import Position, Stance
from rfc_analyzer.model_positions import PositionMethod
from rfc_analyzer.positions.picking import candidates, pick
from rfc_analyzer.reviewed import read_reviewed
from rfc_analyzer.tables import SUBMISSIONS


def made(stances, vectors=None):
    """One proposition; ``stances`` by submission, with a confidence each."""
    ids = [f"S{i:02}" for i in range(len(stances))]
    positions = [
        Position(i, "P1", stance, sure, PositionMethod.CUES, False)
        for i, (stance, sure) in zip(ids, stances, strict=True)
        if stance
    ]
    return candidates(ids, np.ones((len(ids), 4)) if vectors is None else vectors, positions, ["P1"])


def test_the_few_who_oppose_come_early():
    found = made([(Stance.SUPPORT, 0.8)] * 20 + [(Stance.OPPOSE, 0.8)] * 2)
    assert {"S20", "S21"} & set(pick(found, 3))


def test_what_is_unsure_comes_before_what_is_sure():
    found = made([(Stance.SUPPORT, 0.9)] * 5 + [(Stance.SUPPORT, 0.4)])
    assert pick(found, 1) == ["S05"]


def test_letters_of_every_kind_are_picked():
    vectors = np.repeat(np.eye(4), 5, axis=0)
    chosen = pick(made([(None, 0.0)] * 20, vectors), 4)
    assert {int(i[1:]) // 5 for i in chosen} == {0, 1, 2, 3}


def test_fewer_are_the_beginning_of_more_and_known_ones_are_left_out():
    rng = np.random.default_rng(2)
    found = made([(Stance.SUPPORT, 0.6), (Stance.OPPOSE, 0.6), (None, 0.0)] * 6, rng.normal(size=(18, 4)))
    assert pick(found, 9)[:4] == pick(found, 4)
    assert not {"S00", "S01"} & set(pick(found, 18, {"S00", "S01"}))
    assert len(pick(found, 100)) == 18


@pytest.mark.parametrize("name", ["review.csv", "review.xlsx"])
def test_the_table_is_filled_in_and_read_back(tmp_path, capsys, name):
    folder = make_analysis(tmp_path / "analysis").folder
    table = tmp_path / name
    assert main(["review", "pick", str(folder), "--count", "3", "--output", str(table)]) == 0
    assert "3 submissions" in capsys.readouterr().out
    known = ["P1", "P2", "P3"]
    assert read_reviewed(table, known) == []
    if name.endswith(".csv"):
        rows = list(csv.DictReader(table.open(encoding="utf-8-sig")))
        assert len(rows) == 9 and {r["place"] for r in rows} == {"1", "2", "3"}
        rows[0]["stance"] = "oppose"
        with table.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    else:
        from openpyxl import load_workbook

        book = load_workbook(table)
        book.worksheets[0]["F2"] = "oppose"
        book.save(table)
    (given,) = read_reviewed(table, known)
    assert given.stance is Stance.OPPOSE
    assert given.submission_id in {s.submission_id for s in load(folder).rows(SUBMISSIONS)}


def test_another_kind_of_file_is_refused(tmp_path, capsys):
    folder = make_analysis(tmp_path / "analysis").folder
    assert main(["review", "pick", str(folder), "--output", str(tmp_path / "review.pdf")]) == 2
    assert ".csv or .xlsx" in capsys.readouterr().err
