"""Corrections that people made in the workbook become reviews of the analysis: all of them, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rfc_analyzer.comparison import Filters, Unit
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.cells import CUT
from rfc_analyzer.exports.edits import Edit, Problem, ReturnedRows
from rfc_analyzer.exports.excel.answerable import of_comments
from rfc_analyzer.exports.excel.correctable import Correctables, Held, of_submissions
from rfc_analyzer.exports.excel.judgeable import of_members
from rfc_analyzer.exports.excel.titled import of_themes
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.model import Review
from rfc_analyzer.reviews import Change, latest, review
from rfc_analyzer.store import Analysis, load

# how the note of a review ends that came from a workbook: sheet and cell
_FROM_A_CELL = re.compile(r", [^,]+ [A-Z]{1,3}\d+$")


@dataclass(frozen=True, slots=True)
class Correction:
    """What one cell changes: ``thing`` is the kind of row, ``what`` the title of its column, values are in words."""

    sheet: str
    cell: str
    thing: str
    id: str
    what: str
    old: str
    new: str
    change: Change


@dataclass(frozen=True, slots=True)
class Returned:
    """What people changed in a workbook, and what speaks against taking it; nothing is recorded yet.

    ``unread`` says which sheets and columns were not read, as they are not there.
    """

    corrections: tuple[Correction, ...]
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ReviewImport:
    """What became of a workbook. ``reviews`` were recorded, none of them where there are ``problems``.

    ``unread`` says which sheets and columns were not read, as they are not there.
    """

    reviews: tuple[Review, ...]
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As plain values, times in ISO 8601."""
        plain_values = asdict(self)
        for one in plain_values["reviews"]:
            one["at"] = one["at"].isoformat()
        return plain_values


def read_corrections(folder: str | Path, file: str | Path) -> Returned:
    """What people changed in the workbook ``file`` that was exported from the analysis in ``folder``.

    Read are types, names, organisations and whether an argument is made on the register, types and stances in the
    matrix of positions, titles of themes, whether letters belong to campaigns, and themes, responses and dispositions
    in the comment-response matrix. A value that was corrected in the analysis after the export is a conflict, and a
    problem. Raises :class:`BadInput` where ``file`` is not a workbook of this analysis.
    """
    analysis = load(folder)
    selection = Selection(analysis, Filters(), Unit.SUBMISSIONS)
    submissions = ReturnedRows(of_submissions(selection), Path(file))
    if not submissions.ours:
        raise BadInput(f"none of the submissions in {file} is in the analysis; it is another docket's workbook")
    parts = [submissions]
    unread = list(submissions.unread)
    for about in (of_themes(selection), of_members(selection), of_comments(selection)):
        part = ReturnedRows(about, Path(file))
        if part.originals:
            parts.append(part)
            unread += part.unread
        elif part.is_there:
            (sheet,) = about.columns[0].sheets
            unread.append(f"the sheet “{sheet}” was exported by an older version, so export it again")
    settled = [_Settling(part, analysis, Path(file).name) for part in parts]
    return Returned(
        tuple(one for part in settled for one in part.corrections),
        tuple(
            one for part, settling in zip(parts, settled, strict=True) for one in (*part.problems, *settling.problems)
        ),
        tuple(unread),
    )


def import_corrections(folder: str | Path, file: str | Path, reviewer: str) -> ReviewImport:
    """Record what people changed in the workbook ``file`` as reviews of the analysis in ``folder``: all, or nothing.

    Raises :class:`BadInput` as :func:`read_corrections` does, and where ``reviewer`` is empty.
    """
    if not reviewer.strip():
        raise BadInput("say who reviews: a name or initials")
    found = read_corrections(folder, file)
    changes = [one.change for one in found.corrections]
    recorded = [] if found.problems else review(Path(folder), reviewer, changes)
    return ReviewImport(tuple(recorded), found.problems, found.unread)


