"""What several test files share: one analysis of the sample docket, which takes a while."""

import json
import os
import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings

# a busy machine is no fault of the program: no test fails by the clock
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

# what tests keep between runs must not be the user's own, nor be there for the next test
os.environ["RFC_ANALYZER_CACHE"] = mkdtemp(prefix="rfc-analyzer-cache-")

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory, monkeypatch):
    """Nothing is kept from one test for another."""
    monkeypatch.setenv("RFC_ANALYZER_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A small analysis of its own, which the dashboard shows."""
    from make_analysis import make_analysis

    from rfc_analyzer.serving import ANALYSIS_VARIABLE, HOME_VARIABLE

    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    folder = make_analysis(tmp_path / "analysis").folder
    monkeypatch.setenv(ANALYSIS_VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="module")
def chrome():
    """A real browser."""
    from browsing import browser

    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """The analysis of ``samples/``; never write into its folder."""
    from rfc_analyzer import analyze

    return analyze(
        [SAMPLES / "submissions"],
        tmp_path_factory.mktemp("sample") / "analysis",
        rfc=SAMPLES / "notice.pdf",
        codebook=SAMPLES / "codebook.yaml",
    )


@pytest.fixture(scope="session")
def expected():
    """What a careful reader finds in ``samples/``."""
    return json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def exported_once(tmp_path_factory):
    """A small analysis and its workbook; never write into them."""
    from make_analysis import make_analysis

    from rfc_analyzer import export

    folder = tmp_path_factory.mktemp("exported")
    export(make_analysis(folder / "analysis"), xlsx=folder / "x.xlsx")
    return folder


@pytest.fixture
def exported(exported_once, tmp_path):
    """The folder of a small analysis that a test may change, with its workbook beside it."""
    shutil.copy(exported_once / "x.xlsx", tmp_path)
    return shutil.copytree(exported_once / "analysis", tmp_path / "analysis")


@pytest.fixture
def workbook(exported):
    """The workbook of ``exported``."""
    return exported.parent / "x.xlsx"
