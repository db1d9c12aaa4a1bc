"""Rows and read files to submissions: duplicates, exhibits and missing attachments told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.ingest.discovery import Found
from rfc_analyzer.ingest.drafts import Draft, Sorting
from rfc_analyzer.ingest.reading import Read
from rfc_analyzer.ingest.records import Record
from rfc_analyzer.model import Block, Box, FileRole, FileStatus, SourceFile, Submission, TextSource
from rfc_analyzer.readers.html import form_text
from rfc_analyzer.words import words

_SPEAKING = (FileRole.FORM, FileRole.ATTACHMENT)
_READ = (FileStatus.OK, FileStatus.PARTIAL)
_SAME_SHARE = 0.9
_SHINGLE = 5
_PAPER = re.compile(r"\babstract\b", re.IGNORECASE)
_REFERENCES = re.compile(r"^\W*(?:references|bibliography|works cited)\W*$", re.IGNORECASE | re.MULTILINE)
_LETTER = re.compile(
    r"\b(?:dear|docket|request for (?:comments?|information)|rulemaking|respectfully submitted|sincerely)\b",
    re.IGNORECASE,
)
_SCREENSHOT_WORDS = 150


def unread(found: Found, message: str, submission_id: str | None = None) -> SourceFile:
    """A row for a file that gave no text, with the reason and what to do."""
    file_id = f"{submission_id}:{found.sha256[:10]}" if submission_id else f"file:{found.sha256[:10]}:{found.label}"
    return SourceFile(
        file_id=file_id,
        submission_id=submission_id,
        name=found.label,
        sha256=found.sha256,
        media_type="",
        pages=None,
        text_source=TextSource.NONE,
        status=FileStatus.SKIPPED,
        message=message,
        text="",
        page_starts=(),
        role=FileRole.UNREAD,
    )


class Files:
    """The drafts with what was read of their files."""

    def __init__(self, drafts: dict[str, Draft], read: Mapping[str, Read | UnreadableFile]) -> None:
        self.drafts = drafts
        self._read = read
        self._blocks: list[Block] = []
        self._boxes: list[Box] = []

    def finished(self, docket_id: str) -> tuple[list[Submission], list[SourceFile], list[Block], list[Box]]:
        """Submissions in the order of their ids, with their files, blocks and boxes."""
        submissions, files = [], []
        for submission_id in sorted(self.drafts):
            draft = self.drafts[submission_id]
            mine = self._files(draft)
            files += mine
            submissions.append(_submission(draft, mine, docket_id))
        return submissions, files, self._blocks, self._boxes

    def others(self, sorting: Sorting) -> list[SourceFile]:
        """Rows for files that are no submission's."""
        rows = [
            replace(unread(found, f"It belongs to {owner}, which is the agency's own document."), role=FileRole.NOTICE)
            for found, owner in sorting.of_documents
        ]
        advice = "No submission in the metadata goes with it; if it is a comment, put it into a folder named by its id."
        return rows + [unread(found, advice) for found in sorting.stray]

    def _files(self, draft: Draft) -> list[SourceFile]:
        attached = [self._attachment(draft, found) for found in sorted(draft.files, key=lambda f: f.label)]
        form = _form(draft)
        everything = _with_unique_ids([*attached, *([form] if form else [])])
        for row, found in zip(everything, sorted(draft.files, key=lambda f: f.label), strict=False):
            self._keep_layout(row, found)
        everything = _exhibits_apart(_duplicates_apart(everything))
        missing = _missing(draft, attached)
        return [*reversed(everything), *missing] if form else [*everything, *missing]

    def _attachment(self, draft: Draft, found: Found) -> SourceFile:
        result = self._read[found.label]
        if isinstance(result, UnreadableFile):
            return unread(found, str(result), draft.submission_id)
        document = result.document
        return SourceFile(
            file_id=f"{draft.submission_id}:{found.sha256[:10]}",
            submission_id=draft.submission_id,
            name=found.label,
            sha256=found.sha256,
            media_type=result.media_type,
            pages=document.pages,
            text_source=document.text_source,
            status=FileStatus.PARTIAL if document.partial else FileStatus.OK,
            message=document.partial,
            text=document.text,
            page_starts=document.page_starts,
            role=FileRole.ATTACHMENT,
        )

    def _keep_layout(self, row: SourceFile, found: Found) -> None:
        result = self._read.get(found.label)
        if isinstance(result, Read) and row.role is not FileRole.FORM:
            self._blocks += [Block(row.file_id, b.page, b.start, b.end, b.kind) for b in result.document.blocks]
            self._boxes += [
                Box(row.file_id, b.page, b.start, b.end, b.x0, b.y0, b.x1, b.y1) for b in result.document.boxes
            ]


