"""Which files and rows are one submission."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from rfc_analyzer.ingest.discovery import Found
from rfc_analyzer.ingest.records import Record, RecordKind

_DOCKET_COMMENT = re.compile(r"[A-Z][A-Z0-9]*(?:[-_][A-Z0-9]+)*[-_]\d{4}[-_]\d{4,}[-_]\d{3,}")


@dataclass(slots=True)
class Draft:
    """A submission in the making."""

    submission_id: str
    rows: list[Record] = field(default_factory=list)
    files: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sorting:
    """Files by submission; ``of_documents`` belong to the agency's own documents, ``stray`` to nobody."""

    drafts: dict[str, Draft]
    of_documents: list[tuple[Found, str]]
    stray: list[Found]


def sort_files(records: Sequence[Record], files: Iterable[Found]) -> Sorting:
    """Put rows and files together by id: a folder's name, or the beginning of a file's name.

    Where no file goes with any row, each file (or folder named like a docket's comment) is a submission of its own.
    """
    drafts: dict[str, Draft] = {}
    documents = {r.submission_id for r in records if r.kind is not RecordKind.COMMENT}
    for record in records:
        if record.kind is RecordKind.COMMENT:
            drafts.setdefault(record.submission_id, Draft(record.submission_id)).rows.append(record)
    # an id that stands both as a document and as a comment is a comment
    documents -= set(drafts)
    known = _ById([*drafts, *documents])
    sorting = Sorting(drafts, [], [])
    unmatched = []
    matched = False
    for found in files:
        owner = known.owner(found.label)
        if owner is None:
            unmatched.append(found)
        elif owner in documents:
            sorting.of_documents.append((found, owner))
        else:
            matched = True
            drafts[owner].files.append(found)
    if matched:
        sorting.stray.extend(unmatched)
    else:
        _own_submissions(unmatched, drafts)
    return sorting


class _ById:
    """Finds the id that a file's path names."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = set(ids)
        self._lengths = sorted({len(i) for i in self._ids}, reverse=True)

    def owner(self, label: str) -> str | None:
        parts = PurePosixPath(label).parts
        for part in reversed(parts[:-1]):
            if part in self._ids:
                return part
        name = parts[-1]
        for length in self._lengths:
            start, rest = name[:length], name[length : length + 1]
            if start in self._ids and not rest.isalnum():
                return start
        return None


def _own_submissions(files: Sequence[Found], drafts: dict[str, Draft]) -> None:
    stems = [PurePosixPath(f.label).stem for f in files]
    for found, stem in zip(files, stems, strict=True):
        docket = _DOCKET_COMMENT.search(found.label)
        if docket:
            submission_id = docket[0]
        elif stems.count(stem) == 1 and stem not in drafts:
            submission_id = stem
        else:
            submission_id = found.label
        drafts.setdefault(submission_id, Draft(submission_id)).files.append(found)
