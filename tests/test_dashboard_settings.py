"""The settings page, and what the settings change."""

import json

import pytest
from make_analysis import make_analysis
from opening import opened

from dashboards.preferences import Preferences, preferences, save, shown
from rfc_analyzer.cache import PLACE, Kept, user_cache
from rfc_analyzer.comparison import Unit
from rfc_analyzer.model import RespondentType
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE

LETTER = "Write to me at ann@example.org, I am at home."


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv(PLACE, str(tmp_path / "cache"))
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    make_analysis(tmp_path / "home" / "shelf")
    return tmp_path / "home"


def test_what_is_saved_holds_for_everyone_who_comes_next():
    app = opened("settings")
    next(s for s in app.main.selectbox if s.label == "Count at first").set_value(Unit.SUBMISSIONS)
    app.main.toggle[0].set_value(False)
    next(b for b in app.button if b.label == "Save").click().run()
    assert not app.exception
    assert app.success[0].value == "Saved."
    assert preferences().unit is Unit.SUBMISSIONS
    other = opened()
    assert next(s for s in other.sidebar.selectbox if s.label == "Count").value is Unit.SUBMISSIONS
    assert shown(LETTER, RespondentType.INDIVIDUAL) == LETTER


def test_an_address_counts_what_its_sender_saw():
    save(Preferences(unit=Unit.SUBMISSIONS))
    app = opened(analysis="shelf")
    assert next(s for s in app.sidebar.selectbox if s.label == "Count").value is Unit.DISTINCT_TEXTS


def test_contact_details_are_hidden_at_first():
    assert "ann@" not in shown(LETTER, RespondentType.INDIVIDUAL)


@pytest.mark.parametrize(
    "damaged",
    ["", "[]", '{"unit": "souls"}', '{"workers": 0}', '{"workers": "many"}', '{"ocr": "; rm"}', '{"hide_contacts": 1}'],
)
def test_damaged_settings_are_as_at_first(home, damaged):
    (home / "settings.json").write_text(damaged)
    assert preferences() == Preferences()


def test_new_runs_are_told():
    save(Preferences(ocr="rapidocr", workers=1))
    assert preferences().arguments() == ["--ocr", "rapidocr", "--workers", "1"]


def test_the_cache_is_shown_and_emptied(home):
    user_cache().keep(Kept.PARSING, {b"k": b"v"})
    app = opened("settings")
    assert app.dataframe[0].value["Entries"].tolist()[0] == 1
    next(b for b in app.button if b.label == "Empty the cache").click().run()
    assert not app.exception
    assert app.dataframe[0].value["Entries"].sum() == 0


def test_the_file_says_what_was_chosen(home):
    save(Preferences(unit=Unit.SIGNATORIES))
    assert json.loads((home / "settings.json").read_text())["unit"] == "signatories"
