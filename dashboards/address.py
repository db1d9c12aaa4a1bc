"""Filters as they stand in the address bar, by id: ``/positions?type=individual&theme=T01&from=2026-04-01``.

An address can be typed, kept and sent. What it names and the docket doesn't have is left out, and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from rfc_analyzer.comparison import CampaignFilter, Filters, Unit
from rfc_analyzer.model import RespondentType, Stance

ANALYSIS, UNIT, TYPE, THEME, QUESTION = "analysis", "unit", "type", "theme", "question"
PROPOSITION, STANCE, CAMPAIGN, TEXT, FROM, TO = "proposition", "stance", "campaign", "text", "from", "to"
FILTER_KEYS = (TYPE, THEME, QUESTION, PROPOSITION, STANCE, CAMPAIGN, TEXT, FROM, TO)
KEYS = (ANALYSIS, UNIT, *FILTER_KEYS)
# ids mean something else in another docket
DOCKET_KEYS = (THEME, QUESTION, PROPOSITION, STANCE, FROM, TO)

Address = dict[str, list[str]]
_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Known:
    """What a docket has to filter by: ids in the order of its tables, and the days of its submissions."""

    types: tuple[RespondentType, ...]
    themes: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    propositions: Mapping[str, str] = field(default_factory=dict)
    first_day: date | None = None
    last_day: date | None = None


def to_address(analysis: str, unit: Unit, filters: Filters) -> Address:
    """The address of a view; what is not asked is not there."""
    found: Address = {ANALYSIS: [analysis]}
    if unit is not Unit.DISTINCT_TEXTS:
        found[UNIT] = [unit.value]
    found[TYPE] = [t.value for t in filters.respondent_types]
    found[THEME] = list(filters.theme_ids)
    found[QUESTION] = list(filters.question_ids)
    found[PROPOSITION] = [filters.proposition_id] if filters.proposition_id else []
    found[STANCE] = [s.value for s in filters.stances]
    found[CAMPAIGN] = [filters.campaign.value] if filters.campaign is not CampaignFilter.ALL else []
    found[TEXT] = [filters.text] if filters.text.strip() else []
    found[FROM] = [filters.submitted_from.isoformat()] if filters.submitted_from else []
    found[TO] = [filters.submitted_to.isoformat()] if filters.submitted_to else []
    return {key: values for key, values in found.items() if values}


def to_filters(address: Mapping[str, list[str]], known: Known) -> tuple[Filters, tuple[str, ...]]:
    """The filters that an address asks for, and the values that this docket doesn't have."""
    lost: list[str] = []
    filters = Filters(
        respondent_types=tuple(_members(RespondentType, address.get(TYPE, []), known.types, lost)),
        theme_ids=tuple(_ids(address.get(THEME, []), known.themes, lost)),
        question_ids=tuple(_ids(address.get(QUESTION, []), known.questions, lost)),
        proposition_id=next(_ids(address.get(PROPOSITION, [])[:1], known.propositions, lost), None),
        stances=tuple(_members(Stance, address.get(STANCE, []), tuple(Stance) if known.propositions else (), lost)),
        campaign=next(
            _members(CampaignFilter, address.get(CAMPAIGN, [])[:1], tuple(CampaignFilter), lost), CampaignFilter.ALL
        ),
        text=next(iter(address.get(TEXT, [])), ""),
        submitted_from=_day(address.get(FROM, []), known, lost),
        submitted_to=_day(address.get(TO, []), known, lost),
    )
    return filters, tuple(lost)


def to_unit(address: Mapping[str, list[str]]) -> Unit:
    """What the address counts; distinct texts where it doesn't say."""
    return next(_members(Unit, address.get(UNIT, [])[:1], tuple(Unit), []), Unit.DISTINCT_TEXTS)


def _ids(asked: Iterable[str], there: Mapping[str, str], lost: list[str]) -> Iterator[str]:
    for name in dict.fromkeys(asked):
        if name in there:
            yield name
        else:
            lost.append(name)


def _members(
    choices: type[_Choice], asked: Iterable[str], there: tuple[_Choice, ...], lost: list[str]
) -> Iterator[_Choice]:
    for name in dict.fromkeys(asked):
        if name in set(choices) and choices(name) in there:
            yield choices(name)
        else:
            lost.append(name)


def _day(asked: Iterable[str], known: Known, lost: list[str]) -> date | None:
    for text in asked:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = None
        if day and known.first_day and known.last_day and known.first_day <= day <= known.last_day:
            return day
        lost.append(text)
    return None
