"""Rows down the side of a chart, labelled with untrusted words: wrapped, cut, never read as an expression."""

from __future__ import annotations

import json
from collections.abc import Sequence
from textwrap import wrap
from typing import Literal

import altair as alt

from dashboards.charts.palette import GRID, TEXT
from dashboards.escaping import one_line

FONT_SIZE = 13
LINE_HEIGHT = 16
ROW = "row"
Cursor = Literal["pointer", "default"]


def wrapped(text: str, width: int, most: int = 2) -> tuple[str, ...]:
    """``text`` in at most ``most`` lines of ``width`` characters; the last is marked where something was cut."""
    lines = wrap(one_line(text), width, break_long_words=True) or [""]
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    cut = last if len(last) < width else last[: width - 1].rsplit(" ", 1)[0]
    return (*lines[: most - 1], cut.rstrip(" ,;:.") + "…")


def labels_of_rows(labels: Sequence[Sequence[str]], orient: str = "left", size: int = FONT_SIZE) -> alt.Axis:
    """An axis whose label for row ``i`` is ``labels[i]``, in one line or two."""
    two_lines = [i for i, lines in enumerate(labels) if len(lines) > 1]
    # the first of two lines stands on the middle, so that the second hangs under it
    baseline = {"condition": {"test": f"indexof({two_lines}, datum.value) >= 0", "value": "bottom"}, "value": "middle"}
    # the words are written into the expression as JSON, where they are values and nothing else
    return alt.Axis(
        labelExpr=f"{json.dumps([list(lines) for lines in labels])}[datum.value]",
        orient=orient,  # type: ignore[arg-type]
        title=None,
        ticks=False,
        domain=False,
        grid=False,
        labelColor=TEXT,
        labelFontSize=size,
        labelLineHeight=LINE_HEIGHT,
        labelLimit=420,
        labelPadding=10,
        labelAlign="left" if orient == "right" else "right",
        labelBaseline=baseline,
        labelOverlap=False,
        labelBound=False,
        aria=False,  # it would be read as its row numbers; each mark names its row
    )


def percent_axis(title: str | None, signless: bool = True, count: int = 5) -> alt.Axis:
    """An axis of percentages, or of numbers where the data are; both sides of zero read without a sign."""
    return alt.Axis(
        title=title,
        labelExpr="format(abs(datum.value), '.0%')" if signless else "format(datum.value, '.0%')",
        labelColor=TEXT,
        titleColor=TEXT,
        labelFontSize=12,
        titleFontSize=12,
        grid=True,
        gridColor=GRID,
        gridOpacity=0.25,
        tickCount=count,
        labelFlush=False,
    )


def number_axis(title: str | None, count: int = 5) -> alt.Axis:
    """An axis of whole numbers; both sides of zero read without a sign."""
    return alt.Axis(
        title=title,
        labelExpr="format(abs(datum.value), ',')",
        labelColor=TEXT,
        titleColor=TEXT,
        labelFontSize=12,
        titleFontSize=12,
        grid=True,
        gridColor=GRID,
        gridOpacity=0.25,
        tickCount=count,
        tickMinStep=1,
        labelFlush=False,
    )
