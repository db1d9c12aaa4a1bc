"""What people may correct in the workbook, in which words, and the sheets that remember how it was exported."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils.escape import unescape

from rfc_analyzer.exports.cells import excel_text, excel_value, legal
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import NOT_ADDRESSED, STANCES, TYPES
from rfc_analyzer.model import Proposition
from rfc_analyzer.reviews import NOT_ADDRESSED as NONE
from rfc_analyzer.reviews import position_id
from rfc_analyzer.streamed import Streamed
from rfc_analyzer.tables import POSITIONS, SUBMISSIONS

AS_EXPORTED, REGISTER, MATRIX = "As exported", "Submissions", "Positions matrix"
ID, SUBMITTER, ORGANISATION, TYPE, ARGUES = "Submission", "Submitter", "Organisation", "Type", "Makes an argument"
TYPE_CHOICES = tuple(TYPES.values())
STANCE_CHOICES = (*STANCES.values(), NOT_ADDRESSED)
ARGUES_CHOICES = ("Yes", "No")
_S = SUBMISSIONS.c
_NAMES = (_S.respondent_name, _S.organization)
_STANCE_WORDS = {NONE: NOT_ADDRESSED, **{s.value: name for s, name in STANCES.items()}}


@dataclass(frozen=True, slots=True)
class Correctable:
    """A value that may be corrected in the column ``title`` of ``sheets``: ``column`` of ``table`` in the analysis.

    ``words`` are the names of a closed set by their stored values; without them any text is allowed, on one line
    unless ``lines``; ``longest`` is how many characters a text has at most that may not be empty.
    """

    title: str
    sheets: tuple[str, ...]
    table: str
    column: str
    words: Mapping[str, str] = field(default_factory=dict)
    lines: bool = False
    longest: int = 0
    proposition_id: str = ""

    def shown(self, value: str) -> str:
        """``value`` in the words that a person reads in its cell."""
        return self.words.get(value, value) if self.words else plain(excel_text(value))

    def meant(self, text: str) -> str | None:
        """The value that ``text`` of a cell stands for; None where there is none."""
        if not self.words:
            return text
        wanted = text.casefold()
        return next((v for v, name in self.words.items() if wanted in (v.casefold(), name.casefold())), None)


@dataclass(frozen=True, slots=True)
class Held:
    """The value as it is now, as reviews keep it, and the row that a review of it names."""

    row_id: str
    value: str


@dataclass(frozen=True)
class Correctables:
    """All that may be corrected about rows of one kind, a ``thing``, which the column ``key`` tells apart.

    ``ids`` are those of the selection; ``known`` tells of any id whether the analysis has it; ``held`` gives the
    present value, None where there is none to correct: then ``nothing`` says why. ``memory`` is the sheet that keeps
    the values as exported.
    """

    memory: str
    key: str
    thing: str
    columns: Sequence[Correctable]
    ids: Collection[str]
    known: Callable[[str], bool]
    held: Callable[[str, Correctable], Held | None]
    nothing: str = "there is nothing to correct; empty the cell"


def plain(text: str) -> str:
    """Text of a cell as a person reads it, on one line: spreadsheets don't keep every blank as it was."""
    return " ".join(whole(text).split())


def whole(text: str) -> str:
    """Text of a cell with its lines."""
    return legal(unescape(text) if "_x" in text else text).strip()


def of_submissions(selection: Selection) -> Correctables:
    """What may be corrected about submissions: who sent them, of which type, and the stance on each proposition."""
    table = selection.analysis.submissions
    kept = table[table[_S.submission_id].isin(set(selection.ids))]
    # columns, and not a row object for each of what may be a hundred thousand
    values = {name: kept[name].array for name in (*_NAMES, _S.respondent_type, _S.substantive)}
    places = {submission_id: place for place, submission_id in enumerate(kept[_S.submission_id])}

    def held(submission_id: str, what: Correctable) -> Held:
        if what.proposition_id:
            stance = selection.stances_of(submission_id).get(what.proposition_id)
            return Held(position_id(submission_id, what.proposition_id), stance.value if stance else NONE)
        value = str(values[what.column][places[submission_id]])
        return Held(submission_id, value.lower() if what.column == _S.substantive else value)

    columns = _of_submissions(selection.propositions)
    return Correctables(AS_EXPORTED, ID, "submission", columns, places, places.__contains__, held)


def _of_submissions(propositions: Sequence[Proposition]) -> list[Correctable]:
    types = {kind.value: name for kind, name in TYPES.items()}
    table = SUBMISSIONS.name
    return [
        Correctable(SUBMITTER, (REGISTER,), table, _S.respondent_name),
        Correctable(ORGANISATION, (REGISTER,), table, _S.organization),
        Correctable(TYPE, (REGISTER, MATRIX), table, _S.respondent_type, types),
        Correctable(ARGUES, (REGISTER,), table, _S.substantive, {"true": "Yes", "false": "No"}),
        *(
            Correctable(plain(excel_text(p.proposition_id)), (MATRIX,), POSITIONS.name, POSITIONS.c.stance,
                        _STANCE_WORDS, proposition_id=p.proposition_id)
            for p in propositions
        ),
    ]  # fmt: skip


def as_exported(found: Correctables) -> TableSheet:
    """The values that may be corrected as they are now: the workbook that comes back is compared with them."""
    return TableSheet(
        name=found.memory,
        holds="What may be corrected, as it was exported.",
        columns=(Column(found.key, 23), *(Column(str(excel_value(c.title)), 24, Style.TEXT) for c in found.columns)),
        rows=Streamed(len(found.ids), lambda: (_as_it_is(found, one) for one in found.ids)),
        notes=(
            "Leave this sheet as it is: when the workbook is read back, it tells what people changed in it, and what "
            "was changed elsewhere since.",
        ),
        empty=f"There is no {found.thing} among the submissions that meet the filters.",
    )


def _as_it_is(found: Correctables, one: str) -> Row:
    return (one, *(_remembered(found, one, column) for column in found.columns))


def _remembered(found: Correctables, one: str, column: Correctable) -> str:
    held = found.held(one, column)
    if held is None:
        return ""
    return column.shown(held.value) if column.words else held.value
