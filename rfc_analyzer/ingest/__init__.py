"""Inputs to submissions and files. Every file is accounted for: read, a duplicate, or skipped with what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeAlias

from rfc_analyzer.cache import Cache
from rfc_analyzer.errors import BadInput, BadNotice, EmptyDocket, UnreadableFile
from rfc_analyzer.ingest.catalogue import Catalogue, Use
from rfc_analyzer.ingest.discovery import discover, hashed
from rfc_analyzer.ingest.drafts import DOCKET, Sorted, sort_files
from rfc_analyzer.ingest.found import Found
from rfc_analyzer.ingest.reading import Read, read_file, read_notice
from rfc_analyzer.ingest.records import RecordKind
from rfc_analyzer.ingest.remembering import Remembered
from rfc_analyzer.ingest.rows import accounted, unread
from rfc_analyzer.ingest.submissions import Assembled, assemble, repeated
from rfc_analyzer.ingest.tables import read_tables
from rfc_analyzer.model import Docket, FileRole, FileStatus, InputFile, SourceFile
from rfc_analyzer.pdf.recognisers import require
from rfc_analyzer.places import Missing
from rfc_analyzer.progress import Progress
from rfc_analyzer.readers.document import Document
from rfc_analyzer.sandbox import Sandbox, run_limited
from rfc_analyzer.settings import IngestSettings

__all__ = ["Calls", "Intake", "Read", "Sink", "ingest", "read_file"]

_STAGE = "Reading files"
_STRAY = "No submission in the metadata goes with it; if it is a comment, add the file itself as an input."
_DATA = "It is a data or program file by its name, not a comment; if it holds one, save that as text or PDF."
_BATCH = 500
_NOTICE = "It is the agency's notice, not a comment."


# path, label and limits of files to read, and their sizes → number of the file and what reading it gave, in any order
Calls: TypeAlias = Iterable[tuple[tuple[Any, ...], int]]


class Sink(Protocol):
    """Takes what ingestion gives, as it comes: rows of one type at a time, of any of the types in ``model``."""

    def add(self, rows: Sequence[Any]) -> None: ...


@dataclass(frozen=True, slots=True)
class Intake:
    """What ingestion gives beside rows. ``notes`` are plain sentences on what was unusual."""

    docket: Docket
    notes: tuple[str, ...]
    notice: Document | None


def ingest(
    inputs: Sequence[Path],
    settings: IngestSettings,
    progress: Progress,
    sink: Sink,
    notice: Path | None = None,
    metadata: Path | None = None,
    docket_id: str = "",
    cache: Cache | None = None,
    reading: Callable[[Calls], Iterator[tuple[int, Any]]] | None = None,
    missing: Sequence[Missing] = (),
) -> Intake:
    """Read every file under ``inputs`` and put submissions together from form text and attachments.

    ``sink`` gets submissions in the order of their ids, each followed by its files, blocks and boxes, then the files
    that belong to none, and before all of them the :class:`InputFile` rows. What is in memory does not grow with the
    docket: the rest lies in a database in a temporary folder.

    ``metadata`` is a table that goes before those found among the inputs; ``docket_id`` is the docket's where the
    inputs name none. What ``cache`` holds is not read again; ``reading`` reads the others elsewhere than in child
    processes of this one. Files that are ``missing``, as they could not be fetched, are listed with the others.

    Raises :class:`BadInput` where an input does not exist or ``metadata`` is no table of comments, :class:`BadNotice`
    where the notice can't be read, :class:`EmptyDocket` where no comment has any readable text, and
    :class:`MissingDependency` where the engine that is to read scans is not installed.
    """
    require(settings.limits.ocr)
    with (
        TemporaryDirectory(prefix="rfc-analyzer-") as place,
        Sandbox(settings.limits, settings.workers) as sandbox,
        Catalogue(Path(place)) as catalogue,
    ):
        scratch = Path(place)
        for batch in _batches(discover(inputs, scratch, settings.limits, sandbox, catalogue)):
            sink.add(batch)
        for gone in missing:
            catalogue.add_file(Found(catalogue.unused(gone.name), None, "", 0, gone.reason), Use.APART)
        remembered = Remembered(cache, settings.limits)
        document, notice_sha = _notice(notice, settings, remembered)
        _set_apart(catalogue, notice_sha)
        read_tables(catalogue, _metadata(metadata, catalogue, sink), settings, sandbox, scratch)
        for other in sort_files(catalogue):
            catalogue.set_apart(_other(other))
        _read_all(catalogue, settings, remembered, reading or partial(sandbox.map, read_file), progress)
        docket = _docket(inputs, catalogue, docket_id)
        tally = _Tally()
        for parcel in catalogue.parcels():
            one = assemble(parcel, docket.docket_id, bool(catalogue.kinds))
            tally.count(one, repeated(parcel.rows), bool(parcel.rows))
            for rows in ([one.submission], one.files, one.blocks, one.boxes):
                sink.add(rows)
        for batch in _batches(catalogue.apart()):
            tally.look_at(batch)
            sink.add(batch)
        if not tally.with_text:
            raise EmptyDocket(tally.nothing(inputs))
        return Intake(docket, _notes(catalogue, tally), document)


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    coming = iter(rows)
    while batch := list(islice(coming, _BATCH)):
        yield batch


@dataclass(slots=True)
class _Tally:
    """What is counted while submissions go by. ``reasons`` are those for which nothing was read, as far as needed."""

    submissions: int = 0
    with_text: int = 0
    repeated: int = 0
    unlisted: int = 0
    missing: int = 0
    files: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, one: Assembled, rows: int, listed: bool) -> None:
        self.submissions += 1
        self.with_text += one.submission.words > 0
        self.repeated += rows > 1
        self.unlisted += not listed
        self.missing += one.missing
        self.look_at(one.files)

    def look_at(self, files: Sequence[SourceFile]) -> None:
        self.files += len(files)
        if not self.with_text and len(self.reasons) < _BATCH:
            self.reasons.update(f.message for f in files if f.message and f.status is FileStatus.SKIPPED)

    def nothing(self, inputs: Sequence[Path]) -> str:
        """Why there is nothing to analyse."""
        where = ", ".join(map(str, inputs))
        if not self.files:
            return f"no file was found in {where}; check the path"
        often = f"; most often: {self.reasons.most_common(1)[0][0]}" if self.reasons else ""
        why = often or "; add PDF, Word or text files"
        return f"no readable comment was found in {where} ({self.files:,} files looked at{why.rstrip('.')})"


def _notice(notice: Path | None, settings: IngestSettings, remembered: Remembered) -> tuple[Document | None, str]:
    if notice is None:
        return None, ""
    if not notice.is_file():
        raise BadNotice(f"the notice {notice} does not exist; check the path")
    sha256, size = hashed(notice)
    document = remembered.notice(sha256, notice.name)
    if document is None:
        try:
            document = run_limited(read_notice, notice, settings.limits, limits=settings.limits, size=size)
        except UnreadableFile as error:
            raise BadNotice(f"the notice {notice.name} can't be read: {error}") from error
        remembered.keep_notice(sha256, notice.name, document)
    return document, sha256


def _metadata(metadata: Path | None, catalogue: Catalogue, sink: Sink) -> Found | None:
    """The table that the user names: the one among the inputs, if it is there, else one more input."""
    if metadata is None:
        return None
    if not metadata.is_file():
        raise BadInput(f"the metadata table {metadata} does not exist; check the path")
    tables = catalogue.files(Use.COMMENT, suffixes=(metadata.suffix.lower(),))
    inside = next((f for f in tables if f.path is not None and f.path.resolve() == metadata.resolve()), None)
    if inside is not None:
        return inside
    found = Found(metadata.name, metadata, *hashed(metadata))
    sink.add([InputFile(found.label, found.sha256, found.size)])
    return found


def _read_all(
    catalogue: Catalogue,
    settings: IngestSettings,
    remembered: Remembered,
    reading: Callable[[Calls], Iterator[tuple[int, Any]]],
    progress: Progress,
) -> None:
    """Read the files of all submissions; tell of each as it is done."""
    progress.stage(_STAGE, catalogue.owned_count())
    under_way: dict[int, Found] = {}

    def done(found: Found, result: Any) -> None:
        catalogue.keep_result(found.label, result)
        progress.advance(1, found.label)

    def calls() -> Iterator[tuple[tuple[Any, ...], int]]:
        index = 0
        for found in catalogue.owned_files():
            known = remembered.find(found)
            if known is not None:
                done(found, known)
                continue
            under_way[index] = found
            index += 1
            yield (found.path, found.label, settings.limits), found.size

    for index, result in reading(calls()):
        found = under_way.pop(index)
        remembered.keep(found, result)
        done(found, result)


def _set_apart(catalogue: Catalogue, notice_sha: str) -> None:
    """Give their rows to files that can't be read, that hold others, and to the notice."""
    for found in catalogue.files(Use.APART):
        reason = accounted(found, found.message, FileRole.METADATA) if found.archive else unread(found, found.message)
        catalogue.set_apart(reason)
    for found in catalogue.files(Use.COMMENT) if notice_sha else ():
        if found.sha256 == notice_sha:
            catalogue.use(found.label, Use.APART)
            catalogue.set_apart(accounted(found, _NOTICE, FileRole.NOTICE, FileStatus.SKIPPED))


