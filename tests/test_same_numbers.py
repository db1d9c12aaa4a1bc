"""The screen, the command line, the workbook, the document, the CSV and the Parquet files show the same numbers.

The docket is that of ``make_analysis``; its figures are worked out by hand in ``test_comparison_figures``.
"""

import csv
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from docx import Document
from make_analysis import make_analysis
from opening import with_table
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from rfc_analyzer import export, load
from rfc_analyzer.cli import DONE, main
from rfc_analyzer.comparison import Filters, Unit, compare, positions_overall
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE

ROUTER = Path(__file__).resolve().parents[1] / "dashboards" / "router.py"
GROUPS = ("private_sector", "individual")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("same") / "analysis").folder


@pytest.fixture(scope="module")
def files(folder, tmp_path_factory):
    made = tmp_path_factory.mktemp("files")
    export(load(folder), xlsx=made / "x.xlsx", docx=made / "x.docx", csv=made / "csv", parquet=made / "parquet",
           unit=Unit.SUBMISSIONS)  # fmt: skip
    return made


@pytest.fixture
def screen(folder, tmp_path, monkeypatch):
    shutil.copytree(folder, tmp_path / "analysis")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setenv(ANALYSIS_VARIABLE, str(tmp_path / "analysis"))

    def open_page(name):
        app = AppTest.from_file(str(ROUTER), default_timeout=60)
        app.query_params["unit"] = "submissions"
        app.run()
        app.switch_page(f"screens/{name}.py")
        app.query_params["unit"] = "submissions"
        app.run()
        assert not app.exception
        return app

    return open_page


def table_of(file, name):
    sheet = load_workbook(file)[name]
    (table,) = sheet.tables.values()
    head, *rows = sheet[table.ref]
    return [dict(zip((c.value for c in head), (c.value for c in row), strict=True)) for row in rows]


def test_positions_are_the_same_everywhere(folder, files, screen, capsys):
    expected = {
        row.proposition_id: (*(row.share(s).n for s in Stance), row.not_addressed.n)
        for row in positions_overall(load(folder), unit=Unit.SUBMISSIONS)
    }
    # of 14 submissions six take P1's side: 4, 6, 7, 9 and the letters 10 to 13; 1 and 2 oppose, 3 is mixed
    assert expected["P1"] == (8, 2, 1, 3)
    parts = ("Support", "Oppose", "Mixed", "Not addressed")
    with (files / "csv" / "figures_positions.csv").open(encoding="utf-8-sig") as lines:
        rows = [r for r in csv.DictReader(lines) if r["respondent_type"] == "everyone"]
    columns = pq.read_table(files / "parquet" / "figures_positions.parquet").to_pylist()
    columns = [r for r in columns if r["respondent_type"] == "everyone"]
    document = "\n".join(p.text for p in Document(files / "x.docx").paragraphs)
    matrix = table_of(files / "x.xlsx", "Positions matrix")
    for proposition, counts in expected.items():
        assert tuple(int(r["n"]) for r in rows if r["proposition_id"] == proposition) == counts
        assert tuple(r["n"] for r in columns if r["proposition_id"] == proposition) == counts
        assert tuple(sum(line[proposition] == part for line in matrix) for part in parts) == counts
        assert f"Comments in support ({counts[0]} submission" in document
    # the page shows the first proposition
    app = with_table(screen("positions"), "positions-P1")
    table = next(f.value for f in app.dataframe if "Not addressed" in f.value)
    (overall,) = [line for line in table.to_dict("records") if line["Respondent type"] == "All respondents"]
    assert tuple(int(overall[part]) for part in parts) == expected["P1"]
    assert main(["export", str(folder), "--csv", str(files / "again"), "--unit", "submissions", "--json"]) == DONE
    assert str(files / "again" / "figures_positions.csv") in json.loads(capsys.readouterr().out)
    assert (files / "again" / "figures_positions.csv").read_bytes() == (
        files / "csv" / "figures_positions.csv"
    ).read_bytes()


def test_a_comparison_is_the_same_everywhere(folder, files, screen, capsys):
    sides = {name: Filters(respondent_types=(RespondentType(name),)) for name in GROUPS}
    words = ["compare", str(folder), "--groups", ",".join(GROUPS), "--unit", "submissions", "--json"]
    assert main(words) == DONE
    told = json.loads(capsys.readouterr().out)
    found = compare(load(folder), groups=GROUPS, unit=Unit.SUBMISSIONS)
    assert told == json.loads(json.dumps(found.to_json()))
    # groups with filters of their own say the same of the same submissions
    own = compare(load(folder), groups=sides, unit=Unit.SUBMISSIONS)
    assert [row.shares for row in own.rows] == [row.shares for row in found.rows]
    app = screen("compare")
    app.multiselect(key=next(m.key for m in app.multiselect if m.label == "Groups")).set_value(list(GROUPS)).run()
    with_table(app, "compare-support")
    frame = next(f.value for f in app.dataframe if "Private sector, share" in f.value)
    support = {row.label: row.shares for row in found.rows if row.measure.value == "support"}
    assert {line["What"]: (line["Private sector"], line["Individual"]) for line in frame.to_dict("records")} == {
        label: tuple(f"{s.n} of {s.of}" for s in shares) for label, shares in support.items()
    }
    # the workbook compares all types; where a share stands in both, it is the same
    whole = table_of(files / "x.xlsx", "Comparison")
    everyone = compare(load(folder), unit=Unit.SUBMISSIONS)
    cells = {(r["What is compared"], r["Id"], r["Group"]): (r["Count"], r["Of"]) for r in whole}
    for row in everyone.rows:
        if row.measure.value == "takes the proposition up":
            for group, share in zip(everyone.groups, row.shares, strict=True):
                names = {"private_sector": "Private sector", "individual": "Individual"}
                if group.name in names:
                    key = ("Takes the proposition up", row.id, names[group.name])
                    assert cells[key] == (share.n, share.of)
