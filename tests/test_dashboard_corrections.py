"""Correcting a respondent's type in the dashboard changes the counts, says who did it, and can be taken back."""

import pytest
from make_analysis import LETTERS
from opening import opened

from rfc_analyzer import load
from rfc_analyzer.model import RespondentType
from rfc_analyzer.reviews import reviews_in
from rfc_analyzer.tables import SUBMISSIONS

FIRST, SECOND = LETTERS[0].id, LETTERS[1].id


@pytest.fixture
def app(folder):
    app = opened("respondents")
    return app


def types(folder):
    return {s.submission_id: s.respondent_type for s in load(folder).rows(SUBMISSIONS)}


def save(app):
    next(b for b in app.button if b.label == "Save corrections").click().run()
    assert not app.exception


def test_two_at_once_with_who_and_why_and_back_again(app, folder):
    app.multiselect(key="correcting-ids").set_value([FIRST, SECOND])
    app.selectbox(key="correcting-type").set_value(RespondentType.GOVERNMENT)
    app.text_input(key="correcting-reviewer").set_value("RB")
    app.text_input(key="correcting-note").set_value("both are ministries")
    save(app)
    assert {types(folder)[i] for i in (FIRST, SECOND)} == {RespondentType.GOVERNMENT}
    assert [(r.reviewer, r.note) for r in reviews_in(folder)] == [("RB", "both are ministries")] * 2
    assert any("2 of 2 values changed" in t.value for t in app.text)
    app.multiselect(key="correcting-undo").set_value([reviews_in(folder)[0].review_id]).run()
    next(b for b in app.button if b.label == "Take back").click().run()
    assert not app.exception
    assert types(folder)[FIRST] is RespondentType.PRIVATE_SECTOR
    assert types(folder)[SECOND] is RespondentType.GOVERNMENT
    assert len(reviews_in(folder)) == 3


def test_names_are_corrected_and_the_register_says_by_whom(app, folder):
    app.multiselect(key="correcting-ids").set_value([FIRST])
    app.text_input(key="correcting-name").set_value("Ann Lee")
    app.text_input(key="correcting-organization").set_value("Lantern Works")
    app.text_input(key="correcting-reviewer").set_value("RB")
    save(app)
    (who,) = [s for s in load(folder).rows(SUBMISSIONS) if s.submission_id == FIRST]
    assert (who.respondent_name, who.organization) == ("Ann Lee", "Lantern Works")
    table = app.dataframe[0].value.set_index("Submission")
    assert table.loc[FIRST, "Corrected by"] == "RB" and table.loc[SECOND, "Corrected by"] == ""
    assert app.multiselect(key="correcting-ids").value == []


def test_several_are_taken_back_together(app, folder):
    before = types(folder)
    app.multiselect(key="correcting-ids").set_value([FIRST, SECOND])
    app.selectbox(key="correcting-type").set_value(RespondentType.GOVERNMENT)
    app.text_input(key="correcting-reviewer").set_value("RB")
    save(app)
    app.multiselect(key="correcting-undo").set_value([r.review_id for r in reviews_in(folder)]).run()
    next(b for b in app.button if b.label == "Take back").click().run()
    assert not app.exception and types(folder) == before
    assert any("2 earlier values" in t.value for t in app.text)


def test_nothing_is_saved_without_a_name(app, folder):
    app.multiselect(key="correcting-ids").set_value([FIRST])
    app.selectbox(key="correcting-type").set_value(RespondentType.OTHER)
    save(app)
    assert reviews_in(folder) == [] and any("who reviews" in t.value for t in app.text)


def test_an_empty_form_asks_for_something(app, folder):
    save(app)
    assert reviews_in(folder) == [] and any("Choose submissions" in i.value for i in app.info)
