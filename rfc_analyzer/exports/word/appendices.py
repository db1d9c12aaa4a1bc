"""Who commented, what became of the files, and how the analysis was made."""

from __future__ import annotations

from rfc_analyzer.comparison import files_with_remarks
from rfc_analyzer.exports.provenance import method_lines
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.word.writing import Writing
from rfc_analyzer.exports.wording import CAMPAIGN_ROLES, FILE_STATUSES, TYPES, respondent
from rfc_analyzer.model import CampaignRole, FileStatus

# Word slows down with longer tables; what is left out is said, and the workbook has it
_LONGEST = 5_000


def appendices(writing: Writing, selection: Selection) -> None:
    """Three tables."""
    writing.new_page()
    _commenters(writing, selection)
    _files(writing, selection)
    writing.heading("Appendix C. Methods")
    writing.paragraph(
        "What it takes to make the same analysis again. The hash of every input file is on the sheet “Methods” of the "
        "workbook."
    )
    lines = list(method_lines(selection, inputs=False))
    writing.table("Methods", ("Part", "Item", "Value"), lines[:_LONGEST], [1.2, 2, 3.6])


def _commenters(writing: Writing, selection: Selection) -> None:
    writing.heading("Appendix A. Commenters")
    rows = [
        (
            s.submission_id,
            respondent(s),
            TYPES[s.respondent_type],
            f"{s.submitted_at:%Y-%m-%d}" if s.submitted_at else "",
            "" if s.campaign_role is CampaignRole.UNIQUE else CAMPAIGN_ROLES[s.campaign_role],
        )
        for s in selection.submissions
    ]
    if not rows:
        writing.paragraph("No submission meets the filters.")
        return
    if len(rows) > _LONGEST:
        writing.paragraph(
            f"The first {_LONGEST:,} of {len(rows):,}; the sheet “Submissions” of the workbook names all of them."
        )
    heads = ("Submission", "Commenter", "Type", "Submitted", "Form letter")
    writing.table("Commenters", heads, rows[:_LONGEST], [2.0, 1.8, 1.3, 1.2, 1.1])


def _files(writing: Writing, selection: Selection) -> None:
    writing.heading("Appendix B. Files not read, or not read whole")
    files = [f for f in files_with_remarks(selection.analysis) if f.status is not FileStatus.OK]
    rows = [(f.name, FILE_STATUSES[f.status], f.message) for f in files]
    if not rows:
        writing.paragraph("Every file was read whole.")
        return
    writing.paragraph("Of the whole docket, whatever the filters; files that could not be read come first.")
    writing.table(
        "Files not read, or not read whole", ("File", "Status", "Why, and what to do"), rows[:_LONGEST], [2.6, 1, 3.4]
    )
    if len(rows) > _LONGEST:
        writing.paragraph(
            f"These are {_LONGEST:,} of {len(rows):,}; the sheet “Skipped files” of the workbook has all of them."
        )
