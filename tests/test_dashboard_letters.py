"""Submissions and the reader, campaigns, respondents and exports on the screen."""

import re
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from make_analysis import make_analysis
from make_hostile import HOSTILE, make_hostile
from opening import ROUTER, opened, said, with_table
from openpyxl import load_workbook

from dashboards.library import rename
from dashboards.marking import Mark, Remark, as_html, hiding, marked
from dashboards.placing import cut
from dashboards.preferences import Preferences
from rfc_analyzer.comparison import Filters
from rfc_analyzer.comparison.reading import beside_template, read_submission
from rfc_analyzer.comparison.register import register
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import Box, FileStatus, RespondentType, SourceFile, Stance, TextSource
from rfc_analyzer.originals import remember
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE
from rfc_analyzer.tables import BOXES, EVIDENCE, FILES

PAGES = ("submissions", "campaigns", "respondents", "export")
LARCHFIELD, RUSK, ARKWRIGHT = "FPC-2026-0003-0001", "FPC-2026-0003-0012", "FPC-2026-0003-0014"
PDF = ROUTER.parents[1] / "samples" / "submissions" / "FSMA-2026-0007-0016" / "Lumenpost comment.pdf"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    make_analysis(folder / "shelf")
    monkeypatch.setenv(HOME_VARIABLE, str(folder))
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    return folder


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def words(app):
    """What a reader sees of the HTML on the page."""
    from html import unescape

    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", "", html(app), flags=re.DOTALL))


def button(app, label):
    return next(b for b in app.button if b.label == label)


def only(app):
    return app.dataframe[0].value


# every page


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_and_with_nothing_left_says_so(page):
    assert opened(page).title[0].value == page.capitalize()
    app = opened(page, text="xylophone")
    assert any("No submission meets all of these filters" in line for line in said(app))


@pytest.mark.parametrize(
    ("page", "number"),
    [
        ("submissions", lambda app: len(only(app))),
        ("campaigns", lambda app: app.metric[0].value),
        ("respondents", lambda app: len(only(app))),
        ("export", lambda app: next(line for line in said(app) if line.startswith("The files hold"))),
    ],
)
def test_a_filter_changes_a_number(page, number):
    assert number(opened(page)) != number(opened(page, type="individual"))


# the list


def test_the_list_tells_what_each_says():
    table = only(opened("submissions")).set_index("Submission")
    assert len(table) == 14
    row = table.loc[LARCHFIELD]
    assert (row["Respondent"], row["Type"], row["Themes"]) == ("Larchfield Foods plc", "Private sector", 3)
    assert row["Positions"] == "opposes 3"
    assert table.loc[RUSK, "Own or form letter"] == "Form letter, nearly the same words"


def test_words_that_are_sought_are_shown_in_their_place(home):
    table = only(opened("submissions", text="rivals"))
    assert table["Where it stands"].tolist()[0].endswith("hands our pricing to rivals.")
    (row,) = register(make_analysis(home / "shelf"), Filters(text="rivals"))
    assert row.snippet.endswith("hands our pricing to rivals.")
    assert row.count(Stance.OPPOSE) == 3


# the reader


def test_an_address_opens_a_submission_with_what_was_found_in_it():
    app = opened("submissions", submission=LARCHFIELD)
    assert app.title[0].value == "Larchfield Foods plc"
    assert "Private sector, 90% sure: the form names an organisation" in said(app)
    assert "A day's notice would empty our shelves before every rise, so we oppose it." in words(app)
    assert "[−1]" in words(app)
    assert any("the original file is no longer where it was" in line for line in said(app))
    assert "A public register of prices hands our pricing to rivals." in said(app)


def test_each_theme_of_a_submission_tells_how_much_of_it_it_is():
    app = opened("submissions", submission=LARCHFIELD)
    links = [str(link.proto.label).replace("\\", "") for link in app.get("page_link")]
    shares = [int(share) for label in links for share in re.findall(r" passages?, (\d+)%\)$", label)]
    assert len(shares) == 3 and sum(shares) in range(98, 103)


def test_pages_are_turned_and_quotes_lead_to_their_page():
    app = opened("submissions", submission=LARCHFIELD)
    assert "rivals" not in words(app)
    button(app, "Next page").click().run()
    assert "rivals" in words(app)
    assert app.query_params["part"] == "2"
    button(app, "Previous page").click().run()
    shown = [b for b in app.button if b.label.startswith("comment letter") and "page 2" in b.label]
    shown[0].click().run()
    assert "» Here: A public register of prices hands our pricing to rivals." in words(app)


