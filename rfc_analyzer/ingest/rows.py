"""Rows of the file report for files that give no text of a comment."""

from __future__ import annotations

from hashlib import sha256

from rfc_analyzer.ingest.found import Found
from rfc_analyzer.model import FileRole, FileStatus, SourceFile, TextSource


def unread(found: Found, message: str, submission_id: str | None = None) -> SourceFile:
    """A row for a file that gave no text, with the reason and what to do."""
    return _row(found, message, submission_id, FileStatus.SKIPPED, FileRole.UNREAD)


def accounted(found: Found, message: str, role: FileRole, status: FileStatus = FileStatus.OK) -> SourceFile:
    """A row for a file that is no comment and had another use (or none, as ``status`` says)."""
    return _row(found, message, None, status, role)


def _row(found: Found, message: str, submission_id: str | None, status: FileStatus, role: FileRole) -> SourceFile:
    place = sha256(found.label.encode("utf-8", "replace")).hexdigest()[:10]
    key = found.sha256[:10] or place
    return SourceFile(
        file_id=f"{submission_id}:{key}" if submission_id is not None else f"file:{place}",
        submission_id=submission_id,
        name=found.label,
        sha256=found.sha256,
        media_type="",
        pages=None,
        text_source=TextSource.NONE,
        status=status,
        message=message,
        text="",
        page_starts=(),
        role=role,
    )
