"""Groups of respondents side by side: shares, differences, tests, and the words that tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import pandas as pd

from rfc_analyzer.comparison.accuracy import OUTCOMES, TAKEN_UP, Estimate, accuracy
from rfc_analyzer.comparison.counting import Denominators, weights
from rfc_analyzer.comparison.distinctive import DistinctiveWord, distinctive_in_parts
from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.grouping import GroupBy, free_groups, group_labels, groups_by
from rfc_analyzer.comparison.holding import question_holders, theme_holders
from rfc_analyzer.comparison.passages import argued
from rfc_analyzer.comparison.shares import Difference, Share, Unit, difference
from rfc_analyzer.comparison.significance import Significance, adjusted_p, significance
from rfc_analyzer.comparison.spreads import SpreadRow, spreads, with_adjusted
from rfc_analyzer.comparison.voicing import Voice, voices
from rfc_analyzer.comparison.warnings import warnings
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import Stance
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS, QUESTIONS, SUBMISSIONS, THEMES

_S = SUBMISSIONS.c
_Weights = Mapping[str, int]


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
    groups and neither share is hidden. ``right`` is the share of what was read so that is right, as people's blind
    labels tell it; None where they don't, and for what is not read from stances.
    """

    measure: Measure
    id: str
    label: str
    shares: tuple[Share, ...]
    difference: Difference | None = None
    significance: Significance | None = None
    right: Estimate | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "measure": self.measure.value,
            "id": self.id,
            "label": self.label,
            "shares": [share.to_json() for share in self.shares],
            "difference": self.difference.to_json() if self.difference else None,
            "significance": self.significance.to_json() if self.significance else None,
            "read_right": self.right.to_json() if self.right else None,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Groups side by side.

    ``distinctive_words`` has an entry for each group's name; ``spreads`` are length and date; ``voices`` what each
    group's sides say in their own words.
    """

    by: str
    unit: Unit
    groups: tuple[Group, ...]
    rows: tuple[ComparisonRow, ...]
    distinctive_words: Mapping[str, tuple[DistinctiveWord, ...]]
    warnings: tuple[str, ...]
    spreads: tuple[SpreadRow, ...] = ()
    voices: tuple[Voice, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries, ready for JSON."""
        return {
            "by": self.by,
            "unit": self.unit.value,
            "groups": [
                {"name": g.name, "label": g.label, "denominators": g.denominators.to_json()} for g in self.groups
            ],
            "rows": [row.to_json() for row in self.rows],
            "spreads": [row.to_json() for row in self.spreads],
            "voices": [voice.to_json() for voice in self.voices],
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
    quotes: int = 2,
) -> Comparison:
    """Compare groups by themes, questions and positions; every figure describes this docket, not the public.

    ``groups`` names some of the groups that ``by`` makes (None: all that occur), or maps names to filters of their
    own, and then ``by`` is not used. ``words`` is how many distinctive words to find for a group, ``quotes`` how many
    quotes for each of its sides; 0 saves the time. A campaign counts once, as its template, in distinct texts. Raises
    :class:`BadInput` for an unknown ``by`` or group, and where fewer than two groups are there to compare.
    """
    filters = filters or Filters()
    named, everyone = _named(analysis, by, groups, filters)
    counted = {u: _members(analysis, named, u, everyone) for u in Unit}
    members = counted[unit]
    if len(members) < 2:
        raise BadInput(f"there is nothing to compare: {_only(members, by)}; choose two groups or more")
    overlap = sum(len(ids) for ids in named.values()) > len(set().union(*named.values()))
    # plain look-ups: hundreds of rows ask for each of thousands of submissions
    weight = {name: dict(zip(w.index, w.tolist(), strict=True)) for name, w in members.items()}
    tested = not overlap and unit is not Unit.SIGNATORIES
    rows, spread = _rows(analysis, list(weight.values()), unit, tested)
    by = "filters" if isinstance(groups, Mapping) else str(by)
    labels = group_labels(analysis, by, list(named))
    return Comparison(
        by=by,
        unit=unit,
        groups=tuple(_group(name, labels[name], counted) for name in named),
        rows=tuple(rows),
        distinctive_words=_words(analysis, members, words),
        warnings=warnings(analysis, list(members.values()), unit, overlap),
        spreads=spread,
        voices=voices(analysis, weight, unit, quotes),
    )


