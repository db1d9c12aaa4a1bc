"""Inputs to submissions and files. Every file is accounted for: read, a duplicate, or skipped with what to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rfc_analyzer.errors import BadInput, BadNotice, EmptyDocket, UnreadableFile
from rfc_analyzer.ingest.discovery import Discovery, Found, discover
from rfc_analyzer.ingest.drafts import Draft, Sorting, sort_files
from rfc_analyzer.ingest.reading import TABLES, Read, read_file, read_notice, read_table
from rfc_analyzer.ingest.records import Record, RecordKind
from rfc_analyzer.ingest.submissions import Files, unread
from rfc_analyzer.model import Block, Box, Docket, FileRole, FileStatus, InputFile, SourceFile, Submission, TextSource
from rfc_analyzer.progress import Progress
from rfc_analyzer.readers.document import Document
from rfc_analyzer.sandbox import Sandbox, run_limited
from rfc_analyzer.settings import IngestSettings

__all__ = ["Intake", "ingest"]

_STAGE = "Reading files"


@dataclass(frozen=True, slots=True)
class Intake:
    """All that ingestion gives. ``notes`` are plain sentences on what was unusual."""

    docket: Docket
    submissions: tuple[Submission, ...]
    files: tuple[SourceFile, ...]
    blocks: tuple[Block, ...]
    boxes: tuple[Box, ...]
    inputs: tuple[InputFile, ...]
    notes: tuple[str, ...]
    notice: Document | None


@dataclass(slots=True)
class _Tables:
    """Metadata tables and exports: their rows, and for each file a row of the file report."""

    records: list[Record]
    files: list[SourceFile]
    taken: set[str]
    title: str = ""


def ingest(
    inputs: Sequence[Path],
    settings: IngestSettings,
    progress: Progress,
    notice: Path | None = None,
    metadata: Path | None = None,
) -> Intake:
    """Read every file under ``inputs`` and put submissions together from form text and attachments.

    Raises :class:`BadInput` where an input does not exist or ``metadata`` is no table of comments, :class:`BadNotice`
    where the notice can't be read, and :class:`EmptyDocket` where no comment has any readable text.
    """
    with TemporaryDirectory(prefix="rfc-analyzer-") as scratch, Sandbox(settings.limits, settings.workers) as sandbox:
        discovery = discover(inputs, Path(scratch), settings.limits)
        asked, notice_sha = _notice(notice, settings)
        tables = _tables(discovery, metadata, settings, sandbox)
        rest = [f for f in discovery.files if f.label not in tables.taken]
        apart = [_not_read(f, notice_sha) for f in rest if f.message or f.sha256 == notice_sha]
        sorting = sort_files(tables.records, [f for f in rest if not f.message and f.sha256 != notice_sha])
        files = _read_all(sorting, settings, sandbox, progress)
    accounted = [*tables.files, *apart, *files.others(sorting)]
    return _intake(inputs, discovery, tables, files, accounted, asked)


def _notice(notice: Path | None, settings: IngestSettings) -> tuple[Document | None, str]:
    if notice is None:
        return None, ""
    from hashlib import sha256

    try:
        document = run_limited(read_notice, notice, settings.limits, limits=settings.limits)
    except UnreadableFile as error:
        raise BadNotice(f"the notice {notice.name} can't be read: {error}") from error
    return document, sha256(notice.read_bytes()).hexdigest()


def _tables(discovery: Discovery, metadata: Path | None, settings: IngestSettings, sandbox: Sandbox) -> _Tables:
    """Tables at the top of the inputs; where there are none, tables and exports anywhere below."""
    found = _Tables([], [], set())
    candidates = [f for f in discovery.files if f.label.lower().endswith(TABLES) and not f.message]
    top = [f for f in candidates if "/" not in f.label]
    if metadata is not None:
        top.append(Found(f"metadata/{metadata.name}", metadata, "", metadata.stat().st_size))
    _read_tables(top, found, settings, sandbox)
    if metadata is not None and f"metadata/{metadata.name}" not in found.taken:
        raise BadInput(f"{metadata.name} has no column for ids with one for names or texts; name them with --id-column")
    deeper = [f for f in candidates if f not in top and (not found.records or f.label.lower().endswith(".json"))]
    _read_tables(deeper, found, settings, sandbox)
    return found


def _read_tables(candidates: Sequence[Found], found: _Tables, settings: IngestSettings, sandbox: Sandbox) -> None:
    calls = [((f.path, f.label, settings.columns, settings.limits), f.size) for f in candidates]
    results = dict(sandbox.map(read_table, calls))
    for index, file in enumerate(candidates):
        result = results[index]
        if isinstance(result, UnreadableFile):
            continue
        records, title = result
        found.title = found.title or title
        if records or title:
            found.taken.add(file.label)
            found.records += records
            row = unread(file, f"{len(records):,} rows read." if records else "It describes the docket.")
            source = TextSource.JSON if file.label.lower().endswith(".json") else TextSource.CSV
            found.files.append(replace(row, status=FileStatus.OK, role=FileRole.METADATA, text_source=source))


def _not_read(found: Found, notice_sha: str) -> SourceFile:
    if found.sha256 == notice_sha:
        return replace(unread(found, "It is the agency's notice, not a comment."), role=FileRole.NOTICE)
    row = unread(found, found.message)
    opened = found.message.startswith("Opened:")
    return replace(row, status=FileStatus.OK, role=FileRole.METADATA) if opened else row


def _read_all(sorting: Sorting, settings: IngestSettings, sandbox: Sandbox, progress: Progress) -> Files:
    """Read the files of all drafts, and stray ones that could be comments; tell of each as it is done."""
    wanted = [found for draft in sorting.drafts.values() for found in draft.files]
    progress.stage(_STAGE, len(wanted))
    calls = [((found.path, found.label, settings.limits), found.size) for found in wanted]
    read: dict[str, Read | UnreadableFile] = {}
    for index, result in sandbox.map(read_file, calls):
        read[wanted[index].label] = result
        progress.advance(1, wanted[index].label)
    return Files(sorting.drafts, read)


def _intake(
    inputs: Sequence[Path],
    discovery: Discovery,
    tables: _Tables,
    files: Files,
    accounted: Sequence[SourceFile],
    notice: Document | None,
) -> Intake:
    docket = _docket(inputs, tables, files.drafts)
    submissions, rows, blocks, boxes = files.finished(docket.docket_id)
    if not any(row.text.strip() for row in rows):
        reasons = Counter(row.message for row in [*rows, *accounted] if row.message)
        why = f" ({reasons.most_common(1)[0][0].rstrip('.')})" if reasons else ""
        raise EmptyDocket(f"no readable comment was found in {', '.join(map(str, inputs))}{why}")
    return Intake(
        docket,
        tuple(submissions),
        tuple(sorted([*rows, *accounted], key=lambda f: (f.submission_id is None, f.submission_id or "", f.name))),
        tuple(blocks),
        tuple(boxes),
        tuple(discovery.inputs),
        _notes(tables.records),
        notice,
    )


def _docket(inputs: Sequence[Path], tables: _Tables, drafts: dict[str, Draft]) -> Docket:
    named = Counter(r.docket_id for r in tables.records if r.docket_id)
    documents = [r.title for r in tables.records if r.kind is RecordKind.DOCUMENT and r.title]
    title = tables.title or (documents[0] if documents else "")
    if named:
        docket_id = named.most_common(1)[0][0]
    else:
        prefixes = Counter(m[0] for i in drafts if (m := re.match(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-\d{4}-\d{4}", i)))
        docket_id = prefixes.most_common(1)[0][0] if prefixes else inputs[0].resolve().stem
    return Docket(docket_id, title or docket_id)


def _notes(records: Sequence[Record]) -> tuple[str, ...]:
    notes = []
    kinds = Counter(r.kind for r in records)
    if kinds[RecordKind.DOCUMENT]:
        notes.append(f"{kinds[RecordKind.DOCUMENT]} metadata rows are the agency's own documents and were left out.")
    if kinds[RecordKind.WITHDRAWN]:
        notes.append(f"{kinds[RecordKind.WITHDRAWN]} withdrawn submissions were left out.")
    repeated = [
        i for i, n in Counter(r.submission_id for r in records if r.kind is RecordKind.COMMENT).items() if n > 1
    ]
    if repeated:
        notes.append(f"The metadata lists {len(repeated)} submissions more than once; each was counted once.")
    return tuple(notes)
