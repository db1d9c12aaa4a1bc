"""How closed sets are named in the exports: plain English, one place."""

from __future__ import annotations

from collections.abc import Mapping

from rfc_analyzer.answers import Disposition
from rfc_analyzer.comparison import Measure, Unit
from rfc_analyzer.model import CampaignKind, CampaignRole, FileRole, FileStatus, RespondentType, Stance, Submission
from rfc_analyzer.words import count_of as count_of

TYPES: Mapping[RespondentType, str] = {
    RespondentType.INDIVIDUAL: "Individual",
    RespondentType.PRIVATE_SECTOR: "Private sector",
    RespondentType.ASSOCIATION: "Association",
    RespondentType.NONPROFIT: "Nonprofit",
    RespondentType.ACADEMIA: "Academia",
    RespondentType.GOVERNMENT: "Government",
    RespondentType.ANONYMOUS: "Anonymous",
    RespondentType.OTHER: "Other",
}
EVERYONE = "Everyone"
STANCES: Mapping[Stance, str] = {Stance.SUPPORT: "Support", Stance.OPPOSE: "Oppose", Stance.MIXED: "Mixed"}
NOT_ADDRESSED = "Not addressed"
UNITS: Mapping[Unit, str] = {
    Unit.DISTINCT_TEXTS: "Distinct texts",
    Unit.SUBMISSIONS: "Submissions",
    Unit.SIGNATORIES: "Signatories",
}
COUNTED: Mapping[Unit, str] = {
    Unit.SUBMISSIONS: "Letters as received, with their attachments; every copy of a form letter counts.",
    Unit.SIGNATORIES: "People and bodies who signed; a letter with three signatures counts three times.",
    Unit.DISTINCT_TEXTS: "Different letters: a campaign of form letters counts once, as its template.",
}
COUNTED_IN: Mapping[Unit, str] = {
    Unit.SUBMISSIONS: "Figures count submissions: every copy of a form letter counts.",
    Unit.SIGNATORIES: "Figures count signatories: a letter with three signatures counts three times.",
    Unit.DISTINCT_TEXTS: "Figures count distinct texts: a campaign of form letters counts once, as its template.",
}
HIDDEN = "Shares of fewer than five are left blank: only their counts are shown."
INTERVALS = "Low and high are the ends of the 95% Wilson interval."
CAMPAIGN_ROLES: Mapping[CampaignRole, str] = {
    CampaignRole.UNIQUE: "Own letter",
    CampaignRole.ORIGINAL: "Form letter, as first sent",
    CampaignRole.EXACT: "Form letter, same words",
    CampaignRole.NEAR: "Form letter, nearly the same words",
    CampaignRole.CONTAINS: "Form letter with more",
    CampaignRole.POSSIBLE: "Possibly a form letter (not counted as one)",
}
CAMPAIGN_KINDS: Mapping[CampaignKind, str] = {
    CampaignKind.EXACT: "Same words in every letter",
    CampaignKind.NEAR: "Letters with changes",
    CampaignKind.SUSPECTED: "May be filled in from lists (not counted)",
    CampaignKind.SLOT_FILLED: "Filled in from lists, as a person judged",
}
JUDGEMENTS: Mapping[CampaignRole, str] = {
    CampaignRole.POSSIBLE: "Open",
    CampaignRole.CONTAINS: "Belongs to the campaign",
    CampaignRole.UNIQUE: "A letter of its own",
}
FILE_STATUSES: Mapping[FileStatus, str] = {
    FileStatus.OK: "Read",
    FileStatus.PARTIAL: "Read in part",
    FileStatus.SKIPPED: "Not read",
    FileStatus.DUPLICATE: "Same as another file",
}
FILE_ROLES: Mapping[FileRole, str] = {
    FileRole.FORM: "Comment form",
    FileRole.ATTACHMENT: "Attachment",
    FileRole.EXHIBIT: "Exhibit",
    FileRole.NOTICE: "Agency's notice",
    FileRole.METADATA: "Table or archive of submissions",
    FileRole.UNREAD: "Not known, as it was not read",
}
DISPOSITIONS: Mapping[Disposition, str] = {
    Disposition.ACCEPTED: "Accepted",
    Disposition.ACCEPTED_IN_PART: "Accepted in part",
    Disposition.NOT_ACCEPTED: "Not accepted",
    Disposition.NOTED: "Noted",
    Disposition.OUT_OF_SCOPE: "Out of scope",
}
MEASURES: Mapping[Measure, str] = {
    Measure.THEME: "Raises the theme",
    Measure.QUESTION: "Answers the question",
    Measure.ADDRESSED: "Takes the proposition up",
    Measure.SUPPORT: "Supports it, of those who take it up",
    Measure.OPPOSE: "Opposes it, of those who take it up",
    Measure.MIXED: "Is mixed on it, of those who take it up",
}


def respondent(submission: Submission) -> str:
    """The organisation, else the person's name, else what stands for none."""
    return submission.organization or submission.respondent_name or "Anonymous"


def unit_of(number: int, unit: Unit) -> str:
    """``1 signatory``, ``36 distinct texts``."""
    one = {Unit.SUBMISSIONS: "submission", Unit.SIGNATORIES: "signatory", Unit.DISTINCT_TEXTS: "distinct text"}[unit]
    return count_of(number, one, unit.label)
