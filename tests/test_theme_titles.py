"""Titles of themes by a language model, asked over real HTTP at an endpoint of ours that also misbehaves."""

import json
from pathlib import Path

import pytest
from make_analysis import make_analysis
from make_endpoint import endpoint
from streamlit.testing.v1 import AppTest

from rfc_analyzer import load
from rfc_analyzer.cli import main
from rfc_analyzer.reviews import Change, review, reviews_in, undo
from rfc_analyzer.secondreader import title_themes
from rfc_analyzer.secondreader.endpoint import EndpointTitler
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE
from rfc_analyzer.tables import THEMES
from rfc_analyzer.theming import BY_MODEL, LABEL, titled_by

pytest.importorskip("pydantic_ai")
ROUTER = Path(__file__).resolve().parents[1] / "dashboards" / "router.py"


@pytest.fixture
def folder(tmp_path):
    return make_analysis(tmp_path / "analysis").folder


def numbered(theme, number):
    return 200, json.dumps({"title": f"What people raise {number}."})


def labels(folder):
    return {t.theme_id: t.label for t in load(folder).rows(THEMES)}


def ask(folder, answer):
    with endpoint(answer) as told:
        return title_themes(load(folder), EndpointTitler(told.url, "tiny")), told


def test_titles_are_recorded_as_the_models_and_can_be_had_back(folder):
    before = labels(folder)
    titled, told = ask(folder, numbered)
    assert set(titled.given) == set(before) and not titled.failed and not titled.left
    assert labels(folder) == dict(titled.given)
    assert set(labels(folder).values()) == {f"What people raise {n}" for n in range(1, len(before) + 1)}
    assert set(titled_by(reviews_in(folder)).values()) == {"tiny" + BY_MODEL}
    assert all("Keywords: " in sent and "Respondents say:" in sent for sent in told.asked)
    first = reviews_in(folder)[0]
    undo(folder, first.review_id, "AB")
    assert labels(folder)[first.row_id] == before[first.row_id]
    assert first.row_id not in titled_by(reviews_in(folder))


def test_a_title_that_a_person_gave_stays_and_is_not_sent(folder):
    review(folder, "AB", [Change(THEMES.name, "T01", LABEL, "Telling customers in time")])
    titled, told = ask(folder, numbered)
    assert titled.left == ("T01",) and len(told.asked) == len(labels(folder)) - 1
    assert labels(folder)["T01"] == "Telling customers in time"
    again, told = ask(folder, numbered)
    assert not told.asked and set(again.left) == set(labels(folder))


@pytest.mark.parametrize(
    "answer, why",
    [
        ((200, json.dumps({"title": "Robots"})), "no title of 2 to 6 words"),
        ((200, json.dumps({"title": "one two three four five six seven"})), "no title of 2 to 6 words"),
        ((200, json.dumps({"title": "\u202eturned round"})), "no title of 2 to 6 words"),
        ((200, "no JSON at all"), ""),
        ((400, "no such model"), "no such model"),
    ],
)
def test_what_is_no_title_changes_nothing(folder, answer, why):
    before = labels(folder)
    titled, _ = ask(folder, lambda *_: answer)
    assert labels(folder) == before and not titled.given and set(titled.failed) == set(before)
    assert all(why in said for said in titled.failed.values())


def test_two_themes_do_not_get_the_same_title(folder):
    titled, _ = ask(folder, lambda *_: (200, json.dumps({"title": "Public comments"})))
    assert len(titled.given) == 1
    assert set(titled.failed.values()) == {"it gave the title of another theme"}


def test_nothing_is_sent_unless_it_is_asked_for(folder, capsys):
    with endpoint(numbered) as told:
        asked = ["title-themes", str(folder), "--endpoint", told.url, "--model", "tiny"]
        assert main(asked) == 0
        assert "Nothing was sent." in capsys.readouterr().out and not told.asked
        assert main([*asked, "--send", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["given"]) == set(labels(folder))


def test_the_page_says_that_a_title_is_a_models(folder, tmp_path, monkeypatch):
    ask(folder, numbered)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setenv(ANALYSIS_VARIABLE, str(folder))
    app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    app.switch_page("screens/themes.py").run()
    assert not app.exception
    assert any("Title by tiny (language model)" in one.value for one in app.info)
