"""Inputs to submissions and files. Every file is accounted for: read, a duplicate, or skipped with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rfc_analyzer.errors import BadInput, BadNotice, EmptyDocket, UnreadableFile
from rfc_analyzer.ingest.discovery import Discovery, Found, discover, hashed
from rfc_analyzer.ingest.drafts import DOCKET, Draft, Sorting, sort_files
from rfc_analyzer.ingest.reading import Read, read_file, read_notice
from rfc_analyzer.ingest.records import RecordKind
from rfc_analyzer.ingest.rows import accounted, unread
from rfc_analyzer.ingest.submissions import Assembled, assemble, repeated
from rfc_analyzer.ingest.tables import Tables, read_tables
from rfc_analyzer.model import Block, Box, Docket, FileRole, FileStatus, InputFile, SourceFile, Submission
from rfc_analyzer.pdf.recognisers import require
from rfc_analyzer.progress import Progress
from rfc_analyzer.readers.document import Document
from rfc_analyzer.sandbox import Sandbox, run_limited
from rfc_analyzer.settings import IngestSettings

__all__ = ["Intake", "ingest"]

_STAGE = "Reading files"
_STRAY = "No submission in the metadata goes with it; if it is a comment, add the file itself as an input."
_DATA = "It is a data or program file by its name, not a comment; if it holds one, save that as text or PDF."
_NOTICE = "It is the agency's notice, not a comment."


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


def ingest(
    inputs: Sequence[Path],
    settings: IngestSettings,
    progress: Progress,
    notice: Path | None = None,
    metadata: Path | None = None,
    docket_id: str = "",
) -> Intake:
    """Read every file under ``inputs`` and put submissions together from form text and attachments.

    ``metadata`` is a table that goes before those found among the inputs; ``docket_id`` is the docket's where the
    inputs name none. Raises :class:`BadInput` where an input does not exist or ``metadata`` is no table of comments,
    :class:`BadNotice` where the notice can't be read, :class:`EmptyDocket` where no comment has any readable text, and
    :class:`MissingDependency` where the engine that is to read scans is not installed.
    """
    require(settings.limits.ocr)
    with TemporaryDirectory(prefix="rfc-analyzer-") as scratch, Sandbox(settings.limits, settings.workers) as sandbox:
        discovery = discover(inputs, Path(scratch), settings.limits, sandbox)
        document, notice_sha = _notice(notice, settings)
        comments = [f for f in discovery.files if not f.message and f.sha256 != notice_sha]
        tables = read_tables(comments, _metadata(metadata, comments, discovery), settings, sandbox)
        sorting = sort_files(tables.records, [f for f in comments if f.label not in tables.taken])
        read = _read_all(sorting, settings, sandbox, progress)
    docket = _docket(inputs, tables, sorting.drafts, docket_id)
    assembled = assemble(sorting.drafts, read, docket.docket_id, bool(tables.records))
    apart = [_apart(f, notice_sha) for f in discovery.files if f.message or f.sha256 == notice_sha]
    files = [*assembled.files, *tables.files, *apart, *_others(sorting)]
    if not any(submission.words for submission in assembled.submissions):
        raise EmptyDocket(_nothing(inputs, files))
    return Intake(
        docket,
        tuple(assembled.submissions),
        tuple(sorted(files, key=lambda f: (f.submission_id is None, f.submission_id or "", f.role != "form", f.name))),
        tuple(assembled.blocks),
        tuple(assembled.boxes),
        tuple(discovery.inputs),
        _notes(tables, assembled, sorting),
        document,
    )


def _notice(notice: Path | None, settings: IngestSettings) -> tuple[Document | None, str]:
    if notice is None:
        return None, "no notice"
    if not notice.is_file():
        raise BadNotice(f"the notice {notice} does not exist; check the path")
    try:
        document = run_limited(read_notice, notice, settings.limits, limits=settings.limits, size=notice.stat().st_size)
    except UnreadableFile as error:
        raise BadNotice(f"the notice {notice.name} can't be read: {error}") from error
    return document, hashed(notice)[0]


def _metadata(metadata: Path | None, comments: Sequence[Found], discovery: Discovery) -> Found | None:
    """The table that the user names: the one among the inputs, if it is there, else one more input."""
    if metadata is None:
        return None
    if not metadata.is_file():
        raise BadInput(f"the metadata table {metadata} does not exist; check the path")
    inside = next((f for f in comments if f.path is not None and f.path.resolve() == metadata.resolve()), None)
    if inside is not None:
        return inside
    found = Found(metadata.name, metadata, *hashed(metadata))
    discovery.inputs.append(InputFile(found.label, found.sha256, found.size))
    return found


def _read_all(
    sorting: Sorting, settings: IngestSettings, sandbox: Sandbox, progress: Progress
) -> dict[str, Read | UnreadableFile]:
    """Read the files of all drafts; tell of each as it is done."""
    wanted = [found for draft in sorting.drafts.values() for found in draft.files]
    progress.stage(_STAGE, len(wanted))
    calls = [((found.path, found.label, settings.limits), found.size) for found in wanted]
    read: dict[str, Read | UnreadableFile] = {}
    for index, result in sandbox.map(read_file, calls):
        read[wanted[index].label] = result
        progress.advance(1, wanted[index].label)
    return read


def _apart(found: Found, notice_sha: str) -> SourceFile:
    if found.sha256 == notice_sha:
        return accounted(found, _NOTICE, FileRole.NOTICE, FileStatus.SKIPPED)
    return accounted(found, found.message, FileRole.METADATA) if found.archive else unread(found, found.message)


def _others(sorting: Sorting) -> list[SourceFile]:
    rows = [
        accounted(found, f"It belongs to {owner}, which is the agency's own document.", FileRole.NOTICE,
                  FileStatus.SKIPPED)
        for found, owner in sorting.of_documents
    ]  # fmt: skip
    rows += [unread(found, f"It belongs to {owner}, which was withdrawn.") for found, owner in sorting.of_withdrawn]
    rows += [unread(found, _DATA) for found in sorting.data]
    return rows + [unread(found, _STRAY) for found in sorting.stray]


def _docket(inputs: Sequence[Path], tables: Tables, drafts: dict[str, Draft], given: str) -> Docket:
    named = Counter(r.docket_id for r in tables.records if r.docket_id)
    named = named or Counter(match[0] for i in drafts if (match := DOCKET.match(i)))
    first = min(path.resolve() for path in inputs)
    docket_id = named.most_common(1)[0][0] if named else given or (first.stem if first.is_file() else first.name)
    documents = [
        r.title for r in tables.records if r.kind is RecordKind.DOCUMENT and r.title and r.docket_id in ("", docket_id)
    ]
    return Docket(docket_id, tables.titles.get(docket_id) or (documents[0] if documents else "") or docket_id)


def _nothing(inputs: Sequence[Path], files: Sequence[SourceFile]) -> str:
    where = ", ".join(map(str, inputs))
    if not files:
        return f"no file was found in {where}; check the path"
    reasons = Counter(file.message for file in files if file.message and file.status is FileStatus.SKIPPED)
    why = f"; most often: {reasons.most_common(1)[0][0]}" if reasons else "; add PDF, Word or text files"
    return f"no readable comment was found in {where} ({len(files):,} files looked at{why.rstrip('.')})"


def _notes(tables: Tables, assembled: Assembled, sorting: Sorting) -> tuple[str, ...]:
    kinds = Counter(record.kind for record in tables.records)
    listed = [repeated(draft.rows) for draft in sorting.drafts.values()]
    unlisted = sum(not draft.rows for draft in sorting.drafts.values()) if tables.records else 0
    dockets = {r.docket_id for r in tables.records if r.docket_id}
    told = (
        (kinds[RecordKind.DOCUMENT], "{} the agency's own and left out.", "metadata row is", "metadata rows are"),
        (kinds[RecordKind.WITHDRAWN], "{} left out.", "withdrawn submission was", "withdrawn submissions were"),
        (
            sum(n > 1 for n in listed),
            "The metadata lists {} more than once; each counts once.",
            "submission",
            "submissions",
        ),
        (
            unlisted,
            "{} not listed in the metadata; nothing but the files is known.",
            "submission is",
            "submissions are",
        ),
        (assembled.missing, "{} attachments that are not among the inputs.", "submission names", "submissions name"),
        (len(dockets) if len(dockets) > 1 else 0, "The inputs hold comments on {}.", "docket", "dockets"),
    )
    return tuple(said.format(f"{count:,} {one if count == 1 else many}") for count, said, one, many in told if count)
