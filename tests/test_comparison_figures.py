"""Every figure of a small docket, worked out by hand from the letters of ``make_analysis``.

Distinct texts: letters 1 to 9 and 14 stand alone, letters 10 to 13 are one campaign whose template is 10; 11 in all.

          1    2    3    4    5    6    7    8    9    10   11   12   13   14
    type  PS   PS   ASS  NP   ACA  GOV  IND  ANO  OTH  IND  IND  IND  ANO  IND
    P1    -    -    m    +         +    +         +    +    +    +    +
    P2    -    +         +    m         m              +    +    +    +    -
    P3    -         -    +    +    +                                  -
    signed by one each, letter 4 by three
"""

from datetime import date

import pytest
from make_analysis import DOCKET, LETTERS, make_analysis

from rfc_analyzer.comparison import (
    CampaignFilter,
    Denominators,
    Filters,
    Share,
    Unit,
    denominators,
    files_with_remarks,
    overview,
    positions_by_type,
    positions_overall,
    question_holders,
    questions_by_type,
    questions_overall,
    quotes,
    respondents_by_type,
    theme_holders,
    themes_by_type,
    themes_overall,
    types_present,
    weights,
)
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import FileStatus, RespondentType, Stance
from rfc_analyzer.tables import EVIDENCE, FILES

T = RespondentType
TEXTS, SUBMITTED, SIGNED = Unit.DISTINCT_TEXTS, Unit.SUBMISSIONS, Unit.SIGNATORIES
FOR, AGAINST, BOTH = Stance.SUPPORT, Stance.OPPOSE, Stance.MIXED


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("figures"))


def letter(number):
    return f"{DOCKET.docket_id}-{number:04d}"


def numbers(ids):
    return sorted(int(i[-4:]) for i in ids)


def counts(row):
    return (*(row.share(stance).n for stance in (FOR, AGAINST, BOTH)), row.not_addressed.n)


def test_the_three_denominators(analysis):
    assert denominators(analysis) == Denominators(submissions=14, signatories=16, distinct_texts=11)
    assert denominators(analysis).of(SIGNED) == 16
    assert analysis.manifest.counts["distinct_texts"] == 11


@pytest.mark.parametrize(
    "unit,expected",
    [
        (TEXTS, {"P1": (5, 2, 1, 3), "P2": (3, 2, 2, 4), "P3": (3, 2, 0, 6)}),
        (SUBMITTED, {"P1": (8, 2, 1, 3), "P2": (6, 2, 2, 4), "P3": (3, 3, 0, 8)}),
        (SIGNED, {"P1": (10, 2, 1, 3), "P2": (8, 2, 2, 4), "P3": (5, 3, 0, 8)}),
    ],
)
def test_positions_of_everyone(analysis, unit, expected):
    rows = positions_overall(analysis, unit=unit)
    assert {row.proposition_id: counts(row) for row in rows} == expected
    of = {TEXTS: 11, SUBMITTED: 14, SIGNED: 16}[unit]
    for row in rows:
        assert row.respondent_type is None and sum(counts(row)) == of
        assert {row.share(s) for s in Stance} | {row.not_addressed} == {Share(n, of, unit) for n in counts(row)}
        assert row.addressed == Share(of - row.not_addressed.n, of, unit)
        assert row.among_those_who_take_it_up(FOR) == Share(row.support.n, row.addressed.n, unit)


@pytest.mark.parametrize(
    "kind,expected",
    [
        (T.INDIVIDUAL, {"P1": (2, 0, 0, 1), "P2": (1, 1, 1, 0), "P3": (0, 0, 0, 3)}),
        (T.PRIVATE_SECTOR, {"P1": (0, 2, 0, 0), "P2": (1, 1, 0, 0), "P3": (0, 1, 0, 1)}),
        (T.ANONYMOUS, {"P1": (0, 0, 0, 1), "P2": (0, 0, 0, 1), "P3": (0, 0, 0, 1)}),
        (T.ACADEMIA, {"P1": (0, 0, 0, 1), "P2": (0, 0, 1, 0), "P3": (1, 0, 0, 0)}),
    ],
)
def test_positions_by_type_in_distinct_texts(analysis, kind, expected):
    rows = [row for row in positions_by_type(analysis) if row.respondent_type is kind]
    assert {row.proposition_id: counts(row) for row in rows} == expected


