"""Groups of respondents side by side: shares, differences, tests, and the words that tell them apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from rfc_analyzer.comparison.counting import Denominators, weights
from rfc_analyzer.comparison.distinctive import DistinctiveWord, distinctive_words
from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.holding import question_holders, theme_holders
from rfc_analyzer.comparison.passages import argued
from rfc_analyzer.comparison.shares import Difference, Share, Unit, difference
from rfc_analyzer.comparison.significance import Significance, adjusted, significance
from rfc_analyzer.comparison.warnings import warnings
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS, QUESTIONS, SUBMISSIONS, THEMES

_S = SUBMISSIONS.c
_Weights = Mapping[str, int]


class GroupBy(StrEnum):
    """What makes the groups."""

    RESPONDENT_TYPE = "respondent_type"
    CAMPAIGN = "campaign"
    LANGUAGE = "language"
    SUBSTANTIVE = "substantive"


class Measure(StrEnum):
    """What a row compares. The three stances are shares of those who take the proposition up."""

    THEME = "raises the theme"
    QUESTION = "answers the question"
    ADDRESSED = "takes the proposition up"
    SUPPORT = "support"
    OPPOSE = "oppose"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Group:
    """A group and how many it counts."""

    name: str
    label: str
    denominators: Denominators


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One measure of one theme, question or proposition in each group.

    ``shares`` follow the order of the groups; ``difference`` is the first less the second where there are two
    groups and neither share is hidden.
    """

    measure: Measure
    id: str
    label: str
    shares: tuple[Share, ...]
    difference: Difference | None = None
    significance: Significance | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "measure": self.measure.value,
            "id": self.id,
            "label": self.label,
            "shares": [share.to_json() for share in self.shares],
            "difference": self.difference.to_json() if self.difference else None,
            "significance": self.significance.to_json() if self.significance else None,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups side by side. ``distinctive_words`` has an entry for each group's name."""

    by: str
    unit: Unit
    groups: tuple[Group, ...]
    rows: tuple[ComparisonRow, ...]
    distinctive_words: Mapping[str, tuple[DistinctiveWord, ...]]
    warnings: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries, ready for JSON."""
        return {
            "by": self.by,
            "unit": self.unit.value,
            "groups": [
                {"name": g.name, "label": g.label, "denominators": g.denominators.to_json()} for g in self.groups
            ],
            "rows": [row.to_json() for row in self.rows],
            "distinctive_words": {
                name: [word.to_json() for word in found] for name, found in self.distinctive_words.items()
            },
            "warnings": list(self.warnings),
        }


def compare(
    analysis: Analysis,
    by: str = GroupBy.RESPONDENT_TYPE,
    groups: Sequence[str] | Mapping[str, Filters] | None = None,
    filters: Filters | None = None,
    unit: Unit = Unit.DISTINCT_TEXTS,
    words: int = 20,
) -> Comparison:
    """Compare groups by themes, questions and positions; every figure describes this docket, not the public.

    ``groups`` names some of the groups that ``by`` makes (None: all that occur), or maps names to filters of their
    own, and then ``by`` is not used. ``words`` is how many distinctive words to find for a group; 0 saves the time.
    A campaign counts once, as its template, in distinct texts. Raises :class:`BadInput` for an unknown ``by`` or
    group, and where fewer than two groups are there to compare.
    """
    filters = filters or Filters()
    named = (
        _free_groups(analysis, groups, filters)
        if isinstance(groups, Mapping)
        else _groups(analysis, by, groups, filters)
    )
    everyone = None if isinstance(groups, Mapping) else filters.apply(analysis)
    counted = {u: _members(analysis, named, u, everyone) for u in Unit}
    members = counted[unit]
    if len(members) < 2:
        raise BadInput(f"there is nothing to compare: {_only(members)}; choose two groups or more")
    overlap = sum(len(ids) for ids in named.values()) > len(set().union(*named.values()))
    rows = _rows(analysis, list(members.values()), unit)
    return Comparison(
        by="filters" if isinstance(groups, Mapping) else str(by),
        unit=unit,
        groups=tuple(_group(name, counted) for name in named),
        rows=tuple(rows if overlap or unit is Unit.SIGNATORIES else _tested(rows)),
        distinctive_words=_words(analysis, members, words),
        warnings=warnings(analysis, list(members.values()), unit, overlap),
    )


def telling_words(
    analysis: Analysis,
    by: str,
    groups: Sequence[str] | None = None,
    filters: Filters | None = None,
    unit: Unit = Unit.DISTINCT_TEXTS,
    limit: int = 20,
) -> Mapping[str, tuple[DistinctiveWord, ...]]:
    """The distinctive words of :func:`compare` alone, which take the most of its time. Raises :class:`BadInput`."""
    filters = filters or Filters()
    named = _groups(analysis, by, groups, filters)
    return _words(analysis, _members(analysis, named, unit, filters.apply(analysis)), limit)


def group_sizes(
    analysis: Analysis, by: str, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> dict[str, int]:
    """The groups that ``by`` makes, in their fixed order, and how many each counts. Raises :class:`BadInput`."""
    filters = filters or Filters()
    named = _groups(analysis, by, None, filters)
    return {n: int(w.sum()) for n, w in _members(analysis, named, unit, filters.apply(analysis)).items()}


def _only(members: Mapping[str, Any]) -> str:
    return f"only the group {next(iter(members))} is there" if members else "no submission meets the filters"


def _groups(analysis: Analysis, by: str, wanted: Sequence[str] | None, filters: Filters) -> dict[str, list[str]]:
    """Submission ids by group, in a fixed order."""
    if by not in list(GroupBy):
        raise BadInput(f"can't compare by {by}; choose one of {', '.join(GroupBy)}")
    table = analysis.submissions
    table = table[table[_S.submission_id].isin(set(filters.apply(analysis)))]
    names = _NAMING[GroupBy(by)](table)
    found = {str(name): rows.tolist() for name, rows in table[_S.submission_id].groupby(names)}
    order = [t.value for t in RespondentType]
    ordered = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    missing = [name for name in wanted or () if name not in found]
    if missing:
        raise BadInput(f"no submission is in the group {', '.join(missing)}; there are: {', '.join(ordered) or 'none'}")
    return {name: found[name] for name in (wanted or ordered)}


_NAMING: Mapping[GroupBy, Callable[[pd.DataFrame], pd.Series]] = {
    GroupBy.RESPONDENT_TYPE: lambda table: table[_S.respondent_type],
    GroupBy.CAMPAIGN: lambda table: in_campaign(table).map({True: "form_letter", False: "own_letter"}),
    GroupBy.LANGUAGE: lambda table: table[_S.language].replace("", "unknown"),
    GroupBy.SUBSTANTIVE: lambda table: table[_S.substantive].map({True: "substantive", False: "not_substantive"}),
}


def _free_groups(analysis: Analysis, groups: Mapping[str, Filters], filters: Filters) -> dict[str, list[str]]:
    within = set(filters.apply(analysis))
    return {name: [i for i in own.apply(analysis) if i in within] for name, own in groups.items()}


def _members(
    analysis: Analysis, named: Mapping[str, list[str]], unit: Unit, everyone: Sequence[str] | None
) -> dict[str, pd.Series]:
    """What each submission counts, by group.

    Among ``everyone`` a campaign counts once, in the group of its template, as in every other figure; groups with
    filters of their own (``everyone`` None) count it once each.
    """
    if everyone is None:
        return {name: weights(analysis, ids, unit) for name, ids in named.items()}
    whole = weights(analysis, everyone, unit)
    return {name: whole[whole.index.isin(ids)] for name, ids in named.items()}


def _group(name: str, counted: Mapping[Unit, Mapping[str, pd.Series]]) -> Group:
    return Group(name, name.replace("_", " "), Denominators(*(int(counted[unit][name].sum()) for unit in Unit)))


def _rows(analysis: Analysis, members: Sequence[pd.Series], unit: Unit) -> list[ComparisonRow]:
    # plain look-ups: hundreds of rows ask for each of thousands of submissions
    weight = [dict(zip(w.index, w.tolist(), strict=True)) for w in members]
    return [*_themes(analysis, weight, unit), *_questions(analysis, weight, unit), *_stances(analysis, weight, unit)]


def _themes(analysis: Analysis, members: Sequence[_Weights], unit: Unit) -> list[ComparisonRow]:
    held = theme_holders(analysis).groupby(THEMES.c.theme_id)[_S.submission_id].agg(set)
    return [
        ComparisonRow(Measure.THEME, t.theme_id, t.label, _of_all(held.get(t.theme_id, set()), members, unit))
        for t in analysis.rows(THEMES)
    ]


def _questions(analysis: Analysis, members: Sequence[_Weights], unit: Unit) -> list[ComparisonRow]:
    held = question_holders(analysis).groupby(QUESTIONS.c.question_id)[_S.submission_id].agg(set)
    return [
        ComparisonRow(
            Measure.QUESTION,
            q.question_id,
            f"{q.number}. {q.text}",
            _of_all(held.get(q.question_id, set()), members, unit),
        )
        for q in analysis.rows(QUESTIONS)
    ]


def _stances(analysis: Analysis, members: Sequence[_Weights], unit: Unit) -> list[ComparisonRow]:
    p = POSITIONS.c
    held = analysis.positions.groupby([p.proposition_id, p.stance])[p.submission_id].agg(set)
    rows = []
    for proposition in analysis.rows(PROPOSITIONS):
        of_stance = {s: held.get((proposition.proposition_id, s.value), set()) for s in Stance}
        taking_up = _of_all(set().union(*of_stance.values()), members, unit)
        rows.append(ComparisonRow(Measure.ADDRESSED, proposition.proposition_id, proposition.text, taking_up))
        for stance, ids in of_stance.items():
            found = _of_all(ids, members, unit)
            shares = tuple(Share(s.n, up.n, unit) for s, up in zip(found, taking_up, strict=True))
            rows.append(ComparisonRow(Measure(stance.value), proposition.proposition_id, proposition.text, shares))
    return rows


def _of_all(holders: set[str], members: Sequence[_Weights], unit: Unit) -> tuple[Share, ...]:
    return tuple(Share(sum(w[i] for i in w.keys() & holders), sum(w.values()), unit) for w in members)


def _tested(rows: Sequence[ComparisonRow]) -> list[ComparisonRow]:
    found = adjusted([significance(row.shares) for row in rows])
    return [
        replace(row, significance=test, difference=_difference(row.shares))
        for row, test in zip(rows, found, strict=True)
    ]


def _difference(shares: Sequence[Share]) -> Difference | None:
    if len(shares) != 2 or any(share.hidden for share in shares):
        return None
    return difference(shares[0], shares[1])


def _words(analysis: Analysis, members: Mapping[str, pd.Series], limit: int) -> dict[str, tuple[DistinctiveWord, ...]]:
    if not limit:
        return {}
    return distinctive_words({name: list(argued(analysis, w.index)) for name, w in members.items()}, limit)
