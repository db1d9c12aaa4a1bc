"""Campaigns: which submissions are one letter, and what each signer changed in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rfc_analyzer.campaigns.containment import Attachment, attach, attach_nested, nested_templates
from rfc_analyzer.campaigns.differences import Coverage, Difference, difference
from rfc_analyzer.campaigns.grouping import exact_groups, near_groups, submitted_first
from rfc_analyzer.campaigns.letters import Letter, jaccard, letters
from rfc_analyzer.model import Campaign, CampaignKind, CampaignMember, CampaignRole, Passage, Submission
from rfc_analyzer.settings import CampaignSettings
from rfc_analyzer.words import words

__all__ = ["CampaignResult", "find_campaigns"]


@dataclass(frozen=True, slots=True)
class CampaignResult:
    """``repeated`` holds the ids of passages that say again what a campaign's template says."""

    campaigns: tuple[Campaign, ...]
    members: tuple[CampaignMember, ...]
    repeated: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Group:
    """A campaign in the making; ``template`` and the keys of ``roles`` are indices of letters."""

    template: int
    roles: dict[int, CampaignRole]


def find_campaigns(
    submissions: Sequence[Submission], passages: Sequence[Passage], settings: CampaignSettings, seed: int
) -> CampaignResult:
    """Find letters that are exact or near copies of each other, or that hold a campaign's letter inside.

    Only counted passages are read, so the notice's own words and signatures do not make a campaign. The
    template is the most frequent exact text. Submissions may come in any order; the result does not change.
    """
    found = letters(submissions, passages, settings.shingle_words)
    groups, nested = _apart(found, _groups(found, settings, seed))
    attached = nested | _attached(found, groups, nested, settings)
    campaigns, members = [], []
    joining: dict[int, dict[int, Attachment]] = {}
    for i, attachment in attached.items():
        joining.setdefault(attachment.template, {})[i] = attachment
    for number, group in enumerate(groups):
        campaign, rows = _campaign(f"C{number + 1}", found, group, joining.get(number, {}))
        campaigns.append(campaign)
        members.extend(rows)
    saying = _sayings(found, groups, attached)
    repeated = _repeated(found, saying, passages, settings.shingle_words)
    return CampaignResult(tuple(campaigns), tuple(members), frozenset(repeated))


def _sayings(
    found: Sequence[Letter], groups: Sequence[_Group], attached: Mapping[int, Attachment]
) -> dict[str, tuple[int, ...]]:
    """By submission id, the letters (templates) that it says again."""
    saying = {i: (group.template,) for group in groups for i in group.roles if i != group.template}
    for i, attachment in attached.items():
        if attachment.role is not CampaignRole.POSSIBLE:
            own = () if attachment.copy_of in (None, i) else (attachment.copy_of,)
            saying[i] = (groups[attachment.template].template, *own)
    return {found[i].submission.submission_id: templates for i, templates in saying.items()}


def _repeated(
    found: Sequence[Letter], saying: Mapping[str, tuple[int, ...]], passages: Iterable[Passage], shingle_words: int
) -> Iterator[str]:
    """Ids of the passages that a letter in ``saying`` repeats from its templates."""
    coverages: dict[int, Coverage] = {}
    for passage in passages:
        for template in saying.get(passage.submission_id, ()) if passage.counted else ():
            if template not in coverages:
                coverages[template] = Coverage(words(found[template].text), shingle_words)
            if coverages[template].repeats(passage):
                yield passage.passage_id


def _groups(found: Sequence[Letter], settings: CampaignSettings, seed: int) -> list[_Group]:
    exact = exact_groups(found)
    near = near_groups([found[group[0]] for group in exact], settings, seed)
    groups = []
    for component in near:
        texts = [exact[i] for i in component]
        if sum(map(len, texts)) < 2:
            continue
        texts.sort(key=lambda group: (-len(group), submitted_first(found[group[0]])))
        roles = {i: CampaignRole.NEAR for text in texts[1:] for i in text}
        roles |= dict.fromkeys(texts[0], CampaignRole.EXACT)
        roles[texts[0][0]] = CampaignRole.ORIGINAL
        groups.append(_Group(texts[0][0], roles))
    return sorted(groups, key=lambda g: (-len(g.roles), submitted_first(found[g.template])))


def _apart(found: Sequence[Letter], groups: Sequence[_Group]) -> tuple[list[_Group], dict[int, Attachment]]:
    """The groups whose template is not most of a larger group's, and the letters of the others, attached to those."""
    templates = [found[group.template] for group in groups]
    inside = nested_templates(templates)
    kept = [number for number in range(len(groups)) if number not in inside]
    place = {number: new for new, number in enumerate(kept)}
    attached = {}
    for number, outer in inside.items():
        for i in groups[number].roles:
            attached[i] = attach_nested(place[outer], templates[outer], found[i], groups[number].template)
    return [groups[number] for number in kept], attached


def _attached(
    found: Sequence[Letter], groups: Sequence[_Group], nested: Collection[int], settings: CampaignSettings
) -> dict[int, Attachment]:
    taken = {i for group in groups for i in group.roles} | set(nested)
    others = {i: letter for i, letter in enumerate(found) if i not in taken}
    return attach([found[group.template] for group in groups], others, settings)


def _campaign(
    campaign_id: str, found: Sequence[Letter], group: _Group, attached: dict[int, Attachment]
) -> tuple[Campaign, list[CampaignMember]]:
    template = found[group.template]
    roles = group.roles | {i: attachment.role for i, attachment in attached.items()}
    order = sorted(roles, key=lambda i: (i != group.template, submitted_first(found[i])))
    members = [_member(campaign_id, template, found[i], roles[i], attached.get(i)) for i in order]
    counted = [found[i].submission for i in order if roles[i] is not CampaignRole.POSSIBLE]
    dates = sorted(s.submitted_at for s in counted if s.submitted_at is not None)
    kinds = Counter(roles.values())
    exact_only = set(kinds) <= {CampaignRole.ORIGINAL, CampaignRole.EXACT}
    campaign = Campaign(
        campaign_id=campaign_id,
        kind=CampaignKind.EXACT if exact_only else CampaignKind.NEAR,
        submissions=len(counted),
        template_submission_id=template.submission.submission_id,
        template_text=template.text,
        first_submitted_at=dates[0] if dates else None,
        last_submitted_at=dates[-1] if dates else None,
    )
    return campaign, members


def _member(
    campaign_id: str, template: Letter, letter: Letter, role: CampaignRole, attachment: Attachment | None
) -> CampaignMember:
    # most members of a large campaign are exact: don't align them again
    same = letter.key == template.key
    changed = Difference("", "") if same else difference(template.text, letter.text)
    similarity = attachment.similarity if attachment else jaccard(template.shingles, letter.shingles)
    return CampaignMember(
        campaign_id,
        letter.submission.submission_id,
        role,
        round(similarity, 6),
        changed.added_text,
        changed.removed_text,
    )
