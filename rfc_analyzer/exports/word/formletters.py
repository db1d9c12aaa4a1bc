"""Campaigns of form letters, what signers added, and letters that people should judge."""

from __future__ import annotations

import re

from rfc_analyzer.comparison import READ_LETTERS, CampaignRow, FamilyRow, family_slots
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.word.figures import with_percent
from rfc_analyzer.exports.word.writing import Writing
from rfc_analyzer.exports.wording import count_of, respondent, unit_of
from rfc_analyzer.model import CampaignRole

_ADDITIONS, _LONGEST_WORDS = 3, 120
_FAMILIES, _WORDINGS = 10, 40


def campaigns(writing: Writing, selection: Selection) -> None:
    """Each form letter, who is named as organiser, and what some signers added; then letters that may be one."""
    writing.heading("Form-letter campaigns")
    if not selection.campaigns:
        writing.paragraph("No campaign of form letters is among the submissions.")
    for row in selection.campaigns:
        _campaign(writing, selection, row)
    _suspects(writing, selection)


def _campaign(writing: Writing, selection: Selection, row: CampaignRow) -> None:
    campaign = row.campaign
    writing.heading(f"Campaign {campaign.campaign_id}", 2)
    when = ""
    if campaign.first_submitted_at and campaign.last_submitted_at:
        when = f" from {campaign.first_submitted_at:%Y-%m-%d} to {campaign.last_submitted_at:%Y-%m-%d}"
    possible = f" {count_of(row.possible, 'more letter')} may belong to it and {_are(row.possible)} not counted in."
    texts = f" They have {len(row.variants):,} different texts." if len(row.variants) > 1 else ""
    writing.paragraph(
        f"{count_of(row.submissions, 'submission')} with {count_of(row.signatories, 'signatory', 'signatories')}"
        f"{when}.{texts}{possible if row.possible else ''}"
    )
    _organisers(writing, selection, row)
    writing.paragraph("The template reads:")
    writing.quote(campaign.template_text, f"template ({campaign.template_submission_id})")
    _additions(writing, selection, row)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _organisers(writing: Writing, selection: Selection, row: CampaignRow) -> None:
    for one in row.organisers:
        page = f"; page {one.page}" if one.page else ""
        writing.paragraph(f"{count_of(one.submissions, 'letter')} of it name {one.name} as organiser ({one.reason}):")
        writing.quote(selection.seen(one.quote, one.submission_id), f"{one.submission_id}{page}")


def _additions(writing: Writing, selection: Selection, row: CampaignRow) -> None:
    """What those who are counted in added: a possible letter is not known to be the campaign's."""
    added = [m for m in row.members if m.role is not CampaignRole.POSSIBLE and m.added_text.strip()]
    if not added:
        return
    names = {s.submission_id: respondent(s) for s in selection.submissions}
    writing.paragraph(f"{count_of(len(added), 'signer')} added words of their own, such as:")
    most = sorted(added, key=lambda m: (-len(m.added_text.split()), m.submission_id))[:_ADDITIONS]
    for member in most:
        writing.quote(_beginning(member.added_text), f"{names.get(member.submission_id, '')} ({member.submission_id})")


def _beginning(text: str) -> str:
    """``text``, cut with a mark where it is long: the reader of a summary finds the rest in the submission."""
    words = list(re.finditer(r"\S+", text))
    return text if len(words) <= _LONGEST_WORDS else f"{text[: words[_LONGEST_WORDS - 1].end()]} […]"


def _suspects(writing: Writing, selection: Selection) -> None:
    if not selection.suspects:
        return
    writing.heading("Letters that may have been filled in from lists", 2)
    writing.paragraph(
        "No two of these letters need be alike, but each is put together from phrases that others have too. They are "
        "counted as letters of their own until a person judges. The tables show what stands at the same place, counted "
        f"over the first {READ_LETTERS} letters."
    )
    for family in selection.suspects[:_FAMILIES]:
        _family(writing, selection, family)
    if (more := len(selection.suspects) - _FAMILIES) > 0:
        writing.paragraph(f"{count_of(more, 'smaller group')} of such letters {_are(more)} left out here.")


def _family(writing: Writing, selection: Selection, family: FamilyRow) -> None:
    name, share = family.campaign.campaign_id, family.share
    writing.heading(f"Suspected letters {name}", 3)
    writing.paragraph(f"{with_percent(share)} of {unit_of(share.of, share.unit)}; one of them is "
                      f"{family.campaign.template_submission_id}.")  # fmt: skip
    wordings = family_slots(selection.analysis, name)
    rows = [
        (str(w.slot), selection.seen(w.wording, w.submission_id), f"{w.submissions:,}", w.submission_id)
        for w in wordings[:_WORDINGS]
    ]
    if not rows:
        writing.paragraph("No lists could be told from these letters.")
        return
    heads = ("Place", "Words that stand there", "Letters", "One of them")
    writing.table(f"Wordings of {name}", heads, rows, [0.6, 3.8, 0.7, 1.6], (0, 2))
    if (more := len(wordings) - len(rows)) > 0:
        writing.paragraph(f"{count_of(more, 'wording')} more {_are(more)} on the sheet “Suspected letters”.")
