"""The workbook: its figures are those of the comparison, and it is a workbook that people can work in."""

import re
import shutil
from dataclasses import replace
from zipfile import ZipFile

import pytest
from make_analysis import LETTERS, SKIPPED, make_analysis
from openpyxl import load_workbook

from rfc_analyzer import load
from rfc_analyzer.comparison import (
    CampaignFilter,
    Filters,
    Unit,
    comments_to_answer,
    compare,
    positions_by_type,
    positions_overall,
    questions_by_type,
    quotes,
    themes_by_type,
)
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports import export
from rfc_analyzer.exports.wording import EVERYONE, STANCES, TYPES
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.tables import (
    CAMPAIGN_MEMBERS,
    CAMPAIGNS,
    EVIDENCE,
    PASSAGES,
    POSITIONS,
    QUESTIONS,
    SUBMISSIONS,
    THEMES,
)

TABLES = (
    "Positions by type",
    "Positions matrix",
    "Submissions",
    "Themes",
    "Themes by type",
    "Questions by type",
    "Comparison",
    "Length and date",
    "Both sides in quotes",
    "Distinctive words",
    "Quotes",
    "Campaigns",
    "Campaign members",
    "Comment-response matrix",
    "Representation audit",
    "Methods",
    "Skipped files",
)
# the letters are too short for words that tell groups apart
WITHOUT_ROWS = {"Distinctive words"}
HIDDEN = ["Choices", "As exported", "Themes as exported", "Members as exported", "Comments as exported"]


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("excel") / "analysis")


@pytest.fixture(scope="module")
def path(analysis, tmp_path_factory):
    target = tmp_path_factory.mktemp("workbook") / "summary.xlsx"
    # by submissions one respondent type has five and is not hidden
    assert export(analysis, xlsx=target, unit=Unit.SUBMISSIONS) == [target]
    return target


@pytest.fixture(scope="module")
def book(path):
    return load_workbook(path)


def rows_of(book, name):
    """The rows of a sheet's table as dictionaries."""
    sheet = book[name]
    (table,) = sheet.tables.values()
    head, *rows = sheet[table.ref]
    return [dict(zip((c.value for c in head), (c.value for c in row), strict=True)) for row in rows]


def copied(analysis, folder):
    """A copy of the analysis that a test may change."""
    return shutil.copytree(analysis.folder, folder)


def text_of(sheet):
    return " ".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None)


def test_it_opens_on_the_summary_and_holds_every_sheet(book):
    assert book.sheetnames == ["Summary", "Position charts", *TABLES, *HIDDEN]
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == HIDDEN
    assert book.active.title == "Summary"


@pytest.mark.parametrize("name", TABLES)
def test_each_sheet_has_a_frozen_header_over_a_table_with_filters_and_prints_well(book, name):
    sheet = book[name]
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.merged_cells.ranges
    if name in WITHOUT_ROWS:
        assert not sheet.tables
        return
    (table,) = sheet.tables.values()
    header = int(re.search(r"\d+", table.ref)[0])
    assert sheet.freeze_panes.endswith(str(header + 1)) and sheet.freeze_panes[0] != "A"
    assert sheet.print_title_rows == f"${header}:${header}"
    assert table.autoFilter.ref == table.ref
    heads = [c.value for c in sheet[table.ref][0]]
    assert heads == [column.name for column in table.tableColumns]
    assert len({head.lower() for head in heads}) == len(heads)
    assert all(sheet.column_dimensions[c.column_letter].width > 5 for c in sheet[table.ref][0])


def test_sheets_with_nothing_to_show_say_so(book):
    assert "No group has words of its own" in text_of(book["Distinctive words"])


