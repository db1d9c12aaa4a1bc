"""The map of passages: which themes lie near each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards import themefigures
from dashboards.charts.islands import KEY, PICKED, Spot, islands
from dashboards.choosing import pick, picked
from dashboards.drawing import drawing
from dashboards.escaping import one_line
from dashboards.picturing import show_chart
from dashboards.state import View
from rfc_analyzer.comparison import ThemeRow
from rfc_analyzer.model import Theme

_CHART = "themes-map"
_NAMED, _LONGEST = 8, 34


def show_map(view: View, rows: Sequence[ThemeRow], themes: Mapping[str, Theme], theme_id: str, page: str) -> None:
    """Passages as points on islands, the theme ``theme_id`` filled; a click chooses a theme, as the list does."""
    found, total = themefigures.places(view)
    if not found:
        st.info("This analysis was made before there was a map. Run it again to have one.", icon=":material/info:")
        return
    st.header("Map of passages", anchor=False)
    drawn = f"{len(found):,} of {total:,} passages" if len(found) < total else f"{total:,} passages"
    st.caption(
        f"{drawn}. Each point is a passage, each island a theme; themes that use like words lie near each other. The "
        "filled points are the theme chosen. The list and the table say the same in words."
    )
    inside = {i for i, t in themes.items() if theme_id in (i, t.parent_id)}
    spots = [
        Spot(theme_id if p.theme_id in inside else p.theme_id, _name(themes, theme_id if p.theme_id in inside
             else p.theme_id), p.x, p.y)
        for p in found if p.theme_id in themes
    ]  # fmt: skip
    parents = {t.parent_id for t in themes.values()}
    largest = [r.theme_id for r in sorted(rows, key=lambda r: -r.share.n) if r.theme_id not in parents][:_NAMED]
    named = "; ".join(one_line(themes[i].label) for i in largest)
    show_chart(
        view,
        _CHART,
        drawing(islands, spots, theme_id, largest),
        title="Map of passages",
        alt=f"Map of {drawn} in {len({p.theme_id for p in found})} themes. The largest: {named}.",
        key=_CHART,
        on_select=lambda: _choose(page),
        selection_mode=PICKED,
    )


def _choose(page: str) -> None:
    theme_id = picked(_CHART, PICKED, KEY)
    if theme_id:
        pick(page, theme_id)


def _name(themes: Mapping[str, Theme], theme_id: str) -> str:
    label = one_line(themes[theme_id].label)
    return label if len(label) <= _LONGEST else f"{label[:_LONGEST]}…"
