"""Overview, positions, themes, questions and comparison on the screen: what they show is what was computed."""

from dataclasses import replace

import pytest
from make_analysis import make_analysis
from opening import opened, said, with_table

from dashboards.escaping import as_label, one_line, shortened
from rfc_analyzer import load
from rfc_analyzer.comparison import Filters, compare, denominators, quotes
from rfc_analyzer.model import RespondentType
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE
from rfc_analyzer.tables import EVIDENCE, PROPOSITIONS, QUESTIONS, SUBMISSIONS, THEMES

PAGES = ("overview", "positions", "themes", "questions", "compare")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    folder = make_analysis(tmp_path / "home" / "shelf").folder
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    return folder


def tables(app):
    return [frame.value for frame in app.dataframe]


def all_said(app):
    return "\n".join([*said(app), *(f"{metric.label} {metric.value}" for metric in app.metric)])


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_and_names_what_it_counts(page):
    told = all_said(opened(page))
    assert "14 submissions · 16 signatories · 11 distinct texts" in told
    assert "distinct texts" in told.lower().replace("14 submissions · 16 signatories · 11 distinct texts", "")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_explains_when_nothing_is_left(page):
    app = opened(page, text="nobodywroteanythinglikethis")
    assert "0 submissions" in all_said(app) or "No submission" in all_said(app)


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_without_propositions_themes_and_questions(page, folder):
    for table in (PROPOSITIONS, THEMES, QUESTIONS):
        table.write(folder, [])
    opened(page)


def test_the_overview_counts_what_the_filters_leave(folder):
    cards = {m.label: m.value for m in opened("", type="individual").metric}
    left = denominators(load(folder), Filters(respondent_types=(RespondentType.INDIVIDUAL,)))
    assert (cards["Submissions"], cards["Distinct texts"]) == (f"{left.submissions}", f"{left.distinct_texts}")
    assert cards["Submissions"] != {m.label: m.value for m in opened("").metric}["Submissions"]


def test_positions_show_the_quotes_that_were_found(folder):
    app = opened("positions", type="private_sector")
    found = quotes(load(folder), "P1", respondent_type=RespondentType.PRIVATE_SECTOR)
    assert found and all(quote.quote in all_said(app) for quote in found[:4])
    assert all(quote.submission_id in "\n".join(_links(app)) for quote in found[:4])


def test_contact_details_of_private_persons_are_not_shown(folder):
    evidence = load(folder).rows(EVIDENCE)
    people = {s.submission_id for s in load(folder).rows(SUBMISSIONS) if s.respondent_type is RespondentType.INDIVIDUAL}
    EVIDENCE.write(
        folder,
        [replace(e, quote=f"{e.quote} Call 503-555-0147.") if e.submission_id in people else e for e in evidence],
    )
    told = all_said(opened("positions", type="individual"))
    assert "[telephone]" in told and "555-0147" not in told


def _links(app):
    return [str(button.label) for button in app.button] + [
        str(link.proto.query_string) + str(link.proto.label).replace("\\", "").replace("\u2060", "")
        for link in app.get("page_link")
    ]


def test_a_comparison_gives_both_counts_and_says_who_answered(folder):
    app = opened("compare")
    told = all_said(app)
    assert "chose themselves" in told
    assert tables(app), "the figures stand in a table too"


def test_themes_show_passages_word_for_word(folder):
    analysis = load(folder)
    told = all_said(opened("themes"))
    assert any(text in told for text in analysis.passages.text)


@pytest.mark.parametrize(
    "hostile",
    [
        "![](http://tracker.invalid/x.png)",
        "[click](http://x.invalid)",
        "<b>bold</b>",
        "$x^2$",
        ":smile:",
        "a\u202eb",
        "# h",
    ],
)
def test_labels_never_become_markup(hostile):
    label = as_label(hostile)
    for sign in "![]()<>$:#":
        assert sign not in label.replace(f"\\{sign}", "")
    assert "\u202e" not in label


def test_long_words_are_cut_and_marked():
    assert one_line("a\n b\t c") == "a b c"
    assert shortened("w" * 500, 40).endswith("…") and len(shortened("w" * 500, 40)) <= 40


def test_groups_with_filters_of_their_own_are_compared_with_the_figures_of_the_api(folder):
    app = opened("compare")
    app.segmented_control(key="compare-by").set_value("own").run()
    assert not app.exception
    app.text_input(key="own-groups-0-name").set_value("Firms")
    app.multiselect(key="own-groups-0-types").set_value([RespondentType.PRIVATE_SECTOR, RespondentType.ASSOCIATION])
    app.text_input(key="own-groups-1-name").set_value("![x](http://x.invalid)")
    app.text_input(key="own-groups-1-text").set_value("milk").run()
    assert not app.exception
    groups = {
        "Firms": Filters(respondent_types=(RespondentType.PRIVATE_SECTOR, RespondentType.ASSOCIATION)),
        "Milk": Filters(text="milk"),
    }
    found = compare(load(folder), groups=groups, words=0)
    assert [metric.value for metric in app.metric] == [
        f"{group.denominators.distinct_texts} distinct texts" for group in found.groups
    ]
    assert not any("![x](http://x.invalid)" in str(m.value) for m in app.markdown)
    assert "In their own words" in all_said(app) and "Length and date" in all_said(app)
    (quote, *_) = found.voices[0].quotes
    assert quote.quote in all_said(app)


def test_groups_by_question_are_compared_without_a_test(folder):
    app = opened("compare")
    app.segmented_control(key="compare-by").set_value("question").run()
    assert not app.exception
    assert "Question 1 " in str(app.multiselect(key="compare-groups-Q1-Q2-Q2a").options)
    assert "more than one group" in all_said(app)


def test_a_table_is_made_when_it_is_opened():
    def there(app):
        found = [table for table in tables(app) if "Respondent type" in table]
        return found, [b.key for b in app.get("download_button") if b.key.startswith("download-")]

    app = opened("overview")
    assert there(app) == ([], [])
    (table,), downloads = there(with_table(app, "respondents"))
    assert table["Distinct texts"].sum() == 11
    assert downloads == ["download-respondents"]
