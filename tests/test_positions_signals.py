"""What the grammar finds for each proposition: the same in every process, and as sentence by sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from rfc_analyzer.model import Proposition
from rfc_analyzer.positions.claims import read_claims
from rfc_analyzer.positions.grammar import Act, parse_sentence, read_parsed
from rfc_analyzer.positions.signals import (
    coverages,
    judging,
    promise,
    read_signals,
    stem_frequency,
    untargeted,
)
from rfc_analyzer.positions.units import Sentence

PROPOSITIONS = (
    Proposition("N", "The rule should ban drift nets in coastal waters, as the agency has proposed."),
    Proposition("F", "The ferry should carry bicycles, prams and wheelchairs free of charge in winter."),
    Proposition("D", "Detectors of noise on drones, ferries and lorries protect the children of the harbour."),
)
TEXTS = (
    "I support the proposed ban on drift nets in coastal waters.",
    "They should not be allowed anywhere.",
    "Turtles, nets, waters, bicycles, drones, children and noise are all named here.",
    "This rule should be withdrawn.",
    "If it is adopted, we oppose the ferry.",
    "Critics say that drones harm children.",
    "The bicycles, prams and wheelchairs should not be carried free of charge.",
    "It would harm the harbour.",
)
PROGRAM = """
from test_positions_signals import signals
print([part.tobytes().hex() for part in signals()])
"""


def sentences():
    """The texts twice, in two files."""
    return [Sentence(f, f, f, 1, 0, len(text), text, text) for f in ("a", "b") for text in TEXTS]


def read():
    parsed = [parse_sentence(sentence.clean) for sentence in sentences()]
    return parsed, read_claims(PROPOSITIONS, stem_frequency(parsed), len(parsed))


def signals():
    parsed, claims = read()
    named = coverages(parsed, claims)
    asked = np.full((*named.shape, 4), 0.25)
    nothing = np.zeros(named.shape)
    found = read_signals(sentences(), parsed, untargeted(parsed), claims, named.astype(float), asked, nothing)
    return named, found.about, found.direction, found.plain


def test_every_process_finds_the_same_to_the_last_bit():
    here = str(Path(__file__).parent)
    environments = [{**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": here} for seed in (1, 2, 3)]
    said = [subprocess.check_output([sys.executable, "-c", PROGRAM], env=e, text=True) for e in environments]
    assert len(set(said)) == 1


def test_signals_are_those_of_each_sentence_read_after_the_one_before_it():
    parsed, claims = read()
    named, about, direction, plain = signals()
    for j, claim in enumerate(claims):
        before = 0.0
        for i, item in enumerate(parsed):
            before = 0.0 if i == len(TEXTS) else before
            reading = read_parsed(item, claim.target, claim.aims, before)
            before = reading.coverage
            rule = claim.rule * reading.rule * reading.strength
            way = rule or reading.sign * reading.strength * min(1.0, reading.coverage / 0.5)
            assert direction[i, j] == way * (0.3 if item.conditional else 1.0)
            assert about[i, j] == float(named[i, j])
            assert plain[i, j] == (reading.act in (Act.PERFORMATIVE, Act.DEMAND))
    assert np.count_nonzero(direction) > len(TEXTS)


def test_a_demand_promises_more_than_a_heading_that_is_as_near():
    texts = ("2. Drift nets in coastal waters", "We urge you to ban drift nets in coastal waters.")
    parsed = [parse_sentence(text) for text in texts]
    claims = read_claims(PROPOSITIONS, stem_frequency(parsed), len(parsed))
    near, named = np.zeros((2, 3), np.float32), np.ones((2, 3), np.float32)
    heading, demand = promise(parsed, untargeted(parsed), judging(parsed, claims), near, named)[:, 0]
    assert demand > heading
