"""The three denominators of a docket whose campaigns were found, not given."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from test_campaigns import OTHER, OWN, TEMPLATE, letter, run

from rfc_analyzer.comparison import reconcile
from rfc_analyzer.model import CampaignRole, Docket
from rfc_analyzer.store import Analysis, Manifest, load, save_manifest
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, POSITIONS, PROPOSITIONS, SUBMISSIONS

WORDINGS = (
    TEMPLATE, (*TEMPLATE, OWN[0]), TEMPLATE[1:], OWN + TEMPLATE + OTHER, (*OWN, TEMPLATE[1]), OTHER,
    (*OTHER, "Thanks."), OWN, ("Yes.",), ("No.",), ("",),
)  # fmt: skip


def analysed(folder: Path, wordings, signatories, family=()) -> Analysis:
    made = [letter(n, lines) for n, lines in enumerate([*(WORDINGS[w] for w in wordings), *family])]
    signatories = [*signatories, *[1] * len(family)]
    result = run(made)
    of = {m.submission_id: m for m in result.members}
    rows = []
    for (submission, _), signed in zip(made, signatories, strict=True):
        row = replace(submission, signatories=signed)
        if member := of.get(row.submission_id):
            row = replace(row, campaign_id=member.campaign_id, campaign_role=member.role)
        rows.append(row)
    SUBMISSIONS.write(folder, rows)
    CAMPAIGNS.write(folder, result.campaigns)
    CAMPAIGN_MEMBERS.write(folder, result.members)
    POSITIONS.write(folder, ())
    PROPOSITIONS.write(folder, ())
    save_manifest(folder, Manifest(Docket("D", "D"), "2026-03-01T00:00:00+00:00", 0, {}, {}, {}, (), {}, {}))
    return load(folder)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(range(len(WORDINGS))), min_size=1, max_size=14),
    st.lists(st.integers(1, 30), min_size=14, max_size=14),
)
def test_submissions_signatories_and_distinct_texts_reconcile(wordings, signatories):
    with TemporaryDirectory() as folder:
        found = reconcile(analysis := analysed(Path(folder), wordings, signatories[: len(wordings)]))
        campaigns, members = analysis.rows(CAMPAIGNS), analysis.rows(CAMPAIGN_MEMBERS)
    counts = found.denominators
    assert counts.submissions == len(wordings)
    assert counts.signatories == sum(signatories[: len(wordings)])
    # each submission is in one campaign at most, and those counted in are the campaigns' own totals
    assert len({m.submission_id for m in members}) == len(members)
    assert found.in_campaigns == sum(c.submissions for c in campaigns)
    assert found.in_campaigns == sum(m.role is not CampaignRole.POSSIBLE for m in members)
    assert counts.distinct_texts == len(wordings) - found.in_campaigns + len(campaigns)
    assert counts.signatories == counts.submissions + found.further_signatories
