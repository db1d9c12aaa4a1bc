"""The Word document: a summary of comments as agencies draft it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from rfc_analyzer.exports.cells import legal
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.targets import StampedZip, put_in_place
from rfc_analyzer.exports.word.appendices import appendices
from rfc_analyzer.exports.word.formletters import campaigns
from rfc_analyzer.exports.word.introduction import introduction
from rfc_analyzer.exports.word.positions import left_out, minorities, positions
from rfc_analyzer.exports.word.subjects import questions, themes
from rfc_analyzer.exports.word.writing import Writing


def write_document(selection: Selection, target: Path) -> Path:
    """Write the document to ``target``."""
    writing = Writing(header=f"{selection.analysis.manifest.docket.docket_id}: summary of comments, draft for review")
    for section in (introduction, positions, minorities, themes, questions, campaigns, left_out, appendices):
        section(writing, selection)
    _describe(writing, selection)
    content = BytesIO()
    writing.document.save(content)
    with put_in_place(target) as partial, ZipFile(content) as source, StampedZip(partial) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return target


def _describe(writing: Writing, selection: Selection) -> None:
    about = writing.document.core_properties
    made = selection.made_at.replace(tzinfo=None)
    # the format allows 255 letters
    about.title = legal(f"Summary of comments: {selection.title}")[:255]
    about.subject = legal(f"Docket {selection.analysis.manifest.docket.docket_id}")[:255]
    about.comments = legal(f"{selection.asked} {selection.counted}")[:255]
    about.author = about.last_modified_by = "rfc-analyzer"
    about.keywords = "summary of comments, draft"
    about.language = "en-US"
    about.created = about.modified = made
    about.revision = 1
