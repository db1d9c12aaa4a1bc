"""What reads scans can be changed; lines come out the same way whichever engine read them."""

from importlib.util import find_spec

import pytest
from gather_intake import gather
from hypothesis import given
from hypothesis import strategies as st

from rfc_analyzer.errors import MissingDependency
from rfc_analyzer.pdf.recognisers import Recognised, in_lines
from rfc_analyzer.progress import Silent
from rfc_analyzer.settings import IngestSettings, OcrEngine, ReadingLimits


def piece(text, left, top, height=20.0, confidence=90.0):
    return Recognised(text, confidence, left, top, left + 10.0 * len(text), top + height)


def test_pieces_on_one_line_are_read_from_left_to_right():
    found = in_lines([piece("second line", 0, 40), piece("rule.", 200, 3), piece("We oppose the", 0, 0)])
    assert [line.text for line in found] == ["We oppose the rule.", "second line"]
    assert (found[0].left, found[0].top, found[0].right, found[0].bottom) == (0, 0, 250, 23)


def test_the_longer_piece_weighs_more_in_the_confidence():
    (line,) = in_lines([piece("aaaaaaaaa", 0, 0, confidence=100.0), piece("b", 200, 0, confidence=0.0)])
    assert line.confidence == pytest.approx(90)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), max_size=20))
def test_no_piece_is_lost(places):
    found = in_lines([piece(f"w{i}", left, top) for i, (left, top) in enumerate(places)])
    assert sorted(" ".join(line.text for line in found).split()) == sorted(f"w{i}" for i in range(len(places)))


@pytest.mark.skipif(find_spec("rapidocr") is not None, reason="RapidOCR is installed")
def test_an_engine_that_is_not_installed_is_told_before_anything_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("We support the proposed rule for the reasons that we give below.")
    with pytest.raises(MissingDependency, match=r"pip install 'rfc-analyzer\[rapidocr\]'"):
        gather([tmp_path], IngestSettings(limits=ReadingLimits(ocr=OcrEngine.RAPIDOCR)), Silent())
