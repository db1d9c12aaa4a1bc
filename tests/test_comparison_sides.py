"""Groups of every making, length and date by ranks, and what each side says, against figures worked out by hand."""

import json
import shutil
from dataclasses import replace
from itertools import combinations

import pytest
from make_analysis import make_analysis

from rfc_analyzer import load
from rfc_analyzer.cli import DONE, NOTHING_DONE, main
from rfc_analyzer.comparison import (
    Filters,
    GroupBy,
    Measure,
    Quantity,
    Unit,
    compare,
    group_labels,
    group_sizes,
    quotes,
)
from rfc_analyzer.comparison.spreads import Spread, SpreadRow, spreads
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.tables import SUBMISSIONS

FIRMS = Filters(respondent_types=(RespondentType.PRIVATE_SECTOR, RespondentType.ASSOCIATION))
PEOPLE = Filters(respondent_types=(RespondentType.INDIVIDUAL,))


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("sides") / "analysis")


@pytest.fixture
def worded(analysis, tmp_path):
    """A copy with the words and countries of submissions set by hand."""

    def make(words=(), countries=()):
        folder = shutil.copytree(analysis.folder, tmp_path / "analysis")
        rows = [
            replace(s, words=w or s.words, country=c)
            for s, w, c in zip(
                analysis.rows(SUBMISSIONS),
                [*words, *[0] * (14 - len(words))],
                [*countries, *[""] * (14 - len(countries))],
                strict=True,
            )
        ]
        SUBMISSIONS.write(folder, rows)
        return load(folder)

    return make


def test_groups_by_question_are_in_the_order_of_the_notice_and_overlap(analysis):
    # of 11 texts, Q1 is answered by 1, 2, 3, 4, 6, 7, 9 and the form letter; Q2 by 1, 2, 4, 5, 7, 14 and the letter
    assert group_sizes(analysis, GroupBy.QUESTION)["Q1"] == 8
    found = compare(analysis, GroupBy.QUESTION)
    assert [g.label for g in found.groups] == ["Question 1", "Question 2", "Question 2a"]
    assert all(row.significance is None and row.difference is None for row in found.rows)
    assert any("more than one group" in warning for warning in found.warnings)


def test_groups_by_country_leave_out_whose_country_is_not_known(worded):
    found = group_sizes(worded(countries=["Norway", " Norway", "Chile"]), GroupBy.COUNTRY)
    assert found == {"Chile": 1, "Norway": 2}


def test_where_no_country_is_known_it_says_so(analysis):
    with pytest.raises(BadInput, match="states no country"):
        compare(analysis, GroupBy.COUNTRY)


def test_labels_of_groups(analysis):
    assert group_labels(analysis, GroupBy.RESPONDENT_TYPE, ["private_sector"]) == {"private_sector": "private sector"}
    assert group_labels(analysis, "filters", ["Big_firms"]) == {"Big_firms": "Big_firms"}


def exact_mann_whitney(first, second):
    """The share of all ways to pick the first group whose U is as far from the middle as this one's, without ties."""
    pooled = sorted([*first, *second])

    def u(values):
        rest = list(pooled)
        for v in values:
            rest.remove(v)
        return sum(a > b for a in values for b in rest)

    middle = len(first) * len(second) / 2
    seen = abs(u(first) - middle)
    ways = list(combinations(pooled, len(first)))
    return sum(abs(u(way) - middle) >= seen for way in ways) / len(ways)


def test_lengths_are_compared_by_ranks_against_counting_all_ways(worded):
    analysis = worded(words=[900, 800, 700, 650, 120, 110, 640, 90, 80, 70])
    ids = analysis.submissions.submission_id.tolist()
    first, second = dict.fromkeys(ids[:5], 1), dict.fromkeys(ids[5:10], 1)
    length, date = spreads(analysis, [first, second], tested=True)
    assert length.quantity is Quantity.LENGTH and date.quantity is Quantity.DATE
    assert [(s.n, s.low, s.median, s.high) for s in length.spreads] == [(5, 650, 700, 800), (5, 80, 90, 110)]
    assert length.test.p == pytest.approx(exact_mann_whitney([900, 800, 700, 650, 120], [110, 640, 90, 80, 70]))
    # of 25 pairs, 120 < 640 alone speaks for the second group
    assert length.test.effect == pytest.approx(24 / 25)
    assert f"{date.day(date.spreads[0].median):%Y-%m-%d}" == "2026-04-05"


def test_three_groups_are_compared_by_kruskal_and_wallis(worded):
    analysis = worded(words=list(range(1, 15)))
    ids = analysis.submissions.submission_id.tolist()
    groups = [dict.fromkeys(part, 1) for part in (ids[:5], ids[5:10], ids[4:9])]
    three = [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [5, 6, 7, 8, 9]]
    pooled = sorted(v for group in three for v in group)
    rank = {v: sum(i + 1 for i, p in enumerate(pooled) if p == v) / pooled.count(v) for v in set(pooled)}
    h = 12 / (15 * 16) * sum(sum(rank[v] for v in group) ** 2 / 5 for group in three) - 3 * 16
    ties = sum(pooled.count(v) ** 3 - pooled.count(v) for v in set(pooled))
    h /= 1 - ties / (15**3 - 15)
    length, _ = spreads(analysis, groups, tested=True)
    assert length.test.effect == pytest.approx(h / 14) and length.test.test == "Kruskal–Wallis"


