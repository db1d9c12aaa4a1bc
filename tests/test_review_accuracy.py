"""A sample drawn to be labelled tells how well a docket was read: the same for the same seed, and right on average."""

import random
from datetime import UTC, datetime

import pytest
from make_analysis import LETTERS, make_analysis

from rfc_analyzer import load
from rfc_analyzer.comparison.accuracy import accuracy, reading_error
from rfc_analyzer.comparison.sampling import draw_sample
from rfc_analyzer.errors import BadInput
from rfc_analyzer.labelling import NOT_TAKEN_UP, keep_sample, label, labels_given, last_sample
from rfc_analyzer.model import Stance
from rfc_analyzer.reviews import Change, review, stances_given, undo
from rfc_analyzer.tables import POSITIONS


@pytest.fixture
def folder(tmp_path):
    return make_analysis(tmp_path / "analysis").folder


def drawn(folder, count=30, seed=1):
    keep_sample(folder, draw_sample(load(folder), count, seed))
    return last_sample(folder)


def said(value):
    return None if value == NOT_TAKEN_UP else Stance(value)


def test_the_same_seed_draws_the_same(folder):
    analysis = load(folder)
    keys = [d.key for d in draw_sample(analysis, 12, 3)]
    assert keys == [d.key for d in draw_sample(analysis, 12, 3)]
    assert len(set(keys)) == 12
    assert keys != [d.key for d in draw_sample(analysis, 12, 4)]


def test_chances_add_up_to_the_number_drawn_and_small_strata_are_favoured(folder):
    analysis = load(folder)
    everything = draw_sample(analysis, 10_000)
    assert all(d.probability == 1 for d in everything)
    seen = {d.key: 0 for d in everything}
    for seed in range(300):
        for d in draw_sample(analysis, 10, seed):
            seen[d.key] += 1
    chance = {d.key: d.probability for seed in range(300) for d in draw_sample(analysis, 10, seed)}
    assert sum(chance.values()) == pytest.approx(10, abs=0.6)
    assert all(abs(seen[key] / 300 - p) < 0.15 for key, p in chance.items())


def test_shares_are_right_on_average_over_samples(folder):
    analysis = load(folder)
    everything = draw_sample(analysis, 10_000)
    flip = random.Random(5)
    truth = {d.key: d.stance if flip.random() < 0.7 else NOT_TAKEN_UP for d in everything}
    opposed = sum(v == Stance.OPPOSE for v in truth.values()) / len(truth)
    found = []
    for seed in range(40):
        sample = draw_sample(analysis, 15, seed)
        weight = [1 / d.probability for d in sample]
        found.append(sum(w for d, w in zip(sample, weight, strict=True) if truth[d.key] == Stance.OPPOSE) / sum(weight))
    assert sum(found) / len(found) == pytest.approx(opposed, abs=0.04)


def test_a_reader_who_is_always_right_is_told_so(folder):
    for d in drawn(folder):
        label(folder, "RB", d, said(d.stance))
    found = accuracy(load(folder))
    assert found.right.value == 1 and found.right.interval.low < 1
    assert {row.recall.value for row in found.rows if row.recall} == {1.0}
    assert [(a.first, a.kappa.value) for a in found.agreements] == [("RB", 1.0)]
    assert "right in 100%" in reading_error(load(folder))


def test_both_peoples_labels_are_kept_and_only_what_they_agree_on_counts(folder):
    first, second = drawn(folder)[:2]
    label(folder, "RB", first, Stance.OPPOSE)
    label(folder, "KM", first, Stance.OPPOSE)
    label(folder, "RB", second, Stance.MIXED)
    label(folder, "KM", second, Stance.OPPOSE)
    analysis = load(folder)
    assert labels_given(analysis.reviews)[second.key] == {"RB": Stance.MIXED, "KM": Stance.OPPOSE}
    given = {(g.submission_id, g.proposition_id): g.stance for g in stances_given(analysis.reviews)}
    assert given == {first.key: Stance.OPPOSE}
    assert [d.key for d in accuracy(analysis).unsettled] == [second.key]
    people = next(a for a in accuracy(analysis).agreements if {a.first, a.second} == {"RB", "KM"})
    assert people.same.labelled == 2 and 0 < people.same.value < 1
    settled = Change(POSITIONS.name, "|".join(second.key), POSITIONS.c.stance, "mixed")
    review(folder, "AL", [settled], confirming=True)
    analysis = load(folder)
    assert not accuracy(analysis).unsettled
    row = next(p for p in analysis.rows(POSITIONS) if (p.submission_id, p.proposition_id) == second.key)
    assert (row.stance, row.reviewed) == (Stance.MIXED, True)


def test_an_error_of_a_tenth_lies_in_the_interval(folder):
    for place, d in enumerate(drawn(folder)):
        label(folder, "RB", d, Stance.MIXED if place % 10 == 0 and d.stance != "mixed" else said(d.stance))
    found = accuracy(load(folder))
    assert found.right.interval.low < 0.9 < found.right.interval.high


def test_a_label_is_changed_by_labelling_again_and_not_by_undoing(folder):
    first = drawn(folder)[0]
    made = label(folder, "RB", first, Stance.SUPPORT, datetime(2026, 5, 1, tzinfo=UTC))
    label(folder, "RB", first, None)
    assert labels_given(load(folder).reviews)[first.key] == {"RB": None}
    assert made in load(folder).reviews
    with pytest.raises(BadInput, match="RB"):
        undo(folder, made.review_id, "RB")


def test_no_error_is_told_from_a_label_given_after_the_answer_was_seen(folder):
    first = next(d for d in drawn(folder) if d.stance == "support")
    label(folder, "RB", first, Stance.OPPOSE)
    label(folder, "RB", first, Stance.SUPPORT, seen=True)
    analysis = load(folder)
    assert accuracy(analysis).right.value == 0
    assert [g.stance for g in stances_given(analysis.reviews)] == [Stance.SUPPORT]


def test_nobody_labels_without_a_name(folder):
    with pytest.raises(BadInput, match="name or initials"):
        label(folder, "  ", drawn(folder)[0], None)


def test_a_new_sample_leaves_out_what_people_have_said(folder):
    first = drawn(folder)[0]
    label(folder, "RB", first, Stance.SUPPORT)
    assert first.key not in {d.key for d in draw_sample(load(folder), 10_000)}


def test_form_letters_are_drawn_once(folder):
    copies = {letter.id for letter in LETTERS if letter.role.value in ("exact", "near")}
    assert copies and not copies & {d.submission_id for d in draw_sample(load(folder), 10_000)}
