"""Propositions written, mended and taken out in the dashboard, and read again without the rest of the analysis."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from dashboards import jobs
from dashboards.address import ANALYSIS
from dashboards.escaping import one_line
from dashboards.labels import count_of
from dashboards.progressing import show_run_of
from dashboards.rerunning import Origin, origin_of, own_copy
from dashboards.state import View, open_page
from rfc_analyzer.codebook import read_codebook, with_propositions, write_codebook
from rfc_analyzer.errors import BadInput, RfcAnalyzerError
from rfc_analyzer.model import Codebook, Docket, Proposition
from rfc_analyzer.suggesting import suggest_propositions
from rfc_analyzer.tables import PROPOSITIONS, QUESTIONS

_STATEMENT, _QUESTIONS = "Statement", "Questions"
_FOLDER, _NAME = "codebooks", "codebook-{:03}.yaml"
_OPTION = "--codebook"
_ADDED, _ROUND, _WATCHED = "_propositions-added", "_propositions-round", "_propositions-watched"
MOST = 60
_MOST_GONE = 10


def show_propositions(view: View, expanded: bool = False) -> None:
    """A table of statements to edit; suggestions from the notice; and a run that reads positions alone."""
    title = "Write or change propositions"
    run = jobs.read_run(view.entry.folder) if view.entry.own else None
    working = bool(run and run.active)
    if working:
        st.session_state[_WATCHED] = view.entry.folder
    # who watched the run sees the table again when it is over
    watched = st.session_state.get(_WATCHED) == view.entry.folder
    with st.expander(title, expanded=expanded or watched, icon=":material/edit_note:"):
        st.caption(
            "A proposition is one statement that a respondent can support or oppose. Write it plainly, for one thing "
            "only; first the one that the docket is about. Change a cell to mend one (it is then read anew, and what "
            "people said of the old one stays with the old one); mark a row and press Delete to take one out; write "
            "into the last row to add one."
        )
        if working:
            show_run_of(view.entry.folder)
            return
        _show_suggesting(view)
        stated = _edit(view)
        origin = origin_of(view.entry)
        if origin is None or origin.gone:
            _show_way_by_hand(view, stated, origin)
        else:
            _show_way_to_run(view, stated, origin)


def _show_way_to_run(view: View, stated: Sequence[Proposition], origin: Origin) -> None:
    own = view.entry.own
    with st.container(horizontal=True):
        pressed = st.button(
            "Read positions again", type="primary", icon=":material/play_arrow:", key="propositions-run"
        )
        if own:
            earlier = _earlier(view)
            st.button("Back to the propositions before", icon=":material/undo:", disabled=earlier is None,
                      key="propositions-undo", on_click=_back, args=(view, origin))  # fmt: skip
    only = "Only positions are read again: seconds to a few minutes. Everything else stays as it is."
    elsewhere = " This analysis stands in another folder, so a copy of it is made in the dashboard and opened."
    st.caption(only if own else only + elsewhere)
    if pressed:
        _run(view, stated, origin)


def _show_suggesting(view: View) -> None:
    questions = view.analysis.rows(QUESTIONS)
    if not questions:
        return
    if st.button("Suggest from the notice's questions", icon=":material/lightbulb:", key="propositions-suggest"):
        present = {p.text for p in view.analysis.rows(PROPOSITIONS)}
        st.session_state[_added(view)] = [p for p in suggest_propositions(questions) if p.text not in present]
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    added: list[Proposition] | None = st.session_state.get(_added(view))
    if added is not None:
        st.caption(
            f"{count_of(len(added), 'statement')} suggested from the wording of the notice's questions, at "
            "the end of the table. Mend them and delete what is no use before you run."
        )


def _added(view: View) -> str:
    return f"{_ADDED}-{view.entry.key}"


def _edit(view: View) -> list[Proposition]:
    rows = [*view.analysis.rows(PROPOSITIONS), *(st.session_state.get(_added(view)) or [])]
    frame = pd.DataFrame(
        [
            {_STATEMENT: one_line(p.text), _QUESTIONS: ", ".join(q.removeprefix("Q") for q in p.question_ids)}
            for p in rows
        ],
        columns=[_STATEMENT, _QUESTIONS],
        dtype=object,
    )
    edited = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        key=f"propositions-{view.entry.key}-{view.entry.created_at}-{st.session_state.get(_ROUND, 0)}",
        column_config={
            _STATEMENT: st.column_config.TextColumn(width="large", max_chars=400),
            _QUESTIONS: st.column_config.TextColumn(help="Numbers of the notice's questions it belongs to, as 1a, 2"),
        },
    )
    return [_proposition(row) for row in edited.to_dict("records")]


def _proposition(row: Mapping[Any, Any]) -> Proposition:
    text, questions = (str(row[name]) if isinstance(row[name], str) else "" for name in (_STATEMENT, _QUESTIONS))
    ids = tuple(f"Q{q.strip().removeprefix('Q')}" for q in questions.split(",") if q.strip())
    return Proposition("", one_line(text), ids)


def _show_way_by_hand(view: View, stated: Sequence[Proposition], origin: Origin | None) -> None:
    if origin is None:
        st.caption(
            "What this analysis was made of is not known here: an earlier version or another program made it. Save the "
            "codebook, and run the command of the first time once more, with its inputs and options, and with this "
            "codebook and folder. What is done is kept; only positions are read again, and this page shows them:"
        )
    else:
        st.warning("Positions can't be read again: files that this analysis was made of are gone.")
        st.text("\n".join(str(path) for path in origin.gone[:_MOST_GONE]))
        st.caption(
            "Put them back and open this page again; or save the codebook, and run this command with the place where "
            "they are now:"
        )
    st.code(
        "rfc-analyzer analyze INPUT --rfc NOTICE --codebook codebook.yaml --output "
        + shlex.quote(str(view.entry.folder)),
        language=None,
        wrap_lines=True,
    )
    try:
        data = _as_yaml(view, stated)
    except (RfcAnalyzerError, OSError) as error:
        st.text(str(error))
        return
    st.download_button("Save the codebook", data, "codebook.yaml", mime="application/yaml", on_click="ignore",
                       icon=":material/download:", key="propositions-save")  # fmt: skip


def _as_yaml(view: View, stated: Sequence[Proposition]) -> bytes:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "codebook.yaml"
        write_codebook(path, _checked(view, _book(view), stated))
        return path.read_bytes()


def _checked(view: View, book: Codebook, stated: Sequence[Proposition]) -> Codebook:
    new = with_propositions(book, stated, _used(view))
    if not new.propositions:
        raise BadInput("there is no statement yet; write at least one")
    if len(new.propositions) > MOST:
        raise BadInput(f"{len(new.propositions)} propositions are too many to compare; keep to {MOST}")
    return new


def _used(view: View) -> set[str]:
    """Ids that people's reviews or earlier codebooks speak of."""
    found = {one.row_id.rpartition("|")[2] for one in view.analysis.reviews if "|" in one.row_id}
    for path in _kept(view.entry.folder):
        found |= {p.proposition_id for p in read_codebook(path).propositions}
    return found


