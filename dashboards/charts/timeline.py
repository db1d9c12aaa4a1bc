"""How many raise something through the comment period, beside how many there were."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from dashboards.charts.axes import number_axis
from dashboards.charts.palette import BAR, OUTLINE, TEXT
from dashboards.numbers import days
from rfc_analyzer.comparison import TimeRow

_ALL = "#d5dce3"


def timeline(rows: Sequence[TimeRow], counts: str) -> alt.LayerChart:
    """Filled bars for those who raise it in front of pale bars for all; ``counts`` names what is counted."""
    frame = pd.DataFrame(
        [
            (i, r.first.isoformat(), days(r.first, r.last), r.share.n, r.share.of, f"{r.share.n} of {r.share.of}")
            for i, r in enumerate(rows)
        ],
        columns=["step", "first", "when", "n", "of", "said"],
    )
    frame["spoken"] = frame["when"] + ": " + frame["said"]
    names = [f"{r.first.day} {r.first:%b}" for r in rows]
    every = max(1, len(rows) // 8)
    axis = alt.Axis(
        title=None,
        values=[i for i in range(len(rows)) if i % every == 0],
        labelExpr=f"{names!r}[datum.value]",
        labelAngle=0,
        labelColor=TEXT,
        ticks=False,
    )
    x = alt.X("step:O", axis=axis, scale=alt.Scale(paddingInner=0.2))
    base = alt.Chart(frame).encode(
        x=x, tooltip=[alt.Tooltip("when:N", title="Submitted"), alt.Tooltip("said:N", title=counts)]
    )
    y = alt.Y("of:Q", axis=number_axis(None, 4))
    everyone = base.mark_bar(color=_ALL, stroke=OUTLINE, strokeWidth=0.5, aria=False).encode(y=y)
    raising = base.mark_bar(color=BAR, stroke=OUTLINE, strokeWidth=0.5, aria=not frame.empty).encode(
        y="n:Q", description="spoken:N"
    )
    return alt.layer(everyone, raising).properties(height=180).configure_view(strokeOpacity=0)
