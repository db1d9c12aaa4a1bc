"""Themes: what respondents raise, who raises it, where they stand, and in which words."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards import figures, themefigures
from dashboards.charts import Bar, Standing, bars, diverging, diverging_in_words, timeline
from dashboards.charts.axes import wrapped
from dashboards.charts.bars import KEY, PICKED
from dashboards.choosing import choose, pick, picked
from dashboards.drawing import drawing
from dashboards.editingthemes import show_editing
from dashboards.escaping import as_label, one_line
from dashboards.labels import UNITS
from dashboards.mixing import show_mix
from dashboards.numbers import days, share_in_words, share_percent
from dashboards.picturing import show_chart
from dashboards.quoting import show_quotes
from dashboards.state import View, current_view
from dashboards.tabling import show_table
from dashboards.thememap import show_map
from dashboards.wording import NO_PROPOSITIONS, NO_THEMES, standing_rows
from rfc_analyzer import comparison
from rfc_analyzer.comparison import ThemeRow, Unit
from rfc_analyzer.model import Theme
from rfc_analyzer.model_themes import NoTheme
from rfc_analyzer.theming import BY_MODEL, titled_by

_PAGE, _CHART = "themes", "themes-chart"
_TAB, _TABS = "themes-tab", ("Who raises it", "Where they stand", "When")
# how often a theme comes back when the grouping is repeated on part of the passages
_STEADY, _LOOSE = 0.75, 0.5
_WHY_NONE = {
    NoTheme.FRAGMENT: "too short to tell what they are about, or only names",
    NoTheme.REMARK: "thanks or introductions",
    NoTheme.REPEATED: "lines that several submissions repeat word for word, as of a form",
    NoTheme.UNLIKE_ANY: "unlike every theme",
    None: "taken out by a person",
}


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Themes", anchor=False)
    themes = {t.theme_id: t for t in figures.theme_table(view)}
    rows = [r for r in _in_order(figures.themes(view, view.unit)) if r.share.n]
    if not rows:
        st.info(NO_THEMES, icon=":material/info:")
        return
    st.caption(
        f"In {view.unit.label}. Themes are found in the respondents' own arguments; a submission can raise several, "
        "and copies of a form letter raise what the letter raises."
    )
    ranked, about = st.columns(2, gap="medium")
    with ranked, st.container(border=True):
        _show_ranked(view, rows, themes)
    with about, st.container(border=True):
        names = {r.theme_id: _indented(r) for r in rows}
        theme_id = choose("Theme", names, _PAGE, next(iter(view.filters.theme_ids), None))
        _show_theme(view, themes[theme_id], next(r for r in rows if r.theme_id == theme_id))
    with about, st.container(border=True):
        _show_words(view, theme_id)
    with ranked, st.container(border=True):
        show_map(view, rows, themes, theme_id, _PAGE)
    with ranked, st.container(border=True):
        show_editing(view, themes[theme_id], themes)


def _in_order(rows: list[ThemeRow]) -> list[ThemeRow]:
    """The most raised first, sub-themes under the theme they are part of."""
    largest = comparison.most_raised(rows)
    under = {r.theme_id: [c for c in largest if c.parent_id == r.theme_id] for r in largest}
    return [r for top in largest if top.parent_id is None for r in (top, *under[top.theme_id])]


def _indented(row: ThemeRow) -> str:
    return f"{'' if row.parent_id is None else '– '}{one_line(row.label)}"


def _show_ranked(view: View, rows: list[ThemeRow], themes: Mapping[str, Theme]) -> None:
    st.header("What they raise", anchor=False)
    if any(r.parent_id for r in rows):
        st.caption("Paler bars are parts of the theme above them. Choose a bar to read about it.")
    drawn = [
        Bar(
            r.theme_id,
            wrapped(_indented(r), 32),
            r.share.n,
            f"{r.share.n:,} ({share_percent(r.share)})",
            bool(r.parent_id),
        )
        for r in rows
    ]
    show_chart(
        view,
        "themes",
        drawing(bars, drawn, UNITS[view.unit], row_pixels=36, clickable=True),
        title="What they raise",
        alt="Bars of themes. " + "; ".join(f"{' '.join(b.lines)}: {b.said}" for b in drawn),
        key=_CHART,
        on_select=_choose_what_was_clicked,
        selection_mode=PICKED,
    )
    counted = {
        u: {r.theme_id: r.share.n for r in figures.themes(view, u)} for u in (Unit.DISTINCT_TEXTS, Unit.SUBMISSIONS)
    }
    table = [
        {
            "Theme": _indented(r),
            **{UNITS[u]: counts[r.theme_id] for u, counts in counted.items()},
            f"Share of {view.unit.label}": share_percent(r.share),
            "Stability": themes[r.theme_id].stability,
            "Bear in mind": _in_mind(view, themes[r.theme_id]),
            "Description": one_line(themes[r.theme_id].description),
            "Keywords": ", ".join(map(one_line, r.keywords)),
        }
        for r in rows
    ]
    shown_as = {"Stability": st.column_config.NumberColumn(format="percent")}
    show_table(view, table, "themes", config=shown_as)
    _show_without(view)


def _choose_what_was_clicked() -> None:
    theme_id = picked(_CHART, PICKED, KEY)
    if theme_id:
        pick(_PAGE, theme_id)


def _show_theme(view: View, theme: Theme, row: ThemeRow) -> None:
    st.header(as_label(row.label), anchor=False)
    st.text(f"{share_in_words(row.share)} {view.unit.label} raise it")
    if theme.description:
        st.text(one_line(theme.description))
    for remark in _remarks(view, theme):
        st.info(remark, icon=":material/flag:")
    if theme.keywords:
        st.text("Keywords: " + ", ".join(map(one_line, theme.keywords)))
    if theme.stability is not None:
        st.text(_steadiness(theme.stability))
    _show_tabs(view, theme.theme_id)


# what nobody looks at is not worked out, and a change of tab draws the tabs alone
@st.fragment
def _show_tabs(view: View, theme_id: str) -> None:
    mix, lean, time = st.tabs(list(_TABS), on_change="rerun", key=_TAB)
    if mix.open:
        with mix:
            rows = [r for r in figures.themes_by_type(view) if r.theme_id == theme_id]
            show_mix(view, rows, "raise it", f"theme-{theme_id}-types")
    if lean.open:
        with lean:
            _show_lean(view, theme_id)
    if time.open:
        with time:
            _show_time(view, theme_id)


def _remarks(view: View, theme: Theme) -> list[str]:
    """What to bear in mind before the theme is quoted; no words of comments in it."""
    mark, found = themefigures.marks(view).get(theme.theme_id), []
    if theme.is_new:
        found.append("New: the last run of this docket did not have it.")
    named = titled_by(view.analysis.reviews).get(theme.theme_id, "")
    if named.endswith(BY_MODEL):
        found.append(f"Title by {one_line(named)}; it can be taken back below.")
    if mark and mark.dominated_by:
        found.append(f"One respondent wrote {mark.by_one:,} of its {mark.passages:,} passages.")
    if mark and mark.not_asked:
        found.append(
            f"Not asked: only {mark.answering:,} of its {mark.passages:,} passages answer a question of the notice."
        )
    return found


def _in_mind(view: View, theme: Theme) -> str:
    mark = themefigures.marks(view).get(theme.theme_id)
    said = [
        "new" if theme.is_new else "",
        f"mostly {one_line(mark.dominated_by)}" if mark and mark.dominated_by else "",
        "not asked" if mark and mark.not_asked else "",
    ]
    return ", ".join(filter(None, said))


def _show_without(view: View) -> None:
    found = themefigures.without_theme(view)
    if not found:
        return
    of, n = found[0].of, sum(row.passages for row in found)
    why = "; ".join(f"{row.passages:,} {_WHY_NONE[row.why]}" for row in found)
    st.caption(f"{n:,} of {of:,} passages of argument have no theme: {why}. Filters don't change these counts.")


def _steadiness(stability: float) -> str:
    said = (
        "steady"
        if stability >= _STEADY
        else "fairly steady"
        if stability >= _LOOSE
        else "loose: read its passages first"
    )
    return f"Stability {stability:.0%}: {said}. It is how much of the theme comes back when the grouping is repeated."


def _show_lean(view: View, theme_id: str) -> None:
    rows = [r for r in figures.theme_positions(view, theme_id) if r.addressed.n]
    if not rows:
        there = bool(figures.positions(view))
        st.info("Those who raise it take up no proposition." if there else NO_PROPOSITIONS, icon=":material/info:")
        return
    st.caption(
        "What the respondents who raise the theme think of each proposition, wherever in their letters they say it"
    )
    standings = [Standing(r.proposition_id, wrapped(r.text, 34), r) for r in rows]
    said = diverging_in_words(standings)
    show_chart(
        view, "theme-positions", drawing(diverging, standings), title="Where those who raise the theme stand", alt=said
    )
    names = {r.proposition_id: one_line(r.text) for r in rows}
    show_table(view, standing_rows(rows, names), f"theme-{theme_id}-positions")


def _show_time(view: View, theme_id: str) -> None:
    rows = figures.theme_over_time(view, theme_id)
    if len(rows) < 2:
        when = f"All came in on {days(rows[0].first, rows[0].last)}" if rows else "The submissions have no dates"
        st.info(f"{when}, so there is no course of time to show.", icon=":material/info:")
        return
    st.caption(f"Dark: {view.unit.label} that raise it; pale behind: all, by {rows[0].step.name.lower()} of submission")
    peak = max(rows, key=lambda r: r.share.n)
    said = f"Bars over time. Most raise it in {days(peak.first, peak.last)}: {peak.share.n} of {peak.share.of}."
    show_chart(
        view, "theme-time", drawing(timeline, rows, UNITS[view.unit]), title="When the theme was raised", alt=said
    )
    table = [{"Submitted": days(r.first, r.last), "Raise it": r.share.n, "Of": r.share.of} for r in rows]
    show_table(view, table, f"theme-{theme_id}-time")


def _show_words(view: View, theme_id: str) -> None:
    st.header("In their own words", anchor=False)
    found = figures.theme_passages(view, theme_id)
    if not found:
        st.info("No passage of this theme is left by the filters.", icon=":material/info:")
        return
    st.caption("Passages of the theme, the most typical first, one for each submission")
    show_quotes(view, found, f"themes-{theme_id}")


main()
