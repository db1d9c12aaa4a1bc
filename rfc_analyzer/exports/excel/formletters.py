"""Campaigns of form letters, and how each letter differs from its template."""

from __future__ import annotations

from rfc_analyzer.comparison import READ_LETTERS, FamilyRow, family_slots
from rfc_analyzer.exports.excel.figures import value_of
from rfc_analyzer.exports.excel.judgeable import JUDGEMENT, JUDGEMENT_CHOICES, MEMBER, MEMBERS_SHEET, judgement
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import CAMPAIGN_KINDS, CAMPAIGN_ROLES, respondent
from rfc_analyzer.model_campaigns import Organiser

_FAMILIES, _LISTED = 20, 100
_NONE = "No campaign of form letters is among the submissions."


def campaigns(selection: Selection) -> TableSheet:
    """A row for each campaign."""
    return TableSheet(
        name="Campaigns",
        holds="Form letters: how many came, when, and the template's words.",
        columns=(
            Column("Campaign", 11),
            Column("Letters", 9, Style.INTEGER),
            Column("Signatories", 11, Style.INTEGER),
            Column("Share", 9, Style.SHARE),
            Column("Different texts", 10, Style.INTEGER),
            Column("Possible letters", 10, Style.INTEGER),
            Column("How alike", 22, Style.WRAPPED),
            Column("First (UTC)", 16, Style.MOMENT),
            Column("Last (UTC)", 16, Style.MOMENT),
            Column("Organiser named", 30, Style.WRAPPED),
            Column("Words that name it", 44, Style.WRAPPED),
            Column("Template", 23),
            Column("Template's text", 100, Style.WRAPPED),
        ),
        rows=[
            (
                row.campaign.campaign_id,
                row.submissions,
                row.signatories,
                value_of(row.share),
                len(row.variants) or None,
                row.possible,
                CAMPAIGN_KINDS[row.campaign.kind],
                row.campaign.first_submitted_at,
                row.campaign.last_submitted_at,
                "; ".join(f"{one.name} ({one.submissions:,})" for one in row.organisers),
                "\n".join(_said(one, selection) for one in row.organisers),
                row.campaign.template_submission_id,
                row.campaign.template_text,
            )
            for row in selection.campaigns
        ],
        notes=(
            "Letters and signatories are counted among the submissions that are looked at; first and last are of the "
            "whole campaign. The share is of all submissions that are looked at. Possible letters share a paragraph "
            "and are not counted in. An organiser is named only where letters say so, with how many do.",
            selection.asked,
        ),
        empty=_NONE,
    )


def campaign_members(selection: Selection) -> TableSheet:
    """A row for each letter of a campaign."""
    names = {s.submission_id: respondent(s) for s in selection.submissions}
    return TableSheet(
        name=MEMBERS_SHEET,
        holds="Every letter of a campaign, with what its signer added or took out.",
        columns=(
            Column("Campaign", 11),
            Column(MEMBER, 23),
            Column("Respondent", 28, Style.WRAPPED),
            Column("Role", 26, Style.WRAPPED),
            Column(JUDGEMENT, 22, Style.ENTRY, choices=JUDGEMENT_CHOICES),
            Column("Similarity", 10, Style.DECIMAL),
            Column("Text", 8, Style.INTEGER),
            Column("Added to the template", 70, Style.WRAPPED),
            Column("Taken out of it", 50, Style.WRAPPED),
        ),
        rows=[
            (
                m.campaign_id,
                m.submission_id,
                names.get(m.submission_id, ""),
                CAMPAIGN_ROLES[m.role],
                judgement(m.role),
                m.similarity,
                m.variant or None,
                m.added_text,
                m.removed_text,
            )
            for row in selection.campaigns
            for m in row.members
        ],
        notes=(
            "Similarity is the share of three-word sequences in common, from 0 to 1. Letters of a campaign with the "
            "same number of text have the same words; text 1 is the template. Letters that hold the template, or a "
            f"paragraph of it, are for people to judge: choose under “{JUDGEMENT}” and bring the workbook back.",
            selection.asked,
        ),
        empty=_NONE,
        frozen=2,
    )


def suspected_families(selection: Selection) -> TableSheet:
    """A row for each wording of each family of letters that may have been filled in; written where there is one."""
    return TableSheet(
        name="Suspected letters",
        holds="Letters that may have been filled in from lists, with the lists, for people to judge.",
        columns=(
            Column("Family", 9),
            Column("Letters", 9, Style.INTEGER),
            Column("Share", 9, Style.SHARE),
            Column("Place", 8, Style.INTEGER),
            Column("Words that stand there", 70, Style.WRAPPED),
            Column("In letters", 9, Style.INTEGER),
            Column("One of them", 23),
            Column("All letters", 70, Style.WRAPPED),
        ),
        rows=[row for family in selection.suspects[:_FAMILIES] for row in _wordings(selection, family)],
        notes=(
            "No two of these letters need be alike, but each is put together from phrases that others have too. They "
            "are counted as letters of their own until a person judges, on the page “Campaigns”. Wordings with the "
            f"same place stand in each other's stead; they are counted over the first {READ_LETTERS} letters.",
            selection.asked,
        ),
        empty="No such letters are among the submissions.",
        frozen=2,
    )


def _wordings(selection: Selection, family: FamilyRow) -> list[Row]:
    campaign_id, of = family.campaign.campaign_id, family.share
    ids = ", ".join(m.submission_id for m in family.members[:_LISTED])
    more = f" and {len(family.members) - _LISTED:,} more" if len(family.members) > _LISTED else ""
    wordings = family_slots(selection.analysis, campaign_id)
    lines: list[Row] = [
        (
            campaign_id, of.n, value_of(of), w.slot, selection.seen(w.wording, w.submission_id), w.submissions,
            w.submission_id, None,
        )
        for w in wordings
    ]  # fmt: skip
    first: Row = (campaign_id, of.n, value_of(of), None, None, None, None, f"{ids}{more}")
    return [first, *lines]


def _said(one: Organiser, selection: Selection) -> str:
    page = f", page {one.page}" if one.page else ""
    return f"“{selection.seen(one.quote, one.submission_id)}” ({one.submission_id}{page})"


def signatories(selection: Selection) -> TableSheet:
    """A row for each signatory that a joint letter lists; written where there is one."""
    return TableSheet(
        name="Signatories",
        holds="Who signed petitions and sign-on letters, as their texts show.",
        columns=(
            Column("Submission", 23),
            Column("Signatories", 11, Style.INTEGER),
            Column("It says", 9, Style.INTEGER),
            Column("Signatory", 60, Style.WRAPPED),
            Column("Kind", 14),
            Column("Page", 8, Style.INTEGER),
        ),
        rows=[
            (
                letter.submission.submission_id,
                letter.submission.signatories,
                letter.stated,
                selection.seen(one.name, letter.submission.submission_id),
                "Organisation" if one.is_body else "Person",
                one.page,
            )
            for letter in selection.joint_letters
            for one in letter.signatories
        ],
        notes=(
            "“Signatories” is how many names the text lists: these are counted. “It says” is the number that the text "
            "gives itself, where it gives one; it is not counted.",
            selection.asked,
        ),
        empty="No joint letter is among the submissions.",
        frozen=1,
    )
