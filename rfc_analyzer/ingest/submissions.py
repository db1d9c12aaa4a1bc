"""Rows and read files to submissions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import PurePosixPath

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.ingest.catalogue import Parcel
from rfc_analyzer.ingest.forms import blocks_of, only_points, text_of
from rfc_analyzer.ingest.found import Found
from rfc_analyzer.ingest.reading import Read
from rfc_analyzer.ingest.records import Record
from rfc_analyzer.ingest.rows import unread
from rfc_analyzer.ingest.speaking import READ, copies_apart, exhibits_apart
from rfc_analyzer.model import Block, Box, FileRole, FileStatus, PassageKind, SourceFile, Submission
from rfc_analyzer.readers.assembling import plain

_SPEAKING = frozenset((FileRole.FORM, FileRole.ATTACHMENT))
_POINTER = "It only points to an attachment and is not counted as a comment."
_MISSING = "The metadata names this attachment, and it is not among the inputs; download it, and add it."
_LONGEST_NAME = 200
_CUT_NAME = 30
_SUFFIXES = frozenset((".pdf", ".doc", ".docx", ".txt", ".rtf", ".odt", ".html", ".htm", ".xlsx", ".xls", ".csv",
                       ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".eml", ".msg", ".zip"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assembled:
    """A submission with its files, the blocks and boxes of these; ``missing``: attachments are named and not there."""

    submission: Submission
    files: list[SourceFile]
    blocks: list[Block]
    boxes: list[Box]
    missing: bool


def assemble(parcel: Parcel, docket_id: str, has_metadata: bool) -> Assembled:
    """Put one submission together. A result is a :class:`Read`, or an :class:`UnreadableFile` that says why not."""
    rows = _with_unique_ids([_attachment(parcel, f, r) for f, r in zip(parcel.files, parcel.results, strict=True)])
    blocks: list[Block] = []
    boxes: list[Box] = []
    for row, result in zip(rows, parcel.results, strict=True):
        if isinstance(result, Read):
            blocks += [Block(row.file_id, b.page, b.start, b.end, b.kind) for b in result.document.blocks]
            boxes += [Box(row.file_id, b.page, b.start, b.end, b.x0, b.y0, b.x1, b.y1) for b in result.document.boxes]
    form = _form(parcel)
    everything = copies_apart([form, *rows] if form else rows)
    everything = exhibits_apart(everything, _first(parcel.rows, "docket_id") or docket_id, only_points)
    blocks += _form_blocks(form) if form else []
    missing = _missing(parcel)
    files = sorted([*everything, *missing], key=lambda f: (f.role is not FileRole.FORM, f.name))
    submission = _submission(parcel, everything, blocks, docket_id, has_metadata)
    return Assembled(submission, files, blocks, boxes, bool(missing))


def _attachment(parcel: Parcel, found: Found, result: Read | UnreadableFile) -> SourceFile:
    if isinstance(result, UnreadableFile):
        return unread(found, str(result), parcel.submission_id)
    document = result.document
    return SourceFile(
        file_id=f"{parcel.submission_id}:{found.sha256[:10]}",
        submission_id=parcel.submission_id,
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


def _form(parcel: Parcel) -> SourceFile | None:
    text = text_of(parcel.rows)
    if not text:
        return None
    row = next(row for row in parcel.rows if row.text.strip())
    return SourceFile(
        file_id=f"{parcel.submission_id}:form",
        submission_id=parcel.submission_id,
        name=f"Web form ({row.origin})",
        sha256=sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        pages=None,
        text_source=row.source,
        status=FileStatus.OK,
        message=_POINTER if only_points(text, _has_attachments(parcel)) else "",
        text=text,
        page_starts=(),
        role=FileRole.FORM,
    )


def _has_attachments(parcel: Parcel) -> bool:
    return bool(parcel.files) or any(row.attachments for row in parcel.rows)


def _form_blocks(form: SourceFile) -> list[Block]:
    if form.message == _POINTER:
        return [Block(form.file_id, None, 0, len(form.text), PassageKind.BOILERPLATE)]
    return [Block(form.file_id, None, start, end, kind) for start, end, kind in blocks_of(form.text)]


def _with_unique_ids(files: Sequence[SourceFile]) -> list[SourceFile]:
    seen: dict[str, int] = {}
    unique = []
    for file in files:
        seen[file.file_id] = number = seen.get(file.file_id, 0) + 1
        unique.append(replace(file, file_id=f"{file.file_id}-{number}") if number > 1 else file)
    return unique


def _missing(parcel: Parcel) -> list[SourceFile]:
    """A row for each attachment that the metadata names and nobody added.

    Metadata may give titles where files have other names. Where it is not sure which of several lack, one row says so.
    """
    named = _named(parcel)
    present = [_letters(PurePosixPath(f.label).stem) for f in parcel.files]
    lacking = [name for name in named if not _among(name, present)]
    short = len(named) - len(parcel.files)
    if short <= 0 or not lacking:
        return []
    if len(lacking) > short:
        lacking = [f"{short} of: {'; '.join(lacking)}"]
    return [_missing_row(parcel.submission_id, name, at) for at, name in enumerate(lacking, start=1)]


def _named(parcel: Parcel) -> list[str]:
    """The attachments of the row that names most of them: two tables may name the same ones differently."""
    lists = ([plain(name).strip() for name in row.attachments] for row in parcel.rows)
    return max((list(dict.fromkeys(names)) for names in lists), key=len, default=[])


def _missing_row(submission_id: str, name: str, number: int) -> SourceFile:
    shown = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
    label = shown if submission_id in shown else f"{submission_id}: {shown}"
    row = unread(Found(f"{label} (not found)", None, "", 0), _MISSING, submission_id)
    return replace(row, file_id=f"{submission_id}:missing" + (f"-{number}" if number > 1 else ""))


def _among(name: str, present: Sequence[str]) -> bool:
    """Whether a file has the name: systems drop spaces and marks, cut long names and put an id before them."""
    own = _letters(PurePosixPath(name).stem if PurePosixPath(name).suffix.lower() in _SUFFIXES else name)
    return any(own == other or other.endswith(own) or (len(own) > _CUT_NAME and other.startswith(own[:_CUT_NAME]))
               for other in present if own)  # fmt: skip


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _submission(
    parcel: Parcel, files: Sequence[SourceFile], blocks: Sequence[Block], docket_id: str, has_metadata: bool
) -> Submission:
    rows = parcel.rows
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
        submission_id=parcel.submission_id,
        docket_id=_first(rows, "docket_id") or docket_id,
        title=_first(rows, "title"),
        submitted_at=min(dates) if dates else None,
        respondent_name=_first(rows, "name"),
        organization=_first(rows, "organization"),
        words=words,
        pages=sum(file.pages or 0 for file in speaking),
        declared_type=_first(rows, "declared_type"),
        note=" ".join(_notes(parcel, files, words, has_metadata)),
        country=_first(rows, "country"),
        link=_first(rows, "link"),
        tracking_number=_first(rows, "tracking_number"),
        signatories=1 + _duplicates(parcel),
    )


def _notes(parcel: Parcel, files: Sequence[SourceFile], words: int, has_metadata: bool) -> list[str]:
    notes = []
    repeats = repeated(parcel.rows)
    if repeats > 1:
        notes.append(f"Listed {repeats} times in the metadata; counted once.")
    if has_metadata and not parcel.rows:
        notes.append("The metadata does not list it.")
    if _duplicates(parcel):
        notes.append(f"The agency received {_duplicates(parcel):,} more copies of it, which it did not post.")
    restricted = _first(parcel.rows, "restricted")
    if restricted:
        notes.append(f"The agency holds back some of it ({restricted[:_LONGEST_NAME]}).")
    named = _named(parcel)
    if parcel.files and len(named) > len(parcel.files):
        notes.append(f"The metadata names {len(named)} attachments; {len(parcel.files)} were found.")
    if words == 0 and any(file.status is FileStatus.SKIPPED for file in files):
        notes.append("Its attachment could not be read, so what it says is not in this analysis.")
    elif words == 0 and named and not parcel.files:
        notes.append("Its attachment is not among the inputs, so what it says is not in this analysis.")
    elif words == 0 and not parcel.files and any(file.message == _POINTER for file in files):
        notes.append("It points to an attachment, and none is among the inputs.")
    elif words == 0:
        notes.append("It holds no text of a comment.")
    return notes


def _duplicates(parcel: Parcel) -> int:
    return max((row.duplicates for row in parcel.rows), default=0)


def repeated(rows: Sequence[Record]) -> int:
    """How often one table lists a submission; two tables that tell of it complete each other."""
    origins = [row.origin for row in rows]
    return max((origins.count(origin) for origin in origins), default=0)


def _first(rows: Sequence[Record], name: str) -> str:
    return next((getattr(row, name) for row in rows if getattr(row, name)), "")
