"""Diverging stacked bars: opposition to the left, mixed around the middle, support to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import altair as alt
import pandas as pd

from dashboards.charts.axes import ROW, Cursor, labels_of_rows, number_axis, percent_axis
from dashboards.charts.palette import GRID, ON_FILL, OUTLINE, STANCE_FILLS, TEXT
from dashboards.labels import STANCES
from dashboards.numbers import share_in_words
from rfc_analyzer.comparison import PositionRow, Share
from rfc_analyzer.model import Stance

PICKED = "picked"
KEY, STANCE = "key", "stance"
_ORDER = (Stance.OPPOSE, Stance.MIXED, Stance.SUPPORT)
_ROW_PIXELS = 38
_FRAME_PIXELS = 110  # legend above, axis and its title below
_GAP = "\u00a0" * 6
_LABEL, _LABEL_PER_CHARACTER = 0.025, 0.02  # of the axis' length: a narrower segment has no room for its number


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the chart: ``key`` is what a click picks, ``lines`` what stands beside it."""

    key: str
    lines: tuple[str, ...]
    row: PositionRow


def diverging(standings: Sequence[Standing], by_number: bool = False, clickable: bool = False) -> alt.LayerChart:
    """Bars of shares among those who take a proposition up, or of how many they are (``by_number``).

    Segments are in the same order everywhere and carry their count; beside each row stands how many take the
    proposition up. A row of fewer than five has no bar of shares: its counts are written out.
    """
    frame = _segments(standings, by_number)
    low, high = _ends(frame, by_number)
    length = high - low
    frame["number"] = [
        f"{n:,}" if end - start >= length * (_LABEL + _LABEL_PER_CHARACTER * len(f"{n:,}")) else ""
        for n, start, end in zip(frame["n"], frame["start"], frame["end"], strict=True)
    ]
    frame["spoken"] = frame["name"] + ", " + frame["stance_name"] + ": " + frame["said"]
    counted = "number of respondents" if by_number else "share of those who take it up"
    title = f"◀ oppose{_GAP}{counted}{_GAP}support ▶"
    axis = number_axis(title) if by_number else percent_axis(title)
    rows = list(range(len(standings)))
    scale = alt.Scale(domain=rows, paddingInner=0.3, paddingOuter=0.15)
    y = alt.Y(f"{ROW}:O", scale=scale, axis=labels_of_rows([s.lines for s in standings]))
    x = alt.X("start:Q", axis=axis, scale=alt.Scale(domain=[low, high], nice=False))
    base = alt.Chart(frame)
    cursor: Cursor = "pointer" if clickable else "default"
    segments = base.mark_bar(stroke=OUTLINE, strokeWidth=1, cursor=cursor, aria=not frame.empty).encode(
        x=x,
        x2="end:Q",
        y=y,
        color=alt.Color(
            "stance_name:N",
            scale=alt.Scale(domain=[STANCES[s] for s in _ORDER], range=[STANCE_FILLS[s] for s in _ORDER]),
            legend=stance_legend(),
        ),
        tooltip=[
            alt.Tooltip("name:N", title="Row"),
            alt.Tooltip("stance_name:N", title="Stance"),
            alt.Tooltip("said:N", title="Those who take it up"),
        ],
        description="spoken:N",
    )
    if clickable:
        segments = segments.add_params(alt.selection_point(name=PICKED, fields=[KEY, STANCE]))
    numbers = base.mark_text(color=ON_FILL, fontSize=12, fontWeight=600, aria=False).encode(
        x="middle:Q", y=y, text="number:N"
    )
    zero = alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=GRID, strokeWidth=1.5, aria=False).encode(x="at:Q")
    drawn = alt.layer(zero, segments, numbers, *_written_out(standings, by_number, y, low))
    return (
        alt.layer(drawn, _beside(standings, scale))
        .resolve_scale(y="independent")
        .properties(height=_ROW_PIXELS * max(len(standings), 1) + _FRAME_PIXELS)
        .configure_view(strokeOpacity=0)
    )


