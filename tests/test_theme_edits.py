"""Themes renamed, joined, parted and hidden by people, and the way back."""

from dataclasses import replace
from shutil import copytree

import pytest
from make_analysis import make_analysis

from rfc_analyzer.comparison import most_raised, themes_overall
from rfc_analyzer.errors import BadInput
from rfc_analyzer.reviews import Change, review, reviews_in, undo
from rfc_analyzer.store import load
from rfc_analyzer.tables import PASSAGES, THEMES
from rfc_analyzer.theming import HIDDEN, LABEL, MERGED_INTO, WORDS, part_id


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("themes") / "analysis").folder


@pytest.fixture
def folder(made, tmp_path):
    return copytree(made, tmp_path / "analysis")


def change(folder, theme_id, column, new):
    return review(folder, "AB", [Change(THEMES.name, theme_id, column, new)])


def themes(folder):
    return {t.theme_id: t for t in load(folder).rows(THEMES)}


def test_a_renamed_theme_keeps_its_id_and_its_passages(folder):
    before = themes(folder)["T01"]
    change(folder, "T01", LABEL, "Telling customers in time")
    after = themes(folder)["T01"]
    assert after.label == "Telling customers in time"
    assert after.passages == load(folder).passages[PASSAGES.c.theme_id].eq("T01").sum()
    assert THEMES.read(folder)[0].label == before.label, "the table itself stays as the program wrote it"


def test_what_is_left_over_comes_last_until_a_person_names_it(folder):
    rows = THEMES.read(folder)
    largest = most_raised(themes_overall(load(folder)))[0].theme_id
    THEMES.write(folder, [replace(t, is_rest=t.theme_id == largest) for t in rows])
    assert most_raised(themes_overall(load(folder)))[-1].theme_id == largest
    change(folder, largest, LABEL, "Telling customers in time")
    assert not themes(folder)[largest].is_rest
    assert most_raised(themes_overall(load(folder)))[0].theme_id == largest


def test_joined_themes_are_counted_once(folder):
    table = load(folder).passages
    both = table[table[PASSAGES.c.theme_id].isin(["T01", "T03"])]
    change(folder, "T03", MERGED_INTO, "T01")
    analysis = load(folder)
    found = {t.theme_id: t for t in analysis.rows(THEMES)}
    assert set(found) == {"T01", "T02"}
    assert found["T01"].passages == len(both)
    assert found["T01"].submissions == both[PASSAGES.c.submission_id].nunique()
    assert {r.theme_id for r in themes_overall(analysis)} == {"T01", "T02"}


def test_a_parted_theme_takes_the_passages_that_hold_its_words(folder):
    table = load(folder).passages
    holds = table[PASSAGES.c.text].str.contains("Nobody", case=False) & table[PASSAGES.c.theme_id].eq("T03")
    assert 0 < holds.sum() < table[PASSAGES.c.theme_id].eq("T03").sum()
    part = part_id("T03", 1)
    review(folder, "AB", [Change(THEMES.name, part, WORDS, "nobody"), Change(THEMES.name, part, LABEL, "Surprises")])
    found = themes(folder)
    assert found[part].label == "Surprises"
    assert found[part].passages == holds.sum()
    of_part = load(folder).passages.set_index(PASSAGES.c.passage_id)[PASSAGES.c.theme_id]
    assert {of_part[i] for i in found[part].representative_passage_ids} == {part}


def test_a_hidden_theme_leaves_its_passages_without_one(folder):
    change(folder, "T02", HIDDEN, "true")
    analysis = load(folder)
    assert "T02" not in {t.theme_id for t in analysis.rows(THEMES)}
    assert not analysis.passages[PASSAGES.c.theme_id].eq("T02").any()


@pytest.mark.parametrize(
    "theme_id, column, new", [("T01", LABEL, "Other"), ("T03", MERGED_INTO, "T01"), ("T02", HIDDEN, "true"),
                              ("T03.1", WORDS, "nobody")]
)  # fmt: skip
def test_every_change_can_be_taken_back(folder, theme_id, column, new):
    change(folder, "T01", LABEL, "First")  # so that counts are those of the passages before and after
    before, passages = themes(folder), load(folder).rows(PASSAGES)
    (made,) = change(folder, theme_id, column, new)
    assert themes(folder) != before
    undo(folder, made.review_id, "CD")
    assert themes(folder) == before
    assert load(folder).rows(PASSAGES) == passages
    assert len(reviews_in(folder)) == 3


@pytest.mark.parametrize(
    "theme_id, column, new",
    [("T99", LABEL, "x"), ("T01", LABEL, ""), ("T01", HIDDEN, "maybe"), ("T01", MERGED_INTO, "T99"),
     ("T99.1", WORDS, "ferry"), ("T01", MERGED_INTO, "T01")],
)  # fmt: skip
def test_a_change_that_cannot_be_made_is_refused(folder, theme_id, column, new):
    with pytest.raises(BadInput, match="nothing was recorded"):
        change(folder, theme_id, column, new)


def test_two_themes_are_not_joined_in_a_ring(folder):
    change(folder, "T03", MERGED_INTO, "T01")
    with pytest.raises(BadInput):
        change(folder, "T01", MERGED_INTO, "T03")


def test_changes_of_a_theme_that_a_new_run_lacks_are_kept_and_do_nothing(folder):
    change(folder, "T03", MERGED_INTO, "T01")
    kept = [replace(t, parent_id=None) for t in THEMES.read(folder) if t.theme_id != "T03"]
    THEMES.write(folder, kept)
    assert set(themes(folder)) == {"T01", "T02"}
    assert len(reviews_in(folder)) == 1
