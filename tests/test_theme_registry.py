"""Themes from run to run: ids and titles stay, new themes are announced."""

from dataclasses import replace

import numpy as np
import pytest
from test_themes import FAST, PAIRS, SUBJECTS, docket

from rfc_analyzer.registry import known_themes, remember_themes
from rfc_analyzer.themes import find_themes

MORE = {**SUBJECTS, "kites": "kite festivals on the northern beach"}


def themed(result, passages):
    return [replace(p, theme_id=result.assignments.get(p.passage_id, (None, 0))[0]) for p in passages]


@pytest.fixture
def first(tmp_path):
    passages, vectors = docket(MORE, each=20)
    old = [
        row for row, p in enumerate(passages) if not p.passage_id.startswith("kites") and int(p.passage_id[-3:]) < 15
    ]
    result = find_themes([passages[row] for row in old], vectors[old], FAST, 0)
    remember_themes(tmp_path, result.themes, themed(result, [passages[row] for row in old]), (), "a")
    return passages, vectors, old, result, known_themes(tmp_path)


def test_added_passages_join_the_known_themes(first):
    passages, vectors, old, result, known = first
    more = [row for row, p in enumerate(passages) if not p.passage_id.startswith("kites")]
    again = find_themes([passages[row] for row in more], vectors[more], FAST, 1, known=known)
    for row in old:
        name = passages[row].passage_id
        assert again.assignments[name][0] == result.assignments[name][0]
    for row in more:
        twin = f"{passages[row].passage_id[:-3]}000"
        assert again.assignments[passages[row].passage_id][0] == result.assignments[twin][0]
    assert {t.theme_id: t.label for t in again.themes} == {t.theme_id: t.label for t in result.themes}
    assert not any(t.is_new for t in again.themes)
    assert again.note == ""


@pytest.mark.parametrize("regroup", [False, True])
def test_a_subject_that_only_comes_up_later_is_a_new_theme(first, regroup):
    passages, vectors, _, result, known = first
    again = find_themes(passages, vectors, FAST, 1, known=known, regroup=regroup)
    (fresh,) = [t for t in again.themes if t.is_new]
    assert {i for i, (theme, _) in again.assignments.items() if theme == fresh.theme_id} == {
        p.passage_id for p in passages if p.passage_id.startswith("kites")
    }
    assert fresh.theme_id == "T05"
    assert again.note == f"1 theme is new since the last run: {fresh.label}."
    kept = {t.theme_id: t.label for t in again.themes if not t.is_new}
    assert kept == {t.theme_id: t.label for t in result.themes}


def test_passages_that_are_like_nothing_are_no_new_theme(first):
    passages, vectors, old, result, known = first
    chance = np.random.default_rng(5)
    odd = [replace(passages[n], passage_id=f"odd-{n:03}", submission_id=f"odd-{n % 4}") for n in range(16)]
    common = chance.normal(size=vectors.shape[1])
    stray = chance.normal(size=(len(odd), vectors.shape[1])) + 0.35 * common
    stray /= np.linalg.norm(stray, axis=1, keepdims=True)
    some = [*(passages[row] for row in old), *odd]
    again = find_themes(some, np.vstack([vectors[old], stray.astype(np.float32)]), FAST, 1, known=known)
    assert not any(t.is_new for t in again.themes)
    assert {t.theme_id: t.label for t in again.themes} == {t.theme_id: t.label for t in result.themes}


def test_themes_of_another_docket_are_not_taken_for_known(first):
    passages, vectors, _, _, known = first
    other = [replace(p, passage_id=f"other-{p.passage_id}") for p in passages]
    alone, with_registry = (find_themes(other, vectors, FAST, 0, known=k) for k in ((), known))
    assert alone.themes == with_registry.themes


def test_the_id_of_a_theme_that_is_gone_is_not_given_again(first, tmp_path):
    passages, vectors, _, result, known = first
    gone = result.assignments["bees-000"][0]
    left = [row for row, p in enumerate(passages) if not p.passage_id.startswith("bees")]
    again = find_themes([passages[row] for row in left], vectors[left], FAST, 0, known=known, regroup=True)
    remember_themes(tmp_path, again.themes, themed(again, [passages[row] for row in left]), known, "a")
    assert gone not in {t.theme_id for t in again.themes}
    back = find_themes(passages, vectors, FAST, 0, known=known_themes(tmp_path), regroup=True)
    assert gone not in {t.theme_id for t in back.themes}
    assert len({t.theme_id for t in back.themes}) == len(back.themes)


