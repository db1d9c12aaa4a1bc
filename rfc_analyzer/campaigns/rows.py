"""Campaigns in the making, and the rows of the tables that come of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rfc_analyzer.campaigns.containment import Attachment
from rfc_analyzer.campaigns.differences import Difference, difference
from rfc_analyzer.campaigns.letters import Letter, jaccard
from rfc_analyzer.model import Campaign, CampaignKind, CampaignMember, CampaignRole


@dataclass(frozen=True, slots=True)
class Group:
    """Letters that are one letter; ``template`` and the keys of ``roles`` are indices of letters."""

    template: int
    roles: dict[int, CampaignRole]


Rows = tuple[Campaign, list[CampaignMember]]
_UNCHANGED = Difference("", "")


def campaign_rows(campaign_id: str, found: Sequence[Letter], group: Group, attached: Mapping[int, Attachment]) -> Rows:
    """A campaign and its members, the template first and then by date."""
    template = found[group.template]
    roles = group.roles | {i: attachment.role for i, attachment in attached.items()}
    order = sorted(roles, key=lambda i: (i != group.template, found[i].order))
    copies = Counter(found[i].key for i in order)
    others = dict.fromkeys(found[i].key for i in order if found[i].key != template.key)
    by_size = [template.key, *sorted(others, key=lambda key: -copies[key])]
    variant = {key: number for number, key in enumerate(by_size, start=1)}
    # most members of a large campaign have a text that was compared already
    known = {template.key: (_UNCHANGED, 1.0)}
    members = []
    for i in order:
        letter, attachment = found[i], attached.get(i)
        compared = known.get(letter.key)
        if compared is None:
            compared = difference(template.text, letter.text), jaccard(template.shingles, letter.shingles)
            if copies[letter.key] > 1:
                known[letter.key] = compared
        changed, alike = compared
        similarity = attachment.similarity if attachment else alike
        members.append(_member(campaign_id, letter, roles[i], similarity, changed, variant[letter.key]))
    same = {CampaignRole.ORIGINAL, CampaignRole.EXACT}
    kind = CampaignKind.EXACT if set(roles.values()) <= same else CampaignKind.NEAR
    return _campaign(campaign_id, kind, [found[i] for i in order], members), members


def family_rows(campaign_id: str, found: Sequence[Letter], family: Sequence[int], confirmed: bool) -> Rows:
    """Letters that look as if they were filled in; counted into a campaign only where a person has confirmed it."""
    order = [found[i] for i in sorted(family, key=lambda i: found[i].order)]
    first, others = (CampaignRole.ORIGINAL, CampaignRole.NEAR) if confirmed else (CampaignRole.POSSIBLE,) * 2
    shared = [jaccard(order[0].shingles, letter.shingles) for letter in order]
    members = [
        # what differs from the first letter says nothing where every letter is put together anew
        _member(campaign_id, letter, others if n else first, shared[n], _UNCHANGED, n + 1)
        for n, letter in enumerate(order)
    ]
    kind = CampaignKind.SLOT_FILLED if confirmed else CampaignKind.SUSPECTED
    return _campaign(campaign_id, kind, order, members), members


def _member(
    campaign_id: str, letter: Letter, role: CampaignRole, similarity: float, changed: Difference, variant: int
) -> CampaignMember:
    return CampaignMember(
        campaign_id,
        letter.submission.submission_id,
        role,
        round(similarity, 6),
        changed.added_text,
        changed.removed_text,
        variant,
    )


def _campaign(
    campaign_id: str, kind: CampaignKind, letters: Sequence[Letter], members: Sequence[CampaignMember]
) -> Campaign:
    """``letters`` are those of ``members``, the template first."""
    counted = [n for n, member in enumerate(members) if member.role is not CampaignRole.POSSIBLE]
    dates = sorted(at for n in counted or range(len(members)) if (at := letters[n].submission.submitted_at) is not None)
    return Campaign(
        campaign_id=campaign_id,
        kind=kind,
        submissions=len(counted),
        template_submission_id=letters[0].submission.submission_id,
        template_text=letters[0].text,
        first_submitted_at=dates[0] if dates else None,
        last_submitted_at=dates[-1] if dates else None,
        variants=len({members[n].variant for n in counted}),
    )