def test_a_campaign_counts_with_each_copy_when_submissions_are_counted(analysis):
    rows = {(r.proposition_id, r.respondent_type): counts(r) for r in positions_by_type(analysis, unit=SUBMITTED)}
    assert rows["P1", T.INDIVIDUAL] == (4, 0, 0, 1)
    # what a signer added to the form letter is the signer's own
    assert rows["P3", T.ANONYMOUS] == (0, 1, 0, 1)


def test_rows_come_by_proposition_and_type_in_a_fixed_order(analysis):
    rows = [(row.proposition_id, row.respondent_type) for row in positions_by_type(analysis)]
    assert rows == [(p, t) for p in ("P1", "P2", "P3") for t in RespondentType]


def test_who_answered(analysis):
    def found(unit):
        return {row.respondent_type: (row.share.n, row.share.of) for row in respondents_by_type(analysis, unit=unit)}

    assert found(SUBMITTED)[T.INDIVIDUAL] == (5, 14) and found(SUBMITTED)[T.ANONYMOUS] == (2, 14)
    assert found(TEXTS)[T.INDIVIDUAL] == (3, 11) and found(TEXTS)[T.ANONYMOUS] == (1, 11)
    assert found(SIGNED)[T.NONPROFIT] == (3, 16)
    assert types_present(analysis) == list(RespondentType)
    assert types_present(analysis, Filters(campaign=CampaignFilter.ONLY)) == [T.INDIVIDUAL, T.ANONYMOUS]


@pytest.mark.parametrize(
    "unit,expected",
    [
        # T01: 1, 3, 4, 6, 7, 9, campaign; T02: 1, 2, 3, 5, 6 and 13's own words; T03: 1, 2, 4, 5, 7, 14, campaign
        (TEXTS, {"T01": 7, "T02": 5, "T03": 7}),
        (SUBMITTED, {"T01": 10, "T02": 6, "T03": 10}),
        (SIGNED, {"T01": 12, "T02": 6, "T03": 12}),
    ],
)
def test_themes_of_everyone(analysis, unit, expected):
    assert {row.theme_id: row.share.n for row in themes_overall(analysis, unit=unit)} == expected


def test_a_copy_raises_what_its_letter_raises(analysis):
    held = theme_holders(analysis)
    raised = held.groupby("theme_id")["submission_id"].agg(numbers).to_dict()
    assert raised["T01"] == [1, 3, 4, 6, 7, 9, 10, 11, 12, 13]
    assert raised["T02"] == [1, 2, 3, 5, 6, 13]
    answered = question_holders(analysis).groupby("question_id")["submission_id"].agg(numbers).to_dict()
    assert answered["Q2a"] == [1, 3, 4, 5, 6, 13]
    assert not held.duplicated().any()


def test_themes_and_questions_by_type_add_up(analysis):
    for unit in Unit:
        for by_type, overall, key in (
            (themes_by_type, themes_overall, "theme_id"),
            (questions_by_type, questions_overall, "question_id"),
        ):
            for row in overall(analysis, unit=unit):
                parts = [r for r in by_type(analysis, unit=unit) if getattr(r, key) == getattr(row, key)]
                assert sum(r.share.n for r in parts) == row.share.n
                assert sum(r.share.of for r in parts) == row.share.of == denominators(analysis).of(unit)


def test_questions_of_everyone(analysis):
    found = {row.number: row.share.n for row in questions_overall(analysis, unit=SUBMITTED)}
    # Q1: 1, 2, 3, 4, 6, 7, 9 and four of the campaign; Q2: 1, 2, 4, 5, 7, 14 and four, and 3 and 6 by Q2a
    assert found == {"1": 11, "2": 12, "2a": 6}


