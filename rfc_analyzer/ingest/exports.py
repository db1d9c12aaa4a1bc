"""JSON exports of docket systems: regulations.gov API v4, ECFS, or any list of objects."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.ingest.records import Record, RecordKind, table_records
from rfc_analyzer.model import TextSource
from rfc_analyzer.readers.text import decode
from rfc_analyzer.settings import MetadataColumns

_LISTS = ("data", "results", "filing", "filings", "comments", "submissions", "items", "records")
_DEEPEST = 6


_INLINE = 200


@dataclass(frozen=True, slots=True)
class Export:
    """What a table or export tells: rows, the title of each docket that it describes, and its columns' names.

    ``kinds`` counts the rows. Of many only the first are in ``records``; the others lie in the file ``spool``.
    """

    records: list[Record] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    kinds: Counter[RecordKind] = field(default_factory=Counter)
    spool: Path | None = None

    @classmethod
    def of(cls, records: Iterable[Record], titles: dict[str, str], header: tuple[str, ...], spool: Path) -> Export:
        """Take up ``records`` one by one; what is too much for the memory goes to the file ``spool``."""
        kinds: Counter[RecordKind] = Counter()

        def counted() -> Iterator[Record]:
            for record in records:
                kinds[record.kind] += 1
                yield record

        rows = counted()
        first = list(islice(rows, _INLINE))
        if len(first) < _INLINE:
            return cls(first, titles, header, kinds)
        with spool.open("wb") as file:
            while some := list(islice(rows, _INLINE)):
                pickle.dump(some, file, pickle.HIGHEST_PROTOCOL)
        return cls(first, titles, header, kinds, spool)

    def rows(self) -> Iterator[Record]:
        """All rows in their order, once: the spool is removed when it has been read."""
        yield from self.records
        if self.spool is None:
            return
        with self.spool.open("rb") as file:
            while file.peek(1):
                yield from pickle.load(file)
        self.spool.unlink()


def json_export(data: bytes, columns: MetadataColumns, origin: str) -> tuple[list[Record], dict[str, str]]:
    """Records of a JSON file, and titles of dockets in it. Raises :class:`UnreadableFile` where it is no JSON."""
    try:
        content = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("The JSON is damaged or cut off; export it again.") from error
    records: list[Record] = []
    titles: dict[str, str] = {}
    for item in _items(content, 0):
        if _describes_docket(item):
            titles[str(item.get("id") or "")] = str(item.get("title") or "")
            continue
        flat = {str(key): _text(value) for key, value in item.items()}
        found = table_records(list(flat), [list(flat.values())], columns, origin, TextSource.JSON)
        # rows of one file would all be its first row
        records += [_numbered(record, len(records) + 1) for record in found]
    return records, titles


def _numbered(record: Record, number: int) -> Record:
    own = not record.submission_id.endswith(":row-1")
    return record if own else replace(record, submission_id=f"{record.origin}:row-{number}")


def _items(content: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The innermost objects that stand for a comment, a document or a docket, flat."""
    if depth > _DEEPEST:
        return
    if isinstance(content, list):
        for item in content:
            yield from _items(item, depth + 1)
    elif isinstance(content, dict):
        attributes = content.get("attributes")
        if isinstance(attributes, dict):
            yield {**attributes, "id": content.get("id") or attributes.get("id"), "type of item": content.get("type")}
            return
        inner = next((key for key in _LISTS if isinstance(content.get(key), (list, dict)) and content[key]), None)
        if inner is None or _is_text_beside(content):
            yield content
            return
        attached = _attached(content.get("included"))
        for item in _items(content[inner], depth + 1):
            yield {**item, "attachments": attached} if attached else item


def _is_text_beside(content: Mapping[str, Any]) -> bool:
    """A comment may have a list of its own (its documents) under a name that exports use for their lists."""
    return any(isinstance(content.get(key), str) for key in ("text_data", "comment", "text", "body"))


def _attached(included: Any) -> list[list[str]]:
    """(title, address) of the attachments that an API answer includes."""
    found = []
    for item in included if isinstance(included, list) else []:
        attributes = item.get("attributes") if isinstance(item, dict) else None
        if isinstance(attributes, dict) and item.get("type") == "attachments":
            formats = attributes.get("fileFormats")
            first = formats[0] if isinstance(formats, list) and formats and isinstance(formats[0], dict) else {}
            found.append([str(attributes.get("title") or "attachment"), str(first.get("fileUrl") or "")])
    return found


def _describes_docket(item: Mapping[str, Any]) -> bool:
    return item.get("type of item") == "dockets" or "docketType" in item


def _text(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], list):
        return repr([tuple(filter(None, entry)) for entry in value])
    if isinstance(value, list):
        return "; ".join(_of_object(entry) if isinstance(entry, dict) else str(entry) for entry in value)
    if isinstance(value, dict):
        return _of_object(value)
    return "" if value is None else str(value)


def _of_object(value: Mapping[str, Any]) -> str:
    found = next((value[key] for key in ("name", "title", "filename", "fileUrl", "url") if value.get(key)), "")
    return str(found)
