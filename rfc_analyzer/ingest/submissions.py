"""Rows and read files to submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.ingest.discovery import Found
from rfc_analyzer.ingest.drafts import Draft
from rfc_analyzer.ingest.forms import blocks_of, only_points, text_of
from rfc_analyzer.ingest.reading import Read
from rfc_analyzer.ingest.records import Record
from rfc_analyzer.ingest.rows import unread
from rfc_analyzer.ingest.speaking import READ, copies_apart, exhibits_apart
from rfc_analyzer.model import Block, Box, FileRole, FileStatus, PassageKind, SourceFile, Submission
from rfc_analyzer.readers.assembling import plain

_SPEAKING = frozenset((FileRole.FORM, FileRole.ATTACHMENT))
_POINTER = "It only points to an attachment and is not counted as a comment."
_LONGEST_LIST = 200


@dataclass(slots=True)
class Assembled:
    """Submissions in the order of their ids, with their files, blocks and boxes."""

    submissions: list[Submission] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    missing: int = 0


def assemble(
    drafts: Mapping[str, Draft], read: Mapping[str, Read | UnreadableFile], docket_id: str, has_metadata: bool
) -> Assembled:
    """Put submissions together. ``read`` gives for each file's label its document, or why there is none."""
    result = Assembled()
    for submission_id in sorted(drafts):
        draft = drafts[submission_id]
        found = sorted(draft.files, key=lambda f: f.label)
        rows = _with_unique_ids([_attachment(draft, f, read[f.label]) for f in found])
        for row, file in zip(rows, found, strict=True):
            _keep_layout(row, read[file.label], result)
        form = _form(draft)
        everything = copies_apart([form, *rows] if form else rows)
        everything = exhibits_apart(everything, _first(draft.rows, "docket_id") or docket_id, only_points)
        blocks = _form_blocks(form) if form else []
        result.blocks += blocks
        missing = _missing(draft) if not found else []
        result.missing += len(missing)
        result.files += [*everything, *missing]
        result.submissions.append(_submission(draft, everything, blocks, docket_id, has_metadata))
    return result


def _attachment(draft: Draft, found: Found, result: Read | UnreadableFile) -> SourceFile:
    if isinstance(result, UnreadableFile):
        return unread(found, str(result), draft.submission_id)
    document = result.document
    return SourceFile(
        file_id=f"{draft.submission_id}:{found.sha256[:10]}",
        submission_id=draft.submission_id,
        name=found.label,
        sha256=found.sha256,
        media_type=result.media_type,
        pages=document.pages,
        text_source=document.text_source,
        status=FileStatus.PARTIAL if document.partial else FileStatus.OK,
        message=" ".join(filter(None, (document.partial, result.remark))),
        text=document.text,
        page_starts=document.page_starts,
        role=FileRole.ATTACHMENT,
        ocr_confidence=document.confidence,
    )


def _keep_layout(row: SourceFile, read: Read | UnreadableFile, result: Assembled) -> None:
    if isinstance(read, Read):
        document = read.document
        result.blocks += [Block(row.file_id, b.page, b.start, b.end, b.kind) for b in document.blocks]
        result.boxes += [Box(row.file_id, b.page, b.start, b.end, b.x0, b.y0, b.x1, b.y1) for b in document.boxes]


def _form(draft: Draft) -> SourceFile | None:
    text = text_of(draft.rows)
    if not text:
        return None
    row = next(row for row in draft.rows if row.text.strip())
    return SourceFile(
        file_id=f"{draft.submission_id}:form",
        submission_id=draft.submission_id,
        name=f"Web form ({row.origin})",
        sha256=sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        pages=None,
        text_source=row.source,
        status=FileStatus.OK,
        message=_POINTER if only_points(text) else "",
        text=text,
        page_starts=(),
        role=FileRole.FORM,
    )


def _form_blocks(form: SourceFile) -> list[Block]:
    if only_points(form.text):
        return [Block(form.file_id, None, 0, len(form.text), PassageKind.BOILERPLATE)]
    return [Block(form.file_id, None, start, end, kind) for start, end, kind in blocks_of(form.text)]


def _with_unique_ids(files: Sequence[SourceFile]) -> list[SourceFile]:
    seen: dict[str, int] = {}
    unique = []
    for file in files:
        seen[file.file_id] = number = seen.get(file.file_id, 0) + 1
        unique.append(replace(file, file_id=f"{file.file_id}-{number}") if number > 1 else file)
    return unique


def _missing(draft: Draft) -> list[SourceFile]:
    """A row for attachments that the metadata names and nobody added: their titles tell no file names."""
    named = [plain(name) for row in draft.rows for name in row.attachments]
    if not named:
        return []
    titles = "; ".join(dict.fromkeys(named))
    found = Found(f"{draft.submission_id}: attachment not found", None, "", 0)
    shown = titles if len(titles) <= _LONGEST_LIST else titles[:_LONGEST_LIST] + "…"
    message = f"The metadata names an attachment that is not among the inputs ({shown}); download it, and add it."
    return [replace(unread(found, message, draft.submission_id), file_id=f"{draft.submission_id}:missing")]


def _submission(
    draft: Draft, files: Sequence[SourceFile], blocks: Sequence[Block], docket_id: str, has_metadata: bool
) -> Submission:
    rows = draft.rows
    speaking = [f for f in files if f.role in _SPEAKING and f.status in READ]
    silent = sum(
        len(file.text[b.start : b.end].split())
        for b in blocks
        for file in speaking
        if b.file_id == file.file_id and b.kind is PassageKind.BOILERPLATE
    )
    words = sum(len(file.text.split()) for file in speaking) - silent
    dates = [row.submitted_at for row in rows if row.submitted_at]
    return Submission(
        submission_id=draft.submission_id,
        docket_id=_first(rows, "docket_id") or docket_id,
        title=_first(rows, "title"),
        submitted_at=min(dates) if dates else None,
        respondent_name=_first(rows, "name"),
        organization=_first(rows, "organization"),
        words=words,
        pages=sum(file.pages or 0 for file in speaking),
        declared_type=_first(rows, "declared_type"),
        note=" ".join(_notes(draft, files, words, has_metadata)),
    )


def _notes(draft: Draft, files: Sequence[SourceFile], words: int, has_metadata: bool) -> list[str]:
    notes = []
    repeats = repeated(draft.rows)
    if repeats > 1:
        notes.append(f"Listed {repeats} times in the metadata; counted once.")
    if has_metadata and not draft.rows:
        notes.append("The metadata does not list it.")
    named = {name for row in draft.rows for name in row.attachments}
    if draft.files and len(named) > len(draft.files):
        notes.append(f"The metadata names {len(named)} attachments; {len(draft.files)} were found.")
    if words == 0 and any(file.status is FileStatus.SKIPPED for file in files):
        notes.append("Its attachment could not be read, so what it says is not in this analysis.")
    elif words == 0 and named and not draft.files:
        notes.append("Its attachment is not among the inputs, so what it says is not in this analysis.")
    elif words == 0 and not draft.files and any(file.message == _POINTER for file in files):
        notes.append("It points to an attachment, and none is among the inputs.")
    elif words == 0:
        notes.append("It holds no text of a comment.")
    return notes


def repeated(rows: Sequence[Record]) -> int:
    """How often one table lists a submission; two tables that tell of it complete each other."""
    origins = [row.origin for row in rows]
    return max((origins.count(origin) for origin in origins), default=0)


def _first(rows: Sequence[Record], name: str) -> str:
    return next((getattr(row, name) for row in rows if getattr(row, name)), "")
