"""Two letters beside each other, with what differs or what is shared marked by sign, word and colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboards import records
from dashboards.excerpting import excerpted, parts_around
from dashboards.findings import changes_as_html, likeness
from dashboards.marking import Mark, hiding
from dashboards.placing import SUBMISSION
from dashboards.state import View
from rfc_analyzer.comparison import CampaignRow
from rfc_analyzer.model import CampaignMember, RespondentType

_FEWEST_SHARED_WORDS = 8
_DIFFERENT, _WHOLE = "What differs", "Whole letters"
_SHORT = 700  # characters


def show_beside(
    view: View, row: CampaignRow, member: CampaignMember, author: RespondentType, signer: RespondentType
) -> None:
    """The template and a letter of the campaign, with what its signer added and left out."""
    letters = records.beside_template(view, row.campaign.campaign_id, member.submission_id)
    removed = [Mark(start, end, "removed", before="[− left out:", after="]") for start, end in letters.removed or ()]
    added = [Mark(start, end, "added", before="[+ added:", after="]") for start, end in letters.added or ()]
    sides = (
        _Side("Template", f"The most frequent text of the campaign. Struck out, after −: {_left_out(member)}.",
              letters.template, removed, author),
        _Side("This letter", f"It {likeness(member)}. Underlined, after +: {_added(member)}.",
              letters.text, added, signer),
    )  # fmt: skip
    whole = letters.added is None or _asked_for_whole(sides)
    for place, side in zip(st.columns(2, gap="medium"), sides, strict=True):
        with place, st.container(border=True):
            st.header(side.title, anchor=False)
            st.caption(side.about)
            _show_side(side, whole)
            if side is sides[1]:
                link(view, member.submission_id)
    if letters.added is None:
        st.caption("The letters are too long to be compared word by word. What differs, by whole lines:")
        st.html(changes_as_html(member, signer))


@dataclass(frozen=True, slots=True)
class _Side:
    title: str
    about: str
    text: str
    marks: Sequence[Mark]
    who: RespondentType


def _asked_for_whole(sides: Sequence[_Side]) -> bool:
    """Short letters are shown whole; of long ones what differs, unless somebody asks for more."""
    if max(len(side.text) for side in sides) <= _SHORT:
        return True
    way = st.segmented_control("Show", (_DIFFERENT, _WHOLE), default=_DIFFERENT, required=True,
                               key="campaigns-beside")  # fmt: skip
    return way == _WHOLE


def _show_side(side: _Side, whole: bool) -> None:
    parts = [(0, len(side.text))] if whole else parts_around(side.text, [(m.start, m.end) for m in side.marks])
    if not parts:
        st.caption("Nothing differs here.")
        return
    st.html(excerpted(side.text, [*side.marks, *hiding(side.text, side.who)], parts, side.title))


def show_shared(
    view: View, row: CampaignRow, member: CampaignMember, author: RespondentType, signer: RespondentType
) -> None:
    """The template and a letter that may belong to the campaign, with what they share."""
    letters = records.beside_template(view, row.campaign.campaign_id, member.submission_id)
    sides = (
        ("Template", letters.template, letters.removed, author),
        ("This letter", letters.text, letters.added, signer),
    )
    for place, (title, text, changed, who) in zip(st.columns(2, gap="medium"), sides, strict=True):
        with place, st.container(border=True):
            st.subheader(title, anchor=False)
            same = [] if changed is None else list(_kept(text, changed))
            marks = [Mark(start, end, "sought", before="[= in both:", after="]") for start, end in same]
            st.html(excerpted(text, [*marks, *hiding(text, who)], [(0, len(text))], title))


def _kept(text: str, changed: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans between changes that are long enough to mean something."""
    start = 0
    for a, b in (*changed, (len(text), len(text))):
        piece = text[start:a]
        if len(piece.split()) >= _FEWEST_SHARED_WORDS:
            lead = len(piece) - len(piece.lstrip(" \n.,;:"))
            yield start + lead, start + len(piece.rstrip())
        start = b


def _left_out(member: CampaignMember) -> str:
    return "what this letter left out" if member.removed_text else "nothing, for this letter left nothing out"


def _added(member: CampaignMember) -> str:
    return "what its signer added" if member.added_text else "nothing, for its signer added nothing"


def link(view: View, submission_id: str) -> None:
    """A link to the whole submission."""
    st.page_link(
        "screens/submissions.py",
        label=f"Read {submission_id}",
        icon=":material/arrow_forward:",
        query_params={**view.address(), SUBMISSION: [submission_id]},
    )
