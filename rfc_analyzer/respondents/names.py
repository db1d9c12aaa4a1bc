"""Names: is it a person's or an organisation's, and which kind of body does it name?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from rfc_analyzer.respondents.kinds import Clue, Kind
from rfc_analyzer.respondents.wordlists import (
    Found,
    anonymous_phrases,
    common_nouns,
    family_names,
    find_bodies,
    given_names,
    name_words,
    no_organisation_phrases,
    plain,
)
from rfc_analyzer.words import normalise

# what comes after one of these says whom the body serves, not what it is
_AFTER_HEAD = frozenset({
    "of", "for", "on", "in", "to", "at", "against", "and", "&", "de", "des", "du", "della", "dei", "do", "da",
    "für", "der", "von", "pour", "para", "per", "van", "voor", "dla", "om", "av",
})  # fmt: skip
_AND = frozenset({"and", "&"})
_SAYS_FORM = frozenset({Kind.TRADE_BODY, Kind.UNION, Kind.ASSOCIATION_OF_ANY_KIND})
_OF = frozenset({"of", "de", "des", "der", "di", "dei", "delle", "dos", "das", "van"})
_AFTER_HEAD_SCALE = 0.45
_NOT_HEAD_SCALE = 0.7
# kinds that decide wherever they stand: "Institute for Law, University of …"
_ANYWHERE = frozenset(
    {
        Kind.COMPANY_FORM, Kind.UNIVERSITY, Kind.CONSUMER_BODY, Kind.CIVIC_BODY, Kind.PURPOSE, Kind.STANDARDS_BODY,
        Kind.RESEARCH_CENTRE,
    }
)  # fmt: skip
# these count in full behind each other: "Institute for Research"
_TOGETHER = frozenset({(Kind.THINK_TANK, Kind.RESEARCH)})
_STRONG = frozenset(
    {
        Kind.COMPANY_FORM, Kind.LAW_FIRM, Kind.TRADE_BODY, Kind.UNION, Kind.FOUNDATION, Kind.THINK_TANK,
        Kind.UNIVERSITY, Kind.GOVERNMENT, Kind.COALITION, Kind.STANDARDS_BODY, Kind.REGISTERED_SOCIETY,
        Kind.PROFESSIONAL_BODY, Kind.CONSUMER_BODY, Kind.CIVIC_BODY, Kind.SOCIETY, Kind.ASSOCIATION_OF_ANY_KIND,
    }
)  # fmt: skip
# a form of company at a name's end, a word like others before it: "Institute of Company Directors"
_WORD_AND_FORM = frozenset({"company", "co", "holding"})
# of whom a body is made up
_MEMBERS = frozenset({Kind.TRADE, Kind.PROFESSIONAL_BODY})
# what these are made up of, or made for, tells more than what they call themselves
_JOINS = frozenset({Kind.TRADE_BODY, Kind.COALITION, Kind.SOCIETY, Kind.ASSOCIATION_OF_ANY_KIND})
_DECIDES_OVER_JOINING = frozenset({Kind.UNIVERSITY, Kind.RESEARCH, Kind.RESEARCH_CENTRE, Kind.FOUNDATION})
# words that say for whom or in what a body works
_NO_HEAD = frozenset({Kind.COMPANY_WORD, Kind.REGION, Kind.CONTINENT, Kind.CAUSE, Kind.TRADE, Kind.CAMPAIGNING})
_TITLES = re.compile(r"^(?:mr|mrs|ms|miss|dr|prof|professor|sir|herr|frau|mme|rev|hon)\.?\s", re.IGNORECASE)
_DEGREES = re.compile(r",?\s+(?:ph\.?\s?d|m\.?d|esq|j\.?d|jr|sr|i{2,3}|iv|mba|rn|cpa|msc|bsc)\.?$", re.IGNORECASE)
_INITIAL = re.compile(r"^[^\W\d_]\.?$")
_PARTICLES = frozenset({
    "van", "der", "de", "la", "von", "di", "da", "del", "den", "ter", "el", "al", "bin", "ibn", "le", "du", "dos",
    "y", "e",
})  # fmt: skip
_LOWER_WORD = re.compile(r"\b(?:of|for|the|and|on|in|to|with|by|from|against|at|our|your|my)\b")
_ODD_SIGNS = re.compile(r"[&@|/+!®™]|\d|\.(?:com|org|net|ai|io|eu|de|fr|co)\b", re.IGNORECASE)
_CAMEL = re.compile(r"[a-z][A-Z]")
_FIRM_OF_TWO = re.compile(r"([^\W\d_][\w'’-]{2,})(?: & | \+ | and )([^\W\d_][\w'’-]{2,})(?: [A-Z][\w'’-]+)?")
_FAMILY_PREFIX = re.compile(r"(?:De|Di|La|Le|Mc|Mac|Van|Von|Mr|Ms|O['’])[A-Z]")
_ACRONYM = re.compile(r"[A-Z]{3,8}$")
_LONG_ACRONYM = 4
_CAMEL_PARTS = re.compile(r"[A-Z][a-zà-ÿ]+")
_COINED, _SEVERAL = -2.2, 3.0
_MOST_WEAK = 3
_ENOUGH_NAMES, _FEW_LONE = 30, 0.05
# some exports write the country behind the name
_COUNTRY = re.compile(r"\s*\((?:[A-Z][a-z]+ ?){1,3}\)$")


def without_country(name: str) -> str:
    """``name`` without the country that some exports write behind it in brackets."""
    return _COUNTRY.sub("", name.strip())


def is_anonymous(name: str) -> bool:
    """Whether ``name`` stands for no name at all."""
    plain_words = normalise(without_country(name))
    return not plain_words or plain_words in anonymous_phrases()


def is_no_organisation(name: str) -> bool:
    """Whether what was given as the organisation says that there is none."""
    return not normalise(name) or normalise(name) in no_organisation_phrases()


def body_clues(name: str, source: str, scale: float = 1.0) -> list[Clue]:
    """Clues from the words of ``name`` that name a kind of body; ``source`` says where the name was found.

    The head of the name ("Alliance" in "Alliance for Automotive Innovation", "Council" in "Technology Council")
    counts in full, other words less.
    """
    reason = f"{source}: '{_shown(name)}'"
    strongest: dict[Kind, Clue] = {}

    def add(kind: Kind, strength: float, why: str = reason) -> None:
        if kind not in strongest or strongest[kind].scale < strength:
            strongest[kind] = Clue(kind, why, strength)

    if _ACRONYM.match(name):
        add(Kind.LONG_ACRONYM if len(name) >= _LONG_ACRONYM else Kind.ACRONYM, scale, f"{reason}, a name of initials")
    for part in name_parts(name):
        within = _within_university(part)
        for piece in part.split(", ") if within else [part]:
            tokens = name_words(piece)
            bodies = find_bodies(tokens)
            for found, share in _with_shares(tokens, bodies):
                weaker = _AFTER_HEAD_SCALE if within and found.kind is not Kind.UNIVERSITY else 1.0
                add(found.kind, scale * share * weaker)
            if _is_sector_of_region(bodies, len(tokens)) and Kind.COMPANY_FORM not in strongest:
                add(Kind.SECTOR_OF_REGION, scale)
    if Kind.THINK_TANK in strongest and Kind.RESEARCH in strongest:
        # an institute for research is no think tank
        add(Kind.RESEARCH_INSTITUTE, scale)
    return list(strongest.values())


def _within_university(name: str) -> bool:
    """ "Center for Lamps, University of Elder": what stands after a comma holds what stands before it."""
    pieces = name.split(", ")
    return len(pieces) > 1 and any(b.kind is Kind.UNIVERSITY for b in find_bodies(name_words(pieces[-1])))


def _is_sector_of_region(bodies: list[Found], length: int) -> bool:
    """ "Insurance Europe": a sector of a region is its association; "National Bank of Europe" is a bank."""
    return any(
        sector.whole
        and sector.kind in (Kind.COMPANY_WORD, Kind.TRADE, Kind.HEALTH_SYSTEM, Kind.PROFESSIONAL_BODY)
        and region.kind in (Kind.REGION, Kind.CONTINENT)
        and sector.end == region.start
        and region.end == length
        for sector, region in pairwise(bodies)
    )


def name_parts(name: str) -> list[str]:
    """The names in ``name``: what stands in brackets or after a dash or bar is another name of the same body."""
    parts = [p.strip(" ,.;:") for p in re.split(r"\s*[()\[\]|]\s*|\s+[-–—/]\s+", name)]
    return [p for p in parts if p]


def _with_shares(tokens: list[str], bodies: list[Found]) -> list[tuple[Found, float]]:
    cut = _end_of_head(tokens, bodies)
    head = _head(bodies, cut, len(tokens))
    shares = []
    behind = [b for b in bodies if b.start > cut]
    made_up_of = [b for b in behind if b.kind in _MEMBERS and tokens[cut] in _OF]
    joined = [b for b in behind if b.kind in _DECIDES_OVER_JOINING and tokens[cut] in _OF]
    joined = joined if head and head.kind in _JOINS else []
    of_people = [b for b in behind if b.kind is Kind.CAMPAIGNING and tokens[cut] in _OF] if not made_up_of else []
    joined += of_people if head and head.kind in _JOINS else []
    for_a_purpose = any(b.kind is Kind.PURPOSE for b in bodies)
    of_a_cause = [b for b in bodies if head and b.kind is Kind.CAMPAIGNING and b.end == head.start]
    for body in bodies:
        if body.kind is Kind.COMPANY_FORM and tokens[body.start] in _WORD_AND_FORM and body.end < len(tokens):
            shares.append((body, _AFTER_HEAD_SCALE))
        elif body is head and body.kind is Kind.THINK_TANK and made_up_of:
            # an institute of auditors is theirs, not one for research
            shares.append((body, _AFTER_HEAD_SCALE))
        elif body is head and body.kind in _JOINS and (joined or for_a_purpose):
            # a league of universities is theirs, an association for the promotion of a thing no trade's
            shares.append((body, _AFTER_HEAD_SCALE))
        elif body is head and body.kind is Kind.UNION and of_a_cause:
            # a union of the blind is theirs and no trade union
            shares.append((body, _AFTER_HEAD_SCALE))
        elif body is head or body.kind in _ANYWHERE or body.kind is Kind.CAUSE or body in (*made_up_of, *joined):
            shares.append((body, 1.0))
        elif body.kind is Kind.FIELD_OF_SCIENCE:
            # a centre for physics is academic; a firm of computing is a firm
            if head and head.kind is Kind.THINK_TANK and body.start > cut:
                shares.append((body, 1.0))
        elif body.end > cut:
            weak = head and (head.kind, body.kind) not in _TOGETHER and body.kind is not Kind.PROFESSIONAL_BODY
            shares.append((body, _AFTER_HEAD_SCALE if weak else 1.0))
        else:
            shares.append((body, _NOT_HEAD_SCALE))
    return shares


def _end_of_head(tokens: list[str], bodies: list[Found]) -> int:
    """Where the words begin that say whom or what the body is for."""
    cut = next((i for i, word in enumerate(tokens) if word in _AFTER_HEAD and i > 0), len(tokens))
    ends_in_form = bool(bodies) and bodies[-1].end == len(tokens) and bodies[-1].kind in _SAYS_FORM
    # "Fund and Asset Management Association" is an association
    return len(tokens) if ends_in_form and cut < len(tokens) and tokens[cut] in _AND else cut


def _head(bodies: list[Found], cut: int, length: int) -> Found | None:
    """The word that says what the body is: the last before "of" or "for", or the name's last word.

    "Advanced Robotics for Manufacturing Institute" is an institute, "Centre for Trade Unions" a centre.
    """
    before = [b for b in bodies if b.start < cut]
    strong = [b for b in before if b.kind not in _NO_HEAD]
    last = [b for b in bodies if b.end == length and b.kind not in _NO_HEAD]
    return next(iter([*reversed(strong), *last, *reversed(before)]), None)


def writes_full_names(names: Iterable[str]) -> bool:
    """Whether a docket writes people's names in full: where it gives only surnames, many stand alone."""
    given = [bare for name in names if not is_anonymous(name) and (bare := without_country(name))]
    lone = sum(plain(bare) in family_names() for bare in given)
    return len(given) >= _ENOUGH_NAMES and lone <= _FEW_LONE * len(given)


