"""Ingestion with everything kept in memory, for tests that look at all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rfc_analyzer.ingest import Intake, ingest
from rfc_analyzer.model import Block, Box, Docket, InputFile, SourceFile, Submission
from rfc_analyzer.progress import Progress
from rfc_analyzer.readers.document import Document
from rfc_analyzer.settings import IngestSettings


@dataclass
class Gathered:
    """All rows that ingestion gave, in their order, and what it said beside."""

    rows: dict[type, list[Any]] = field(default_factory=dict)
    said: Intake | None = None

    def add(self, rows: Sequence[Any]) -> None:
        for row in rows:
            self.rows.setdefault(type(row), []).append(row)

    @property
    def submissions(self) -> tuple[Submission, ...]:
        return tuple(self.rows.get(Submission, ()))

    @property
    def files(self) -> tuple[SourceFile, ...]:
        return tuple(self.rows.get(SourceFile, ()))

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self.rows.get(Block, ()))

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(self.rows.get(Box, ()))

    @property
    def inputs(self) -> tuple[InputFile, ...]:
        return tuple(self.rows.get(InputFile, ()))

    @property
    def docket(self) -> Docket:
        assert self.said is not None
        return self.said.docket

    @property
    def notes(self) -> tuple[str, ...]:
        assert self.said is not None
        return self.said.notes

    @property
    def notice(self) -> Document | None:
        assert self.said is not None
        return self.said.notice


def gather(
    inputs: Sequence[Path],
    settings: IngestSettings,
    progress: Progress,
    notice: Path | None = None,
    metadata: Path | None = None,
    docket_id: str = "",
) -> Gathered:
    """What :func:`ingest` gives, all together."""
    gathered = Gathered()
    gathered.said = ingest(inputs, settings, progress, gathered, notice, metadata, docket_id)
    return gathered
