"""What several test files share: one analysis of the sample docket, which takes a while."""

import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


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
