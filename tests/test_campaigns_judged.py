"""People's judgements on form letters change the counts, hold in the next run, and can be taken back."""

import csv
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from test_campaigns import OTHER, OWN, TEMPLATE
from test_campaigns_families import apart

from rfc_analyzer import analyze, export, load
from rfc_analyzer.belonging import NOT_ONE_LETTER, decide, judgements, member_id
from rfc_analyzer.comparison import campaigns, denominators, reconcile, suspected_families
from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.returning import import_corrections
from rfc_analyzer.model import (
    Campaign,
    CampaignKind,
    CampaignMember,
    CampaignRole,
    Review,
)
from rfc_analyzer.reviews import Change, review, undo
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, PASSAGES, SUBMISSIONS

PADDED = tuple(f"{a} {b}" for a, b in zip(TEMPLATE, OWN, strict=True))
POSSIBLE = (*OTHER, PADDED[1])
FAMILY = apart(20)
LATER = (
    "Whoever wants a marina should first tell us where the fishing boats are meant to go in a gale.",
    "Moorings on the east side have been promised since the year that my son was born.",
)


def write_docket(path, further=()):
    letters = [("S001", PADDED), ("S002", PADDED), ("S003", POSSIBLE), ("S004", OTHER[:1])]
    letters += [(f"S{n:03}", lines) for n, lines in enumerate(FAMILY, start=100)]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "text"])
        out.writerows((sid, "\n\n".join(lines)) for sid, lines in [*letters, *further])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("judged")
    write_docket(folder / "comments.csv")
    analyze([folder / "comments.csv"], folder / "analysis")
    return folder


@pytest.fixture
def analysis(made, tmp_path):
    import shutil

    shutil.copytree(made / "analysis", tmp_path / "analysis")
    return tmp_path / "analysis"


def belongs(submission_id, template_id, role):
    return Change(CAMPAIGN_MEMBERS.name, member_id(submission_id, template_id), CAMPAIGN_MEMBERS.c.role, role.value)


def judge_family(new):
    return Change(CAMPAIGNS.name, "S100", CAMPAIGNS.c.kind, new)


def roles(folder):
    return {s.submission_id: s.campaign_role for s in load(folder).rows(SUBMISSIONS)}


def adds_up(folder):
    found, analysis = reconcile(load(folder)), load(folder)
    assert sum(c.submissions for c in analysis.rows(CAMPAIGNS)) == found.in_campaigns
    counts = found.denominators
    assert counts.distinct_texts == counts.submissions - found.in_campaigns + found.campaigns
    return counts


def test_before_anybody_judges(analysis):
    assert roles(analysis)["S003"] is CampaignRole.POSSIBLE
    assert [r.campaign.submissions for r in campaigns(load(analysis))] == [2]
    (family,) = suspected_families(load(analysis))
    assert (family.share.n, family.share.of) == (20, 24)
    assert adds_up(analysis).distinct_texts == 23


def test_a_possible_letter_that_is_accepted_counts_into_its_campaign(analysis):
    review(analysis, "RB", [belongs("S003", "S001", CampaignRole.CONTAINS)])
    assert roles(analysis)["S003"] is CampaignRole.CONTAINS
    (row,) = campaigns(load(analysis))
    assert (row.submissions, row.possible, row.campaign.submissions, row.campaign.kind) == (3, 0, 3, CampaignKind.NEAR)
    assert adds_up(analysis).distinct_texts == 22


def test_a_possible_letter_that_is_rejected_is_a_letter_of_its_own(analysis):
    review(analysis, "RB", [belongs("S003", "S001", CampaignRole.UNIQUE)])
    submission = next(s for s in load(analysis).rows(SUBMISSIONS) if s.submission_id == "S003")
    assert (submission.campaign_id, submission.campaign_role) == (None, CampaignRole.UNIQUE)
    assert campaigns(load(analysis))[0].possible == 0
    assert adds_up(analysis).distinct_texts == 23


def test_what_was_judged_can_be_taken_back(analysis):
    before = load(analysis)
    (made,) = review(analysis, "RB", [belongs("S003", "S001", CampaignRole.UNIQUE)])
    undo(analysis, made.review_id, "RB")
    after = load(analysis)
    for table in (SUBMISSIONS, CAMPAIGNS, CAMPAIGN_MEMBERS):
        assert after.rows(table) == before.rows(table)


def test_suspected_letters_become_one_campaign_or_letters_of_their_own(analysis):
    review(analysis, "RB", [judge_family(CampaignKind.SLOT_FILLED.value)])
    assert [r.submissions for r in campaigns(load(analysis))] == [20, 2]
    assert suspected_families(load(analysis)) == []
    assert adds_up(analysis).distinct_texts == 4
    review(analysis, "RB", [judge_family(NOT_ONE_LETTER)])
    assert suspected_families(load(analysis)) == []
    assert adds_up(analysis).distinct_texts == 23
    assert roles(analysis)["S110"] is CampaignRole.UNIQUE


def test_judgements_hold_in_the_next_run_also_when_more_letters_came(analysis, made):
    review(analysis, "RB", [belongs("S003", "S001", CampaignRole.CONTAINS), judge_family("slot_filled")])
    more = [(f"S{n:03}", LATER) for n in range(200, 204)]
    write_docket(made / "comments.csv", more)
    analyze([made / "comments.csv"], analysis)
    # the new letters are the largest campaign now, and take the number of the old one
    found = {r.campaign.template_submission_id: r.submissions for r in campaigns(load(analysis))}
    assert found == {"S100": 20, "S001": 3, "S200": 4}
    counts = adds_up(analysis)
    assert (counts.submissions, counts.distinct_texts) == (28, 4)
    assert load(analysis).manifest.counts["distinct_texts"] == 4
    # what the accepted letter repeats is no longer counted as its own
    assert [p.counted for p in load(analysis).rows(PASSAGES) if p.submission_id == "S003"].count(False) == 1
    write_docket(made / "comments.csv")


