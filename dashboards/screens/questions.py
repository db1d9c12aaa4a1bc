"""Questions: which questions of the notice are answered, by whom, and how."""

from __future__ import annotations

import streamlit as st

from dashboards import figures
from dashboards.charts import Bar, Cell, bars, heat
from dashboards.charts.axes import wrapped
from dashboards.charts.heat import PICKED, ROW_KEY
from dashboards.choosing import choose, pick, picked
from dashboards.confirming import is_confirmed, show_confirming
from dashboards.drawing import drawing
from dashboards.escaping import one_line, shortened
from dashboards.labels import TYPES, UNITS
from dashboards.mixing import show_mix
from dashboards.numbers import percent, share_in_words, share_percent
from dashboards.picturing import show_chart
from dashboards.quoting import show_quotes
from dashboards.state import View, current_view
from dashboards.tabling import show_table
from dashboards.wording import NO_QUESTIONS
from rfc_analyzer.comparison import NOT_ASKED, QuestionRow

_PAGE, _CHART = "questions", "questions-chart"
_ALL = "all"
_THEMES = 8
_READS_WELL = 25  # rows of a table that can be taken in
_LONG, _SHORT, _FEW_COLUMNS = 64, 46, 7


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Questions", anchor=False)
    overall = figures.questions(view)
    if not overall:
        st.info(NO_QUESTIONS, icon=":material/info:")
        with st.container(border=True):
            show_confirming(view, ())
        return
    st.caption(
        f"Who answers which question of the notice, in {view.unit.label}. An answer names the question, or speaks of "
        "what it asks; whoever answers a sub-question answers the question above it."
    )
    if not is_confirmed(view):
        st.caption(
            ":material/fact_check: Nobody has confirmed these questions yet. The list is at the end of the page."
        )
    unasked = figures.unasked(view)
    rows = [*overall, *unasked[:1]]
    names = {r.question_id: _name(r) for r in rows}
    question_id = choose("Question", names, _PAGE, next(iter(view.filters.question_ids), None))
    row = next(r for r in rows if r.question_id == question_id)
    about, words = st.columns([9, 11], gap="medium")
    with about, st.container(border=True):
        _show_question(view, row)
    with words, st.container(border=True):
        _show_answers(view, question_id)
    with st.container(border=True):
        _show_table_of_all(view, [*_asked_for(view, overall), *unasked[:1]])
    with st.container(border=True):
        show_confirming(view, figures.question_table(view))


def _name(row: QuestionRow) -> str:
    return f"{one_line(row.number)}. {one_line(row.text)}" if row.number else one_line(row.text)


def _show_question(view: View, row: QuestionRow) -> None:
    asked = row.question_id != NOT_ASKED
    st.header("Who answers it" if asked else "Who writes of what is not asked", anchor=False)
    if asked:
        st.text(one_line(row.text))
    else:
        st.caption(
            f"Those most of whose argument names no question and is near to none. It may matter all the more. In all, "
            f"{_unplaced(view)}: without a number the program places only what is clearly near one question, so much "
            "of it may answer one. Themes that are marked “not asked” say more surely what the notice left out."
        )
    page = next((q.page for q in figures.question_table(view) if q.question_id == row.question_id), None)
    st.caption(f"{share_in_words(row.share)} {view.unit.label}{f' · page {page} of the notice' if page else ''}")
    by_type = [*figures.questions_by_type(view), *figures.unasked(view)[1:]]
    rows = [r for r in by_type if r.question_id == row.question_id]
    show_mix(view, rows, "answer it" if asked else "write mostly of it", f"question-{row.question_id}-types")
    _show_themes(view, row.question_id)


def _unplaced(view: View) -> str:
    """How many of all passages fit no question."""
    n, of = figures.unplaced_passages(view)
    return f"{n:,} of {of:,} passages ({percent(n / of)}) fit no question" if of else "no passage fits a question"