def test_previous_and_next_stay_among_those_that_meet_the_filters():
    app = opened("submissions", type="private_sector", submission=LARCHFIELD)
    assert button(app, "Previous").disabled
    button(app, "Next").click().run()
    assert app.title[0].value == "Pennywort Grocers Ltd"
    assert any(line.startswith("2 of 2 that meet") for line in said(app))
    assert button(app, "Next").disabled
    button(app, "All submissions").click().run()
    assert app.title[0].value == "Submissions"
    assert "submission" not in app.query_params


def test_an_address_with_an_unknown_submission_says_what_to_do(home):
    assert any("There is no such submission" in line for line in said(opened("submissions", submission="gone")))
    with pytest.raises(BadInput, match="no submission gone"):
        read_submission(make_analysis(home / "shelf"), "gone")


@pytest.mark.parametrize("query", [{"at": "x", "part": "99"}, {"file": "gone", "at": "-1"}, {"part": "9" * 400}])
def test_a_strange_place_opens_the_beginning(query):
    app = opened("submissions", submission=LARCHFIELD, **query)
    assert "A day's notice" in words(app)


def test_what_a_signer_added_is_told_by_sign_and_word():
    app = opened("submissions", submission=RUSK)
    assert "+ Added: I run a food bank, and a rise at noon costs us forty meals a week." in words(app)
    assert "As in the form letter" in words(app)


def with_original(folder):
    """The letter's file is now a real PDF of one page that lies in the analysis folder, with one line on it."""
    analysis = make_analysis(folder)
    inputs = folder / "inputs"
    inputs.mkdir()
    data = PDF.read_bytes()
    (inputs / "comment letter.pdf").write_bytes(data)
    remember(folder, [inputs])
    rename(folder, "Prices on paper")
    digest = sha256(data).hexdigest()
    files = [replace(f, sha256=digest) if f.name == "comment letter.pdf" else f for f in analysis.rows(FILES)]
    FILES.write(folder, files)
    (quote, *_) = [e for e in analysis.rows(EVIDENCE) if e.submission_id == LARCHFIELD]
    BOXES.write(folder, [Box(quote.file_id, 1, quote.start, quote.end, 72, 100, 400, 112)])


def test_the_page_stands_beside_its_text(home):
    with_original(home / "paper")
    app = opened("submissions", analysis="paper", submission=LARCHFIELD)
    (image,) = app.get("image")
    assert image.proto.imgs[0].alt == "Page 1 of comment letter.pdf, as it was sent"
    assert any(line.startswith("Lines with a position are boxed") for line in said(app))
    button(app, "Next page").click().run()
    assert not app.get("image")
    assert "The original file has no page 2." in said(app)
    assert "rivals" in words(app)


def test_long_texts_without_pages_are_cut_between_lines():
    text = "\n".join(f"Line {i} of a long comment." for i in range(900))
    file = SourceFile("f", "s", "a", "", "", None, TextSource.TXT, FileStatus.OK, "", text, ())
    parts = cut(file)
    assert "".join(text[p.start : p.end] for p in parts) == text
    assert len(parts) > 2
    assert all(text[p.start : p.end].startswith("Line") for p in parts)
    assert len(cut(SourceFile("f", "s", "a", "", "", None, TextSource.TXT, FileStatus.OK, "", "", ()))) == 1


# marks


def test_every_mark_stands_where_its_words_do():
    text = "First one. Second two.\n\nThird."
    found = marked(
        text,
        [Mark(0, 10, "support", after="[+1]"), Mark(6, 17, "oppose", after="[−2]")],
        [Remark(0, 10, "A theme"), Remark(11, 22, "Another"), Remark(24, 30, "Footnote", quiet=True)],
    ).split("</style>")[1]
    assert '<mark class="oppose"><mark class="support">one&#46;</mark></mark>' in found
    assert found.count("[+1]".replace("[", "&#91;").replace("+", "&#43;").replace("]", "&#93;")) == 1
    assert '<p class="about">A theme&#59; Another</p>' in found
    assert '<p class="quiet">Third&#46;</p>' in found


def test_no_word_of_a_comment_is_markup():
    shown = as_html(HOSTILE)
    assert not set(shown) & set("<>\"'*[]()!`:/$\u202e")
    assert "W" * 300 in shown
    assert as_html("a\x00b\ud800c\u2067d") == "abcd"


def test_a_hostile_letter_is_shown_as_it_is(home):
    make_hostile(home / "hostile")
    app = opened("submissions", analysis="hostile", submission=LARCHFIELD)
    assert "<script>alert(1)</script>" in words(app)
    assert "<script" not in html(app)
    for page, query in (("campaigns", {}), ("respondents", {}), ("submissions", {"submission": RUSK})):
        assert "<img" not in html(opened(page, analysis="hostile", **query))