def test_few_values_show_no_quartiles_and_no_test(analysis):
    ids = analysis.submissions.submission_id.tolist()
    length, _ = spreads(analysis, [dict.fromkeys(ids[:4], 1), dict.fromkeys(ids[4:], 1)], tested=True)
    assert (length.spreads[0].n, length.spreads[0].median, length.test) == (4, None, None)


def test_the_p_values_of_length_and_date_allow_for_all_tests_together(analysis):
    # six individuals, and eight others, when every copy counts
    groups = {
        "people": PEOPLE,
        "others": Filters(respondent_types=tuple(t for t in RespondentType if t != "individual")),
    }
    found = compare(analysis, groups=groups, unit=Unit.SUBMISSIONS)
    tests = [r.significance for r in found.rows if r.significance] + [r.test for r in found.spreads if r.test]
    assert len(tests) > 2 and any(r.test for r in found.spreads)
    worst = max(tests, key=lambda t: t.p)
    assert worst.p_adjusted == pytest.approx(worst.p)
    least = min(tests, key=lambda t: t.p)
    assert least.p_adjusted <= least.p * len(tests) + 1e-12 and least.p_adjusted >= least.p


def test_each_group_has_both_sides_with_quotes_of_its_own_the_smaller_marked(analysis):
    found = compare(analysis, groups={"firms": FIRMS, "people": PEOPLE}, words=0)
    # P2: of the firms one opposes (Larchfield) and one supports (Pennywort); of the people the letter supports, one
    # opposes (14) and one is mixed (7)
    sides = {(v.group, v.proposition_id, v.stance): v for v in found.voices}
    assert (sides["people", "P2", Stance.SUPPORT].share.n, sides["people", "P2", Stance.SUPPORT].share.of) == (1, 3)
    assert {q.submission_id for q in sides["firms", "P2", Stance.OPPOSE].quotes} == {"FPC-2026-0003-0001"}
    assert not any(v.smaller for v in found.voices if v.proposition_id == "P2")
    assert ("people", "P3", Stance.SUPPORT) not in sides
    # P1 among all: support by four letters of organisations and people, opposition by two
    both = compare(analysis, groups={"all": Filters(), "people": PEOPLE}, words=0)
    views = {(v.group, v.proposition_id, v.stance): v for v in both.voices}
    assert views["all", "P1", Stance.OPPOSE].smaller and not views["all", "P1", Stance.SUPPORT].smaller
    verbatim = {q.quote for q in quotes(analysis)}
    assert all(q.quote in verbatim for v in both.voices for q in v.quotes)


def test_quotes_can_be_left_out(analysis):
    assert compare(analysis, groups={"firms": FIRMS, "people": PEOPLE}, words=0, quotes=0).voices == ()


def test_the_command_line_takes_groups_with_filters_of_their_own(analysis, capsys):
    words = ["compare", str(analysis.folder), "--group", "Firms: types=private_sector,association",
             "--group", 'Milk: text="milk costs" from=2026-04-01 to=2026-04-30']  # fmt: skip
    assert main([*words, "--json"]) == DONE
    found = json.loads(capsys.readouterr().out)
    assert [(g["name"], g["denominators"]["submissions"]) for g in found["groups"]] == [("Firms", 3), ("Milk", 1)]
    expected = compare(analysis, groups={"Firms": FIRMS, "Milk": Filters(text="milk costs")})
    assert found["rows"] == json.loads(json.dumps(expected.to_json()["rows"]))
    assert main(words) == DONE
    out = capsys.readouterr().out
    assert "In their own words" in out and "Firms, P1 oppose: 2" in out


@pytest.mark.parametrize(
    "group,hint",
    [
        ("types=private_sector", "needs a name"),
        ("Firms:", "no filter"),
        ("Firms: colour=red", "no filter"),
        ("Firms: types=trader", "no respondent type"),
        ("Firms: from=April", "no day"),
        ("Firms: campaign=some", "campaign is one of"),
        ('Firms: text="milk', "quotation mark"),
    ],
)
def test_groups_that_cannot_be_understood_say_how_to_write_them(analysis, capsys, group, hint):
    assert main(["compare", str(analysis.folder), "--group", group, "--group", "All: text=a"]) == NOTHING_DONE
    assert hint in capsys.readouterr().err


def test_the_measured_error_stands_beside_stances_alone(analysis):
    found = compare(analysis, groups={"firms": FIRMS, "people": PEOPLE}, words=0)
    assert all(row.right is None for row in found.rows if row.measure in (Measure.THEME, Measure.QUESTION))
    assert any("not measured" in warning for warning in found.warnings)


def test_a_middle_half_of_one_value_is_told_once():
    row = SpreadRow(Quantity.LENGTH, ())
    assert row.told(Spread(9, 186.0, 186.0, 186.0)) == "186"
    assert row.told(Spread(9, 74.0, 186.0, 697.0)) == "186 (74 to 697)"
    assert row.told(Spread(3, None, None, None)) == ""
