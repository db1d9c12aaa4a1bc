"""The benchmark's dockets: whole, labelled, of both minds, and apart from what the stance reader learns from."""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "rfc_analyzer" / "weights" / "stance-mpnet" / "corpus.jsonl.gz"
FILES = sorted((ROOT / "benchmarks" / "dockets").glob("*.txt"))
RUN = 12  # so many words in a row are neither chance nor a stock phrase


@pytest.fixture(scope="module")
def read_docket():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import positions_dockets

    yield positions_dockets.read_docket
    sys.path.remove(str(ROOT / "benchmarks"))


def runs(text):
    words = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_letter_has_a_stance_on_every_proposition(read_docket, path):
    docket = read_docket(path)
    assert len(docket.propositions) == 10 and len(docket.letters) == 24
    assert set(docket.truth) == {(letter, p) for letter in docket.letters for p in docket.propositions}
    main = Counter(docket.truth[letter, "P1"] for letter in docket.letters)
    assert min(main["support"], main["oppose"], main["mixed"]) >= 4
    words = sorted(len(text.split()) for text in docket.letters.values())
    assert words[0] >= 10 and words[11] >= 300


def test_no_letter_is_in_the_corpus(read_docket):
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        learned = set().union(*(runs(p["text"]) for line in file for p in json.loads(line)["passages"]))
    letters = [text for path in FILES for text in read_docket(path).letters.values()]
    assert len(FILES) == 16 and len(letters) == 384
    shared = Counter(run for text in letters for run in runs(text) & learned)
    assert [" ".join(run) for run in shared] == []