def looks_personal(name: str, full_names: bool = False) -> float:
    """How much ``name`` looks like a person's: log-odds, above 0 a person's, below 0 an organisation's.

    ``full_names`` tells that people's names are written in full here, so that a single coined word is none.
    """
    whole = without_country(name)
    bare = _DEGREES.sub("", _TITLES.sub("", whole))
    tokens = [t for t in re.split(r"[\s,]+", bare) if t]
    if not tokens:
        return 0.0
    if _several_people(bare):
        return _SEVERAL
    score = 2.5 if bare != whole else 0.0
    score += _wording(bare, tokens) + _given_name_score(bare, tokens) + _shape(bare, tokens)
    return score + (_lone_word(bare) if full_names and len(tokens) == 1 else 0.0)


def _several_people(bare: str) -> bool:
    """Whether names of people are joined: "R. Roe and K. Poe"."""
    parts = [part.split() for part in re.split(r",? (?:and|&) |, ", bare)]
    return len(parts) > 1 and all(
        2 <= len(p) <= 4
        and (_INITIAL.match(p[0]) or plain(p[0]) in given_names())
        and not find_bodies(name_words(p[-1]))
        for p in parts
    )


def _wording(bare: str, tokens: list[str]) -> float:
    """What the words say: kinds of body, common nouns, small words and signs that names of people don't hold."""
    spelled = name_words(bare)
    bodies = find_bodies(spelled)
    kinds = {b.kind for b in bodies}
    score = -4.0 * len(kinds & _STRONG) - 2.2 * min(sum(b.kind not in _STRONG for b in bodies), _MOST_WEAK)
    if any(b.kind in _STRONG and " ".join(spelled[b.start : b.end]) not in family_names() for b in bodies):
        # people are called Chambers, none is called County
        score -= 2.0
    last = find_bodies(spelled[-1:])
    if last and last[0].kind is Kind.COMPANY_WORD and len(spelled) > 1:
        # people are called Bank and Power, bodies "… Systems" and "… Group"
        score -= 2.0
    nouns = sum(word in common_nouns() for word in spelled)
    score -= 1.6 * min(nouns, 2)
    if nouns and not any(plain(word) in given_names() or plain(word) in family_names() for word in spelled):
        score -= 1.2
    pair = _FIRM_OF_TWO.fullmatch(bare)
    if pair and not {plain(pair[1]), plain(pair[2])} <= given_names():
        score -= 4.0
    return score - 2.5 * bool(_ODD_SIGNS.search(bare)) - 2.0 * bool(_LOWER_WORD.search(bare.casefold()))


