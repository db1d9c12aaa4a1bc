"""A small grammar of taking sides: which way one sentence points, and how plainly its author says so.

The sign of a clause is the product of the words that turn a stance ("ban", "reduce", "not") and of the first word that
values something ("benefit", "risk"), in the manner of compositional polarity (Moilanen & Pulman, "Sentiment
Composition", RANLP 2007). A proposition is read by the same grammar, so that a sentence supports it where both signs
agree: who says "don't restrict it" is against "it should be restricted".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from math import fsum

from rfc_analyzer.positions import patterns
from rfc_analyzer.positions.aims import Aims
from rfc_analyzer.positions.lexicon import SIGN, STOP, VALUES, WordClass, acts, looks_at, names, stem, word_class


class Act(StrEnum):
    """How a sentence takes a side."""

    PERFORMATIVE = "performative"  # the author does it: "I oppose", "please withdraw"
    DEMAND = "demand"  # what ought to be: "the agency should"
    VERDICT = "verdict"  # an evaluation: "is harmful"
    NONE = "none"


STRENGTH = {Act.PERFORMATIVE: 1.0, Act.DEMAND: 0.85, Act.VERDICT: 0.6, Act.NONE: 0.0}


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as the grammar reads it.

    ``sign`` (-1, 0, 1) is the direction towards what the target words name; ``coverage`` (0..1) the share of the
    target's weight that the clause names; ``rule`` (-1, 0, 1) the direction towards the agency's own proposal;
    ``strength`` (0..1) how plainly it is said; ``conditional`` that it holds only under a condition.
    """

    sign: int
    coverage: float
    rule: int
    act: Act
    strength: float
    conditional: bool = False


NO_READING = Reading(0, 0.0, 0, Act.NONE, 0.0)

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;:()]")
_OPEN = frozenset(("that", "which", "who"))
_JOINTS = frozenset((",", "and", "or"))
_OUTWEIGH = frozenset(("outweigh", "outweighs", "outweighed", "outweighing"))
_BEING = frozenset(("be", "is", "are", "been", "being"))
_ENDS = frozenset((",", ";", "(", "and", "or", "but", "while", "without", "when", "where", "until", "before", "whose"))
_DETERMINERS = frozenset(("a", "an", "the", "every", "each", "any", "all", "these", "those", "such", "of"))
_GAP = 20  # tokens after the target within which its predicate is looked for


def content(text: str) -> tuple[str, ...]:
    """Stems of the words of ``text`` that name something: no stop words, no words of stance; distinct, in order."""
    named = [w for w in tokens(text) if w[0].isalnum() and w not in STOP and len(w) > 1]
    plain = [stem(w) for w in named if names(w)]
    return tuple(dict.fromkeys(plain or [stem(w) for w in named]))


