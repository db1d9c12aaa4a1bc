"""Rows of metadata tables and exports: what a docket system knows of each submission."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.readers.sheet import csv_rows, excel_sheets
from rfc_analyzer.readers.text import decode
from rfc_analyzer.settings import MetadataColumns


class RecordKind(StrEnum):
    """What a row is."""

    COMMENT = "comment"
    DOCUMENT = "document"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Record:
    """One row. ``attachments`` is what the row says is attached, as it stands there."""

    submission_id: str
    docket_id: str
    title: str
    name: str
    organization: str
    submitted_at: datetime | None
    text: str
    declared_type: str
    attachments: str
    kind: RecordKind


# names of columns in the order of preference, letters and digits only
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "documentid", "commentid", "submissionid", "feedbackreference", "idsubmission", "responseid", "reference",
        "trackingnumber", "submissionnumber",
    ),
    "text": (
        "comment", "comments", "commenttext", "text", "feedbackcontent", "textdata", "response", "submission",
        "feedback", "submissiontext", "body", "content", "message",
    ),
    "name": (
        "submittername", "name", "respondent", "submittedby", "fullname", "commenter", "author", "authors", "submitter",
    ),
    "first": ("firstname", "givenname"),
    "last": ("lastname", "surname", "familyname"),
    "organization": ("organizationname", "organization", "organisation", "organisationname", "company", "govagency",
                     "governmentagency"),
    "date": (
        "receiveddate", "receivedate", "datesubmission", "datereceived", "submittedon", "submitted", "submissiondate",
        "date", "posteddate", "postmarkdate", "modifydate",
    ),
    "type": ("usertype", "category", "governmentagencytype", "govagencytype", "respondenttype", "submittertype"),
    "docket": ("docketid", "docket", "docketnumber"),
    "title": ("title", "subject"),
    "kind": ("commentordocument", "documenttype"),
    "withdrawn": ("iswithdrawn", "withdrawn"),
    "attachments": ("attachments", "attachmentfiles", "files"),
}  # fmt: skip
_COMMENT_KINDS = ("comment", "public submission", "")


def table_records(header: Sequence[str], rows: Iterable[Sequence[str]], columns: MetadataColumns) -> list[Record]:
    """Records of a table; empty where no column could be an id, or none tells anything of a comment."""
    places = _places(header, columns)
    if "id" not in places and "text" not in places:
        return []
    if not set(places) & {"text", "name", "last", "organization", "attachments", "kind"}:
        return []
    found = []
    for number, row in enumerate(rows, start=1):
        values = {field: row[place].strip() for field, place in places.items() if place < len(row)}
        if any(values.values()):
            found.append(_record(values, f"row-{number}"))
    return found


def csv_records(data: bytes, columns: MetadataColumns) -> list[Record]:
    """Records of a CSV file; the header may stand below a few lines of remarks."""
    rows = list(csv_rows(data))
    return _first_table([rows], columns)


def excel_records(data: bytes, columns: MetadataColumns) -> list[Record]:
    """Records of the first sheet of a workbook that is a table of comments."""
    return _first_table(excel_sheets(data), columns)


def json_records(data: bytes, columns: MetadataColumns) -> tuple[list[Record], str]:
    """Records of a JSON export (regulations.gov API v4, ECFS, or a list of objects), and the docket's title if told.

    Raises :class:`UnreadableFile` where it is no JSON.
    """
    try:
        content = json.loads(decode(data))
    except ValueError as error:
        raise UnreadableFile(f"The JSON is damaged ({error}); export it again.") from error
    found: list[Record] = []
    title = ""
    for item in _items(content):
        attributes = item.get("attributes")
        flat = {**attributes, "id": item.get("id") or ""} if isinstance(attributes, dict) else item
        if item.get("type") == "dockets" or (isinstance(attributes, dict) and "docketType" in attributes):
            title = str(flat.get("title") or "")
            continue
        header = [str(key) for key in flat]
        found += table_records(header, [[_text(flat[key]) for key in flat]], columns)
    return found, title


def _items(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, list):
        for item in content:
            yield from _items(item)
    elif isinstance(content, dict):
        for key in ("data", "results", "filing", "filings", "comments", "submissions"):
            if isinstance(content.get(key), (list, dict)):
                yield from _items(content[key])
                return
        yield content


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(v.get("name", v)) if isinstance(v, dict) else str(v) for v in value)
    return "" if value is None else str(value)


def _first_table(sheets: Iterable[list[list[str]]], columns: MetadataColumns) -> list[Record]:
    for sheet in sheets:
        for at, row in enumerate(sheet[:10]):
            if sum(bool(cell.strip()) for cell in row) >= 2:
                found = table_records(row, sheet[at + 1 :], columns)
                if found:
                    return found
                break
    return []


def _places(header: Sequence[str], columns: MetadataColumns) -> dict[str, int]:
    known = {re.sub(r"[^a-z0-9]", "", name.casefold()): place for place, name in reversed(list(enumerate(header)))}
    exact = {name.strip(): place for place, name in enumerate(header)}
    places = {}
    for field, aliases in _ALIASES.items():
        place = next((known[alias] for alias in aliases if alias in known), None)
        if place is not None:
            places[field] = place
    for field, name in (
        ("id", columns.id),
        ("text", columns.text),
        ("name", columns.name),
        ("organization", columns.organization),
        ("date", columns.date),
    ):
        if name is not None and name in exact:
            places[field] = exact[name]
    return places


def _record(values: Mapping[str, str], fallback_id: str) -> Record:
    person = " ".join(filter(None, (values.get("first"), values.get("last"))))
    declared = values.get("kind", "").casefold()
    kind = RecordKind.COMMENT if declared in _COMMENT_KINDS else RecordKind.DOCUMENT
    if values.get("withdrawn", "").casefold() in ("true", "yes", "1"):
        kind = RecordKind.WITHDRAWN
    return Record(
        submission_id=values.get("id") or fallback_id,
        docket_id=values.get("docket", ""),
        title=values.get("title", ""),
        name=person or values.get("name", ""),
        organization=values.get("organization", ""),
        submitted_at=parsed_date(values.get("date", "")),
        text=values.get("text", ""),
        declared_type=values.get("type", ""),
        attachments=values.get("attachments", "").strip("[] "),
        kind=kind,
    )


def parsed_date(text: str) -> datetime | None:
    """A date in any usual spelling, in UTC; None where it is none."""
    from dateutil import parser

    if not text or not any(c.isdigit() for c in text):
        return None
    try:
        at = parser.parse(text)
    except (ValueError, OverflowError, TypeError):
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