def _shape(bare: str, tokens: list[str]) -> float:
    """How many words, initials and capitals there are."""
    proper = [t for t in tokens if t.casefold() not in _PARTICLES]
    score = 1.0 if 2 <= len(proper) <= 3 and all(t[:1].isupper() for t in proper) else 0.0
    if len(proper) > 4:
        score -= 1.5
    if len(tokens) == 1:
        return score - (1.2 if _CAMEL.search(bare) or (bare.isupper() and len(bare) > 2) else 0.0)
    if any(_INITIAL.match(t) for t in tokens):
        score += 2.0
    if any(t.isupper() and 2 <= len(t) <= 5 for t in tokens) and not bare.isupper():
        score -= 1.2
    return score


def _lone_word(bare: str) -> float:
    """A word that stands alone: people who give one name give a known one; a coined word is a firm's or a body's."""
    parts = [plain(part) for part in (_CAMEL_PARTS.findall(bare) or [bare])]
    if _FAMILY_PREFIX.match(bare):
        return 0.0
    named = [part in given_names() or part in family_names() - common_nouns() for part in parts]
    if all(named) or parts[0] in given_names():
        return 0.0
    if len(bare) <= 2 or bare.islower():
        # initials and pseudonyms
        return 0.0
    return _COINED


def _given_name_score(bare: str, tokens: list[str]) -> float:
    def given(word: str) -> bool:
        return plain(word.strip(".'\"()")) in given_names()

    known = [given(t) or given(t.split("-")[0]) for t in tokens]
    inner = _CAMEL_PARTS.findall(bare) if len(tokens) == 1 else []
    if known[0] or ("," in bare and any(known[1:])) or (len(inner) > 1 and given(inner[0])):
        return 3.2
    return 1.5 if any(known) else 0.0


