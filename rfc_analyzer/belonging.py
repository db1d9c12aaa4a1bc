"""What people judged about form letters: whether a possible letter belongs to a campaign, and whether letters that look
as if they were filled in from lists are one letter.

A judgement names letters and not campaigns, whose numbers change when more submissions come: "this letter belongs to
that letter's campaign". So it holds in the next run too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from rfc_analyzer.model import Campaign, CampaignKind, CampaignMember, CampaignRole, Review, Submission
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, SUBMISSIONS, Table

JUDGED_ROLES = (CampaignRole.POSSIBLE, CampaignRole.CONTAINS, CampaignRole.UNIQUE)
"""A possible letter is left open, taken into its campaign, or found to be a letter of its own."""

NOT_ONE_LETTER = "none"
JUDGED_KINDS = (CampaignKind.SUSPECTED.value, CampaignKind.SLOT_FILLED.value, NOT_ONE_LETTER)
"""Suspected letters are left open, found to be one letter, or found to have nothing to do with each other."""

FAMILY_KINDS = frozenset({CampaignKind.SUSPECTED, CampaignKind.SLOT_FILLED})
_OPEN_ROLES = (CampaignRole.POSSIBLE, CampaignRole.CONTAINS)


def member_id(submission_id: str, template_id: str) -> str:
    """The row id of a judgement on whether ``submission_id`` is of the campaign of ``template_id``."""
    return f"{submission_id}|{template_id}"


@dataclass(frozen=True, slots=True)
class Judgements:
    """``members``: (submission, a letter of the campaign) → role. ``families``: a letter of the family → verdict."""

    members: Mapping[tuple[str, str], CampaignRole]
    families: Mapping[str, str]

    @property
    def joined(self) -> frozenset[tuple[str, str]]:
        """Letters that a person took into a campaign, each with a letter of it."""
        return frozenset(pair for pair, role in self.members.items() if role is CampaignRole.CONTAINS)

    @property
    def confirmed(self) -> frozenset[str]:
        """A letter of each family that a person found to be one letter."""
        return frozenset(t for t, verdict in self.families.items() if verdict == CampaignKind.SLOT_FILLED)


def judged_members(reviews: Sequence[Review]) -> dict[tuple[str, str], CampaignRole]:
    """What people judged about letters, the last of each: (submission, a letter of the campaign) → role."""
    members: dict[tuple[str, str], CampaignRole] = {}
    for one in reviews:
        if one.table == CAMPAIGN_MEMBERS.name:
            submission_id, _, template_id = one.row_id.rpartition("|")
            members[submission_id, template_id] = CampaignRole(one.new)
    return members


def judgements(reviews: Sequence[Review]) -> Judgements | None:
    """What the reviews say about campaigns; None where they say nothing."""
    members = judged_members(reviews)
    families = {one.row_id: one.new for one in reviews if one.table == CAMPAIGNS.name}
    return Judgements(members, families) if members or families else None


@dataclass(frozen=True, slots=True)
class Belonging:
    """Campaigns and their members as the judgements leave them."""

    campaigns: list[Campaign]
    members: list[CampaignMember]

    def of(self, table: Table[Any], rows: list[Any]) -> list[Any]:
        """The rows of ``table`` with what the judgements make of them."""
        if table.name == SUBMISSIONS.name:
            return self.placed(rows)
        if table.name == CAMPAIGNS.name:
            return self.campaigns
        return self.members if table.name == CAMPAIGN_MEMBERS.name else rows

    def placed(self, submissions: Sequence[Submission]) -> list[Submission]:
        """``submissions``, each in its campaign and with its role there."""
        of = {m.submission_id: m for m in self.members}
        found = []
        for row in submissions:
            member = of.get(row.submission_id)
            role = member.role if member else CampaignRole.UNIQUE
            campaign_id = member.campaign_id if member else None
            same = row.campaign_id == campaign_id and row.campaign_role is role
            found.append(row if same else replace(row, campaign_id=campaign_id, campaign_role=role))
        return found


def belonging_in(folder: Path, reviews: Sequence[Review]) -> Belonging | None:
    """Campaigns of the analysis in ``folder`` as people's judgements leave them; None where nobody judged."""
    judged = judgements(reviews)
    if judged is None:
        return None
    s = SUBMISSIONS.c
    days = pq.read_table(SUBMISSIONS.path(folder), columns=[s.submission_id, s.submitted_at]).to_pydict()
    submitted = dict(zip(days[s.submission_id], days[s.submitted_at], strict=True))
    return decide(CAMPAIGNS.read(folder), CAMPAIGN_MEMBERS.read(folder), submitted, judged)


def decide(
    campaigns: Sequence[Campaign],
    members: Sequence[CampaignMember],
    submitted: Mapping[str, datetime | None],
    judged: Judgements,
) -> Belonging:
    """Apply what people judged; ``submitted`` is when each submission came. Campaigns are counted anew."""
    campaign_of = {m.submission_id: m.campaign_id for m in members}
    roles = {(s, campaign_of.get(t)): role for (s, t), role in judged.members.items()}
    verdicts = {campaign_of.get(t): verdict for t, verdict in judged.families.items()}
    by_id = {c.campaign_id: c for c in campaigns}
    kept = []
    for member in members:
        campaign = by_id[member.campaign_id]
        judged_role = roles.get((member.submission_id, member.campaign_id))
        role = _role(member, campaign, judged_role, verdicts.get(member.campaign_id))
        if role is not CampaignRole.UNIQUE:
            kept.append(member if role is member.role else replace(member, role=role))
    held: dict[str, list[CampaignMember]] = defaultdict(list)
    for member in kept:
        held[member.campaign_id].append(member)
    counted = [_counted(c, held[c.campaign_id], submitted) for c in campaigns if held[c.campaign_id]]
    return Belonging(counted, kept)


def _role(member: CampaignMember, campaign: Campaign, judged: CampaignRole | None, verdict: str | None) -> CampaignRole:
    if campaign.kind not in FAMILY_KINDS:
        return judged if judged and member.role in _OPEN_ROLES else member.role
    is_template = member.submission_id == campaign.template_submission_id
    if verdict == NOT_ONE_LETTER or (judged is CampaignRole.UNIQUE and not is_template):
        return CampaignRole.UNIQUE
    if verdict == CampaignKind.SUSPECTED:
        return CampaignRole.POSSIBLE
    if verdict == CampaignKind.SLOT_FILLED:
        return CampaignRole.ORIGINAL if is_template else CampaignRole.NEAR
    return member.role


def _counted(
    campaign: Campaign, members: Sequence[CampaignMember], submitted: Mapping[str, datetime | None]
) -> Campaign:
    counted = [m for m in members if m.role is not CampaignRole.POSSIBLE]
    days = sorted(at for m in counted or members if (at := submitted.get(m.submission_id)) is not None)
    kind = campaign.kind
    if kind in FAMILY_KINDS:
        kind = CampaignKind.SLOT_FILLED if counted else CampaignKind.SUSPECTED
    elif any(m.role is CampaignRole.CONTAINS for m in counted):
        kind = CampaignKind.NEAR
    return replace(
        campaign,
        kind=kind,
        submissions=len(counted),
        first_submitted_at=days[0] if days else None,
        last_submitted_at=days[-1] if days else None,
        variants=len({m.variant for m in counted}) if campaign.variants else 0,
    )
