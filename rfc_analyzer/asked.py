"""Filters as they are typed on the command line."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from rfc_analyzer.comparison import CampaignFilter, Filters
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType, Stance

Choice = TypeVar("Choice", bound=StrEnum)


def filters_of(arguments: argparse.Namespace) -> Filters:
    """The filters that options ask for. Raises :class:`BadInput` for a name that is not of its closed set."""
    return Filters(
        respondent_types=_members(RespondentType, arguments.types, "respondent type"),
        theme_ids=tuple(listed(arguments.themes)),
        question_ids=tuple(listed(arguments.questions)),
        proposition_id=arguments.proposition,
        stances=_members(Stance, arguments.stances, "stance"),
        campaign=CampaignFilter(arguments.campaign),
        text=arguments.text or "",
        submitted_from=arguments.since,
        submitted_to=arguments.until,
    )


def groups_of(typed: Sequence[str]) -> Mapping[str, Filters]:
    """Groups by name, each as ``NAME: filter=value filter=value``.

    Raises :class:`BadInput` where one has no name or filter, two have the same name, or a filter is unknown.
    """
    groups: dict[str, Filters] = {}
    for one in typed:
        name, found, rest = one.partition(":")
        name = name.strip()
        if not name or not found or name in groups:
            raise BadInput(f"'{one}' needs a name of its own and filters, as in 'Firms: types=private_sector'")
        groups[name] = filters_of(argparse.Namespace(**_options(rest, one)))
    return groups


def _options(text: str, group: str) -> dict[str, object]:
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise BadInput(f"'{group}' lacks a quotation mark; close it") from error
    options: dict[str, object] = dict.fromkeys(_NAMES.values()) | {"campaign": CampaignFilter.ALL.value}
    for word in words:
        name, _, value = word.partition("=")
        if name not in _NAMES or not value:
            raise BadInput(f"'{word}' in '{group}' is no filter; write {'=…, '.join(_NAMES)}=…")
        options[_NAMES[name]] = _value(name, value)
    if not words:
        raise BadInput(f"'{group}' has no filter; write {'=…, '.join(_NAMES)}=…")
    return options


_NAMES: Mapping[str, str] = {
    "types": "types", "themes": "themes", "questions": "questions", "proposition": "proposition",
    "stances": "stances", "campaign": "campaign", "text": "text", "from": "since", "to": "until",
}  # fmt: skip


def _value(name: str, value: str) -> object:
    if name == "campaign" and value not in list(CampaignFilter):
        raise BadInput(f"'{name}={value}': campaign is one of {', '.join(CampaignFilter)}")
    if name not in ("from", "to"):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise BadInput(f"'{value}' is no day; write it as 2026-03-31") from error


def _members(kind: type[Choice], text: str | None, what: str) -> tuple[Choice, ...]:
    """The members of a closed set that ``text`` names."""
    names = listed(text)
    wrong = [name for name in names if name not in list(kind)]
    if wrong:
        raise BadInput(f"no {what} is called {', '.join(wrong)}; there are: {', '.join(kind)}")
    return tuple(kind(name) for name in names)


def listed(text: str | None) -> list[str]:
    """The parts of a list with commas."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]
