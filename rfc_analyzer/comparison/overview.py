"""The headline facts of a docket, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rfc_analyzer.comparison.counting import Denominators, denominators
from rfc_analyzer.comparison.figures import (
    PositionRow,
    ThemeRow,
    TypeRow,
    most_raised,
    positions_overall,
    respondents_by_type,
    themes_overall,
)
from rfc_analyzer.comparison.files import FileRow, files_with_remarks
from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.memberships import CampaignShare, campaign_shares
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.model import Docket, FileStatus
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import SUBMISSIONS

_S = SUBMISSIONS.c


@dataclass(frozen=True, slots=True)
class Overview:
    """What to know first. ``positions`` and ``themes`` are in ``unit``, ``types`` and ``campaigns`` in submissions.

    ``unread`` are files of which nothing could be read, ``partly_read`` those of which some could.
    """

    docket: Docket
    created_at: str
    denominators: Denominators
    unit: Unit
    first_submitted_at: datetime | None
    last_submitted_at: datetime | None
    types: tuple[TypeRow, ...]
    themes: tuple[ThemeRow, ...]
    positions: tuple[PositionRow, ...]
    campaigns: tuple[CampaignShare, ...]
    in_campaigns: Share
    without_argument: Share
    unread: tuple[FileRow, ...]
    partly_read: tuple[FileRow, ...]
    notes: tuple[str, ...]


def overview(analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS) -> Overview:
    """The headline facts about the submissions that meet ``filters``.

    Themes come largest first, what is left beside them last; campaigns largest first too; positions in the order of
    the propositions.
    """
    filters = filters or Filters()
    table = filters.of(analysis, analysis.submissions)
    counts = denominators(analysis, filters)
    days = table[_S.submitted_at].dropna()
    files = files_with_remarks(analysis)
    themes = most_raised(themes_overall(analysis, filters, unit))
    return Overview(
        docket=analysis.manifest.docket,
        created_at=analysis.manifest.created_at,
        denominators=counts,
        unit=unit,
        first_submitted_at=days.min().to_pydatetime() if len(days) else None,
        last_submitted_at=days.max().to_pydatetime() if len(days) else None,
        types=tuple(respondents_by_type(analysis, filters, Unit.SUBMISSIONS)),
        themes=tuple(themes),
        positions=tuple(positions_overall(analysis, filters, unit)),
        campaigns=tuple(campaign_shares(analysis, filters)),
        in_campaigns=Share(int(in_campaign(table).sum()), counts.submissions, Unit.SUBMISSIONS),
        without_argument=Share(int((~table[_S.substantive]).sum()), counts.submissions, Unit.SUBMISSIONS),
        unread=tuple(f for f in files if f.unread),
        partly_read=tuple(f for f in files if f.status is FileStatus.PARTIAL),
        notes=analysis.manifest.notes,
    )
