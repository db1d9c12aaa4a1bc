"""Themes renamed, joined, split and hidden in the dashboard: it counts at once, and everything can be taken back."""

import pytest
from opening import opened

from rfc_analyzer import load
from rfc_analyzer.reviews import reviews_in
from rfc_analyzer.tables import THEMES
from rfc_analyzer.theming import HIDDEN, LABEL, MERGED_INTO, WORDS


@pytest.fixture
def app(folder):
    app = opened("themes")
    app.text_input(key="editing-themes-who").set_value("RB").run()
    return app


def themes(folder):
    return {t.theme_id: t for t in load(folder).rows(THEMES)}


def shown(app):
    """The theme whose edit forms are on the page."""
    return next(b.key for b in app.button if (b.key or "").startswith("theme-hide-")).removeprefix("theme-hide-")


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def said(app):
    return [one.value for one in app.success]


def take_back(app, folder, made=None):
    app.selectbox(key="theme-undo").set_value((made or reviews_in(folder)[-1]).review_id).run()
    press(app, "Take it back")


def test_a_theme_is_renamed_and_has_its_title_back(app, folder):
    theme_id, before = shown(app), themes(folder)
    app.text_input(key=f"theme-title-{theme_id}").set_value("Telling customers in time")
    press(app, "Rename")
    assert themes(folder)[theme_id].label == "Telling customers in time"
    assert said(app) == ["The theme has its new title."]
    assert any("Telling customers in time" in h.value for h in app.header)
    made = reviews_in(folder)[-1]
    assert (made.reviewer, made.column, made.old) == ("RB", LABEL, before[theme_id].label)
    take_back(app, folder)
    assert themes(folder) == before


def test_two_themes_are_joined_and_parted_again(app, folder):
    theme_id, before = shown(app), themes(folder)
    other = next(i for i in before if i != theme_id)
    app.selectbox(key=f"theme-join-{theme_id}").set_value(other)
    press(app, "Join")
    assert set(themes(folder)) == set(before) - {theme_id}
    assert themes(folder)[other].passages == before[theme_id].passages + before[other].passages
    assert reviews_in(folder)[-1].column == MERGED_INTO
    take_back(app, folder)
    assert themes(folder) == before


def test_passages_that_hold_a_word_become_a_theme_of_their_own(app, folder):
    before = themes(folder)
    app.selectbox(key="about-themes").set_value("T03").run()
    assert shown(app) == "T03"
    app.text_input(key="theme-words-T03").set_value("Nobody")
    app.text_input(key="theme-part-title-T03").set_value("Nobody answers")
    press(app, "Split")
    after = themes(folder)
    assert after["T03.1"].label == "Nobody answers"
    assert after["T03"].passages + after["T03.1"].passages == before["T03"].passages
    assert {r.column for r in reviews_in(folder)} == {WORDS, LABEL}
    for made in reversed(reviews_in(folder)):
        take_back(app, folder, made)
    assert {i: t.passages for i, t in themes(folder).items()} == {i: t.passages for i, t in before.items()}


def test_a_hidden_theme_is_shown_nowhere_until_it_is_taken_back(app, folder):
    theme_id, before = shown(app), themes(folder)
    press(app, "Hide this theme")
    assert theme_id not in themes(folder) and reviews_in(folder)[-1].column == HIDDEN
    assert not any((b.key or "") == f"theme-hide-{theme_id}" for b in app.button)
    take_back(app, folder)
    assert themes(folder) == before


def test_nobody_changes_a_theme_without_a_name_or_to_an_empty_title(app, folder):
    theme_id, before = shown(app), themes(folder)
    app.text_input(key="editing-themes-who").set_value("").run()
    press(app, "Hide this theme")
    assert themes(folder) == before and any("Nothing was changed" in e.value for e in app.error)
    app.text_input(key="editing-themes-who").set_value("RB").run()
    app.text_input(key=f"theme-title-{theme_id}").set_value("")
    press(app, "Rename")
    assert themes(folder) == before and not reviews_in(folder)


def test_only_the_tab_that_is_looked_at_is_worked_out(app):
    def charts(app):
        return {b.key.removeprefix("save-PNG-") for b in app.get("download_button") if b.key.startswith("save-PNG-")}

    first = charts(app)
    app.session_state["themes-tab"] = "Where they stand"
    assert charts(app.run()) - first == {"theme-positions"}
    app.session_state["themes-tab"] = "When"
    assert "theme-positions" not in charts(app.run())
    assert not app.exception
