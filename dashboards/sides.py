"""Below a comparison: how long and how early the groups wrote, and what each side of them says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.escaping import as_label, one_line, shortened
from dashboards.labels import STANCES
from dashboards.numbers import p_value, share_percent
from dashboards.quoting import show_quotes
from dashboards.state import View
from dashboards.tabling import show_table
from rfc_analyzer.comparison import Comparison, Quantity, SpreadRow, Voice

_QUANTITIES = {Quantity.LENGTH: "Words", Quantity.DATE: "Submitted (UTC)"}
_P = "p, adjusted for all tests"
_ACROSS = 3
_LONGEST = 110


def show_spreads(view: View, found: Comparison, names: Mapping[str, str]) -> None:
    """Medians and quartiles of length and date, with what chance could do."""
    st.header("Length and date", anchor=False)
    st.caption("The median, and between which values the middle half lies; groups of fewer than five have none.")
    lines = [_line(row, found, names) for row in found.spreads]
    heads = {
        _P: st.column_config.TextColumn("p (adjusted)", width=95, help="Adjusted for all tests of this comparison"),
        "Effect size": st.column_config.TextColumn(width=80),
    }
    show_table(view, lines, "compare-length-and-date", title="Length and date", expanded=True, config=heads)


def _line(row: SpreadRow, found: Comparison, names: Mapping[str, str]) -> dict[str, Any]:
    line: dict[str, Any] = {"What": _QUANTITIES[row.quantity]}
    for group, spread in zip(found.groups, row.spreads, strict=True):
        line[names[group.name]] = row.told(spread) or "–"
    line[_P] = p_value(row.test.p_adjusted) if row.test else "–"
    line["Effect size"] = f"{row.test.effect:.2f}" if row.test else "–"
    line["Test"] = row.test.test if row.test else "–"
    return line


def show_voices(view: View, found: Comparison, names: Mapping[str, str]) -> None:
    """The words of each group for and against one proposition, the smaller side marked."""
    texts = {v.proposition_id: v.text for v in found.voices}
    if not texts:
        return
    st.header("In their own words", anchor=False)
    st.caption("For each group both sides that it takes, the larger first, so that a view that few hold is heard too.")
    chosen = st.selectbox(
        "Proposition", list(texts), format_func=lambda i: shortened(f"{i}: {texts[i]}", _LONGEST), key="compare-voices"
    )
    mine = [v for v in found.voices if v.proposition_id == chosen]
    for start in range(0, len(found.groups), _ACROSS):
        row = found.groups[start : start + _ACROSS]
        for place, group in zip(st.columns(max(len(row), 2), gap="medium"), row, strict=False):
            with place:
                st.subheader(as_label(names[group.name]), anchor=False)
                _show_sides(view, [v for v in mine if v.group == group.name], f"{start}-{group.name}")


def _show_sides(view: View, sides: Sequence[Voice], key: str) -> None:
    if not sides:
        st.caption("Nobody here supports or opposes it.")
    for voice in sides:
        share = share_percent(voice.share)
        mark = " · the smaller side here" if voice.smaller else ""
        st.markdown(f"**{STANCES[voice.stance]}**: {voice.share.n:,} of {voice.share.of:,} ({share}){mark}")
        if voice.quotes:
            show_quotes(view, voice.quotes, f"voice-{one_line(key)}-{voice.proposition_id}-{voice.stance.value}")
        else:
            st.caption("No words of theirs were found for it.")
