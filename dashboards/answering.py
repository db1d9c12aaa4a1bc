"""The four answers to where a respondent stands, as buttons and keys, the same wherever people answer."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboards.labels import NOT_ADDRESSED, STANCES
from dashboards.quoting import ICONS
from rfc_analyzer.labelling import NOT_TAKEN_UP
from rfc_analyzer.model import Stance

ANSWERS: tuple[Stance | None, ...] = (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED, None)
_NOT = ":material/remove:"


def answer_name(stance: Stance | None) -> str:
    """``Support``, or what stands for taking no side at all."""
    return STANCES[stance] if stance else NOT_ADDRESSED


def named(value: str) -> str:
    """The same for a value as it is kept."""
    return NOT_ADDRESSED if value == NOT_TAKEN_UP else STANCES[Stance(value)]


def answer_buttons(key: str, on_answer: Callable[[Stance | None], None], keys: bool = True) -> None:
    """A button for each answer; with ``keys`` the keys 1 to 4 press them."""
    for number, stance in enumerate(ANSWERS, start=1):
        st.button(
            answer_name(stance),
            key=f"answer-{key}-{number}",
            icon=ICONS[stance] if stance else _NOT,
            shortcut=str(number) if keys else None,
            width="stretch",
            on_click=on_answer,
            args=(stance,),
        )
