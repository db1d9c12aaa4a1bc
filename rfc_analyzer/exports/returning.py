"""Corrections that people made in the workbook become reviews of the analysis: all of them, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rfc_analyzer.comparison import Filters, Unit
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.cells import CUT, excel_text
from rfc_analyzer.exports.excel.correctable import AS_EXPORTED, ID, Correctable, correctables, plain
from rfc_analyzer.exports.excel.returned import ReturnedSheet, Typed, read_returned
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.model import Review
from rfc_analyzer.reviews import Change, latest, review
from rfc_analyzer.store import Analysis, load
from rfc_analyzer.tables import SUBMISSIONS

_Key = tuple[str, str]  # a submission's id, and the title of what may be corrected


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell can't be taken as a correction, and what to do."""

    sheet: str
    cell: str
    message: str


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


@dataclass(frozen=True, slots=True)
class _Edit:
    """A cell that says something else than it did when it was exported."""

    sheet: str
    cell: str
    submission_id: str
    what: Correctable
    typed: Typed


def import_corrections(folder: str | Path, file: str | Path, reviewer: str) -> ReviewImport:
    """Record what people changed in the workbook ``file`` as reviews of the analysis in ``folder``.

    Read are types, names, organisations and whether an argument is made on the register, and types and stances in the
    matrix of positions. A value that was corrected in the analysis after the export is a conflict, and a problem.
    Raises :class:`BadInput` where ``file`` is not a workbook of this analysis or ``reviewer`` is empty.
    """
    if not reviewer.strip():
        raise BadInput("say who reviews: a name or initials")
    analysis = load(folder)
    returned = _Returned(analysis, Path(file))
    changes, problems = _settled(returned.edits, analysis, returned)
    problems = [*returned.problems, *problems]
    recorded = [] if problems else review(analysis.folder, reviewer, changes)
    return ReviewImport(tuple(recorded), tuple(problems), tuple(returned.unread))


class _Returned:
    """The workbook beside the analysis as it is now: what was edited, and which rows can't be told."""

    def __init__(self, analysis: Analysis, file: Path) -> None:
        selection = Selection(analysis, Filters(), Unit.SUBMISSIONS)
        self.name = file.name
        self.known = {plain(excel_text(s.submission_id)): s for s in analysis.rows(SUBMISSIONS)}
        self.stances = selection.stances
        self.problems: list[Problem] = []
        self.unread: list[str] = []
        kept = {c.title: c for c in correctables(selection.propositions)}
        self.originals = self._read_originals(file)
        titles = list(next(iter(self.originals.values())))
        self.unread += [f"“{t}” is no proposition of the analysis any more" for t in titles if t not in kept]
        self._read(file, [kept[title] for title in titles if title in kept])

    def value(self, submission_id: str, what: Correctable) -> str:
        """The value as it is now."""
        submission = self.known[submission_id]
        return what.value(submission, self.stances.get(submission.submission_id, {}))

    def _read_originals(self, file: Path) -> Mapping[str, Mapping[str, str]]:
        sheet = read_returned(file, {AS_EXPORTED: None}).get(AS_EXPORTED)
        if sheet is None or not sheet.rows:
            raise BadInput(
                f"{file} has no rows on its sheet “{AS_EXPORTED}”, so nobody can tell what was changed; "
                "export a workbook with: rfc-analyzer export ANALYSIS --xlsx FILE, and correct that"
            )
        found = {
            row.submission_id: {title: one.text for title, one in zip(sheet.titles, row.cells, strict=True)}
            for row in sheet.rows
        }
        if not found.keys() & self.known.keys():
            raise BadInput(f"none of the submissions in {file} is in the analysis; it is another docket's workbook")
        return found

    def _read(self, file: Path, kept: Sequence[Correctable]) -> None:
        by_sheet: defaultdict[str, dict[str, Correctable]] = defaultdict(dict)
        for one in kept:
            for name in one.sheets:
                by_sheet[name][one.title] = one
        found = read_returned(file, {name: list(columns) for name, columns in by_sheet.items()})
        self.edits: list[_Edit] = []
        for name, columns in by_sheet.items():
            if name not in found:
                # without propositions there is no matrix to read
                self.unread += [f"the sheet “{name}” is not there"] if any(c.proposition_id for c in kept) else []
                continue
            gone = [title for title in columns if title not in found[name].titles]
            self.unread += [f"the sheet “{name}” has no column “{title}”" for title in gone]
            self._compare(found[name], columns)

    def _compare(self, sheet: ReturnedSheet, columns: Mapping[str, Correctable]) -> None:
        seen: dict[str, tuple[int, tuple[Typed, ...]]] = {}
        for row in sheet.rows:
            first, before = seen.setdefault(row.submission_id, (row.number, row.cells))
            original = self.originals.get(row.submission_id)
            if wrong := self._wrong_row(row.submission_id):
                self.problems.append(Problem(sheet.name, f"row {row.number}", wrong))
                continue
            assert original is not None
            for place, (title, typed) in enumerate(zip(sheet.titles, row.cells, strict=True)):
                cell = f"{sheet.letters[place]}{row.number}"
                if typed != before[place]:
                    said = f"the row of {row.submission_id} is there twice, and row {first} says something else"
                    self.problems.append(Problem(sheet.name, cell, f"{said}; leave one of them"))
                elif row.number == first and (typed.problem or typed.text != original[title]):
                    self.edits.append(_Edit(sheet.name, cell, row.submission_id, columns[title], typed))

    def _wrong_row(self, submission_id: str) -> str:
        if not submission_id:
            return f"it has no id in the column “{ID}”; give it one, or empty the row"
        if submission_id not in self.known:
            return f"there is no submission {submission_id} in the analysis; correct the id, or remove the row"
        if submission_id not in self.originals:
            return f"{submission_id} was not in the workbook when it was exported; export one that has it"
        return ""


