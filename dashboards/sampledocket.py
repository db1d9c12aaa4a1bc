"""The fictional docket that comes with the program: analysed once, then there to explore."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache

from dashboards.jobs import Run, read_run, start
from dashboards.library import Entry, home
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.errors import NotSupported
from rfc_analyzer.serving import SAMPLE_VARIABLE, samples

_KEY = "sample"


def has_sample() -> bool:
    """Whether the sample's files are there."""
    try:
        return samples().exists()
    except NotSupported:
        return False


def sample_entry(there: Iterable[Entry]) -> Entry | None:
    """The sample's analysis, if it was made."""
    if not has_sample():
        return None
    return next((entry for entry in there if entry.docket_id == _docket()[0]), None)


def sample_run() -> Run | None:
    """The run that makes the sample's analysis, if one was started."""
    return read_run(home() / _KEY)


def start_sample() -> None:
    """Queue the analysis of the sample docket."""
    docket = samples()
    given = (docket / "submissions", "--rfc", docket / "notice.pdf", "--codebook", docket / "codebook.yaml")
    start(home() / _KEY, _docket()[1], [str(part) for part in given])


def prepare_sample() -> None:
    """Make the sample ready where the server is new and was asked to, so that there is something to explore."""
    if os.environ.get(SAMPLE_VARIABLE) and has_sample() and sample_run() is None:
        start_sample()


@cache
def _docket() -> tuple[str, str]:
    docket = read_codebook(samples() / "codebook.yaml").docket
    return docket.docket_id, docket.title