def _show_themes(view: View, question_id: str) -> None:
    found = figures.question_themes(view, question_id)[:_THEMES]
    if not found:
        return
    title = "What they write about" if question_id == NOT_ASKED else "What the answers are about"
    st.header(title, anchor=False)
    drawn = [
        Bar(t.theme_id, wrapped(t.label, 36), t.share.n, f"{t.share.n:,} ({share_percent(t.share)})") for t in found
    ]
    said = "Bars of the themes of the answers. " + "; ".join(f"{' '.join(b.lines)}: {b.said}" for b in drawn)
    chart = drawing(bars, drawn, UNITS[view.unit], row_pixels=34)
    show_chart(view, "question-themes", chart, title=title, alt=said)
    table = [
        {"Theme": one_line(t.label), UNITS[view.unit]: t.share.n, "Share of answers": share_percent(t.share)}
        for t in found
    ]
    show_table(view, table, f"question-{question_id}-themes")


def _show_answers(view: View, question_id: str) -> None:
    st.header("In their own words", anchor=False)
    found = figures.question_passages(view, question_id)
    if not found:
        st.info("Nobody answers this question, as far as the program can tell.", icon=":material/info:")
        return
    st.caption(
        "Passages that answer it: those that name the question first, then the likeliest, one for each submission"
        if question_id != NOT_ASKED
        else "Passages that fit no question, the farthest from any first, one for each submission"
    )
    show_quotes(view, found, f"questions-{question_id}", questions=True)


def _asked_for(view: View, overall: list[QuestionRow]) -> list[QuestionRow]:
    """All questions, or the main ones where there are many and no more are asked for."""
    st.header("Every question by respondent type", anchor=False)
    main_ones = {q.question_id for q in figures.question_table(view) if q.parent_id is None}
    if len(main_ones) in (0, len(overall)):
        return overall
    all_of_them = st.toggle("With sub-questions", value=len(overall) <= _READS_WELL, key="questions-all")
    return overall if all_of_them else [r for r in overall if r.question_id in main_ones]


def _show_table_of_all(view: View, overall: list[QuestionRow]) -> None:
    st.caption(
        "Share of each type that answers; where a type has fewer than five, the count. Choose a cell to read on."
    )
    shown = {r.question_id for r in overall}
    by_type = [r for r in [*figures.questions_by_type(view), *figures.unasked(view)[1:]] if r.question_id in shown]
    types = list(dict.fromkeys(r.respondent_type for r in by_type if r.respondent_type))
    of = {r.respondent_type: r.share.of for r in [*overall, *by_type]}
    columns = [(_ALL, ("All", f"of {of[None]:,}")), *((t.value, (TYPES[t], f"of {of[t]:,}")) for t in types)]
    across = {key: i for i, (key, _) in enumerate(columns)}
    # each column must hold its head on a laptop
    rows = [(r.question_id, wrapped(_name(r), _LONG if len(columns) <= _FEW_COLUMNS else _SHORT, 1)) for r in overall]
    place = {key: i for i, (key, _) in enumerate(rows)}
    cells = [_cell(r, place[r.question_id], across[r.respondent_type or _ALL]) for r in [*overall, *by_type]]
    most = sorted((r for r in overall if r.question_id != NOT_ASKED), key=lambda r: -r.share.n)[:3]
    said = "Share that answers each question, by respondent type. Most answered: " + "; ".join(
        f"{shortened(r.text, 80)}: {share_in_words(r.share)}" for r in most
    )
    show_chart(
        view,
        "questions",
        drawing(heat, cells, rows, columns, signed=False, row_pixels=28, clickable=True),
        title="Every question by respondent type",
        alt=said,
        key=_CHART,
        on_select=_choose_what_was_clicked,
        selection_mode=PICKED,
    )
    table = [
        {"Question": one_line(r.number) or "–", "Text": one_line(r.text)}
        | {
            columns[c.column][1][0]: c.full
            for c in sorted(cells, key=lambda c: c.column)
            if c.row == place[r.question_id]
        }
        for r in overall
    ]
    show_table(view, table, "questions")


def _cell(row: QuestionRow, place: int, across: int) -> Cell:
    share = row.share
    if share.hidden or share.value is None:
        return Cell(place, across, None, f"{share.n:,}" if share.n else "–", share_in_words(share))
    return Cell(place, across, share.value, share_percent(share) if share.n else "–", share_in_words(share))


def _choose_what_was_clicked() -> None:
    question_id = picked(_CHART, PICKED, ROW_KEY)
    if question_id:
        pick(_PAGE, question_id)


main()