def tokens(text: str) -> list[str]:
    """Lower-case words and clause marks."""
    return _TOKEN.findall(text.replace("’", "'").lower().replace("-", " "))


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause, read as far as that goes without a target."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    act: Act
    rule: int
    refers: bool  # it says "it", "they", "this"
    way: int  # -1, 0, 1: the direction of its words, whatever they are about
    sided: bool  # it demands or judges, whatever it is about
    asks: bool  # it demands something or asks for it


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence without concession, report and quotation; ``stems`` are those of the whole of it."""

    clauses: tuple[Clause, ...]
    stems: frozenset[str]
    conditional: bool

    @property
    def refers(self) -> bool:
        """True where it may speak of what was named before."""
        return any(clause.refers for clause in self.clauses)

    @property
    def others(self) -> bool:
        """True where the author says nothing in earnest: it asks, reports or only quotes."""
        return not self.clauses

    def judges(self, matter: frozenset[str]) -> bool:
        """True where the author demands or judges something that is named in ``matter`` (stems), or only pointed at."""
        return any(c.sided and (c.refers or not matter.isdisjoint(c.stems)) for c in self.clauses)


_NOTHING = Parsed((), frozenset(), False)


def parse_sentence(text: str) -> Parsed:
    """What ``text`` says in earnest, clause by clause; no clauses where it asks, reports or only quotes."""
    flat = " ".join(text.replace("’", "'").lower().split())
    if flat.rstrip("\"”')").endswith("?"):
        return _NOTHING
    flat = patterns.COMPARED.sub(" ", patterns.FALSE_NOT.sub(" ", patterns.QUOTED.sub(" ", flat)))
    own = _own_part(_plainly(flat))
    if not own:
        return _NOTHING
    main, conditional = _without_condition(own)
    stems = frozenset(stem(w) for w in tokens(flat))
    return Parsed(tuple(_parse_clause(piece) for piece in _clauses(main)), stems, conditional)


def _parse_clause(piece: str) -> Clause:
    found = tuple(tokens(piece))
    thanks = bool(patterns.COURTESY.search(piece))
    act = Act.NONE if thanks else _act(piece)
    rule = _rule_sign(piece) if not thanks and patterns.RULE.search(piece) else 0
    way = _fold(found, frozenset())
    sided = not thanks and (act is not Act.NONE or way != 0)
    asks = not thanks and (act is Act.DEMAND or bool(patterns.URGE.search(piece)))
    refers = bool(patterns.PRONOUN.search(piece))
    return Clause(found, tuple(stem(w) for w in found), act, rule, refers, way, sided, asks)


def read_parsed(parsed: Parsed, target: Mapping[str, float], aims: Aims, antecedent: float = 0.0) -> Reading:
    """How a sentence stands to a proposition, and to the agency's rule.

    ``target`` (stem → weight, weights summing to 1) is what the proposition names, ``aims`` which way it points at
    each of it. ``antecedent`` (0..1) is the coverage of the sentence before, to which "it" or "they" may refer.
    """
    if not parsed.clauses:
        return NO_READING
    named = fsum(target[s] for s in target.keys() & parsed.stems)
    readings = [_read_clause(clause, target, aims) for clause in parsed.clauses]
    linked = _linked(parsed.clauses, readings, _LINK * max(antecedent, named), aims.toward)
    best = max(linked, key=_plainness)
    rule = next((r.rule for r in linked if r.rule), 0)
    return Reading(best.sign, best.coverage, rule, best.act, best.strength, parsed.conditional)


def _plainness(reading: Reading) -> tuple[float, float]:
    return reading.strength * max(reading.coverage * abs(reading.sign), 0.3 * abs(reading.rule)), reading.strength


def _plainly(flat: str) -> str:
    """Phrases of several words put as one word of the lexicon, and names of things without the words that turn."""
    for holding, phrase, word in patterns.PHRASES:
        if any(part in flat for part in holding):
            flat = phrase.sub(word, flat)
    return flat


def _own_part(flat: str) -> str:
    """What the author says in earnest: without concession; empty where others are reported."""
    turns = list(patterns.TURNING_POINT.finditer(flat))
    if turns and len(flat) - turns[-1].end() > 12:
        flat = flat[turns[-1].end() :]
    flat = patterns.TRAILING_CONCESSION.sub("", flat)
    if patterns.CONCESSION.match(flat):
        flat = flat.partition(", ")[2]
    return "" if patterns.REPORTED.search(flat) and not patterns.CORRECTED.search(flat) else flat


def _without_condition(flat: str) -> tuple[str, bool]:
    """The clause that holds under the condition, and whether an attitude depends on it."""
    found = patterns.CONDITION.search(flat)
    if found is None:
        return flat, False
    if found.start() == 0:
        _, comma, rest = flat.partition(", ")
        return (rest if comma else ""), bool(patterns.ATTITUDE.search(rest))
    return flat[: found.start()], bool(patterns.ATTITUDE.search(flat[: found.start()]))


def _clauses(flat: str) -> list[str]:
    return [piece.strip() for piece in patterns.CAUSE.split(flat) if piece and len(piece.strip()) > 6]


def _read_clause(clause: Clause, target: Mapping[str, float], aims: Aims) -> Reading:
    """A clause around its mention of what the proposition names."""
    hits = {i: s for i, s in enumerate(clause.stems) if s in target or s in aims.acts or s in aims.outcomes}
    if not hits:
        return Reading(0, 0.0, clause.rule, *_weighed(clause, clause.rule))
    coverage = fsum(target.get(s, 0.0) for s in set(hits.values()))
    outcomes = [i for i, s in hits.items() if s in aims.outcomes]
    if outcomes:
        sign = aims.outcomes[hits[outcomes[-1]]] * _denial(clause.words[: outcomes[-1]])
        return Reading(sign, min(1.0, coverage), clause.rule, *_weighed(clause, sign))
    way, named = _aimed(hits, target, aims)
    sign = _fold(clause.words[: max(hits) + _GAP], frozenset(named), clause.asks) * way
    if not sign and clause.asks and way:
        sign = way
    return Reading(sign, min(1.0, coverage), clause.rule, *_weighed(clause, sign or clause.rule))


def _denial(words: Sequence[str]) -> int:
    """-1 where an odd number of ``words`` denies, else 1."""
    return -1 if sum(word_class(word) is WordClass.NOT for word in words) % 2 else 1


def _aimed(hits: Mapping[int, str], target: Mapping[str, float], aims: Aims) -> tuple[int, list[int]]:
    """Which way the proposition points at what is named, and where that stands; all hits where it points at none."""
    for group in (aims.acts, aims.things, aims.subjects):
        named = [i for i, s in hits.items() if s in group]
        total = sum(group[hits[i]] * (target.get(hits[i], 0.0) + 1e-3) for i in named)
        if total:
            return (1 if total > 0 else -1), named
    return 0, list(hits)


def _weighed(clause: Clause, sign: int) -> tuple[Act, float]:
    act = Act.VERDICT if clause.act is Act.NONE and sign else clause.act
    return act, STRENGTH[act]


_LINK = 0.7  # a clause that follows one about the target and says "it" is nearly as much about it


def _linked(clauses: Sequence[Clause], readings: Sequence[Reading], antecedent: float, toward: int) -> list[Reading]:
    """Readings in which a clause that only says "it" or "they" takes the target of the clause before."""
    found: list[Reading] = []
    for clause, reading in zip(clauses, readings, strict=True):
        if reading.coverage:
            antecedent = _LINK * reading.coverage
        elif antecedent and clause.refers:
            sign = toward * clause.way
            reading = Reading(sign, antecedent, reading.rule, *_weighed(clause, sign))
        found.append(reading)
    return found


def _act(clause: str) -> Act:
    if patterns.ATTITUDE.search(clause) or patterns.IMPERATIVE.search(clause):
        return Act.PERFORMATIVE
    if patterns.URGE.search(clause):
        return Act.PERFORMATIVE if patterns.ASKING.search(clause) else Act.DEMAND
    return Act.DEMAND if patterns.DEMAND.search(clause) else Act.NONE


def _rule_sign(clause: str) -> int:
    """The direction towards the agency's proposal: by the words that govern it, else by what it is said to do.

    "This rule bans drift nets" only tells what the rule does; "this rule should be withdrawn" and "this rule
    undermines fairness" take a side.
    """
    found = patterns.RULE.search(clause)
    assert found is not None
    before, after = tokens(clause[: found.start()]), tokens(clause[found.end() :])
    sign = _fold([w for w in before if word_class(w) not in VALUES], frozenset((len(before),)))
    if sign:
        return sign
    if after and after[0] in ("to", "of", "for", "on", "and", "that", "which"):
        return 0
    told = _until_open(after)[:_GAP]
    valued = any(word_class(word) in VALUES for word in told)
    passive = any(first in _BEING and word_class(then) is WordClass.TURN for first, then in pairwise(told))
    return _fold(told, frozenset()) if valued or passive else 0


def rule_alignment(text: str) -> int:
    """Whether a proposition goes with the agency's proposal (1), against it (-1), or names none (0)."""
    clauses = [piece for piece in _clauses(" ".join(text.lower().split())) if patterns.RULE.search(piece)]
    return (_rule_sign(clauses[0]) or 1) if clauses else 0


