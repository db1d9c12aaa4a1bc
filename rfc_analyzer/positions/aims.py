"""Which way a proposition points at each of its words.

Who says "speed should be limited to walking pace" is against the speed, and for the limit and the pace. A sentence that
names one of these words is on the side of the proposition where its own direction towards the word is that of the
proposition. What is said to come of stopping a thing ("closing the archive would concentrate power") is different: who
names it mostly says so too, whether or not it is called good or bad, unless it is denied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rfc_analyzer.positions.lexicon import SIGN, STOP, VALUES, WordClass, looks_at, names, stem, word_class

_OUGHT = frozenset(("should", "must", "ought", "shall", "needs", "need", "has", "have"))
_MODALS = _OUGHT | frozenset(("would", "will", "could", "may", "might", "can", "cannot"))
_BEING = frozenset(("be", "is", "are", "was", "were", "been", "being"))
_JOINING = frozenset((",", "and", "or", "nor"))
_EXTENT = frozenset(("to", "at", "below", "under", "within", "above", "by"))
_PLACING = frozenset(("on", "in", "at", "with", "from", "for", "by", "into", "onto", "over", "through", "about", "to"))
_COMPARED = frozenset(("than", "beyond", "versus", "compared", "unlike"))
_SUBORDINATE = frozenset(("who", "which", "that", "before", "after", "when", "if", "unless", "because", "where", "as"))
_DUTY = frozenset(stem(w) for w in ("require", "oblige", "compel", "mandate", "force", "demand", "expect"))
_LIGHT = frozenset(("take", "have", "get", "do", "make", "give", "go", "come", "stay", "remain", "become"))
_AGENTS = frozenset(
    stem(w)
    for w in (
        "government", "agency", "congress", "parliament", "administration", "commission", "council", "board", "company",
        "firm", "business", "state", "city", "town", "person", "people", "anyone", "everyone", "somebody", "university",
        "bank", "hospital", "school", "body", "authority", "office", "department", "ministry", "court", "industry",
    )
)  # fmt: skip
_ACTING = (WordClass.TURN, WordClass.KEEP)


@dataclass(frozen=True, slots=True)
class Aims:
    """The direction (-1 or 1) of a proposition towards the stems of its words.

    ``acts`` are what it demands or says that happens, and what is to come of it; ``things`` what that is done to, or
    what something is told about; ``subjects`` what is to do it, unless that is people or a body, whom many a sentence
    names. What a sentence names of the first says more than of the next. ``outcomes`` are what is said to come of
    stopping a thing: a sentence that names one is on the side of the proposition unless it denies it.
    """

    acts: Mapping[str, int]
    things: Mapping[str, int]
    subjects: Mapping[str, int]
    outcomes: Mapping[str, int] = field(default_factory=dict)

    @property
    def named(self) -> frozenset[str]:
        """The stems that are looked for beside those of what the proposition is about."""
        return frozenset((*self.acts, *self.outcomes))

    @property
    def toward(self) -> int:
        """The direction towards what the proposition is about, for a sentence that says only "it"."""
        ways = self.things or self.subjects or self.acts
        return 1 if sum(ways.values()) >= 0 else -1


def read_aims(words: Sequence[str]) -> Aims:
    """The aims of a proposition of lower-case ``words``."""
    start = _predicate(words)
    if start is None:
        return Aims({}, _signed(words, _plain(words)), {})
    subject, predicate = _main(words[:start]), _main(words[start:])
    verb = next((i for i, w in enumerate(predicate) if w not in STOP and w not in _JOINING and i), None)
    if predicate[0] in _OUGHT and verb is not None:
        return _demanded(subject, predicate, verb)
    return _told(subject, predicate)


def _demanded(subject: Sequence[str], predicate: Sequence[str], verb: int) -> Aims:
    """ "… should [not] be limited to …", "… should have to report …"."""
    want = -1 if any(word_class(w) is WordClass.NOT for w in predicate[:verb]) else 1
    passive, allowed = not _BEING.isdisjoint(predicate[:verb]), False
    while word_class(predicate[verb]) is WordClass.KEEP and list(predicate[verb + 1 : verb + 2]) == ["to"]:
        following = next((i for i in range(verb + 2, len(predicate)) if predicate[i] not in STOP), None)
        if following is None:
            break
        allowed = stem(predicate[verb]) not in _DUTY
        verb, passive = following, predicate[verb + 2] == "be"
    verbs, end = _verbs(predicate, verb, passive)
    turned = any(word_class(w) is WordClass.TURN for w in verbs)
    # beside a verb of limiting, one that is also a thing of another kind ("license") says little
    telling = [w for w in verbs if word_class(w)] if turned else verbs
    acts = {stem(w): want for w in telling if w not in _LIGHT}
    rest, toward = predicate[end:], -want if turned else want
    if allowed or (passive and not looks_at(predicate[verb])):
        if turned and rest and rest[0] in _EXTENT:
            return Aims(acts | _signed(rest, want), _signed(subject, toward), {})
        return Aims(acts, _signed(subject, toward) | ({} if turned else _signed(_object(rest), toward)), {})
    if not rest:  # "the sale should end"
        return Aims(acts, _signed(subject, toward), {})
    doing = {} if _is_agent(subject) else _signed(subject, want)
    return Aims(acts, _signed(_object(rest), toward), _signed(rest, toward) | doing)


def _verbs(predicate: Sequence[str], verb: int, passive: bool) -> tuple[list[str], int]:
    """The verb and those joined to it ("restrict, license or ban"), and where they end."""
    found, end = [predicate[verb]], verb + 1
    while not passive and end + 1 < len(predicate) and predicate[end] in _JOINING:
        step = end + 1 if predicate[end + 1] not in _JOINING else end + 2
        if step >= len(predicate) or predicate[step] in STOP:
            break
        found.append(predicate[step])
        end = step + 1
    return found, end


def _told(subject: Sequence[str], predicate: Sequence[str]) -> Aims:
    """ "… would concentrate power", "… poses little risk", "… is a suitable way"."""
    said = -1 if sum(word_class(w) is WordClass.NOT for w in _less_a_few(predicate)) % 2 else 1
    # where it comes of stopping a thing, what is said to come is spoken of by those who are for the thing
    about = -said if any(word_class(w) is WordClass.TURN for w in subject) else said
    judged = predicate[0] in _BEING and any(word_class(w) in VALUES for w in predicate[:5])
    acts: dict[str, int] = {}
    value, way, toward = 0, about, about
    for word in predicate:
        kind = word_class(word)
        if kind in VALUES:
            acts.setdefault(stem(word), way)
            value = value or (1 if kind is WordClass.GOOD else -1)
        elif kind is WordClass.TURN:
            way = -about
            toward = toward if value else -toward
        elif kind is None and not judged:
            acts |= {s: w for s, w in _signed([word], way).items() if s not in acts}
    things = _signed(subject, toward * (value or 1)) if value or toward == about else {}
    return Aims({}, things, {}, dict.fromkeys(acts, said)) if about != said else Aims(acts, things, {})


def _less_a_few(words: Sequence[str]) -> list[str]:
    """``words`` without those after "a": "a few" denies nothing, "few" does."""
    return [w for before, w in pairwise(("", *words)) if before != "a"]


def _predicate(words: Sequence[str]) -> int | None:
    """Where the predicate begins; None where no verb is known."""
    modal = next((i for i, w in enumerate(words) if w in _MODALS and i), None)
    if modal is not None:
        return modal
    return next((i for i, w in enumerate(words) if i and (w in _BEING or word_class(w) in _ACTING)), None)


def _main(words: Sequence[str]) -> Sequence[str]:
    """``words`` without what they are compared with, and without subordinate clauses."""
    cut = next((i for i, w in enumerate(words) if i and (w in _COMPARED or w in _SUBORDINATE)), len(words))
    if list(words[cut - 1 : cut + 1]) == ["such", "as"]:
        return words
    return words[:cut]


def _object(words: Sequence[str]) -> Sequence[str]:
    """What a verb is done to: ``words`` up to where, with whom or for what it is done."""
    return words[: next((i for i, w in enumerate(words) if w in _PLACING), len(words))]


def _is_agent(subject: Sequence[str]) -> bool:
    named = [w for w in subject if w not in STOP and w[0].isalnum()]
    return bool(named) and (stem(named[-1]) in _AGENTS or named[-1].endswith(("ers", "ors", "ists", "ees")))


def _signed(words: Sequence[str], way: int) -> dict[str, int]:
    """Those of ``words`` that name something, each with ``way``."""
    return {stem(w): way for w in words if w[0].isalnum() and len(w) > 1 and names(w)}


def _plain(words: Sequence[str]) -> int:
    """The direction of words whose build is not seen: the product of those that turn, deny or value."""
    way = 1
    for word in words:
        kind = word_class(word)
        way *= SIGN[kind] if kind else 1
    return way
