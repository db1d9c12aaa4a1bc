"""The Word document and the CSV files."""

import csv
import re
import shutil
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from docx import Document
from docx.oxml.ns import qn
from make_analysis import DOCKET, LETTERS, PROPOSITIONS, SKIPPED, make_analysis
from openpyxl import load_workbook

from rfc_analyzer import load
from rfc_analyzer.comparison import Filters, Unit, positions_overall, representation
from rfc_analyzer.exports import export
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.reviews import Change, review
from rfc_analyzer.tables import CONTRACT_TABLES, EVIDENCE, POSITIONS, SUBMISSIONS


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("documents") / "analysis")


@pytest.fixture(scope="module")
def path(analysis, tmp_path_factory):
    target = tmp_path_factory.mktemp("document") / "summary.docx"
    assert export(analysis, docx=target) == [target]
    return target


@pytest.fixture(scope="module")
def document(path):
    return Document(path)


def under(document, heading):
    """The paragraphs from a heading to the next of the same level or above."""
    found, level = [], None
    for paragraph in document.paragraphs:
        name = paragraph.style.name
        depth = int(name[-1]) if name.startswith("Heading") else None
        if level is not None and depth is not None and depth <= level:
            break
        if level is not None:
            found.append(paragraph)
        if depth is not None and paragraph.text.startswith(heading):
            level = depth
    assert level is not None, heading
    return found


def text_under(document, heading):
    return "\n".join(p.text for p in under(document, heading))


def test_its_outline_is_an_agencys_summary(document):
    outline = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert outline == [
        "Introduction",
        "Who commented",
        "Positions on the propositions",
        "Minority views",
        "Themes",
        "Questions of the notice",
        "Form-letter campaigns",
        "Whom this summary leaves out",
        "Appendix A. Commenters",
        "Appendix B. Files not read, or not read whole",
        "Appendix C. Methods",
    ]
    assert document.core_properties.title == f"Summary of comments: {DOCKET.title}"


def test_the_introduction_reconciles_the_denominators_and_names_what_was_not_read(document):
    text = text_under(document, "Introduction")
    assert "14 submissions" in text and "16 signatories" in text and "11 distinct texts" in text
    assert "14 − 4 + 1 = 11" in text
    assert f"broken.pdf: {SKIPPED}" in text


def test_each_proposition_says_who_is_for_and_against_by_which_count(analysis, document):
    for row, proposition in zip(positions_overall(analysis), PROPOSITIONS, strict=True):
        text = text_under(document, f"{proposition.proposition_id}. {proposition.text}")
        assert f"Of 11 distinct texts, {row.addressed.n} (" in text
        assert f"{row.support.n} (" in text and "Of 14 submissions" in text and "Of 16 signatories" in text
        assert f"Comments in support ({row.support.n} distinct text" in text
        assert f"Comments in opposition ({row.oppose.n} distinct text" in text
    text = text_under(document, f"P1. {PROPOSITIONS[0].text}")
    assert "By respondent type: private sector 2 of 2." in text


def test_quotes_are_verbatim_and_cited(document):
    shown = [p.text for p in under(document, "Positions on the propositions") if p.style.name == "Quote"]
    words = [para.text for letter in LETTERS for para in (*letter.paras, *letter.pdf)]
    for text in shown:
        assert any(text.startswith(f"“{w}” — ") for w in words), text
    assert any(
        text.endswith("— Larchfield Foods plc (FPC-2026-0003-0001; comment letter.pdf, page 2)") for text in shown
    )
    assert any("a form letter, sent in 4 submissions" in text for text in shown)


def test_who_says_both_is_quoted_as_mixed(analysis, tmp_path):
    folder = shutil.copytree(analysis.folder, tmp_path / "both")
    both = ("FPC-2026-0003-0002", "P1")
    rows = analysis.rows(POSITIONS)
    POSITIONS.write(
        folder, [replace(r, stance=Stance.MIXED) if (r.submission_id, r.proposition_id) == both else r for r in rows]
    )
    export(load(folder), docx=tmp_path / "x.docx")
    text = text_under(Document(tmp_path / "x.docx"), f"P1. {PROPOSITIONS[0].text}")
    opposed, mixed = re.split("Mixed comments", text.split("Comments in opposition")[1])
    assert "Larchfield Foods plc" in opposed and "Pennywort Grocers" not in opposed
    (quote,) = [line for line in mixed.splitlines() if "Pennywort Grocers" in line]
    assert quote.endswith("these words oppose it")