def _settled(edits: Iterable[_Edit], analysis: Analysis, returned: _Returned) -> tuple[list[Change], list[Problem]]:
    """The changes to record, and what speaks against them."""
    changes: list[Change] = []
    problems: list[Problem] = []
    given: dict[_Key, tuple[str, _Edit]] = {}
    for edit in edits:
        value, wrong = _value(edit)
        known = edit.submission_id, edit.what.title
        earlier = given.get(known)
        now = returned.value(edit.submission_id, edit.what)
        if wrong:
            problems.append(_problem(edit, wrong))
        elif edit.what.shown(value) == edit.what.shown(now):
            continue
        elif earlier and earlier[0] != value:
            other = earlier[1]
            problems.append(_problem(edit, f"{other.sheet} {other.cell} says “{other.typed.text}”; make them agree"))
        elif conflict := _conflict(edit, now, analysis, returned):
            problems.append(_problem(edit, conflict))
        elif not earlier:
            given[known] = value, edit
            row_id = edit.what.row_id(returned.known[edit.submission_id].submission_id)
            note = f"{returned.name}, {edit.sheet} {edit.cell}"
            changes.append(Change(edit.what.table, row_id, edit.what.column, value, note))
    return changes, problems


def _value(edit: _Edit) -> tuple[str, str]:
    """The value that is meant, and what is wrong with it."""
    if edit.typed.problem:
        return "", edit.typed.problem
    if CUT in edit.typed.text:
        return "", "the text was cut when it was exported; correct it in the dashboard"
    value = edit.what.meant(edit.typed.text)
    if value is None:
        allowed = ", ".join(edit.what.words.values())
        return "", f"“{edit.typed.text}” is not one of {allowed}" if edit.typed.text else f"write one of {allowed}"
    return value, ""


def _conflict(edit: _Edit, now: str, analysis: Analysis, returned: _Returned) -> str:
    """What happened to the value after the export; empty where nothing did."""
    before = returned.originals[edit.submission_id][edit.what.title]
    shown = edit.what.shown(now)
    if shown == before:
        return ""
    row_id = edit.what.row_id(returned.known[edit.submission_id].submission_id)
    last = latest(analysis.reviews, edit.what.table).get(row_id, {}).get(edit.what.column)
    by = f"{last.reviewer} corrected it on {last.at:%Y-%m-%d}" if last else "a new run read it"
    return (
        f"it was “{before}” when it was exported, and is “{shown}” now, as {by}; "
        f"write “{shown}” to keep that, or export the workbook again"
    )


def _problem(edit: _Edit, message: str) -> Problem:
    return Problem(edit.sheet, edit.cell, message)
