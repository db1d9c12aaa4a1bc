"""Names: is it a person's or an organisation's, and which kind of body does it name?"""

from __future__ import annotations

import re

from rfc_analyzer.respondents.kinds import Clue, Kind
from rfc_analyzer.respondents.wordlists import (
    Found,
    anonymous_phrases,
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
_AFTER_HEAD_SCALE = 0.45
_NOT_HEAD_SCALE = 0.7
_STRONG = frozenset(
    {
        Kind.COMPANY_FORM, Kind.LAW_FIRM, Kind.TRADE_BODY, Kind.UNION, Kind.FOUNDATION, Kind.THINK_TANK,
        Kind.UNIVERSITY, Kind.GOVERNMENT, Kind.COALITION, Kind.STANDARDS_BODY, Kind.REGISTERED_SOCIETY,
        Kind.PROFESSIONAL_BODY,
    }
)  # fmt: skip
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


def is_anonymous(name: str) -> bool:
    """Whether ``name`` stands for no name at all."""
    plain_words = normalise(name)
    return not plain_words or plain_words in anonymous_phrases()


def is_no_organisation(name: str) -> bool:
    """Whether what was given as the organisation says that there is none."""
    return not normalise(name) or normalise(name) in no_organisation_phrases()


def body_clues(name: str, source: str, scale: float = 1.0) -> list[Clue]:
    """Clues from the words of ``name`` that name a kind of body; ``source`` says where the name was found.

    The head of the name ("Alliance" in "Alliance for Automotive Innovation", "Council" in "Technology Council")
    counts in full, other words less.
    """
    strongest: dict[Kind, Clue] = {}
    for part in name_parts(name):
        tokens = name_words(part)
        for found, share in _with_shares(tokens, find_bodies(tokens)):
            reason = f"{source}: '{_shown(name)}'"
            clue = Clue(found.kind, reason, scale * share)
            if found.kind not in strongest or strongest[found.kind].scale < clue.scale:
                strongest[found.kind] = clue
    return list(strongest.values())


def name_parts(name: str) -> list[str]:
    """The names in ``name``: what stands in brackets or after a dash or bar is another name of the same body."""
    parts = [p.strip(" ,.;:") for p in re.split(r"\s*[()\[\]|]\s*|\s+[-–—/]\s+", name)]
    return [p for p in parts if p]


def _with_shares(tokens: list[str], bodies: list[Found]) -> list[tuple[Found, float]]:
    cut = next((i for i, word in enumerate(tokens) if word in _AFTER_HEAD and i > 0), len(tokens))
    heads = [b for b in bodies if b.start < cut]
    head = next((b for b in reversed(heads) if b.kind is not Kind.COMPANY_WORD), heads[-1] if heads else None)
    shares = []
    for body in bodies:
        if body is head or body.kind in (Kind.COMPANY_FORM, Kind.UNIVERSITY):
            shares.append((body, 1.0))
        elif body.end > cut:
            shares.append((body, _AFTER_HEAD_SCALE if head else 1.0))
        else:
            shares.append((body, _NOT_HEAD_SCALE))
    return shares


def looks_personal(name: str) -> float:
    """How much ``name`` looks like a person's: log-odds, above 0 a person's, below 0 an organisation's."""
    bare = _DEGREES.sub("", _TITLES.sub("", name.strip()))
    score = 2.5 if bare != name.strip() else 0.0
    tokens = [t for t in re.split(r"[\s,]+", bare) if t]
    kinds = {b.kind for b in find_bodies(name_words(bare))}
    score -= 4.0 * len(kinds & _STRONG) + 1.2 * len(kinds - _STRONG)
    score -= 2.0 * bool(_ODD_SIGNS.search(bare)) + 2.0 * bool(_LOWER_WORD.search(bare.casefold()))
    score += _given_name_score(bare, tokens)
    proper = [t for t in tokens if t.casefold() not in _PARTICLES]
    if 2 <= len(proper) <= 3 and all(t[:1].isupper() for t in proper):
        score += 1.0
    if len(proper) > 4:
        score -= 1.5
    if any(_INITIAL.match(t) for t in tokens) and len(tokens) > 1:
        score += 2.0
    if len(tokens) == 1:
        score -= 1.2 if _CAMEL.search(bare) or (bare.isupper() and len(bare) > 1) else 0.0
    elif any(t.isupper() and 2 <= len(t) <= 5 for t in tokens) and not bare.isupper():
        score -= 1.2
    return score


def _given_name_score(bare: str, tokens: list[str]) -> float:
    known = [plain(t.strip(".'")) in given_names() for t in tokens]
    parts = [any(plain(p) in given_names() for p in t.split("-")) for t in tokens]
    if not tokens:
        return 0.0
    comma = "," in bare
    first = (known[0] or parts[0]) or (comma and any(known[1:]))
    return 3.0 if first else (1.5 if any(known) else 0.0)


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
