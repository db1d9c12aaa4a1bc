"""Campaigns: which submissions are one letter, what each signer changed, and how the three counts agree."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import records
from dashboards.choosing import choose
from dashboards.escaping import one_line, shortened
from dashboards.findings import changes_as_html
from dashboards.labels import CAMPAIGN_KINDS, CAMPAIGN_ROLES, count_of
from dashboards.marking import Mark, hiding, marked
from dashboards.numbers import day, days, percent, share_in_words, share_percent
from dashboards.placing import SUBMISSION
from dashboards.state import View, current_view
from dashboards.tabling import show_table
from rfc_analyzer.comparison import CampaignRow
from rfc_analyzer.model import Campaign, CampaignMember, CampaignRole, RespondentType

_PAGE, _MEMBER = "campaigns", "campaigns-member"
_OPENING = 70
# the letters that say most about what signers do come first
_ORDER = (CampaignRole.CONTAINS, CampaignRole.NEAR, CampaignRole.EXACT, CampaignRole.ORIGINAL)


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Campaigns", anchor=False)
    with st.container(border=True):
        _show_counts(view)
    rows = records.campaigns(view)
    if not rows:
        st.info("No form letters were found among these submissions: each is a letter of its own.",
                icon=":material/info:")  # fmt: skip
        return
    _show_list(view, rows)
    names = {r.campaign.campaign_id: _name(r.campaign) for r in rows}
    chosen = choose("Form letter", names, _PAGE)
    row = next(r for r in rows if r.campaign.campaign_id == chosen)
    _show_campaign(view, row)


def _show_counts(view: View) -> None:
    st.header("How the three counts agree", anchor=False)
    found = records.reconciliation(view)
    counts = found.denominators
    cards = (("Submissions", counts.submissions), ("Signatories", counts.signatories),
             ("Distinct texts", counts.distinct_texts), ("In form letters", found.in_campaigns))  # fmt: skip
    for place, (label, number) in zip(st.columns(len(cards)), cards, strict=True):
        place.metric(label, f"{number:,}")
    for sentence in found.in_words():
        st.caption(sentence)


def _show_list(view: View, rows: Sequence[CampaignRow]) -> None:
    table = [
        {
            "Form letter": _name(r.campaign),
            "Submissions": r.submissions,
            "Share": share_percent(r.share),
            "Signatories": r.signatories,
            "Possible (not counted)": r.possible,
            "Sent": _dates(r.campaign),
            "Kind": CAMPAIGN_KINDS[r.campaign.kind],
        }
        for r in rows
    ]
    title = f"{count_of(len(rows), 'campaign')} of form letters"
    widths = {"Form letter": st.column_config.TextColumn(width=290), "Sent": st.column_config.TextColumn(width=150)}
    show_table(view, table, "campaigns", title, expanded=True, config=widths)


def _name(campaign: Campaign) -> str:
    return f"{campaign.campaign_id}: “{shortened(campaign.template_text, _OPENING)}”"


def _dates(campaign: Campaign) -> str:
    first, last = campaign.first_submitted_at, campaign.last_submitted_at
    return days(first.date(), last.date()) if first and last else "Not known"


def _show_campaign(view: View, row: CampaignRow) -> None:
    counted = [m for m in row.members if m.role is not CampaignRole.POSSIBLE]
    possible = [m for m in row.members if m.role is CampaignRole.POSSIBLE]
    said = [f"{share_in_words(row.share)} submissions", CAMPAIGN_KINDS[row.campaign.kind].lower(), _dates(row.campaign)]
    st.caption(" · ".join(said))
    if counted:
        _show_members(view, row, sorted(counted, key=lambda m: (_ORDER.index(m.role), m.similarity, m.submission_id)))
    if possible:
        _show_possible(view, possible)


def _show_members(view: View, row: CampaignRow, members: Sequence[CampaignMember]) -> None:
    who = {r.submission.submission_id: r for r in records.register(view)}
    by_id = {m.submission_id: m for m in members}
    key = f"{_MEMBER}-{row.campaign.campaign_id}"
    chosen = st.selectbox(
        f"Letter to compare with the template ({count_of(len(members), 'letter')})",
        list(by_id),
        format_func=lambda i: f"{one_line(who[i].respondent)}, {CAMPAIGN_ROLES[by_id[i].role].lower()}, {i}",
        key=key,
    )
    member = by_id[chosen]
    letters = records.beside_template(view, row.campaign.campaign_id, chosen)
    signer = who[chosen].submission.respondent_type
    # whoever wrote the template may not meet the filters; those who send form letters are mostly private persons
    writer = who.get(row.campaign.template_submission_id)
    author = writer.submission.respondent_type if writer else RespondentType.INDIVIDUAL
    template, letter = st.columns(2, gap="medium")
    with template, st.container(border=True):
        st.header("Template", anchor=False)
        st.caption(f"The most frequent text of the campaign. Struck out, after −: {_left_out(member)}.")
        removed = [
            Mark(start, end, "removed", before="[− left out:", after="]") for start, end in letters.removed or ()
        ]
        st.html(marked(letters.template, [*removed, *hiding(letters.template, author)]))
    with letter, st.container(border=True):
        st.header("This letter", anchor=False)
        st.caption(f"{percent(member.similarity)} like the template. Underlined, after +: {_added(member)}.")
        added = [Mark(start, end, "added", before="[+ added:", after="]") for start, end in letters.added or ()]
        st.html(marked(letters.text, [*added, *hiding(letters.text, signer)]))
        _link(view, chosen)
    if letters.added is None:
        st.caption("The letters are too long to be compared word by word. What differs, by whole lines:")
        st.html(changes_as_html(member, signer))


def _left_out(member: CampaignMember) -> str:
    return "what this letter left out" if member.removed_text else "nothing, for this letter left nothing out"


def _added(member: CampaignMember) -> str:
    return "what its signer added" if member.added_text else "nothing, for its signer added nothing"


def _show_possible(view: View, members: Sequence[CampaignMember]) -> None:
    who = {r.submission.submission_id: r for r in records.register(view)}
    with st.container(border=True):
        st.header("Possibly of this campaign", anchor=False)
        st.caption(
            f"{count_of(len(members), 'letter')} that shares little more than a paragraph with the template. "
            "Each counts as a letter of its own, not into the campaign."
            if len(members) == 1
            else f"{count_of(len(members), 'letter')} that share little more than a paragraph with the template. "
            "They count as letters of their own, not into the campaign."
        )
        for member in members:
            row = who[member.submission_id]
            sent = f", {day(row.submission.submitted_at.date())}" if row.submission.submitted_at else ""
            st.text(f"{one_line(row.respondent)}{sent}, {percent(member.similarity)} like the template")
            _link(view, member.submission_id)


def _link(view: View, submission_id: str) -> None:
    st.page_link(
        "screens/submissions.py",
        label=f"Read {submission_id}",
        icon=":material/arrow_forward:",
        query_params={**view.address(), SUBMISSION: [submission_id]},
    )


main()