@pytest.mark.parametrize(
    "filters,expected",
    [
        (Filters(), list(range(1, 15))),
        (Filters(respondent_types=(T.PRIVATE_SECTOR, T.OTHER)), [1, 2, 9]),
        (Filters(theme_ids=("T02",)), [1, 2, 3, 5, 6, 13]),
        (Filters(question_ids=("Q2a",)), [1, 3, 4, 5, 6, 13]),
        (Filters(proposition_id="P3"), [1, 3, 4, 5, 6, 13]),
        (Filters(proposition_id="P3", stances=(AGAINST,)), [1, 3, 13]),
        (Filters(stances=(BOTH,)), [3, 5, 7]),
        (Filters(campaign=CampaignFilter.ONLY), [10, 11, 12, 13]),
        (Filters(campaign=CampaignFilter.WITHOUT), [*range(1, 10), 14]),
        (Filters(text="register"), [1, 4, 5, 6, 13]),
        (Filters(text="REGISTER researchers"), [5]),
        (Filters(text='"public register"'), [1]),
        (Filters(text="inspect*"), [6]),
        (Filters(text="inspect"), []),
        (Filters(text="Quillfeather"), [3]),
        (Filters(text="(("), []),
        (Filters(submitted_from=date(2026, 4, 11), submitted_to=date(2026, 4, 13)), [9, 10, 11, 12]),
        (Filters(submission_ids=(letter(3), letter(7))), [3, 7]),
        (Filters(respondent_types=(T.INDIVIDUAL,), proposition_id="P2", stances=(FOR,), text="bank"), [12]),
    ],
)
def test_filters(analysis, filters, expected):
    assert numbers(filters.apply(analysis)) == expected
    assert filters.active == (filters != Filters())
    assert bool(filters.in_words(analysis)) == filters.active


@pytest.mark.parametrize(
    "filters,named",
    [
        (Filters(theme_ids=("T9",)), "T9.*T01"),
        (Filters(question_ids=("Q9",)), "Q9.*Q2a"),
        (Filters(proposition_id="P9"), "P9.*P1"),
    ],
)
def test_filters_by_what_is_not_there_say_what_is(analysis, filters, named):
    with pytest.raises(BadInput, match=named):
        filters.apply(analysis)


def test_figures_of_a_filtered_docket(analysis):
    only = Filters(campaign=CampaignFilter.ONLY)
    assert denominators(analysis, only) == Denominators(4, 4, 1)
    companies = Filters(respondent_types=(T.PRIVATE_SECTOR,))
    assert [counts(row) for row in positions_overall(analysis, companies)] == [(0, 2, 0, 0), (1, 1, 0, 0), (0, 1, 0, 1)]


def test_where_the_template_is_filtered_out_the_nearest_copy_speaks(analysis):
    several = [letter(n) for n in (11, 12, 13)]
    assert numbers(weights(analysis, several, TEXTS).index) == [11]
    assert numbers(weights(analysis, [letter(13), letter(12)], TEXTS).index) == [12]
    anonymous = Filters(respondent_types=(T.ANONYMOUS,))
    assert denominators(analysis, anonymous) == Denominators(2, 2, 2)
    assert counts(positions_overall(analysis, anonymous)[2]) == (0, 1, 0, 1)


def test_shares_of_fewer_than_five_are_hidden():
    assert Share(2, 4, TEXTS).hidden and not Share(2, 5, TEXTS).hidden
    assert Share(2, 4, TEXTS).to_json() == {"n": 2, "of": 4, "unit": "distinct_texts", "value": None, "interval": None}
    assert Share(2, 5, TEXTS).to_json()["value"] == 0.4
    assert Share(0, 0, TEXTS).value is None and Share(0, 0, TEXTS).interval() is None


def test_quotes_are_verbatim_and_one_for_each_text(analysis):
    text = analysis.files.set_index(FILES.c.file_id)[FILES.c.text]
    found = quotes(analysis)
    assert len(found) == len({(q.campaign_id or q.submission_id, q.proposition_id, q.stance, q.quote) for q in found})
    for row in found:
        assert text[row.file_id][row.start : row.end] == row.quote
    paged = next(q for q in found if q.proposition_id == "P3" and q.submission_id == letter(1))
    assert (paged.page, paged.file_name) == (2, "comment letter.pdf")
    assert len(analysis.rows(EVIDENCE)) > len(found)