def _book(view: View) -> Codebook:
    """The codebook of the last run, or one made of what the analysis knows."""
    current = _current(view)
    if current and current.exists():
        return read_codebook(current)
    docket = view.analysis.manifest.docket
    # a run that had no codebook took the id from its files; naming it now would make it read all of them again
    named = "" if origin_of(view.entry) else docket.docket_id
    return Codebook(Docket(named, docket.title), tuple(view.analysis.rows(PROPOSITIONS)))


def _current(view: View) -> Path | None:
    origin = origin_of(view.entry)
    arguments = list(origin.arguments) if origin else []
    return Path(arguments[arguments.index(_OPTION) + 1]) if _OPTION in arguments else None


def _kept(folder: Path) -> list[Path]:
    return sorted((folder / _FOLDER).glob("codebook-*.yaml"))


def _earlier(view: View) -> Path | None:
    """The codebook before the one in use."""
    kept, current = _kept(view.entry.folder), _current(view)
    before = [path for path in kept if current is None or path.name < current.name]
    return before[-1] if before and current in kept else None


def _run(view: View, stated: Sequence[Proposition], origin: Origin) -> None:
    try:
        book = _book(view)
        new = _checked(view, book, stated)
        folder = view.entry.folder if view.entry.own else own_copy(view.entry)
        number = len(_kept(folder)) + 1
        if book.propositions and _current(view) not in _kept(folder):
            # so that there is a way back to what the analysis began with
            write_codebook(folder / _FOLDER / _NAME.format(number), book)
            number += 1
        target = folder / _FOLDER / _NAME.format(number)
        write_codebook(target, new)
        read_codebook(target)
        _start(folder, target, origin)
    except (RfcAnalyzerError, OSError, shutil.Error) as error:
        st.error("Positions are not read again yet.")
        st.text(str(error))
        return
    st.session_state.pop(_added(view), None)
    if view.entry.own:
        st.rerun()
    open_page("positions", {ANALYSIS: [folder.name]})


def _back(view: View, origin: Origin) -> None:
    earlier = _earlier(view)
    if earlier:
        _start(view.entry.folder, earlier, origin)


def _start(folder: Path, codebook: Path, origin: Origin) -> None:
    """The run that made the analysis, with another codebook: it keeps every stage but positions."""
    arguments = [a for a in origin.arguments if a not in ("--fresh", "--resume")]
    if _OPTION in arguments:
        arguments[arguments.index(_OPTION) + 1] = str(codebook)
    else:
        arguments += [_OPTION, str(codebook)]
    jobs.start(folder, origin.title, arguments)