def test_contact_details_of_private_persons_are_hidden():
    text = "Write to ann@example.org or 555-010-2345."
    marks = [*hiding(text, RespondentType.INDIVIDUAL), Mark(0, 15, "support")]
    shown = marked(text, marks)
    assert "ann" not in shown.split("</style>")[1]
    assert shown.count(as_html("[e-mail]")) == 1
    assert hiding(text, RespondentType.ASSOCIATION) == []


# campaigns


def test_campaigns_show_what_counts_and_what_does_not():
    app = opened("campaigns")
    assert [m.value for m in app.metric] == ["14", "16", "11", "4"]
    assert any("14 − 4 + 1 = 11" in line for line in said(app))
    row = only(app).iloc[0]
    assert (row["Submissions"], row["Share"], row["Possible (not counted)"]) == (4, "29%", 1)
    possible = next(s for s in app.main.selectbox if s.label.startswith("Letter to judge (1 open)")).options
    assert possible[0].startswith("Finn Arkwright")
    letters = next(s for s in app.main.selectbox if s.label.startswith("Letter to compare")).options
    assert len(letters) == 4
    assert not any(ARKWRIGHT in label for label in letters)


def test_a_letter_stands_beside_its_template_with_signs():
    app = opened("campaigns")
    select = next(s for s in app.main.selectbox if s.label.startswith("Letter to compare"))
    select.set_value(RUSK).run()
    assert "[+ added: I run a food bank, and a rise at noon costs us forty meals a week ]" in words(app)


def test_spans_of_changes_are_what_was_stored(home):
    analysis = make_analysis(home / "shelf")
    letters = beside_template(analysis, "C1", RUSK)
    assert [letters.text[s:e] for s, e in letters.added] == [
        "I run a food bank, and a rise at noon costs us forty meals a week"
    ]
    assert letters.removed == ()
    with pytest.raises(BadInput, match="no campaign C9"):
        beside_template(analysis, "C9", RUSK)


def test_without_form_letters_the_page_says_so():
    app = opened("campaigns", campaign="without", type="academia")
    assert any("No form letters were found" in line for line in said(app))


# respondents


def test_the_register_is_searched_by_name_and_reason():
    app = opened("respondents")
    field = next(t for t in app.text_input if t.label == "Name or reason contains")
    field.input("nordhaven").run()
    assert only(app)["Respondent"].tolist() == ["University of Nordhaven"]
    field.input("xylophone").run()
    assert any("No name or reason holds" in line for line in said(app))


def test_counts_by_type_follow_the_unit():
    def table(**query):
        app = with_table(opened("respondents", **query), "respondent-types")
        return only(app).set_index("Respondent type")

    assert table().loc["Individual", "Distinct texts"] == 3
    assert table(unit="submissions").loc["Individual", "Submissions"] == 5


# export


def made(app, label, kind):
    button(app, label).click().run()
    assert not app.exception
    _, content = app.session_state["_exported"][kind]
    assert any(b.key == f"download-{kind}" for b in app.get("download_button"))
    return content


def test_files_hold_what_the_filters_leave():
    app = opened("export", type="private_sector")
    book = load_workbook(BytesIO(made(app, "Make the workbook", "xlsx")))
    ids = {cell.value for row in book["Submissions"].iter_rows() for cell in row}
    assert LARCHFIELD in ids
    assert RUSK not in ids
    with ZipFile(BytesIO(made(app, "Make the zip of tables", "csv"))) as archive:
        assert LARCHFIELD in archive.read("submissions.csv").decode("utf-8-sig")
    with ZipFile(BytesIO(made(app, "Make the document", "docx"))) as archive:
        assert "word/document.xml" in archive.namelist()


def test_a_file_of_another_view_is_not_offered():
    app = opened("export")
    made(app, "Make the zip of tables", "csv")
    types = next(m for m in app.sidebar.multiselect if m.label == "Respondent type")
    types.select("Academia").run()
    assert any("have changed since" in line for line in said(app))


@pytest.mark.parametrize("hidden", [True, False])
def test_files_cover_contact_details_as_the_settings_say(monkeypatch, hidden):
    asked = []

    def record(analysis, **options):
        asked.append(options)
        (path := options["xlsx"]).write_bytes(b"book")
        return [path]

    monkeypatch.setattr("dashboards.filing.export", record)
    monkeypatch.setattr("dashboards.filing.preferences", lambda: Preferences(hide_contacts=hidden))
    made(opened("export"), "Make the workbook", "xlsx")
    assert asked[0]["contact_details"] is not hidden


def test_a_failed_export_says_why(monkeypatch):
    def full(*args, **kwargs):
        raise BadInput("there is no room on the disk; free some")

    monkeypatch.setattr("dashboards.filing.export", full)
    app = opened("export")
    button(app, "Make the workbook").click().run()
    assert "there is no room on the disk; free some" in said(app)
