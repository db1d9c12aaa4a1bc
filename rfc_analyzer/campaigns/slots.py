"""The wordings from which the letters of a suspected family seem to have been put together, each with its place.

Wordings that no letter has together, and that stand at about the same place, are of one slot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from math import inf, log2

_WORD_SPAN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_FEWEST = 3
# more than a letter in a hundred has it, else it is somebody's own
_LEAST_SHARE = 0.03
# what nine letters in ten have is no slot
_FIXED_SHARE = 0.9
_LONGEST = 25
_WORD_BITS = 10.0
_PHRASE_BITS = 3.0
_ROUNDS = 2
# of those that have the rarer one
_TOGETHER = 0.05
# in sentences
_NEAR_BY = 0.15
_SENTENCE_END = re.compile(r"[.!?;\n]")
_MOST_SLOTS = 40

Word = str
Phrase = tuple[Word, ...]


@dataclass
class Wording:
    """``text`` verbatim from the first letter that has it; ``letters`` are their numbers.

    ``places`` are where it stands, in sentences from the beginning.
    """

    text: str
    letters: set[int] = field(default_factory=set)
    places: list[float] = field(default_factory=list)

    @property
    def place(self) -> float:
        """Where it stands, on average."""
        return sum(self.places) / len(self.places)


def slots(texts: Sequence[str]) -> list[list[Wording]]:
    """Slots in the order in which they stand in the letters, each with its wordings, the most frequent first.

    Only slots with two wordings or more are given.
    """
    read = [_Read(text) for text in texts]
    phrases = _Phrases([[tuple(letter.words[a:b]) for a, b in letter.sentences] for letter in read])
    wordings: dict[Phrase, Wording] = {}
    for number, letter in enumerate(read):
        for place, (first, last) in enumerate(letter.sentences):
            for start, end in phrases.parts(tuple(letter.words[first:last])):
                key = tuple(letter.words[first + start : first + end])
                wording = wordings.setdefault(key, Wording(letter.verbatim(first + start, first + end)))
                wording.letters.add(number)
                wording.places.append(place + start / (last - first))
    fewest = max(_FEWEST, _LEAST_SHARE * len(read))
    frequent = [w for w in wordings.values() if fewest <= len(w.letters) <= _FIXED_SHARE * len(read)]
    return _slots(frequent)


class _Read:
    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [match.span() for match in _WORD_SPAN.finditer(text)]
        self.words = [text[start:end].casefold() for start, end in self._spans]

    @property
    def sentences(self) -> list[tuple[int, int]]:
        """Spans of words between full stops and the like, or the ends of lines."""
        gaps = pairwise(self._spans)
        ends = [i for i, (a, b) in enumerate(gaps, start=1) if _SENTENCE_END.search(self._text, a[1], b[0])]
        cuts = [0, *ends, len(self._spans)]
        return [(a, b) for a, b in pairwise(cuts) if a < b]

    def verbatim(self, start: int, end: int) -> str:
        return self._text[self._spans[start][0] : self._spans[end - 1][1]]


class _Phrases:
    """The phrases of letters, and the cheapest way to say a letter with them.

    The cost of a phrase, in bits: one of a list of that many must be named, and the list be written down once for all
    letters that use it (minimum description length; compare Kudo 2018, "Subword regularization"). So a phrase
    is cut neither within a wording, nor later than where the next list begins.
    """

    def __init__(self, letters: Sequence[Sequence[Phrase]]) -> None:
        """``letters`` are sequences of sentences, which are sequences of words."""
        self._letters = len(letters)
        self._cost: dict[Phrase, float] = {}
        # for each sentence, the frequent phrases that begin at each of its words
        self._beginning: dict[Phrase, list[list[Phrase]]] = {s: [[] for _ in s] for letter in letters for s in letter}
        begin = [[(sentence, i) for sentence in set(letter) for i in range(len(sentence))] for letter in letters]
        for size in range(1, _LONGEST + 1):
            count = Counter(chain.from_iterable({s[i : i + size] for s, i in starts} for starts in begin))
            frequent = {phrase: n for phrase, n in count.items() if n >= _FEWEST}
            for sentence, i in set(chain.from_iterable(begin)):
                if (phrase := sentence[i : i + size]) in frequent:
                    self._beginning[sentence][i].append(phrase)
            # a longer phrase is no more frequent than its beginning
            begin = [
                [(s, i) for s, i in starts if i + size < len(s) and s[i : i + size] in frequent] for starts in begin
            ]
            self._price(frequent)
        for _ in range(_ROUNDS):
            used = Counter(chain.from_iterable(self._used(letter) for letter in letters))
            self._cost = {}
            self._price(used)

    def _price(self, count: Mapping[Phrase, int]) -> None:
        for phrase, n in count.items():
            if n >= _FEWEST:
                named, written = log2(self._letters / n), _WORD_BITS * len(phrase) / n
                self._cost[phrase] = _PHRASE_BITS + named + written

    def _used(self, letter: Sequence[Phrase]) -> set[Phrase]:
        return {sentence[a:b] for sentence in letter for a, b in self.parts(sentence)}

    def parts(self, sentence: Phrase) -> list[tuple[int, int]]:
        """The spans of the phrases of which the sentence is made."""
        cheapest, begin = [0.0] + [inf] * len(sentence), [0] * (len(sentence) + 1)
        for start, phrases in enumerate(self._beginning[sentence]):
            # a word that is nobody else's
            ends = [(start + 1, _WORD_BITS)]
            ends += [(start + len(phrase), self._cost.get(phrase, inf)) for phrase in phrases]
            for end, cost in ends:
                if cheapest[start] + cost < cheapest[end]:
                    cheapest[end], begin[end] = cheapest[start] + cost, start
        spans, end = [], len(sentence)
        while end:
            spans.append((begin[end], end))
            end = begin[end]
        return spans[::-1]


def _slots(wordings: Sequence[Wording]) -> list[list[Wording]]:
    """Wordings put together that stand near each other and that no letter has together."""
    found: list[list[Wording]] = []
    for wording in sorted(wordings, key=lambda w: (-len(w.letters), w.place, w.text)):
        near = sorted((abs(slot[0].place - wording.place), number) for number, slot in enumerate(found))
        fitting = (n for distance, n in near if distance <= _NEAR_BY and _exclude(found[n], wording))
        place = next(fitting, None)
        if place is None:
            found.append([wording])
        else:
            found[place].append(wording)
    several = [slot for slot in found if len(slot) > 1]
    several.sort(key=lambda slot: -sum(len(w.letters) for w in slot))
    return sorted(several[:_MOST_SLOTS], key=lambda slot: slot[0].place)


def _exclude(slot: Iterable[Wording], wording: Wording) -> bool:
    return all(
        len(wording.letters & other.letters) <= _TOGETHER * min(len(wording.letters), len(other.letters))
        for other in slot
    )
