"""What is said of themes: whose they are, whether they were asked about, and why passages have none."""

from dataclasses import replace
from shutil import copytree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_analysis import make_analysis
from test_themes import FAST, docket, passage

from rfc_analyzer.comparison import Filters, theme_marks, theme_weights, unthemed
from rfc_analyzer.comparison.themeplaces import theme_map
from rfc_analyzer.model import PassageKind
from rfc_analyzer.model_themes import KnownTheme, NoTheme
from rfc_analyzer.store import load
from rfc_analyzer.tables import PASSAGES, SUBMISSIONS
from rfc_analyzer.themes import find_themes
from rfc_analyzer.themes.layout import lay_out


@pytest.fixture
def folder(tmp_path):
    return copytree(make_analysis(tmp_path / "made").folder, tmp_path / "analysis")


def rewrite(folder, change):
    PASSAGES.write(folder, [change(p) for p in PASSAGES.read(folder)])
    return load(folder)


def test_a_theme_of_one_organisation_is_marked(folder):
    before = theme_marks(load(folder))
    assert not any(mark.dominated_by for mark in before.values())
    big = next(s for s in SUBMISSIONS.read(folder) if s.organization)
    mine = [p for p in PASSAGES.read(folder) if p.submission_id == big.submission_id]
    many = [replace(mine[0], passage_id=f"many-{i}", theme_id="T01", counted=True) for i in range(60)]
    PASSAGES.write(folder, [*PASSAGES.read(folder), *many])
    marks = theme_marks(load(folder))
    assert marks["T01"].dominated_by == big.organization
    assert marks["T01"].by_one >= 60
    assert marks["T02"] == before["T02"]


def test_a_theme_that_answers_no_question_is_one_that_was_not_asked_about(folder):
    answered = rewrite(folder, lambda p: replace(p, question_ids=() if p.theme_id == "T02" else ("Q1",)))
    marks = theme_marks(answered)
    assert {i for i, mark in marks.items() if mark.not_asked} == {"T02"}
    assert marks["T02"].answering == 0 and marks["T01"].answering == marks["T01"].passages
    nowhere = rewrite(folder, lambda p: replace(p, question_ids=()))
    assert not any(mark.not_asked for mark in theme_marks(nowhere).values()), "where nobody answers, all would be"


def test_passages_without_a_theme_are_counted_by_reason(folder):
    analysis = rewrite(
        folder,
        lambda p: replace(p, theme_id=None, no_theme=NoTheme.REMARK) if p.theme_id == "T03" and p.counted else p,
    )
    counted = analysis.passages[analysis.passages[PASSAGES.c.counted]]
    rows = {row.why: row for row in unthemed(analysis)}
    assert rows[NoTheme.REMARK].passages > 0
    assert sum(row.passages for row in rows.values()) == counted[PASSAGES.c.theme_id].isna().sum()
    assert all(row.of == len(counted) for row in rows.values())


def test_the_map_shows_the_passages_that_meet_the_filters(folder):
    assert theme_map(load(folder)) == ([], 0), "an analysis without places has no map"
    analysis = rewrite(folder, lambda p: replace(p, map_x=0.5, map_y=-0.5) if p.theme_id else p)
    rows, total = theme_map(analysis)
    themed = analysis.passages[analysis.passages[PASSAGES.c.theme_id].notna()]
    assert len(rows) == total == len(themed)
    assert {(r.x, r.y) for r in rows} == {(0.5, -0.5)}
    some = Filters(theme_ids=("T02",)).apply(analysis)
    assert {r.submission_id for r in theme_map(analysis, Filters(theme_ids=("T02",)))[0]} <= set(some)


@pytest.mark.parametrize(
    "text, why",
    [
        ("See attached.", NoTheme.FRAGMENT),
        ("Jane Roe, Director, Harbour Club, Professor Emeritus, Port Ansel University", NoTheme.FRAGMENT),
        ("Thank you for the opportunity to submit this comment.", NoTheme.REMARK),
    ],
)
def test_a_passage_without_a_theme_says_why(text, why):
    passages, vectors = docket()
    odd = passage("odd", "S90", text)
    result = find_themes([*passages, odd], np.vstack([vectors, vectors[:1]]), FAST, 0)
    assert result.without == {"odd": why}