def test_parents_keep_their_ids_too(tmp_path):
    subjects = {f"s{i}": f"{a} {b}" for i, (a, b) in enumerate(PAIRS)}
    passages, vectors = docket(subjects, each=12)
    settings = replace(FAST, resolution=2.0)
    result = find_themes(passages, vectors, settings, 0)
    remember_themes(tmp_path, result.themes, themed(result, passages), (), "a")
    for regroup in (False, True):
        again = find_themes(passages, vectors, settings, 3, known=known_themes(tmp_path), regroup=regroup)
        assert {(t.theme_id, t.label) for t in again.themes} == {(t.theme_id, t.label) for t in result.themes}
    assert np.array_equal(vectors, docket(subjects, each=12)[1])


def test_all_anew_on_the_same_input_gives_the_same_themes(tmp_path):
    subjects = {f"s{i}": f"{a} {b}" for i, (a, b) in enumerate(PAIRS)}
    passages, vectors = docket(subjects, each=12, noise=0.14)
    result = find_themes(passages, vectors, FAST, 0)
    remember_themes(tmp_path, result.themes, themed(result, passages), (), "a")
    again = find_themes(passages, vectors, FAST, 0, known=known_themes(tmp_path), regroup=True)
    assert again == result


def test_a_tiny_docket_keeps_its_one_theme(tmp_path):
    passages, vectors = docket()
    passages, vectors = passages[:6], vectors[:6]
    result = find_themes(passages, vectors, FAST, 0)
    remember_themes(tmp_path, result.themes, themed(result, passages), (), "a")
    for regroup in (False, True):
        assert find_themes(passages, vectors, FAST, 0, known=known_themes(tmp_path), regroup=regroup) == result


def test_old_passages_keep_their_ids_when_all_is_grouped_again_with_a_fifth_more(tmp_path):
    """Subjects that run into each other: what is at their edges may move, and no more than a seventh of all."""
    subjects = {f"s{i}": f"{a} {b}" for i, (a, b) in enumerate(PAIRS)}
    passages, vectors = docket(subjects, each=24, noise=0.17)
    old = [row for row in range(len(passages)) if row % 6]
    result = find_themes([passages[row] for row in old], vectors[old], FAST, 0)
    remember_themes(tmp_path, result.themes, themed(result, [passages[row] for row in old]), (), "a")
    known = known_themes(tmp_path)
    for regroup, least in ((False, 1.0), (True, 0.85)):
        again = find_themes(passages, vectors, FAST, 0, known=known, regroup=regroup).assignments
        same = [again.get(name, ("", 0))[0] == theme for name, (theme, _) in result.assignments.items()]
        assert np.mean(same) >= least


def test_themes_to_which_little_is_added_keep_their_words(tmp_path):
    passages, vectors, old, result = with_words(tmp_path)
    known = known_themes(tmp_path)
    kept, worded = (find_themes(passages, vectors, FAST, 0, known=known, reword=reword) for reword in (False, True))
    assert kept.words_kept
    assert not worded.words_kept
    assert words_of(kept) == words_of(result)
    bare = [[replace(t, keywords=(), description="") for t in found.themes] for found in (kept, worded)]
    assert bare[0] == bare[1]
    assert replace(kept, themes=(), words_kept=False) == replace(worded, themes=())
    assert sum(t.passages for t in kept.themes if t.parent_id) == len(passages)
    assert len(old) < len(passages)


def test_words_are_chosen_anew_once_more_than_a_fifth_came_or_went(tmp_path):
    passages, vectors, _, _ = with_words(tmp_path)
    kept = []
    for rest in (10, 9, 8, 8):  # of ten passages
        rows = [row for row in range(len(passages)) if row % 10 < rest]
        some, known = [passages[row] for row in rows], known_themes(tmp_path)
        again = find_themes(some, vectors[rows], FAST, 0, known=known, reword=False)
        remember_themes(tmp_path, again.themes, themed(again, some), known, "a", "w", again.words_kept)
        kept.append(again.words_kept)
    assert kept == [True, False, True, True]


def with_words(folder):
    """A docket of some themes with parents, of which a seventh is not known yet."""
    subjects = {f"s{i}": f"{a} {b}" for i, (a, b) in enumerate(PAIRS)}
    passages, vectors = docket(subjects, each=14)
    old = [row for row in range(len(passages)) if row % 7]
    result = find_themes([passages[row] for row in old], vectors[old], replace(FAST, resolution=2.0), 0)
    remember_themes(folder, result.themes, themed(result, [passages[row] for row in old]), (), "a", "w")
    return passages, vectors, old, result


def words_of(result):
    return {t.theme_id: (t.label, t.keywords, t.description, t.parent_id) for t in result.themes}
