import random
import subprocess
import sys
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from rfc_analyzer.model import Passage, PassageKind, Question
from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes import find_themes, finding
from rfc_analyzer.themes.sampling import drawn

SUBJECTS = {
    "ferry": "night ferry service to the harbour islands",
    "bees": "wild bee habitats along the railway banks",
    "noise": "aircraft noise limits near primary schools",
    "water": "drinking water testing in older buildings",
}
REMARKS = [
    "We ask for {}.",
    "Nothing was said about {} in spring.",
    "The cost of {} is falling.",
    "Our members depend on {} every winter.",
    "Neighbouring towns have paid for {}.",
    "A pilot project for {} was a success.",
]
FAST = ThemeSettings(stability_runs=1)


def directions(count, dimensions=48, seed=0):
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def docket(subjects=SUBJECTS, each=15, respondents=12, noise=0.09, seed=1):
    """Passages on known subjects, spread over respondents, and vectors that lie about their subject's direction."""
    chance = np.random.default_rng(seed)
    centres = directions(len(subjects))
    passages, vectors = [], []
    for centre, (name, words) in zip(centres, subjects.items(), strict=True):
        for number in range(each):
            text = REMARKS[number % len(REMARKS)].format(words)
            passages.append(passage(f"{name}-{number:03d}", f"S{(len(passages) * 7) % respondents:02d}", text))
            vectors.append(centre + chance.normal(scale=noise, size=centre.shape))
    vectors = np.array(vectors)
    return passages, (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def passage(name, submission, text):
    return Passage(name, submission, f"{submission}-f", 1, 0, len(text), text, PassageKind.BODY)


@pytest.fixture(scope="module")
def found():
    passages, vectors = docket()
    return passages, find_themes(passages, vectors, FAST, 0)


def test_subjects_become_themes_with_their_own_words(found):
    passages, result = found
    assert len(result.themes) == len(SUBJECTS)
    for name, words in SUBJECTS.items():
        of_subject = {result.assignments[p.passage_id][0] for p in passages if p.passage_id.startswith(name)}
        assert len(of_subject) == 1
        (theme,) = [t for t in result.themes if t.theme_id in of_subject]
        label = set(theme.label.casefold().split())
        assert label & set(words.split())
        assert not any(
            label & set(other.split()) - {"to", "the", "in"} for other in SUBJECTS.values() if other != words
        )
        assert theme.keywords
    assert result.note == ""


def test_counts_follow_from_the_assignments(found):
    passages, result = found
    for theme in result.themes:
        own = [p for p in passages if result.assignments[p.passage_id][0] == theme.theme_id]
        assert theme.passages == len(own)
        assert theme.submissions == theme.distinct_texts == len({p.submission_id for p in own})
        assert set(theme.representative_passage_ids) <= {p.passage_id for p in own}
        chosen = [p.submission_id for p in own if p.passage_id in theme.representative_passage_ids]
        assert len(chosen) == len(set(chosen)) > 1
    assert all(0 <= score <= 1 for _, score in result.assignments.values())
    assert [t.passages for t in result.themes] == sorted((t.passages for t in result.themes), reverse=True)


def test_clear_subjects_are_found_again_in_samples(found):
    _, result = found
    assert all(theme.stability == 1.0 for theme in result.themes)


def test_the_order_of_passages_changes_nothing(found):
    passages, result = found
    _, vectors = docket()
    order = list(range(len(passages)))
    random.Random(3).shuffle(order)
    again = find_themes([passages[i] for i in order], vectors[order], FAST, 0)
    assert again.themes == result.themes
    assert dict(again.assignments) == dict(result.assignments)


def test_a_long_letter_is_not_a_theme_of_its_own():
    """One respondent's tone, added to all that it says, must not outweigh what it speaks about."""
    passages, vectors = docket(each=30, respondents=6)
    tone = directions(1, seed=9)[0]
    own = np.array([p.submission_id == "S01" for p in passages])
    toned = vectors + 0.8 * own[:, None] * tone
    toned /= np.linalg.norm(toned, axis=1, keepdims=True)
    result = find_themes(passages, toned.astype(np.float32), FAST, 0)
    for p in passages:
        (others,) = {
            result.assignments[o.passage_id][0]
            for o in passages
            if o.passage_id.split("-")[0] == p.passage_id.split("-")[0] and o.submission_id != "S01"
        }
        assert result.assignments[p.passage_id][0] == others


def test_many_themes_get_parents():
    subjects = {f"s{i}": f"{a} {b}" for i, (a, b) in enumerate(PAIRS)}
    passages, vectors = docket(subjects, each=12)
    result = find_themes(passages, vectors, replace(FAST, resolution=2.0), 0)
    parents = {t.theme_id: t for t in result.themes if any(o.parent_id == t.theme_id for o in result.themes)}
    leaves = [t for t in result.themes if t.theme_id not in parents]
    assert len(leaves) >= 12 and 2 <= len(parents) < len(leaves)
    assert all(t.parent_id is None for t in parents.values())
    assert {theme for theme, _ in result.assignments.values()} == {t.theme_id for t in leaves}
    for theme_id, parent in parents.items():
        assert parent.passages == sum(t.passages for t in leaves if t.parent_id == theme_id)
    labels = [t.label.casefold() for t in leaves]
    assert len(set(labels)) == len(labels)


PAIRS = [
    ("copper", "pipes"), ("goat", "cheese"), ("tram", "tickets"), ("library", "hours"), ("solar", "panels"),
    ("river", "dredging"), ("school", "meals"), ("garden", "waste"), ("street", "lamps"), ("dental", "care"),
    ("night", "trains"), ("harbour", "dues"), ("forest", "roads"), ("village", "shops"), ("fibre", "cables"),
    ("church", "bells"),
]  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 3, 14])
def test_a_tiny_docket_has_a_theme_at_most_and_says_why(count):
    passages, vectors = docket()
    result = find_themes(passages[:count], vectors[:count], FAST, 0)
    assert len(result.themes) == min(count, 1)
    assert len(result.assignments) == count
    assert result.note


