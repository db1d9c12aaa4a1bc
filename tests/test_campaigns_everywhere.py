"""The three denominators add up to the docket, whatever people judge, on screens and in every export."""

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from test_campaigns_counts import WORDINGS, analysed
from test_campaigns_families import apart

from rfc_analyzer import export, load
from rfc_analyzer.belonging import JUDGED_KINDS, JUDGED_ROLES, member_id
from rfc_analyzer.comparison import (
    CampaignFilter,
    Filters,
    Unit,
    campaigns,
    denominators,
    group_sizes,
    overview,
    reconcile,
    respondents_by_type,
    suspected_families,
    weights,
)
from rfc_analyzer.model import CampaignKind, CampaignRole
from rfc_analyzer.report import summary_json
from rfc_analyzer.reviews import Change, review
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, SUBMISSIONS

FAMILY = tuple(apart(20))
DOCKETS = st.lists(st.sampled_from(range(len(WORDINGS))), min_size=2, max_size=12)
SIGNED = st.lists(st.integers(1, 30), min_size=12, max_size=12)
_BY = "campaign"
JUDGED = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 2)), max_size=5)


def judge(folder, choices):
    """Answer some of the open questions of the docket, each choice a number of a question and of an answer."""
    for question, answer in choices:
        analysis = load(folder)
        template = {c.campaign_id: c.template_submission_id for c in analysis.rows(CAMPAIGNS)}
        kinds = {c.campaign_id: c.kind for c in analysis.rows(CAMPAIGNS)}
        asked = [
            Change(CAMPAIGN_MEMBERS.name, member_id(m.submission_id, template[m.campaign_id]), CAMPAIGN_MEMBERS.c.role,
                   JUDGED_ROLES[answer].value)
            for m in analysis.rows(CAMPAIGN_MEMBERS)
            if m.role is CampaignRole.POSSIBLE and kinds[m.campaign_id] is not CampaignKind.SUSPECTED
        ]  # fmt: skip
        asked += [
            Change(CAMPAIGNS.name, f.campaign.template_submission_id, CAMPAIGNS.c.kind, JUDGED_KINDS[answer])
            for f in suspected_families(analysis)
        ]
        if asked:
            review(folder, "RB", [asked[question % len(asked)]])


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCKETS, SIGNED, JUDGED, st.booleans())
def test_every_figure_counts_the_same_docket(wordings, signatories, judged, with_family):
    with TemporaryDirectory() as place:
        folder = Path(place)
        analysed(folder, wordings, signatories[: len(wordings)], FAMILY if with_family else ())
        judge(folder, judged)
        analysis = load(folder)
        counts, found = denominators(analysis), reconcile(analysis)
        submissions = analysis.rows(SUBMISSIONS)
        ids = [s.submission_id for s in submissions]
        assert counts.submissions == len(submissions) == len(wordings) + 20 * with_family
        assert counts.signatories == sum(s.signatories for s in submissions)
        assert counts.distinct_texts == counts.submissions - found.in_campaigns + found.campaigns
        assert sum(r.submissions for r in campaigns(analysis)) == found.in_campaigns
        assert overview(analysis).in_campaigns.n == found.in_campaigns
        for unit in Unit:
            assert weights(analysis, ids, unit).sum() == counts.of(unit)
            assert sum(r.share.n for r in respondents_by_type(analysis, None, unit)) == counts.of(unit)
        parts = [
            denominators(analysis, Filters(campaign=part)) for part in (CampaignFilter.ONLY, CampaignFilter.WITHOUT)
        ]
        for unit in Unit:
            assert sum(part.of(unit) for part in parts) == counts.of(unit)
        for unit in Unit:
            assert sum(group_sizes(analysis, _BY, unit=unit).values()) == counts.of(unit)


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCKETS, SIGNED, JUDGED)
def test_every_export_says_the_same_three_counts_and_how_they_come_together(wordings, signatories, judged):
    with TemporaryDirectory() as place:
        folder = Path(place) / "analysis"
        folder.mkdir()
        analysed(folder, wordings, signatories[: len(wordings)], FAMILY)
        judge(folder, judged)
        analysis = load(folder)
        counts, sentences = denominators(analysis), reconcile(analysis).in_words()
        out = Path(place)
        export(analysis, xlsx=out / "x.xlsx", docx=out / "d.docx", csv=out / "csv")
        book = load_workbook(out / "x.xlsx", read_only=True)
        sheet = " ".join(str(c) for row in book["Summary"].iter_rows(values_only=True) for c in row if c is not None)
        document = " ".join(p.text for p in Document(str(out / "d.docx")).paragraphs)
        for sentence in sentences:
            assert sentence in sheet
            assert sentence in document
        with (out / "csv" / "figures_denominators.csv").open(encoding="utf-8-sig", newline="") as file:
            assert {r["unit"]: int(r["count"]) for r in csv.DictReader(file)} == counts.to_json()
        assert json.loads(summary_json(analysis))["counts"] == counts.to_json()
        lines = [row for row in book["Campaign members"].iter_rows(values_only=True) if len(row) > 3 and row[3]]
        counted = [row for row in lines[1:] if "not counted" not in row[3]]
        assert len(counted) == reconcile(analysis).in_campaigns
