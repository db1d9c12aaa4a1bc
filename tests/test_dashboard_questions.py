"""The notice's questions in the dashboard: what nobody asked is shown, and the list is confirmed by a person."""

from collections import Counter
from pathlib import Path

import pytest
from make_analysis import make_analysis
from streamlit.testing.v1 import AppTest

from dashboards.noticequestions import Asking
from rfc_analyzer.comparison import NOT_ASKED, question_passages, unasked_by_type, unasked_overall
from rfc_analyzer.comparison.holding import unasked_holders
from rfc_analyzer.confirmed import confirmations_in, confirmed_in
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import Question
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE
from rfc_analyzer.tables import PASSAGES, QUESTIONS, SUBMISSIONS

ROUTER = Path(__file__).resolve().parents[1] / "dashboards" / "router.py"


@pytest.fixture
def analysis(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    made = make_analysis(tmp_path / "analysis")
    monkeypatch.setenv(ANALYSIS_VARIABLE, str(made.folder))
    return made


@pytest.fixture
def app(analysis):
    app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    app.switch_page("screens/questions.py").run()
    assert not app.exception
    return app


def said(app):
    kinds = (app.caption, app.text, app.info, app.warning, app.error, app.success)
    return " ".join(element.value for kind in kinds for element in kind)


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def test_a_list_is_confirmed_by_name_and_an_earlier_one_can_be_had_back(app, analysis):
    assert "Nobody has confirmed" in said(app)
    press(app, "Confirm this list")
    assert "say who confirms" in said(app) and confirmed_in(analysis.folder) is None
    app.text_input(key="confirming-who").set_value("RB")
    press(app, "Confirm this list")
    before = confirmed_in(analysis.folder)
    assert before.reviewer == "RB" and list(before.questions) == analysis.rows(QUESTIONS)
    assert "Confirmed by RB" in said(app) and "Nobody has confirmed" not in said(app)

    next(a for a in app.text_area if a.label == "One question a line").set_value("1. Why?\n2. When?").run()
    press(app, "Use this list")
    press(app, "Confirm this list")
    assert [q.text for q in confirmed_in(analysis.folder).questions] == ["Why?", "When?"]
    assert "still sorted by the list before" in said(app)

    app.selectbox(key="confirming-back").set_value("0").run()
    press(app, "Have it back")
    assert confirmed_in(analysis.folder).questions == before.questions and len(confirmations_in(analysis.folder)) == 3
    assert "still sorted by the list before" not in said(app)


def test_what_no_question_asks_can_be_read(app, analysis):
    choice = next(s for s in app.selectbox if s.label == "Question")
    choice.set_value(NOT_ASKED).run()
    assert not app.exception and "Passages that fit no question" in said(app)
    loose = [p for p in analysis.rows(PASSAGES) if p.counted and not p.question_ids]
    assert loose and any(p.text in said(app) for p in loose)


def test_who_writes_mostly_of_what_is_not_asked(analysis):
    spoken = [p for p in analysis.rows(PASSAGES) if p.counted]
    loose = {p.submission_id for p in spoken if not p.question_ids}
    placed = Counter(p.submission_id for p in spoken if p.question_ids)
    mostly = {i for i, n in Counter(p.submission_id for p in spoken if not p.question_ids).items() if n > placed[i]}
    assert mostly == set(unasked_holders(analysis)[SUBMISSIONS.c.submission_id]) & {p.submission_id for p in spoken}
    (everyone,) = unasked_overall(analysis)
    assert everyone.respondent_type is None and 0 < everyone.share.n <= everyone.share.of
    assert sum(row.share.n for row in unasked_by_type(analysis)) == everyone.share.n
    known = {s.submission_id for s in analysis.rows(SUBMISSIONS)}
    assert {row.submission_id for row in question_passages(analysis, NOT_ASKED)} == loose & known


def test_a_list_is_kept_at_the_start_where_it_was_changed_or_somebody_stands_for_it(tmp_path):
    read = (Question("Q1", "1", None, "What?", 2),)
    same, other = [("1", "What?")], [("1", "What?"), ("2", "Why?")]
    Asking(read, same, "").keep(tmp_path)
    assert confirmed_in(tmp_path) is None
    with pytest.raises(BadInput, match="say who"):
        Asking(read, other, "").keep(tmp_path)
    Asking(read, same, "Ada").keep(tmp_path)
    Asking(read, other, "Bo").keep(tmp_path)
    assert [(c.reviewer, len(c.questions)) for c in confirmations_in(tmp_path)] == [("Ada", 1), ("Bo", 2)]
    assert confirmed_in(tmp_path).questions[0] == read[0]