def judged_in_workbook(file, judgements):
    """Write each judgement (submission → words) into the exported workbook."""
    book = load_workbook(file)
    lines = list(book["Campaign members"].iter_rows())
    titles = next([cell.value for cell in line] for line in lines if line[0].value == "Campaign")
    for line in lines:
        if (submission_id := line[titles.index("Submission")].value) in judgements:
            line[titles.index("Does it belong?")].value = judgements[submission_id]
    book.save(file)


@pytest.mark.parametrize(
    ("words", "role"),
    [("Belongs to the campaign", CampaignRole.CONTAINS), ("a letter of its own", CampaignRole.UNIQUE)],
)
def test_what_was_judged_in_the_workbook_comes_back_and_stays(analysis, made, words, role):
    file = analysis.parent / "x.xlsx"
    export(load(analysis), xlsx=file)
    assert not import_corrections(analysis, file, "RB").reviews
    judged_in_workbook(file, {"S003": words})
    (one,) = import_corrections(analysis, file, "RB").reviews
    assert (one.table, one.row_id, one.new) == ("campaign_members", "S003|S001", role.value)
    assert one.note.startswith("x.xlsx, Campaign members E")
    assert roles(analysis)["S003"] is role
    again = import_corrections(analysis, file, "RB")
    assert not again.reviews and not again.problems
    analyze([made / "comments.csv"], analysis)
    assert roles(analysis)["S003"] is role
    export(load(analysis), xlsx=file)
    assert not import_corrections(analysis, file, "RB").reviews


def test_the_workbook_judges_neither_copies_nor_what_was_judged_since(analysis):
    file = analysis.parent / "x.xlsx"
    export(load(analysis), xlsx=file)
    judged_in_workbook(file, {"S002": "A letter of its own"})
    (problem,) = import_corrections(analysis, file, "RB").problems
    assert problem.message == "a copy of the form letter is not judged; empty the cell"
    review(analysis, "MK", [belongs("S003", "S001", CampaignRole.UNIQUE)])
    judged_in_workbook(file, {"S002": None, "S003": "Belongs to the campaign"})
    (problem,) = import_corrections(analysis, file, "RB").problems
    assert "was “Open” when it was exported, and is “A letter of its own” now, as MK" in problem.message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (belongs("S004", "S001", CampaignRole.CONTAINS), "there is no"),
        (belongs("S003", "S001", CampaignRole.EXACT), "is one of"),
        (judge_family("exact"), "is one of"),
        (Change(CAMPAIGNS.name, "S001", CAMPAIGNS.c.kind, NOT_ONE_LETTER), "there is no"),
    ],
)
def test_what_cannot_be_judged_is_refused(analysis, change, said):
    with pytest.raises(BadInput, match=said):
        review(analysis, "RB", [change])
    assert denominators(load(analysis)).distinct_texts == 23


ROLES = st.sampled_from([CampaignRole.EXACT, CampaignRole.NEAR, CampaignRole.CONTAINS, CampaignRole.POSSIBLE])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(ROLES, max_size=4), max_size=3),
    st.lists(st.integers(1, 4), max_size=2),
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 12), st.sampled_from(["possible", "contains", "unique"])),
        max_size=6,
    ),
    st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["suspected", "slot_filled", "none"])), max_size=3),
)
def test_whatever_is_judged_campaigns_add_up_to_their_members(groups, families, members_judged, families_judged):
    campaigns_made, members = [], []
    for n, group in enumerate(groups):
        first = f"S{len(members)}"
        campaigns_made.append(Campaign(f"C{n}", CampaignKind.NEAR, 0, first, "", None, None, 1))
        for role in (CampaignRole.ORIGINAL, *group):
            members.append(CampaignMember(f"C{n}", f"S{len(members)}", role, 1.0, "", "", 1))
    for n, size in enumerate(families):
        first = f"S{len(members)}"
        campaigns_made.append(Campaign(f"F{n}", CampaignKind.SUSPECTED, 0, first, "", None, None, 1))
        for _ in range(size):
            members.append(CampaignMember(f"F{n}", f"S{len(members)}", CampaignRole.POSSIBLE, 1.0, "", "", 1))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    said = [("campaign_members", f"S{a}|S{b}", "role", v) for a, b, v in members_judged]
    said += [("campaigns", f"S{a}", "kind", v) for a, v in families_judged]
    reviews = [Review(str(n), at, "RB", *row[:3], "", row[3], "") for n, row in enumerate(said)]
    judged = judgements(reviews)
    if judged is None:
        assert not reviews
        return
    found = decide(campaigns_made, members, {m.submission_id: at for m in members}, judged)
    ids = [m.submission_id for m in found.members]
    assert len(ids) == len(set(ids))
    assert set(ids) <= {m.submission_id for m in members}
    assert {m.campaign_id for m in found.members} == {c.campaign_id for c in found.campaigns}
    for one in found.campaigns:
        counted = [m for m in found.members if m.campaign_id == one.campaign_id and m.role is not CampaignRole.POSSIBLE]
        assert one.submissions == len(counted)
        assert (one.kind is CampaignKind.SUSPECTED) == (not counted)
    # judging once more changes nothing
    again = decide(found.campaigns, found.members, {m.submission_id: at for m in members}, judged)
    assert again == found