def test_a_passage_unlike_any_theme_says_so():
    passages, vectors = docket(each=40)
    centres = {p.passage_id.split("-")[0]: vectors[row] for row, p in enumerate(passages)}
    away = -np.mean(list(centres.values()), axis=0, keepdims=True)
    odd = passage("odd", "S90", "The committee of gardeners keeps tulips in a shed.")
    result = find_themes(
        [*passages, odd], np.vstack([vectors, away / np.linalg.norm(away)]).astype(np.float32), FAST, 0
    )
    assert result.without == {"odd": NoTheme.UNLIKE_ANY}
    assert set(result.places) == set(result.assignments) == {p.passage_id for p in passages}


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 6), st.integers(0, 9))
def test_the_map_holds_every_passage_and_keeps_themes_apart(themes, seed):
    chance = np.random.default_rng(seed)
    labels = np.repeat(np.arange(themes), 12)
    vectors = np.eye(8)[labels] + chance.normal(scale=0.1, size=(len(labels), 8))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    places = lay_out(vectors, labels)
    assert places.shape == (len(labels), 2) and np.isfinite(places).all()
    assert np.array_equal(places, lay_out(vectors, labels))
    if themes > 1:
        centres = np.array([places[labels == label].mean(axis=0) for label in range(themes)])
        nearest = np.argmin(np.linalg.norm(places[:, None] - centres[None], axis=2), axis=1)
        assert np.mean(nearest == labels) > 0.8


def test_a_submission_has_several_themes_with_weights(folder):
    analysis = load(folder)
    found = theme_weights(analysis)
    by_submission = {one.submission_id: [] for one in found}
    for one in found:
        by_submission[one.submission_id].append(one)
    assert any(len(themes) > 1 for themes in by_submission.values())
    for submission_id, themes in by_submission.items():
        own = [p for p in PASSAGES.read(folder) if p.submission_id == submission_id and p.counted and p.theme_id]
        assert sum(one.passages for one in themes) == len(own)
        assert sum(one.weight for one in themes) == pytest.approx(1, abs=1e-3)
        assert [one.weight for one in themes] == sorted((one.weight for one in themes), reverse=True)
    only = next(iter(by_submission))
    assert {one.submission_id for one in theme_weights(analysis, Filters(submission_ids=(only,)))} == {only}


def test_a_headline_that_is_all_of_a_submission_is_no_list_of_names():
    passages, vectors = docket()
    alone = passage("alone", "S90", "Cheaper Night Ferries For Harbour Towns")
    beside = [
        passage("head", "S91", "Cheaper Night Ferries For Harbour Towns"),
        passage("body", "S91", passages[0].text),
    ]
    result = find_themes([*passages, alone, *beside], np.vstack([vectors, vectors[:1], vectors[:2]]), FAST, 0)
    assert result.without == {"head": NoTheme.FRAGMENT}


def test_lines_of_a_form_make_no_themes():
    passages, vectors = docket()
    rows = [
        replace(passage(f"row{n}", f"S{n:02}", f"Postal Code; {80_000 + n}"), kind=PassageKind.TABLE) for n in range(3)
    ] + [
        replace(passage(f"ask{n}", f"S{n:02}", "What limits the growth of your organization?"), kind=PassageKind.LIST)
        for n in range(3)
    ]
    entry = replace(
        passage("entry", "S03", "Postal Code; we have had none since the floods of last spring"), kind=PassageKind.TABLE
    )
    said = [passage(f"said{n}", f"S{n:02}", "The pipes of copper last longer.") for n in range(3)]
    more = [*rows, entry, *said]
    result = find_themes([*passages, *more], np.vstack([vectors, vectors[: len(more)]]), FAST, 0)
    assert result.without == {row.passage_id: NoTheme.REPEATED for row in rows}


def test_a_passage_that_has_a_theme_keeps_it_when_others_repeat_it():
    passages, vectors = docket()
    first = replace(passage("one", "S00", "What limits the growth of your organization?"), kind=PassageKind.LIST)
    known = (KnownTheme("T01", "Growth", None, 1.0, ("one", *(p.passage_id for p in passages))),)
    again = [replace(first, passage_id=f"again{n}", submission_id=f"S{n + 1:02}") for n in range(2)]
    more = [first, *again]
    result = find_themes([*passages, *more], np.vstack([vectors, vectors[:3]]), FAST, 0, known=known)
    assert result.assignments["one"][0] == "T01"
    assert result.without == {p.passage_id: NoTheme.REPEATED for p in again}
