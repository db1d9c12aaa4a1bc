"""What people changed in a workbook, told from the sheet that remembers how it was exported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.cells import excel_text
from rfc_analyzer.exports.excel.correctable import AS_EXPORTED, Correctable, Correctables, plain
from rfc_analyzer.exports.excel.returned import ReturnedSheet, Typed, read_returned


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell can't be taken as a correction, and what to do."""

    sheet: str
    cell: str
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that says something else than ``before``, when it was exported."""

    sheet: str
    cell: str
    id: str
    before: str
    what: Correctable
    typed: Typed


class ReturnedRows:
    """Rows of one kind in the workbook beside the analysis as it is now.

    ``edits`` are the cells that were edited, ``problems`` the rows that can't be told, ``originals`` the values as
    they were exported, by id and title. ``ours`` tells whether any of the ids is the analysis's, ``is_there`` whether
    any of the sheets is in the workbook. Raises :class:`BadInput` where nothing tells how submissions were exported.
    """

    def __init__(self, about: Correctables, file: Path) -> None:
        self.about = about
        self.problems: list[Problem] = []
        self.unread: list[str] = []
        self.edits: list[Edit] = []
        self._id_of = {plain(excel_text(one)): one for one in about.ids}
        kept = {c.title: c for c in about.columns}
        self.originals = self._read_originals(file)
        self.ours = any(self._known(one) for one in self.originals)
        titles = list(next(iter(self.originals.values()), kept))
        self.unread += [f"“{t}” is no proposition of the analysis any more" for t in titles if t not in kept]
        self.is_there = self._read(file, [kept[title] for title in titles if title in kept])

    def _known(self, shown: str) -> bool:
        return shown in self._id_of or self.about.known(shown)

    def _read_originals(self, file: Path) -> Mapping[str, Mapping[str, str]]:
        sheet = read_returned(file, {self.about.memory: None}, self.about.key).get(self.about.memory)
        if (sheet is None or not sheet.rows) and self.about.memory == AS_EXPORTED:
            raise BadInput(
                f"{file} has no rows on its sheet “{AS_EXPORTED}”, so nobody can tell what was changed; "
                "export a workbook with: rfc-analyzer export ANALYSIS --xlsx FILE, and correct that"
            )
        rows = sheet.rows if sheet else ()
        titles = sheet.titles if sheet else ()
        return {row.id: {t: one.text for t, one in zip(titles, row.cells, strict=True)} for row in rows}

    def _read(self, file: Path, kept: Sequence[Correctable]) -> bool:
        by_sheet: defaultdict[str, dict[str, Correctable]] = defaultdict(dict)
        for one in kept:
            for name in one.sheets:
                by_sheet[name][one.title] = one
        found = read_returned(file, {name: list(columns) for name, columns in by_sheet.items()}, self.about.key)
        if not self.originals:
            return bool(found)
        for name, columns in by_sheet.items():
            if name not in found:
                # without propositions there is no matrix to read
                needed = self.about.memory != AS_EXPORTED or any(c.proposition_id for c in kept)
                self.unread += [f"the sheet “{name}” is not there"] if needed else []
                continue
            gone = [title for title in columns if title not in found[name].titles]
            self.unread += [f"the sheet “{name}” has no column “{title}”" for title in gone]
            self._compare(found[name], columns)
        return bool(found)

    def _compare(self, sheet: ReturnedSheet, columns: Mapping[str, Correctable]) -> None:
        seen: dict[str, tuple[int, tuple[Typed, ...]]] = {}
        for row in sheet.rows:
            first, before = seen.setdefault(row.id, (row.number, row.cells))
            original = self.originals.get(row.id)
            if wrong := self._wrong_row(row.id):
                if original and all(one.text == original[t] for t, one in zip(sheet.titles, row.cells, strict=True)):
                    # a new run may have lost what nobody corrected
                    continue
                self.problems.append(Problem(sheet.name, f"row {row.number}", wrong))
                continue
            assert original is not None
            for place, (title, typed) in enumerate(zip(sheet.titles, row.cells, strict=True)):
                cell = f"{sheet.letters[place]}{row.number}"
                if typed != before[place]:
                    said = f"the row of {row.id} is there twice, and row {first} says something else"
                    self.problems.append(Problem(sheet.name, cell, f"{said}; leave one of them"))
                elif row.number == first and (typed.problem or typed.text != original[title]):
                    one = self._id_of.get(row.id, row.id)
                    self.edits.append(Edit(sheet.name, cell, one, original[title], columns[title], typed))

    def _wrong_row(self, shown: str) -> str:
        thing = self.about.thing
        if not shown:
            return f"it has no id in the column “{self.about.key}”; give it one, or empty the row"
        if not self._known(shown):
            return f"there is no {thing} {shown} in the analysis; correct the id, or remove the row"
        if shown not in self.originals:
            return f"{shown} was not in the workbook when it was exported; export one that has it"
        return ""
