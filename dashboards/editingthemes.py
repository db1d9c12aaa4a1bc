"""Themes made better by people: renamed, joined, parted and hidden, with who did what, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboards.escaping import one_line, shortened
from dashboards.refusing import refusal
from dashboards.state import View
from rfc_analyzer.model import Review, Theme
from rfc_analyzer.reviews import Change, review, reviews_in, undo
from rfc_analyzer.tables import THEMES
from rfc_analyzer.theming import HIDDEN, LABEL, MERGED_INTO, WORDS, part_id

_WHO, _SAID = "editing-themes-who", "_editing-themes-said"
_WHAT = {LABEL: "Title", MERGED_INTO: "Joined to", HIDDEN: "Hidden", WORDS: "Parted by the words"}
_LONGEST = 70


def show_editing(view: View, theme: Theme, themes: Mapping[str, Theme]) -> None:
    """What can be done with ``theme``, and all that was done so far; ``themes`` are all there are, by id."""
    st.header("Improve the themes", anchor=False)
    st.caption(
        "A change counts at once, on every page and in every export, and stays through every new run. "
        "What the program had found is kept, and can be had back."
    )
    with st.container():
        if said := st.session_state.pop(_SAID, ""):
            st.success(said)
    who = st.text_input("Who changes", placeholder="Your name or initials", key=_WHO)
    is_parent = any(other.parent_id == theme.theme_id for other in themes.values())
    rename, join, part, hide = st.tabs(["Rename", "Join", "Split", "Hide"])
    with rename:
        _rename(view, who, theme)
    with join:
        _join(view, who, theme, themes, is_parent)
    with part:
        _part(view, who, theme, is_parent)
    with hide:
        _hide(view, who, theme)
    _show_history(view, themes)


def _rename(view: View, who: str, theme: Theme) -> None:
    with st.form("theme-rename", border=False):
        title = st.text_input("New title", value=theme.label, max_chars=80, key=f"theme-title-{theme.theme_id}")
        if st.form_submit_button("Rename"):
            _save(view, who, [Change(THEMES.name, theme.theme_id, LABEL, title)], "The theme has its new title.")


def _join(view: View, who: str, theme: Theme, themes: Mapping[str, Theme], is_parent: bool) -> None:
    if is_parent:
        st.text("A theme that others are part of can't be joined; join its parts.")
        return
    parents = {other.parent_id for other in themes.values()}
    others = {i: one_line(t.label) for i, t in themes.items() if i not in parents and i != theme.theme_id}
    with st.form("theme-join", border=False):
        target = st.selectbox(
            "Make it one with", list(others), format_func=others.__getitem__, index=None, placeholder="Choose a theme",
            key=f"theme-join-{theme.theme_id}",
        )  # fmt: skip
        if st.form_submit_button("Join") and target:
            _save(view, who, [Change(THEMES.name, theme.theme_id, MERGED_INTO, target)], "The two are one theme now.")


def _part(view: View, who: str, theme: Theme, is_parent: bool) -> None:
    if is_parent or "." in theme.theme_id:
        st.text("Only a theme as the program found it, without parts, can be split.")
        return
    with st.form("theme-part", border=False):
        words = st.text_input(
            "Words that belong in a theme of their own", placeholder="for example: wheelchair; curb ramp",
            help="Passages of this theme that hold one of them become the new theme, also in later runs.",
            key=f"theme-words-{theme.theme_id}",
        )  # fmt: skip
        title = st.text_input("Title of the new theme", max_chars=80, key=f"theme-part-title-{theme.theme_id}")
        if st.form_submit_button("Split") and words.strip():
            used = {r.row_id for r in reviews_in(view.entry.folder) if r.table == THEMES.name}
            number = next(n for n in range(1, len(used) + 2) if part_id(theme.theme_id, n) not in used)
            row_id = part_id(theme.theme_id, number)
            changes = [Change(THEMES.name, row_id, WORDS, words)]
            changes += [Change(THEMES.name, row_id, LABEL, title)] if title.strip() else []
            _save(view, who, changes, "The passages that hold these words are a theme of their own now.")


def _hide(view: View, who: str, theme: Theme) -> None:
    st.text("A hidden theme is shown and counted nowhere; its passages are as if they had no theme.")
    if st.button("Hide this theme", key=f"theme-hide-{theme.theme_id}"):
        _save(view, who, [Change(THEMES.name, theme.theme_id, HIDDEN, "true")], "The theme is hidden.")


def _save(view: View, who: str, changes: Sequence[Change], said: str) -> None:
    _attempt(lambda: review(view.entry.folder, who, changes), "Nothing was changed.", said)


def _attempt(act: Callable[[], object], failed: str, said: str) -> None:
    with refusal(failed):
        act()
        st.session_state[_SAID] = said
        st.rerun()


def _show_history(view: View, themes: Mapping[str, Theme]) -> None:
    made = [r for r in reviews_in(view.entry.folder) if r.table == THEMES.name]
    with st.expander(f"Changes so far ({len(made):,})", icon=":material/history:"):
        if not made:
            st.text("Nobody has changed a theme yet.")
            return
        st.dataframe(pd.DataFrame([_row(r, themes) for r in reversed(made)]), hide_index=True, width="stretch",
                     alt="Changes of themes so far, the newest first")  # fmt: skip
        by_id = {r.review_id: r for r in reversed(made)}
        chosen = st.selectbox(
            "Take back", list(by_id), format_func=lambda i: _told(by_id[i], themes), index=None,
            placeholder="Choose a change", key="theme-undo",
        )  # fmt: skip
        if st.button("Take it back", key="theme-undo-button", disabled=chosen is None) and chosen:
            who = st.session_state.get(_WHO) or by_id[chosen].reviewer
            _attempt(
                lambda: undo(view.entry.folder, chosen, who), "It could not be taken back.", "It is as it was before."
            )


def _row(one: Review, themes: Mapping[str, Theme]) -> dict[str, str]:
    return {
        "When (UTC)": f"{one.at:%Y-%m-%d %H:%M}",
        "Who": one.reviewer,
        "Theme": _named(one.row_id, themes),
        "What": _WHAT.get(one.column, one.column),
        "From": _value(one, one.old, themes),
        "To": _value(one, one.new, themes),
    }


def _told(one: Review, themes: Mapping[str, Theme]) -> str:
    changed = f"{_WHAT.get(one.column, one.column)}: {_value(one, one.new, themes) or 'taken back'}"
    return shortened(f"{_named(one.row_id, themes)}. {changed}, {one.reviewer}", _LONGEST)


def _named(theme_id: str, themes: Mapping[str, Theme]) -> str:
    return f"{theme_id} {one_line(themes[theme_id].label)}" if theme_id in themes else theme_id


def _value(one: Review, value: str, themes: Mapping[str, Theme]) -> str:
    if one.column == HIDDEN:
        return "yes" if value == "true" else "no"
    return _named(value, themes) if one.column == MERGED_INTO else one_line(value)
