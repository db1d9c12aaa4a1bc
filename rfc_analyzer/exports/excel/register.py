"""Who sent what: a row for each submission, and what each says on each proposition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rfc_analyzer.comparison import theme_holders
from rfc_analyzer.exports.excel.correctable import (
    ARGUES,
    ARGUES_CHOICES,
    ID,
    MATRIX,
    ORGANISATION,
    REGISTER,
    STANCE_CHOICES,
    SUBMITTER,
    TYPE,
    TYPE_CHOICES,
)
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import CAMPAIGN_ROLES, NOT_ADDRESSED, STANCES, TYPES, respondent
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.streamed import Streamed
from rfc_analyzer.tables import SUBMISSIONS, THEMES

_CORRECTED = {
    SUBMISSIONS.c.respondent_name: SUBMITTER,
    SUBMISSIONS.c.organization: ORGANISATION,
    SUBMISSIONS.c.respondent_type: TYPE,
    SUBMISSIONS.c.substantive: ARGUES,
}
_YES_OR_NO = {"true": "Yes", "false": "No"}
_COLUMNS = (
    Column(ID, 23),
    Column("Tracking number", 18),
    Column("Submitted (UTC)", 16, Style.MOMENT),
    Column(SUBMITTER, 24, Style.WRAPPED),
    Column(ORGANISATION, 30, Style.WRAPPED),
    Column(TYPE, 14, choices=TYPE_CHOICES),
    Column("Type score", 8, Style.DECIMAL),
    Column("Why this type", 34, Style.WRAPPED),
    Column("Signatories", 11, Style.INTEGER),
    Column("Own or form letter", 21, Style.WRAPPED),
    Column("Campaign", 11),
    Column(ARGUES, 11, Style.CENTRED, choices=ARGUES_CHOICES),
    Column("Why", 18, Style.WRAPPED),
    Column("Words", 8, Style.INTEGER),
    Column("Pages", 8, Style.INTEGER),
    Column("Themes", 44, Style.WRAPPED),
    Column("Supports", 13, Style.WRAPPED),
    Column("Opposes", 13, Style.WRAPPED),
    Column("Mixed on", 13, Style.WRAPPED),
    Column("Remark", 30, Style.WRAPPED),
    Column("Corrections", 44, Style.WRAPPED),
)


def submissions(selection: Selection) -> TableSheet:
    """The register of submissions."""
    return TableSheet(
        name=REGISTER,
        holds="The register: who sent what, of which type and why, with themes and positions.",
        title="Register of submissions",
        columns=_COLUMNS,
        rows=Streamed(len(selection.ids), lambda: _register_rows(selection)),
        notes=(
            "One row a submission: the form text with all its attachments. Themes and positions of a form letter "
            "are those of its template, with what the signer added.",
            "The type score tells how clear the signs were, from 0 to 1; weak ones deserve a look first.",
            f"“{SUBMITTER}”, “{ORGANISATION}”, “{TYPE}” and “{ARGUES}” may be corrected here and read back with: "
            "rfc-analyzer review import",
            "The last column says what people corrected of it, from what, who and when; the newest last.",
            selection.asked,
        ),
        empty="No submission meets the filters.",
    )


def _register_rows(selection: Selection) -> Iterator[Row]:
    themes = _themes(selection)
    corrections = _corrections(selection)
    for s in selection.submissions:
        mine = selection.stances_of(s.submission_id)
        yield (
            s.submission_id,
            s.tracking_number or None,
            s.submitted_at,
            s.respondent_name,
            s.organization,
            TYPES[s.respondent_type],
            s.respondent_type_score,
            s.respondent_type_reason,
            s.signatories,
            CAMPAIGN_ROLES[s.campaign_role],
            s.campaign_id,
            s.substantive,
            s.substantive_reason,
            s.words,
            s.pages,
            "; ".join(themes.get(s.submission_id, ())),
            *(", ".join(p for p, stance in mine.items() if stance is side) for side in Stance),
            s.note,
            "; ".join(corrections.get(s.submission_id, ())),
        )


def _corrections(selection: Selection) -> defaultdict[str, list[str]]:
    """What people corrected of each submission, in words, the oldest first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in selection.analysis.reviews:
        if one.table == SUBMISSIONS.name and one.column in _CORRECTED:
            old, new = (_in_words(one.column, value) for value in (one.old, one.new))
            why = f": {one.note}" if one.note else ""
            found[one.row_id].append(
                f"{_CORRECTED[one.column]} from “{old}” to “{new}” ({one.reviewer}, {one.at:%Y-%m-%d}{why})"
            )
    return found


def _in_words(column: str, value: str) -> str:
    if column == SUBMISSIONS.c.respondent_type:
        return TYPES[RespondentType(value)]
    return _YES_OR_NO.get(value, value) if column == SUBMISSIONS.c.substantive else value


def positions_matrix(selection: Selection) -> TableSheet:
    """Submissions down, propositions across."""
    ids = [p.proposition_id for p in selection.propositions]
    columns = (
        Column(ID, 23),
        Column("Respondent", 34, Style.WRAPPED),
        Column(TYPE, 14, choices=TYPE_CHOICES),
        *(Column(name, max(14, min(24, len(name) + 4)), Style.CENTRED, STANCE_CHOICES, stance=True) for name in ids),
    )
    return TableSheet(
        name=MATRIX,
        holds="What every submission says on every proposition.",
        columns=columns,
        rows=Streamed(len(selection.ids) if ids else 0, lambda: _stances(selection, ids)),
        notes=(
            "One row a submission; a form letter has the positions of its template. Stances may be corrected here "
            "and read back with: rfc-analyzer review import. Propositions:",
            *(f"{p.proposition_id}: {p.text}" for p in selection.propositions),
            selection.asked,
        ),
        empty="The analysis has no propositions; give a codebook with propositions to have positions read."
        if not ids
        else "No submission meets the filters.",
        frozen=2,
    )


def _stances(selection: Selection, propositions: Sequence[str]) -> Iterator[Row]:
    for s in selection.submissions:
        mine = selection.stances_of(s.submission_id)
        stances = (STANCES[mine[p]] if p in mine else NOT_ADDRESSED for p in propositions)
        yield s.submission_id, respondent(s), TYPES[s.respondent_type], *stances


def _themes(selection: Selection) -> Mapping[str, list[str]]:
    """Labels of the narrowest themes that each submission raises."""
    table = selection.analysis.themes
    parents = set(table[THEMES.c.parent_id].dropna())
    narrow = table[~table[THEMES.c.theme_id].isin(parents)]
    labels = dict(zip(narrow[THEMES.c.theme_id], narrow[THEMES.c.label], strict=True))
    found: defaultdict[str, list[str]] = defaultdict(list)
    held = theme_holders(selection.analysis).sort_values(THEMES.c.theme_id)
    for submission_id, theme_id in zip(held[SUBMISSIONS.c.submission_id], held[THEMES.c.theme_id], strict=True):
        if theme_id in labels:
            found[submission_id].append(labels[theme_id])
    return found
