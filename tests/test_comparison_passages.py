"""The passages and dates behind themes and questions, over the analysis that is written by hand."""

from datetime import date, datetime

import pytest
from make_analysis import DOCKET, make_analysis

from rfc_analyzer.comparison import (
    Filters,
    Step,
    Unit,
    group_sizes,
    over_time,
    positions_overall,
    question_passages,
    question_themes,
    theme_passages,
)
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("analysis"))


def letter(number):
    return f"{DOCKET.docket_id}-{number:04d}"


def test_passages_are_verbatim_with_their_file_and_page(analysis):
    texts = dict(zip(analysis.files.file_id, analysis.files.text, strict=True))
    rows = theme_passages(analysis, "T02")
    assert rows and all(texts[r.file_id][r.start : r.end] == r.text for r in rows)
    larchfield = next(r for r in rows if r.submission_id == letter(1))
    assert (larchfield.respondent, larchfield.file_name, larchfield.page) == (
        "Larchfield Foods plc",
        "comment letter.pdf",
        2,
    )


def test_representative_passages_come_first_and_each_submission_once(analysis):
    rows = theme_passages(analysis, "T03")
    first = analysis.themes.set_index("theme_id").loc["T03", "representative_passage_ids"]
    assert [r.passage_id for r in rows][: len(first)] == list(first)
    assert len({r.submission_id for r in rows}) == len(rows)
    assert len(theme_passages(analysis, "T03", limit=2)) == 2


def test_passages_keep_to_the_filters(analysis):
    private = Filters(respondent_types=(RespondentType.PRIVATE_SECTOR,))
    assert [r.submission_id for r in theme_passages(analysis, "T02", private)] == [letter(1), letter(2)]
    assert theme_passages(analysis, "T99") == []


def test_answers_to_a_question_and_what_they_are_about(analysis):
    # the copies of the form letter repeat their template; two of them add words of their own, one on question 2a
    rows = question_passages(analysis, "Q2a")
    assert {r.submission_id for r in rows} == {letter(n) for n in (1, 3, 4, 5, 6, 13)}
    themes = {t.theme_id: (t.share.n, t.share.of) for t in question_themes(analysis, "Q2a", unit=Unit.SUBMISSIONS)}
    assert themes == {"T02": (5, 6), "T03": (1, 6)}


def test_days_without_a_submission_are_there(analysis):
    rows = over_time(analysis, unit=Unit.SUBMISSIONS)
    assert {r.step for r in rows} == {Step.DAY}
    assert [(r.first, r.share.of) for r in rows[:3]] == [
        (date(2026, 4, 3), 2),
        (date(2026, 4, 4), 0),
        (date(2026, 4, 5), 1),
    ]
    assert sum(r.share.of for r in rows) == 14
    raising = over_time(analysis, "T01", unit=Unit.SUBMISSIONS)
    # six letters of their own and the four of the campaign
    assert (sum(r.share.n for r in raising), [r.share.of for r in raising]) == (10, [r.share.of for r in rows])


def test_a_year_is_shown_by_the_week_and_what_has_no_date_is_left_out(analysis, tmp_path):
    from rfc_analyzer.store import Analysis

    frame = analysis.submissions.copy()
    frame.loc[0, "submitted_at"] = datetime(2026, 1, 1).astimezone()
    frame.loc[1, "submitted_at"] = None
    frames = {"submissions": frame, "campaigns": analysis.campaigns}
    rows = over_time(Analysis(tmp_path, analysis.manifest, frames), unit=Unit.SUBMISSIONS)
    assert {r.step for r in rows} == {Step.WEEK}
    assert sum(r.share.of for r in rows) == 13


def test_filters_within_others_narrow_them(analysis):
    private = Filters(respondent_types=(RespondentType.PRIVATE_SECTOR,))
    both = private.within(analysis, respondent_types=(RespondentType.PRIVATE_SECTOR, RespondentType.ACADEMIA))
    assert both.apply(analysis) == [letter(1), letter(2)]
    nobody = Filters(text="zeppelin").within(analysis)
    assert nobody.apply(analysis) == []


def test_net_support_is_of_those_who_take_it_up_and_hidden_where_they_are_few(analysis):
    first = positions_overall(analysis)[0]
    assert (first.support.n, first.oppose.n, first.addressed.n) == (5, 2, 8)
    assert first.net_support == 3 / 8
    # six individuals, of whom one takes up the third proposition
    individuals = positions_overall(analysis, Filters(respondent_types=(RespondentType.INDIVIDUAL,)), Unit.SUBMISSIONS)
    assert [(row.not_addressed.of, row.addressed.n, row.too_few) for row in individuals] == [
        (5, 4, True),
        (5, 5, False),
        (5, 0, True),
    ]
    academia = Filters(respondent_types=(RespondentType.ACADEMIA,))
    assert [row.net_support for row in positions_overall(analysis, academia)] == [None, None, None]


def test_groups_to_compare_are_named_in_a_fixed_order_with_their_sizes(analysis):
    sizes = group_sizes(analysis, "campaign", unit=Unit.SUBMISSIONS)
    assert sizes == {"form_letter": 4, "own_letter": 10}
    assert list(group_sizes(analysis, "respondent_type"))[:2] == ["individual", "private_sector"]
    with pytest.raises(BadInput, match="can't compare by colour"):
        group_sizes(analysis, "colour")
