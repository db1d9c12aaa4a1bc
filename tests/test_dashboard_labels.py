"""Every member of every closed set that screens show has a name, and no two members of a set share one."""

import pytest

from dashboards import labels
from rfc_analyzer import model
from rfc_analyzer.comparison import CampaignFilter, Unit
from rfc_analyzer.model_positions import PositionMethod

SETS = [
    (labels.TYPES, model.RespondentType),
    (labels.STANCES, model.Stance),
    (labels.UNITS, Unit),
    (labels.CAMPAIGN_FILTERS, CampaignFilter),
    (labels.CAMPAIGN_ROLES, model.CampaignRole),
    (labels.CAMPAIGN_KINDS, model.CampaignKind),
    (labels.METHODS, PositionMethod),
    (labels.PASSAGE_KINDS, model.PassageKind),
    (labels.FILE_STATUSES, model.FileStatus),
    (labels.FILE_ROLES, model.FileRole),
    (labels.TEXT_SOURCES, model.TextSource),
]


@pytest.mark.parametrize(("names", "members"), SETS, ids=lambda x: getattr(x, "__name__", ""))
def test_each_member_has_a_name_of_its_own(names, members):
    assert set(names) == set(members)
    assert len(set(names.values())) == len(names)
    assert not any("_" in name for name in names.values())


def test_counts_agree_with_their_noun():
    assert labels.count_of(1, "submission") == "1 submission"
    assert labels.count_of(1204, "signatory", "signatories") == "1,204 signatories"
