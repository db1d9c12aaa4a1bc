"""No text that a respondent wrote may act in a spreadsheet, break the file, or be cut unseen."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from rfc_analyzer.exports.cells import LIMIT, csv_value, excel_text, excel_value, starts_formula
from rfc_analyzer.exports.excel.sheet import Column, TableSheet, write_table
from rfc_analyzer.exports.excel.styles import Style, add_styles

# what stands in the file → what a person must read in the cell
NASTY = {
    "=1+1": "=1+1",
    '=HYPERLINK("http://evil.invalid","x")': '=HYPERLINK("http://evil.invalid","x")',
    "+cmd|' /C calc'!A0": "+cmd|' /C calc'!A0",
    "-2+3": "-2+3",
    "@SUM(A1)": "@SUM(A1)",
    "\t=1+1": "\t=1+1",
    "\r=1+1": "\n=1+1",
    "＝1+1": "＝1+1",
    "#N/A": "#N/A",
    "TRUE": "TRUE",
    "0012": "0012",
    "1e5": "1e5",
    "2026-04-01": "2026-04-01",
    "'quoted": "'quoted",
    "_x0041_": "_x0041_",
    "_x0041_x0042_": "_x0041_x0042_",
    "_x005F_x0041_": "_x005F_x0041_",
    "bell\x07 and null\x00": "bell␇ and null␀",
    "delete\x7f": "delete␡",
    "page\x0cbreak": "page\nbreak",
    "windows\r\nline": "windows\nline",
    "lone \ud83d surrogate": "lone � surrogate",
    "no character \ufffe\uffff": "no character ��",
    "c1 \x9b31m": "c1 �31m",
    "emoji 😀 stays": "emoji 😀 stays",
    " spaces ": " spaces ",
    "<b>&amp;</b>": "<b>&amp;</b>",
    "עברית \u202eright to left": "עברית \u202eright to left",
}


@pytest.fixture(scope="module")
def read_back(tmp_path_factory):
    path = tmp_path_factory.mktemp("cells") / "nasty.xlsx"
    workbook = Workbook(write_only=True)
    add_styles(workbook)
    columns = (Column("Text", 20), Column("Wrapped", 20, Style.WRAPPED))
    write_table(workbook, TableSheet("Nasty", "", columns, [(text, text) for text in NASTY], "nothing"), "docket")
    workbook.save(path)
    return list(load_workbook(path)["Nasty"].iter_rows(min_row=4))


@pytest.mark.parametrize(("place", "shown"), enumerate(NASTY.values()), ids=[repr(text) for text in NASTY])
def test_nasty_text_is_read_back_letter_by_letter(read_back, place, shown):
    for cell in read_back[place]:
        assert unescape(cell.value) == shown
        assert cell.data_type == "s"
        assert cell.quotePrefix == starts_formula(shown)


def test_every_formula_prefix_is_known():
    assert all(starts_formula(f"{prefix}1") for prefix in ("=", "+", "-", "@", "\t", "\r", " =", "\n+", "＝", "＠"))
    assert not any(starts_formula(text) for text in ("", "a=b", "1-2", "(+)", "'="))


@pytest.mark.parametrize("letter", ["a", "é", "😀", "_x0041_"])
def test_too_long_a_text_is_cut_with_a_mark(letter):
    text = letter * 40_000
    shown = excel_text(text)
    assert len(shown.encode("utf-16-le")) // 2 <= LIMIT
    assert shown.endswith(f"[cut here: {len(text):,} characters in all; the CSV has them]")
    assert unescape(shown).startswith(letter * 2_000)


def test_the_longest_text_that_fits_is_whole():
    assert excel_text("a" * LIMIT) == "a" * LIMIT
    assert excel_text("😀" * (LIMIT // 2)) == "😀" * (LIMIT // 2)


def test_times_are_in_utc_without_a_zone():
    eastern = timezone(timedelta(hours=-4))
    assert excel_value(datetime(2026, 4, 1, 22, tzinfo=eastern)) == datetime(2026, 4, 2, 2)
    assert csv_value(datetime(2026, 4, 1, 22, tzinfo=eastern)) == "2026-04-02T02:00:00+00:00"
    # before Excel's calendar
    assert excel_value(datetime(1776, 7, 4, tzinfo=UTC)) == "1776-07-04 00:00:00"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(float("nan"), None), (float("inf"), None), (2**60, str(2**60)), (7, 7), (True, "Yes"), ("", None), (None, None)],
)
def test_values_that_excel_would_refuse_or_round(value, shown):
    assert excel_value(value) == shown


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("=1+1", "'=1+1"),
        ("-2", "'-2"),
        (-2, "-2"),
        (-0.5, "-0.5"),
        ("plain", "plain"),
        (("a", "b"), "a; b"),
        (("=a",), "'=a"),
        (None, ""),
        (float("nan"), ""),
        (False, "false"),
        ("x\x00", "x␀"),
    ],
)
def test_csv_fields(value, field):
    assert csv_value(value) == field
