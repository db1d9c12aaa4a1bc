"""Compare: groups of respondents side by side, with what chance alone could do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards import figures
from dashboards.charts import Dot, dots
from dashboards.charts.axes import wrapped
from dashboards.drawing import drawing
from dashboards.escaping import as_label, one_line
from dashboards.figures import OwnGroups
from dashboards.labels import TYPES, UNITS
from dashboards.numbers import (
    difference_in_words,
    interval_in_words,
    p_value,
    percent,
    share_in_words,
    share_percent,
)
from dashboards.owngroups import ask_own_groups
from dashboards.picturing import show_chart
from dashboards.sides import show_spreads, show_voices
from dashboards.state import View, current_view
from dashboards.tabling import show_table
from rfc_analyzer.comparison import Comparison, ComparisonRow, DistinctiveWord, GroupBy, Measure, Share, group_labels
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType

_OWN = "own"
_BY: Mapping[str, str] = {
    GroupBy.RESPONDENT_TYPE: "Respondent type",
    GroupBy.CAMPAIGN: "Form letter or own letter",
    GroupBy.QUESTION: "Question answered",
    GroupBy.COUNTRY: "Country",
    GroupBy.LANGUAGE: "Language",
    _OWN: "Filters of your own",
}
_MOST_GROUPS = 8
# groups that a reader would hardly choose first
_SAYING_LITTLE = (RespondentType.ANONYMOUS, RespondentType.OTHER)
_ROWS = 15
_MANY_TEXTS = 2_000  # that are read for their words only when asked
_MEASURES: Mapping[str, tuple[str, tuple[Measure, ...], str]] = {
    "support": ("Support", (Measure.SUPPORT,), "share of those who take the proposition up"),
    "oppose": ("Opposition", (Measure.OPPOSE,), "share of those who take the proposition up"),
    "addressed": ("Propositions taken up", (Measure.ADDRESSED,), "share of the group"),
    "theme": ("Themes", (Measure.THEME,), "share of the group"),
    "question": ("Questions answered", (Measure.QUESTION,), "share of the group"),
}
_NAMES = {"form_letter": "Form letter", "own_letter": "Own letter", "unknown": "Unknown", "en": "English",
          "es": "Spanish", "fr": "French", "de": "German", "zh": "Chinese", "vi": "Vietnamese"}  # fmt: skip


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Compare", anchor=False)
    by = _ask_by(view)
    groups = _ask_groups(view, by)
    if not groups:
        return
    try:
        found = figures.compared(view, by, groups)
    except BadInput as error:
        st.warning("These groups can't be compared.")
        st.text(str(error))
        return
    names = {group.name: _name(group.name, group.label) for group in found.groups}
    with st.expander("Read this first", expanded=True, icon=":material/warning:"):
        st.markdown("\n".join(f"- {sentence}" for sentence in found.warnings))
    _show_groups(found, names)
    with st.container(border=True):
        _show_measure(view, found, names)
    with st.container(border=True):
        show_spreads(view, found, names)
    with st.container(border=True):
        show_voices(view, found, names)
    with st.container(border=True):
        _show_words(view, by, groups, found, names)


def _ask_by(view: View) -> str:
    by: str = st.segmented_control(
        "Make groups by", list(_BY), default=GroupBy.RESPONDENT_TYPE.value, format_func=_BY.__getitem__,
        required=True, key="compare-by",
    )  # fmt: skip
    return by


def _ask_groups(view: View, by: str) -> tuple[str, ...] | OwnGroups:
    """Two groups or more; none where there are not so many, after saying why."""
    if by == _OWN:
        return ask_own_groups(view)
    sizes = {name: n for name, n in figures.group_names(view, by).items() if n}
    if len(sizes) < 2:
        st.info(_NONE.get(by, _ONE), icon=":material/info:")
        return ()
    labels = {name: _name(name, label) for name, label in group_labels(view.analysis, by, list(sizes)).items()}
    telling = [name for name in sizes if name not in _SAYING_LITTLE]
    largest = sorted(telling if len(telling) > 1 else sizes, key=lambda name: -sizes[name])[:2]
    chosen = st.multiselect(
        "Groups",
        list(sizes),
        default=[name for name in sizes if name in largest],
        format_func=lambda name: f"{as_label(labels[name])} ({sizes[name]:,})",
        max_selections=_MOST_GROUPS,
        # other groups, other widget: what was chosen may not be there
        key="compare-groups-" + "-".join(sizes),
    )
    if len(chosen) < 2:
        st.info("Choose two groups or more.", icon=":material/info:")
        return ()
    return tuple(chosen)


_ONE = (
    "There is only one group here, so there is nothing to compare. "
    "Take a filter away, or make groups by something else."
)
_NONE = {
    GroupBy.COUNTRY.value: "The docket's own table states no two countries, so there is nothing to compare by country.",
    GroupBy.QUESTION.value: "Fewer than two questions of a notice are answered here, so there is nothing to compare.",
}


def _name(group: str, label: str) -> str:
    if group in set(RespondentType):
        return TYPES[RespondentType(group)]
    return _NAMES.get(group, one_line(label))


def _show_groups(found: Comparison, names: Mapping[str, str]) -> None:
    for start in range(0, len(found.groups), 4):
        row = found.groups[start : start + 4]
        for place, group in zip(st.columns(max(len(row), 3)), row, strict=False):
            counts = group.denominators
            others = [f"{counts.of(u):,} {u.label}" for u in UNITS if u is not found.unit]
            with place.container(border=True):
                st.metric(as_label(names[group.name]), f"{counts.of(found.unit):,} {found.unit.label}")
                st.caption(" · ".join(others))


def _show_measure(view: View, found: Comparison, names: Mapping[str, str]) -> None:
    there = {r.measure for r in found.rows}
    offered = [key for key, (_, measures, _) in _MEASURES.items() if there & set(measures)]
    if not offered:
        st.info("This analysis has no themes, questions or propositions to compare by.", icon=":material/info:")
        return
    key = st.segmented_control(
        "Compare",
        offered,
        default=offered[0],
        format_func=lambda k: _MEASURES[k][0],
        required=True,
        key="compare-measure",
    )
    name, measures, of = _MEASURES[key if key in offered else offered[0]]
    rows = [r for r in found.rows if r.measure in measures]
    ordered = sorted(rows, key=_apart, reverse=True)
    st.header(name, anchor=False)
    shown = [r for r in ordered if any(not s.hidden for s in r.shares)]
    if shown:
        all_of_them = len(shown) <= _ROWS or st.toggle(f"Show all {len(shown)} rows", key="compare-all")
        drawn = shown if all_of_them else shown[:_ROWS]
        order = "The widest apart first. " if len(found.groups) == 2 else "The most apart first. "
        st.caption(f"{order}Dots are shares, lines their 95% intervals; groups of fewer than five have none.")
        _draw(view, names, drawn, of)
        _say_what_is_beyond_chance(rows)
    else:
        st.info("All groups have fewer than five here, so no shares are shown; the counts are in the table.")
    table = [_line(found, names, r) for r in ordered]
    show_table(view, table, f"compare-{key}", expanded=not shown)


def _say_what_is_beyond_chance(rows: Sequence[ComparisonRow]) -> None:
    tested = [r.significance for r in rows if r.significance]
    if not tested:
        return
    beyond = [one_line(r.label) for r in rows if r.significance and r.significance.beyond_chance]
    if beyond:
        st.text("Further apart than chance would have it (p adjusted for all tests under 0.05):")
        st.text("\n".join(f"• {label}" for label in beyond))
    else:
        st.text("None of these groups are further apart than chance would have it (p adjusted for all tests).")


def _apart(row: ComparisonRow) -> float:
    values = [s.value for s in row.shares if not s.hidden and s.value is not None]
    return max(values) - min(values) if len(values) > 1 else -1.0


def _draw(view: View, names: Mapping[str, str], rows: Sequence[ComparisonRow], of: str) -> None:
    groups = list(names.values())
    marks = [
        _dot(place, group, share)
        for place, row in enumerate(rows)
        for group, share in enumerate(row.shares)
        if not share.hidden
    ]
    said = "Shares by group with intervals. " + "; ".join(
        f"{one_line(r.label)}: " + ", ".join(f"{g} {share_in_words(s)}" for g, s in zip(groups, r.shares, strict=True))
        for r in rows[:6]
    )
    chart = drawing(dots, marks, [wrapped(r.label, 46) for r in rows], groups, of)
    show_chart(view, "compared", chart, title="Groups compared", alt=said)


def _dot(row: int, group: int, share: Share) -> Dot:
    interval = share.interval()
    value = share.value or 0.0
    low, high = interval or (value, value)
    return Dot(row, group, value, low, high, f"{share_in_words(share)}, {interval_in_words(interval)}")


def _line(found: Comparison, names: Mapping[str, str], row: ComparisonRow) -> dict[str, Any]:
    line: dict[str, Any] = {"What": one_line(row.label)}
    for group, share in zip(found.groups, row.shares, strict=True):
        name = names[group.name]
        line[name] = f"{share.n:,} of {share.of:,}"
        line[f"{name}, share"] = share_percent(share)
        line[f"{name}, 95% interval"] = "–" if share.hidden else interval_in_words(share.interval())
    if len(found.groups) == 2:
        line["Difference in points (95% interval)"] = difference_in_words(row.difference)
    test = row.significance
    line["p, adjusted for all tests"] = p_value(test.p_adjusted) if test else "–"
    line["Effect size (Cramér's V)"] = f"{test.cramers_v:.2f}" if test else "–"
    line["Test"] = test.test.value.capitalize() if test else "–"
    if any(r.right for r in found.rows):
        line["Right where read so (95% interval)"] = _right(row)
    return line


def _right(row: ComparisonRow) -> str:
    """The measured error of the reading, beside the difference."""
    if row.right is None or row.right.hidden:
        return "–"
    return f"{percent(row.right.value)} ({interval_in_words(row.right.interval)})"


def _show_words(
    view: View, by: str, groups: tuple[str, ...] | OwnGroups, found: Comparison, names: Mapping[str, str]
) -> None:
    st.header("Words that tell them apart", anchor=False)
    st.caption(
        "Words and phrases that a group uses more than the others together, each in at least three of its texts. "
        "Strength is a z-score: from about 2 upwards it is more than chance."
    )
    texts = sum(group.denominators.of(view.unit) for group in found.groups)
    if texts > _MANY_TEXTS and not st.toggle(
        "Find them", key="compare-find-words", help=f"Reading {texts:,} texts for it takes some seconds."
    ):
        return
    words = figures.telling_words(view, by, groups)
    for start in range(0, len(found.groups), 3):
        row = found.groups[start : start + 3]
        for place, group in zip(st.columns(max(len(row), 2)), row, strict=False):
            with place:
                _show_words_of(names[group.name], words.get(group.name, ()))


def _show_words_of(group: str, words: Sequence[DistinctiveWord]) -> None:
    st.markdown(f"**{as_label(group)}**")
    if not words:
        st.caption("No word stands out.")
        return
    table = [{"Word or phrase": w.word, "Strength": round(w.z, 1), "Texts": f"{w.texts:,} of {w.of:,}"} for w in words]
    st.dataframe(table, hide_index=True, width="stretch", alt=f"Distinctive words of {group}")


main()
