"""Quotes on the screen: plain text, verbatim but for contact details, with whose they are and the way to the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from dashboards.escaping import as_label, one_line
from dashboards.labels import STANCES, TYPES
from dashboards.numbers import percent
from dashboards.preferences import shown
from dashboards.state import View
from rfc_analyzer.comparison import PassageRow, QuoteRow
from rfc_analyzer.model import Stance

PAGE = "screens/submissions.py"
_FIRST, _MORE = 4, 12
# line breaks of a page are no paragraphs; direction marks and endless words stay inside their quote
_STYLE = """<style>
[class*="st-key-quote-"] { border-left: 3px solid #7a8794; padding: 0.1rem 0 0.1rem 0.9rem; }
[class*="st-key-quote-"] [data-testid="stText"], [class*="st-key-quote-"] [data-testid="stText"] * {
  white-space: normal; overflow-wrap: anywhere; unicode-bidi: isolate; }
[class*="st-key-words-"] [data-testid="stText"] { font-size: 1.02rem; line-height: 1.55; }
[class*="st-key-whose-"] [data-testid="stText"] { font-size: 0.88rem; opacity: 0.85; }
</style>"""
ICONS = {
    Stance.SUPPORT: ":material/thumb_up:",
    Stance.OPPOSE: ":material/thumb_down:",
    Stance.MIXED: ":material/balance:",
}
COLOURS: Mapping[Stance, Literal["blue", "orange", "gray"]] = {
    Stance.SUPPORT: "blue",
    Stance.OPPOSE: "orange",
    Stance.MIXED: "gray",
}


def where(row: QuoteRow | PassageRow) -> str:
    """The file and the page, on one line."""
    page = f", page {row.page}" if row.page else ""
    name = one_line(row.file_name).removeprefix(f"{row.submission_id}/")
    return f"{name}{page}{' (scanned: letters may be wrong)' if row.by_ocr else ''}"


def whose(row: QuoteRow | PassageRow) -> str:
    """Respondent, type, file and page, and for how many a form letter speaks; plain text on one line."""
    said = [one_line(row.respondent), TYPES[row.respondent_type], where(row)]
    if isinstance(row, QuoteRow) and row.submissions > 1:
        said.append(f"form letter of {row.submissions:,} submissions")
    return " · ".join(said)


def why_this_question(reason: str, score: float | None) -> str:
    """Why a passage has its question, or has none: that it names it, or how likely the nearest in meaning is right."""
    return f"{reason}: {percent(score)} likely" if score is not None else reason


def show_quotes(
    view: View, rows: Sequence[QuoteRow | PassageRow], key: str, stances: bool = False, questions: bool = False
) -> None:
    """A list of quotes, the first few and then more on demand.

    ``stances`` marks each with its own, ``questions`` with why it is put to its question.
    """
    st.html(_STYLE)
    asked = f"shown-{key}"
    count = int(st.session_state.get(asked, _FIRST))
    for place, row in enumerate(rows[:count]):
        _show(view, row, f"{key}-{place}", stances, questions)
    if len(rows) > count:
        st.button(
            f"Show more ({len(rows) - count:,} left)",
            key=f"more-{key}",
            on_click=lambda: st.session_state.update({asked: count + _MORE}),
        )


def _show(view: View, row: QuoteRow | PassageRow, key: str, stances: bool, questions: bool) -> None:
    with st.container(key=f"quote-{key}", gap="xxsmall"):
        with st.container(key=f"words-{key}"):
            st.text(shown(row.quote if isinstance(row, QuoteRow) else row.text, row.respondent_type))
        with st.container(key=f"whose-{key}", gap="xxsmall"):
            st.text(whose(row))
            if questions and isinstance(row, PassageRow) and row.question_reason:
                st.text(one_line(why_this_question(row.question_reason, row.question_score)))
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if stances and isinstance(row, QuoteRow):
                    st.badge(STANCES[row.stance], icon=ICONS[row.stance], color=COLOURS[row.stance])
                st.page_link(
                    PAGE,
                    label=as_label(row.submission_id),
                    icon=":material/arrow_forward:",
                    query_params=address_of(view, row),
                )


def address_of(view: View, row: QuoteRow | PassageRow) -> dict[str, list[str]]:
    """The address at which the submission opens, the quote's place in it included."""
    return {**view.address(), "submission": [row.submission_id], "file": [row.file_id], "at": [str(row.start)]}
