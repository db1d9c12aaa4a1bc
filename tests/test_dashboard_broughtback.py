"""A corrected workbook on the Export page: seen before it is applied, applied whole or not at all, and taken back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from rfc_analyzer import export, load
from rfc_analyzer.comparison import comments_to_answer
from rfc_analyzer.model import RespondentType
from rfc_analyzer.reviews import reviews_in
from rfc_analyzer.tables import SUBMISSIONS

ROUTER = Path(__file__).resolve().parents[1] / "dashboards" / "router.py"
FIRST = "FPC-2026-0003-0001"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def folder(folder, tmp_path):
    export(load(folder), xlsx=tmp_path / "x.xlsx")
    return folder


@pytest.fixture
def app(folder):
    app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    app.switch_page("screens/export.py").run()
    assert not app.exception
    return app


def corrected(folder, *entries):
    """The bytes of the workbook with ``entries`` (sheet, key column, id, column, value) typed into it."""
    book = load_workbook(folder.parent / "x.xlsx")
    for name, key, row_id, column, value in entries:
        lines = list(book[name].iter_rows())
        heads = next([c.value for c in line] for line in lines if line[0].value == key)
        row = next(line for line in lines if line[0].value == row_id)
        row[heads.index(column)].value = value
    book.save(folder.parent / "y.xlsx")
    return (folder.parent / "y.xlsx").read_bytes()


def upload(app, content):
    app.file_uploader[0].upload("corrected.xlsx", content, XLSX).run()
    assert not app.exception


def press(app, label):
    next(b for b in app.button if b.label.startswith(label)).click().run()
    assert not app.exception


def frame(app, column):
    """The table with that column."""
    return next(f.value for f in app.dataframe if column in f.value)


def told(app):
    return "\n".join(str(e.value) for kind in (app.markdown, app.error, app.info, app.success, app.text) for e in kind)


def test_what_would_change_is_seen_applied_and_taken_back(app, folder):
    content = corrected(
        folder,
        ("Submissions", "Submission", FIRST, "Type", "Government"),
        ("Comment-response matrix", "Comment", f"{FIRST}|P1|oppose", "Agency response", "![x](http://x.invalid) No."),
        ("Comment-response matrix", "Comment", f"{FIRST}|P1|oppose", "Disposition", "Not accepted"),
    )
    upload(app, content)
    assert "3 values would change" in told(app)
    shown = frame(app, "Sheet and cell")
    assert shown[["What", "From", "To"]].values.tolist() == [
        ["Type", "Private sector", "Government"],
        ["Agency response", "(empty)", "![x](http://x.invalid) No."],
        ["Disposition", "(empty)", "Not accepted"],
    ]
    assert reviews_in(folder) == []
    press(app, "Apply")
    assert "who reviews" in told(app) and reviews_in(folder) == []
    app.text_input(key="brought-back-who").set_value("RB")
    press(app, "Apply 3 changes")
    assert "3 values changed" in told(app)
    assert load(folder).rows(SUBMISSIONS)[0].respondent_type is RespondentType.GOVERNMENT
    (answered,) = [c for c in comments_to_answer(load(folder)) if c.answer]
    assert answered.answer.response == "![x](http://x.invalid) No."
    (row,) = frame(app, "Values changed").to_dict("records")
    assert (row["Who"], row["Workbook"], row["Values changed"]) == ("RB", "corrected.xlsx", 3)
    app.selectbox(key="brought-back-chosen").set_value(0)
    app.text_input(key="brought-back-undoer").set_value("MK")
    press(app, "Take it back")
    assert load(folder).rows(SUBMISSIONS)[0].respondent_type is RespondentType.PRIVATE_SECTOR
    assert not [c for c in comments_to_answer(load(folder)) if c.answer]
    assert len(reviews_in(folder)) == 6


def test_what_cannot_be_taken_is_listed_and_nothing_can_be_applied(app, folder):
    upload(app, corrected(folder, ("Submissions", "Submission", FIRST, "Type", "Ministry"),
                          ("Submissions", "Submission", FIRST, "Organisation", "Larch")))  # fmt: skip
    assert "can't be taken as they are" in told(app)
    assert "“Ministry” is not one of" in frame(app, "What is wrong")["What is wrong"][0]
    assert not [b for b in app.button if b.label.startswith("Apply")] and reviews_in(folder) == []


def test_an_unchanged_workbook_and_another_file_say_so(app, folder):
    upload(app, corrected(folder))
    assert "Nothing in this workbook differs" in told(app)
    upload(app, b"no workbook")
    assert "save it as .xlsx" in told(app) and "/tmp" not in told(app)
