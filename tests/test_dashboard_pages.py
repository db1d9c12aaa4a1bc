"""Every page there is: opens on a docket, with nothing in it, and follows the filters."""

from pathlib import Path

import pytest
from make_analysis import make_analysis
from opening import opened

from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE
from rfc_analyzer.tables import EVIDENCE, POSITIONS, PROPOSITIONS, QUESTIONS, THEMES

DASHBOARDS = Path(__file__).resolve().parents[1] / "dashboards"
# a page that is added is tested without a line here
DOCKET_PAGES = sorted({p.stem for p in (DASHBOARDS / "screens").glob("*.py")} - {"start", "settings"})
FILTERED = "Filtered: **5** of 14 submissions · **5** of 16 signatories · **3** of 11 distinct texts"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    return make_analysis(tmp_path / "home" / "shelf").folder


def captions(app):
    return [caption.value for caption in app.caption]


@pytest.mark.parametrize("page", DOCKET_PAGES)
def test_a_page_opens_says_its_title_and_counts_what_the_filters_leave(page):
    app = opened(page)
    assert len(app.title) == 1
    assert "14 submissions · 16 signatories · 11 distinct texts" in captions(app)
    assert FILTERED in captions(opened(page, type="individual"))


@pytest.mark.parametrize("page", DOCKET_PAGES)
def test_a_page_opens_where_nothing_was_found(page, folder):
    for table in (PROPOSITIONS, THEMES, QUESTIONS, POSITIONS, EVIDENCE):
        table.write(folder, [])
    app = opened(page)
    assert len(app.title) == 1
    # what is not there is explained, or the page has a list of what is
    assert app.info or app.dataframe or app.button


@pytest.mark.parametrize("page", DOCKET_PAGES)
def test_a_page_explains_that_the_filters_leave_nothing(page):
    app = opened(page, text="nobodywroteanythinglikethis")
    assert any("No submission meets all of these filters" in info.value for info in app.info)
