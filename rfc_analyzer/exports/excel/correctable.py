"""What people may correct in the workbook, in which words, and the sheet that remembers how it was exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils.escape import unescape

from rfc_analyzer.exports.cells import excel_text, excel_value, legal
from rfc_analyzer.exports.excel.sheet import Column, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import NOT_ADDRESSED, STANCES, TYPES
from rfc_analyzer.model import Proposition, Stance, Submission
from rfc_analyzer.reviews import NOT_ADDRESSED as NONE
from rfc_analyzer.reviews import position_id
from rfc_analyzer.tables import POSITIONS, SUBMISSIONS

AS_EXPORTED, REGISTER, MATRIX = "As exported", "Submissions", "Positions matrix"
ID, SUBMITTER, ORGANISATION, TYPE, ARGUES = "Submission", "Submitter", "Organisation", "Type", "Makes an argument"
TYPE_CHOICES = tuple(TYPES.values())
STANCE_CHOICES = (*STANCES.values(), NOT_ADDRESSED)
ARGUES_CHOICES = ("Yes", "No")
_S = SUBMISSIONS.c
_STANCE_WORDS = {NONE: NOT_ADDRESSED, **{s.value: name for s, name in STANCES.items()}}


@dataclass(frozen=True, slots=True)
class Correctable:
    """A value of each submission that may be corrected in the column ``title`` of ``sheets``.

    ``words`` are the names of a closed set by their stored values; without them any text is allowed.
    """

    title: str
    sheets: tuple[str, ...]
    column: str
    proposition_id: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The table of the analysis that holds the value."""
        return POSITIONS.name if self.proposition_id else SUBMISSIONS.name

    def row_id(self, submission_id: str) -> str:
        """The row that a review of the value names."""
        return position_id(submission_id, self.proposition_id) if self.proposition_id else submission_id

    def value(self, submission: Submission, stances: Mapping[str, Stance]) -> str:
        """The value as reviews keep it; ``stances`` are the submission's, by proposition."""
        if self.proposition_id:
            return stances[self.proposition_id].value if self.proposition_id in stances else NONE
        value = getattr(submission, self.column)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def shown(self, value: str) -> str:
        """``value`` in the words that a person reads in its cell."""
        return self.words[value] if self.words else plain(excel_text(value))

    def meant(self, text: str) -> str | None:
        """The value that ``text`` of a cell stands for; None where there is none."""
        if not self.words:
            return text
        wanted = text.casefold()
        return next((v for v, name in self.words.items() if wanted in (v.casefold(), name.casefold())), None)


def plain(text: str) -> str:
    """Text of a cell as a person reads it, on one line: spreadsheets don't keep every blank as it was."""
    whole = unescape(text) if "_x" in text else text
    return " ".join(legal(whole).split())


def correctables(propositions: Sequence[Proposition]) -> list[Correctable]:
    """All that may be corrected: of the submission itself, then its stance on each proposition."""
    types = {kind.value: name for kind, name in TYPES.items()}
    return [
        Correctable(SUBMITTER, (REGISTER,), _S.respondent_name),
        Correctable(ORGANISATION, (REGISTER,), _S.organization),
        Correctable(TYPE, (REGISTER, MATRIX), _S.respondent_type, words=types),
        Correctable(ARGUES, (REGISTER,), _S.substantive, words={"true": "Yes", "false": "No"}),
        *(
            Correctable(plain(excel_text(p.proposition_id)), (MATRIX,), POSITIONS.c.stance, p.proposition_id,
                        _STANCE_WORDS)
            for p in propositions
        ),
    ]  # fmt: skip


def as_exported(selection: Selection) -> TableSheet:
    """The values that may be corrected as they are now: the workbook that comes back is compared with them."""
    kept = correctables(selection.propositions)
    none: Mapping[str, Stance] = {}
    rows = [
        (s.submission_id, *(c.shown(c.value(s, mine)) if c.words else c.value(s, mine) for c in kept))
        for s in selection.submissions
        for mine in [selection.stances.get(s.submission_id, none)]
    ]
    return TableSheet(
        name=AS_EXPORTED,
        holds="What may be corrected, as it was exported.",
        columns=(Column(ID, 23), *(Column(str(excel_value(c.title)), 24, Style.TEXT) for c in kept)),
        rows=rows,
        notes=(
            "Leave this sheet as it is: when the workbook is read back, it tells what people changed in it, and what "
            "was changed elsewhere since.",
        ),
        empty="No submission meets the filters.",
    )
