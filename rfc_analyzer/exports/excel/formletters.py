"""Campaigns of form letters, and how each letter differs from its template."""

from __future__ import annotations

from rfc_analyzer.exports.excel.sheet import Column, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import CAMPAIGN_KINDS, CAMPAIGN_ROLES, respondent

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
            Column("Possible letters", 10, Style.INTEGER),
            Column("How alike", 22, Style.WRAPPED),
            Column("First (UTC)", 16, Style.MOMENT),
            Column("Last (UTC)", 16, Style.MOMENT),
            Column("Template", 23),
            Column("Template's text", 100, Style.WRAPPED),
        ),
        rows=[
            (
                row.campaign.campaign_id,
                row.submissions,
                row.signatories,
                row.possible,
                CAMPAIGN_KINDS[row.campaign.kind],
                row.campaign.first_submitted_at,
                row.campaign.last_submitted_at,
                row.campaign.template_submission_id,
                row.campaign.template_text,
            )
            for row in selection.campaigns
        ],
        notes=(
            "Letters and signatories are counted among the submissions that are looked at; first and last are of the "
            "whole campaign. Possible letters share a paragraph and are not counted in.",
            selection.asked,
        ),
        empty=_NONE,
    )


def campaign_members(selection: Selection) -> TableSheet:
    """A row for each letter of a campaign."""
    names = {s.submission_id: respondent(s) for s in selection.submissions}
    return TableSheet(
        name="Campaign members",
        holds="Every letter of a campaign, with what its signer added or took out.",
        columns=(
            Column("Campaign", 11),
            Column("Submission", 23),
            Column("Respondent", 28, Style.WRAPPED),
            Column("Role", 26, Style.WRAPPED),
            Column("Similarity", 10, Style.DECIMAL),
            Column("Added to the template", 70, Style.WRAPPED),
            Column("Taken out of it", 50, Style.WRAPPED),
        ),
        rows=[
            (
                m.campaign_id,
                m.submission_id,
                names.get(m.submission_id, ""),
                CAMPAIGN_ROLES[m.role],
                m.similarity,
                m.added_text,
                m.removed_text,
            )
            for row in selection.campaigns
            for m in row.members
        ],
        notes=("Similarity is the share of three-word sequences in common, from 0 to 1.", selection.asked),
        empty=_NONE,
        frozen=2,
    )
