"""Letters that look as if they were filled in from lists, with the lists, for people to judge."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboards import judging, records
from dashboards.besides import link
from dashboards.escaping import one_line, shortened
from dashboards.labels import count_of
from dashboards.numbers import share_in_words, share_percent
from dashboards.state import View
from rfc_analyzer.belonging import NOT_ONE_LETTER
from rfc_analyzer.comparison import READ_LETTERS, FamilyRow, WordingRow
from rfc_analyzer.model import Campaign, CampaignKind
from rfc_analyzer.reviews import Change
from rfc_analyzer.tables import CAMPAIGNS

_OPENING = 70
_READ = 20
_TALLEST, _ROW_PIXELS = 430, 35


def show_suspects(view: View, rows: Sequence[FamilyRow]) -> None:
    """The families, the lists of one, and the question whether it is one letter."""
    with st.container(border=True):
        st.header("Letters that may have been filled in from lists", anchor=False)
        st.caption(
            "No two of these letters need be alike, but each is put together from phrases that others have too, as if "
            "somebody had drawn them from lists. They count as letters of their own until a person judges."
        )
        by_id = {r.campaign.campaign_id: r for r in rows}
        chosen = st.selectbox("Suspected letters", list(by_id), format_func=lambda i: _name(by_id[i]), key="suspects")
        row = by_id[chosen]
        st.caption(f"{share_in_words(row.share)} submissions")
        show_slots(records.family_slots(view, chosen))
        _show_letters(view, row)
        judging.ask(view, f"family-{row.campaign.template_submission_id}", _answers(row.campaign))


def show_slots(wordings: Sequence[WordingRow]) -> None:
    """A row for each place in the letters, with the wordings that were found there."""
    if not wordings:
        st.caption("No lists could be told from these letters; read some of them.")
        return
    table = [
        {"Place": w.slot, "Words that stand there": one_line(w.wording), "Letters": w.submissions} for w in wordings
    ]
    st.dataframe(
        pd.DataFrame(table),
        hide_index=True,
        width="stretch",
        height=min(_TALLEST, _ROW_PIXELS * (len(table) + 1)),
        column_config={
            "Place": st.column_config.NumberColumn(width=60),
            "Words that stand there": st.column_config.TextColumn(width=760),
            "Letters": st.column_config.NumberColumn(width=70),
        },
        alt="Places in the letters, and the words that stand there, each with the number of letters that have them",
    )
    read = "Wordings with the same place stand in each other's stead; no letter has two of them."
    st.caption(f"{read} Counted over the first {READ_LETTERS} letters.")


def _show_letters(view: View, row: FamilyRow) -> None:
    with st.expander(f"The letters ({len(row.members):,})", icon=":material/mail:"):
        for member in row.members[:_READ]:
            link(view, member.submission_id)
        if len(row.members) > _READ:
            st.caption(f"And {count_of(len(row.members) - _READ, 'more letter')}.")


def _name(row: FamilyRow) -> str:
    campaign = row.campaign
    share = f", {share_percent(row.share)}" if not row.share.hidden else ""
    opening = shortened(campaign.template_text, _OPENING)
    return f"{campaign.campaign_id}: {count_of(row.share.n, 'letter')}{share}, as “{opening}”"


def _answers(campaign: Campaign) -> dict[str, Change]:
    def change(new: str) -> Change:
        return Change(CAMPAIGNS.name, campaign.template_submission_id, CAMPAIGNS.c.kind, new)

    return {
        "They are one letter": change(CampaignKind.SLOT_FILLED),
        "They are letters of their own": change(NOT_ONE_LETTER),
    }