def test_minority_views_are_kept(document):
    text = text_under(document, "Minority views")
    assert f"Opposition on P1. {PROPOSITIONS[0].text}" in text
    assert "It is the larger side among: private sector (2 against 0)." in text


def test_whom_the_summary_leaves_out_is_told(analysis, document):
    (table,) = [t for t in document.tables if t.rows[0].cells[-1].text == "What is missing"]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    left_out = [r for r in representation(analysis) if r.left_out]
    assert [int(row[2]) for row in rows] == [r.share.n for r in left_out]
    assert all(row[4] for row in rows) and len(rows) == len(left_out) > 0


def test_no_share_of_fewer_than_five_is_a_percentage(document):
    table = document.tables[0]
    for row in table.rows[1:]:
        cells = [c.text for c in row.cells]
        # of 14, 16 and 11: none is hidden, all are percentages
        assert all(c.endswith("%") for c in cells[2::2]), cells


def test_hidden_shares_stand_as_counts(analysis, tmp_path):
    government = Filters(respondent_types=(RespondentType.GOVERNMENT,))
    export(analysis, docx=tmp_path / "x.docx", filters=government)
    document = Document(tmp_path / "x.docx")
    text = "\n".join(p.text for p in document.paragraphs) + "\n".join(
        c.text for t in document.tables for row in t.rows for c in row.cells
    )
    assert "Of 1 distinct text, 1 take this up; of those, 1 support it." in text
    assert not re.search(r"\d%", text)
    assert "Respondent type: government" in text


def test_tables_repeat_their_header_and_have_a_name(document):
    assert len(document.tables) == 7
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    (commenters,) = [t for t in document.tables if t.rows[0].cells[1].text == "Commenter"]
    assert len(commenters.rows) == 1 + len(LETTERS)


def test_the_campaign_is_told_with_what_signers_added(document):
    text = text_under(document, "Campaign C1")
    assert "4 submissions with 4 signatories" in text and "1 more letter may belong to it" in text
    assert "“I run a food bank, and a rise at noon costs us forty meals a week.” — Desmond Rusk" in text


def test_the_same_analysis_gives_the_same_document(analysis, path, tmp_path):
    export(load(analysis.folder), docx=tmp_path / "again.docx")
    assert (tmp_path / "again.docx").read_bytes() == path.read_bytes()


def read(path):
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "without it Excel takes the file for another encoding"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_has_every_table_and_reads_back(analysis, tmp_path):
    written = export(analysis, csv=tmp_path / "csv")
    assert {p.name for p in written} == {p.name for p in (tmp_path / "csv").iterdir()}
    for table in CONTRACT_TABLES:
        rows = read(tmp_path / "csv" / f"{table.name}.csv")
        assert len(rows) == len(analysis.rows(table))
        if rows:
            assert list(rows[0]) == table.schema.names
    names = [r["respondent_name"] for r in read(tmp_path / "csv" / "submissions.csv")]
    assert names == [s.respondent_name for s in analysis.rows(SUBMISSIONS)]


def test_csv_text_cannot_act(analysis, tmp_path):
    export(analysis, csv=tmp_path)
    (cell,) = [r["text"] for r in read(tmp_path / "passages.csv") if "1+1" in r["text"]]
    assert cell.startswith("'=1+1 is how they add up.")


def test_csv_figures_are_the_comparisons_and_hidden_ones_are_blank(analysis, tmp_path):
    export(analysis, csv=tmp_path)
    rows = read(tmp_path / "figures_positions.csv")
    found = {(r["proposition_id"], r["respondent_type"], r["stance"]): r for r in rows}
    for row in positions_overall(analysis):
        for stance in Stance:
            cells, share = found[row.proposition_id, "everyone", stance.value], row.share(stance)
            assert (int(cells["n"]), int(cells["of"]), cells["unit"]) == (share.n, share.of, "distinct_texts")
            assert float(cells["share"]) == share.value
    assert all(r["share"] == r["low"] == r["high"] == "" for r in rows if int(r["of"]) < 5)
    assert {r["unit"]: int(r["count"]) for r in read(tmp_path / "figures_denominators.csv")} == {
        "submissions": 14,
        "signatories": 16,
        "distinct_texts": 11,
    }


