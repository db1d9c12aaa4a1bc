"""Of whom a body is made up: members of one kind make it theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rfc_analyzer.respondents.kinds import Clue, Kind
from rfc_analyzer.respondents.wordlists import find_bodies, name_words

_SCHOLARLY = re.compile(
    r"\b(?:universit(?:y|ies)|academic institutions|researchers|scholars|academics|scientists|laboratories"
    r"|research (?:institut\w+|organi[sz]ations|cent(?:er|re)s)|universitäten|hochschulen|universités|universidades)\b",
    re.IGNORECASE,
)
_OF_CITIZENS = re.compile(
    r"\b(?:consumers?|citizens|patients?|people|persons|women|children|famil(?:y|ies)|ngos|charities|foundations"
    r"|civil society|voluntary|human rights|disabilit(?:y|ies)|volunteers|consommateurs|citoyens|verbraucher\w*"
    r"|consumidores|consumatori|non-?(?:profit|governmental) organi[sz]ations)\b",
    re.IGNORECASE,
)
_OF_AUTHORITIES = re.compile(
    r"\b(?:(?:public|national|regional|local|competent|supervisory|data protection|mapping|statistical|tax|customs"
    r"|competition|regulatory|law enforcement)(?:,| and|,? [\w-]+){0,6} authorities|municipalities|local governments"
    r"|(?:cities|towns|regions|counties|provinces) (?:and|in|across|of)"
    r"|equality bodies|ombuds\w+|regulators|public employment services|government agencies|state agencies|ministries"
    r"|national human rights institutions|kommunen|städten?|gemeinden|collectivités|communes|municipios|comuni"
    r"|municípios|gemeenten|kommuner|gmin|miast)\b",
    re.IGNORECASE,
)
# how a predicate goes on that says of whom a body is made up
_MADE_UP_OF = re.compile(
    r"\b(?:of|representing|that represents|which represents|representative of|bringing together|that brings together"
    r"|which brings together|uniting|that unites|gathering|composed of|made up of|regroupant|représentant|qui regroupe"
    r"|qui représente|der|von|die|que representa|que agrupa|che rappresenta|che riunisce|van)\s",
    re.IGNORECASE,
)
_JOINING = frozenset(
    {
        Kind.TRADE_BODY, Kind.COALITION, Kind.SOCIETY, Kind.ASSOCIATION_OF_ANY_KIND, Kind.ORGANISATION_WORD,
        Kind.REGISTERED_SOCIETY,
    }
)  # fmt: skip
_OF_A_KIND = frozenset({Kind.OF_CITIZENS, Kind.OF_SCHOLARS, Kind.OF_AUTHORITIES})
NEAR = 90


def of_whom(words: str, named: bool) -> Kind | None:
    """What members of one kind make of a body: a union of NGOs is one, a league of universities is academic.

    ``words`` name them. ``named``: they do so plainly ("represents …"), so that authorities are members; "our members
    ask authorities" says nothing.
    """
    sentence = re.split(r"[.;:]|,? (?:which|that|who|in order|to) ", words)[0]
    phrase = re.split(r",? and ", sentence)[0]
    if _SCHOLARLY.search(phrase):
        return Kind.OF_SCHOLARS
    if named and _OF_AUTHORITIES.search(re.split(r" (?:with|before|towards|for|whose|by) ", sentence)[0]):
        return Kind.OF_AUTHORITIES
    return Kind.OF_CITIZENS if _OF_CITIZENS.search(phrase) else None


def made_up_of(head: str, predicate: str) -> Kind | None:
    """Of whom a body is made up whose ``predicate`` is "the network of …" or "an organisation representing …"."""
    if not any(b.kind in _JOINING for b in find_bodies(name_words(head))):
        return None
    link = _MADE_UP_OF.search(predicate)
    return of_whom(predicate[link.end() : link.end() + NEAR], named=True) if link else None


def without_plain_members(clues: Sequence[Clue]) -> list[Clue]:
    """``clues`` without those of members of no kind, where others say of what kind they are.

    That a league of universities speaks of its members makes it no trade association.
    """
    known = any(clue.kind in _OF_A_KIND for clue in clues)
    return [c for c in clues if not (known and c.kind in (Kind.MEMBERS, Kind.SPEAKS_OF_MEMBERS))]
