"""The stance reader's corpus: whole, varied, free of the tests' own sentences, and counted rightly by its card."""

import gzip
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "rfc_analyzer" / "weights" / "stance-mpnet"
CORPUS = FOLDER / "corpus.jsonl.gz"
CLASSES = {"support", "oppose", "mixed", "none"}
ALIKE = 0.4


@pytest.fixture(scope="module")
def topics():
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


@pytest.fixture(scope="module")
def passages(topics):
    return [passage for topic in topics for passage in topic["passages"]]


def triples(text):
    """The three-word sequences of a text; of a shorter one, its words together."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)} or {tuple(words)}


def alike(texts):
    """Pairs of texts that share at least ALIKE of their three-word sequences."""
    sets, holders, pairs = [triples(text) for text in texts], defaultdict(list), []
    for i, own in enumerate(sets):
        shared = Counter(j for triple in own for j in holders[triple])
        pairs += [(texts[j], texts[i]) for j, n in shared.items() if n >= ALIKE * len(own | sets[j])]
        for triple in own:
            holders[triple].append(i)
    return pairs


def test_it_spans_many_questions_and_gives_a_stance_on_every_proposition(topics):
    assert len({topic["topic"] for topic in topics}) == len(topics) >= 150
    assert len({topic["regulator"] for topic in topics}) == len(topics)
    for topic in topics:
        ids = [proposition["id"] for proposition in topic["propositions"]]
        assert ids in (list("abcd"), list("abcdef")), topic["topic"]
        assert all(proposition["text"] != proposition["negated"] for proposition in topic["propositions"])
        assert 32 <= len(topic["passages"]) <= 52, topic["topic"]
        for passage in topic["passages"]:
            assert passage["text"].strip() and set(passage["stance"]) == set(ids), passage
            assert set(passage["stance"].values()) <= CLASSES, passage


def test_every_proposition_that_is_trained_on_stands_in_other_words_too(topics):
    bare = re.compile(r"\b(not|no|never|cannot)\b|n't\b", re.IGNORECASE)
    found = []
    for topic in topics:
        for proposition in topic["propositions"]:
            if topic["held_out"]:
                assert "reworded" not in proposition
                continue
            assert {way: len(texts) for way, texts in proposition["reworded"].items()} == {"same": 2, "contrary": 2}
            # a contrary is told by what it says, not by a word of denial
            assert not [text for text in proposition["reworded"]["contrary"] if bare.search(text)]
            found += [*proposition["reworded"]["same"], *proposition["reworded"]["contrary"]]
    assert len(set(found)) == len(found) > 9_000


def test_every_proposition_has_both_sides_and_every_question_silent_passages(topics):
    for topic in topics:
        for proposition in topic["propositions"]:
            said = Counter(passage["stance"][proposition["id"]] for passage in topic["passages"])
            assert said["support"] and said["oppose"] and said["none"], (topic["topic"], proposition["text"], said)
        assert any(set(passage["stance"].values()) == {"none"} for passage in topic["passages"]), topic["topic"]


def test_no_two_passages_are_alike_and_none_is_a_sentence_of_the_tests(passages):
    written = (ROOT / "tests" / "positions_sentences.txt").read_text(encoding="utf-8")
    tested = [line.split("|", 1)[1].strip() for line in written.splitlines() if "|" in line and line[0] != "#"]
    texts = [passage["text"] for passage in passages]
    among_tested = set(alike(tested))
    assert [pair for pair in alike([*tested, *texts]) if pair not in among_tested] == []


def test_its_bytes_carry_no_time(topics):
    assert CORPUS.read_bytes()[4:8] == bytes(4)


def test_its_card_counts_it_rightly(topics, passages):
    card = " ".join((FOLDER / "README.md").read_text(encoding="utf-8").split())
    pairs = sum(len(topic["propositions"]) * len(topic["passages"]) for topic in topics)
    for told in (
        f"{len(topics)} public questions",
        f"{len(passages):,} passages",
        f"{pairs:,} (proposition, passage) pairs",
        f"{2 * pairs:,} with the contraries",
        f"{sum('reworded' in p for topic in topics for p in topic['propositions']):,} of the propositions",
    ):
        assert told in card
    assert sum(topic["held_out"] for topic in topics) == 30
