"""Charts on the screen, and the way to take each along as a picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import altair as alt
import streamlit as st

from dashboards.charts.palette import PAPER_TEXT, TEXT
from dashboards.drawing import Drawing
from dashboards.state import View
from dashboards.tabling import notes_of

_WIDTH, _SCALE = 760, 2
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_LONGEST_NOTE = 150


def show_chart(view: View, name: str, asked: Drawing, *, title: str, alt: str, **options: Any) -> None:
    """A chart with its description in words (``alt``), and under it a menu that hands it over as PNG and SVG.

    ``options`` are those of ``st.vega_lite_chart``. The picture is drawn when it is asked for.
    """
    # the elements' keys are made of it, and a click must find its chart again
    st.vega_lite_chart(spec=asked.specification(), alt=alt, width="stretch", **options)
    with (
        st.container(horizontal=True, horizontal_alignment="right", key=f"save-{name}"),
        st.popover("Save chart", icon=":material/image:", type="tertiary", key=f"save-menu-{name}"),
    ):
        notes = [f"{key}: {value}" for key, value in notes_of(view).items()]
        for kind, mime, draw in (("PNG", "image/png", png_of), ("SVG", "image/svg+xml", svg_of)):
            st.download_button(
                f"Download as {kind}",
                data=_drawn(draw, asked, title, notes),
                file_name=f"{view.entry.docket_id or view.entry.key}-{name}.{kind.lower()}",
                mime=mime,
                key=f"save-{kind}-{name}",
                icon=":material/download:",
                on_click="ignore",
            )


def png_of(chart: alt.LayerChart, title: str, notes: list[str]) -> bytes:
    """The chart on white paper, with its title and ``notes`` below it."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(_specification(chart, title, notes), scale=_SCALE, allowed_base_urls=[])
    return drawn


def svg_of(chart: alt.LayerChart, title: str, notes: list[str]) -> bytes:
    """The same as a drawing that can be enlarged and edited."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(_specification(chart, title, notes), allowed_base_urls=[])
    return drawn.encode("utf-8")


def _drawn(
    draw: Callable[[alt.LayerChart, str, list[str]], bytes], asked: Drawing, title: str, notes: list[str]
) -> Callable[[], bytes]:
    return lambda: draw(asked.chart(), title, notes)


def _specification(chart: alt.LayerChart, title: str, notes: list[str]) -> str:
    plain = chart.to_dict()
    plain |= {"width": _WIDTH, "background": "white", "padding": 16}
    plain["title"] = {
        "text": title,
        "subtitle": [note if len(note) <= _LONGEST_NOTE else f"{note[:_LONGEST_NOTE]}…" for note in notes],
        "anchor": "start",
        "fontSize": 16,
        "subtitleFontSize": 12,
        "subtitleColor": PAPER_TEXT,
        "offset": 14,
        "color": PAPER_TEXT,
    }
    plain.setdefault("config", {})["font"] = _FONT
    # on the screen the words take the colour of the theme; paper is white
    return json.dumps(plain).replace(json.dumps(TEXT), json.dumps(PAPER_TEXT))
