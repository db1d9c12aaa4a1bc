"""Which files of a submission speak for the respondent: copies and exhibits are told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from rfc_analyzer.ingest.drafts import DOCKET
from rfc_analyzer.model import FileRole, FileStatus, SourceFile, TextSource
from rfc_analyzer.words import words

READ = frozenset((FileStatus.OK, FileStatus.PARTIAL))
_SAME_SHARE = 0.9
_SHINGLE = 5
_PAPER = re.compile(r"\babstract\b", re.IGNORECASE)
_REFERENCES = re.compile(r"^\W*(?:\d+\.?\s+)?(?:references|bibliography|works cited)\W*$", re.IGNORECASE | re.MULTILINE)
_LETTER = re.compile(
    r"\b(?:dear|request for (?:public )?(?:comments?|information|input)|proposed rule|rulemaking|"
    r"respectfully submit(?:s|ted)?|sincerely|appreciates? the opportunity|submits? (?:these|the following|this)|"
    r"response to|comments? (?:of|from|on|by))\b",
    re.IGNORECASE,
)
_HEAD = 4_000
_FIRST_LINES = 1_500
_SCREENSHOT_WORDS = 150
_LETTER_WORDS = 50
_LONG_WORDS = 300
_EXTRACTED = re.compile(r"(?:^|[_-])(?:text[_-]?)?extracted(?:[_-]|$)|_(?:pypdf2?|pdfplumber|pdfminer)$", re.IGNORECASE)


def copies_apart(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Mark texts that stand in another file of the submission: a page counts before the same text in a form."""
    if len(files) < 2:
        return list(files)
    done = _extracted_apart(files)
    attached = [f for f in done if f.status in READ and f.role is not FileRole.FORM]
    forms = [f for f in done if f.status in READ and f.role is FileRole.FORM]
    runs = {f.file_id: _runs(f.text) for f in (*attached, *forms)}
    kept: list[SourceFile] = []
    same_as: dict[str, SourceFile] = {}
    # the longest first: a letter may stand whole in a longer file
    for file in [*sorted(attached, key=lambda f: -len(runs[f.file_id])), *forms]:
        other = next((k for k in kept if _stands_in(runs[file.file_id], runs[k.file_id])), None)
        if other is None:
            kept.append(file)
        else:
            same_as[file.file_id] = other
    for file in kept:
        form = next((f for f in forms if f in kept and f is not file), None)
        if form is not None and _stands_in(runs[file.file_id], runs[form.file_id]):
            same_as[file.file_id] = form
    return [_copy(f, f"The same text stands in {same_as[f.file_id].name}; it counts once.")
            if f.file_id in same_as else f for f in done]  # fmt: skip


def exhibits_apart(files: Sequence[SourceFile], docket_id: str, only_points: Callable[[str], bool]) -> list[SourceFile]:
    """Mark papers, pictures and earlier filings that come with a letter; they do not speak for the respondent."""
    if len(files) < 2:
        return list(files)
    reasons = {f.file_id: _exhibit(f, docket_id) for f in files if f.role is FileRole.ATTACHMENT and f.status in READ}
    letters = [f for f in files if f.status in READ and _is_letter(f, reasons, only_points)]
    done = []
    for file in files:
        reason = reasons.get(file.file_id, "")
        if reason and any(letter is not file for letter in letters):
            message = f"Kept as an exhibit: {reason} It is shown, and not read as what the respondent says."
            done.append(replace(file, role=FileRole.EXHIBIT, message=" ".join(filter(None, (file.message, message)))))
        else:
            done.append(file)
    return done


def _is_letter(file: SourceFile, reasons: dict[str, str], only_points: Callable[[str], bool]) -> bool:
    if file.role is FileRole.FORM:
        return len(file.text.split()) >= _LETTER_WORDS and not only_points(file.text)
    if reasons.get(file.file_id) or file.role is not FileRole.ATTACHMENT:
        return False
    return bool(_LETTER.search(file.text[:_HEAD])) or len(file.text.split()) >= _LONG_WORDS


def _exhibit(file: SourceFile, docket_id: str) -> str:
    if file.text_source is TextSource.IMAGE and len(file.text.split()) < _SCREENSHOT_WORDS:
        return "it is a picture with few words."
    head = file.text[:_HEAD]
    if _PAPER.search(head) and _REFERENCES.search(file.text) and not _LETTER.search(file.text[:_FIRST_LINES]):
        return "it has an abstract and references, as a paper does."
    named = {match.casefold() for match in DOCKET.findall(file.text[:_FIRST_LINES])}
    if named and docket_id and DOCKET.fullmatch(docket_id) and docket_id.casefold() not in file.text.casefold():
        return f"its head names another docket ({', '.join(sorted(named)).upper()})."
    return ""


def _extracted_apart(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Mirrors keep what programs took from an attachment beside it: of one attachment, the best text counts."""
    taken: dict[str, SourceFile] = {}
    for file in files:
        if file.status in READ and not _EXTRACTED.search(PurePosixPath(file.name).stem):
            taken.setdefault(_source_stem(file), file)
    done = []
    for file in files:
        stem = PurePosixPath(file.name).stem
        if file.status not in READ or not _EXTRACTED.search(stem) or not file.name.lower().endswith(".txt"):
            done.append(file)
            continue
        original = taken.setdefault(_source_stem(file), file)
        done.append(
            file if original is file else _copy(file, f"Another program's reading of {original.name}; it counts once.")
        )
    return done


def _source_stem(file: SourceFile) -> str:
    stem = PurePosixPath(file.name).stem.casefold()
    numbered = re.search(r"att[a-z]*ment[_-]?(\d+)|content", stem)
    return numbered[0][-3:] if numbered else stem


def _copy(file: SourceFile, message: str) -> SourceFile:
    return replace(file, status=FileStatus.DUPLICATE, message=message)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    tokens = words(text)
    if not tokens:
        return frozenset()
    return frozenset(tuple(tokens[i : i + _SHINGLE]) for i in range(max(1, len(tokens) - _SHINGLE + 1)))


def _stands_in(part: frozenset[tuple[str, ...]], whole: frozenset[tuple[str, ...]]) -> bool:
    return bool(part) and len(part & whole) >= _SAME_SHARE * len(part)