def _until_open(words: Sequence[str]) -> Sequence[str]:
    for position, word in enumerate(words):
        if word in _OPEN and position:
            return words[:position]
    return words


def _fold(words: Sequence[str], targets: frozenset[int], asks: bool = False) -> int:
    """Product of the turning words, the negations and the one value; 0 where nothing carries a sign.

    Only one value counts: "risks that are a serious concern" is bad once. An adjective between an operator and the
    target ("oppose this harmful rule", "restrict dangerous models") describes, and turns nothing. The fold ends where
    a predicate about the last target is complete, with a sign or as what the clause ``asks`` for, and more is joined.
    """
    sign, signed, valued, governed, last_turn, attended = 1, False, False, False, -9, -9
    last = max(targets, default=-1)
    for i, word in [(i, word) for i, word in enumerate(words) if _matters(word)]:
        if i > last and (signed or asks) and (word in _ENDS or (word in _OPEN and i > last + 1)):
            break
        if looks_at(word):
            attended = i
        kind = None if i in targets else word_class(word)
        if kind is None or _describes(words, i, kind):
            continue
        if kind in VALUES:
            described = governed and not targets.isdisjoint((i + 1, i + 2)) and not acts(word)
            if valued or described or i - attended <= 4:
                continue
            valued = True
        elif kind is WordClass.TURN:
            joined = 0 < i - last_turn <= 5 and not _JOINTS.isdisjoint(words[last_turn + 1 : i])
            last_turn = i
            if joined and (i - last_turn <= 2 or words[i - 1] in _JOINTS):
                continue
        governed = governed or kind in (WordClass.TURN, WordClass.KEEP)
        sign, signed = sign * SIGN[kind], True
        if word in _OUTWEIGH:
            break
    return sign if signed else 0


@cache
def _matters(word: str) -> bool:
    """Whether a word can have a part in a fold: most have none."""
    return word in _ENDS or word in _OPEN or looks_at(word) or word_class(word) is not None


def _describes(words: Sequence[str], i: int, kind: WordClass) -> bool:
    """True for a participle before a noun: "every blocked path"."""
    if kind is WordClass.NOT or not i or not words[i].endswith("ed") or words[i - 1] not in _DETERMINERS:
        return False
    return i + 1 < len(words) and words[i + 1] not in STOP and words[i + 1] not in _JOINTS
