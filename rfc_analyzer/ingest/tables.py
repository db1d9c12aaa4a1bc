"""Which of the files are tables of comments, and what their rows say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from rfc_analyzer.errors import BadInput, UnreadableFile
from rfc_analyzer.ingest.catalogue import Catalogue, Use
from rfc_analyzer.ingest.drafts import Owners
from rfc_analyzer.ingest.exports import Export
from rfc_analyzer.ingest.found import Found
from rfc_analyzer.ingest.reading import read_table
from rfc_analyzer.ingest.records import RecordKind
from rfc_analyzer.ingest.rows import accounted, unread
from rfc_analyzer.model import FileRole, SourceFile
from rfc_analyzer.sandbox import Call, Sandbox
from rfc_analyzer.settings import IngestSettings, MetadataColumns

_SPREADSHEETS = (".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods")
_EXPORTS = (".json",)
_NO_COMMENTS = (
    "It is a table, but not of comments: no column for an id beside one for texts or names was found; if it is one, "
    "name its columns."
)
_NO_COMMENT = "It is a data file, not a comment; if it holds one, save that as text or PDF."


def read_tables(
    catalogue: Catalogue, metadata: Found | None, settings: IngestSettings, sandbox: Sandbox, scratch: Path
) -> None:
    """Read the tables in the catalogue, from the top of the inputs down; what lies in a submission's folder is its own.

    Their rows go into the catalogue, and a row of the file report for each table (and data file that is none). Raises
    :class:`BadInput` where ``metadata`` is no table of comments, or a column that the settings name is nowhere.
    """
    reader = _TableReader(catalogue, settings, sandbox, scratch)
    if metadata is not None:
        reader.read([metadata])
        if not catalogue.kinds:
            raise BadInput(
                f"{metadata.label} has no column for ids with one for names or texts; name its columns with "
                "--id-column and --text-column"
            )
    for depth in catalogue.depths(_SPREADSHEETS + _EXPORTS):
        owners = Owners(catalogue.kind_of, catalogue.id_lengths())
        level = catalogue.files(Use.COMMENT, depth, _SPREADSHEETS + _EXPORTS)
        reader.read(f for f in level if _suffix(f) in _EXPORTS or owners.of(f.label) is None)
    reader.refuse_unknown_columns()


@dataclass(slots=True)
class _TableReader:
    """Reads tables into the catalogue. ``columns`` are the names seen; ``any_name``: a JSON export may have any."""

    catalogue: Catalogue
    settings: IngestSettings
    sandbox: Sandbox
    scratch: Path
    columns: dict[str, None] = field(default_factory=dict)
    any_name: bool = False

    def read(self, candidates: Iterable[Found]) -> None:
        for found, result in self.sandbox.in_order(read_table, self._calls(candidates)):
            self.any_name = self.any_name or _suffix(found) in _EXPORTS
            row = unread(found, str(result)) if isinstance(result, UnreadableFile) else self._keep(found, result)
            if row is not None:
                self.catalogue.use(found.label, Use.TABLE)
                self.catalogue.set_apart(row)

    def _calls(self, candidates: Iterable[Found]) -> Iterator[Call]:
        for number, found in enumerate(candidates):
            spool = self.scratch / f"table-{number}"
            yield found, (found.path, found.label, self.settings.columns, self.settings.limits, spool), found.size

    def _keep(self, found: Found, export: Export) -> SourceFile | None:
        self.columns |= dict.fromkeys(export.header)
        self.catalogue.add_records(export.rows())
        self.catalogue.titles |= export.titles
        return _row(found, export)

    def refuse_unknown_columns(self) -> None:
        """A column that the settings name and no table has is a slip of the pen: say so before the long work."""
        known = {name.strip().casefold() for name in self.columns}
        named = [name for name in _named(self.settings.columns) if name and name.strip().casefold() not in known]
        if named and known and not self.any_name:
            seen = ", ".join(filter(None, self.columns))
            raise BadInput(f"no table has a column '{named[0]}'; the columns are: {seen[:500]}")


def _row(found: Found, export: Export) -> SourceFile | None:
    """The table's row of the file report; None where it may be somebody's comment (a filled-in form in Excel)."""
    if export.kinds:
        return accounted(found, _what_was_read(export.kinds), FileRole.METADATA)
    if export.titles:
        return accounted(found, "It describes the docket: its title was read.", FileRole.METADATA)
    if _suffix(found) in _EXPORTS:
        return unread(found, _NO_COMMENT)
    if _suffix(found) in (".csv", ".tsv"):
        return unread(found, _NO_COMMENTS)
    return None


def _what_was_read(kinds: Counter[RecordKind]) -> str:
    comments = kinds[RecordKind.COMMENT]
    if kinds.total() == 1 and not comments:
        withdrawn = kinds[RecordKind.WITHDRAWN]
        return "It tells of a withdrawn comment." if withdrawn else "It tells of one of the agency's own documents."
    parts = [f"{comments:,} comment{'s' if comments != 1 else ''} read from its rows"]
    if kinds[RecordKind.DOCUMENT]:
        parts.append(f"{kinds[RecordKind.DOCUMENT]:,} of its rows tell of the agency's own documents")
    if kinds[RecordKind.WITHDRAWN]:
        parts.append(f"{kinds[RecordKind.WITHDRAWN]:,} withdrawn")
    return "; ".join(parts) + "."


def _named(columns: MetadataColumns) -> tuple[str | None, ...]:
    return columns.id, columns.text, columns.name, columns.organization, columns.date


def _suffix(found: Found) -> str:
    return PurePosixPath(found.label).suffix.lower()
