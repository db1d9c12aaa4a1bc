"""Shares of groups as dots with their intervals; each group has a colour and a shape of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from dashboards.charts.axes import ROW, labels_of_rows, percent_axis
from dashboards.charts.palette import GROUP_FILLS, GROUP_SHAPES, OUTLINE, TEXT

_BETWEEN = 15  # pixels from one group's line to the next
_LEAST = 50  # pixels of a row: two lines of label
_FRAME_PIXELS = 100  # legend above, axis and its title below


@dataclass(frozen=True, slots=True)
class Dot:
    """The share of group ``group`` (its place) in row ``row``; ends of the interval in 0..1."""

    row: int
    group: int
    value: float
    low: float
    high: float
    said: str


def dots(found: Sequence[Dot], rows: Sequence[tuple[str, ...]], groups: Sequence[str], title: str) -> alt.LayerChart:
    """Dots on a scale from 0 to 100%, a line for each group within each row. ``rows`` are label lines."""
    frame = pd.DataFrame(
        [(d.row, groups[d.group], " ".join(rows[d.row]), d.value, d.low, d.high, d.said) for d in found],
        columns=[ROW, "group", "name", "value", "low", "high", "said"],
    )
    frame["spoken"] = frame["name"] + ", " + frame["group"] + ": " + frame["said"]
    names = list(groups)
    y = alt.Y(
        f"{ROW}:O",
        axis=labels_of_rows(rows),
        scale=alt.Scale(domain=list(range(len(rows))), paddingInner=0.35, paddingOuter=0.15),
    )
    offset = alt.YOffset("group:N", scale=alt.Scale(domain=names), sort=names)
    legend = alt.Legend(title=None, orient="top", labelColor=TEXT, labelFontSize=13, labelLimit=260)
    fills, shapes = list(GROUP_FILLS[: len(names)]), list(GROUP_SHAPES[: len(names)])
    color = alt.Color("group:N", scale=alt.Scale(domain=names, range=fills), legend=legend)
    base = alt.Chart(frame).encode(y=y, yOffset=offset, color=color)
    x = alt.X("low:Q", axis=percent_axis(title), scale=alt.Scale(domain=[0, 1], nice=False))
    lines = base.mark_rule(strokeWidth=2, aria=False).encode(x=x, x2="high:Q")
    points = base.mark_point(
        filled=True, size=95, opacity=1, stroke=OUTLINE, strokeWidth=0.75, aria=not frame.empty
    ).encode(
        x="value:Q",
        shape=alt.Shape("group:N", scale=alt.Scale(domain=names, range=shapes), legend=legend),
        tooltip=[
            alt.Tooltip("name:N", title="Row"),
            alt.Tooltip("group:N", title="Group"),
            alt.Tooltip("said:N", title="Share"),
        ],
        description="spoken:N",
    )
    height = max(len(rows), 1) * max(_BETWEEN * len(names) * 1.35, _LEAST) + _FRAME_PIXELS
    return alt.layer(lines, points).properties(height=height).configure_view(strokeOpacity=0)
