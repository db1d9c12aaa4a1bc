"""How the phrases of a docket are written, and which of them can stand alone as a title.

Whether a word is a noun, a verb or an adjective is told by its company all over the docket, with no tagger: nouns come
after "the" and "of", verbs after "to" and "will" and before "the", adjectives after "is" and "very".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rfc_analyzer.themes.phrases import NUMBERED, Place, clauses, informative, places_in, unit_stems, unit_words
from rfc_analyzer.themes.stopwords import LETTER_WORDS, LINKS

Spelling = TypeVar("Spelling", str, tuple[str, ...])

_ARTICLES = frozenset("a an the this these those our their its your his her my".split())  # noqa: SIM905
_BEFORE_NOUNS = _ARTICLES | frozenset(
    """about against all and another any around at between both by each every for from in into many no of on or other
    over per some such than through toward under upon via what which with within without""".split()  # noqa: SIM905
)
_BEFORE_VERBS = frozenset(
    """also can can't cannot could did do does doesn't don't he i i'd i'll it let let's may might must never
    please shall she should that'll they they'll to we we'd we'll who will won't would you you'll""".split()  # noqa: SIM905
)
_BEFORE_ADJECTIVES = frozenset("am are as be been being how is not remain seem seems so too very was were".split())  # noqa: SIM905
_FRAGMENT_SHARE = 0.5  # of a phrase's uses in which more of the same name or noun stands beside it
_VERB_SHARE, _ADJECTIVE_SHARE, _OBJECT_SHARE = 0.5, 0.4, 0.25
_NOUN_SHARE = 0.1  # of a single word's uses in which something before it shows a noun
_PARTICIPLE = "ed"
_NOUNS_IN_ED = ("eed", "bed", "shed")
_ADVERB, _NOUNS_IN_LY = "ly", ("family", "supply", "assembly", "monopoly", "anomaly")

_MODIFIER_SHARE = 0.75  # of its uses in which a noun of whatever kind follows: it is no thing by itself
# last words of names that are subjects; other names are of bodies, places, persons and products
_NAMES_OF_SUBJECTS = frozenset(
    """accord act agreement amendment article bill charter circular clause code constitution convention criteria
    decision directive doctrine framework guideline law license list order plan principle program programme protocol
    provision regulation right rule section statute strategy test treaty""".split()  # noqa: SIM905
)

_AS_NOUN, _AS_VERB, _AS_ADJECTIVE, _HAS_OBJECT, _ALL = "noun", "verb", "adjective", "object", "all"
_GOES_ON, _NAME_BEFORE = "goes on", "name before"
_COUNTED = frozenset({_ALL, _AS_NOUN, _AS_VERB, _GOES_ON})


class Wording:
    """How phrases (``keys``) are mostly written in ``texts``, and in which company."""

    def __init__(self, texts: Iterable[str], keys: Iterable[str]) -> None:
        capitals: dict[str, Counter[str]] = defaultdict(Counter)
        self._written: dict[str, tuple[str, ...]] = {}
        self._company: dict[str, Counter[str]] = defaultdict(Counter)
        self._words: dict[str, Counter[str]] = defaultdict(Counter)
        read = [units for text in texts for units in clauses(text)]
        for units in read:
            for unit in units[1:]:  # the first is often capital by its place
                capitals[unit.casefold()][unit] += 1
            self._learn(units)
        self._capitals = {word: _commonest(counts) for word, counts in capitals.items()}
        self._learn_phrases(read, keys)

    def learn_phrases(self, texts: Iterable[str], keys: Iterable[str]) -> None:
        """How more phrases are written in ``texts``, whose words are known."""
        self._learn_phrases((units for text in texts for units in clauses(text)), keys)

    def _learn_phrases(self, read: Iterable[Sequence[str]], keys: Iterable[str]) -> None:
        wanted = set(keys) - set(self._written)
        written: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        for units in read:
            for place in places_in(units, wanted):
                written[place.key][place.units] += 1
                self._company[place.key].update(_company(place))
        self._written |= {key: _commonest(counts) for key, counts in written.items()}

    def of(self, key: str) -> str:
        """``key`` as people write it: "AI systems", "open-source code", "First Amendment"."""
        first, *rest = self._written.get(key, key.split())
        if all(unit == unit.casefold() for unit in rest):  # no name: the capital may be that of a sentence's start
            first = self._capitals.get(first.casefold(), first)
        *others, last = first, *rest
        return " ".join((*others, last.removesuffix("'s")))

    def stands_alone(self, key: str) -> bool:
        """Whether ``key`` names a thing by itself.

        False for what is mostly a part of a longer name or noun ("asking the wrong" of "asking the wrong questions"),
        and for what is done or said of a thing ("hurt the fishermen", "unfair and unjust", "devices replace").
        """
        company = self._company[key]
        beside = max((n for what, n in company.items() if what not in _COUNTED), default=0)
        verb, noun = company[_AS_VERB], company[_AS_NOUN]
        if not company[_ALL] or beside >= _FRAGMENT_SHARE * company[_ALL]:
            return False
        if company[_GOES_ON] >= _MODIFIER_SHARE * company[_ALL]:
            return False
        if verb > _VERB_SHARE * (verb + noun) or (" " not in key and noun < _NOUN_SHARE * company[_ALL]):
            return False
        written = self._written[key]
        units = [unit_stems(unit) for unit in written]
        ends = [i for i, after in enumerate((*units[1:], "and")) if after == "and"]
        if len(units) > 2 and units[1] in LINKS and _is_participle(written[0]):
            return False  # "listed in the annexes"
        if units[-1] in NUMBERED and (len(units) == 1 or units[-2] in LINKS):
            return False  # "accordance with Article" 3
        inner = [unit for unit in units[:-1] if unit not in LINKS]
        if any(self._is_verb(unit) or self._has_object(unit) for unit in inner) or self._runs_through_a_name(written):
            return False
        return all(self._ends_as_noun(written[i], units[i]) for i in ends)

    def is_name(self, key: str) -> bool:
        """Whether ``key`` is the name of a body, a place, a person or a product; an act or an order is a subject."""
        units = self._written.get(key, ())
        rest = [unit for unit in units[1:] if unit not in LINKS]
        written = [*units[:1], *rest] if rest else [self._capitals.get(unit.casefold(), unit) for unit in units]
        if not units or not all(unit[:1].isupper() or unit[:1].isdigit() for unit in written):
            return False
        if len(written) == 1 and written[0].isupper() and "-" not in written[0]:
            return False  # an abbreviation may be of anything
        return unit_stems(units[-1]) not in _NAMES_OF_SUBJECTS and not units[-1][:1].isdigit()

    def _learn(self, units: Sequence[str]) -> None:
        low = [unit.casefold() for unit in units]
        for before, unit, after in zip(("", *low), low, (*low[1:], ""), strict=False):
            company = self._words[unit_stems(unit)]
            company[_ALL] += 1
            company[_AS_NOUN] += before in _BEFORE_NOUNS
            company[_AS_VERB] += before in _BEFORE_VERBS
            company[_AS_ADJECTIVE] += before in _BEFORE_ADJECTIVES
            company[_HAS_OBJECT] += after in _ARTICLES

    def _is_verb(self, unit: str) -> bool:
        company = self._words[unit]
        return company[_AS_VERB] > _VERB_SHARE * (company[_AS_VERB] + company[_AS_NOUN])

    def _ends_as_noun(self, written: str, unit: str) -> bool:
        company, low = self._words[unit], written.casefold()
        if _is_participle(low):
            return False
        if low.endswith(_ADVERB) and low not in _NOUNS_IN_LY:
            return False
        known = company[_AS_NOUN] + company[_AS_VERB] + company[_AS_ADJECTIVE]
        if company[_AS_ADJECTIVE] >= _ADJECTIVE_SHARE * known > 0:
            return False
        return not self._has_object(unit) and not self._is_verb(unit)

    def _has_object(self, unit: str) -> bool:
        company = self._words[unit]
        return company[_HAS_OBJECT] >= _OBJECT_SHARE * max(1, company[_ALL])

    def _runs_through_a_name(self, written: Sequence[str]) -> bool:
        """Whether plain words stand on both sides of a name: a piece of a clause ("bolster United States public")."""
        capitals = [self._capitals.get(unit.casefold(), unit)[:1].isupper() for unit in written]
        inner = "".join("N" if capital else "-" for capital in capitals[1:-1])
        return len(written) > 3 and not capitals[0] and not capitals[-1] and "NN" in inner


def _company(place: Place) -> list[str]:
    """What stands beside a use of a phrase: the start of it, more of its name, the same word each time."""
    found = [_ALL]
    if place.after and (informative(place.after[0]) or place.after[0].casefold() in LETTER_WORDS):
        found += [_GOES_ON, f"{unit_stems(place.after[0])} after"]
    if place.before:
        near = place.before[-1]
        low = near.casefold()
        if low in _BEFORE_VERBS:
            found.append(_AS_VERB)
        elif low in _BEFORE_NOUNS:
            found.append(_AS_NOUN)
        if near[:1].isupper() and place.units[0][:1].isupper() and (len(place.before) > 1 or informative(near)):
            found.append(_NAME_BEFORE)
        if informative(near):
            found.append(f"{' '.join(unit_words(near))} before")
    return found


def _is_participle(word: str) -> bool:
    return word.endswith(_PARTICIPLE) and not word.endswith(_NOUNS_IN_ED)


def _commonest(counts: Counter[Spelling]) -> Spelling:
    return min(counts, key=lambda text: (-counts[text], text))
