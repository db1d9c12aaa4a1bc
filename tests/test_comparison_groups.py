"""Groups side by side: intervals, tests and distinctive words against published tables and other computations."""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import comb, erfc, sqrt

import numpy as np
import pytest
from make_analysis import make_analysis

from rfc_analyzer.comparison import (
    CHOSE_THEMSELVES,
    CampaignFilter,
    Filters,
    Measure,
    Share,
    TestKind,
    Unit,
    compare,
    difference,
    distinctive_words,
    how_stances_were_read,
    significance,
)
from rfc_analyzer.comparison.distinctive import log_odds, terms
from rfc_analyzer.comparison.significance import adjusted_p
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType

TEXTS = Unit.DISTINCT_TEXTS


def share(n, of):
    return Share(n, of, TEXTS)


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    return make_analysis(tmp_path_factory.mktemp("groups"))


# Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3
@pytest.mark.parametrize(
    "n,of,low,high",
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_interval_against_the_published_table(n, of, low, high):
    assert share(n, of).interval() == pytest.approx((low, high), abs=5e-5)


# Newcombe 1998, "Interval estimation for the difference between independent proportions", table II, method 10
@pytest.mark.parametrize(
    "first,second,low,high",
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_interval_against_the_published_table(first, second, low, high):
    found = difference(share(*first), share(*second))
    assert found.interval == pytest.approx((low, high), abs=5e-5)
    assert found.value == pytest.approx(first[0] / first[1] - second[0] / second[1])
    other = difference(share(*second), share(*first))
    assert other.interval == pytest.approx((-high, -low), abs=5e-5)


def test_no_interval_without_a_denominator():
    assert difference(share(0, 0), share(1, 9)) is None


def test_chi_square_against_the_closed_form():
    # of a fourfold table, chi-square = n (ad - bc)² / ((a+b)(c+d)(a+c)(b+d)); with one degree p = erfc(sqrt(chi² / 2))
    a, b, c, d = 30, 20, 15, 35
    chi = (a + b + c + d) * (a * d - b * c) ** 2 / ((a + b) * (c + d) * (a + c) * (b + d))
    found = significance([share(a, a + b), share(c, c + d)])
    assert found.test is TestKind.CHI_SQUARE
    assert found.p == pytest.approx(erfc(sqrt(chi / 2)))
    assert found.cramers_v == pytest.approx(sqrt(chi / 100))


def fisher(a, n, c, m):
    """Two-sided p: the probability of all tables with these margins that are no likelier than this one."""
    successes = a + c
    ways = {x: comb(n, x) * comb(m, successes - x) for x in range(max(0, successes - m), min(n, successes) + 1)}
    return Fraction(sum(w for w in ways.values() if w <= ways[a]), sum(ways.values()))


@pytest.mark.parametrize("a,n,c,m", [(8, 9, 2, 10), (0, 6, 3, 7), (5, 5, 1, 30), (2, 7, 2, 7)])
def test_fishers_exact_test_against_counting_tables(a, n, c, m):
    found = significance([share(a, n), share(c, m)])
    assert found.test is TestKind.FISHER
    assert found.p == pytest.approx(float(fisher(a, n, c, m)))


def exact_p(ns, ofs):
    """The chi-square statistic's p over all tables with the same margins, each with its exact probability."""
    total, successes = sum(ofs), sum(ns)

    def statistic(counts):
        expected = [of * successes / total for of in ofs]
        rest = [of - e for of, e in zip(ofs, expected, strict=True)]
        return sum((n - e) ** 2 * (1 / e + 1 / r) for n, e, r in zip(counts, expected, rest, strict=True))

    ways = at_least = 0
    for counts in product(*(range(of + 1) for of in ofs)):
        if sum(counts) == successes:
            way = int(np.prod([comb(of, n) for of, n in zip(ofs, counts, strict=True)]))
            ways += way
            at_least += way if statistic(counts) >= statistic(ns) - 1e-9 else 0
    return at_least / ways


@pytest.mark.parametrize("ns,ofs", [((4, 1, 0), (5, 6, 7)), ((2, 2, 3), (5, 5, 8)), ((5, 0, 3, 1), (5, 5, 6, 5))])
def test_the_permutation_test_against_all_tables(ns, ofs):
    found = significance([share(n, of) for n, of in zip(ns, ofs, strict=True)])
    p = exact_p(ns, ofs)
    assert found.test is TestKind.PERMUTATION
    # 9,999 draws: four standard errors
    assert abs(found.p - p) <= 4 * sqrt(p * (1 - p) / 9_999) + 1 / 10_000
    assert found == significance([share(n, of) for n, of in zip(ns, ofs, strict=True)])


@pytest.mark.parametrize("shares", [[(3, 3), (4, 40)], [(0, 30), (0, 30)], [(9, 9), (8, 8)], [(4, 9)], []])
def test_no_test_of_hidden_or_equal_groups(shares):
    assert significance([share(*s) for s in shares]) is None


def test_benjamini_and_hochberg_against_their_definition():
    found = [significance([share(n, 40), share(20, 40)]) for n in (2, 8, 12, 18, 20, 20, 31)]
    ps = np.array([s.p for s in found])
    # the smallest m p(k) / k over all ranks k from its own upwards
    ranked = np.sort(ps)
    expected = [min(1.0, *(len(ps) * ranked[k] / (k + 1) for k in range(len(ps)) if ranked[k] >= p)) for p in ps]
    assert [p for p in adjusted_p([*ps[:3], None, *ps[3:]]) if p is not None] == pytest.approx(expected)
    assert adjusted_p([None]) == [None] and adjusted_p([]) == []


def monroe(first, second, prior_words):
    """Monroe, Colaresi and Quinn 2008, equations 16, 20 and 22, word by word."""
    vocabulary = sorted(set(first) | set(second))
    y_i = np.array([first.get(w, 0) for w in vocabulary], dtype=float)
    y_j = np.array([second.get(w, 0) for w in vocabulary], dtype=float)
    alpha = prior_words * (y_i + y_j) / (y_i + y_j).sum()
    n_i, n_j, alpha_0 = y_i.sum(), y_j.sum(), alpha.sum()
    delta = np.log((y_i + alpha) / (n_i + alpha_0 - y_i - alpha)) - np.log(
        (y_j + alpha) / (n_j + alpha_0 - y_j - alpha)
    )
    variance = 1 / (y_i + alpha) + 1 / (y_j + alpha)
    return dict(zip(vocabulary, delta / np.sqrt(variance), strict=True))


def test_log_odds_against_the_published_equations():
    rng = np.random.default_rng(5)
    words = [f"w{n}" for n in range(60)]
    first = {w: int(n) for w, n in zip(words, rng.poisson(6, 60), strict=True) if n}
    second = {w: int(n) for w, n in zip(words[10:], rng.poisson(30, 50), strict=True) if n}
    for prior in (1_000.0, 50.0):
        assert log_odds(first, second, prior) == pytest.approx(monroe(first, second, prior))
    swapped = log_odds(second, first)
    assert all(z == pytest.approx(-swapped[w]) for w, z in log_odds(first, second).items())


def test_distinctive_words_are_what_a_group_says_more():
    shops = ["The cost of labels hurts small shops."] * 30 + ["Prices move with supply."] * 10
    people = ["Tell people the price of milk tomorrow."] * 40
    found = distinctive_words({"shops": shops, "people": people})
    assert found["shops"][0].texts == 30 and found["shops"][0].of == 40
    said = {name: {w.word for w in words} for name, words in found.items()}
    assert "small shops" in said["shops"] and "tell people" in said["people"]
    assert not said["shops"] & said["people"]
    reference = monroe(
        Counter(t for x in shops for t in terms(x)), Counter(t for x in people for t in terms(x)), 1_000.0
    )
    assert all(w.z == pytest.approx(reference[w.word]) for w in found["shops"])


def test_one_long_letter_does_not_speak_for_a_group():
    one = ["zebra " * 400, *["shops and labels"] * 20]
    found = distinctive_words({"first": one, "second": ["shops and labels"] * 21})
    assert "zebra" not in {w.word for w in found["first"]}


def test_a_phrase_stands_for_its_words():
    found = distinctive_words({"a": ["curb ramp, a curb"] * 90, "b": ["price tag"] * 90})
    # "ramp" says no more than "curb ramp", which is as frequent; "curb" stands above both
    assert [w.word for w in found["a"]] == ["curb", "curb ramp"]
    assert "curb ramp" in terms("The curb ramp") and "the curb" not in terms("The curb ramp")


def test_groups_by_type_count_a_campaign_once(analysis):
    found = compare(analysis)
    assert [g.name for g in found.groups] == [t.value for t in RespondentType]
    people = found.groups[0]
    assert (people.denominators.submissions, people.denominators.distinct_texts) == (5, 3)
    assert sum(g.denominators.distinct_texts for g in found.groups) == 11


def row(found, measure, key):
    return next(r for r in found.rows if r.measure is measure and r.id == key)


def test_stances_are_shares_of_those_who_take_a_proposition_up(analysis):
    found = compare(analysis, groups=["individual", "private_sector"])
    assert row(found, Measure.ADDRESSED, "P1").shares == (share(2, 3), share(2, 2))
    assert row(found, Measure.SUPPORT, "P1").shares == (share(2, 2), share(0, 2))
    assert row(found, Measure.THEME, "T02").shares == (share(0, 3), share(2, 2))
    assert row(found, Measure.QUESTION, "Q2").shares == (share(3, 3), share(2, 2))
    assert row(found, Measure.QUESTION, "Q2a").label == "2a. What records should shops keep, and for whom?"


def test_hidden_groups_have_no_difference_and_no_test(analysis):
    found = compare(analysis, groups=["individual", "private_sector"])
    assert all(r.difference is None and r.significance is None for r in found.rows)
    assert any("fewer than five" in warning for warning in found.warnings)


def test_two_groups_of_five_and_more_have_both(analysis):
    groups = {
        "early": Filters(submission_ids=tuple(f"FPC-2026-0003-{n:04d}" for n in range(1, 6))),
        "late": Filters(submission_ids=tuple(f"FPC-2026-0003-{n:04d}" for n in (6, 7, 8, 9, 10, 14))),
    }
    found = compare(analysis, groups=groups)
    assert found.by == "filters" and [g.label for g in found.groups] == ["early", "late"]
    addressed = row(found, Measure.ADDRESSED, "P1")
    assert addressed.shares == (share(4, 5), share(4, 6))
    assert addressed.difference == difference(*addressed.shares)
    assert addressed.significance.p == pytest.approx(float(fisher(4, 5, 4, 6)))
    tests = [r.significance for r in found.rows if r.significance]
    assert all(t.p <= t.p_adjusted <= 1 for t in tests)
    # those who take P1 up are four: too few for a share, and so for a test
    assert row(found, Measure.SUPPORT, "P1").significance is None


def test_a_submission_in_both_groups_forbids_tests(analysis):
    groups = {"all": Filters(), "own": Filters(campaign=CampaignFilter.WITHOUT)}
    found = compare(analysis, groups=groups)
    assert all(r.significance is None and r.difference is None for r in found.rows)
    assert any("more than one group" in warning for warning in found.warnings)


def test_signatories_are_not_tested(analysis):
    found = compare(analysis, by="campaign", unit=Unit.SIGNATORIES)
    assert [(g.name, g.denominators.signatories) for g in found.groups] == [("form_letter", 4), ("own_letter", 12)]
    assert all(r.significance is None for r in found.rows)


def test_comparisons_say_what_to_bear_in_mind(analysis):
    found = compare(analysis, by="substantive")
    assert found.warnings[0] == CHOSE_THEMSELVES
    assert any("no person has checked" in warning for warning in found.warnings)
    assert how_stances_were_read(analysis).startswith("The program read 27 stances")


def test_json_has_the_same_figures(analysis):
    found = compare(analysis, by="campaign")
    plain = found.to_json()
    assert [g["name"] for g in plain["groups"]] == [g.name for g in found.groups]
    assert [r["shares"][0]["n"] for r in plain["rows"]] == [r.shares[0].n for r in found.rows]
    assert plain["unit"] == "distinct_texts" and plain["warnings"] == list(found.warnings)


@pytest.mark.parametrize(
    "asked,hint",
    [
        ({"by": "mood"}, "respondent_type"),
        ({"groups": ["individual", "martian"]}, "private_sector"),
        ({"by": "language"}, "only the group en"),
        ({"filters": Filters(text="xyzzy")}, "no submission meets"),
        ({"groups": ["individual"]}, "only the group individual"),
    ],
)
def test_what_cannot_be_compared(analysis, asked, hint):
    with pytest.raises(BadInput, match=hint):
        compare(analysis, **asked)


def test_words_of_a_campaign_are_those_of_its_template(analysis):
    found = compare(analysis, by="campaign", words=5)
    assert set(found.distinctive_words) == {"form_letter", "own_letter"}
    assert compare(analysis, by="campaign", words=0).distinctive_words == {}
    # four letters that are one text can't make a word distinctive
    assert found.distinctive_words["form_letter"] == ()
