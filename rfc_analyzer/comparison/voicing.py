"""What each side says in its own words: its larger view and its smaller one, so that neither is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rfc_analyzer.comparison.quoting import QuoteRow, quotes_of_submissions
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.model import Stance
from rfc_analyzer.privacy import shown
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS

_SIDES = (Stance.SUPPORT, Stance.OPPOSE)
_EACH = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """One side of a proposition within a group: ``share`` is of those of the group who take it up.

    ``smaller`` marks the side that fewer of the group take. ``quotes`` are the surest, of different texts; where the
    side is held but nobody's words show it there are none.
    """

    group: str
    proposition_id: str
    text: str
    stance: Stance
    share: Share
    smaller: bool
    quotes: tuple[QuoteRow, ...]

    def to_json(self) -> dict[str, Any]:
        """Contact details of private persons are masked in the quotes."""
        return {
            "group": self.group,
            "id": self.proposition_id,
            "stance": self.stance.value,
            "share": self.share.to_json(),
            "smaller": self.smaller,
            "quotes": [_quote_json(q) for q in self.quotes],
        }


def voices(
    analysis: Analysis, members: Mapping[str, Mapping[str, int]], unit: Unit, each: int = _EACH
) -> tuple[Voice, ...]:
    """Both sides of every proposition in each group, the larger first; up to ``each`` quotes.

    ``members`` are the submissions of each group and what they count. A side that nobody takes is not there.
    """
    if not each:
        return ()
    held = _held(analysis)
    found = []
    for group, weight in members.items():
        said = _said(analysis, weight, each)
        for proposition in analysis.rows(PROPOSITIONS):
            counts = {
                stance: sum(weight[i] for i in held[proposition.proposition_id, stance] if i in weight)
                for stance in Stance
            }
            of = sum(counts.values())
            for stance in sorted(_SIDES, key=lambda s: -counts[s]):
                if counts[stance]:
                    other = _SIDES[stance is Stance.SUPPORT]
                    found.append(
                        Voice(
                            group,
                            proposition.proposition_id,
                            proposition.text,
                            stance,
                            Share(counts[stance], of, unit),
                            counts[stance] < counts[other],
                            tuple(said[proposition.proposition_id, stance]),
                        )
                    )
    return tuple(found)


def _held(analysis: Analysis) -> Mapping[tuple[str, Stance], set[str]]:
    p, table = POSITIONS.c, analysis.positions
    held: defaultdict[tuple[str, Stance], set[str]] = defaultdict(set)
    for who, what, stance in zip(table[p.submission_id], table[p.proposition_id], table[p.stance], strict=True):
        held[what, Stance(stance)].add(who)
    return held


def _said(analysis: Analysis, ids: Collection[str], each: int) -> Mapping[tuple[str, Stance], Sequence[QuoteRow]]:
    """The surest ``each`` quotes of a group by proposition and side, of those whose whole position is that side."""
    found: defaultdict[tuple[str, Stance], list[QuoteRow]] = defaultdict(list)
    for row in quotes_of_submissions(analysis, ids).surest(each, analysis.positions):
        found[row.proposition_id, row.stance].append(row)
    return found


def _quote_json(row: QuoteRow) -> dict[str, Any]:
    return {
        "quote": shown(row.quote, row.respondent_type),
        "submission": row.submission_id,
        "respondent": row.respondent,
        "type": row.respondent_type.value,
        "file": row.file_name,
        "page": row.page,
    }
