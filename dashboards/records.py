"""Listings of a view and single submissions, remembered until the analysis, the filters or the unit change."""

from __future__ import annotations

import streamlit as st

from dashboards.state import View
from rfc_analyzer import comparison
from rfc_analyzer.comparison import (
    CampaignRow,
    FamilyRow,
    Filters,
    JointLetter,
    Reconciliation,
    ThemeWeight,
    WordingRow,
    reading,
)
from rfc_analyzer.comparison.reading import Letters, Reading
from rfc_analyzer.comparison.register import RegisterRow
from rfc_analyzer.comparison.register import register as _register
from rfc_analyzer.model import Box, SourceFile
from rfc_analyzer.pages import Mark, find_pages, page_picture

_remember = st.cache_data(max_entries=64, show_spinner=False, hash_funcs={View: lambda view: view.key})
# thousands of rows: unpacking a copy for everyone who asks takes longer than all the rest of a page
_share = st.cache_resource(max_entries=8, show_spinner=False, hash_funcs={View: lambda view: view.key})
# pictures are large, and the pages before and after are asked for next
_remember_picture = st.cache_data(max_entries=24, show_spinner=False, hash_funcs={View: lambda view: view.key[0]})


@_share
def register(view: View) -> list[RegisterRow]:
    """The submissions that the filters leave; shared by all sessions: copy it before changing it."""
    return _register(view.analysis, view.filters)


@_remember
def ids(view: View) -> list[str]:
    """Ids of the submissions that the filters leave, in the order of the register."""
    return view.filters.apply(view.analysis)


@_remember
def submission(view: View, submission_id: str) -> Reading:
    """One submission, whole. Raises :class:`~rfc_analyzer.errors.BadInput` where there is none."""
    return reading.read_submission(view.analysis, submission_id)


@_remember
def theme_weights(view: View, submission_id: str) -> list[ThemeWeight]:
    """The themes of one submission with their weights."""
    return comparison.theme_weights(view.analysis, Filters(submission_ids=(submission_id,)))


@_remember
def lines(view: View, file_id: str, page: int, spans: tuple[tuple[int, int], ...]) -> list[Box]:
    """The lines of a page on which any of ``spans`` stand."""
    return reading.lines_of(view.analysis, file_id, page, spans)


@_remember
def campaigns(view: View) -> list[CampaignRow]:
    """Campaigns with a letter that meets the filters."""
    return comparison.campaigns(view.analysis, view.filters)


@_remember
def suspected_families(view: View) -> list[FamilyRow]:
    """Letters that look as if they were filled in, with one that meets the filters."""
    return comparison.suspected_families(view.analysis, view.filters)


@_remember
def family_slots(view: View, campaign_id: str) -> list[WordingRow]:
    """What such letters seem to have been filled in with."""
    return comparison.family_slots(view.analysis, campaign_id)


@_remember
def joint_letters(view: View) -> list[JointLetter]:
    """Submissions that several signed."""
    return comparison.joint_letters(view.analysis, view.filters)


@_remember
def reconciliation(view: View) -> Reconciliation:
    """How the three counts come from one another."""
    return comparison.reconcile(view.analysis, view.filters)


@_remember
def beside_template(view: View, campaign_id: str, submission_id: str) -> Letters:
    """A letter of a campaign beside its template, with what changed."""
    return reading.beside_template(view.analysis, campaign_id, submission_id)


def has_original(view: View, file: SourceFile) -> bool:
    """Whether pages of ``file`` can be shown now: it has some, and the original is still there."""
    return find_pages(view.analysis, file) is not None


def picture(view: View, file: SourceFile, page: int, marks: tuple[Mark, ...]) -> bytes:
    """A page as PNG with marks. Raises :class:`~rfc_analyzer.errors.UnreadableFile` where it can't be shown."""
    return _picture(view, file.file_id, file, page, marks)


@_remember_picture
def _picture(view: View, file_id: str, _file: SourceFile, page: int, marks: tuple[Mark, ...]) -> bytes:
    original = find_pages(view.analysis, _file)
    assert original is not None, "asked for only where has_original says so"
    return page_picture(original, _file.sha256, page, marks)
