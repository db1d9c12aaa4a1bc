"""A letter as somebody sees it who labels it: nearest passages, the whole text and its pages, and nothing of what
the program read in it."""

from __future__ import annotations

import streamlit as st

from dashboards import records
from dashboards.escaping import as_label, one_line
from dashboards.labels import count_of
from dashboards.placing import cut
from dashboards.preferences import shown
from dashboards.state import View
from rfc_analyzer.comparison.nearest import nearest_passages
from rfc_analyzer.comparison.reading import Reading
from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import FileStatus, Passage, SourceFile
from rfc_analyzer.pages import Mark

_SHOWN = 5
_INK = "#0b1520"
_PASSAGES, _WHOLE, _PAGE = "Nearest passages", "Whole letter", "Page as sent"
STYLE = """<style>
[class*="st-key-read-"] { border-left: 3px solid #7a8794; padding: 0.1rem 0 0.1rem 0.9rem; }
[class*="st-key-read-"] [data-testid="stText"], [class*="st-key-read-"] [data-testid="stText"] *,
[class*="st-key-whole-"] [data-testid="stText"], [class*="st-key-whole-"] [data-testid="stText"] * {
  white-space: pre-line; overflow-wrap: anywhere; unicode-bidi: isolate; }
[class*="st-key-statement-"] [data-testid="stText"] { font-size: 1.2rem; font-weight: 600; line-height: 1.4; }
</style>"""


def show_letter(view: View, submission_id: str, statement: str) -> None:
    """The letter, to be read for ``statement``."""
    found = records.submission(view, submission_id)
    words = count_of(found.submission.words, "word")
    st.caption(f"Submission {as_label(submission_id)} · {words}")
    way = st.segmented_control(
        "Show", (_PASSAGES, _WHOLE, _PAGE), default=_PASSAGES, required=True, key="lettering-way",
        label_visibility="collapsed",
    )  # fmt: skip
    passages = nearest_passages(found, statement, _SHOWN)
    if way == _WHOLE:
        _show_whole(found)
    elif way == _PAGE:
        _show_page(view, found, passages)
    else:
        _show_passages(found, passages)


def _show_passages(found: Reading, passages: list[Passage]) -> None:
    if not passages:
        st.info("It makes no argument in words that could be read. See the whole letter.", icon=":material/info:")
        return
    for place, passage in enumerate(passages):
        with st.container(key=f"read-{place}", gap="xxsmall"):
            st.text(shown(passage.text, found.submission.respondent_type))
            st.caption(as_label(_where(found, passage)))
    st.caption("These share most words with the statement. The respondent may take it up in other words: look on.")


def _where(found: Reading, passage: Passage) -> str:
    name = one_line(found.file(passage.file_id).name).removeprefix(f"{passage.submission_id}/")
    return f"{name}, page {passage.page}" if passage.page else name


def _show_whole(found: Reading) -> None:
    for place, file in enumerate(_readable(found)):
        st.caption(as_label(file.name.removeprefix(f"{found.submission.submission_id}/")))
        parts = cut(file)
        with st.container(key=f"whole-{place}", height=560):
            for part in parts:
                if len(parts) > 1:
                    st.caption(part.title(len(parts)))
                st.text(shown(file.text[part.start : part.end].strip(), found.submission.respondent_type))


def _readable(found: Reading) -> list[SourceFile]:
    return [f for f in found.files if f.text.strip() and f.status is not FileStatus.DUPLICATE]


def _show_page(view: View, found: Reading, passages: list[Passage]) -> None:
    files = {f.file_id: f for f in _readable(found) if records.has_original(view, f)}
    there = [p for p in passages if p.page and p.file_id in files]
    if not there:
        st.info("There is no page to show: it was typed into a form, or its file is no longer there.")
        return
    places = list(range(len(there)))
    at = st.selectbox("Passage", places, format_func=lambda i: _where(found, there[i]), key="lettering-page")
    passage = there[at]
    page = passage.page or 1
    lines = records.lines(view, passage.file_id, page, ((passage.start, passage.end),))
    marks = tuple(Mark(b.x0, b.y0, b.x1, b.y1, _INK, "") for b in lines)
    try:
        picture = records.picture(view, files[passage.file_id], page, marks)
    except UnreadableFile as error:
        st.info("The page can't be shown; its text is in the whole letter.", icon=":material/hide_image:")
        st.text(str(error))
        return
    with st.container(border=True):
        st.image(picture, width="stretch", alt=f"Page {page} as it was sent, the passage boxed")
