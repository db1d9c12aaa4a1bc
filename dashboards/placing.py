"""Which submission is open, at which file and place: in the address: ``/submissions?submission=ID&at=120``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from rfc_analyzer.model import SourceFile

SUBMISSION, FILE, AT, PART = "submission", "file", "at", "part"
_PART_LENGTH = 6_000
_BREAK = re.compile(r"\n\s*\n|\n")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a file's text that is shown at once: a page, or some paragraphs where there are no pages."""

    number: int
    start: int
    end: int
    page: int | None = None

    def title(self, of: int) -> str:
        """``Page 2 of 3``."""
        return f"{'Page' if self.page else 'Part'} {self.number} of {of}"


def cut(file: SourceFile) -> list[Part]:
    """The parts of a file, in order; at least one."""
    if file.page_starts:
        ends = (*file.page_starts[1:], len(file.text))
        pages = zip(file.page_starts, ends, strict=True)
        return [Part(i, start, end, i) for i, (start, end) in enumerate(pages, start=1)]
    parts: list[Part] = []
    start = 0
    while start < len(file.text) or not parts:
        end = len(file.text)
        if end - start > _PART_LENGTH:
            found = _BREAK.search(file.text, start + _PART_LENGTH)
            end = found.end() if found else end
        parts.append(Part(len(parts) + 1, start, end))
        start = max(end, start + 1)
    return parts


def asked(key: str) -> str | None:
    """What the address says of ``key``."""
    value: str | None = st.query_params.get(key)
    return value


def asked_number(key: str) -> int | None:
    """The same as a whole number; None where it is none."""
    value = asked(key)
    return int(value) if value and value.isdecimal() and len(value) < 12 else None


def part_of(parts: Sequence[Part]) -> Part:
    """The part that the address asks for by its number, or by a place in it; the first where it asks for none."""
    number, at = asked_number(PART), asked_number(AT)
    by_number = next((p for p in parts if p.number == number), None)
    by_place = next((p for p in parts if at is not None and p.start <= at < p.end), None)
    return by_number or by_place or parts[0]


def open_submission(submission_id: str) -> None:
    """Open another submission at its beginning; for callbacks."""
    _forget(FILE, AT, PART)
    st.query_params[SUBMISSION] = submission_id


def close() -> None:
    """Back to the list; for callbacks."""
    _forget(SUBMISSION, FILE, AT, PART)


def open_file(file_id: str) -> None:
    """Another file of the same submission; for callbacks."""
    _forget(AT, PART)
    st.query_params[FILE] = file_id


def open_part(file_id: str, number: int) -> None:
    """Another page of the same file; for callbacks."""
    st.query_params[FILE] = file_id
    st.query_params[PART] = str(number)


def show_place(file_id: str, start: int) -> None:
    """The place in the text where something was found; for callbacks."""
    _forget(PART)
    st.query_params[FILE] = file_id
    st.query_params[AT] = str(start)


def _forget(*keys: str) -> None:
    for key in keys:
        if key in st.query_params:
            del st.query_params[key]
