"""Propositions as the grammar reads them: what each is about, which way it points, and how general it is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rfc_analyzer.model import Proposition
from rfc_analyzer.positions.aims import Aims, read_aims
from rfc_analyzer.positions.grammar import content, rule_alignment, tokens
from rfc_analyzer.positions.lexicon import STOP, stem

GENERAL = 0.7  # share of its words that other propositions use too
_DEMANDING = frozenset(("should", "must", "ought", "shall"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A proposition as the reader needs it.

    ``target`` weighs the stems of what it is about (summing to 1), rare ones and those of no other proposition most;
    ``aims`` is which way it points at each word; ``rule`` (-1, 0, 1) says whether who is for the agency's proposal is
    for it, 0 where it names no proposal;
    ``general`` marks a proposition about the docket's main matter, which nearly every argument bears on;
    ``told`` one that says how things are or would be, and demands nothing.
    """

    proposition: Proposition
    target: Mapping[str, float]
    aims: Aims
    rule: int
    general: bool
    told: bool


def read_claims(propositions: Sequence[Proposition], frequency: Mapping[str, int], sentences: int) -> list[Claim]:
    """Claims for ``propositions``; ``frequency`` counts the docket's sentences, ``sentences`` in all, by stem."""
    general = _general(propositions)
    named = [content(p.text) for p in propositions]
    shared = Counter(s for stems in named for s in stems)
    rarity = {s: math.log(1 + sentences / (1 + frequency.get(s, 0))) / times for s, times in shared.items()}
    return [
        _read_claim(proposition, {s: rarity[s] for s in stems}, is_general)
        for proposition, stems, is_general in zip(propositions, named, general, strict=True)
    ]


def contrary(text: str) -> str:
    """A proposition denied, for a reader that is asked both: what speaks for the one speaks against the other."""
    said = text.strip().rstrip(".")
    first = said.split(" ", 1)[0]
    lowered = said[:1].lower() + said[1:] if first.istitle() and first != "I" else said
    return f"It is not true that {lowered}."


def _read_claim(proposition: Proposition, rarity: Mapping[str, float], general: bool) -> Claim:
    total = sum(rarity.values()) or 1.0
    target = {s: weight / total for s, weight in rarity.items()}
    words = tokens(proposition.text)
    told = _DEMANDING.isdisjoint(words)
    return Claim(proposition, target, read_aims(words), rule_alignment(proposition.text), general, told)


def _general(propositions: Sequence[Proposition]) -> list[bool]:
    """The first is the docket's main matter; so is what the others are about, having few words of its own."""
    named = [{stem(w) for w in tokens(p.text) if w[0].isalnum() and w not in STOP} for p in propositions]
    flags = []
    for i, own in enumerate(named):
        others = set().union(*(words for j, words in enumerate(named) if j != i))
        flags.append(not i or (bool(own) and len(own & others) / len(own) >= GENERAL))
    return flags
