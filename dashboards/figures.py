"""The figures of a view, remembered until the analysis, the filters or the unit change. None is computed here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards.state import View
from rfc_analyzer import comparison
from rfc_analyzer.comparison import (
    AnsweringTheme,
    Comparison,
    DistinctiveWord,
    Filters,
    Overview,
    PassageRow,
    PositionRow,
    QuestionRow,
    QuoteRow,
    RepresentationRow,
    ThemeRow,
    TimeRow,
    TypeRow,
    Unit,
)
from rfc_analyzer.comparison.accuracy import Accuracy
from rfc_analyzer.comparison.accuracy import accuracy as measure_accuracy
from rfc_analyzer.comparison.comparing import telling_words as _telling_words
from rfc_analyzer.model import Question, RespondentType, Stance, Theme
from rfc_analyzer.tables import QUESTIONS, THEMES

OwnGroups = tuple[tuple[str, Filters], ...]
"""Names of groups, each with filters of its own."""
_remember = st.cache_data(max_entries=64, show_spinner=False, hash_funcs={View: lambda view: view.key})


@_remember
def overview(view: View) -> Overview:
    """The headline facts."""
    return comparison.overview(view.analysis, view.filters, view.unit)


@_remember
def respondents(view: View) -> list[TypeRow]:
    """Who answered, by type, in the view's unit."""
    return comparison.respondents_by_type(view.analysis, view.filters, view.unit)


@_remember
def positions(view: View) -> list[PositionRow]:
    """By proposition, over all respondents."""
    return comparison.positions_overall(view.analysis, view.filters, view.unit)


@_remember
def positions_by_type(view: View) -> list[PositionRow]:
    """By proposition and respondent type."""
    return comparison.positions_by_type(view.analysis, view.filters, view.unit)


@_remember
def accuracy(view: View) -> Accuracy | None:
    """How well the docket was read, as people's labels tell it; None where there are none."""
    return measure_accuracy(view.analysis)


@_remember
def quotes(
    view: View, proposition_id: str, stance: Stance | None, respondent_type: RespondentType | None
) -> list[QuoteRow]:
    """The words behind a proposition's figures."""
    return comparison.quotes(view.analysis, proposition_id, stance, respondent_type, filters=view.filters)


@_remember
def themes(view: View, unit: Unit) -> list[ThemeRow]:
    """By theme, over all respondents, in ``unit``."""
    return comparison.themes_overall(view.analysis, view.filters, unit)


@_remember
def themes_by_type(view: View) -> list[ThemeRow]:
    """By theme and respondent type."""
    return comparison.themes_by_type(view.analysis, view.filters, view.unit)


@_remember
def theme_table(view: View) -> list[Theme]:
    """The themes as the analysis found them."""
    return view.analysis.rows(THEMES)


@_remember
def theme_passages(view: View, theme_id: str) -> list[PassageRow]:
    """Passages of a theme, the most telling first."""
    return comparison.theme_passages(view.analysis, theme_id, view.filters, limit=30)


@_remember
def theme_positions(view: View, theme_id: str) -> list[PositionRow]:
    """Where those who raise a theme stand."""
    raising = view.filters.within(view.analysis, theme_ids=(theme_id,))
    return comparison.positions_overall(view.analysis, raising, view.unit)


@_remember
def theme_over_time(view: View, theme_id: str) -> list[TimeRow]:
    """A theme through the comment period."""
    return comparison.over_time(view.analysis, theme_id, view.filters, view.unit)


@_remember
def question_table(view: View) -> list[Question]:
    """The notice's questions."""
    return view.analysis.rows(QUESTIONS)


@_remember
def questions(view: View) -> list[QuestionRow]:
    """By question, over all respondents."""
    return comparison.questions_overall(view.analysis, view.filters, view.unit)


@_remember
def questions_by_type(view: View) -> list[QuestionRow]:
    """By question and respondent type."""
    return comparison.questions_by_type(view.analysis, view.filters, view.unit)


@_remember
def unplaced_passages(view: View) -> tuple[int, int]:
    """How many of the passages that argue fit no question, and of how many."""
    return comparison.unplaced_passages(view.analysis, view.filters)


@_remember
def unasked(view: View) -> list[QuestionRow]:
    """Who writes of what the notice does not ask: everyone first, then by respondent type; empty without questions."""
    arguments = (view.analysis, view.filters, view.unit)
    return [*comparison.unasked_overall(*arguments), *comparison.unasked_by_type(*arguments)]


@_remember
def question_passages(view: View, question_id: str) -> list[PassageRow]:
    """Passages that answer a question, the most telling first."""
    return comparison.question_passages(view.analysis, question_id, view.filters, limit=30)


@_remember
def question_themes(view: View, question_id: str) -> list[AnsweringTheme]:
    """What the answers to a question are about."""
    return comparison.question_themes(view.analysis, question_id, view.filters, view.unit)


@_remember
def compared(view: View, by: str, groups: tuple[str, ...] | OwnGroups) -> Comparison:
    """Groups side by side, but for their words. Raises :class:`~rfc_analyzer.errors.BadInput` for fewer than two."""
    return comparison.compare(view.analysis, by, _asked(groups), view.filters, view.unit, words=0)


@_remember
def telling_words(
    view: View, by: str, groups: tuple[str, ...] | OwnGroups
) -> Mapping[str, tuple[DistinctiveWord, ...]]:
    """What each group says more than the others. Thousands of letters take seconds."""
    return _telling_words(view.analysis, by, _asked(groups), view.filters, view.unit)


def _asked(groups: tuple[str, ...] | OwnGroups) -> Sequence[str] | Mapping[str, Filters]:
    """Names of groups, or groups with filters of their own by name."""
    own = {group[0]: group[1] for group in groups if not isinstance(group, str)}
    return own or [group for group in groups if isinstance(group, str)]


@_remember
def left_out(view: View) -> list[RepresentationRow]:
    """What summaries and quotes leave out: types, themes and positions."""
    return [row for row in comparison.representation(view.analysis, view.filters, view.unit) if row.left_out]


@_remember
def group_names(view: View, by: str) -> dict[str, int]:
    """The groups there are to compare, in their fixed order, and how many each counts."""
    return comparison.group_sizes(view.analysis, by, view.filters, view.unit)
