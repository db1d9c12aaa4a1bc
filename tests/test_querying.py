"""Rows and words asked of the files by DuckDB: the same as what the loaded tables hold."""

import re
from dataclasses import replace

import pytest
from make_analysis import make_analysis

from rfc_analyzer import load
from rfc_analyzer.comparison import Filters
from rfc_analyzer.comparison.searching import first_span, spans_of_words, texts_holding
from rfc_analyzer.querying import light, rows_where
from rfc_analyzer.reviews import Change, review
from rfc_analyzer.tables import EVIDENCE, FILES, PASSAGES, SUBMISSIONS

FIRST = "FPC-2026-0003-0001"


@pytest.fixture
def analysis(tmp_path):
    return make_analysis(tmp_path / "shelf")


@pytest.mark.parametrize("table", [SUBMISSIONS, FILES, PASSAGES, EVIDENCE], ids=lambda t: t.name)
def test_rows_are_those_of_the_table_in_its_order(analysis, table):
    wanted = {FIRST, "FPC-2026-0003-0004"}
    expected = [row for row in analysis.rows(table) if row.submission_id in wanted]
    assert rows_where(analysis, table, table.c.submission_id, wanted) == expected
    assert rows_where(analysis, table, table.c.submission_id, ()) == []


def test_values_are_values_and_never_a_statement(analysis):
    assert rows_where(analysis, FILES, FILES.c.submission_id, ["x' OR '1'='1", '"; DROP TABLE files; --']) == []


def test_corrections_are_seen(analysis):
    review(analysis.folder, "A.", [Change(SUBMISSIONS.name, FIRST, SUBMISSIONS.c.respondent_type, "academia")])
    (row,) = rows_where(load(analysis.folder), SUBMISSIONS, SUBMISSIONS.c.submission_id, [FIRST])
    assert row.respondent_type == "academia"


def test_a_light_table_has_all_but_the_texts(analysis):
    assert set(analysis.passages.columns) - set(light(analysis, PASSAGES).columns) == {PASSAGES.c.text}
    assert light(analysis, PASSAGES) is light(analysis, PASSAGES)


@pytest.mark.parametrize(
    "wanted",
    [
        "price", "PRICE", "pric", "pric*", "a*", "day ahead", '"day ahead"', '"day  ahead"', "register for", "£5.50",
        "né", "naïve", "NAÏVE", "won't", "C++", "(sic)", "a.b", "50%", "tab", "Ω", "x_y", "*", '"',
    ],
)  # fmt: skip
def test_words_are_found_as_the_reader_marks_them(tmp_path, wanted):
    odd = "A naïve price:\u00a0£5.50 (sic) a.b C++ x_y Ω né\tab 50% won't. Day\u2003ahead\nof it, a day\nahead. Ωmega."
    made = make_analysis(tmp_path / "shelf")
    files = [replace(f, text=f"{odd} {f.text}") if f.submission_id == FIRST else f for f in made.rows(FILES)]
    FILES.write(made.folder, files)
    analysis = load(made.folder)
    held = set(Filters(text=wanted).apply(analysis))
    names = {s.submission_id: f"{s.respondent_name}\n{s.organization}" for s in analysis.rows(SUBMISSIONS)}
    terms = [a or b for a, b in re.findall(r'"([^"]+)"|(\S+)', wanted)]
    for submission_id, name in names.items():
        texts = [name, *(f.text for f in files if f.submission_id == submission_id)]
        expected = bool(terms) and all(any(spans_of_words(f'"{t}"', text) for text in texts) for t in terms)
        assert (submission_id in held) is expected, (wanted, submission_id)
    for submission_id, text in texts_holding(analysis, wanted).items():
        assert first_span(wanted, text), (wanted, submission_id)
