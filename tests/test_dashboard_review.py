"""The Review page: blind labels of two people, what they tell, the queue of unsure stances, and teaching."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from opening import opened

from rfc_analyzer import load
from rfc_analyzer.comparison.unsure import unsure_positions
from rfc_analyzer.labelling import labels_given, last_sample
from rfc_analyzer.model import Stance
from rfc_analyzer.reviews import reviews_in
from rfc_analyzer.secondreader import SECOND_READING, SecondRow
from rfc_analyzer.tables import POSITIONS


@pytest.fixture
def folder(folder):
    sure = POSITIONS.read(folder)
    POSITIONS.write(folder, [replace(sure[0], confidence=0.3), replace(sure[1], confidence=0.4), *sure[2:]])
    return folder


@pytest.fixture
def app(folder):
    app = opened("review")
    return app


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def draw(app, count=12):
    app.number_input(key="review-count").set_value(count)
    press(app, "Draw a sample")


def name(app, who):
    app.text_input(key="review-who").set_value(who).run()
    assert not app.exception


def words(app):
    return " ".join([*(t.value for t in app.text), *(c.value for c in app.caption)])


def show(app, part):
    app.segmented_control(key="review-part").set_value(part).run()
    assert not app.exception


def test_the_programs_answer_is_hidden_until_one_is_given(app, folder):
    draw(app)
    name(app, "RB")
    first = last_sample(folder)[0]
    assert "Saved:" not in words(app)
    app.button(key="answer-blind-2").click().run()
    assert not app.exception
    assert labels_given(reviews_in(folder)) == {first.key: {"RB": Stance.OPPOSE}}
    assert "Saved: Oppose. The program read:" in words(app)
    app.button(key="answer-again-1").click().run()
    assert labels_given(reviews_in(folder)) == {first.key: {"RB": Stance.SUPPORT}}


def test_two_people_label_the_same_sample_and_see_how_far_they_agree(app, folder):
    draw(app, 10)
    for who in ("RB", "KM"):
        name(app, who)
        for _ in range(10):
            app.button(key="answer-blind-1").click().run()
        assert any("whole sample" in s.value for s in app.success)
    assert {len(said) for said in labels_given(reviews_in(folder)).values()} == {2}
    show(app, "How well it was read")
    assert "10 of 10" in words(app)
    assert any("KM and RB" in str(frame.value.to_dict()) for frame in app.dataframe)
    assert app.metric[0].label == "Stances that are right"


def test_a_skipped_position_comes_back_at_the_end(app, folder):
    draw(app, 10)
    name(app, "RB")
    press(app, "Skip for now")
    app.button(key="answer-blind-4").click().run()
    first, second = last_sample(folder)[:2]
    assert set(labels_given(reviews_in(folder))) == {second.key} and first.key != second.key


def test_an_unsure_stance_is_checked_and_leaves_the_queue(app, folder):
    waiting = unsure_positions(load(folder))
    assert [w.position.confidence for w in waiting] == [0.3, 0.4]
    show(app, "Unsure")
    name(app, "RB")
    app.button(key="answer-unsure-1").click().run()
    assert not app.exception
    assert len(unsure_positions(load(folder))) == len(waiting) - 1
    position = waiting[0].position
    row = next(
        p
        for p in load(folder).rows(POSITIONS)
        if (p.submission_id, p.proposition_id) == (position.submission_id, position.proposition_id)
    )
    assert (row.stance, row.reviewed) == (Stance.SUPPORT, True)


def test_what_a_second_reader_says_otherwise_is_shown(app, folder):
    show(app, "Unsure")
    assert "No second reader has been asked." in words(app)
    first = POSITIONS.read(folder)[2]
    other = "oppose" if first.stance is Stance.SUPPORT else "support"
    at = datetime(2026, 5, 1, tzinfo=UTC)
    row = SecondRow(first.submission_id, first.proposition_id, other, "so they say", "", 1, 0, 11, "tiny", at, "a")
    SECOND_READING.write(folder, [row, replace(row, proposition_id="P9", stance="", failed="no answer")])
    app.run()
    assert not app.exception
    assert any("so they say" in str(frame.value.to_dict()) for frame in app.dataframe)
    assert "differs on 1 position. For 1 position it gave no answer that holds." in words(app)


def test_without_a_name_nothing_is_saved(app, folder):
    show(app, "Unsure")
    app.button(key="answer-unsure-1").click().run()
    assert any("not saved" in e.value for e in app.error)
    assert not reviews_in(folder)


def test_a_picked_letter_is_labelled_whole(app, folder):
    show(app, "Teach the reader")
    name(app, "RB")
    press(app, "Save and go on")
    given = labels_given(reviews_in(folder))
    assert len({i for i, _ in given}) == 1 and {p for _, p in given} == {"P1", "P2", "P3"}
    assert all(said == {"RB": None} for said in given.values())
