"""Reading the sources: one text file a submission, with its metadata, its labels, and the parts that it is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DOCKET = "FSMA-2026-0007"
_PART = re.compile(r"^=== (?P<name>.+?)(?: \| (?P<kind>\w+))?$", re.MULTILINE)
_NOTE = re.compile(r"^\[\^(\d+)\]: ")


@dataclass(frozen=True, slots=True)
class Block:
    """A unit of a letter; ``kind``: heading | subheading | lines | bullets | quote | table | note | body."""

    kind: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Part:
    """The form text, or an attachment: ``kind`` says how it is made, ``options`` how it looks."""

    name: str
    kind: str
    text: str
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """One submission: its labels and metadata as ``head``, its form text and attachments as ``parts``."""

    head: dict[str, Any]
    parts: tuple[Part, ...]

    @property
    def id(self) -> str:
        return f"{DOCKET}-{self.head['id']:04}"

    @property
    def form(self) -> str:
        return next((part.text for part in self.parts if part.name == "form"), "")

    @property
    def attachments(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.name != "form")

    @property
    def words(self) -> str:
        """All that the submission says, with white space made even."""
        return " ".join(" ".join(strip_marks(part.text) for part in self.parts).split())


def read_sources(folder: Path) -> list[Source]:
    """All submissions, by id."""
    return sorted((_read(path) for path in folder.glob("*.txt")), key=lambda source: source.id)


def _read(path: Path) -> Source:
    head, *pieces = _PART.split(path.read_text(encoding="utf-8"))
    parts: list[Part] = []
    for name, kind, text in zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True):
        options = dict(re.findall(r"^@(\w+) ?(.*)$", text, re.MULTILINE))
        text = re.sub(r"^@.*\n", "", text, flags=re.MULTILINE).strip()
        if options.get("repeat") == "form":
            text = parts[0].text
        parts.append(Part(name, kind or "form", text, options))
    return Source(yaml.safe_load(head), tuple(parts))


def blocks(text: str) -> list[Block]:
    """The blocks of a letter, by the marks at the beginnings of their lines."""
    marks = {"# ": "heading", "## ": "subheading", "= ": "lines", "- ": "bullets", "> ": "quote", "| ": "table"}
    found: list[Block] = []
    for piece in re.split(r"\n\s*\n|\n(?=\[\^)|(?<=\n)(?=- )(?<!\n- )", text.strip()):
        lines = piece.strip("\n").split("\n")
        kind = next((kind for mark, kind in marks.items() if lines[0].startswith(mark)), "body")
        if _NOTE.match(lines[0]):
            kind = "note"
        mark = next((mark for mark, name in marks.items() if name == kind), "")
        found.append(Block(kind, tuple(line.removeprefix(mark).strip() for line in lines)))
    return found


def cells(block: Block) -> list[list[str]]:
    """The cells of a table block."""
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in block.lines]


def strip_marks(text: str) -> str:
    """A letter's words without the marks of its source."""
    text = re.sub(r"\[\^\d+\](?!:)", "", text)
    return re.sub(r"^(?:#+|=|-|>|\|) ", "", text, flags=re.MULTILINE)