def test_a_form_letter_is_quoted_once_and_additions_apart(analysis):
    found = quotes(analysis, "P2", FOR)
    campaign = [q for q in found if q.campaign_id]
    assert [(numbers([q.submission_id]), q.submissions) for q in campaign if q.submissions > 1] == [([10], 4)]
    own = [q for q in found if "food bank" in q.quote]
    assert [(numbers([q.submission_id]), q.submissions) for q in own] == [([12], 1)]
    against = quotes(analysis, "P3", AGAINST, respondent_type=T.ANONYMOUS)
    assert numbers(q.submission_id for q in against) == [13]


def test_quotes_can_be_narrowed(analysis):
    assert [q.respondent for q in quotes(analysis, "P1", AGAINST)] == ["Larchfield Foods plc", "Pennywort Grocers Ltd"]
    assert len(quotes(analysis, "P1", limit=2)) == 2
    assert {q.submission_id for q in quotes(analysis, filters=Filters(text="register"))} <= {
        letter(n) for n in (1, 4, 5, 6, 13)
    }


def test_the_overview(analysis):
    found = overview(analysis)
    assert found.docket == DOCKET and found.denominators == denominators(analysis)
    assert found.in_campaigns == Share(4, 14, SUBMITTED)
    assert found.without_argument == Share(sum(not x.substantive for x in LETTERS), 14, SUBMITTED)
    assert [row.share.n for row in found.themes] == sorted((row.share.n for row in found.themes), reverse=True)
    assert [f.name for f in found.unread] == ["broken.pdf"] and not found.partly_read
    assert (found.first_submitted_at.day, found.last_submitted_at.day) == (3, 14)
    assert overview(analysis, Filters(campaign=CampaignFilter.ONLY)).first_submitted_at.day == 12


def test_the_campaigns_of_the_overview_are_those_of_the_submissions_that_are_looked_at(analysis):
    (whole,) = overview(analysis).campaigns
    assert whole.share == overview(analysis).in_campaigns
    assert overview(analysis, Filters(campaign=CampaignFilter.WITHOUT)).campaigns == ()
    (part,) = overview(analysis, Filters(submission_ids=(letter(10), letter(11), letter(1)))).campaigns
    assert (part.campaign, part.share) == (whole.campaign, Share(2, 3, SUBMITTED))


def test_files_with_remarks(analysis):
    (row,) = files_with_remarks(analysis)
    assert (row.name, row.status, row.submission_id, row.pages) == ("broken.pdf", FileStatus.SKIPPED, None, None)
    assert row.unread and row.message


def test_a_stance_read_with_little_confidence_is_told_apart_from_the_certain(tmp_path):
    from dataclasses import replace

    from make_analysis import make_analysis

    from rfc_analyzer import load
    from rfc_analyzer.comparison import how_far_to_trust, positions_overall
    from rfc_analyzer.model import Stance
    from rfc_analyzer.tables import POSITIONS

    folder = make_analysis(tmp_path / "analysis").folder
    rows = POSITIONS.read(folder)
    place = next(i for i, p in enumerate(rows) if p.stance is Stance.SUPPORT and not p.reviewed)
    before = next(r for r in positions_overall(load(folder)) if r.proposition_id == rows[place].proposition_id)
    rows[place] = replace(rows[place], confidence=0.4)
    POSITIONS.write(folder, rows)
    after = next(r for r in positions_overall(load(folder)) if r.proposition_id == rows[place].proposition_id)
    assert after.support == before.support
    assert after.unsure_of(Stance.SUPPORT).n - before.unsure_of(Stance.SUPPORT).n == 1
    assert before.sure.n - after.sure.n == 1
    assert any("1 of" in said and "wait to be checked" in said for said in how_far_to_trust(load(folder)))
