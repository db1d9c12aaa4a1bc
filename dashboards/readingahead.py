"""What the first visitor would wait for, done while the server starts: the analysis that opens first is read."""

from __future__ import annotations

import threading

from dashboards.library import entries
from dashboards.state import open_analysis
from rfc_analyzer.comparison import (
    Filters,
    Share,
    Unit,
    overview,
    positions_by_type,
    respondents_by_type,
    significance,
)
from rfc_analyzer.comparison.trust import how_far_to_trust
from rfc_analyzer.errors import RfcAnalyzerError
from rfc_analyzer.store import Analysis

# the first page has the processor to itself
_FIRST_PAGE_SECONDS = 5.0


def read_ahead() -> threading.Thread:
    """Begin, and let the server go on."""
    reader = threading.Thread(target=_read_first, name="read-ahead", daemon=True)
    reader.start()
    return reader


def _read_first() -> None:
    first = next(iter(entries()), None)
    if first is None:
        return
    try:
        _ask(open_analysis(first))
    except (RfcAnalyzerError, OSError, ValueError):
        # the page says what is wrong, to whom it may concern
        return
    later = threading.Timer(_FIRST_PAGE_SECONDS, _load_tests)
    later.daemon = True
    later.start()


def _load_tests() -> None:
    """The library of tests takes a second to load, which who first compares groups would wait for."""
    significance([Share(n, 40, Unit.SUBMISSIONS) for n in (10, 20)])


def _ask(analysis: Analysis) -> None:
    """What the overview asks without filters; the analysis keeps the tables that it takes."""
    everything, unit = Filters(), Unit.DISTINCT_TEXTS
    overview(analysis, everything, unit)
    respondents_by_type(analysis, everything, unit)
    positions_by_type(analysis, everything, unit)
    how_far_to_trust(analysis, everything)
