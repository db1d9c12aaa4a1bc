"""Which files and rows are one submission."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from rfc_analyzer.ingest.discovery import Found
from rfc_analyzer.ingest.records import Record, RecordKind

# "EPA-HQ-OAR-2021-0317-0042": agency, year, docket, comment
_DOCKET_COMMENT = re.compile(r"[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*?[-_](?:19|20)\d{2}[-_]\d{4,5}[-_]\d{3,}")
DOCKET = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*?-(?:19|20)\d{2}-\d{4,5}(?!\d)")
_HOLDER = re.compile(r"\.(?:zip|eml|msg)$")  # what holds files is as good as a folder
_NO_LETTER = re.compile(
    r"^(?:read[ _-]?me|licen[cs]e|copying|changelog|manifest|checksums?|sha256sums?|md5sums?|index|labels?|codebook)"
    r"(?:[._-]\w*)*$",
    re.IGNORECASE,
)
_NO_LETTER_SUFFIXES = frozenset(
    (".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".log", ".py", ".js", ".css", ".sh",
     ".parquet", ".db", ".sqlite", ".pkl", ".xsd", ".xml", ".sha256", ".md5", ".csv", ".tsv", ".url", ".lnk")
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A submission in the making: its metadata rows and its files."""

    submission_id: str
    rows: list[Record] = field(default_factory=list)
    files: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sorting:
    """Files by submission.

    ``of_documents`` belong to the agency's own documents, ``of_withdrawn`` to withdrawn comments (both with the id),
    ``data`` can't be comments by their names, ``stray`` go with no row.
    """

    drafts: dict[str, Draft]
    of_documents: list[tuple[Found, str]] = field(default_factory=list)
    of_withdrawn: list[tuple[Found, str]] = field(default_factory=list)
    data: list[Found] = field(default_factory=list)
    stray: list[Found] = field(default_factory=list)


def sort_files(records: Sequence[Record], files: Iterable[Found]) -> Sorting:
    """Put rows and files together by id: a folder's name, or the beginning of a file's name.

    A file that goes with no row is a submission of its own where it is named like a docket's comment, was given as an
    input itself, or where no file at all goes with a row.
    """
    drafts: dict[str, Draft] = {}
    for record in records:
        if record.kind is RecordKind.COMMENT:
            drafts.setdefault(record.submission_id, Draft(record.submission_id)).rows.append(record)
    # an id that stands both as a document and as a comment is a comment
    kinds = {r.submission_id: r.kind for r in records if r.submission_id not in drafts}
    owners = Owners(drafts, kinds)
    sorting = Sorting(drafts)
    unmatched = []
    for found in files:
        owner = owners.of(found.label)
        if owner is None:
            unmatched.append(found)
        elif owner in drafts:
            drafts[owner].files.append(found)
        elif kinds[owner] is RecordKind.WITHDRAWN:
            sorting.of_withdrawn.append((found, owner))
        else:
            sorting.of_documents.append((found, owner))
    _sort_unmatched(unmatched, sorting, any(draft.files for draft in drafts.values()))
    return sorting


def _sort_unmatched(files: Sequence[Found], sorting: Sorting, matched: bool) -> None:
    own = []
    for found in files:
        path = PurePosixPath(found.label)
        if path.suffix.lower() in _NO_LETTER_SUFFIXES or _NO_LETTER.match(path.name):
            sorting.data.append(found)
        elif matched and not found.given and not _DOCKET_COMMENT.search(found.label):
            sorting.stray.append(found)
        else:
            own.append(found)
    _own_submissions(own, sorting.drafts)


class Owners:
    """Finds the id that a file's path names: its folder first, then the beginning of its name, then inside its name.

    Ids of ``comments`` win over those of ``others``, which are the agency's own documents.
    """

    def __init__(self, comments: Iterable[str], others: Iterable[str] = ()) -> None:
        self._comments = {i.casefold(): i for i in comments}
        self._others = {i.casefold(): i for i in others}
        self._lengths = sorted({len(i) for i in (*self._comments, *self._others)}, reverse=True)

    def of(self, label: str) -> str | None:
        """The id that goes with a path, or None."""
        *folders, name = [_HOLDER.sub("", part) for part in label.casefold().split("/")]
        inner = next((f for f in reversed(folders) if f in self._comments or f in self._others), None)
        if inner in self._comments:
            return self._comments[inner]
        mine = self._within(name, self._comments)
        if mine is not None:
            return mine
        return self._others[inner] if inner is not None else self._within(name, self._others)

    def _within(self, name: str, ids: dict[str, str]) -> str | None:
        starts = [0, *(m.end() for m in re.finditer(r"^(?:comments?|document|attachment|submission)[-_ ]+", name))]
        for start in starts:
            for length in self._lengths:
                end = start + length
                if name[start:end] in ids and not name[end : end + 1].isalnum():
                    return ids[name[start:end]]
        return None


def _own_submissions(files: Sequence[Found], drafts: dict[str, Draft]) -> None:
    """Submissions of files that no metadata knows; one letter in two formats, side by side, is one submission."""
    # what a message carries belongs to it
    places = {found.label: PurePosixPath(found.mail or found.label).with_suffix("") for found in files}
    often = Counter(place.name for place in set(places.values()))
    known = {i.casefold() for i in drafts}
    for found in files:
        place = places[found.label]
        docket = _DOCKET_COMMENT.search(found.label)
        if docket:
            submission_id = docket[0]
        elif often[place.name] == 1 and place.name.casefold() not in known:
            submission_id = place.name
        else:
            submission_id = str(place) if str(place).casefold() not in known else found.label
        drafts.setdefault(submission_id, Draft(submission_id)).files.append(found)
