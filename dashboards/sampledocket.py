"""The fictional docket that comes with the program: analysed once, then there to explore."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from dashboards.jobs import Run, read_run, start
from dashboards.library import Entry, home
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.serving import checkout

_KEY = "sample"


def sample_entry(there: Iterable[Entry]) -> Entry | None:
    """The sample's analysis, if it was made."""
    return next((entry for entry in there if entry.docket_id == _docket()[0]), None)


def sample_run() -> Run | None:
    """The run that makes the sample's analysis, if one was started."""
    return read_run(home() / _KEY)


def start_sample() -> None:
    """Queue the analysis of the sample docket."""
    samples = checkout() / "samples"
    given = (samples / "submissions", "--rfc", samples / "notice.pdf", "--codebook", samples / "codebook.yaml")
    start(home() / _KEY, _docket()[1], [str(part) for part in given])


@cache
def _docket() -> tuple[str, str]:
    docket = read_codebook(checkout() / "samples" / "codebook.yaml").docket
    return docket.docket_id, docket.title
