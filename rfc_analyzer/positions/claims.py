"""Propositions as the grammar reads them: what each is about, which way it points, and how general it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rfc_analyzer.model import Proposition
from rfc_analyzer.positions.grammar import content, parse_sentence, read_parsed, rule_alignment, tokens
from rfc_analyzer.positions.lexicon import STOP, stem

GENERAL = 0.7  # share of its words that other propositions use too


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition as the reader needs it.

    ``target`` weighs the stems of what it is about (summing to 1); ``sign`` (-1 or 1) is its own direction towards
    that; ``rule`` (-1, 0, 1) says whether who is for the agency's proposal is for it, 0 where it names no proposal;
    ``general`` marks a proposition about the docket's main matter, which nearly every argument bears on.
    """

    proposition: Proposition
    target: Mapping[str, float]
    sign: int
    rule: int
    general: bool


def read_claims(propositions: Sequence[Proposition], frequency: Mapping[str, int], sentences: int) -> list[Claim]:
    """Claims for ``propositions``; ``frequency`` counts the docket's sentences, ``sentences`` in all, by stem."""
    general = _general(propositions)
    return [
        _read_claim(proposition, frequency, sentences, is_general)
        for proposition, is_general in zip(propositions, general, strict=True)
    ]


def _read_claim(proposition: Proposition, frequency: Mapping[str, int], sentences: int, general: bool) -> Claim:
    rarity = {s: math.log(1 + sentences / (1 + frequency.get(s, 0))) for s in content(proposition.text)}
    total = sum(rarity.values()) or 1.0
    target = {s: weight / total for s, weight in rarity.items()}
    reading = read_parsed(parse_sentence(proposition.text), target)
    return Claim(proposition, target, reading.sign or 1, rule_alignment(proposition.text), general)


def _general(propositions: Sequence[Proposition]) -> list[bool]:
    """A proposition with few words of its own is what the others are about; one that stands alone is the matter."""
    if len(propositions) == 1:
        return [True]
    named = [{stem(w) for w in tokens(p.text) if w[0].isalnum() and w not in STOP} for p in propositions]
    flags = []
    for i, own in enumerate(named):
        others = set().union(*(words for j, words in enumerate(named) if j != i))
        flags.append(bool(own) and len(own & others) / len(own) >= GENERAL)
    return flags
