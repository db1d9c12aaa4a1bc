"""What holds of every analysis, on the sample docket and on a hand-made one: spans, pages, references, closed sets."""

from itertools import pairwise

import pytest
from make_analysis import make_analysis

from rfc_analyzer.model import ARGUMENT_KINDS, CampaignRole, FileRole, FileStatus, PassageKind
from rfc_analyzer.tables import (
    BOXES,
    CAMPAIGN_MEMBERS,
    CAMPAIGNS,
    EVIDENCE,
    FILES,
    PASSAGES,
    POSITIONS,
    PROPOSITIONS,
    QUESTIONS,
    SUBMISSIONS,
    THEMES,
)


@pytest.fixture(scope="module", params=["sample", "hand-made"])
def analysis(request, tmp_path_factory):
    if request.param == "sample":
        return request.getfixturevalue("sample")
    return make_analysis(tmp_path_factory.mktemp("invariants"))


@pytest.fixture
def texts(analysis):
    return {f.file_id: f for f in analysis.rows(FILES)}


def page_of(file, offset):
    return sum(start <= offset for start in file.page_starts) or None


def test_ids_are_unique(analysis):
    for table, key in (
        (SUBMISSIONS, "submission_id"), (FILES, "file_id"), (PASSAGES, "passage_id"), (THEMES, "theme_id"),
        (CAMPAIGNS, "campaign_id"), (QUESTIONS, "question_id"), (PROPOSITIONS, "proposition_id"),
    ):  # fmt: skip
        assert analysis.frame(table)[key].is_unique, table.name
    pairs = analysis.positions[[POSITIONS.c.submission_id, POSITIONS.c.proposition_id]]
    assert not pairs.duplicated().any()


def test_a_passage_is_its_span(analysis, texts):
    for passage in analysis.rows(PASSAGES):
        file = texts[passage.file_id]
        assert file.text[passage.start : passage.end] == passage.text
        assert passage.text.strip() and file.submission_id == passage.submission_id
        assert passage.page == page_of(file, passage.start)


def test_passages_of_a_file_are_in_order_and_apart(analysis):
    end = {}
    for passage in analysis.rows(PASSAGES):
        assert end.get(passage.file_id, 0) <= passage.start < passage.end
        end[passage.file_id] = passage.end


def test_passages_stand_together_by_file(analysis):
    order = [p.file_id for p in analysis.rows(PASSAGES)]
    changes = 1 + sum(a != b for a, b in pairwise(order))
    assert changes == len(set(order))


def test_a_quote_is_its_span_and_stands_in_what_argues(analysis, texts):
    spans = {}
    for passage in analysis.rows(PASSAGES):
        if passage.kind in ARGUMENT_KINDS | {PassageKind.HEADING}:
            spans.setdefault(passage.file_id, []).append((passage.start, passage.end))
    for row in analysis.rows(EVIDENCE):
        file = texts[row.file_id]
        assert file.text[row.start : row.end] == row.quote and row.quote.strip()
        assert file.submission_id == row.submission_id and row.page == page_of(file, row.start)
        assert any(start <= row.start and row.end <= end for start, end in spans[row.file_id]), row.quote


def test_every_position_has_evidence_for_it(analysis):
    quoted = {(e.submission_id, e.proposition_id) for e in analysis.rows(EVIDENCE)}
    taken = {(p.submission_id, p.proposition_id) for p in analysis.rows(POSITIONS)}
    assert taken == quoted
    assert all(0 <= p.confidence <= 1 for p in analysis.rows(POSITIONS))


def test_tables_refer_to_rows_that_are_there(analysis):
    submissions = {s.submission_id for s in analysis.rows(SUBMISSIONS)}
    themes = {t.theme_id for t in analysis.rows(THEMES)}
    questions = {q.question_id for q in analysis.rows(QUESTIONS)}
    propositions = {p.proposition_id for p in analysis.rows(PROPOSITIONS)}
    campaigns = {c.campaign_id for c in analysis.rows(CAMPAIGNS)}
    assert {f.submission_id for f in analysis.rows(FILES) if f.submission_id} <= submissions
    for passage in analysis.rows(PASSAGES):
        assert passage.theme_id in themes | {None}
        assert set(passage.questions_named) <= set(passage.question_ids) <= questions
    for row in (*analysis.rows(POSITIONS), *analysis.rows(EVIDENCE)):
        assert row.submission_id in submissions and row.proposition_id in propositions
    assert {t.parent_id for t in analysis.rows(THEMES)} <= themes | {None}
    assert {q.parent_id for q in analysis.rows(QUESTIONS)} <= questions | {None}
    for member in analysis.rows(CAMPAIGN_MEMBERS):
        assert member.submission_id in submissions and member.campaign_id in campaigns


def test_campaigns_and_members_tell_the_same(analysis):
    members = {m.submission_id: m for m in analysis.rows(CAMPAIGN_MEMBERS)}
    for submission in analysis.rows(SUBMISSIONS):
        member = members.get(submission.submission_id)
        assert submission.campaign_id == (member.campaign_id if member else None)
        assert submission.campaign_role is (member.role if member else CampaignRole.UNIQUE)
        assert submission.signatories >= 1
    for campaign in analysis.rows(CAMPAIGNS):
        own = [m for m in members.values() if m.campaign_id == campaign.campaign_id]
        assert campaign.submissions == sum(m.role is not CampaignRole.POSSIBLE for m in own) >= 2
        assert campaign.template_submission_id in {m.submission_id for m in own}
        assert all(0 <= m.similarity <= 1 for m in own)


def test_counts_of_a_theme_are_those_of_its_passages(analysis):
    passages = [p for p in analysis.rows(PASSAGES) if p.theme_id]
    below = {t.theme_id: {t.theme_id} for t in analysis.rows(THEMES)}
    for theme in analysis.rows(THEMES):
        if theme.parent_id:
            below[theme.parent_id].add(theme.theme_id)
    for theme in analysis.rows(THEMES):
        assert theme.passages == sum(p.theme_id in below[theme.theme_id] for p in passages)


def test_only_what_argues_is_counted(analysis):
    for passage in analysis.rows(PASSAGES):
        if passage.counted:
            assert passage.kind in ARGUMENT_KINDS, (passage.kind, passage.text)


def test_every_file_is_accounted_for(analysis):
    for file in analysis.rows(FILES):
        assert file.message or file.status is FileStatus.OK
        assert bool(file.text) or file.status is not FileStatus.OK or file.role is FileRole.METADATA
        assert list(file.page_starts) == sorted(file.page_starts)
        assert file.pages is None or not file.page_starts or len(file.page_starts) == file.pages
        assert len(file.sha256) == 64 or file.role is FileRole.UNREAD


def test_boxes_lie_on_their_page(analysis, texts):
    for box in analysis.rows(BOXES):
        file = texts[box.file_id]
        assert box.x0 < box.x1 and box.y0 < box.y1 and min(box.x0, box.y0) >= 0
        assert file.text[box.start : box.end].strip() and box.page == page_of(file, box.start)