def _form(draft: Draft) -> SourceFile | None:
    """The text typed into the web form; texts of repeated rows count once."""
    texts = dict.fromkeys(filter(None, (form_text(row.text) for row in draft.rows)))
    if not texts:
        return None
    text = "\n\n".join(texts)
    return SourceFile(
        file_id=f"{draft.submission_id}:form",
        submission_id=draft.submission_id,
        name="Web form",
        sha256="",
        media_type="text/plain",
        pages=None,
        text_source=TextSource.CSV,
        status=FileStatus.OK,
        message="",
        text=text,
        page_starts=(),
        role=FileRole.FORM,
    )


def _with_unique_ids(files: Sequence[SourceFile]) -> list[SourceFile]:
    seen: dict[str, int] = {}
    unique = []
    for file in files:
        seen[file.file_id] = number = seen.get(file.file_id, 0) + 1
        unique.append(replace(file, file_id=f"{file.file_id}-{number}") if number > 1 else file)
    return unique


def _duplicates_apart(files: Sequence[SourceFile]) -> list[SourceFile]:
    """A text that stands in an earlier file of the same submission counts once: attachments come before the form."""
    kept: list[SourceFile] = []
    runs: list[tuple[SourceFile, set[tuple[str, ...]]]] = []
    for file in files:
        tokens = words(file.text)
        mine = {tuple(tokens[i : i + _SHINGLE]) for i in range(max(1, len(tokens) - _SHINGLE + 1))} if tokens else set()
        same = next((f for f, other in runs if mine and len(mine & other) >= _SAME_SHARE * len(mine)), None)
        if same is not None and file.status in _READ:
            kept.append(replace(file, status=FileStatus.DUPLICATE, message=f"The same text stands in {same.name}."))
            continue
        kept.append(file)
        if file.status in _READ:
            runs.append((file, mine))
    return kept


def _exhibits_apart(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Papers and pictures that come with a letter are kept and shown, and do not speak for the respondent."""
    letters = [f for f in files if f.status in _READ and _LETTER.search(f.text[:4000]) and not _is_paper(f)]
    return [
        replace(f, role=FileRole.EXHIBIT)
        if f.role is FileRole.ATTACHMENT and f.status in _READ and any(x is not f for x in letters) and _is_exhibit(f)
        else f
        for f in files
    ]


def _is_exhibit(file: SourceFile) -> bool:
    picture = file.text_source is TextSource.IMAGE and len(file.text.split()) < _SCREENSHOT_WORDS
    return picture or _is_paper(file)


def _is_paper(file: SourceFile) -> bool:
    return bool(_PAPER.search(file.text[:3000]) and _REFERENCES.search(file.text))


def _missing(draft: Draft, attached: Sequence[SourceFile]) -> list[SourceFile]:
    named = next((row.attachments for row in draft.rows if row.attachments), "")
    if not named or attached:
        return []
    found = Found(f"attachment of {draft.submission_id}", None, "", 0)  # type: ignore[arg-type]
    message = f"The metadata names an attachment that is not in the folder ({named[:200]}); download it and add it."
    return [replace(unread(found, message, draft.submission_id), file_id=f"{draft.submission_id}:missing")]


def _submission(draft: Draft, files: Sequence[SourceFile], docket_id: str) -> Submission:
    rows = draft.rows
    speaking = [f for f in files if f.role in _SPEAKING and f.status in _READ]
    note = f"Listed {len(rows)} times in the metadata; counted once." if len(rows) > 1 else ""
    dates = [row.submitted_at for row in rows if row.submitted_at]
    return Submission(
        submission_id=draft.submission_id,
        docket_id=_first(rows, "docket_id") or docket_id,
        title=_first(rows, "title"),
        submitted_at=min(dates) if dates else None,
        respondent_name=_first(rows, "name"),
        organization=_first(rows, "organization"),
        words=sum(len(f.text.split()) for f in speaking),
        pages=sum(f.pages or 0 for f in speaking),
        declared_type=_first(rows, "declared_type"),
        note=note,
    )


def _first(rows: Sequence[Record], name: str) -> str:
    return next((getattr(row, name) for row in rows if getattr(row, name)), "")
