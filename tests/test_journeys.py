"""What analysts come for, in a real browser: from a chart to the words, corrections, groups compared."""

import re

import pytest
from browsing import PATIENCE_MS, Tab, chromium, serve
from make_analysis import make_analysis
from playwright.sync_api import expect

from rfc_analyzer import load
from rfc_analyzer.comparison import Unit, compare, quotes
from rfc_analyzer.model import RespondentType
from rfc_analyzer.tables import REVIEWS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: sh scripts/install_chromium.sh installs it"),
]
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("journeys") / "home"
    make_analysis(folder / "shelf")
    return folder


@pytest.fixture(scope="module")
def server(home):
    started = serve(home)
    yield started
    started.stop()


def test_from_a_bar_to_the_words_in_two_clicks(chrome, server, home):
    tab = Tab.open(chrome, server.url)
    bar = tab.page.locator('[data-testid="stVegaLiteChart"] path[aria-label*="Support"]').first
    proposition = bar.get_attribute("aria-label").split(",")[0]
    bar.click()
    tab.page.wait_for_url(re.compile("/positions"))
    tab.settle()
    tab.says(proposition.split(".")[0][:30])
    first = quotes(load(home / "shelf"), "P1")[0]
    tab.says(first.quote)
    tab.page.get_by_test_id("stPageLink").filter(has_text=first.submission_id[-4:]).first.click()
    tab.page.wait_for_url(re.compile("/submissions"))
    tab.settle()
    assert f"submission={first.submission_id}" in tab.page.url
    marked = tab.page.locator("mark.here")
    expect(marked.first).to_be_visible()
    assert first.quote in " ".join(marked.all_inner_texts())
    assert (tab.errors, tab.elsewhere) == ([], [])


def test_two_groups_are_compared_as_the_analysis_has_them(chrome, server, home):
    found = compare(load(home / "shelf"), "respondent_type", ("individual", "private_sector"), unit=Unit.SUBMISSIONS)
    tab = Tab.open(chrome, f"{server.url}/?unit=submissions")
    tab.go("Compare")
    chosen = tab.page.get_by_role("combobox", name="Groups")
    tab.page.get_by_role("button", name="Clear all").click()
    tab.says("Choose two groups or more")
    tab.settle()
    for group in ("Individual", "Private sector"):
        chosen.fill(group)
        tab.page.get_by_role("option").filter(has_text=group).first.wait_for()
        chosen.press("Enter")
        # what is chosen before the page has taken the last choice in is forgotten
        expect(tab.page.get_by_test_id("stMultiSelect").filter(has_text="Groups")).to_contain_text(f"{group} (")
        tab.settle()
    chosen.press("Escape")
    tab.settle()
    counts = {g.label.capitalize(): g.denominators.submissions for g in found.groups}
    assert counts == {"Individual": 5, "Private sector": 2}
    for group, count in counts.items():
        expect(tab.page.get_by_text(re.compile(rf"{group} \({count}\)")).first).to_be_visible()
    for sentence in found.warnings:
        tab.says(sentence)
    tab.says("Shares of fewer than five are hidden")
    assert (tab.errors, tab.elsewhere) == ([], [])


def test_a_corrected_type_changes_the_counts_everywhere(chrome, server, home):
    def firms(tab):
        tab.go("Overview")
        said = tab.page.get_by_test_id("stVegaLiteChart").nth(1).get_attribute("aria-label")
        return int(re.search(r"Private sector: (\d+)", said)[1])

    tab = Tab.open(chrome, f"{server.url}/?unit=submissions")
    before = firms(tab)
    tab.go("Respondents")
    page = tab.page
    # the first of several choices is to take all
    for label, wanted, down in (("Submissions", "", 2), ("Right type", "Academia", 1)):
        field = page.get_by_role("combobox", name=label)
        field.click()
        field.fill(wanted)
        page.wait_for_timeout(800)
        for _ in range(down):
            field.press("ArrowDown")
        field.press("Enter")
        page.wait_for_timeout(800)
        field.press("Tab")
    page.get_by_role("textbox", name="Who corrects").fill("A. Analyst")
    page.get_by_role("button", name="Save corrections").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    tab.settle()
    (review,) = REVIEWS.read(home / "shelf")
    assert (review.reviewer, review.old, review.new) == ("A. Analyst", RespondentType.PRIVATE_SECTOR, "academia")
    assert firms(tab) == before - 1
    # another person, who comes with an address of yesterday, sees it too
    assert firms(Tab.open(chrome, f"{server.url}/?unit=submissions&analysis=shelf")) == before - 1
    assert (tab.errors, tab.elsewhere) == ([], [])