class _Settling:
    """The changes to record of one kind of row, and what speaks against them."""

    def __init__(self, returned: ReturnedRows, analysis: Analysis, name: str) -> None:
        self.corrections: list[Correction] = []
        self.problems: list[Problem] = []
        self._analysis, self._name = analysis, name
        # by the row and column that a review names: two cells may be about the same
        self._given: dict[tuple[str, str], tuple[str, Edit]] = {}
        for edit in returned.edits:
            self._settle(edit, returned.about)

    def _settle(self, edit: Edit, about: Correctables) -> None:
        held = about.held(edit.id, edit.what)
        if held is None:
            return self._wrong(edit, about.nothing)
        value, wrong = _value(edit)
        if wrong:
            return self._wrong(edit, wrong)
        if edit.what.shown(value) == edit.what.shown(held.value):
            return None
        earlier = self._given.get((held.row_id, edit.what.column))
        if earlier and earlier[0] != value:
            other = earlier[1]
            return self._wrong(edit, f"{other.sheet} {other.cell} says “{other.typed.text}”; make them agree")
        if conflict := self._conflict(edit, held):
            return self._wrong(edit, conflict)
        if not earlier:
            self._given[held.row_id, edit.what.column] = value, edit
            self._take(edit, held, value, about.thing)
        return None

    def _take(self, edit: Edit, held: Held, value: str, thing: str) -> None:
        note = f"{self._name}, {edit.sheet} {edit.cell}"
        change = Change(edit.what.table, held.row_id, edit.what.column, value, note)
        old, new = edit.what.shown(held.value), edit.what.shown(value)
        self.corrections.append(Correction(edit.sheet, edit.cell, thing, edit.id, edit.what.title, old, new, change))

    def _conflict(self, edit: Edit, held: Held) -> str:
        """What happened to the value after the export; empty where nothing did."""
        before, shown = edit.before, edit.what.shown(held.value)
        if shown == before:
            return ""
        last = latest(self._analysis.reviews, edit.what.table).get(held.row_id, {}).get(edit.what.column)
        by = f"{last.reviewer} corrected it on {last.at:%Y-%m-%d}" if last else "a new run read it"
        return (
            f"it was “{before}” when it was exported, and is “{shown}” now, as {by}; "
            f"write “{shown}” to keep that, or export the workbook again"
        )

    def _wrong(self, edit: Edit, message: str) -> None:
        self.problems.append(Problem(edit.sheet, edit.cell, message))


def _value(edit: Edit) -> tuple[str, str]:
    """The value that is meant, and what is wrong with it."""
    if edit.typed.problem:
        return "", edit.typed.problem
    if CUT in edit.typed.text:
        return "", "the text was cut when it was exported; correct it in the dashboard"
    if edit.what.longest and not 0 < len(edit.typed.text) <= edit.what.longest:
        return "", f"write a {edit.what.title.lower()} of 1 to {edit.what.longest} characters"
    value = edit.what.meant(edit.typed.whole if edit.what.lines else edit.typed.text)
    if value is None:
        allowed = ", ".join(filter(None, edit.what.words.values()))
        return "", f"“{edit.typed.text}” is not one of {allowed}" if edit.typed.text else f"write one of {allowed}"
    return value, ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one workbook changed at one time: ``standing`` are those of its reviews that nobody has corrected since."""

    at: datetime
    reviewer: str
    file: str
    reviews: tuple[Review, ...]
    standing: tuple[Review, ...]


def imported(reviews: Sequence[Review]) -> list[Batch]:
    """The workbooks whose corrections were recorded, the newest first."""
    by_time: dict[tuple[datetime, str], list[Review]] = {}
    for one in reviews:
        if _FROM_A_CELL.search(one.note):
            by_time.setdefault((one.at, one.reviewer), []).append(one)
    last = {(one.table, one.row_id, one.column): one.review_id for one in reviews}
    return [
        Batch(
            at,
            reviewer,
            _FROM_A_CELL.split(rows[0].note)[0],
            tuple(rows),
            tuple(r for r in rows if last[r.table, r.row_id, r.column] == r.review_id),
        )
        for (at, reviewer), rows in reversed(by_time.items())
    ]


def take_back(folder: Path, batch: Batch, reviewer: str) -> list[Review]:
    """Give the values that a workbook changed their old ones again; what was corrected since stays.

    Raises :class:`BadInput` where ``reviewer`` is empty.
    """
    changes = [Change(r.table, r.row_id, r.column, r.old, f"undoes {r.review_id}") for r in batch.standing]
    return review(folder, reviewer, changes)
