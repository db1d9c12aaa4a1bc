"""The figures: positions, themes and questions, for everyone and by respondent type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.holding import NOT_ASKED, question_holders, theme_holders, unasked_holders
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.comparison.unsure import is_unsure
from rfc_analyzer.model import Proposition, Question, RespondentType, Stance, Theme
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS, QUESTIONS, SUBMISSIONS, THEMES

_S = SUBMISSIONS.c
Who = RespondentType | None
_NOT_ASKED_TEXT = "Not asked: most of what they write fits no question"
_Counts = Mapping[tuple[Any, ...], int]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """Where respondents of a type stand on a proposition; ``respondent_type`` None is everyone.

    The four shares are of all respondents of the type and add up to them; :meth:`among_those_who_take_it_up`
    leaves out those who don't address the proposition. ``unsure`` counts, by stance, those read with little confidence.
    """

    proposition_id: str
    text: str
    respondent_type: Who
    support: Share
    oppose: Share
    mixed: Share
    not_addressed: Share
    unsure: tuple[int, ...] = ()

    def unsure_of(self, stance: Stance) -> Share:
        """How many of those counted with ``stance`` were read with little confidence, and checked by nobody."""
        counted = self.share(stance)
        return Share(self.unsure[list(Stance).index(stance)] if self.unsure else 0, counted.n, counted.unit)

    @property
    def sure(self) -> Share:
        """Of those who take it up, the ones whose stance was read surely or checked by a person."""
        return Share(self.addressed.n - sum(self.unsure), self.addressed.n, self.addressed.unit)

    def share(self, stance: Stance) -> Share:
        """The share of all respondents of the type."""
        return {Stance.SUPPORT: self.support, Stance.OPPOSE: self.oppose, Stance.MIXED: self.mixed}[stance]

    @property
    def addressed(self) -> Share:
        """Those who take the proposition up."""
        return Share(self.not_addressed.of - self.not_addressed.n, self.not_addressed.of, self.not_addressed.unit)

    def among_those_who_take_it_up(self, stance: Stance) -> Share:
        """The share of those who take the proposition up."""
        return Share(self.share(stance).n, self.addressed.n, self.addressed.unit)

    @property
    def too_few(self) -> bool:
        """True where so few take it up that shares of them are hidden."""
        return self.among_those_who_take_it_up(Stance.SUPPORT).hidden

    @property
    def net_support(self) -> float | None:
        """Support less opposition among those who take it up, in −1..1; None where that share is hidden."""
        return None if self.too_few else (self.support.n - self.oppose.n) / self.addressed.n


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """Respondents of a type who raise a theme; ``respondent_type`` None is everyone.

    ``is_rest`` marks the theme of what is left beside the others.
    """

    theme_id: str
    label: str
    keywords: tuple[str, ...]
    parent_id: str | None
    respondent_type: Who
    share: Share
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """Respondents of a type who answer a question; ``respondent_type`` None is everyone."""

    question_id: str
    number: str
    text: str
    respondent_type: Who
    share: Share


@dataclass(frozen=True, slots=True)
class TypeRow:
    """How many respondents of a type there are, of all, in the unit asked for."""

    respondent_type: RespondentType
    share: Share


def types_present(analysis: Analysis, filters: Filters | None = None) -> list[RespondentType]:
    """The respondent types that occur, in their fixed order."""
    there = set((filters or Filters()).of(analysis, analysis.submissions)[_S.respondent_type])
    return [t for t in RespondentType if t.value in there]


def respondents_by_type(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.SUBMISSIONS
) -> list[TypeRow]:
    """Who answered. A campaign has the type of its template when texts are counted."""
    base = _base(analysis, filters, unit)
    return [TypeRow(t, Share(base.of[t], base.of[None], unit)) for t in base.types]


def positions_by_type(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[PositionRow]:
    """A row for each proposition and respondent type that occurs, in that order."""
    return _positions(_base(analysis, filters, unit), everyone=False)


def positions_overall(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[PositionRow]:
    """A row for each proposition, over all respondents."""
    return _positions(_base(analysis, filters, unit), everyone=True)


def themes_by_type(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[ThemeRow]:
    """A row for each theme and respondent type that occurs, in that order."""
    return _themes(_base(analysis, filters, unit), everyone=False)


def themes_overall(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[ThemeRow]:
    """A row for each theme, over all respondents, in the order of the themes table."""
    return _themes(_base(analysis, filters, unit), everyone=True)


def most_raised(rows: Iterable[ThemeRow]) -> list[ThemeRow]:
    """``rows`` as they are shown: the most raised first, what is left beside the others last."""
    return sorted(rows, key=lambda row: (row.is_rest, -row.share.n))


def questions_by_type(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[QuestionRow]:
    """A row for each question and respondent type that occurs, in that order."""
    return _questions(_base(analysis, filters, unit), everyone=False)


def questions_overall(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[QuestionRow]:
    """A row for each question, over all respondents."""
    return _questions(_base(analysis, filters, unit), everyone=True)


def unasked_by_type(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[QuestionRow]:
    """By respondent type, who writes mostly of what the notice does not ask; empty where it asks nothing.

    The rows have :data:`NOT_ASKED` for a question's id. Who answers questions may be among them.
    """
    return _unasked(_base(analysis, filters, unit), everyone=False)


def unasked_overall(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[QuestionRow]:
    """The same over all respondents: one row, or none where the notice asks nothing."""
    return _unasked(_base(analysis, filters, unit), everyone=True)


def _base(analysis: Analysis, filters: Filters | None, unit: Unit) -> _Base:
    # every figure of a page counts the same respondents
    asked = filters or Filters()
    return analysis.once(("respondents that count", asked, unit), lambda: _Base(analysis, asked, unit))


class _Base:
    """The respondents that count: how much, and of which type."""

    def __init__(self, analysis: Analysis, filters: Filters, unit: Unit) -> None:
        self.analysis, self.unit = analysis, unit
        self.weight = weights(analysis, filters.apply(analysis), unit)
        types = analysis.submissions.set_index(_S.submission_id)[_S.respondent_type]
        self.type = types.loc[self.weight.index]
        sums = self.weight.groupby(self.type).sum()
        self.types = [t for t in RespondentType if t.value in sums.index]
        self.of: dict[Who, int] = {t: int(sums[t.value]) for t in self.types}
        self.of[None] = int(self.weight.sum())

    def counts(self, held: pd.DataFrame) -> _Counts:
        """Sums of weights by the columns of ``held`` after its submission id, and by type (None: everyone)."""
        # one look-up of each id for all that is asked of it
        places = self.weight.index.get_indexer(pd.Index(held[_S.submission_id]))
        counted = places >= 0
        held, places = held[counted], places[counted]
        keys = [c for c in held.columns if c != _S.submission_id]
        frame = held.assign(weight=self.weight.to_numpy()[places], who=self.type.array.take(places))
        found = {_key(k): int(n) for k, n in frame.groupby([*keys, "who"], observed=True)["weight"].sum().items()}
        found |= {(*_key(k), None): int(n) for k, n in frame.groupby(keys, observed=True)["weight"].sum().items()}
        return found

    def rows(self, everyone: bool) -> list[Who]:
        return [None] if everyone else list(self.types)


def _key(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


def _positions(base: _Base, everyone: bool) -> list[PositionRow]:
    p = POSITIONS.c
    held = base.analysis.positions
    counts = base.counts(held[[p.submission_id, p.proposition_id, p.stance]])
    unsure = base.counts(held.loc[is_unsure(held), [p.submission_id, p.proposition_id, p.stance]])
    propositions = base.analysis.rows(PROPOSITIONS)
    return [
        _position(proposition, who, counts, unsure, base) for proposition in propositions for who in base.rows(everyone)
    ]


def _position(proposition: Proposition, who: Who, counts: _Counts, unsure: _Counts, base: _Base) -> PositionRow:
    of = base.of[who]
    n = [
        counts.get((proposition.proposition_id, s.value, who), 0) for s in (Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED)
    ]
    shares = [Share(count, of, base.unit) for count in (*n, of - sum(n))]
    unchecked = [unsure.get((proposition.proposition_id, s.value, who), 0) for s in Stance]
    support, oppose, mixed, silent = shares
    return PositionRow(
        proposition.proposition_id, proposition.text, who, support, oppose, mixed, silent, tuple(unchecked)
    )


def _themes(base: _Base, everyone: bool) -> list[ThemeRow]:
    counts = base.counts(theme_holders(base.analysis))
    themes: Iterable[Theme] = base.analysis.rows(THEMES)
    return [
        ThemeRow(t.theme_id, t.label, t.keywords, t.parent_id, who, _share(counts, t.theme_id, who, base), t.is_rest)
        for t in themes
        for who in base.rows(everyone)
    ]


def _questions(base: _Base, everyone: bool) -> list[QuestionRow]:
    counts = base.counts(question_holders(base.analysis))
    questions: Iterable[Question] = base.analysis.rows(QUESTIONS)
    return [
        QuestionRow(q.question_id, q.number, q.text, who, _share(counts, q.question_id, who, base))
        for q in questions
        for who in base.rows(everyone)
    ]


def _unasked(base: _Base, everyone: bool) -> list[QuestionRow]:
    if base.analysis.questions.empty:
        return []
    counts = base.counts(unasked_holders(base.analysis))
    return [
        QuestionRow(NOT_ASKED, "", _NOT_ASKED_TEXT, who, _share(counts, NOT_ASKED, who, base))
        for who in base.rows(everyone)
    ]


def _share(counts: _Counts, key: str, who: Who, base: _Base) -> Share:
    return Share(counts.get((key, who), 0), base.of[who], base.unit)
