"""Which files of a submission speak for the respondent: copies and exhibits are told apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from rfc_analyzer.ingest.drafts import DOCKET
from rfc_analyzer.model import RECOGNISED, FileRole, FileStatus, SourceFile, TextSource
from rfc_analyzer.words import words

READ = frozenset((FileStatus.OK, FileStatus.PARTIAL))
_SAME_SHARE = 0.9
# a letter read wrong breaks five runs of five words
_SAME_SHARE_OF_PICTURES = 0.6
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
_FULL_LETTER_WORDS = 800
_CONTENTS = re.compile(r"^\W*(?:table of )?contents\W*$|^\W*executive summary\W*$", re.IGNORECASE | re.MULTILINE)
_EXTRACTED = re.compile(r"(?:^|[_-])(?:text[_-]?)?extracted(?:[_-]|$)|_(?:pypdf2?|pdfplumber|pdfminer)$", re.IGNORECASE)


def copies_apart(files: Sequence[SourceFile]) -> list[SourceFile]:
    """Mark texts that stand in another file of the submission.

    A page counts before the same text in a form; a form before a picture of it, whose letters may be read wrong.
    """
    if len(files) < 2:
        return list(files)
    done = _extracted_apart(files)
    read = [f for f in done if f.status in READ]
    runs = {f.file_id: _runs(f.text) for f in read}
    typed = [f for f in read if f.role is not FileRole.FORM and f.text_source not in RECOGNISED]
    forms = [f for f in read if f.role is FileRole.FORM]
    pictures = [f for f in read if f.text_source in RECOGNISED]
    same_as: dict[str, SourceFile] = {}

    def same(part: SourceFile, whole: SourceFile) -> bool:
        share = _SAME_SHARE_OF_PICTURES if {part.text_source, whole.text_source} & RECOGNISED else _SAME_SHARE
        return _stands_in(runs[part.file_id], runs[whole.file_id], share)

    kept: list[SourceFile] = []
    # the longest first: a letter may stand whole in a longer file
    for group in (typed, forms, pictures):
        for file in sorted(group, key=lambda f: -len(runs[f.file_id])):
            other = next((k for k in kept if same(file, k)), None)
            if other is None:
                kept.append(file)
            else:
                same_as[file.file_id] = other
    for part, whole in [(f, form) for f in kept for form in forms] + [(form, p) for form in forms for p in pictures]:
        if part is not whole and part in kept and whole in kept and same(part, whole):
            kept.remove(part)
            same_as[part.file_id] = whole
    return [_copy(f, f"The same text stands in {same_as[f.file_id].name}; it counts once.")
            if f.file_id in same_as else f for f in done]  # fmt: skip


def exhibits_apart(files: Sequence[SourceFile], docket_id: str, only_points: Callable[[str], bool]) -> list[SourceFile]:
    """Mark papers, pictures and earlier filings that come with a letter; they do not speak for the respondent."""
    if len(files) < 2:
        return list(files)
    attached = [f for f in files if f.role is FileRole.ATTACHMENT and f.status in READ]
    reasons = {f.file_id: _exhibit(f, docket_id) or _report(f, attached) for f in attached}
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
    head = file.text[:_HEAD]
    if file.text_source is TextSource.IMAGE:
        if len(file.text.split()) < _SCREENSHOT_WORDS:
            return "it is a picture with few words."
        if not _LETTER.search(file.text):
            return "it is a picture, and not of a letter."
    if _PAPER.search(head) and _REFERENCES.search(file.text) and not _LETTER.search(file.text[:_FIRST_LINES]):
        return "it has an abstract and references, as a paper does."
    named = {match.casefold() for match in DOCKET.findall(file.text[:_FIRST_LINES])}
    if named and docket_id and DOCKET.fullmatch(docket_id) and docket_id.casefold() not in file.text.casefold():
        return f"its head names another docket ({', '.join(sorted(named)).upper()})."
    return ""


def _report(file: SourceFile, attached: Sequence[SourceFile]) -> str:
    """A report beside a full letter; a long text beside a mere cover letter is what the respondent has to say."""
    if not _CONTENTS.search(file.text[:_HEAD]) or _LETTER.search(file.text[:_FIRST_LINES]):
        return ""
    letters = (f for f in attached if f is not file and _LETTER.search(f.text[:_FIRST_LINES]))
    full = any(len(f.text.split()) >= _FULL_LETTER_WORDS for f in letters)
    return "it is a report with a table of contents or a summary, beside a full letter." if full else ""


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


def _runs(text: str) -> frozenset[int]:
    """Runs of words as numbers: a long text has a million of them."""
    tokens = words(text)
    if not tokens:
        return frozenset()
    return frozenset(hash(tuple(tokens[i : i + _SHINGLE])) for i in range(max(1, len(tokens) - _SHINGLE + 1)))


def _stands_in(part: frozenset[int], whole: frozenset[int], share: float) -> bool:
    return bool(part) and len(part & whole) >= share * len(part)
