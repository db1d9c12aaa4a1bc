import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes.clusters import LeidenClusters
from rfc_analyzer.themes.fitting import fitted
from rfc_analyzer.themes.graph import nearest, neighbours_for, resolution_for, shared_neighbour_graph
from rfc_analyzer.themes.phrases import LONGEST, informative, phrase_keys, stem
from rfc_analyzer.themes.remarks import is_remark
from rfc_analyzer.themes.sampling import drawn
from rfc_analyzer.themes.titles import describe_in_phrases
from rfc_analyzer.themes.wording import Wording


@pytest.mark.parametrize(
    "text, held, not_held",
    [
        ("We support small businesses.", ["small business"], ["support small", "small"]),
        ("Open-source software is good.", ["open source software", "open source"], ["open", "source software"]),
        ("the duty of care, and safety", ["duty of care", "safety"], ["care and safety", "of care"]),
        ("See section 230 of the act", ["section 230", "act"], ["230"]),
        ("The First Amendment protects speech", ["first amendment", "speech"], ["first"]),
        ("serial 4127887745906175e", [], ["4127887745906175e"]),
        (
            "See https://en.wikipedia.org/wiki/Open_source and nih.gov/a for grants",
            ["grant"],
            ["en wikipedia", "wiki", "nih"],
        ),
        ("As of March, the Senate bill", ["senate bill"], ["march"]),
        ("", [], [""]),
    ],
)
def test_phrases(text, held, not_held):
    keys = phrase_keys(text)
    assert set(held) <= set(keys)
    assert not set(not_held) & set(keys)


@pytest.mark.parametrize("one, many", [("city", "cities"), ("church", "churches"), ("rule", "rules"), ("tax", "taxes")])
def test_singular_and_plural_have_one_key(one, many):
    assert stem(one) == stem(many)


@pytest.mark.parametrize("word", ["analysis", "status", "business", "gas"])
def test_an_ending_that_is_no_plural_stays(word):
    assert stem(word) == word


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Thank you for the opportunity to comment on this important matter.", True),
        ("The Harbour Club appreciates the opportunity to submit comments on the proposed rule.", True),
        ("Please find our letter attached.", True),
        ("I oppose this rule.", False),
        ("Please keep the night ferry.", False),
        ("The comment period was too short for volunteers to read four hundred pages of tables.", False),
        ("", False),
    ],
)
def test_remarks(text, expected):
    assert is_remark(text) is expected


@given(st.text())
def test_phrases_of_any_text_are_short_and_of_its_words(text):
    for key in phrase_keys(text):
        assert 1 <= len(key.split()) <= LONGEST
    assert informative(text) >= 0


def test_phrases_are_written_as_most_people_write_them():
    texts = [
        "Risk management is hard.",
        "We like risk management.",
        "The National Guard helps.",
        "National Guard units.",
        "Good AI systems.",
        "An AI system.",
        "Two AI systems.",
    ]
    wording = Wording(texts, ["risk management", "national guard", "ai system"])
    assert wording.of("risk management") == "risk management"
    assert wording.of("national guard") == "National Guard"
    assert wording.of("ai system") == "AI systems"


@given(st.integers(2, 60), st.integers(1, 12), st.integers(0, 5))
def test_neighbours_are_exact_and_the_graph_is_symmetric(n, k, seed):
    vectors = np.random.default_rng(seed).normal(size=(n, 6))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    found = nearest(vectors, k)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    best = np.sort(cosines, axis=1)[:, ::-1][:, : min(k, n - 1)]
    assert np.allclose(found.similarities, best, atol=1e-4)
    graph = shared_neighbour_graph(found, min(k, n - 1))
    assert abs(graph - graph.T).max() == 0
    assert graph.diagonal().sum() == 0


def test_neighbours_of_a_sample_are_those_among_the_sample():
    vectors = np.random.default_rng(0).normal(size=(80, 8))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    kept = np.arange(0, 80, 2)
    sampled = nearest(vectors, 79).of_sample(kept)
    again = nearest(vectors[kept], 10)
    assert np.array_equal(sampled.indices[:, :10], again.indices)


def test_neighbours_grow_with_the_docket_within_bounds():
    assert [neighbours_for(n, 30) for n in (2, 20, 100, 400, 10_000)] == [1, 5, 10, 20, 30]


def test_resolution_grows_with_the_docket_within_bounds():
    assert [resolution_for(n, 1.0) for n in (10, 6_000, 7_260, 10**6)] == [1.0, 1.0, pytest.approx(1.1), 1.5]
    assert resolution_for(10**6, 0.5) == 0.75


def test_clusters_are_large_enough_and_numbered_without_gaps():
    vectors = np.random.default_rng(2).normal(size=(300, 16))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    labels = LeidenClusters(ThemeSettings(resolution=20.0), 0, np.full(300, -1), np.arange(300)).fit(vectors).labels_
    sizes = np.bincount(labels)
    assert sizes.min() >= 5
    assert np.array_equal(np.unique(labels), np.arange(len(sizes)))