def _named(
    analysis: Analysis, by: str, groups: Sequence[str] | Mapping[str, Filters] | None, filters: Filters
) -> tuple[dict[str, list[str]], list[str] | None]:
    """The ids of each group, and those among whom a campaign counts once; None where in each group anew."""
    if isinstance(groups, Mapping):
        return free_groups(analysis, groups, filters), None
    named = groups_by(analysis, by, groups, filters)
    # who answers several questions is in each of their groups, and so is a campaign
    return named, None if by == GroupBy.QUESTION else filters.apply(analysis)


def telling_words(
    analysis: Analysis,
    by: str,
    groups: Sequence[str] | Mapping[str, Filters] | None = None,
    filters: Filters | None = None,
    unit: Unit = Unit.DISTINCT_TEXTS,
    limit: int = 20,
) -> Mapping[str, tuple[DistinctiveWord, ...]]:
    """The distinctive words of :func:`compare` alone, which take the most of its time. Raises :class:`BadInput`."""
    named, everyone = _named(analysis, by, groups, filters or Filters())
    return _words(analysis, _members(analysis, named, unit, everyone), limit)


def group_sizes(
    analysis: Analysis, by: str, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> dict[str, int]:
    """The groups that ``by`` makes, in their fixed order, and how many each counts. Raises :class:`BadInput`."""
    named, everyone = _named(analysis, by, None, filters or Filters())
    return {n: int(w.sum()) for n, w in _members(analysis, named, unit, everyone).items()}


def _only(members: Mapping[str, Any], by: str) -> str:
    if members:
        return f"only the group {next(iter(members))} is there"
    told = {GroupBy.COUNTRY: "the docket states no country", GroupBy.QUESTION: "no question of a notice is answered"}
    return told.get(GroupBy(by), "no submission meets the filters")


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


def _group(name: str, label: str, counted: Mapping[Unit, Mapping[str, pd.Series]]) -> Group:
    return Group(name, label, Denominators(*(int(counted[unit][name].sum()) for unit in Unit)))


def _rows(
    analysis: Analysis, weight: Sequence[_Weights], unit: Unit, tested: bool
) -> tuple[list[ComparisonRow], tuple[SpreadRow, ...]]:
    """All rows, each with its test and a p-value that allows for all the others, where they may be ``tested``."""
    rows = [*_themes(analysis, weight, unit), *_questions(analysis, weight, unit), *_stances(analysis, weight, unit)]
    spread = spreads(analysis, weight, tested)
    if not tested:
        return rows, tuple(spread)
    found = [significance(row.shares) for row in rows]
    allowed = adjusted_p([test.p if test else None for test in (*found, *(row.test for row in spread))])
    rows = [
        replace(
            row,
            significance=replace(test, p_adjusted=p) if test and p is not None else None,
            difference=_difference(row.shares),
        )
        for row, test, p in zip(rows, found, allowed, strict=False)
    ]
    return rows, with_adjusted(spread, allowed[len(rows) :])


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
    measured = accuracy(analysis)
    rows = []
    for proposition in analysis.rows(PROPOSITIONS):
        right = {o: measured.precision(proposition.proposition_id, o) if measured else None for o in OUTCOMES}
        of_stance = {s: held.get((proposition.proposition_id, s.value), set()) for s in Stance}
        taking_up = _of_all(set().union(*of_stance.values()), members, unit)
        named = proposition.proposition_id, proposition.text
        rows.append(ComparisonRow(Measure.ADDRESSED, *named, taking_up, right=right[TAKEN_UP]))
        for stance, ids in of_stance.items():
            found = _of_all(ids, members, unit)
            shares = tuple(Share(s.n, up.n, unit) for s, up in zip(found, taking_up, strict=True))
            rows.append(ComparisonRow(Measure(stance.value), *named, shares, right=right[stance.value]))
    return rows


def _of_all(holders: set[str], members: Sequence[_Weights], unit: Unit) -> tuple[Share, ...]:
    return tuple(Share(sum(w[i] for i in w.keys() & holders), sum(w.values()), unit) for w in members)


def _difference(shares: Sequence[Share]) -> Difference | None:
    if len(shares) != 2 or any(share.hidden for share in shares):
        return None
    return difference(shares[0], shares[1])


def _words(analysis: Analysis, members: Mapping[str, pd.Series], limit: int) -> dict[str, tuple[DistinctiveWord, ...]]:
    if not limit:
        return {}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, weight in members.items():
        for submission_id in weight.index:
            groups[submission_id].append(name)
    passages = argued(analysis, groups)
    return distinctive_in_parts(
        ((group, submission_id, said) for submission_id, said in passages for group in groups[submission_id]),
        list(members),
        limit,
    )