def test_one_submission_is_read_by_its_own_subjects():
    passages, vectors = docket(respondents=1)
    result = find_themes(passages, vectors, FAST, 0)
    assert len(result.themes) == len(SUBJECTS)
    assert "one submission" in result.note


def test_the_same_words_over_and_over_are_one_theme():
    passages = [passage(f"p{i:02d}", f"S{i:02d}", "Please keep the night ferry.") for i in range(40)]
    vectors = np.tile(directions(1), (40, 1)).astype(np.float32)
    result = find_themes(passages, vectors, FAST, 0)
    assert [t.passages for t in result.themes] == [40]
    assert result.note


def test_a_passage_that_says_nothing_belongs_to_no_theme(found):
    passages, vectors = docket()
    empty = [passage("empty-1", "S90", "See attached."), passage("empty-2", "S91", "12 34.")]
    empty.append(passage("empty-3", "S92", "Thank you for the opportunity to submit this comment."))
    result = find_themes([*passages, *empty], np.vstack([vectors, vectors[:3]]), FAST, 0)
    assert {p.passage_id for p in passages} == set(result.assignments)


def test_words_of_the_docket_itself_name_no_theme():
    subjects = {name: f"{words} under the harbour bill" for name, words in SUBJECTS.items()}
    passages, vectors = docket(subjects)
    result = find_themes(passages, vectors, FAST, 0, own_phrases=("The Harbour Bill", "Should there be bee habitats?"))
    assert not any("harbour bill" in theme.label.casefold() for theme in result.themes)


def test_a_seed_names_the_theme_that_speaks_of_it(found):
    passages, vectors = docket()
    seeds = (("Pollinators", ("bee habitats", "pollinators")), ("Spacecraft", ("rockets",)))
    result = find_themes(passages, vectors, FAST, 0, seed_themes=seeds)
    labels = {theme.theme_id: theme.label for theme in result.themes}
    assert labels[result.assignments["bees-000"][0]] == "Pollinators"
    assert "Spacecraft" not in labels.values()


def test_a_seed_in_other_words_works_through_the_vectors():
    passages, vectors = docket()
    bees = directions(len(SUBJECTS))[1]
    result = find_themes(
        passages,
        vectors,
        FAST,
        0,
        seed_themes=(("Pollinators", ("apiculture",)),),
        encode=lambda texts: np.tile(bees, (len(texts), 1)).astype(np.float32),
    )
    labels = {theme.theme_id: theme.label for theme in result.themes}
    assert labels[result.assignments["bees-000"][0]] == "Pollinators"


def test_questions_of_the_notice_can_be_themes():
    passages, vectors = docket(each=20)
    questions = [
        Question("Q1", "1", None, "What about night ferry service?", 1),
        Question("Q1a", "1a", "Q1", "And to which islands?", 1),
        Question("Q2", "2", None, "Anything else?", 1),
    ]
    answers = {"ferry": ("Q1a",), "bees": ("Q1",)}
    passages = [replace(p, question_ids=answers.get(p.passage_id.split("-")[0], ())) for p in passages]
    result = find_themes(passages, vectors, replace(FAST, question_seeds=True), 0, questions=questions)
    labels = {theme.theme_id: theme.label for theme in result.themes}
    asked = {labels[result.assignments[p.passage_id][0]] for p in passages if p.question_ids}
    assert asked == {"Question 1: night ferry service"}
    assert len(labels) == 3 and not any("Question 2" in label for label in labels.values())
    freely = find_themes(passages, vectors, FAST, 0, questions=questions)
    assert not any(theme.label.startswith("Question") for theme in freely.themes)


def test_vectors_must_belong_to_the_passages():
    passages, vectors = docket()
    with pytest.raises(ValueError, match="vectors"):
        find_themes(passages, vectors[1:], FAST, 0)


def test_finding_themes_loads_no_torch():
    code = "import sys, bertopic; from rfc_analyzer.themes import shell; print('torch' in sys.modules)"
    pytest.importorskip("bertopic")
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False"]


def test_a_docket_that_is_drawn_from_has_the_same_themes_each_time(monkeypatch):
    monkeypatch.setattr(finding, "drawn", partial(drawn, most=60))
    passages, vectors = docket(each=30)
    assert len(passages) > 60
    first = find_themes(passages, vectors, FAST, 3)
    turned = np.random.default_rng(0).permutation(len(passages))
    again = find_themes([passages[row] for row in turned], vectors[turned], FAST, 3)
    assert again.themes == first.themes
    assert again.assignments == first.assignments and again.places == first.places
    assert set(first.assignments) | set(first.without) == {p.passage_id for p in passages}
