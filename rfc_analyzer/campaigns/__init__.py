"""Campaigns: which submissions are one letter, and what each signer changed in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from rfc_analyzer.campaigns.collecting import no_collecting
from rfc_analyzer.campaigns.containment import Attachment, attach, attach_nested, nested_templates
from rfc_analyzer.campaigns.families import suspected_families
from rfc_analyzer.campaigns.grouping import exact_groups, letters_apart, near_groups
from rfc_analyzer.campaigns.letters import Letter, ReadWords, letters, read_all_words
from rfc_analyzer.campaigns.organisers import organisers
from rfc_analyzer.campaigns.repeats import repeated_passages
from rfc_analyzer.campaigns.rows import Group, campaign_rows, family_rows
from rfc_analyzer.model import Campaign, CampaignMember, CampaignRole, Passage, Submission
from rfc_analyzer.model_campaigns import Organiser
from rfc_analyzer.settings import CampaignSettings

__all__ = ["CampaignResult", "find_campaigns"]


@dataclass(frozen=True, slots=True)
class CampaignResult:
    """``repeated`` holds the ids of passages that say again what a campaign's template says.

    Suspected families of slot-filled letters are campaigns of that kind, whose members are all ``possible``.
    """

    campaigns: tuple[Campaign, ...]
    members: tuple[CampaignMember, ...]
    repeated: frozenset[str]
    organisers: tuple[Organiser, ...] = ()


@no_collecting()
def find_campaigns(
    submissions: Sequence[Submission],
    passages: Sequence[Passage],
    settings: CampaignSettings,
    seed: int,
    joined: Collection[tuple[str, str]] = (),
    confirmed: Collection[str] = (),
    reading: ReadWords = read_all_words,
) -> CampaignResult:
    """Find letters that are exact or near copies of each other, or that hold a campaign's letter inside.

    Only counted passages are read, so the notice's own words and signatures do not make a campaign. The
    template is the most frequent exact text. Submissions may come in any order; the result does not change.
    People's judgements: ``joined`` are submissions that belong to the campaign of another one, ``confirmed`` are
    submissions of whose suspected family it is known that it is one letter. ``reading`` reads the letters' words.
    """
    found = letters(submissions, passages, settings.shingle_words, reading)
    groups, nested = _apart(found, _groups(found, settings, seed), settings)
    attached = nested | _joined(found, groups, _attached(found, groups, nested, settings), joined)
    families = _families(found, groups, attached)
    one_letter = [_is_confirmed(found, family, confirmed) for family in families]
    joining: dict[int, dict[int, Attachment]] = {}
    for i, attachment in attached.items():
        joining.setdefault(attachment.template, {})[i] = attachment
    rows = [campaign_rows(f"C{n + 1}", found, group, joining.get(n, {})) for n, group in enumerate(groups)]
    rows += [
        family_rows(f"F{n + 1}", found, family, one)
        for n, (family, one) in enumerate(zip(families, one_letter, strict=True))
    ]
    whole = [Group(family[0], dict.fromkeys(family, CampaignRole.NEAR)) for family in _only(families, one_letter)]
    saying = _sayings(found, groups, attached) | _sayings(found, whole, {})
    members = [member for _, held in rows for member in held]
    return CampaignResult(
        campaigns=tuple(campaign for campaign, _ in rows),
        members=tuple(members),
        repeated=frozenset(repeated_passages(saying, passages, settings.shingle_words)),
        organisers=tuple(organisers(members, passages)),
    )


def _joined(
    found: Sequence[Letter],
    groups: Sequence[Group],
    attached: Mapping[int, Attachment],
    joined: Collection[tuple[str, str]],
) -> dict[int, Attachment]:
    """``attached``, where possible letters that a person took into the campaign are in it."""
    judged = dict(joined)
    if not judged:
        return dict(attached)
    of = {found[i].submission.submission_id: number for number, group in enumerate(groups) for i in group.roles}
    return {
        i: replace(a, role=CampaignRole.CONTAINS)
        if a.role is CampaignRole.POSSIBLE and of.get(judged.get(found[i].submission.submission_id, "")) == a.template
        else a
        for i, a in attached.items()
    }


def _families(found: Sequence[Letter], groups: Sequence[Group], attached: Collection[int]) -> list[list[int]]:
    taken = {i for group in groups for i in group.roles} | set(attached)
    return suspected_families(found, [i for i in range(len(found)) if i not in taken])


def _only(families: Sequence[list[int]], which: Sequence[bool]) -> list[list[int]]:
    return [family for family, one in zip(families, which, strict=True) if one]


def _is_confirmed(found: Sequence[Letter], family: Sequence[int], confirmed: Collection[str]) -> bool:
    return any(found[i].submission.submission_id in confirmed for i in family)


def _sayings(
    found: Sequence[Letter], groups: Sequence[Group], attached: Mapping[int, Attachment]
) -> dict[str, list[str]]:
    """By submission id, the texts of the letters (templates) that it says again."""
    saying = {i: (group.template,) for group in groups for i in group.roles if i != group.template}
    for i, attachment in attached.items():
        if attachment.role is not CampaignRole.POSSIBLE:
            own = () if attachment.copy_of in (None, i) else (attachment.copy_of,)
            saying[i] = (groups[attachment.template].template, *own)
    return {found[i].submission.submission_id: [found[t].text for t in said] for i, said in saying.items()}


def _groups(found: Sequence[Letter], settings: CampaignSettings, seed: int) -> list[Group]:
    exact = exact_groups(found)
    near = near_groups([found[group[0]] for group in exact], settings, seed)
    groups = []
    for component in near:
        if len(component) == 1 and len(exact[component[0]]) == 1:
            continue
        texts = sorted((exact[i] for i in component), key=lambda group: (-len(group), found[group[0]].order))
        for part in letters_apart(found, texts, settings):
            if sum(map(len, part)) < 2:
                continue
            roles = {i: CampaignRole.NEAR for text in part[1:] for i in text}
            roles |= dict.fromkeys(part[0], CampaignRole.EXACT)
            roles[part[0][0]] = CampaignRole.ORIGINAL
            groups.append(Group(part[0][0], roles))
    return sorted(groups, key=lambda g: (-len(g.roles), found[g.template].order))


def _apart(
    found: Sequence[Letter], groups: Sequence[Group], settings: CampaignSettings
) -> tuple[list[Group], dict[int, Attachment]]:
    """The groups whose template is not most of a larger group's, and the letters of the others, attached to those."""
    templates = [found[group.template] for group in groups]
    inside = nested_templates(templates, settings)
    kept = [number for number in range(len(groups)) if number not in inside]
    place = {number: new for new, number in enumerate(kept)}
    attached = {}
    for number, outer in inside.items():
        for i in groups[number].roles:
            attached[i] = attach_nested(place[outer], templates[outer], found[i], groups[number].template)
    return [groups[number] for number in kept], attached


def _attached(
    found: Sequence[Letter], groups: Sequence[Group], nested: Collection[int], settings: CampaignSettings
) -> dict[int, Attachment]:
    taken = {i for group in groups for i in group.roles} | set(nested)
    others = {i: letter for i, letter in enumerate(found) if i not in taken}
    return attach([found[group.template] for group in groups], others, settings)
