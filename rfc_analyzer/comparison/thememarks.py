"""What an analyst should know of a theme before quoting it: whose it mostly is, and whether it was asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from rfc_analyzer.model import Theme
from rfc_analyzer.model_themes import NoTheme
from rfc_analyzer.querying import light
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PASSAGES, QUESTIONS, SUBMISSIONS, THEMES

_P, _S = PASSAGES.c, SUBMISSIONS.c
_DOMINATES = 0.5  # of a theme's passages, above which it is one respondent's
_LEAST_ASKED, _PART_OF_USUAL = 0.35, 0.6  # of a theme's passages that answer a question


@dataclass(frozen=True, slots=True)
class ThemeMark:
    """Counts of passages, of which a theme has ``passages``.

    ``dominated_by`` names who wrote over half of them, ``by_one`` is how many the one who wrote most did.
    ``answering`` is how many answer a question of the notice; ``not_asked`` says that far fewer do than elsewhere, so
    that respondents raise the theme by themselves.
    """

    theme_id: str
    passages: int
    by_one: int
    dominated_by: str
    answering: int
    not_asked: bool


@dataclass(frozen=True, slots=True)
class Unthemed:
    """``passages`` of ``of`` that count have no theme, for one reason; ``why`` None where a person took it away."""

    why: NoTheme | None
    passages: int
    of: int


def theme_marks(analysis: Analysis) -> dict[str, ThemeMark]:
    """For each theme what to bear in mind; in all submissions, whatever is filtered."""
    table = light(analysis, PASSAGES)
    table = table[table[_P.counted] & table[_P.theme_id].notna()]
    answers = table[_P.question_ids].map(len) > 0
    usual = float(answers.mean()) if len(table) and len(analysis.rows(QUESTIONS)) else 0.0
    whose = table[_P.submission_id].map(_voices(analysis))
    themes = analysis.rows(THEMES)
    under = _under(themes)
    return {
        t.theme_id: _mark(t.theme_id, table[_P.theme_id].isin(under[t.theme_id]), whose, answers, usual) for t in themes
    }


def unthemed(analysis: Analysis) -> list[Unthemed]:
    """How many passages that count have no theme, by the reason, the most frequent first."""
    table = light(analysis, PASSAGES)
    counted = table[table[_P.counted]]
    left = counted[counted[_P.theme_id].isna()]
    why = left[_P.no_theme] if _P.no_theme in left.columns else pd.Series(None, index=left.index, dtype=object)
    found = why.map(lambda value: value if isinstance(value, str) else "").value_counts()
    return [Unthemed(NoTheme(str(reason)) if reason else None, int(n), len(counted)) for reason, n in found.items()]


def _voices(analysis: Analysis) -> Mapping[str, str]:
    """Whose each submission is: the organisation, else the person, else the submission's own id."""
    table = analysis.submissions
    said = zip(table[_S.submission_id], table[_S.organization], table[_S.respondent_name], strict=True)
    return {submission: organization or name or submission for submission, organization, name in said}


def _under(themes: list[Theme]) -> dict[str, list[str]]:
    found = {t.theme_id: [t.theme_id] for t in themes}
    for theme in themes:
        if theme.parent_id in found:
            found[theme.parent_id].append(theme.theme_id)
    return found


def _mark(theme_id: str, inside: pd.Series, whose: pd.Series, answers: pd.Series, usual: float) -> ThemeMark:
    count = int(inside.sum())
    most = whose[inside].value_counts()
    by_one = int(most.iloc[0]) if count else 0
    answering = int(answers[inside].sum())
    return ThemeMark(
        theme_id=theme_id,
        passages=count,
        by_one=by_one,
        dominated_by=str(most.index[0]) if by_one > _DOMINATES * count else "",
        answering=answering,
        not_asked=usual > 0 and count > 0 and answering < min(_LEAST_ASKED, _PART_OF_USUAL * usual) * count,
    )
