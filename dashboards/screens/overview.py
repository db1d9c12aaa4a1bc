"""Overview: what this docket says, on one screen."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboards import figures
from dashboards.charts import Bar, Standing, bars, diverging, diverging_in_words
from dashboards.charts.axes import wrapped
from dashboards.charts.diverging import KEY, PICKED
from dashboards.choosing import ABOUT, picked
from dashboards.drawing import drawing
from dashboards.escaping import as_label, one_line
from dashboards.labels import TYPES, count_of
from dashboards.numbers import day, days, share_percent
from dashboards.picturing import show_chart
from dashboards.state import View, current_view, open_page
from dashboards.tabling import show_table
from dashboards.wording import NO_PROPOSITIONS, NO_THEMES, standing_rows
from rfc_analyzer.comparison import Overview, Share
from rfc_analyzer.comparison.trust import how_far_to_trust

_THEMES = 8
_STANDING_CHART = "overview-standing"


def main() -> None:
    """The page."""
    view = current_view()
    found = figures.overview(view)
    _show_heading(found)
    _show_counts(found)
    with st.container(border=True):
        _show_standing(view, found)
    who, what = st.columns([4, 5], gap="medium")
    with who, st.container(border=True, height="stretch"):
        _show_respondents(view)
    with what, st.container(border=True, height="stretch"):
        _show_themes(view, found)
    with st.container(border=True):
        _show_care(view, found)


def _show_heading(found: Overview) -> None:
    st.title(as_label(found.docket.title or found.docket.docket_id), anchor=False)
    said = [as_label(found.docket.docket_id)] if found.docket.title else []
    if found.first_submitted_at and found.last_submitted_at:
        said.append(f"submitted {days(found.first_submitted_at.date(), found.last_submitted_at.date())}")
    said.append(f"analyzed {day(datetime.fromisoformat(found.created_at).date())}")
    st.caption(" · ".join(said))


def _show_counts(found: Overview) -> None:
    counts = found.denominators
    cards = (
        ("Submissions", f"{counts.submissions:,}", "Comments as they were sent, each copy of a form letter included."),
        ("Signatories", f"{counts.signatories:,}", "People and bodies who signed, joint letters included."),
        ("Distinct texts", f"{counts.distinct_texts:,}", "A campaign of form letters counts once."),
        ("In form letters", _counted(found.in_campaigns.n, share_percent(found.in_campaigns)), _of_campaigns(found)),
        (
            "No argument",
            _counted(found.without_argument.n, share_percent(found.without_argument)),
            "Submissions that say nothing about the docket, such as a greeting or a test.",
        ),
    )
    for place, (label, value, said) in zip(st.columns(len(cards)), cards, strict=True):
        place.metric(label, value, help=said, border=True)


def _counted(number: int, share: str) -> str:
    return f"{number:,} ({share})" if number and share != "–" else f"{number:,}"


def _of_campaigns(found: Overview) -> str:
    if not found.campaigns:
        return "No form letter is among these submissions."
    largest = count_of(found.campaigns[0].share.n, "submission")
    return f"Submissions that belong to {count_of(len(found.campaigns), 'campaign')}; the largest has {largest}."


def _show_respondents(view: View) -> None:
    rows = figures.respondents(view)
    st.header("Who answered", anchor=False)
    st.caption(f"By respondent type, in {view.unit.label}")
    drawn = [Bar(r.respondent_type, (TYPES[r.respondent_type],), r.share.n, _beside(r.share)) for r in rows]
    said = "Bars by respondent type. " + "; ".join(f"{b.lines[0]}: {b.said}" for b in drawn)
    show_chart(view, "respondents", drawing(bars, drawn, view.unit.label.capitalize()), title="Who answered", alt=said)
    table = [{"Respondent type": TYPES[r.respondent_type], view.unit.label.capitalize(): r.share.n,
              "Share": share_percent(r.share)} for r in rows]  # fmt: skip
    show_table(view, table, "respondents")


def _beside(share: Share) -> str:
    return _counted(share.n, share_percent(share))


def _show_standing(view: View, found: Overview) -> None:
    st.header("Where respondents stand", anchor=False)
    if not found.positions:
        st.info(NO_PROPOSITIONS, icon=":material/info:")
        return
    st.caption(f"In {view.unit.label}; choose a bar for the words behind it")
    standings = [Standing(r.proposition_id, wrapped(r.text, 52), r) for r in found.positions]
    show_chart(
        view,
        "standing",
        drawing(diverging, standings, clickable=True),
        title="Where respondents stand",
        alt=diverging_in_words(standings),
        key=_STANDING_CHART,
        on_select="rerun",
        selection_mode=PICKED,
    )
    chosen = picked(_STANDING_CHART, PICKED, KEY)
    if chosen:
        open_page("positions", {**view.address(), ABOUT: [chosen]})
    show_table(
        view, standing_rows(found.positions, {r.proposition_id: one_line(r.text) for r in found.positions}), "standing"
    )
    st.page_link("screens/positions.py", label="Positions by respondent type", icon=":material/arrow_forward:",
                 query_params=view.address())  # fmt: skip


def _show_themes(view: View, found: Overview) -> None:
    st.header("What they raise", anchor=False)
    leading = [row for row in found.themes if row.parent_id is None and row.share.n][:_THEMES]
    if not leading:
        st.info(NO_THEMES, icon=":material/info:")
        return
    st.caption(f"Leading themes, in {view.unit.label}; a submission can raise several")
    drawn = [Bar(r.theme_id, wrapped(r.label, 34), r.share.n, _beside(r.share)) for r in leading]
    said = "Bars of the leading themes. " + "; ".join(f"{' '.join(b.lines)}: {b.said}" for b in drawn)
    chart = drawing(bars, drawn, view.unit.label.capitalize(), row_pixels=38)
    show_chart(view, "leading-themes", chart, title="What they raise", alt=said)
    table = [
        {"Theme": one_line(r.label), view.unit.label.capitalize(): r.share.n, "Share": share_percent(r.share),
         "Keywords": ", ".join(map(one_line, r.keywords[:6]))}
        for r in leading
    ]  # fmt: skip
    show_table(view, table, "leading-themes")
    st.page_link("screens/themes.py", label="All themes and their passages", icon=":material/arrow_forward:",
                 query_params=view.address())  # fmt: skip


def _show_care(view: View, found: Overview) -> None:
    st.header("What to be careful about", anchor=False)
    sentences = how_far_to_trust(view.analysis, view.filters)
    st.markdown("\n".join(f"- :small[{as_label(sentence)}]" for sentence in sentences))
    remarked = [*found.unread, *found.partly_read]
    if remarked:
        with st.expander(f"{count_of(len(remarked), 'file')} not read, or only in part", icon=":material/report:"):
            table = [{"File": one_line(f.name), "What happened": f.message} for f in remarked]
            st.dataframe(table, hide_index=True, alt="Files that were not read, and why")
    if found.notes:
        with st.expander("Notes on the input", icon=":material/description:"):
            for note in found.notes:
                st.text(note)


main()
