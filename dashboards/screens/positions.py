"""Positions: who supports and who opposes what, and the words that show it."""

from __future__ import annotations

import streamlit as st

from dashboards import figures
from dashboards.charts import Cell, Standing, diverging, diverging_in_words, heat
from dashboards.charts.axes import wrapped
from dashboards.charts.diverging import KEY, PICKED, STANCE
from dashboards.charts.heat import COLUMN_KEY, ROW_KEY
from dashboards.choosing import choose, pick, picked
from dashboards.drawing import drawing
from dashboards.escaping import as_label, one_line
from dashboards.labels import STANCES, TYPES, count_of
from dashboards.numbers import points
from dashboards.picturing import show_chart
from dashboards.propositioning import show_propositions
from dashboards.quoting import show_quotes
from dashboards.state import View, current_view
from dashboards.tabling import show_table
from dashboards.wording import NO_PROPOSITIONS, net, standing_rows
from rfc_analyzer.comparison import PositionRow, how_stances_were_read
from rfc_analyzer.comparison.accuracy import reading_error
from rfc_analyzer.model import RespondentType, Stance

_PAGE = "positions"
_ALL = "all"
_CHART, _MATRIX = "positions-chart", "positions-matrix"
_TYPE, _STANCE = "positions-type", "positions-stance"
_VERBS = {Stance.SUPPORT: "support", Stance.OPPOSE: "oppose", Stance.MIXED: "are mixed"}


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Positions", anchor=False)
    overall = figures.positions(view)
    if not overall:
        st.info(NO_PROPOSITIONS, icon=":material/info:")
        show_propositions(view, expanded=True)
        return
    st.caption(f"In {view.unit.label}. {how_stances_were_read(view.analysis)} {reading_error(view.analysis)}")
    by_type = figures.positions_by_type(view)
    texts = {row.proposition_id: one_line(row.text) for row in overall}
    proposition_id = choose("Proposition", texts, _PAGE, view.filters.proposition_id)
    row = next(r for r in overall if r.proposition_id == proposition_id)
    chart, words = st.columns([11, 9], gap="medium")
    with chart, st.container(border=True):
        _show_by_type(view, row, [r for r in by_type if r.proposition_id == proposition_id])
    with words, st.container(border=True):
        _show_quotes(view, proposition_id, by_type)
    with st.container(border=True):
        _show_matrix(view, texts, overall, by_type)
    show_propositions(view)


def _show_by_type(view: View, overall: PositionRow, rows: list[PositionRow]) -> None:
    st.header(as_label(overall.text), anchor=False)
    by_number = st.segmented_control(
        "Bars show", ["Shares", "Numbers"], default="Shares", required=True, key="positions-bars",
        help="Shares are of those who take the proposition up. Numbers show how many they are.",
    ) == "Numbers"  # fmt: skip
    standings = [Standing(_ALL, ("All respondents",), overall)]
    standings += [Standing(str(r.respondent_type), (_type_name(r),), r) for r in rows]
    show_chart(
        view,
        "proposition",
        drawing(diverging, standings, by_number, clickable=True),
        title=one_line(overall.text),
        alt=diverging_in_words(standings),
        key=_CHART,
        on_select=_quote_what_was_clicked,
        selection_mode=PICKED,
    )
    st.caption(
        f"Those who do not take the proposition up are in no bar: {overall.not_addressed.n:,} of "
        f"{overall.not_addressed.of:,}. A type with fewer than five who do has no shares. {_unsure_of(overall)}"
    )
    names = {str(r.respondent_type): _type_name(r) for r in rows}
    table = [
        *standing_rows([overall], {overall.proposition_id: "All respondents"}, "Respondent type"),
        *standing_rows(rows, names, "Respondent type"),
    ]
    show_table(view, table, f"positions-{overall.proposition_id}")


def _unsure_of(row: PositionRow) -> str:
    """How many of those in the bars wait to be checked, stance by stance."""
    waiting = row.addressed.n - row.sure.n
    if not waiting:
        return "No stance here waits to be checked."
    by_stance = ", ".join(
        f"{row.unsure_of(s).n:,} of the {row.share(s).n:,} who {_VERBS[s]}" for s in Stance if row.unsure_of(s).n
    )
    return f"Read with little confidence, and waiting on the page Review to be checked: {by_stance}."


