"""Ranked bars with their number at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from dashboards.charts.axes import ROW, Cursor, labels_of_rows
from dashboards.charts.palette import BAR, BAR_QUIET, OUTLINE, TEXT

PICKED = "picked"
KEY = "key"
# of the longest bar, for each character of the number that stands at its end
_ROOM_PER_CHARACTER, _ROOM_BESIDE_LONG, _LONG_NAME = 0.055, 0.11, 22


@dataclass(frozen=True, slots=True)
class Bar:
    """``number`` is the bar's length and ``said`` what stands at its end; ``quiet`` bars are paler and thinner."""

    key: str
    lines: tuple[str, ...]
    number: float
    said: str
    quiet: bool = False


def bars(
    rows: Sequence[Bar], counts: str, row_pixels: int = 32, clickable: bool = False, longest: float | None = None
) -> alt.LayerChart:
    """Bars from zero in the order given; ``counts`` names what their length counts.

    ``longest`` is the length for which there is room; None: that of the longest bar.
    """
    frame = pd.DataFrame(
        [(i, b.key, " ".join(b.lines), b.number, b.said, b.quiet) for i, b in enumerate(rows)],
        columns=[ROW, KEY, "name", "number", "said", "quiet"],
    )
    frame["spoken"] = frame["name"] + ": " + frame["said"]
    longest = longest or max((b.number for b in rows), default=0) or 1
    y = alt.Y(f"{ROW}:O", axis=labels_of_rows([b.lines for b in rows]), scale=alt.Scale(padding=0.25))
    # long names leave little width to the bars, and the numbers need as much of it as ever
    long = max((len(line) for b in rows for line in b.lines), default=0) > _LONG_NAME
    room = 1 + (_ROOM_BESIDE_LONG if long else _ROOM_PER_CHARACTER) * max((len(b.said) for b in rows), default=0)
    x = alt.X("number:Q", axis=None, scale=alt.Scale(domain=[0, longest * room], nice=False))
    base = alt.Chart(frame).encode(y=y, x=x)
    cursor: Cursor = "pointer" if clickable else "default"
    drawn = base.mark_bar(
        stroke=OUTLINE, strokeWidth=0.5, cornerRadiusEnd=2, cursor=cursor, aria=not frame.empty
    ).encode(
        color=alt.when("datum.quiet").then(alt.value(BAR_QUIET)).otherwise(alt.value(BAR)),
        tooltip=[alt.Tooltip("name:N", title="Row"), alt.Tooltip("said:N", title=counts)],
        description="spoken:N",
    )
    if clickable:
        drawn = drawn.add_params(alt.selection_point(name=PICKED, fields=[KEY]))
    ends = base.mark_text(align="left", dx=6, color=TEXT, fontSize=13, aria=False).encode(text="said:N")
    return alt.layer(drawn, ends).properties(height=row_pixels * max(len(rows), 1) + 4).configure_view(strokeOpacity=0)
