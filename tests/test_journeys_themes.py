"""Themes made better in a real browser, by keyboard: rename, join, split, hide and take back, with axe at each step."""

import pytest
from browsing import PATIENCE_MS, Tab, chromium, serve
from make_analysis import make_analysis
from playwright.sync_api import expect
from test_accessibility import violations

from rfc_analyzer import load
from rfc_analyzer.tables import THEMES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium here: sh scripts/install_chromium.sh installs it"),
]
expect.set_options(timeout=PATIENCE_MS)
STEPS = ["Rename", "Join", "Split", "Hide"]


@pytest.fixture
def home(tmp_path):
    make_analysis(tmp_path / "home" / "shelf")
    return tmp_path / "home"


@pytest.fixture
def tab(chrome, home):
    server = serve(home)
    opened = Tab.open(chrome, f"{server.url}/themes?about=T03", 1280, 720)
    opened.says("Improve the themes")
    yield opened
    server.stop()


def themes(home):
    return {t.theme_id: t for t in load(home / "shelf").rows(THEMES)}


def write(tab, label, text):
    """By keyboard alone: the field is focused, typed into and left."""
    tab.page.get_by_label(label, exact=True).focus()
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type(text)
    tab.page.keyboard.press("Tab")
    tab.settle()


def press(tab, name):
    tab.page.get_by_role("button", name=name, exact=True).focus()
    tab.page.keyboard.press("Enter")
    tab.settle()


def to_step(tab, name):
    """The arrow keys go from one tab to the next."""
    tab.page.get_by_role("tab", name=STEPS[0], exact=True).focus()
    for _ in range(STEPS.index(name)):
        tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("Enter")
    tab.settle()
    expect(tab.page.get_by_role("tab", name=name, exact=True)).to_have_attribute("aria-selected", "true")
    assert violations(tab) == [], name


def choose_first(tab, label):
    tab.open_list(label)
    tab.page.keyboard.press("Enter")
    expect(tab.page.get_by_role("option")).to_have_count(0)
    tab.settle()


def take_back(tab):
    history = tab.page.get_by_test_id("stExpander").filter(has_text="Changes so far").locator("summary")
    if not tab.page.get_by_role("button", name="Take it back").is_visible():
        history.focus()
        tab.page.keyboard.press("Enter")
        tab.settle()
    choose_first(tab, "Take back")
    expect(tab.page.get_by_role("button", name="Take it back")).to_be_enabled()
    press(tab, "Take it back")
    tab.says("It is as it was before.")
    assert violations(tab) == []


def test_a_theme_is_renamed_split_joined_and_hidden_by_keyboard_and_all_is_taken_back(tab, home):
    before = themes(home)
    write(tab, "Who changes", "RB")
    write(tab, "New title", "Answers that never come")
    press(tab, "Rename")
    tab.says("The theme has its new title.")
    tab.says("Answers that never come")
    assert themes(home)["T03"].label == "Answers that never come" and violations(tab) == []
    take_back(tab)
    assert themes(home) == before

    to_step(tab, "Split")
    write(tab, "Words that belong in a theme of their own", "Nobody")
    press(tab, "Split")
    tab.says("a theme of their own now")
    assert "T03.1" in themes(home)
    take_back(tab)
    assert themes(home) == before

    to_step(tab, "Join")
    choose_first(tab, "Make it one with")
    press(tab, "Join")
    tab.says("The two are one theme now.")
    assert len(themes(home)) == len(before) - 1
    take_back(tab)
    assert themes(home) == before

    to_step(tab, "Hide")
    press(tab, "Hide this theme")
    tab.says("The theme is hidden.")
    assert len(themes(home)) == len(before) - 1
    take_back(tab)
    assert themes(home) == before
    assert tab.elsewhere == []
    assert not [error for error in tab.errors if "404" not in error]  # Streamlit's own, below an address with a page