def test_csv_honours_filters_and_says_which(analysis, tmp_path):
    filters = Filters(respondent_types=(RespondentType.PRIVATE_SECTOR,))
    export(analysis, csv=tmp_path, filters=filters, unit=Unit.SUBMISSIONS)
    kept = set(filters.apply(analysis))
    for name in ("submissions", "passages", "evidence", "positions"):
        assert {r["submission_id"] for r in read(tmp_path / f"{name}.csv")} == kept
    # a file that could not be read may be anyone's
    assert {r["submission_id"] for r in read(tmp_path / "files.csv")} == kept | {""}
    about = {(r["part"], r["item"]): r["value"] for r in read(tmp_path / "about.csv")}
    assert "Respondent type: private sector" in about["Figures", "Filters"]
    assert about["Figures", "Counted in"] == "submissions"


def test_parquet_has_every_table_with_its_types_and_the_figures_of_the_csv(analysis, tmp_path):
    filters = Filters(respondent_types=(RespondentType.PRIVATE_SECTOR, RespondentType.INDIVIDUAL))
    written = export(analysis, parquet=tmp_path / "parquet", csv=tmp_path / "csv", filters=filters)
    names = {p.stem for p in written if p.suffix == ".parquet"}
    assert names == {p.stem for p in written if p.suffix == ".csv"}
    for table in CONTRACT_TABLES:
        found = pq.read_table(tmp_path / "parquet" / f"{table.name}.parquet")
        assert found.schema.equals(table.schema)
    rows = SUBMISSIONS.rows_from(pq.read_table(tmp_path / "parquet" / "submissions.parquet"))
    kept = set(filters.apply(analysis))
    assert rows == [s for s in analysis.rows(SUBMISSIONS) if s.submission_id in kept]
    for name in names:
        lines = read(tmp_path / "csv" / f"{name}.csv")
        columns = pq.read_table(tmp_path / "parquet" / f"{name}.parquet").to_pydict()
        assert all(len(column) == len(lines) for column in columns.values()), name
        for head in ("n", "of"):
            assert columns.get(head, []) == [int(line[head]) for line in lines if head in line]


def test_the_comments_to_answer_stand_in_the_tables_with_their_answers(tmp_path):
    analysis = make_analysis(tmp_path / "analysis")
    comment = "FPC-2026-0003-0001|P1|oppose"
    review(analysis.folder, "RB", [Change("answers", comment, "response", "We disagree."),
                                   Change("answers", comment, "disposition", "not_accepted")])  # fmt: skip
    export(load(analysis.folder), csv=tmp_path / "csv")
    rows = read(tmp_path / "csv" / "comments.csv")
    assert [(r["comment_id"], r["disposition"]) for r in rows if r["response"]] == [(comment, "not_accepted")]


SECRET = "Write to me at ann.lee@example.org or 503-555-0147."


@pytest.fixture
def private(tmp_path):
    """An analysis in which a private person's quote holds contact details."""
    analysis = make_analysis(tmp_path / "private")
    types = dict(zip(analysis.submissions.submission_id, analysis.submissions.respondent_type, strict=True))
    evidence = analysis.rows(EVIDENCE)
    place = next(i for i, row in enumerate(evidence) if types[row.submission_id] == RespondentType.INDIVIDUAL)
    evidence[place] = replace(evidence[place], quote=f"{evidence[place].quote} {SECRET}")
    EVIDENCE.write(analysis.folder, evidence)
    return load(analysis.folder)


def everything(folder):
    return "\n".join(path.read_text(encoding="utf-8-sig") for path in folder.glob("*.csv"))


def test_contact_details_of_private_persons_are_masked_unless_asked_for(private, tmp_path):
    export(private, csv=tmp_path / "masked", xlsx=tmp_path / "masked.xlsx", docx=tmp_path / "masked.docx")
    assert "ann.lee@" not in everything(tmp_path / "masked") and "[telephone]" in everything(tmp_path / "masked")
    cells = [c.value for sheet in load_workbook(tmp_path / "masked.xlsx") for row in sheet for c in row if c.value]
    assert not any("555-0147" in str(value) for value in cells)
    assert any("[e-mail]" in str(value) for value in cells)
    words = "\n".join(p.text for p in Document(str(tmp_path / "masked.docx")).paragraphs)
    assert "555-0147" not in words
    export(private, csv=tmp_path / "open", contact_details=True)
    assert SECRET in everything(tmp_path / "open")


def test_corrections_reach_every_file(tmp_path):
    folder = make_analysis(tmp_path / "a").folder
    review(folder, "RB", [Change("submissions", LETTERS[0].id, "respondent_type", "government")])
    export(load(folder), csv=tmp_path / "csv")
    with (tmp_path / "csv" / "submissions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["submission_id"]: row for row in csv.DictReader(file)}
    assert rows[LETTERS[0].id]["respondent_type"] == "government"
