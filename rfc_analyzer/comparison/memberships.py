"""Campaigns among the submissions that are looked at."""

from __future__ import annotations

from dataclasses import dataclass

from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.model import Campaign, CampaignMember, CampaignRole
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, SUBMISSIONS

_S = SUBMISSIONS.c


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign, and how many of its submissions and their signatories meet the filters; ``possible`` are apart.

    ``share`` is of all submissions that meet the filters.
    """

    campaign: Campaign
    submissions: int
    signatories: int
    possible: int
    members: tuple[CampaignMember, ...]
    share: Share


def campaigns(analysis: Analysis, filters: Filters | None = None) -> list[CampaignRow]:
    """Campaigns with a member that meets ``filters``, largest first; members in the order of their ids."""
    kept = set((filters or Filters()).apply(analysis))
    table = analysis.submissions
    table = table[table[_S.submission_id].isin(kept)]
    counted = table[in_campaign(table)].groupby(_S.campaign_id)[_S.signatories]
    letters, signed = counted.size().to_dict(), counted.sum().to_dict()
    members: dict[str, list[CampaignMember]] = {}
    for member in sorted(analysis.rows(CAMPAIGN_MEMBERS), key=lambda m: m.submission_id):
        if member.submission_id in kept:
            members.setdefault(member.campaign_id, []).append(member)
    rows = [
        CampaignRow(
            campaign=c,
            submissions=int(letters.get(c.campaign_id, 0)),
            signatories=int(signed.get(c.campaign_id, 0)),
            possible=sum(m.role is CampaignRole.POSSIBLE for m in members[c.campaign_id]),
            members=tuple(members[c.campaign_id]),
            share=Share(int(letters.get(c.campaign_id, 0)), len(kept), Unit.SUBMISSIONS),
        )
        for c in analysis.rows(CAMPAIGNS)
        if c.campaign_id in members
    ]
    return sorted(rows, key=lambda r: (-r.submissions, r.campaign.campaign_id))