USES = [
    "We are asking the wrong questions.",
    "They keep asking the wrong questions about ferries.",
    "The rule would hurt the fishermen.",
    "It will hurt the fishermen of the bay.",
    "The night ferry is safe.",
    "A night ferry of the harbour, and the night ferry to town.",
    "The fares are unfair and unjust.",
    "Such fares were unfair and unjust.",
]


@pytest.mark.parametrize(
    "key, expected",
    [
        ("night ferry", True),
        ("asking the wrong", False),
        ("hurt the fishermen", False),
        ("unfair and unjust", False),
        ("a phrase that nobody says", False),
    ],
)
def test_what_is_a_title_by_itself(key, expected):
    assert Wording(USES, [key]).stands_alone(key) is expected


def test_a_theme_is_described_by_what_its_respondents_say():
    keys = ["night ferry", "ferry", "harbour due", "school meal", "pier"]
    wording = Wording(["The night ferry and the harbour dues.", "The school meals, the harbour dues, a pier."], keys)
    scores = np.array([[3.0, 9.0, 2.0, 1.0, 0.5], [0.0, 0.0, 0.0, 1.5, 0.0]])
    sentence = describe_in_phrases(scores, 0, keys, [0], wording)
    assert sentence == "Respondents speak of harbour dues, school meals and pier."
    assert describe_in_phrases(np.zeros((1, 5)), 0, keys, [], wording) == ""


def test_a_phrase_that_another_theme_has_more_of_describes_it_no_more():
    keys = ["night ferry", "harbour due", "school meal", "bus fare", "tram stop"]
    wording = Wording(["night ferry, harbour dues, school meals, bus fares, tram stops"], keys)
    scores = np.array([[9.0, 4.0, 3.0, 2.0, 1.0], [0.0, 0.0, 9.0, 0.0, 0.0]])
    assert "school" not in describe_in_phrases(scores, 0, keys, [0], wording)


NAMED = [
    "The Harbour Board of Elmham wrote.", "The Harbour Board answered.", "We read the Clean Water Act.",
    "the Clean Water Act of last year", "Night ferry fares rise.", "the night ferry", "our API and the API",
]  # fmt: skip


@pytest.mark.parametrize(
    "key, expected", [("harbour board", True), ("clean water act", False), ("night ferry", False), ("api", False)]
)
def test_a_body_is_a_name_and_an_act_is_a_subject(key, expected):
    assert Wording(NAMED, [key]).is_name(key) is expected


def test_a_phrase_that_means_the_theme_goes_before_one_said_in_passing():
    keys = ["night ferry", "executive order"]
    wording = Wording(["the night ferry and the executive order"], keys)
    scores = np.array([[1.0, 1.2], [0.1, 1.2]])
    centres = np.eye(2, 4, dtype=np.float32)
    meaning = {"night ferry": [1.0, 0.0, 0.0, 0.0], "executive order": [0.4, 0.4, 0.8, 0.0]}
    found = fitted(scores, keys, wording, centres, lambda texts: np.array([meaning[text] for text in texts]))
    assert found[0].argmax() == 0
    assert np.array_equal(fitted(scores, keys, wording, centres, None), scores)


def test_a_docket_of_many_passages_has_five_themes_at_least():
    chance = np.random.default_rng(0)
    vectors = np.eye(2, 24)[np.arange(600) % 2] + chance.normal(scale=0.1, size=(600, 24))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    coarse = ThemeSettings(resolution=0.1)
    for voices in (np.arange(600), np.arange(600) % 3):
        labels = LeidenClusters(coarse, 0, np.full(600, -1), voices).fit(vectors).labels_
        assert len(np.unique(labels)) >= 5
    same = np.tile(vectors[:1], (600, 1))
    assert len(np.unique(LeidenClusters(coarse, 0, np.full(600, -1), np.arange(600)).fit(same).labels_)) == 1


def test_a_large_docket_is_read_by_a_sample_that_the_seed_draws():
    assert drawn(50, 0, most=100).tolist() == list(range(50))
    one, again, other = drawn(1_000, 1, most=100), drawn(1_000, 1, most=100), drawn(1_000, 2, most=100)
    assert one.tolist() == again.tolist() == sorted(set(one.tolist())) and len(one) == 100
    assert one.tolist() != other.tolist()
    rare = np.where(np.arange(1_000) < 20, 1, 0)
    assert np.isin(np.arange(20), drawn(1_000, 1, rare, most=100)).all()


def test_themes_of_two_respondents_join_others_where_many_speak():
    chance = np.random.default_rng(0)
    centres = np.eye(4, 24)
    subject = np.repeat(np.arange(4), 30)
    vectors = centres[subject] + chance.normal(scale=0.05, size=(120, 24))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    voices = np.where(subject < 3, np.arange(120) % 25, np.arange(120) % 2)
    labels = LeidenClusters(ThemeSettings(), 0, np.full(120, -1), voices).fit(vectors).labels_
    assert len(np.unique(labels)) == 3