def _type_name(row: PositionRow) -> str:
    return TYPES[row.respondent_type] if row.respondent_type else "All respondents"


def _quote_what_was_clicked() -> None:
    who, stance = picked(_CHART, PICKED, KEY), picked(_CHART, PICKED, STANCE)
    if who and stance:
        st.session_state[_TYPE] = who
        st.session_state[_STANCE] = stance


def _show_quotes(view: View, proposition_id: str, by_type: list[PositionRow]) -> None:
    st.header("In their own words", anchor=False)
    types = {_ALL: "All types"} | {str(r.respondent_type): _type_name(r) for r in by_type}
    stances = {_ALL: "All stances"} | {s.value: STANCES[s] for s in Stance}
    if st.session_state.get(_TYPE) not in types:
        st.session_state[_TYPE] = _ALL
    left, right = st.columns(2)
    who = left.selectbox("Respondent type", list(types), format_func=types.__getitem__, key=_TYPE)
    stance = right.selectbox("Stance", list(stances), format_func=stances.__getitem__, key=_STANCE)
    found = figures.quotes(
        view,
        proposition_id,
        None if stance == _ALL else Stance(stance),
        None if who == _ALL else RespondentType(who),
    )
    if not found:
        st.info("No one of this type has this stance here. Choose another type or stance.", icon=":material/info:")
        return
    st.caption(f"{count_of(len(found), 'quote')}, one for each distinct text, the surest first. Or choose a bar.")
    show_quotes(view, found, f"positions-{proposition_id}-{who}-{stance}", stances=stance == _ALL)


def _show_matrix(view: View, texts: dict[str, str], overall: list[PositionRow], by_type: list[PositionRow]) -> None:
    st.header("Every proposition by respondent type", anchor=False)
    st.caption(
        "Net support: the share that supports less the share that opposes, in points, among those who take the "
        "proposition up. Above zero more support, below zero more oppose. Choose a cell for its quotes."
    )
    types = list(dict.fromkeys(r.respondent_type for r in by_type if r.respondent_type))
    rows = [(key, wrapped(text, 48)) for key, text in texts.items()]
    columns = [(_ALL, ("All",)), *((t.value, wrapped(TYPES[t], 11)) for t in types)]
    place = {key: i for i, key in enumerate(texts)}
    across = {key: i for i, (key, _) in enumerate(columns)}
    cells = [_cell(r, place[r.proposition_id], across[r.respondent_type or _ALL]) for r in [*overall, *by_type]]
    said = "Net support by proposition and respondent type. " + "; ".join(
        f"{' '.join(rows[c.row][1])}, {' '.join(columns[c.column][1])}: {c.full}" for c in cells if c.column == 0
    )
    show_chart(
        view,
        "net-support",
        drawing(heat, cells, rows, columns, signed=True, clickable=True, row_pixels=42),
        title="Net support by respondent type, in points",
        alt=said,
        key=_MATRIX,
        on_select=_open_cell,
        selection_mode=PICKED,
    )
    table = [
        {"Proposition": text}
        | {" ".join(columns[c.column][1]): c.full for c in sorted(cells, key=lambda c: c.column) if c.row == place[key]}
        for key, text in texts.items()
    ]
    show_table(view, table, "net-support")


def _cell(row: PositionRow, place: int, across: int) -> Cell:
    counts = f"{row.support.n} support, {row.oppose.n} oppose, {row.mixed.n} mixed, of {row.not_addressed.of}"
    if row.net_support is None:
        return Cell(place, across, None, f"{row.addressed.n} take it up" if row.addressed.n else "–", counts)
    return Cell(
        place, across, row.net_support, f"{net(row)}  (n {row.addressed.n})", f"{points(row.net_support)}: {counts}"
    )


def _open_cell() -> None:
    proposition_id, who = picked(_MATRIX, PICKED, ROW_KEY), picked(_MATRIX, PICKED, COLUMN_KEY)
    if proposition_id and who:
        pick(_PAGE, proposition_id)
        st.session_state[_TYPE] = who
        st.session_state[_STANCE] = _ALL


main()
