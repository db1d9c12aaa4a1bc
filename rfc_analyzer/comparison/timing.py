"""When submissions came in, and when those that raise a theme did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.holding import theme_holders
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import SUBMISSIONS, THEMES

_S = SUBMISSIONS.c
# a chart of a comment period reads well with some ten to sixty steps
_DAYS_BY_DAY, _DAYS_BY_WEEK = 45, 400


class Step(StrEnum):
    """How long each part of the time line is; the value is pandas' name for such periods."""

    DAY = "D"
    WEEK = "W"
    MONTH = "M"


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One step of the comment period, from ``first`` to ``last`` (UTC days, both included).

    ``share.n`` of the step's ``share.of`` respondents raise the theme; without a theme both are the same.
    """

    step: Step
    first: date
    last: date
    share: Share


def over_time(
    analysis: Analysis,
    theme_id: str | None = None,
    filters: Filters | None = None,
    unit: Unit = Unit.DISTINCT_TEXTS,
) -> list[TimeRow]:
    """Submissions by day, week or month, from the first to the last, steps without any included.

    Submissions without a date are left out. In distinct texts a campaign counts on the day of its template.
    """
    weight = weights(analysis, (filters or Filters()).apply(analysis), unit)
    dated = analysis.submissions.set_index(_S.submission_id)[_S.submitted_at].reindex(weight.index).dropna()
    if dated.empty:
        return []
    days = dated.dt.tz_localize(None)
    step = _step((days.max() - days.min()).days)
    of = weight.loc[days.index].groupby(days.dt.to_period(step.value)).sum()
    of = of.reindex(pd.period_range(of.index.min(), of.index.max(), freq=of.index.freq), fill_value=0)
    n = of if theme_id is None else _raising(analysis, theme_id, weight, days, step).reindex(of.index, fill_value=0)
    return [
        TimeRow(step, period.start_time.date(), period.end_time.date(), Share(int(n[period]), int(of[period]), unit))
        for period in of.index
    ]


def _step(days: int) -> Step:
    if days <= _DAYS_BY_DAY:
        return Step.DAY
    return Step.WEEK if days <= _DAYS_BY_WEEK else Step.MONTH


def _raising(analysis: Analysis, theme_id: str, weight: pd.Series, days: pd.Series, step: Step) -> pd.Series:
    held = theme_holders(analysis)
    who = set(held.loc[held[THEMES.c.theme_id] == theme_id, _S.submission_id])
    mine = days[days.index.isin(who)]
    return weight.loc[mine.index].groupby(mine.dt.to_period(step.value)).sum()
