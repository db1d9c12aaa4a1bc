"""People's corrections are kept, win over what the program read, and can be taken back."""

from datetime import UTC, datetime

import pytest
from make_analysis import LETTERS, make_analysis

from rfc_analyzer import load
from rfc_analyzer.comparison import positions_overall, quotes, respondents_by_type
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.model_positions import PositionMethod
from rfc_analyzer.reviews import Change, position_id, review, reviews_in, stances_given, undo
from rfc_analyzer.tables import POSITIONS, SUBMISSIONS

AT = datetime(2026, 5, 3, 10, tzinfo=UTC)
FIRST, SECOND = LETTERS[0].id, LETTERS[1].id


@pytest.fixture
def folder(tmp_path):
    return make_analysis(tmp_path / "analysis").folder


def of_type(folder, kind):
    return next((r.share.n for r in respondents_by_type(load(folder)) if r.respondent_type is kind), 0)


def retype(folder, row_id, new, note=""):
    return review(folder, "RB", [Change("submissions", row_id, "respondent_type", new, note)], AT)


def test_a_corrected_type_changes_the_counts_and_says_who_did_it(folder):
    before = of_type(folder, RespondentType.GOVERNMENT)
    stored = SUBMISSIONS.path(folder).read_bytes()
    (made,) = retype(folder, FIRST, "government", "it is a ministry")
    assert (made.reviewer, made.old, made.new, made.note) == ("RB", "private_sector", "government", "it is a ministry")
    assert of_type(folder, RespondentType.GOVERNMENT) == before + 1
    row = load(folder).submissions.set_index("submission_id").loc[FIRST]
    assert row.respondent_type_reason == "corrected by RB on 2026-05-03" and row.respondent_type_score == 1.0
    assert SUBMISSIONS.path(folder).read_bytes() == stored, "the program's own table must stay as it was"


def test_undo_is_one_more_review(folder):
    (made,) = retype(folder, FIRST, "government")
    (back,) = undo(folder, made.review_id, "RB")
    assert back.new == "private_sector" and made.review_id in back.note
    assert [r.new for r in reviews_in(folder)] == ["government", "private_sector"]
    assert load(folder).rows(SUBMISSIONS)[0].respondent_type is RespondentType.PRIVATE_SECTOR


def test_nothing_is_half_applied_and_each_problem_is_told(folder):
    changes = [
        Change("submissions", FIRST, "respondent_type", "government"),
        Change("submissions", FIRST, "respondent_type", "ministry"),
        Change("submissions", "FPC-2026-0003-9999", "organization", "Nobody"),
        Change("submissions", FIRST, "words", "12"),
        Change("positions", position_id(FIRST, "P9"), "stance", "support"),
    ]
    with pytest.raises(BadInput, match="nothing was recorded") as caught:
        review(folder, "RB", changes)
    told = str(caught.value)
    assert "not 'ministry'" in told and "9999" in told and "words can't be corrected" in told and "P9" in told
    assert reviews_in(folder) == []


def test_what_changes_nothing_is_not_recorded(folder):
    assert retype(folder, FIRST, "private_sector") == []
    with pytest.raises(BadInput, match="who reviews"):
        review(folder, " ", [Change("submissions", FIRST, "organization", "Larchfield")])


def test_a_corrected_stance_stands_and_its_wrong_quotes_go(folder):
    before = positions_overall(load(folder))[0]
    review(folder, "RB", [Change("positions", position_id(FIRST, "P1"), "stance", "support")], AT)
    analysis = load(folder)
    after = positions_overall(analysis)[0]
    assert (after.support.n, after.oppose.n) == (before.support.n + 1, before.oppose.n - 1)
    row = next(p for p in analysis.rows(POSITIONS) if (p.submission_id, p.proposition_id) == (FIRST, "P1"))
    assert (row.stance, row.method, row.reviewed) == (Stance.SUPPORT, PositionMethod.REVIEWED, True)
    assert not [q for q in quotes(analysis, "P1", Stance.OPPOSE) if q.submission_id == FIRST]


def test_a_stance_can_be_taken_away_and_given_where_there_was_none(folder):
    review(
        folder,
        "RB",
        [
            Change("positions", position_id(FIRST, "P1"), "stance", "none"),
            Change("positions", position_id(SECOND, "P3"), "stance", "mixed"),
        ],
    )
    stances = {(p.submission_id, p.proposition_id): p.stance for p in load(folder).rows(POSITIONS)}
    assert (FIRST, "P1") not in stances
    assert stances[SECOND, "P3"] is Stance.MIXED
    given = {(g.submission_id, g.proposition_id): g.stance for g in stances_given(reviews_in(folder))}
    assert given == {(FIRST, "P1"): None, (SECOND, "P3"): Stance.MIXED}


def test_the_last_word_counts_and_frames_agree_with_rows(folder):
    for new in ("government", "academia", "nonprofit"):
        retype(folder, SECOND, new)
    analysis = load(folder)
    assert analysis.rows(SUBMISSIONS)[1].respondent_type is RespondentType.NONPROFIT
    assert analysis.submissions.respondent_type.tolist() == [s.respondent_type for s in analysis.rows(SUBMISSIONS)]
    assert [r.old for r in reviews_in(folder)] == ["private_sector", "government", "academia"]