def _other(other: Sorted) -> SourceFile:
    if other.kind is RecordKind.WITHDRAWN:
        return unread(other.found, f"It belongs to {other.owner}, which was withdrawn.")
    if other.owner:
        message = f"It belongs to {other.owner}, which is the agency's own document."
        return accounted(other.found, message, FileRole.NOTICE, FileStatus.SKIPPED)
    return unread(other.found, _DATA if other.data else _STRAY)


def _docket(inputs: Sequence[Path], catalogue: Catalogue, given: str) -> Docket:
    named = catalogue.dockets or Counter(match[0] for i in catalogue.ids() if (match := DOCKET.match(i)))
    first = min(path.resolve() for path in inputs)
    docket_id = named.most_common(1)[0][0] if named else given or (first.stem if first.is_file() else first.name)
    document = next((t for of, t in catalogue.documents.items() if of in ("", docket_id)), "")
    return Docket(docket_id, catalogue.titles.get(docket_id) or document or docket_id)


def _notes(catalogue: Catalogue, tally: _Tally) -> tuple[str, ...]:
    kinds = catalogue.kinds
    unlisted = tally.unlisted if kinds else 0
    dockets = len(catalogue.dockets)
    told = (
        (kinds[RecordKind.DOCUMENT], "{} the agency's own and left out.", "metadata row is", "metadata rows are"),
        (kinds[RecordKind.WITHDRAWN], "{} left out.", "withdrawn submission was", "withdrawn submissions were"),
        (tally.repeated, "The metadata lists {} more than once; each counts once.", "submission", "submissions"),
        (
            unlisted,
            "{} not listed in the metadata; nothing but the files is known.",
            "submission is",
            "submissions are",
        ),
        (tally.missing, "{} attachments that are not among the inputs.", "submission names", "submissions name"),
        (dockets if dockets > 1 else 0, "The inputs hold comments on {}.", "docket", "dockets"),
    )
    return tuple(said.format(f"{count:,} {one if count == 1 else many}") for count, said, one, many in told if count)
