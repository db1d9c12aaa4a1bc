"""What letters that look as if they were filled in seem to have been filled in with."""

from __future__ import annotations

from dataclasses import dataclass

from rfc_analyzer.model import ARGUMENT_KINDS
from rfc_analyzer.querying import rows_where
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, PASSAGES

READ_LETTERS = 80
"""Of a large family so many letters are read; a share of them says as much."""


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A wording of a slot: ``submissions`` of the letters that were read have it, ``submission_id`` is one of them."""

    slot: int
    wording: str
    submissions: int
    submission_id: str


def family_slots(analysis: Analysis, campaign_id: str) -> list[WordingRow]:
    """The wordings of each slot of a family, in the order of the letters; within a slot the most frequent first.

    Wordings are verbatim words of one letter. They are worked out when asked for, in a tenth of a second.
    """
    # costs half a second the first time, which only those pay who look at such letters
    from rfc_analyzer.campaigns.slots import slots

    members = [m.submission_id for m in analysis.rows(CAMPAIGN_MEMBERS) if m.campaign_id == campaign_id]
    wanted = members[:READ_LETTERS]
    said: dict[str, list[str]] = {submission_id: [] for submission_id in wanted}
    for passage in rows_where(analysis, PASSAGES, PASSAGES.c.submission_id, wanted):
        if passage.kind in ARGUMENT_KINDS:
            said[passage.submission_id].append(passage.text)
    found = slots(["\n".join(said[submission_id]) for submission_id in wanted])
    return [
        WordingRow(number, wording.text, len(wording.letters), wanted[min(wording.letters)])
        for number, slot in enumerate(found, start=1)
        for wording in sorted(slot, key=lambda w: (-len(w.letters), w.text))
    ]
