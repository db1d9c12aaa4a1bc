import pytest

from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import ReviewedStance, Stance
from rfc_analyzer.reviewed import read_reviewed

KNOWN = ["P1", "P2"]


def table(tmp_path, text):
    path = tmp_path / "reviewed.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_csv_with_any_order_of_columns(tmp_path):
    path = table(tmp_path, "\ufeffstance,submission_id,proposition_id,who\nSupport,S1,P1,me\nnone,S2,P2,me\n\n")
    assert read_reviewed(path, KNOWN) == [
        ReviewedStance("S1", "P1", Stance.SUPPORT),
        ReviewedStance("S2", "P2", None),
    ]


def test_reads_xlsx(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["submission_id", "proposition_id", "stance"])
    book.active.append(["S1", "P2", "mixed"])
    path = tmp_path / "reviewed.xlsx"
    book.save(path)
    assert read_reviewed(path, KNOWN) == [ReviewedStance("S1", "P2", Stance.MIXED)]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("submission_id,stance\nS1,support\n", "proposition_id"),
        ("submission_id,proposition_id,stance\nS1,P9,support\n", "row 2: no proposition 'P9'"),
        ("submission_id,proposition_id,stance\nS1,P1,maybe\n", "row 2: stance 'maybe'"),
        ("submission_id,proposition_id,stance\nS1,P1,support\nS1,P1,oppose\n", "row 3: S1 has another stance"),
        ("", "is missing"),
    ],
)
def test_a_wrong_table_says_which_row_and_why(tmp_path, text, says):
    with pytest.raises(BadInput) as error:
        read_reviewed(table(tmp_path, text), KNOWN)
    assert says in str(error.value)


def test_a_file_that_is_no_workbook_is_told_so(tmp_path):
    path = tmp_path / "reviewed.xlsx"
    path.write_bytes(b"not a zip")
    with pytest.raises(BadInput, match="can't be read"):
        read_reviewed(path, KNOWN)
