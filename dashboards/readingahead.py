"""What the first visitor would wait for, done while the server starts: the analysis that opens first is read, and the
first page made once for nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from streamlit.runtime import get_instance

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

# the first page has the processor to itself
_FIRST_PAGE_SECONDS = 5.0


@asynccontextmanager
async def reading_ahead(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """What a server does beside serving while it starts; for ``st.App(lifespan=…)``."""
    begun = asyncio.create_task(_read_ahead())
    yield {}
    begun.cancel()
    with suppress(asyncio.CancelledError):
        await begun


async def _read_ahead() -> None:
    await asyncio.to_thread(read_first)
    # runs the script as a visitor's browser would, and throws the page away; where people sign in, it is not let in
    await get_instance().does_script_run_without_error()
    await asyncio.sleep(_FIRST_PAGE_SECONDS)
    await asyncio.to_thread(_load_tests)


def read_first() -> None:
    """Ask of the first analysis what the overview asks without filters; it keeps the tables that this takes."""
    first = next(iter(entries()), None)
    if first is None:
        return
    everything, unit = Filters(), Unit.DISTINCT_TEXTS
    try:
        analysis = open_analysis(first)
        overview(analysis, everything, unit)
        respondents_by_type(analysis, everything, unit)
        positions_by_type(analysis, everything, unit)
        how_far_to_trust(analysis, everything)
    except (RfcAnalyzerError, OSError, ValueError):
        # the page says what is wrong, to whom it may concern
        return


def _load_tests() -> None:
    """The library of tests takes a second to load, which who first compares groups would wait for."""
    significance([Share(n, 40, Unit.SUBMISSIONS) for n in (10, 20)])
