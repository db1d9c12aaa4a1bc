"""A map of passages: each theme an island of points, the chosen one filled and named in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from dashboards.charts.palette import BAR, BAR_QUIET, OUTLINE, TEXT

KEY, PICKED = "key", "island"
_HEIGHT = 460
# Streamlit draws thousands of points on a canvas, which knows nothing of the page's text colour
_AS_SVG = {"embedOptions": {"renderer": "svg"}}


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage at ``x``, ``y`` on the island ``key``, which is called ``name``."""

    key: str
    name: str
    x: float
    y: float


def islands(spots: Sequence[Spot], chosen: str, largest: Sequence[str]) -> alt.LayerChart:
    """``largest`` are the keys of the islands whose names stand on the map, beside that of the ``chosen`` one."""
    frame = pd.DataFrame([(s.key, s.name, s.x, s.y, s.key == chosen) for s in spots],
                         columns=[KEY, "name", "x", "y", "chosen"])  # fmt: skip
    # a name stands above its island, where no point is
    middle = frame.groupby([KEY, "name", "chosen"], as_index=False).agg(x=("x", "mean"), y=("y", "max"))
    middle = middle[middle["chosen"] | middle[KEY].isin(list(largest))]
    x, y = (
        alt.X("x:Q", axis=None, scale=alt.Scale(domain=_ends(frame["x"], 0.2), nice=False)),
        alt.Y("y:Q", axis=None, scale=alt.Scale(domain=_ends(frame["y"], 0.1), nice=False)),
    )
    points = (
        alt.Chart(frame)
        .mark_point(filled=True, strokeWidth=0.6, stroke=OUTLINE, cursor="pointer", aria=False)
        .encode(
            x=x,
            y=y,
            color=alt.when("datum.chosen").then(alt.value(BAR)).otherwise(alt.value(BAR_QUIET)),
            size=alt.when("datum.chosen").then(alt.value(48)).otherwise(alt.value(18)),
            opacity=alt.when("datum.chosen").then(alt.value(1)).otherwise(alt.value(0.55)),
            tooltip=[alt.Tooltip("name:N", title="Theme")],
        )
        .add_params(alt.selection_point(name=PICKED, fields=[KEY]))
    )
    names = (
        alt.Chart(middle)
        .mark_text(color=TEXT, aria=False, dy=-10)
        .encode(x=x, y=y, text="name:N", size=alt.when("datum.chosen").then(alt.value(15)).otherwise(alt.value(12)))
    )
    return alt.layer(points, names).properties(height=_HEIGHT, usermeta=_AS_SVG).configure_view(strokeOpacity=0)


def _ends(values: pd.Series, room: float) -> list[float]:
    """The ends of an axis: those of the points, with room for names."""
    low, high = float(values.min()), float(values.max())
    return [low - room * (high - low), high + room * (high - low)]