def stance_legend() -> alt.Legend:
    """The three stances above the bars, in the bars' order."""
    return alt.Legend(
        title=None,
        orient="top",
        labelColor=TEXT,
        labelFontSize=13,
        symbolType="square",
        symbolStrokeColor=OUTLINE,
    )


def diverging_in_words(standings: Sequence[Standing]) -> str:
    """What the chart shows, for those who don't see it."""
    said = []
    for standing in standings:
        row = standing.row
        said.append(
            f"{' '.join(standing.lines)}: {row.oppose.n} oppose, {row.mixed.n} mixed, {row.support.n} support, "
            f"{row.not_addressed.n} do not address it"
        )
    return "Diverging bars, opposition to the left and support to the right. " + "; ".join(said) + "."


def _segments(standings: Sequence[Standing], by_number: bool) -> pd.DataFrame:
    found = []
    for place, standing in enumerate(standings):
        row = standing.row
        shares = {s: row.among_those_who_take_it_up(s) for s in _ORDER}
        if not by_number and row.too_few:
            continue
        size = {s: float(shares[s].n if by_number else shares[s].value or 0.0) for s in _ORDER}
        at = -size[Stance.MIXED] / 2 - size[Stance.OPPOSE]
        for stance in _ORDER:
            end = at + size[stance]
            if shares[stance].n:
                found.append(_segment(place, standing, stance, shares[stance], at, end))
            at = end
    return pd.DataFrame(found, columns=[ROW, KEY, STANCE, "stance_name", "name", "n", "said", "start", "end", "middle"])


def _segment(place: int, standing: Standing, stance: Stance, share: Share, start: float, end: float) -> tuple:
    name = " ".join(standing.lines)
    said = share_in_words(share)
    return place, standing.key, stance.value, STANCES[stance], name, share.n, said, start, end, (start + end) / 2


def _ends(frame: pd.DataFrame, by_number: bool) -> tuple[float, float]:
    """The axis' ends, on even steps, no longer than the bars ask."""
    step = 0.25 if not by_number else max(5.0, 10.0 ** floor(len(str(int(frame["end"].max() or 1))) - 1))
    low = min(frame["start"].min() if len(frame) else 0.0, -step)
    high = max(frame["end"].max() if len(frame) else 0.0, step)
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step


def _beside(standings: Sequence[Standing], scale: alt.Scale) -> alt.Chart:
    """How many take it up, to the right of the bars."""
    axis = labels_of_rows([(f"{s.row.addressed.n:,} of {s.row.addressed.of:,}",) for s in standings], "right", 12)
    axis.title, axis.titleAngle, axis.titleAlign, axis.titleColor = "take it up", 0, "left", TEXT
    axis.titleAnchor, axis.titleX, axis.titleY, axis.titleFontSize = "start", 10, -8, 12
    frame = pd.DataFrame({ROW: range(len(standings)), "at": 0})
    y = alt.Y(f"{ROW}:O", scale=scale, axis=axis)
    return alt.Chart(frame).mark_point(opacity=0, size=0, aria=False).encode(x="at:Q", y=y)


def _written_out(standings: Sequence[Standing], by_number: bool, y: alt.Y, low: float) -> list[alt.Chart]:
    """Counts in words where there are too few for a share, and what stands where nobody takes it up; at ``low``."""
    if by_number:
        return []
    few = [(place, _few(s.row)) for place, s in enumerate(standings) if s.row.too_few]
    if not few:
        return []
    frame = pd.DataFrame(few, columns=[ROW, "said"]).assign(at=low)
    return [
        alt.Chart(frame)
        .mark_text(color=TEXT, fontSize=12, fontStyle="italic", align="left", dx=8, aria=False)
        .encode(x="at:Q", y=y, text="said:N")
    ]


def _few(row: PositionRow) -> str:
    counts = [(row.share(s).n, STANCES[s].lower()) for s in _ORDER]
    said = ", ".join(f"{n} {name}" for n, name in counts if n)
    return f"{said} (too few for shares)" if said else "nobody takes it up"
