"""Whether letters belong to campaigns, which people may judge in the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from rfc_analyzer.belonging import judged_members, member_id
from rfc_analyzer.exports.excel.correctable import Correctable, Correctables, Held
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import JUDGEMENTS
from rfc_analyzer.model import CampaignRole
from rfc_analyzer.tables import CAMPAIGN_MEMBERS

MEMBERS_SHEET, MEMBERS_AS_EXPORTED = "Campaign members", "Members as exported"
MEMBER, JUDGEMENT = "Submission", "Does it belong?"
JUDGEMENT_CHOICES = tuple(JUDGEMENTS.values())
_OPEN = (CampaignRole.POSSIBLE, CampaignRole.CONTAINS)


def judgement(role: CampaignRole) -> str:
    """What the cell of a letter with that role says; empty where nobody need judge."""
    return JUDGEMENTS[role] if role in _OPEN else ""


def of_members(selection: Selection) -> Correctables:
    """What may be judged about letters of campaigns: whether they belong."""
    template = {row.campaign.campaign_id: row.campaign.template_submission_id for row in selection.campaigns}
    members = {m.submission_id: m for row in selection.campaigns for m in row.members}
    rejected = {s: (t, r) for (s, t), r in judged_members(selection.analysis.reviews).items() if s not in members}

    def held(submission_id: str, what: Correctable) -> Held | None:
        if submission_id in rejected:
            of, role = rejected[submission_id]
            return Held(member_id(submission_id, of), role.value)
        member = members[submission_id]
        if member.role not in _OPEN:
            return None
        return Held(member_id(submission_id, template[member.campaign_id]), member.role.value)

    words: Mapping[str, str] = {role.value: name for role, name in JUDGEMENTS.items()}
    columns = (Correctable(JUDGEMENT, (MEMBERS_SHEET,), CAMPAIGN_MEMBERS.name, CAMPAIGN_MEMBERS.c.role, words),)
    return Correctables(
        MEMBERS_AS_EXPORTED, MEMBER, "letter of a campaign", columns, members,
        lambda one: one in members or one in rejected, held,
        nothing="a copy of the form letter is not judged; empty the cell",
    )  # fmt: skip
