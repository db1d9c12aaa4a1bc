"""Which way propositions of different builds point at their words, and how sentences are read against them."""

import pytest

from rfc_analyzer.model import Proposition
from rfc_analyzer.positions.aims import read_aims
from rfc_analyzer.positions.claims import read_claims
from rfc_analyzer.positions.grammar import parse_sentence, read_parsed, tokens

PACE = "The speed of cargo bikes in the park should be limited to about walking pace."
TRAMS = "Trams should be allowed to run through the old market."
BELLS = "The council should restrict or ban the ringing of bells at night."
POWER = "Closing the small archives would concentrate power in a few large libraries."
RISK = "Reading rooms pose little additional risk beyond lending desks."
PORTS = "Mill owners should have to report spills and share samples with the river authority."
BUSES = "Night buses reduce drunk driving and crashes."
LAW = "A national code should displace local harbour bylaws."

OPPOSITES = (
    (PACE, {"spe": -1, "pac": 1, "limit": 1}),
    (TRAMS, {"tram": 1}),
    (BELLS, {"bell": -1, "ban": 1, "restrict": 1}),
    (POWER, {"power": 1, "concentrat": 1, "archiv": 1}),
    (RISK, {"risk": -1, "room": 1}),
    (PORTS, {"spill": 1, "sampl": 1, "report": 1}),
    (BUSES, {"crash": -1, "drunk": -1}),
    (LAW, {"cod": 1, "local": -1, "displac": 1}),
)


@pytest.mark.parametrize(("proposition", "wanted"), OPPOSITES, ids=[p[:24] for p, _ in OPPOSITES])
def test_a_proposition_points_for_and_against_its_words(proposition, wanted):
    aims = read_aims(tokens(proposition))
    found = {**aims.subjects, **aims.things, **aims.acts, **aims.outcomes}
    assert {stem: found.get(stem) for stem in wanted} == wanted


def test_people_and_bodies_that_are_to_act_are_no_side():
    aims = read_aims(tokens(BELLS))
    assert not {"council", "councils"} & {*aims.acts, *aims.things, *aims.subjects}


SENTENCES = (
    (PACE, 1, "Please hold them to a walking pace."),
    (PACE, 1, "We recommend a limit on the speed of cargo bikes."),
    (PACE, 1, "Their speed must be reduced before a child is hit."),
    (PACE, -1, "The club does not favor a uniform limit at walking pace."),
    (PACE, -1, "We oppose any limit on speed in the park."),
    (TRAMS, 1, "Let the trams run through the market."),
    (TRAMS, -1, "Please keep the trams out of the market."),
    (TRAMS, -1, "Trams must be kept away from the old market."),
    (BELLS, -1, "We are concerned about a ban on bells."),
    (BELLS, 1, "I support a ban on ringing bells at night."),
    (BELLS, -1, "Do not take the bells away from us."),
    (POWER, 1, "Closing them gives too much power to the large libraries."),
    (POWER, -1, "Closing the archives would not concentrate power anywhere."),
    (POWER, 1, "Unfairly it puts yet more power into the hands of the large libraries."),
    (POWER, 1, "The small ones give power back to the towns, which is good for all of us."),
    (POWER, 1, "Shutting the archives would leave the power in the hands of the few."),
    (BELLS, -1, "Do not impose regulations on the bells."),
    (RISK, -1, "Reading rooms pose a serious risk to the manuscripts."),
    (RISK, 1, "There is no evidence of any risk in reading rooms."),
    (PORTS, 1, "Owners should be required to report every spill and every blocked drain to the authority."),
    (PORTS, 1, "We ask for prompt reporting of spills, of leaks and of closures."),
    (PORTS, -1, "We oppose any mandate to report spills, and the council knows why."),
    (LAW, -1, "A national code must not displace the local bylaws."),
    (LAW, -1, "The harbour office should protect local bylaws."),
)


@pytest.mark.parametrize(("proposition", "sign", "sentence"), SENTENCES, ids=[s[:40] for _, _, s in SENTENCES])
def test_sentences_are_read_against_what_the_proposition_wants(proposition, sign, sentence):
    (claim, _) = read_claims([Proposition("P1", proposition), Proposition("P2", "Ferries are late.")], {}, 50)
    assert read_parsed(parse_sentence(sentence), claim.target, claim.aims).sign == sign


RULE = "The proposed rule on lanterns is welcome."


@pytest.mark.parametrize(
    ("sign", "sentence"),
    [
        (-1, "This rule would cause harm to shops when they have to compete against larger ones."),
        (-1, "This rule would harm small shops and reduce choice."),
        (1, "This rule protects walkers, and nobody is worse off."),
    ],
)
def test_a_predicate_ends_where_another_begins(sign, sentence):
    (claim,) = read_claims([Proposition("P1", RULE)], {}, 50)
    assert read_parsed(parse_sentence(sentence), claim.target, claim.aims).rule == sign


def test_the_first_proposition_is_the_main_matter_and_so_is_what_the_others_are_about():
    texts = ("Ferries should be free.", "Bicycles should be carried on ferries.", "Bicycles on ferries should be free.")
    found = read_claims([Proposition(f"P{i}", text) for i, text in enumerate(texts)], {}, 50)
    assert [claim.general for claim in found] == [True, False, True]
