"""What a reader must know before trusting a comparison, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from rfc_analyzer.comparison.accuracy import reading_error
from rfc_analyzer.comparison.shares import FEWEST, Unit
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS

CHOSE_THEMSELVES = (
    "Respondents chose themselves to answer: figures describe this docket, not the public or any group outside it. "
    "Intervals and tests show what chance alone could do among as many respondents."
)
NOT_MEASURED = (
    "How often stances are misread here is not measured: label a sample on the Review page. Groups that are closer "
    "than that error may differ by the reading alone."
)
_UNITS = {
    Unit.DISTINCT_TEXTS: "A campaign of form letters counts once, as its template.",
    Unit.SUBMISSIONS: "Every copy of a form letter counts, so one campaign can outweigh all other respondents.",
    Unit.SIGNATORIES: (
        "Signatories are counted. Those who signed one letter are not independent: no test and no difference is given."
    ),
}


def warnings(analysis: Analysis, members: Sequence[pd.Series], unit: Unit, overlap: bool) -> tuple[str, ...]:
    """Sentences on who answered, what is counted, small groups and how stances were read."""
    said = [CHOSE_THEMSELVES, _UNITS[unit]]
    if any(w.sum() < FEWEST for w in members):
        said.append("Shares of fewer than five are hidden, and such groups are not tested.")
    if overlap:
        said.append("Some submissions are in more than one group, so no test and no difference is given.")
    if len(analysis.positions):
        said.append(how_stances_were_read(analysis))
        said.append(reading_error(analysis) or NOT_MEASURED)
    return tuple(said)


def how_stances_were_read(analysis: Analysis) -> str:
    """How many stances a person checked."""
    of, checked = len(analysis.positions), int(analysis.positions[POSITIONS.c.reviewed].sum())
    if checked == of:
        return "A person checked every stance."
    if of == 1:
        return "The program read 1 stance and may err; no person has checked it. Read the quotes behind a figure."
    by_people = f"a person checked {checked} of them" if checked else "no person has checked them"
    return f"The program read {of:,} stances and errs in some; {by_people}. Read the quotes behind a figure."