def test_no_cell_is_a_formula(book):
    for sheet in book:
        assert not [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"], sheet.title


def test_positions_are_the_comparisons(analysis, book):
    found = {(r["Proposition"], r["Type"], r["Stance"]): r for r in rows_of(book, "Positions by type")}
    asked = (analysis, Filters(), Unit.SUBMISSIONS)
    shown = 0
    for row in (*positions_overall(*asked), *positions_by_type(*asked)):
        who = TYPES[row.respondent_type] if row.respondent_type else EVERYONE
        for stance in Stance:
            cells, share = found[row.proposition_id, who, STANCES[stance]], row.share(stance)
            assert (cells["Count"], cells["Of"], cells["Take it up"]) == (share.n, share.of, row.addressed.n)
            if share.hidden:
                assert cells["Share of all"] is None and cells["Low"] is None and cells["High"] is None
            else:
                shown += 1
                interval = share.interval()
                assert cells["Share of all"] == pytest.approx(share.value)
                assert (cells["Low"], cells["High"]) == pytest.approx((interval.low, interval.high))
            among = row.among_those_who_take_it_up(stance)
            assert cells["Share of those"] == (None if among.hidden else pytest.approx(among.value))
    assert len(found) == 3 * 9 * 4 and shown


@pytest.mark.parametrize(
    ("name", "figures", "key"),
    [
        ("Themes by type", themes_by_type, ("Theme", "theme_id")),
        ("Questions by type", questions_by_type, ("Question", "number")),
    ],
)
def test_themes_and_questions_are_the_comparisons(analysis, book, name, figures, key):
    found = {r[key[0]]: r for r in rows_of(book, name)}
    rows = figures(analysis, Filters(), Unit.SUBMISSIONS)
    assert rows
    for row in rows:
        who, cells = TYPES[row.respondent_type], found[getattr(row, key[1])]
        assert cells[f"{who} (of {row.share.of})"] == row.share.n
        assert cells[f"{who}: share"] == (None if row.share.hidden else pytest.approx(row.share.value))
    assert book[name].conditional_formatting


def test_the_comparison_leaves_out_no_group_where_too_few_are_large(analysis, book):
    found = rows_of(book, "Comparison")
    groups = compare(analysis, unit=Unit.SUBMISSIONS).groups
    assert {r["Group"] for r in found} == {TYPES[RespondentType(g.name)] for g in groups}
    assert all(r["Share"] is None for r in found if r["Of"] < 5)


def test_the_comparison_tests_the_groups_that_can_be_tested(analysis, tmp_path):
    folder = copied(analysis, tmp_path / "regrouped")
    kinds = [RespondentType.INDIVIDUAL] * 7 + [RespondentType.ASSOCIATION] * 6 + [RespondentType.GOVERNMENT]
    rows = zip(analysis.rows(SUBMISSIONS), kinds, strict=True)
    SUBMISSIONS.write(folder, [replace(row, respondent_type=kind) for row, kind in rows])
    regrouped = load(folder)
    export(regrouped, xlsx=tmp_path / "x.xlsx", unit=Unit.SUBMISSIONS)
    book = load_workbook(tmp_path / "x.xlsx")
    found = rows_of(book, "Comparison")
    expected = compare(regrouped, groups=["individual", "association"], unit=Unit.SUBMISSIONS).rows
    assert len(found) == 2 * len(expected)
    assert any(row.significance for row in expected)
    for row, first in zip(expected, found[::2], strict=True):
        assert first["Id"] == row.id
        if row.significance is None:
            assert first["Test"] == "not tested" and first["Adjusted p"] is None
        else:
            assert first["Adjusted p"] == pytest.approx(row.significance.p_adjusted)
            assert first["Effect (Cramér's V)"] == pytest.approx(row.significance.cramers_v)
            assert first["Groups differ"] == ("Yes" if row.significance.p_adjusted < 0.05 else "No")
    assert "can't be tested: government (1)." in text_of(book["Comparison"])


def test_summary_gives_three_denominators_and_how_they_come_together(book):
    text = text_of(book["Summary"])
    assert "14 − 4 + 1 = 11" in text and "14 + 2 = 16" in text
    assert f"broken.pdf: {SKIPPED}" in text
    assert "Respondents chose themselves" in text
    links = {c.hyperlink.location for row in book["Summary"].iter_rows() for c in row if c.hyperlink}
    assert links == {f"'{name}'!A1" for name in ("Position charts", *TABLES)}


def test_the_register_tells_who_and_why(book):
    found = {r["Submission"]: r for r in rows_of(book, "Submissions")}
    assert len(found) == len(LETTERS)
    letter = found["FPC-2026-0003-0001"]
    assert (letter["Organisation"], letter["Type"]) == ("Larchfield Foods plc", "Private sector")
    assert letter["Why this type"] == "the form names an organisation"
    assert (letter["Opposes"], letter["Supports"]) == ("P1, P2, P3", None)
    assert letter["Themes"] == "Notice to customers; Cost to small shops; Trust at the till"
    anonymous = found["FPC-2026-0003-0008"]
    assert (anonymous["Makes an argument"], anonymous["Why"]) == ("No", "no argument about the docket")
    member = found["FPC-2026-0003-0012"]
    assert (member["Campaign"], member["Own or form letter"]) == ("C1", "Form letter, nearly the same words")
    # a copy raises what its template raises
    assert "Notice to customers" in member["Themes"]


def test_the_matrix_has_every_submission_on_every_proposition(book):
    found = {r["Submission"]: r for r in rows_of(book, "Positions matrix")}
    assert [found["FPC-2026-0003-0002"][p] for p in ("P1", "P2", "P3")] == ["Oppose", "Support", "Not addressed"]
    assert len(found) == len(LETTERS)


def test_quotes_are_verbatim_with_file_and_page(analysis, book):
    found = rows_of(book, "Quotes")
    expected = quotes(analysis)
    assert [r["Quote"] for r in found] == [q.quote for q in expected]
    assert [(r["File"], r["Page"]) for r in found] == [(q.file_name, q.page) for q in expected]
    assert ("comment letter.pdf", 2) in {(r["File"], r["Page"]) for r in found}


def test_campaigns_and_what_signers_added(book):
    (campaign,) = rows_of(book, "Campaigns")
    assert (campaign["Letters"], campaign["Signatories"], campaign["Possible letters"]) == (4, 4, 1)
    members = {r["Submission"]: r for r in rows_of(book, "Campaign members")}
    assert len(members) == 5
    assert members["FPC-2026-0003-0012"]["Added to the template"].startswith("I run a food bank")


def test_every_comment_can_be_answered(analysis, book):
    found = rows_of(book, "Comment-response matrix")
    expected = comments_to_answer(analysis)
    assert [r["Excerpt"] for r in found] == [c.excerpt for c in expected]
    assert len({r["Comment"] for r in found}) == len(found)
    assert all(r["Agency response"] is None and r["Disposition"] is None for r in found)
    sheet = book["Comment-response matrix"]
    theme, choice = sheet.data_validations.dataValidation
    assert [c.value for (c,) in book["Choices"][theme.formula1.split("!")[1]]] == [
        *(t.label for t in analysis.rows(THEMES)), "No theme"
    ]  # fmt: skip
    assert choice.formula1 == '"Accepted,Accepted in part,Not accepted,Noted,Out of scope"'
    (table,) = sheet.tables.values()
    assert str(choice.sqref).split(":")[1] == table.ref.split(":")[1]


def test_methods_and_skipped_files(analysis, book):
    found = {(r["Part"], r["Item"]): r["Value"] for r in rows_of(book, "Methods")}
    assert found["Model (SHA-256)", "all-MiniLM-L6-v2"] == "0" * 64
    assert found["Analysis", "Seed"] == "0"
    assert found["Input (SHA-256)", "submissions.csv"] == "1" * 64
    (skipped,) = rows_of(book, "Skipped files")
    assert (skipped["File"], skipped["Status"], skipped["Why, and what to do"]) == ("broken.pdf", "Not read", SKIPPED)


def test_charts_are_native_and_described(path, book):
    assert len(book["Position charts"]._charts) == 1 + 3
    with ZipFile(path) as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        charts = [archive.read(f"xl/charts/chart{n}.xml").decode() for n in range(1, 5)]
    described = re.findall(r'descr="([^"]*)"', drawing)
    assert len(described) == 4 and len(set(re.findall(r'<cNvPr id="(\d+)"', drawing))) == 4
    assert "Everyone (14): 8 support, 2 oppose, 1 mixed, of 14." in described[1]
    assert all('<grouping val="stacked"' in chart for chart in charts)


def test_a_chart_draws_no_share_that_is_hidden(book):
    sheet = book["Position charts"]
    bars = {}
    for row in sheet.iter_rows(min_col=22, values_only=True):
        if row[0] and "(" in str(row[0]) and ":" not in str(row[0]):
            bars.setdefault(row[0], row[1:5])
    # of everyone on P1 8 support, 2 oppose, 1 is mixed: half of it on each side
    assert bars["Everyone (14)"] == pytest.approx((-1 / 28, -2 / 14, 1 / 28, 8 / 14))
    assert bars["Private sector (2, too few)"] == (None, None, None, None)


def test_filters_are_honoured_and_printed(analysis, tmp_path):
    filters = Filters(respondent_types=(RespondentType.INDIVIDUAL,), campaign=CampaignFilter.WITHOUT)
    export(analysis, xlsx=tmp_path / "x.xlsx", filters=filters)
    book = load_workbook(tmp_path / "x.xlsx")
    kept = set(filters.apply(analysis))
    assert {r["Submission"] for r in rows_of(book, "Submissions")} == kept
    assert {r["Submission"] for r in rows_of(book, "Quotes")} <= kept
    assert {r["Comment"].partition("|")[0] for r in rows_of(book, "Comment-response matrix")} <= kept
    for name in ("Summary", "Submissions", "Positions by type", "Quotes", "Position charts"):
        assert "Respondent type: individual. Form letters: left out." in text_of(book[name]).replace("  ", " "), name
    # of one group there is nothing to compare, and the sheet says so
    assert "only the group individual is there" in text_of(book["Comparison"])


def test_filters_that_nothing_meets_give_a_workbook_that_says_so(analysis, tmp_path):
    export(analysis, xlsx=tmp_path / "x.xlsx", filters=Filters(text="zyzzyva"))
    book = load_workbook(tmp_path / "x.xlsx")
    assert "No submission meets the filters." in text_of(book["Submissions"])
    assert not book["Submissions"].tables


def test_an_analysis_without_anything_found_gives_a_workbook(analysis, tmp_path):
    folder = tmp_path / "bare"
    folder.mkdir()
    for table in (SUBMISSIONS, THEMES, QUESTIONS, POSITIONS, EVIDENCE, CAMPAIGNS, CAMPAIGN_MEMBERS, PASSAGES):
        rows = analysis.rows(table) if table is SUBMISSIONS else []
        table.write(folder, [replace(r, campaign_id=None) for r in rows] if rows else [])
    (folder / "manifest.json").write_bytes((analysis.folder / "manifest.json").read_bytes())
    export(load(folder), xlsx=tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    for name in ("Positions by type", "Themes", "Questions by type", "Quotes", "Campaigns", "Comment-response matrix"):
        assert not book[name].tables
        assert re.search(r"\b([Nn]o|nothing)\b", text_of(book[name])), name


def test_the_same_analysis_gives_the_same_bytes(analysis, path, tmp_path):
    again = tmp_path / "again.xlsx"
    export(load(analysis.folder), xlsx=again, unit=Unit.SUBMISSIONS)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("text", ["=1+1", "@x", "a\x00b", "_x0041_", "&L&A", "\ud800", "x" * 40_000])
def test_hostile_names_and_titles_do_no_harm(analysis, tmp_path, text):
    folder = copied(analysis, tmp_path / "hostile")
    SUBMISSIONS.write(folder, [replace(r, respondent_name=text, organization=text) for r in analysis.rows(SUBMISSIONS)])
    hostile = load(folder)
    docket = replace(hostile.manifest.docket, title=text)
    hostile = replace(hostile, manifest=replace(hostile.manifest, docket=docket))
    export(hostile, xlsx=tmp_path / "x.xlsx", docx=tmp_path / "x.docx", csv=tmp_path / "csv")
    book = load_workbook(tmp_path / "x.xlsx")
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert len(rows_of(book, "Submissions")) == len(LETTERS)


@pytest.mark.parametrize("extension", ["xlsx", "docx"])
def test_targets_that_cannot_be_written_are_refused_before_the_work(analysis, tmp_path, extension):
    with pytest.raises(BadInput, match="there is no folder"):
        export(analysis, **{extension: tmp_path / "missing" / f"x.{extension}"})
    with pytest.raises(BadInput, match="is a folder"):
        export(analysis, **{extension: tmp_path})
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="is a file"):
        export(analysis, **{extension: tmp_path / f"x.{extension}"}, csv=tmp_path / "file")
    assert not (tmp_path / f"x.{extension}").exists()


def test_a_failed_export_leaves_the_old_file(analysis, tmp_path, monkeypatch):
    target = tmp_path / "x.xlsx"
    target.write_bytes(b"old")

    def fails(self):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("openpyxl.writer.excel.ExcelWriter.save", fails)
    with pytest.raises(BadInput, match="No space left"):
        export(analysis, xlsx=target)
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.xlsx"]
