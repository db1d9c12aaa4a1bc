"""How the counts come together, what to trust, which views are small, and which comments to answer."""

import shutil

import pytest
from make_analysis import LETTERS, make_analysis

from rfc_analyzer import load
from rfc_analyzer.comparison import (
    CampaignFilter,
    Denominators,
    Filters,
    Unit,
    campaigns,
    comments_to_answer,
    how_far_to_trust,
    minority_views,
    reconcile,
)
from rfc_analyzer.model import CampaignRole, RespondentType, Stance
from rfc_analyzer.tables import EVIDENCE, POSITIONS


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("accounts") / "analysis")


def test_the_three_counts_come_from_one_another(analysis):
    found = reconcile(analysis)
    assert found.denominators == Denominators(14, 16, 11)
    assert (found.in_campaigns, found.campaigns, found.joint_letters, found.further_signatories) == (4, 1, 1, 2)
    texts, signed = found.in_words()
    assert texts.endswith("(14 − 4 + 1 = 11).") and signed.endswith("(14 + 2 = 16).")


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(campaign=CampaignFilter.ONLY),
        Filters(campaign=CampaignFilter.WITHOUT),
        Filters(respondent_types=(RespondentType.ANONYMOUS,)),
        Filters(text="zyzzyva"),
    ],
)
def test_the_sums_add_up_under_any_filter(analysis, filters):
    found = reconcile(analysis, filters)
    counts = found.denominators
    assert counts.submissions - found.in_campaigns + found.campaigns == counts.distinct_texts
    assert counts.submissions + found.further_signatories == counts.signatories


def test_without_campaign_or_joint_letters_it_says_so(analysis):
    texts, signed = reconcile(analysis, Filters(respondent_types=(RespondentType.GOVERNMENT,))).in_words()
    assert texts.startswith("No form-letter campaign") and signed.startswith("No submission was found")


def test_trust_tells_what_was_not_read_and_not_checked(analysis):
    said = " ".join(how_far_to_trust(analysis))
    assert "Respondents chose themselves" in said
    assert "no person has checked them" in said
    assert "1 file that could not be read" in said
    assert "for 0 of 14 the signs are weak" in said


def test_minority_views_and_the_types_where_they_lead(analysis):
    found = {v.proposition_id: v for v in minority_views(analysis)}
    # by hand: P1 5 + 1 campaign for, 2 against; P2 2 + 1 for, 2 against; P3 3 for, 2 against and one signer's addition
    assert found["P1"].stance is Stance.OPPOSE
    assert (found["P1"].share.n, found["P1"].share.of) == (2, 8)
    assert found["P1"].types == ((RespondentType.PRIVATE_SECTOR, 2, 0),)
    assert found["P2"].stance is Stance.OPPOSE
    assert all(view.share.unit is Unit.DISTINCT_TEXTS for view in found.values())


def test_campaigns_count_their_letters_among_the_submissions_looked_at(analysis):
    (row,) = campaigns(analysis)
    assert (row.submissions, row.signatories, row.possible, len(row.members)) == (4, 4, 1, 5)
    (few,) = campaigns(analysis, Filters(respondent_types=(RespondentType.ANONYMOUS,)))
    assert (few.submissions, few.possible) == (1, 0)
    assert [m.role for m in few.members] == [CampaignRole.CONTAINS]
    assert campaigns(analysis, Filters(respondent_types=(RespondentType.ACADEMIA,))) == []


def test_every_argument_stands_in_the_comments_to_answer_once(analysis):
    found = comments_to_answer(analysis)
    ids = [c.submission.submission_id for c in found]
    arguing = {x.id for x in LETTERS if x.substantive}
    # the copy that adds nothing is answered with its template; what others add stands apart
    copies = {x.id for x in LETTERS if x.role is CampaignRole.EXACT}
    assert set(ids) == arguing - copies
    assert len({c.comment_id for c in found}) == len(found)
    added = [c for c in found if c.submission.submission_id == "FPC-2026-0003-0013"]
    assert [(c.stance, c.questions, c.theme) for c in added] == [(Stance.OPPOSE, ("2a",), "Cost to small shops")]
    template = next(c for c in found if c.submission.submission_id == "FPC-2026-0003-0010")
    assert template.submissions == 4


def test_who_takes_no_position_is_answered_by_theme(analysis, tmp_path):
    folder = shutil.copytree(analysis.folder, tmp_path / "silent")
    EVIDENCE.write(folder, [])
    POSITIONS.write(folder, [])
    found = [c for c in comments_to_answer(load(folder)) if c.submission.submission_id == "FPC-2026-0003-0001"]
    assert [(c.issue, c.stance) for c in found] == [
        ("Notice to customers", None),
        ("Trust at the till", None),
        ("Cost to small shops", None),
    ]
    assert found[0].excerpt == "A day's notice would empty our shelves before every rise, so we oppose it."
