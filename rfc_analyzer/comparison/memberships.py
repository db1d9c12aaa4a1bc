"""Campaigns among the submissions that are looked at, and letters that people should judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.model import Campaign, CampaignKind, CampaignMember, CampaignRole
from rfc_analyzer.model_campaigns import Organiser
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, ORGANISERS, SUBMISSIONS

_S = SUBMISSIONS.c


@dataclass(frozen=True, slots=True)
class VariantRow:
    """A text of a campaign that one or more members sent; ``example`` is the first of them."""

    number: int
    submissions: int
    example: CampaignMember


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A campaign, and how many of its submissions and their signatories meet the filters; ``possible`` are apart.

    ``share`` is of all submissions that meet the filters; ``variants`` are the different texts of those counted in,
    the template first.
    """

    campaign: Campaign
    submissions: int
    signatories: int
    possible: int
    members: tuple[CampaignMember, ...]
    share: Share
    variants: tuple[VariantRow, ...] = ()
    organisers: tuple[Organiser, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Letters that look as if they were filled in from lists; none is counted as a form letter until somebody judges.

    ``share`` is of all submissions that meet the filters.
    """

    campaign: Campaign
    members: tuple[CampaignMember, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class CampaignShare:
    """A campaign with the share that its letters have in the submissions that meet the filters."""

    campaign: Campaign
    share: Share


def campaign_shares(analysis: Analysis, filters: Filters | None = None) -> list[CampaignShare]:
    """Campaigns with letters that meet ``filters`` and are counted in, the largest first."""
    table = (filters or Filters()).of(analysis, analysis.submissions)
    letters = table[in_campaign(table)][_S.campaign_id].value_counts().to_dict()
    rows = [
        CampaignShare(c, Share(int(letters[c.campaign_id]), len(table), Unit.SUBMISSIONS))
        for c in analysis.rows(CAMPAIGNS)
        if c.campaign_id in letters
    ]
    return sorted(rows, key=lambda row: (-row.share.n, row.campaign.campaign_id))


def campaigns(analysis: Analysis, filters: Filters | None = None) -> list[CampaignRow]:
    """Campaigns with a member that meets ``filters``, largest first; members in the order of their ids."""
    kept = set((filters or Filters()).apply(analysis))
    table = analysis.submissions
    table = table[table[_S.submission_id].isin(kept)]
    counted = table[in_campaign(table)].groupby(_S.campaign_id)[_S.signatories]
    letters, signed = counted.size().to_dict(), counted.sum().to_dict()
    members = _members(analysis, kept)
    organisers: dict[str, list[Organiser]] = defaultdict(list)
    for one in analysis.rows(ORGANISERS):
        organisers[one.campaign_id].append(one)
    rows = [
        CampaignRow(
            campaign=c,
            submissions=int(letters.get(c.campaign_id, 0)),
            signatories=int(signed.get(c.campaign_id, 0)),
            possible=sum(m.role is CampaignRole.POSSIBLE for m in members[c.campaign_id]),
            members=tuple(members[c.campaign_id]),
            share=Share(int(letters.get(c.campaign_id, 0)), len(kept), Unit.SUBMISSIONS),
            variants=_variants(members[c.campaign_id]),
            organisers=tuple(organisers[c.campaign_id]),
        )
        for c in analysis.rows(CAMPAIGNS)
        if c.campaign_id in members and c.kind is not CampaignKind.SUSPECTED
    ]
    return sorted(rows, key=lambda r: (-r.submissions, r.campaign.campaign_id))


def suspected_families(analysis: Analysis, filters: Filters | None = None) -> list[FamilyRow]:
    """Suspected families with a member that meets ``filters``, largest first; for people to judge."""
    kept = set((filters or Filters()).apply(analysis))
    members = _members(analysis, kept)
    rows = [
        FamilyRow(
            campaign=c,
            members=tuple(members[c.campaign_id]),
            share=Share(len(members[c.campaign_id]), len(kept), Unit.SUBMISSIONS),
        )
        for c in analysis.rows(CAMPAIGNS)
        if c.campaign_id in members and c.kind is CampaignKind.SUSPECTED
    ]
    return sorted(rows, key=lambda r: (-r.share.n, r.campaign.campaign_id))


def _members(analysis: Analysis, kept: set[str]) -> dict[str, list[CampaignMember]]:
    found: dict[str, list[CampaignMember]] = {}
    for member in sorted(analysis.rows(CAMPAIGN_MEMBERS), key=lambda m: m.submission_id):
        if member.submission_id in kept:
            found.setdefault(member.campaign_id, []).append(member)
    return found


def _variants(members: Sequence[CampaignMember]) -> tuple[VariantRow, ...]:
    """Empty where an analysis does not tell the texts apart."""
    by_number: dict[int, list[CampaignMember]] = defaultdict(list)
    for member in _told(members):
        by_number[member.variant].append(member)
    return tuple(VariantRow(number, len(held), held[0]) for number, held in sorted(by_number.items()))


def _told(members: Iterable[CampaignMember]) -> Iterable[CampaignMember]:
    return (m for m in members if m.variant and m.role is not CampaignRole.POSSIBLE)
