"""The notice's questions as a person confirmed them: kept beside the analysis, and used by every later run.

The file is only ever added to, so that an earlier list can be had back. What the program read itself stays in its own
table.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rfc_analyzer.errors import BadInput, BadNotice, UnreadableFile
from rfc_analyzer.model import Question
from rfc_analyzer.questions import numbered, read_list, read_questions
from rfc_analyzer.settings import ReadingLimits
from rfc_analyzer.store import write_json

__all__ = [
    "CONFIRMED",
    "Confirmation",
    "confirm",
    "confirmations_in",
    "confirmed_in",
    "questions_of_list",
    "questions_of_notice",
    "read_list",
]

CONFIRMED = "confirmed_questions.json"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A list of questions that ``reviewer`` stands for."""

    at: datetime
    reviewer: str
    questions: tuple[Question, ...]


def confirmations_in(folder: Path) -> list[Confirmation]:
    """All lists that people confirmed, the oldest first; the last one counts. Raises :class:`BadInput`."""
    path = folder / CONFIRMED
    if not path.exists():
        return []
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return [
            Confirmation(
                datetime.fromisoformat(one["at"]), one["reviewer"], tuple(Question(**q) for q in one["questions"])
            )
            for one in plain
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{path} can't be read ({error}); remove it, and confirm the questions again") from error


def confirmed_in(folder: Path) -> Confirmation | None:
    """The list that counts; None where nobody confirmed one."""
    return next(reversed(confirmations_in(folder)), None)


def confirm(
    folder: Path,
    reviewer: str,
    rows: Iterable[tuple[str, str]],
    known: Sequence[Question] = (),
    at: datetime | None = None,
) -> Confirmation:
    """Keep the questions of ``rows`` (number, text) as confirmed; the next run into ``folder`` sorts answers by them.

    Numbers of ``known`` keep their ids and pages. Raises :class:`BadInput` for a list without questions, two questions
    with one number, or no reviewer.
    """
    if not reviewer.strip():
        raise BadInput("say who confirms the questions: a name or initials")
    made = Confirmation(at or datetime.now(UTC), reviewer.strip(), tuple(numbered(rows, known)))
    folder.mkdir(parents=True, exist_ok=True)
    kept = [*confirmations_in(folder), made]
    write_json(folder / CONFIRMED, [{**asdict(one), "at": one.at.isoformat()} for one in kept])
    return made


def questions_of_list(path: Path) -> list[Question]:
    """The questions of a text file that holds a list of them. Raises :class:`BadInput`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"the list of questions {path} can't be read ({error}); give a text file in UTF-8") from error
    try:
        return read_list(text)
    except BadInput as error:
        raise BadInput(f"{path}: {error}") from error


def questions_of_notice(path: Path, limits: ReadingLimits | None = None) -> list[Question]:
    """The questions that the program reads from a notice, in a process of its own. Raises :class:`BadNotice`."""
    from rfc_analyzer.ingest.reading import read_notice
    from rfc_analyzer.sandbox import run_limited

    limits = limits or ReadingLimits()
    if not path.is_file():
        raise BadNotice(f"the notice {path} does not exist; check the path")
    try:
        document = run_limited(read_notice, path, limits, limits=limits, size=path.stat().st_size)
    except UnreadableFile as error:
        raise BadNotice(f"the notice {path.name} can't be read: {error}") from error
    return read_questions(document)
