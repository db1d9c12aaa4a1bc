"""What was found in one submission, with the way to its place in the text."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import records
from dashboards.choosing import ABOUT
from dashboards.escaping import as_label, shortened
from dashboards.labels import CAMPAIGN_ROLES, METHODS, STANCES, count_of
from dashboards.marking import STYLE, as_html
from dashboards.numbers import percent
from dashboards.placing import show_place
from dashboards.preferences import shown
from dashboards.quoting import COLOURS, ICONS
from dashboards.state import View
from rfc_analyzer.comparison.reading import Reading, Stand
from rfc_analyzer.model import CampaignMember, CampaignRole, Evidence, Question, RespondentType

_SHORT, _LONG = 60, 110
_MOST_THEMES = 10
_QUOTE_STYLE = """<style>
[class*="st-key-found-"] { border-left: 3px solid #7a8794; padding-left: 0.8rem; }
[class*="st-key-found-"] [data-testid="stText"], [class*="st-key-found-"] [data-testid="stText"] * {
  white-space: normal; overflow-wrap: anywhere; unicode-bidi: isolate; }
</style>"""


def show_findings(view: View, found: Reading) -> None:
    """Positions with their evidence, themes, questions, and what was changed in a form letter."""
    st.html(_QUOTE_STYLE)
    _show_stands(found)
    _show_themes(view, found)
    _show_questions(view, found.questions)
    if found.member:
        _show_form_letter(view, found.member, found.submission.respondent_type)


def _show_stands(found: Reading) -> None:
    st.header("Positions", anchor=False)
    if not found.stands:
        st.caption("It takes up none of the propositions.")
    for number, stand in enumerate(found.stands, start=1):
        with st.container(gap="xsmall"):
            _show_stand(found, stand, number)


def _show_stand(found: Reading, stand: Stand, place: int) -> None:
    position = stand.position
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(STANCES[position.stance], icon=ICONS[position.stance], color=COLOURS[position.stance])
        st.caption(f"{METHODS[position.method]} · {percent(position.confidence)} sure")
    st.markdown(f"**{place} · {as_label(stand.proposition.text)}**")
    for number, row in enumerate(stand.evidence):
        _show_evidence(found, row, f"{stand.proposition.proposition_id}-{number}")


def _show_evidence(found: Reading, row: Evidence, key: str) -> None:
    name = found.file(row.file_id).name.removeprefix(f"{row.submission_id}/")
    page = f", page {row.page}" if row.page else ""
    with st.container(key=f"found-{key}", gap="xxsmall"):
        st.text(shown(row.quote, found.submission.respondent_type))
        st.button(
            f"{as_label(shortened(name, _SHORT))}{page}",
            key=f"show-{key}",
            icon=":material/my_location:",
            type="tertiary",
            help="Show where it stands",
            on_click=show_place,
            args=(row.file_id, row.start),
        )


def _show_themes(view: View, found: Reading) -> None:
    st.header("Themes", anchor=False)
    themes = found.themes
    if not themes:
        st.caption("None of its passages is in a theme.")
    weights = {one.theme_id: one.weight for one in records.theme_weights(view, found.submission.submission_id)}
    if len(weights) > 1:
        st.caption("Shares are of its own passages that are in a theme.")
    for theme, passages in themes[:_MOST_THEMES]:
        weight = f", {percent(weights[theme.theme_id])}" if theme.theme_id in weights else ""
        said = f"{shortened(theme.label, _LONG)} ({count_of(passages, 'passage')}{weight})"
        _link("themes", view, theme.theme_id, said)
    if len(themes) > _MOST_THEMES:
        st.caption(f"And {count_of(len(themes) - _MOST_THEMES, 'more theme')}, named above their paragraphs.")


def _show_questions(view: View, questions: Sequence[tuple[Question, int]]) -> None:
    if not questions:
        return
    st.header("Questions it answers", anchor=False)
    for question, passages in questions:
        said = f"{question.number}. {question.text}"
        _link("questions", view, question.question_id, f"{shortened(said, _LONG)} ({count_of(passages, 'passage')})")


def _link(page: str, view: View, about: str, label: str) -> None:
    st.page_link(f"screens/{page}.py", label=as_label(label), query_params={**view.address(), ABOUT: [about]})


def likeness(member: CampaignMember) -> str:
    """How much of the template is in the letter, or how alike both are."""
    holds = member.role in (CampaignRole.CONTAINS, CampaignRole.POSSIBLE)
    share = percent(member.similarity)
    return f"holds {share} of the template" if holds else f"is {share} like the template"


def _show_form_letter(view: View, member: CampaignMember, respondent_type: RespondentType) -> None:
    st.header("Form letter", anchor=False)
    said = "" if member.role is CampaignRole.ORIGINAL else f" · {likeness(member)}"
    st.caption(f"{CAMPAIGN_ROLES[member.role]}{said}")
    if member.added_text or member.removed_text:
        st.html(changes_as_html(member, respondent_type))
    elif member.role is not CampaignRole.ORIGINAL:
        st.caption("Nothing was added or left out.")
    _link("campaigns", view, member.campaign_id, "Its campaign, beside the template")


def changes_as_html(member: CampaignMember, respondent_type: RespondentType) -> str:
    """Pieces that a signer added or left out, each named by sign and word."""
    pieces = [("added", "+ Added:", piece) for piece in member.added_text.splitlines()]
    pieces += [("removed", "− Left out:", piece) for piece in member.removed_text.splitlines()]
    said = "".join(
        f'<p><span class="sign">{word}</span> <mark class="{kind}">{as_html(shown(piece, respondent_type))}</mark></p>'
        for kind, word, piece in pieces
        if piece.strip()
    )
    return f'{STYLE}<div class="letter">{said}</div>'
