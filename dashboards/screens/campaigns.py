"""Campaigns: which submissions are one letter, what each signer changed, and how the three counts agree."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import judging, records
from dashboards.besides import link, show_beside, show_shared
from dashboards.choosing import choose
from dashboards.escaping import one_line, shortened
from dashboards.findings import likeness
from dashboards.jointletters import show_joint_letters
from dashboards.labels import CAMPAIGN_KINDS, CAMPAIGN_ROLES, count_of
from dashboards.numbers import day, days, share_in_words, share_percent
from dashboards.preferences import shown
from dashboards.state import View, current_view
from dashboards.suspects import show_slots, show_suspects
from dashboards.tabling import show_table
from rfc_analyzer.belonging import member_id
from rfc_analyzer.comparison import CampaignRow
from rfc_analyzer.comparison.register import RegisterRow
from rfc_analyzer.model import Campaign, CampaignKind, CampaignMember, CampaignRole, RespondentType
from rfc_analyzer.reviews import Change
from rfc_analyzer.tables import CAMPAIGN_MEMBERS

_PAGE, _MEMBER = "campaigns", "campaigns-member"
_OPENING = 70
_PIECE = 160
# the letters that say most about what signers do come first
_ORDER = (CampaignRole.CONTAINS, CampaignRole.NEAR, CampaignRole.EXACT, CampaignRole.ORIGINAL)


def main() -> None:
    """The page."""
    view = current_view()
    st.title("Campaigns", anchor=False)
    with st.container(border=True):
        _show_counts(view)
    judging.say_what_was_saved()
    rows, suspects = records.campaigns(view), records.suspected_families(view)
    if rows:
        _show_list(view, rows)
        names = {r.campaign.campaign_id: _name(r.campaign) for r in rows}
        chosen = choose("Form letter", names, _PAGE)
        _show_campaign(view, next(r for r in rows if r.campaign.campaign_id == chosen))
    else:
        st.info("No form letters were found among these submissions: each is a letter of its own.",
                icon=":material/info:")  # fmt: skip
    if suspects:
        show_suspects(view, suspects)
    judging.show_history(view)
    if joint := records.joint_letters(view):
        show_joint_letters(view, joint)


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
            "Texts": len(r.variants) or None,
            "Possible (not counted)": r.possible,
            "Organiser named": "; ".join(one_line(o.name) for o in r.organisers) or "None",
            "Sent": _dates(r.campaign),
            "Kind": CAMPAIGN_KINDS[r.campaign.kind],
        }
        for r in rows
    ]
    title = f"{count_of(len(rows), 'campaign')} of form letters"
    widths = {
        "Form letter": st.column_config.TextColumn(width=330),
        "Submissions": st.column_config.NumberColumn(width=90),
        "Share": st.column_config.TextColumn(width=55),
        "Signatories": st.column_config.NumberColumn(width=85),
        "Texts": st.column_config.NumberColumn(width=50),
        "Possible (not counted)": st.column_config.NumberColumn(
            "Possible", width=70, help="Sharing one paragraph only"
        ),
        "Organiser named": st.column_config.TextColumn(width=150),
        "Sent": st.column_config.TextColumn(width=150),
    }
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
    _show_organisers(view, row)
    if row.campaign.kind is CampaignKind.SLOT_FILLED:
        show_slots(records.family_slots(view, row.campaign.campaign_id))
    _show_variants(view, row)
    if counted:
        _show_members(view, row, sorted(counted, key=lambda m: (_ORDER.index(m.role), m.similarity, m.submission_id)))
    if possible:
        _show_possible(view, row, possible)


def _show_organisers(view: View, row: CampaignRow) -> None:
    """Who is named as organiser, with the words that say so."""
    types = {r.submission.submission_id: r.submission.respondent_type for r in records.register(view)}
    for one in row.organisers:
        page = f", page {one.page}" if one.page else ""
        with st.container(gap="xxsmall"):
            st.text(f"Named as organiser: {one_line(one.name)} ({count_of(one.submissions, 'letter')}, {one.reason})")
            quote = shown(one.quote, types.get(one.submission_id, RespondentType.INDIVIDUAL))
            st.text(f"“{one_line(quote)}”, {one.submission_id}{page}")


def _show_variants(view: View, row: CampaignRow) -> None:
    """The different texts of the campaign."""
    if len(row.variants) < 2:
        return
    types = {r.submission.submission_id: r.submission.respondent_type for r in records.register(view)}

    def seen(member: CampaignMember, text: str) -> str:
        return shortened(shown(text, types.get(member.submission_id, RespondentType.INDIVIDUAL)), _PIECE)

    table = [
        {
            "Text": v.number,
            "Letters": v.submissions,
            "Added to the template": seen(v.example, v.example.added_text),
            "Left out of it": seen(v.example, v.example.removed_text),
            "Example": v.example.submission_id,
        }
        for v in row.variants
    ]
    name = f"texts-{row.campaign.campaign_id}"
    show_table(view, table, name, f"The {count_of(len(table), 'different text')} of this campaign, the template first")


def _show_members(view: View, row: CampaignRow, members: Sequence[CampaignMember]) -> None:
    who = {r.submission.submission_id: r for r in records.register(view)}
    by_id = {m.submission_id: m for m in members}
    chosen = st.selectbox(
        f"Letter to compare with the template ({count_of(len(members), 'letter')})",
        list(by_id),
        format_func=lambda i: f"{one_line(who[i].respondent)}, {CAMPAIGN_ROLES[by_id[i].role].lower()}, {i}",
        key=f"{_MEMBER}-{row.campaign.campaign_id}",
    )
    show_beside(view, row, by_id[chosen], _author(view, row), who[chosen].submission.respondent_type)


def _author(view: View, row: CampaignRow) -> RespondentType:
    """Whoever wrote the template may not meet the filters; those who send form letters are mostly private persons."""
    there = (r.submission for r in records.register(view))
    mine = (s.respondent_type for s in there if s.submission_id == row.campaign.template_submission_id)
    return next(mine, RespondentType.INDIVIDUAL)


def _show_possible(view: View, row: CampaignRow, members: Sequence[CampaignMember]) -> None:
    """The queue of letters that may belong to the campaign: each beside the template, with the question."""
    who = {r.submission.submission_id: r for r in records.register(view)}
    by_id = {m.submission_id: m for m in sorted(members, key=lambda m: (-m.similarity, m.submission_id))}
    with st.container(border=True):
        st.header("Possibly of this campaign", anchor=False)
        one = len(members) == 1
        st.caption(
            f"{count_of(len(members), 'letter')} that {'shares' if one else 'share'} little more than a paragraph with "
            f"the template, counted as {'a letter of its own' if one else 'letters of their own'} until a person "
            "judges. What is in both is marked, after =."
        )
        chosen = st.selectbox(
            f"Letter to judge ({len(members):,} open)",
            list(by_id),
            format_func=lambda i: _possible_name(who[i], by_id[i]),
            key=f"possible-{row.campaign.campaign_id}",
        )
        show_shared(view, row, by_id[chosen], _author(view, row), who[chosen].submission.respondent_type)
        link(view, chosen)
        judging.ask(view, f"possible-{chosen}", _answers(row.campaign, chosen))


def _possible_name(row: RegisterRow, member: CampaignMember) -> str:
    at = row.submission.submitted_at
    sent = f", {day(at.date())}" if at else ""
    return f"{one_line(row.respondent)}{sent}, {likeness(member)}, {member.submission_id}"


def _answers(campaign: Campaign, submission_id: str) -> dict[str, Change]:
    row_id = member_id(submission_id, campaign.template_submission_id)

    def change(role: CampaignRole) -> Change:
        return Change(CAMPAIGN_MEMBERS.name, row_id, CAMPAIGN_MEMBERS.c.role, role.value)

    return {
        "It belongs to the campaign": change(CampaignRole.CONTAINS),
        "It is a letter of its own": change(CampaignRole.UNIQUE),
    }


main()
