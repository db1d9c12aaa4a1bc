"""One submission to read: who sent it, its files and parts, its words and pages, and what was found in it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards import placing, records
from dashboards.escaping import as_label, one_line, shortened
from dashboards.findings import show_findings
from dashboards.labels import CAMPAIGN_ROLES, FILE_ROLES, FILE_STATUSES, TEXT_SOURCES, TYPES, count_of
from dashboards.numbers import day, percent
from dashboards.pageviews import show_page, show_words
from dashboards.placing import FILE, Part
from dashboards.state import View
from rfc_analyzer import pages
from rfc_analyzer.comparison.reading import Reading, was_recognised
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import CampaignRole, FileStatus, SourceFile

_PAGE, _FINDINGS = "Page", "What it says"


def show_submission(view: View, submission_id: str) -> None:
    """The reader, with the way to the submissions before and after it among those that the filters leave."""
    _show_way(view, submission_id)
    try:
        found = records.submission(view, submission_id)
    except BadInput as error:
        st.warning("There is no such submission in this docket. Go back to the list and choose one.")
        st.text(str(error))
        return
    _show_who(found)
    readable = [f for f in found.files if f.text.strip() and f.status is not FileStatus.DUPLICATE]
    _show_files_without_text(found, readable)
    if not readable:
        st.info("No text could be read of this submission.", icon=":material/info:")
        return
    words, beside = st.columns(2, gap="medium")
    with words:
        file = _ask_file(found, readable)
        part = _ask_part(file)
        show_words(view, found, file, part)
    with beside:
        _show_beside(view, found, file, part)


def _show_way(view: View, submission_id: str) -> None:
    ids = records.ids(view)
    place = ids.index(submission_id) if submission_id in ids else None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("All submissions", icon=":material/arrow_back:", on_click=placing.close, key="reader-close")
        for label, icon, step in (("Previous", "navigate_before", -1), ("Next", "navigate_next", 1)):
            there = place is not None and 0 <= place + step < len(ids)
            st.button(
                label,
                icon=f":material/{icon}:",
                key=f"reader-{label}",
                disabled=not there,
                on_click=placing.open_submission,
                args=(ids[place + step],) if there and place is not None else (submission_id,),
            )
        if place is None:
            st.caption("It does not meet the filters; those before and after are not known.")
        else:
            st.caption(f"{place + 1:,} of {len(ids):,}{' that meet the filters' if view.filters.active else ''}")


def _show_who(found: Reading) -> None:
    who = found.submission
    st.title(as_label(shortened(found.respondent, 160)), anchor=False)
    said = [who.submission_id, TYPES[who.respondent_type]]
    if who.organization and who.respondent_name:
        said.insert(0, shortened(who.respondent_name, 80))
    if who.submitted_at:
        said.append(f"submitted {day(who.submitted_at.date())}")
    said.append(count_of(who.words, "word"))
    if who.signatories > 1:
        said.append(count_of(who.signatories, "signatory", "signatories"))
    if who.campaign_role is not CampaignRole.UNIQUE:
        said.append(CAMPAIGN_ROLES[who.campaign_role].lower())
    st.caption(" · ".join(as_label(part) for part in said))
    sure = f"{TYPES[who.respondent_type]}, {percent(who.respondent_type_score)} sure"
    with st.container(gap="xxsmall"):
        st.text(f"{sure}: {one_line(who.respondent_type_reason) or 'no sign tells more'}")
        if not who.substantive:
            st.text(
                f"Makes no argument about the docket: {one_line(who.substantive_reason) or 'nothing to argue from'}"
            )
        if who.note:
            st.text(f"Note: {one_line(who.note)}")


def _show_files_without_text(found: Reading, readable: Sequence[SourceFile]) -> None:
    others = [f for f in found.files if f not in readable]
    if others:
        with st.expander(f"{count_of(len(others), 'file')} without text to show"):
            for file in others:
                name = file.name.removeprefix(f"{found.submission.submission_id}/")
                why = f": {one_line(file.message)}" if file.message else ""
                st.text(f"{one_line(name)} ({FILE_STATUSES[file.status].lower()}){why}")


def _ask_file(found: Reading, readable: Sequence[SourceFile]) -> SourceFile:
    ids = {f.file_id: f for f in readable}
    argued = [p.file_id for p in found.passages if p.counted]
    most = max(readable, key=lambda f: argued.count(f.file_id)).file_id
    asked = placing.asked(FILE)
    chosen = asked if asked in ids else most
    if len(ids) > 1:
        key = f"reader-file-{chosen}"
        prefix = f"{found.submission.submission_id}/"
        st.selectbox(
            "File",
            list(ids),
            index=list(ids).index(chosen),
            format_func=lambda i: f"{one_line(ids[i].name).removeprefix(prefix)} ({FILE_ROLES[ids[i].role].lower()})",
            key=key,
            on_change=lambda: placing.open_file(st.session_state[key]),
        )
    return ids[chosen]


def _ask_part(file: SourceFile) -> Part:
    parts = placing.cut(file)
    part = placing.part_of(parts)
    source = TEXT_SOURCES[file.text_source]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if len(parts) > 1:
            for label, icon, number in (
                ("Previous page", "chevron_left", part.number - 1),
                ("Next page", "chevron_right", part.number + 1),
            ):
                st.button(
                    label if part.page else label.replace("page", "part"),
                    icon=f":material/{icon}:",
                    key=f"reader-{label}",
                    disabled=not 1 <= number <= len(parts),
                    on_click=placing.open_part,
                    args=(file.file_id, number),
                )
            st.caption(f"{part.title(len(parts))} · {source}")
        else:
            st.caption(source)
    if file.status is FileStatus.PARTIAL and file.message:
        st.text(f"Read in part: {one_line(file.message)}")
    if was_recognised(file):
        sure = f" The program was {percent(file.ocr_confidence)} sure of them." if file.ocr_confidence else ""
        st.info(
            f"These words were read from a picture, and letters may be wrong.{sure}", icon=":material/document_scanner:"
        )
    return part


def _show_beside(view: View, found: Reading, file: SourceFile, part: Part) -> None:
    there = part.page is not None and records.has_original(view, file)
    if pages.has_pages(file) and not there:
        st.caption(
            "The page itself can't be shown: the original file is no longer where it was when it was analyzed. "
            "Its text is here in full."
        )
    shown = _FINDINGS
    if there:
        shown = st.segmented_control(
            "Beside the text", (_PAGE, _FINDINGS), default=_PAGE, required=True, key="reader-beside",
            label_visibility="collapsed",
        )  # fmt: skip
    if shown == _PAGE and part.page is not None:
        show_page(view, found, file, part.page)
    else:
        show_findings(view, found)
