"""Which of the files are tables of comments, and what their rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from rfc_analyzer.errors import BadInput, UnreadableFile
from rfc_analyzer.ingest.discovery import Found
from rfc_analyzer.ingest.drafts import Owners
from rfc_analyzer.ingest.exports import Export
from rfc_analyzer.ingest.reading import read_table, table_columns
from rfc_analyzer.ingest.records import Record, RecordKind
from rfc_analyzer.ingest.rows import accounted, unread
from rfc_analyzer.model import FileRole, SourceFile
from rfc_analyzer.sandbox import Sandbox
from rfc_analyzer.settings import IngestSettings, MetadataColumns

_SPREADSHEETS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_EXPORTS = (".json",)
_NO_COMMENTS = (
    "It is a table, but not of comments: no column for an id beside one for texts or names was found; if it is one, "
    "name its columns."
)
_NO_COMMENT = "It is a data file, not a comment; if it holds one, save that as text or PDF."


@dataclass(slots=True)
class Tables:
    """Rows of all tables of comments, and for each table (and data file that is none) a row of the file report."""

    records: list[Record] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)


def read_tables(files: Sequence[Found], metadata: Found | None, settings: IngestSettings, sandbox: Sandbox) -> Tables:
    """Read the tables among ``files``, from the top of the inputs down; what lies in a submission's folder is its own.

    Raises :class:`BadInput` where ``metadata`` is no table of comments, or a column that the settings name is nowhere.
    """
    tables = Tables()
    candidates = [f for f in files if f.path is not None and not f.message and _suffix(f) in _SPREADSHEETS + _EXPORTS]
    levels: dict[int, list[Found]] = {}
    for found in candidates:
        levels.setdefault(-1 if found is metadata else found.label.count("/"), []).append(found)
    if metadata is not None:
        levels[-1] = [metadata]
    for level in sorted(levels):
        owners = Owners(record.submission_id for record in tables.records)
        free = [f for f in levels[level] if _suffix(f) in _EXPORTS or owners.of(f.label) is None]
        _read(free, tables, settings, sandbox)
    if metadata is not None and metadata.label not in {r.origin for r in tables.records}:
        raise BadInput(
            f"{metadata.label} has no column for ids with one for names or texts; name its columns with --id-column "
            "and --text-column"
        )
    _refuse_unknown_columns(candidates + ([metadata] if metadata else []), settings, sandbox)
    return tables


def _read(candidates: Sequence[Found], tables: Tables, settings: IngestSettings, sandbox: Sandbox) -> None:
    calls = [((f.path, f.label, settings.columns, settings.limits), f.size) for f in candidates]
    results = dict(sandbox.map(read_table, calls))
    for index, found in enumerate(candidates):
        result = results[index]
        if isinstance(result, UnreadableFile):
            tables.taken.add(found.label)
            tables.files.append(unread(found, str(result)))
            continue
        assert isinstance(result, Export)
        row = _row(found, result)
        if row is not None:
            tables.taken.add(found.label)
            tables.files.append(row)
            tables.records += result.records
            tables.titles |= result.titles


def _row(found: Found, export: Export) -> SourceFile | None:
    """The table's row of the file report; None where it may be somebody's comment (a filled-in form in Excel)."""
    if export.records:
        return accounted(found, _what_was_read(export.records), FileRole.METADATA)
    if export.titles:
        return accounted(found, "It describes the docket: its title was read.", FileRole.METADATA)
    if _suffix(found) in _EXPORTS:
        return unread(found, _NO_COMMENT)
    if _suffix(found) in (".csv", ".tsv"):
        return unread(found, _NO_COMMENTS)
    return None


def _what_was_read(records: Sequence[Record]) -> str:
    kinds = Counter(record.kind for record in records)
    comments = kinds[RecordKind.COMMENT]
    if len(records) == 1 and not comments:
        withdrawn = kinds[RecordKind.WITHDRAWN]
        return "It tells of a withdrawn comment." if withdrawn else "It tells of one of the agency's own documents."
    parts = [f"{comments:,} comment{'s' if comments != 1 else ''} read from its rows"]
    if kinds[RecordKind.DOCUMENT]:
        parts.append(f"{kinds[RecordKind.DOCUMENT]:,} of its rows tell of the agency's own documents")
    if kinds[RecordKind.WITHDRAWN]:
        parts.append(f"{kinds[RecordKind.WITHDRAWN]:,} withdrawn")
    return "; ".join(parts) + "."


def _refuse_unknown_columns(candidates: Sequence[Found], settings: IngestSettings, sandbox: Sandbox) -> None:
    """A column that the settings name and no table has is a slip of the pen: say so before the long work."""
    named = [name for name in _named(settings.columns) if name]
    # a JSON export may have any name at any depth
    if not named or not candidates or any(_suffix(f) in _EXPORTS for f in candidates):
        return
    calls = [((f.path, f.label, settings.limits), f.size) for f in candidates]
    headers = [result for _, result in sorted(sandbox.map(table_columns, calls)) if isinstance(result, tuple)]
    known = {name.strip().casefold() for header in headers for name in header}
    missing = [name for name in named if name.strip().casefold() not in known]
    if missing:
        seen = ", ".join(dict.fromkeys(name for header in headers for name in header if name))
        raise BadInput(f"no table has a column '{missing[0]}'; the columns are: {seen[:500]}")


def _named(columns: MetadataColumns) -> tuple[str | None, ...]:
    return columns.id, columns.text, columns.name, columns.organization, columns.date


def _suffix(found: Found) -> str:
    return PurePosixPath(found.label).suffix.lower()
