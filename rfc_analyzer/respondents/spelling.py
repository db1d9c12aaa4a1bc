"""One spelling for each organisation of a docket: "Lantern Works, Inc." and "The Lantern Works" are one body."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from rfc_analyzer.respondents.names import without_legal_form
from rfc_analyzer.words import normalise


def spellings(names: Iterable[str]) -> dict[str, str]:
    """For each name the spelling to use: the commonest of those that differ only in case, signs and legal form."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        groups[normalise(without_legal_form(name)) or normalise(name)][name] += 1
    chosen: dict[str, str] = {}
    for group in groups.values():
        best = min(group, key=lambda name: (-group[name], "(" in name, -len(name), name))
        chosen |= dict.fromkeys(group, best)
    return chosen
