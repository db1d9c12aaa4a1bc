"""The representation audit on a docket worked out by hand: who is named, who is quoted, and who is left out."""

import shutil
from dataclasses import replace

import pytest
from make_analysis import LETTERS, make_analysis
from openpyxl import load_workbook

from rfc_analyzer import export, load
from rfc_analyzer.comparison import LEADING_THEMES, Filters, Represented, Unit, representation
from rfc_analyzer.model import RespondentType, Stance, Theme
from rfc_analyzer.tables import EVIDENCE, PASSAGES, THEMES

R = RespondentType


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("audit") / "analysis")


@pytest.fixture
def folder(analysis, tmp_path):
    return shutil.copytree(analysis.folder, tmp_path / "copy")


def found(analysis, unit=Unit.DISTINCT_TEXTS, filters=None):
    return {(row.id, row.stance): row for row in representation(analysis, filters, unit)}


def test_who_is_quoted_at_all(analysis):
    rows = found(analysis)
    # of 11 distinct texts 3 are of individuals: two letters of their own and the campaign's template
    assert (rows["individual", None].share.n, rows["individual", None].share.of) == (3, 11)
    assert rows["individual", None].quoted == 3 and not rows["individual", None].left_out
    # the anonymous letter that stands alone says nothing that is quoted
    assert (rows["anonymous", None].share.n, rows["anonymous", None].quoted) == (1, 0)
    assert rows["anonymous", None].left_out
    assert [r.id for r in representation(analysis) if r.kind is Represented.RESPONDENT_TYPE and r.left_out] == [
        "anonymous"
    ]
    # by submissions the other anonymous one, who sent the form letter with more, is quoted
    assert found(analysis, Unit.SUBMISSIONS)["anonymous", None].quoted == 1


def test_the_smaller_side_is_marked_and_counted_in_the_unit(analysis):
    rows = found(analysis, Unit.SIGNATORIES)
    assert (rows["P3", Stance.SUPPORT].share.n, rows["P3", Stance.OPPOSE].share.n) == (5, 3)
    assert rows["P3", Stance.OPPOSE].smaller and not rows["P3", Stance.SUPPORT].smaller
    # three submissions on each side: neither is the smaller
    assert not found(analysis, Unit.SUBMISSIONS)["P3", Stance.OPPOSE].smaller
    assert rows["P3", Stance.OPPOSE].quoted == 3 and not rows["P3", Stance.OPPOSE].left_out


def test_a_type_of_whom_nobody_is_quoted_for_its_position_is_told(analysis, folder):
    kept = [e for e in analysis.rows(EVIDENCE) if (e.submission_id, e.proposition_id) != (LETTERS[5].id, "P1")]
    assert len(kept) == len(analysis.rows(EVIDENCE)) - 1
    EVIDENCE.write(folder, kept)
    row = found(load(folder))["P1", Stance.SUPPORT]
    assert (row.share.n, row.quoted, row.silent) == (5, 4, ((R.GOVERNMENT, 1),))
    assert row.left_out


def test_copies_of_a_form_letter_are_quoted_by_its_template(analysis, folder):
    template = LETTERS[9].id
    copies = {letter.id for letter in LETTERS[10:12]}
    EVIDENCE.write(folder, [e for e in analysis.rows(EVIDENCE) if e.submission_id not in copies])
    assert found(load(folder), Unit.SUBMISSIONS)["P1", Stance.SUPPORT].quoted == 8
    EVIDENCE.write(folder, [e for e in analysis.rows(EVIDENCE) if e.submission_id not in copies | {template}])
    assert found(load(folder), Unit.SUBMISSIONS)["P1", Stance.SUPPORT].quoted == 5


def test_a_theme_is_left_out_beyond_the_leading_ones_or_without_a_passage(analysis, folder):
    row = found(analysis)["T02", None]
    # 5 distinct texts raise it, and its two passages are of companies
    assert (row.share.n, row.quoted, row.named, row.left_out) == (5, 2, True, False)
    assert row.silent == ((R.ASSOCIATION, 1), (R.ACADEMIA, 1), (R.GOVERNMENT, 1))
    passages = analysis.rows(PASSAGES)
    more = [f"X{n:02}" for n in range(LEADING_THEMES)]
    many = [
        replace(p, passage_id=f"{p.passage_id}{x}", theme_id=x) for x in more for p in passages if p.theme_id == "T01"
    ]
    PASSAGES.write(folder, passages + many)
    bare = [replace(t, representative_passage_ids=()) if t.theme_id == "T03" else t for t in analysis.rows(THEMES)]
    THEMES.write(folder, [*(Theme(x, x, (), None, 7, 7, 7, 0.5, ()) for x in more), *bare])
    rows = found(load(folder))
    assert not rows["T02", None].named and rows["T02", None].quoted == 2 and rows["T02", None].left_out
    assert rows["T03", None].quoted == 0 and rows["T03", None].left_out
    assert sum(r.named for r in rows.values() if r.kind is Represented.THEME) == LEADING_THEMES


def test_filters_narrow_who_is_looked_at(analysis):
    rows = found(analysis, filters=Filters(respondent_types=(R.PRIVATE_SECTOR,)))
    assert (rows["private_sector", None].share.n, rows["private_sector", None].share.of) == (2, 2)
    assert {stance for (row_id, stance) in rows if row_id == "P1"} == {Stance.OPPOSE}
    assert representation(analysis, Filters(text="zyzzyva")) == []


def test_the_sheet_shows_what_is_left_out_first(analysis, tmp_path):
    export(analysis, xlsx=tmp_path / "x.xlsx")
    sheet = load_workbook(tmp_path / "x.xlsx")["Representation audit"]
    (table,) = sheet.tables.values()
    head, *rows = ([c.value for c in line] for line in sheet[table.ref])
    assert len(rows) == len(representation(analysis))
    first = dict(zip(head, rows[0], strict=True))
    assert (first["What"], first["Name"], first["Count"], first["Of"]) == ("Respondent type", "Anonymous", 1, 11)
    assert (first["Quoted"], first["Left out"], first["What is missing"]) == (0, "Yes", "None is quoted.")
    assert [row[head.index("Left out")] for row in rows[1:]] == ["No"] * (len(rows) - 1)
    theme = next(dict(zip(head, row, strict=True)) for row in rows if row[1] == "T02")
    assert theme["What is missing"].startswith("Of these types nobody is quoted: Association (1), Academia (1)")
