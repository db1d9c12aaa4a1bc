"""Which files and rows are one submission."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from rfc_analyzer.ingest.catalogue import Catalogue, Use
from rfc_analyzer.ingest.found import Found
from rfc_analyzer.ingest.records import RecordKind

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


@dataclass(frozen=True, slots=True)
class Sorted:
    """A file that speaks for no submission, and what is known of it.

    ``owner`` is the id that its name gives: of the agency's own document, or of a withdrawn comment. Without an owner
    the file is ``data`` by its name, or goes with no row.
    """

    found: Found
    owner: str = ""
    kind: RecordKind | None = None
    data: bool = False


def sort_files(catalogue: Catalogue) -> Iterator[Sorted]:
    """Put rows and files together by id: a folder's name, or the beginning of a file's name; yields all other files.

    A file that goes with no row is a submission of its own where it is named like a docket's comment, was given as an
    input itself, or where no file at all goes with a row.
    """
    owners = Owners(catalogue.kind_of, catalogue.id_lengths())
    for found in catalogue.files(Use.COMMENT):
        owner = owners.of(found.label)
        if owner is None:
            continue
        submission_id, kind = owner
        catalogue.use(found.label, Use.MATCHED)
        if kind is RecordKind.COMMENT:
            catalogue.own(found.label, submission_id)
        else:
            yield Sorted(found, submission_id, kind)
    yield from _sort_unmatched(catalogue)


def _sort_unmatched(catalogue: Catalogue) -> Iterator[Sorted]:
    matched = catalogue.owned_count() > 0
    for found in catalogue.files(Use.COMMENT):
        path = PurePosixPath(found.label)
        if path.suffix.lower() in _NO_LETTER_SUFFIXES or _NO_LETTER.match(path.name):
            yield Sorted(found, data=True)
        elif matched and not found.given and not _DOCKET_COMMENT.search(found.label):
            yield Sorted(found)
        else:
            catalogue.use(found.label, Use.ALONE)
            place = _place(found)
            catalogue.add_place(place.name, str(place))
    _own_submissions(catalogue)


class Owners:
    """Finds the id that a file's path names: its folder first, then the beginning of its name, then inside its name.

    ``kind_of`` gives for an id in lower case how it is spelt and what it is; ``lengths`` are those of ids, the longest
    first. Ids of comments win over others, which are the agency's own documents and withdrawn comments.
    """

    def __init__(self, kind_of: Callable[[str], tuple[str, RecordKind] | None], lengths: Sequence[int]) -> None:
        self._kind_of = kind_of
        self._lengths = lengths

    def of(self, label: str) -> tuple[str, RecordKind] | None:
        """The id that goes with a path and what it is, or None."""
        if not self._lengths:
            return None
        *folders, name = [_HOLDER.sub("", part) for part in label.casefold().split("/")]
        inner = next((owner for f in reversed(folders) if (owner := self._kind_of(f))), None)
        if inner is not None and inner[1] is RecordKind.COMMENT:
            return inner
        within = list(self._within(name))
        mine = next((owner for owner in within if owner[1] is RecordKind.COMMENT), None)
        return mine or inner or next(iter(within), None)

    def _within(self, name: str) -> Iterator[tuple[str, RecordKind]]:
        starts = [0, *(m.end() for m in re.finditer(r"^(?:comments?|document|attachment|submission)[-_ ]+", name))]
        for start in starts:
            for length in self._lengths:
                end = start + length
                if length <= len(name) - start and not name[end : end + 1].isalnum():
                    owner = self._kind_of(name[start:end])
                    if owner is not None:
                        yield owner


def _own_submissions(catalogue: Catalogue) -> None:
    """Submissions of files that no metadata knows; one letter in two formats, side by side, is one submission."""
    for found in catalogue.files(Use.ALONE):
        place = _place(found)
        docket = _DOCKET_COMMENT.search(found.label)
        if docket:
            submission_id = docket[0]
        elif catalogue.places(place.name) == 1 and not _is_listed(place.name, catalogue):
            submission_id = place.name
        else:
            submission_id = found.label if _is_listed(str(place), catalogue) else str(place)
        catalogue.own(found.label, submission_id)


def _place(found: Found) -> PurePosixPath:
    """Where a file's submission lies: what a message carries belongs to it."""
    return PurePosixPath(found.mail or found.label).with_suffix("")


def _is_listed(submission_id: str, catalogue: Catalogue) -> bool:
    known = catalogue.kind_of(submission_id.casefold())
    return known is not None and known[1] is RecordKind.COMMENT