def acronym_of(name: str) -> set[str]:
    """Short forms by which a body calls itself: what stands in brackets, and the first letters of its words."""
    inside = {m for m in re.findall(r"\(([^()]{2,12})\)", name) if m.upper() == m or " " not in m}
    main = re.sub(r"\([^()]*\)", " ", name)
    capitals = "".join(w[0] for w in re.findall(r"\b[A-Z][\w’']*", main))
    return inside | ({capitals} if len(capitals) >= 3 else set())


def without_legal_form(name: str) -> str:
    """``name`` without "Inc.", "GmbH" and the like at its end, nor "The" before it."""
    main = re.sub(r"\s*\([^()]*\)\s*", " ", name).strip(" ,.")
    tokens = main.split()
    while len(tokens) > 1 and any(
        b.kind in (Kind.COMPANY_FORM, Kind.REGISTERED_SOCIETY) for b in find_bodies(name_words(tokens[-1]))
    ):
        tokens.pop()
    if len(tokens) > 1 and tokens[0].casefold() == "the":
        tokens.pop(0)
    return " ".join(tokens).strip(" ,.")


def title_case(line: str) -> bool:
    """Whether the words of ``line`` begin with capitals, small words apart, as names do."""
    tokens = [t for t in re.findall(r"[^\W\d_][\w’'.&-]*", line) if t.casefold() not in _AFTER_HEAD | _PARTICLES]
    capital = sum(t[0].isupper() for t in tokens)
    return bool(tokens) and capital >= 0.8 * len(tokens)


def _shown(name: str) -> str:
    return name if len(name) <= 80 else f"{name[:79]}…"
