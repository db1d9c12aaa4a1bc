"""Rows of metadata tables and exports: what a docket system knows of each submission."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache, partial
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias

from rfc_analyzer.ingest.attachments import names_of_attachments
from rfc_analyzer.ingest.weblinks import public_page
from rfc_analyzer.model import TextSource
from rfc_analyzer.readers.assembling import plain
from rfc_analyzer.settings import MetadataColumns

Rows: TypeAlias = Callable[[], Iterator[Sequence[str]]]
_HEADER_WITHIN = 10


class RecordKind(StrEnum):
    """What a row is."""

    COMMENT = "comment"
    DOCUMENT = "document"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Record:
    """One row. ``origin`` is the table that it stands in, ``attachments`` names what the row says is attached.

    ``duplicates`` counts copies that the agency received and did not post, ``restricted`` says why it holds texts back.
    ``link`` is the submission's public page, ``tracking_number`` what its sender was given as a receipt.
    """

    submission_id: str
    docket_id: str
    title: str
    name: str
    organization: str
    submitted_at: datetime | None
    text: str
    declared_type: str
    attachments: tuple[str, ...]
    kind: RecordKind
    origin: str
    source: TextSource
    country: str = ""
    duplicates: int = 0
    restricted: str = ""
    link: str = ""
    tracking_number: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        # millions go through files and pipes: the usual way for frozen classes looks up every field by name
        return Record, _values_of(self)


_values_of = attrgetter(*(field.name for field in fields(Record)))


# names of columns in the order of preference, letters and digits only
_ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": (
        "id", "documentid", "commentid", "submissionid", "feedbackreference", "idsubmission", "responseid",
        "respondentid", "feedbackid", "referencenumber", "reference", "trackingnumber", "submissionnumber",
        "commentnumber", "confirmationnumber", "trackingnbr",
    ),
    "text": (
        "comment", "comments", "commenttext", "text", "feedbackcontent", "textdata", "response", "responsetext",
        "submission", "submissiontext", "feedback", "fulltext", "body", "content", "message", "answer",
    ),
    "more": ("additionalmessage", "additionalcomments", "additionalcomment", "fullcomment", "commentcontinued"),
    "name": (
        "submittername", "name", "respondent", "respondentname", "submittedby", "fullname", "commenter",
        "commentername", "authors", "author", "submitter", "filers", "submitterrepresentative", "submitterrep",
    ),
    "first": ("firstname", "givenname", "forename"),
    "last": ("lastname", "surname", "familyname"),
    "organization": (
        "organizationname", "organisation", "organization", "organisationname", "company", "companyname",
        "affiliation", "govagency", "governmentagency", "agencyorganization",
    ),
    "date": (
        "receiveddate", "receivedate", "datesubmission", "datereceived", "submittedon", "submittedat", "submitted",
        "submissiondate", "datesubmitted", "date", "timestamp", "postmarkdate", "posteddate", "modifydate",
    ),
    "type": (
        "category", "usertype", "govagencytype", "governmentagencytype", "respondenttype", "submittertype",
        "organisationtype", "organizationtype", "stakeholdertype",
    ),
    "country": ("country", "countryname", "submittercountry", "countryoforigin"),
    "docket": ("docketid", "docket", "docketnumber", "proceedings", "proceeding"),
    "title": ("title", "subject"),
    "kind": ("commentordocument", "documenttype"),
    "withdrawn": ("iswithdrawn", "withdrawn"),
    "duplicates": ("duplicatecomments", "duplicatecommentcount"),
    "tracking": (
        "trackingnumber", "trackingnbr", "commenttrackingnumber", "confirmationnumber", "receiptnumber",
    ),
    "restricted": ("restrictreason", "restrictreasontype"),
    "link": (
        "link", "url", "weblink", "webaddress", "permalink", "pageurl", "publicurl", "commenturl", "commentlink",
        "submissionurl", "documenturl", "documentlink", "filingurl",
    ),
    "attachments": ("attachments", "attachmentfiles", "attachment", "documents", "files"),
}  # fmt: skip
# what a table must tell, beside the id, to be one of comments
_TELLING = frozenset(("text", "name", "last", "organization", "attachments", "kind"))
# a reviewer's matrix of remarks on a draft is one comment, not a table of many
_MATRIX = re.compile(
    r"^(?:(?:start |end )?(?:line|page|section|clause|paragraph|row)s?(?: ?(?:#|no|number).*)?"
    r"|.*\b(?:proposed|suggested|recommended) (?:change|text|edit|resolution|revision)s?.*)$"
)
_AS_THEY_STAND = ("text", "more", "attachments", "link")
_COMMENT_KINDS = ("comment", "public submission", "public comment", "submission", "")
_NOTHING = frozenset(("", "n/a", "na", "n.a.", "none", "null", "nan", "nil", "-", "--", "not applicable", "[]"))
_SENT = ("comment", "feedback", "submission", "response")
_CUT = re.compile(r"\s*(?:\.{3}|…)\s*$")
_TRUE = frozenset(("true", "yes", "1", "y", "t"))


def table_records(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    columns: MetadataColumns,
    origin: str,
    source: TextSource,
) -> list[Record]:
    """Records of a table; empty where no column could be an id, or none tells anything of a comment."""
    kept = list(rows)
    return list(_records(header, lambda: iter(kept), columns, origin, source))


def _records(
    header: Sequence[str], rows: Rows, columns: MetadataColumns, origin: str, source: TextSource
) -> Iterator[Record]:
    places = _places(header, columns)
    if not {"id", "text"} & set(places) or not _TELLING & set(places):
        return
    if columns.id is None and columns.text is None and not _speaks_of_comments(header, places, source):
        return
    date = dates(_first_filled(row, places["date"]) for row in rows()) if "date" in places else dates(())
    for number, row in enumerate(rows(), start=1):
        values = {field: _first_filled(row, columns_of) for field, columns_of in places.items()}
        if any(values.values()):
            yield _record(values, f"row-{number}", date, origin, source)


def _first_filled(row: Sequence[str], places: Sequence[int]) -> str:
    """The first of some columns that says anything: an agency's own name stands where an organization's is missing."""
    for place in places:
        cell = row[place].strip() if place < len(row) else ""
        if cell.casefold() not in _NOTHING:
            return cell
    return ""


def _speaks_of_comments(header: Sequence[str], places: Mapping[str, Sequence[int]], source: TextSource) -> bool:
    """A matrix of remarks is one comment; a table without ids must name its texts as what people sent."""
    if sum(bool(_MATRIX.match(name.strip().casefold())) for name in header) > 1:
        return False
    if "id" in places:
        return True
    sent = any(word in header[places["text"][0]].casefold() for word in _SENT)
    return sent and source is not TextSource.XLSX


def first_table(sheets: Iterable[Rows], columns: MetadataColumns, origin: str, source: TextSource) -> Iterator[Record]:
    """Records of the first sheet that is a table of comments; its header may stand below a few lines of remarks.

    A sheet is a function that goes over its rows from the first, each time that it is called.
    """
    for rows in sheets:
        for at, row in enumerate(islice(rows(), _HEADER_WITHIN)):
            if sum(bool(cell.strip()) for cell in row) >= 2:
                found = _records(row, partial(_below, rows, at + 1), columns, origin, source)
                first = next(found, None)
                if first is not None:
                    yield first
                    yield from found
                    return


def _below(rows: Rows, start: int) -> Iterator[Sequence[str]]:
    return islice(rows(), start, None)


def _places(header: Sequence[str], columns: MetadataColumns) -> dict[str, tuple[int, ...]]:
    """For each field the columns that may tell it, the preferred one first; one that the user names stands alone."""
    known: dict[str, int] = {}
    exact: dict[str, int] = {}
    for place, name in enumerate(header):
        known.setdefault(re.sub(r"[\W_]", "", name.casefold()), place)
        exact.setdefault(name.strip().casefold(), place)
    told = {field: tuple(known[alias] for alias in aliases if alias in known) for field, aliases in _ALIASES.items()}
    places = {field: found for field, found in told.items() if found}
    for field, wanted in (
        ("id", columns.id),
        ("text", columns.text),
        ("name", columns.name),
        ("organization", columns.organization),
        ("date", columns.date),
    ):
        if wanted is not None and wanted.strip().casefold() in exact:
            places[field] = (exact[wanted.strip().casefold()],)
            if field == "name":
                places = {key: place for key, place in places.items() if key not in ("first", "last")}
    return places


def _record(
    values: Mapping[str, str],
    fallback_id: str,
    date: Callable[[str], datetime | None],
    origin: str,
    source: TextSource,
) -> Record:
    short = {field: _value(value) for field, value in values.items() if field not in _AS_THEY_STAND}
    person = " ".join(filter(None, (short.get("first"), short.get("last"))))
    declared = short.get("kind", "").casefold()
    kind = RecordKind.COMMENT if declared in _COMMENT_KINDS else RecordKind.DOCUMENT
    if short.get("withdrawn", "").casefold() in _TRUE:
        kind = RecordKind.WITHDRAWN
    return Record(
        submission_id=short.get("id") or f"{origin}:{fallback_id}",
        docket_id=short.get("docket", ""),
        title=short.get("title", ""),
        name=person or short.get("name", ""),
        organization=short.get("organization", ""),
        submitted_at=date(short.get("date", "")),
        text=_whole(values.get("text", ""), values.get("more", "")),
        declared_type=short.get("type", ""),
        attachments=names_of_attachments(values.get("attachments", "")),
        kind=kind,
        origin=origin,
        source=source,
        country=short.get("country", ""),
        duplicates=int(copies) if (copies := short.get("duplicates", "")).isdecimal() else 0,
        restricted=short.get("restricted", ""),
        link=public_page(values.get("link", ""), values.get("attachments", ""), declared, short.get("id", "")),
        tracking_number=short.get("tracking", ""),
    )


def _whole(text: str, more: str) -> str:
    """Some exports cut the comment short in one column and give all of it in another."""
    start = _CUT.sub("", text)
    return more if more.startswith(start) else "\n\n".join(filter(None, (text, more)))


def _value(text: str) -> str:
    text = " ".join(plain(text).split())
    return "" if text.casefold() in _NOTHING else text


_ENOUGH_DATES = 100
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2})?)?$")
_NUMERIC = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}\b")


def dates(column: Iterable[str]) -> Callable[[str], datetime | None]:
    """A reader of the dates of one column: "03/04/2024" is read as its column's other dates must be read."""
    from dateutil import parser

    day_first = _day_first(column)
    # the missing parts of a date must not come from today's
    default = datetime(2000, 1, 1)

    @lru_cache(maxsize=10_000)
    def read(text: str) -> datetime | None:
        if not re.search(r"\d{4}|\d[./-]\d", text):
            return None
        try:
            if _ISO.match(text):
                at = datetime.fromisoformat(text)
            else:
                at = parser.parse(text, default=default, dayfirst=day_first and bool(_NUMERIC.match(text)))
            return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        except (ValueError, OverflowError, TypeError):
            return None

    return read


def _day_first(column: Iterable[str]) -> bool:
    """Whether any of the dates must have its day first; a column whose first hundred are not numeric has none."""
    numeric = False
    for number, text in enumerate(filter(None, column)):
        match = _NUMERIC.match(text)
        if match is not None and int(match[1]) > 12:
            return True
        numeric = numeric or match is not None
        if number > _ENOUGH_DATES and not numeric:
            return False
    return False
