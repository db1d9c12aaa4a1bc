"""What makes groups of respondents: their type, country, form letters, the questions they answer, or filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

import pandas as pd

from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.holding import question_holders
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import QUESTIONS, SUBMISSIONS

_S, _Q = SUBMISSIONS.c, QUESTIONS.c


class GroupBy(StrEnum):
    """What makes the groups. A submission that answers several questions is in several groups."""

    RESPONDENT_TYPE = "respondent_type"
    COUNTRY = "country"
    QUESTION = "question"
    CAMPAIGN = "campaign"
    LANGUAGE = "language"
    SUBSTANTIVE = "substantive"


Groups = dict[str, list[str]]  # submission ids by group


def groups_by(analysis: Analysis, by: str, wanted: Sequence[str] | None, filters: Filters) -> Groups:
    """The groups that ``by`` makes of the submissions that meet ``filters``, or the ``wanted`` ones, in a fixed order.

    Submissions of which it is not known are in none. Raises :class:`BadInput` for an unknown ``by`` or group.
    """
    if by not in list(GroupBy):
        raise BadInput(f"can't compare by {by}; choose one of {', '.join(GroupBy)}")
    table = analysis.submissions
    table = table[table[_S.submission_id].isin(set(filters.apply(analysis)))]
    if by == GroupBy.QUESTION:
        found = _by_question(analysis, set(table[_S.submission_id]))
    else:
        names = _NAMING[GroupBy(by)](table)
        found = {str(name): rows.tolist() for name, rows in table[_S.submission_id].groupby(names)}
    order = [t.value for t in RespondentType] if by == GroupBy.RESPONDENT_TYPE else list(found)
    ordered = sorted(found, key=lambda name: (order.index(name) if name in order else len(order), name))
    missing = [name for name in wanted or () if name not in found]
    if missing:
        raise BadInput(f"no submission is in the group {', '.join(missing)}; there are: {', '.join(ordered) or 'none'}")
    return {name: found[name] for name in (wanted or ordered)}


def free_groups(analysis: Analysis, groups: Mapping[str, Filters], filters: Filters) -> Groups:
    """Groups with filters of their own, within ``filters``."""
    within = set(filters.apply(analysis))
    return {name: [i for i in own.apply(analysis) if i in within] for name, own in groups.items()}


def group_labels(analysis: Analysis, by: str, names: Sequence[str]) -> dict[str, str]:
    """What the groups are called where they are shown."""
    if by == GroupBy.QUESTION:
        asked = {q.question_id: f"Question {q.number}" for q in analysis.rows(QUESTIONS)}
        return {name: asked.get(name, name) for name in names}
    if by in (GroupBy.COUNTRY, GroupBy.LANGUAGE) or by not in list(GroupBy):
        return {name: name for name in names}
    return {name: name.replace("_", " ") for name in names}


def _by_question(analysis: Analysis, within: set[str]) -> Groups:
    held = question_holders(analysis)
    held = held[held[_S.submission_id].isin(within)]
    found = {str(q): ids.tolist() for q, ids in held.groupby(_Q.question_id)[_S.submission_id]}
    # as they stand in the notice
    return {q: found[q] for q in analysis.questions[_Q.question_id] if q in found}


# a missing name leaves a submission out
_NAMING: Mapping[GroupBy, Callable[[pd.DataFrame], pd.Series]] = {
    GroupBy.RESPONDENT_TYPE: lambda table: table[_S.respondent_type],
    GroupBy.COUNTRY: lambda table: _countries(table),
    GroupBy.CAMPAIGN: lambda table: in_campaign(table).map({True: "form_letter", False: "own_letter"}),
    GroupBy.LANGUAGE: lambda table: table[_S.language].replace("", "unknown"),
    GroupBy.SUBSTANTIVE: lambda table: table[_S.substantive].map({True: "substantive", False: "not_substantive"}),
}


def _countries(table: pd.DataFrame) -> pd.Series:
    """The country that the docket's own metadata states, which many don't."""
    if _S.country not in table:
        return pd.Series(None, index=table.index, dtype=object)
    return table[_S.country].str.strip().replace("", None)
