"""The form that starts an analysis of one's own files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from dashboards import uploads
from dashboards.access import give, person, sign_in_is_on
from dashboards.jobs import new_key, start
from dashboards.labels import count_of
from dashboards.library import LONGEST_NAME, home, rename
from dashboards.noticequestions import Asking, ask_for_questions
from dashboards.preferences import preferences
from dashboards.themechoices import ask_for_themes
from dashboards.uploads import Draft
from rfc_analyzer.codebook import read_codebook
from rfc_analyzer.errors import BadInput, RfcAnalyzerError

_DRAFT, _ROUND, _REFUSED = "_draft", "_round", "_refused"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PROPOSITIONS_HELP = (
    "Statements that a respondent may support or oppose, one a line, first the one that the docket is about. The "
    "analysis says for each submission whether it supports, opposes or is mixed, with the words that show it. Without "
    "any, you still get respondents, campaigns, themes and questions."
)


@dataclass(frozen=True)
class Form:
    """What a person filled in."""

    name: str
    path: str
    notice: Any
    asking: Asking
    codebook: Any
    propositions: str
    themes: tuple[str, ...]


def show_form() -> None:
    """Ask for files, a notice and propositions, and start the run."""
    st.header("Start an analysis")
    name = st.text_input(
        "Name of the docket",
        key=_key("name"),
        max_chars=LONGEST_NAME,
        placeholder="e.g. Delivery robots on sidewalks, 2026",
        help="Optional. If you leave it empty, the title in the docket's own table is used.",
    )
    path = _ask_comments()
    notice = _ask_notice()
    asking = ask_for_questions(notice, _key("questions"))
    propositions = _ask_propositions()
    asks = any(text.strip() for _, text in asking.rows)
    themes = ask_for_themes(_key("theme-detail"), _key("question-themes"), with_questions=asks)
    form = Form(name, path, notice, asking, **propositions, themes=themes)
    if st.button("Start the analysis", type="primary", icon=":material/play_arrow:", width="stretch"):
        _start(form)


def _ask_comments() -> str:
    # those who sign in come from elsewhere: the machine's other files are none of theirs
    local = st.get_option("server.address") in _LOOPBACK and not sign_in_is_on()
    titles = ["Files or a zip", "A folder"] + (["A folder on this machine"] if local else [])
    st.markdown("**Comments**")
    tabs = st.tabs(titles)
    with tabs[0]:
        _keep(
            st.file_uploader(
                "Drop files here: PDF, Word, text, web pages, e-mails, tables, pictures, or a zip of them",
                type=list(uploads.COMMENT_KINDS),
                accept_multiple_files=True,
                key=_key("files"),
            )
        )
    with tabs[1]:
        _keep(
            st.file_uploader(
                "Choose a folder; files in folders below it come along, other kinds of files are left out",
                type=list(uploads.COMMENT_KINDS),
                accept_multiple_files="directory",
                key=_key("folder"),
            )
        )
    path = ""
    if local:
        with tabs[2]:
            path = st.text_input(
                "Path of a folder or file on this machine",
                key=_key("path"),
                placeholder="/home/me/dockets/FSMA-2026-0007",
                help="Read where it is, without a copy; best for large dockets and docket downloads.",
            )
    _show_kept()
    return path


def _keep(uploaded: list[Any]) -> None:
    """Write uploads to disk and empty the widget, which would hold them in memory."""
    if not uploaded:
        return
    draft = st.session_state.setdefault(_DRAFT, None) or Draft.new()
    st.session_state[_DRAFT] = draft
    st.session_state[_REFUSED] = draft.add(uploaded)
    _next_round("files", "folder")
    st.rerun()


def _show_kept() -> None:
    draft: Draft | None = st.session_state.get(_DRAFT)
    files = draft.files() if draft else ()
    if st.session_state.get(_REFUSED):
        st.warning("Some files were left out.", icon=":material/warning:")
        st.text(st.session_state[_REFUSED])
    if not draft or not files:
        return
    size = sum(f.size for f in files)
    with st.container(horizontal=True, vertical_alignment="center", key="kept-files"):
        st.markdown(f":material/check_circle: **{count_of(len(files), 'file')}** added, {_in_words(size)}")
        if st.button("Remove all", type="tertiary", icon=":material/close:"):
            draft.clear()
            st.session_state.pop(_REFUSED, None)
            st.rerun()
    with st.expander("Names of the files"):
        st.dataframe(
            {"File": [f.label for f in files], "Size": [_in_words(f.size) for f in files]},
            hide_index=True,
            height=min(38 * (len(files) + 1), 300),
        )


def _ask_notice() -> Any:
    return st.file_uploader(
        "The agency's notice (optional)",
        type=list(uploads.NOTICE_KINDS),
        key=_key("notice"),
        help="Its numbered questions are read, answers are sorted by question, and its own words are not counted as "
        "the respondents'.",
    )


def _ask_propositions() -> dict[str, Any]:
    st.markdown("**Propositions** (optional)", help=_PROPOSITIONS_HELP)
    typed, file = st.tabs(["Type them", "A codebook file"])
    with typed:
        propositions = st.text_area(
            "One proposition a line",
            key=_key("propositions"),
            height=110,
            placeholder="Delivery robots should be allowed on sidewalks.\nOperators should have to carry insurance.",
        )
    with file:
        codebook = st.file_uploader(
            "Codebook (YAML): propositions and, if you like, seed themes and rules for respondent types",
            type=list(uploads.CODEBOOK_KINDS),
            key=_key("codebook"),
        )
    return {"propositions": propositions, "codebook": codebook}


def _start(form: Form) -> None:
    folder = home() / new_key()
    try:
        title, arguments = _prepare(form, folder)
    except (RfcAnalyzerError, OSError) as error:
        uploads.forget(folder)
        st.error("The analysis can't start yet.", icon=":material/error:")
        st.text(str(error))
        return
    # with a folder on this machine there may be nothing in it yet
    folder.mkdir(parents=True, exist_ok=True)
    if form.name.strip():
        rename(folder, form.name)
    who = person()
    if who.email:
        give(folder, [who.email])
    start(folder, title, [*arguments, *form.themes, *preferences().arguments()])
    draft: Draft | None = st.session_state.pop(_DRAFT, None)
    if draft:
        draft.discard()
    st.session_state.pop(_REFUSED, None)
    _next_round("name", "path", "notice", "questions", "propositions", "codebook", "theme-detail", "question-themes")
    st.rerun()


def _prepare(form: Form, folder: Path) -> tuple[str, list[str]]:
    """The run's title, and its arguments after everything is in its folder. Raises :class:`RfcAnalyzerError`."""
    title = " ".join(form.name.split()) or f"Docket of {date.today():%Y-%m-%d}"
    draft: Draft | None = st.session_state.get(_DRAFT)
    inputs = []
    if draft and draft.files():
        # where no table says better, the folder's name is the docket's
        inputs.append(folder / "inputs" / uploads.label_of(title).replace("/", "-"))
        draft.lay_out(inputs[0])
    if form.path.strip():
        inputs.append(_path(form.path.strip()))
    if not inputs:
        raise BadInput("there are no comments yet: drop files, choose a folder, or name a folder on this machine")
    arguments = [str(path) for path in inputs]
    given = folder / "given"
    if form.notice is not None:
        arguments += ["--rfc", str(uploads.write_single(given, "notice", form.notice))]
    form.asking.keep(folder)
    codebook = _codebook(form, given)
    if codebook:
        arguments += ["--codebook", str(codebook)]
        title = title if form.name.strip() else read_codebook(codebook).docket.title or title
    return title, arguments


def _codebook(form: Form, given: Path) -> Path | None:
    if form.codebook is None:
        return uploads.write_codebook(given, " ".join(form.name.split()), form.propositions)
    if form.propositions.strip():
        raise BadInput("there are typed propositions and a codebook file; remove one of them")
    path = uploads.write_single(given, "codebook", form.codebook)
    read_codebook(path)
    return path


def _path(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise BadInput(f"{text} is no full path; begin it with /")
    if not path.exists():
        raise BadInput(f"{path} does not exist on this machine; check the path")
    return path


def _key(name: str) -> str:
    """A widget's key; a new round is an empty widget."""
    return f"new-{name}-{st.session_state.setdefault(_ROUND, {}).get(name, 0)}"


def _next_round(*names: str) -> None:
    rounds: dict[str, int] = st.session_state.setdefault(_ROUND, {})
    for name in names:
        rounds[name] = rounds.get(name, 0) + 1


def _in_words(size: int) -> str:
    if size < 1024**2:
        return f"{max(size // 1024, 1):,} KB"
    return f"{size / 1024**2:,.1f} MB"
