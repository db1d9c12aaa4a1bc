"""Tables of shares or net support, tinted; each cell has its figure written in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from dashboards.charts.axes import LINE_HEIGHT, ROW, Cursor, labels_of_rows, wrapped
from dashboards.charts.palette import ON_FILL, OUTLINE, STANCE_FILLS, TEXT
from rfc_analyzer.model import Stance

PICKED = "picked"
ROW_KEY, COLUMN_KEY = "row_key", "column_key"
_PALE = "#eef1f4"
_HEAD_LETTERS = 12
_SHARES = ("#eef3f8", "#5fa0d6")


@dataclass(frozen=True, slots=True)
class Cell:
    """``value`` tints the cell (None: no tint, as for too few); ``said`` stands in it, ``full`` in its tooltip."""

    row: int
    column: int
    value: float | None
    said: str
    full: str


def heat(
    cells: Sequence[Cell],
    rows: Sequence[tuple[str, tuple[str, ...]]],
    columns: Sequence[tuple[str, tuple[str, ...]]],
    signed: bool,
    row_pixels: int = 40,
    clickable: bool = False,
) -> alt.LayerChart:
    """A tinted table; ``rows`` and ``columns`` are (key, label lines). ``signed`` tints −1..1, else 0..1."""
    frame = pd.DataFrame(
        [
            (c.row, c.column, rows[c.row][0], columns[c.column][0], " ".join(rows[c.row][1]), c.value, c.said, c.full)
            for c in cells
        ],
        columns=[ROW, "column", ROW_KEY, COLUMN_KEY, "name", "value", "said", "full"],
    )
    # a scale would tint an empty value as nought
    frame["known"] = frame["value"].notna()
    frame["value"] = frame["value"].fillna(0.0)
    frame["column_name"] = [" ".join(columns[c.column][1]) for c in cells]
    frame["spoken"] = frame["name"] + ", " + frame["column_name"] + ": " + frame["full"]
    scale = (
        alt.Scale(
            domain=[-1, 0, 1],
            range=[STANCE_FILLS[Stance.OPPOSE], _PALE, STANCE_FILLS[Stance.SUPPORT]],
            interpolate="rgb",
        )
        if signed
        else alt.Scale(domain=[0, 1], range=list(_SHARES), interpolate="rgb")
    )
    y = alt.Y(f"{ROW}:O", axis=labels_of_rows([lines for _, lines in rows]), scale=alt.Scale(paddingInner=0.06))
    # columns are narrow on a laptop: a name of two words stands in two lines
    heads = [tuple(part for line in lines for part in wrapped(line, _HEAD_LETTERS)) for _, lines in columns]
    top = labels_of_rows(heads, "top", 12)
    top.labelAlign, top.labelBaseline, top.labelAngle = "center", "bottom", 0
    top.labelPadding = 8 + LINE_HEIGHT * (max((len(lines) for lines in heads), default=1) - 1)
    x = alt.X("column:O", axis=top, scale=alt.Scale(paddingInner=0.04))
    base = alt.Chart(frame).encode(x=x, y=y)
    cursor: Cursor = "pointer" if clickable else "default"
    has_value = alt.when("datum.known")
    # a cell without a figure is a cell: chosen, and read aloud, like the others
    tiles = base.mark_rect(stroke=OUTLINE, strokeWidth=0.5, cornerRadius=2, cursor=cursor, aria=not frame.empty).encode(
        color=has_value.then(alt.Color("value:Q", scale=scale, legend=None)).otherwise(alt.value("transparent")),
        tooltip=[
            alt.Tooltip("name:N", title="Row"),
            alt.Tooltip("column_name:N", title="Column"),
            alt.Tooltip("full:N", title="Figure"),
        ],
        description="spoken:N",
    )
    if clickable:
        tiles = tiles.add_params(alt.selection_point(name=PICKED, fields=[ROW_KEY, COLUMN_KEY]))
    text = base.mark_text(fontSize=12, cursor=cursor, aria=False).encode(
        text="said:N", color=has_value.then(alt.value(ON_FILL)).otherwise(alt.value(TEXT))
    )
    # the page fits the heads into the height too
    height = row_pixels * max(len(rows), 1) + int(top.labelPadding) + LINE_HEIGHT
    return alt.layer(tiles, text).properties(height=height).configure_view(strokeOpacity=0)
