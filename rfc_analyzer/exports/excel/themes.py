"""What respondents speak of: themes and questions, for everyone and by respondent type."""

from __future__ import annotations

from collections.abc import Sequence

from rfc_analyzer.comparison import (
    SHOWN_PASSAGES,
    QuestionRow,
    ThemeRow,
    questions_by_type,
    questions_overall,
    themes_by_type,
    unasked_by_type,
    unasked_overall,
)
from rfc_analyzer.exports.excel.figures import share_cells, share_columns, value_of
from rfc_analyzer.exports.excel.sheet import Column, Row, TableSheet
from rfc_analyzer.exports.excel.styles import Style
from rfc_analyzer.exports.excel.titled import THEME, THEMES_SHEET, TITLE
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.wording import EVERYONE, HIDDEN, INTERVALS, TYPES
from rfc_analyzer.model import Theme
from rfc_analyzer.tables import QUESTIONS, THEMES

_NO_THEMES = "No themes were found: there are too few passages, or no submission meets the filters."
_NO_QUESTIONS = "The analysis has no questions; give the agency's notice with --rfc to have its questions read."


def themes(selection: Selection) -> TableSheet:
    """Themes, largest first, with words and passages that stand for them."""
    table: dict[str, Theme] = {t.theme_id: t for t in selection.analysis.rows(THEMES)}
    rows = [
        (
            row.theme_id,
            row.label,
            table[row.parent_id].label if row.parent_id in table else "",
            ", ".join(row.keywords),
            *share_cells(row.share),
            table[row.theme_id].stability,
            *_passages(selection, row.theme_id),
        )
        for row in selection.overview.themes
        if row.share.of
    ]
    return TableSheet(
        name=THEMES_SHEET,
        holds="What respondents speak of, with words and passages that stand for each theme.",
        columns=(
            Column(THEME, 8),
            Column(TITLE, 30, Style.WRAPPED),
            Column("Part of", 24, Style.WRAPPED),
            Column("Words", 34, Style.WRAPPED),
            *share_columns(),
            Column("Stability", 9, Style.DECIMAL),
            Column("A passage", 54, Style.WRAPPED),
            Column("Another", 54, Style.WRAPPED),
        ),
        rows=rows,
        notes=(
            f"{selection.counted} A respondent who speaks of a theme more than once counts once. {INTERVALS}",
            "A theme that others are part of counts whoever raises one of them. Stability is how far a new run with "
            "another seed finds the same theme, from 0 to 1.",
            f"“{TITLE}” may be corrected here and read back with: rfc-analyzer review import",
            selection.asked,
        ),
        empty=_NO_THEMES,
        frozen=2,
    )


def _passages(selection: Selection, theme_id: str) -> list[str]:
    texts = [f"“{p.text}” ({p.submission_id})" for p in selection.theme_passages.get(theme_id, ())[:SHOWN_PASSAGES]]
    return texts + [""] * (SHOWN_PASSAGES - len(texts))


def themes_table(selection: Selection) -> TableSheet:
    """Themes down, respondent types across."""
    order = {row.theme_id: place for place, row in enumerate(selection.overview.themes)}
    cells: dict[str, list[ThemeRow]] = {}
    for row in selection.overview.themes:
        cells[row.theme_id] = [row]
    for row in themes_by_type(selection.analysis, selection.filters, selection.unit):
        cells[row.theme_id].append(row)
    groups = sorted(cells.items(), key=lambda item: order[item[0]])
    return TableSheet(
        name="Themes by type",
        holds="Which respondent types raise which themes.",
        title="Themes by respondent type",
        columns=(
            Column(THEME, 8),
            Column(TITLE, 36, Style.WRAPPED),
            *_type_columns([row for _, group in groups[:1] for row in group]),
        ),
        rows=[(key, group[0].label, *_type_cells(group)) for key, group in groups if group[0].share.of],
        notes=(f"{selection.counted} {HIDDEN}", selection.asked),
        empty=_NO_THEMES,
        frozen=2,
    )


def questions_table(selection: Selection) -> TableSheet:
    """The notice's questions down, respondent types across."""
    arguments = (selection.analysis, selection.filters, selection.unit)
    cells: dict[str, list[QuestionRow]] = {row.question_id: [row] for row in questions_overall(*arguments)}
    cells |= {row.question_id: [row] for row in unasked_overall(*arguments)}
    for row in [*questions_by_type(*arguments), *unasked_by_type(*arguments)]:
        cells[row.question_id].append(row)
    groups = list(cells.values())
    pages = {q.question_id: q.page for q in selection.analysis.rows(QUESTIONS)}
    return TableSheet(
        name="Questions by type",
        holds="Which respondent types answer which questions of the notice.",
        title="Questions of the notice, by respondent type",
        columns=(
            Column("Question", 9),
            Column("Text", 60, Style.WRAPPED),
            Column("Page of the notice", 9, Style.INTEGER),
            *_type_columns(groups[0] if groups else []),
        ),
        rows=[
            (group[0].number, group[0].text, pages.get(group[0].question_id), *_type_cells(group))
            for group in groups
            if group[0].share.of
        ],
        notes=(
            f"{selection.counted} {HIDDEN}",
            "The last line counts those most of whose passages fit no question; they may answer questions too.",
            selection.asked,
        ),
        empty=_NO_QUESTIONS if not groups else "No submission meets the filters.",
    )


def _type_columns(rows: Sequence[ThemeRow | QuestionRow]) -> list[Column]:
    """A count and a share for each respondent type; the header gives of how many."""
    columns = []
    for row in rows:
        who = TYPES[row.respondent_type] if row.respondent_type else EVERYONE
        columns.append(Column(f"{who} (of {row.share.of:,})", 11, Style.INTEGER))
        columns.append(Column(f"{who}: share", 11, Style.SHARE, heat=True))
    return columns


def _type_cells(rows: Sequence[ThemeRow | QuestionRow]) -> Row:
    return [cell for row in rows for cell in (row.share.n, value_of(row.share))]
