"""What a reader makes of one file: a text, and spans over it."""

from __future__ import annotations

from dataclasses import dataclass

from rfc_analyzer.model import PassageKind, TextSource


@dataclass(frozen=True, slots=True)
class Span:
    """A unit of the text as the file lays it out (paragraph, heading, footnote …)."""

    start: int
    end: int
    page: int | None
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class LineBox:
    """Where a printed line stands on its page: points, origin at the top left."""

    page: int
    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Document:
    """One file's text. ``page_starts[i]`` is the offset at which page ``i + 1`` begins.

    ``partial`` says why only a part was read; ``confidence`` (0..1) is given by OCR.
    """

    text: str
    page_starts: tuple[int, ...]
    pages: int | None
    text_source: TextSource
    blocks: tuple[Span, ...]
    boxes: tuple[LineBox, ...] = ()
    partial: str = ""
    confidence: float | None = None
