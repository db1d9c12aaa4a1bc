"""How much each submission counts in a unit, and the three denominators."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass

import pandas as pd

from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.shares import Unit
from rfc_analyzer.model import CampaignRole
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGNS, SUBMISSIONS

_S = SUBMISSIONS.c
_NEARNESS = {
    role.value: place
    for place, role in enumerate(
        (CampaignRole.ORIGINAL, CampaignRole.EXACT, CampaignRole.NEAR, CampaignRole.CONTAINS), start=1
    )
}


@dataclass(frozen=True, slots=True)
class Denominators:
    """The same respondents counted in three ways."""

    submissions: int
    signatories: int
    distinct_texts: int

    def of(self, unit: Unit) -> int:
        """The count in ``unit``."""
        return int(getattr(self, unit.value))

    def to_json(self) -> dict[str, int]:
        return asdict(self)


def denominators(analysis: Analysis, filters: Filters | None = None) -> Denominators:
    """Submissions that meet ``filters``, who signed them, and the texts once each campaign counts as one.

    Distinct texts are the submissions outside campaigns and one for each campaign; a possible member of a
    campaign counts as its own text.
    """
    asked = filters or Filters()
    return analysis.once(("denominators", asked), lambda: _denominators(analysis, asked.apply(analysis)))


def _denominators(analysis: Analysis, submission_ids: Collection[str]) -> Denominators:
    return Denominators(*(int(weights(analysis, submission_ids, unit).sum()) for unit in Unit))


def weights(analysis: Analysis, submission_ids: Collection[str], unit: Unit) -> pd.Series:
    """What each of ``submission_ids`` counts in ``unit``: integers, by submission id, in the table's order.

    In distinct texts a campaign counts once, as its template; where the template is not among
    ``submission_ids``, as the member that is most like it. The others are left out.
    """
    table = analysis.submissions
    if len(submission_ids) != len(table):
        table = table[table[_S.submission_id].isin(set(submission_ids))]
    if unit is Unit.SIGNATORIES:
        return table.set_index(_S.submission_id)[_S.signatories].astype(int)
    if unit is Unit.DISTINCT_TEXTS:
        table = table[~in_campaign(table) | table[_S.submission_id].isin(_speakers(analysis, table))]
    return pd.Series(1, index=pd.Index(table[_S.submission_id], name=_S.submission_id), dtype=int)


def _speakers(analysis: Analysis, table: pd.DataFrame) -> pd.Series:
    """The one member of each campaign that speaks for it."""
    members = table[in_campaign(table)]
    templates = set(analysis.campaigns[CAMPAIGNS.c.template_submission_id])
    nearness = members[_S.campaign_role].map(_NEARNESS).where(~members[_S.submission_id].isin(templates), 0)
    ordered = members.assign(nearness=nearness).sort_values(["nearness", _S.submission_id])
    return ordered.drop_duplicates(_S.campaign_id)[_S.submission_id]
