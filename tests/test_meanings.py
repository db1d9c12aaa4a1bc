"""Passages that mean something alike, from the index of vectors to the screen."""

from pathlib import Path

import numpy as np
import pytest
from make_analysis import make_analysis
from streamlit.testing.v1 import AppTest

from rfc_analyzer import load
from rfc_analyzer.meanings import closest, main
from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE

ROUTER = Path(__file__).resolve().parents[1] / "dashboards" / "router.py"
MEALS = "I run a food bank, and a rise at noon costs us forty meals a week."


class Counting:
    """An embedder of two dimensions: what speaks of money, and everything else."""

    name, sha256 = "counting", "0" * 64

    def __init__(self):
        self.asked = 0

    def encode(self, texts):
        self.asked += len(texts)
        money = [any(word in text.lower() for word in ("price", "cost", "pay")) for text in texts]
        return np.array([[1.0, 0.0] if m else [0.0, 1.0] for m in money], dtype=np.float32).reshape(len(texts), 2)


@pytest.fixture
def analysis(tmp_path, monkeypatch):
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv("RFC_ANALYZER_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(ANALYSIS_VARIABLE, raising=False)
    return make_analysis(tmp_path / "home" / "shelf")


def test_the_nearest_come_first_and_the_index_is_made_once(analysis):
    embedder = Counting()
    found = closest(analysis, "how expensive: the price", embedder=embedder)
    texts = dict(zip(analysis.passages.passage_id, analysis.passages.text, strict=True))
    assert found and all(one.likeness == 1.0 for one in found)
    assert all(any(w in texts[one.passage_id].lower() for w in ("price", "cost", "pay")) for one in found)
    first = embedder.asked
    again = closest(load(analysis.folder), "how expensive: the price", embedder=embedder)
    assert again == found
    assert embedder.asked == first + 1


def test_nothing_sought_and_a_damaged_index_do_no_harm(analysis):
    embedder = Counting()
    assert closest(analysis, "   ", embedder=embedder) == []
    (analysis.folder / "work" / "meanings.npz").write_bytes(b"PK not an index")
    assert closest(analysis, "price", embedder=embedder)


def test_the_model_finds_what_is_said_in_other_words(analysis, capsys):
    assert main([str(analysis.folder), "feeding the hungry becomes dearer"]) == 0
    first = capsys.readouterr().out.split('"passage_id": "')[1].split('"')[0]
    assert dict(zip(analysis.passages.passage_id, analysis.passages.text, strict=True))[first] == MEALS


def test_a_folder_without_an_analysis_is_refused_in_a_line(tmp_path, capsys):
    assert main([str(tmp_path), "price"]) == 2
    assert "holds no finished analysis" in capsys.readouterr().err


@pytest.mark.parametrize("page", ["overview", "submissions"])
def test_words_that_nobody_wrote_still_lead_to_what_is_meant(analysis, page):
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    query = {"analysis": "shelf", "text": "feeding the hungry"}
    app.query_params.update(query)
    app.run()
    if page != "overview":
        app.switch_page(f"screens/{page}.py")
        app.query_params.update(query)
        app.run()
    next(t for t in app.main.toggle if t.label == "Find them").set_value(True).run()
    assert not app.exception
    assert MEALS in [text.value for text in app.text]
