"""What themes are called where frequent phrases do not do it: parents, themes without a phrase, other languages."""

from dataclasses import replace

import numpy as np
import pytest
from test_themes import FAST, docket, passage

from rfc_analyzer.themes import find_themes
from rfc_analyzer.themes.fitting import central_phrase
from rfc_analyzer.themes.languages import foreign_stop_words, names_something
from rfc_analyzer.themes.parents import FEWEST_THEMES, parent_groups
from rfc_analyzer.themes.phrases import phrase_keys
from rfc_analyzer.themes.titles import is_rest, parent_title, voices_for
from rfc_analyzer.themes.vocabulary import find_vocabulary
from rfc_analyzer.themes.wording import Wording

GERMAN = [
    "Die Anforderungen an den Hafenbetrieb sind für die Gemeinde nicht zu erfüllen.",
    "Wir bitten darum, dass der Hafenbetrieb in der Nacht für die Anwohner eingeschränkt wird.",
    "Der Hafenbetrieb muss mit den Anwohnern und der Gemeinde abgestimmt werden.",
]


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (("night ferry", "harbour dues", "tram stops"), "Night ferry and harbour dues"),
        (("costs of the night ferry", "dues of the old harbour", "tram stops"), "Costs of the night ferry and more"),
        (("health and safety", "night ferry", "tram stops"), "Night ferry and tram stops"),
        (("costs of the ferry", "tram stops"), "Costs of the ferry and more"),
    ],
)
def test_a_parent_is_called_after_two_of_its_themes(names, title):
    assert parent_title(names) == title
    assert 2 <= len(title.split()) <= 7


def test_no_parent_holds_most_of_the_passages():
    chance = np.random.default_rng(3)
    near = chance.normal(size=20) + chance.normal(scale=0.4, size=(FEWEST_THEMES, 20))
    far = chance.normal(size=(3, 20)) * 2
    centres = np.vstack([near, far])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    sizes = np.array([50] * len(near) + [5] * len(far))
    found = parent_groups(centres, sizes)
    held = [sizes[found == number].sum() / sizes.sum() for number in range(found.max() + 1)]
    assert held and max(held) <= 0.5
    assert all((found == number).sum() > 1 for number in range(found.max() + 1))


def test_few_themes_have_no_parents():
    assert (parent_groups(np.eye(FEWEST_THEMES - 1), np.ones(FEWEST_THEMES - 1)) == -1).all()


def test_stop_words_are_those_of_the_language():
    words = foreign_stop_words(GERMAN)
    assert {"die", "der", "und"} <= words
    assert foreign_stop_words(["The harbour should be closed at night, and the ferry should run."]) == frozenset()
    assert foreign_stop_words([""]) == frozenset()
    assert names_something("hohem Risiko", words)
    assert not names_something("der Kommission", words) and not names_something("Risiko und", words)


def test_a_theme_in_another_language_is_called_in_its_words():
    passages, vectors = docket()
    there = np.zeros(vectors.shape[1], dtype=np.float32)
    there[0] = 1
    chance = np.random.default_rng(5)
    german, lie = [], []
    for number in range(15):
        text = GERMAN[number % len(GERMAN)] + f" Stellungnahme zum kommunalen Hafenbetrieb der Gemeinde {number}."
        german.append(passage(f"german-{number:02}", f"S{number % 12:02}", text))
        lie.append(there + chance.normal(scale=0.02, size=there.shape))
    result = find_themes([*passages, *german], np.vstack([vectors, np.array(lie, dtype=np.float32)]), FAST, 0)
    own = {result.assignments[p.passage_id][0] for p in german if p.passage_id in result.assignments}
    assert len(own) == 1
    theme = next(t for t in result.themes if t.theme_id in own)
    stop_words = foreign_stop_words(GERMAN)
    assert " and " not in theme.label and names_something(theme.label, stop_words)
    assert not {word.casefold() for word in theme.keywords} & stop_words


def test_a_phrase_from_the_middle_of_a_theme_holds_a_word_that_is_said_often():
    texts = ["The keeper likes the quiet harbour.", "The keeper has a night ferry, a slow ferry, a small pier, a lamp."]
    texts += ["The red lamp of the pier and the old lamp of the keeper are a burden for the town."]
    centre = np.array([1.0, 0.0])

    def encode(phrases):
        return np.array([[1.0, 0.0] if "ferry" in phrase else [0.0, 1.0] for phrase in phrases], dtype=np.float32)

    wording, known = Wording(texts, []), {key for text in texts for key in phrase_keys(text)}
    near = central_phrase(texts, {"ferry", "lamp", "harbour", "pier"}, known, centre, wording, encode)
    assert near is not None and "ferry" in near
    assert central_phrase(texts, {"burden"}, known, centre, wording, encode) is None
    assert "ferry" not in (central_phrase(texts, {"lamp", "pier"}, known - {"ferry"}, centre, wording, encode) or "")


def test_a_theme_that_no_phrase_names_is_other_remarks():
    passages, vectors = docket()
    chance = np.random.default_rng(9)
    nouns = [f"{start}{end}" for start in ("app", "bask", "cand", "drag", "eng") for end in ("le", "et", "or", "um")]
    centre = chance.normal(size=vectors.shape[1])
    stray = [
        passage(f"stray-{n:02}", f"S{n % 12:02}", f"Nobody told the {noun} why it came. A word was heard.")
        for n, noun in enumerate(nouns)
    ]
    lie = centre / np.linalg.norm(centre) + chance.normal(scale=0.05, size=(len(stray), vectors.shape[1]))
    lie = (lie / np.linalg.norm(lie, axis=1, keepdims=True)).astype(np.float32)

    def encode(texts):
        return np.random.default_rng(1).normal(size=(len(texts), vectors.shape[1])).astype(np.float32)

    result = find_themes([*passages, *stray], np.vstack([vectors, lie]), FAST, 0, encode=encode)
    theme_id = result.assignments["stray-00"][0]
    rest = {t.theme_id: t.label for t in result.themes if t.is_rest}
    assert rest[theme_id] == "Other remarks"
    named = [t.theme_id for t in result.themes if t.theme_id.startswith("T") and not t.is_rest]
    assert named and max(named) < min(rest), "what is left over comes last, whatever its size"


def test_what_is_called_for_want_of_a_phrase():
    assert is_rest("Other remarks") and is_rest("Other remarks (2)") and is_rest("Other remarks and more")
    assert not is_rest("Remarks on other harbours")


def test_whom_letters_are_written_to_is_no_title():
    passages, vectors = docket()
    for row in range(20):
        said = f"We would be glad to meet the Commission's staff. {passages[row].text}"
        passages[row] = replace(passages[row], text=said)
    titles = {t.label for t in find_themes(passages, vectors, FAST, 0).themes}
    assert not [title for title in titles if "staff" in title.casefold() or "commission" in title.casefold()]


def test_one_or_two_in_a_large_theme_do_not_name_it():
    passages, _ = docket()
    groups = np.zeros(len(passages), dtype=int)
    for row in range(2):
        passages[row] = replace(passages[row], text=f"The whistle code is old. {passages[row].text}")
    vocabulary = find_vocabulary([p.text for p in passages], [p.submission_id for p in passages], "", None)
    place = list(vocabulary.keys).index("whistle code")
    voices, speakers = voices_for(vocabulary, groups, 0, place)
    assert voices == len({p.submission_id for p in passages[:2]}) <= 2
    assert speakers == len({p.submission_id for p in passages})
