"""What an organisation writes about tells a little of what it is: rights and citizens, or markets and customers."""

from __future__ import annotations

import re

from rfc_analyzer.respondents.kinds import Clue, Kind

_CIVIC = re.compile(
    r"\b(?:(?:fundamental|human|civil|digital|women['’]s|children['’]s|consumer|workers['’]|patients?['’]?) rights"
    r"|civil (?:society|liberties)|discriminat\w+|marginali[sz]ed|vulnerable (?:groups?|people|persons|communities)"
    r"|(?:mass )?surveillance|democra(?:cy|tic)\w*|social justice|inequalit\w+|equality|equity|citizens|citizenship"
    r"|consumers|people with disabilities|persons with disabilities|dignity|public interest|societal"
    r"|consumidores|consumidor|cidadãos|direitos|ciudadanos|derechos|droits fondamentaux|citoyens|consommateurs"
    r"|grundrechte\w*|bürger\w*|menschenrechte\w*|verbraucher\w*|diritti|cittadini|praw(?:a)? człowieka|obywatel\w*"
    r"|burgerrechten|grondrechten)\b",
    re.IGNORECASE,
)
_COMMERCIAL = re.compile(
    r"\b(?:customers?|clients?|competitive\w*|competition|innovation|innovative|innovate|compliance costs?|burdens?"
    r"|burdensome|legal certainty|smes?|start-?ups?|level playing field|industry|industries|markets?|marketplace"
    r"|products?|proportionate|investments?|companies|business(?:es)?|enterprises?|manufacturers?|providers?|vendors?"
    r"|unternehmen|entreprises|empresas|imprese|bedrijven|przedsiębior\w*)\b",
    re.IGNORECASE,
)
_FEWEST = 2
_MANY = 8
_CIVIC_SHARE, _COMMERCIAL_SHARE = 0.6, 0.15


def concern_clues(text: str) -> list[Clue]:
    """A clue where the words of ``text`` are mostly of one of the two worlds; none where they are mixed or few."""
    civic = [m[0].lower() for m in _CIVIC.finditer(text)]
    commercial = [m[0].lower() for m in _COMMERCIAL.finditer(text)]
    total = len(civic) + len(commercial)
    if total < _FEWEST:
        return []
    share, strength = len(civic) / total, min(1.0, total / _MANY)
    if share >= _CIVIC_SHARE:
        return [Clue(Kind.CIVIC_CONCERNS, f"writes of {_some(civic)}", strength)]
    if share <= _COMMERCIAL_SHARE:
        return [Clue(Kind.COMMERCIAL_CONCERNS, f"writes of {_some(commercial)}", strength)]
    return []


def _some(found: list[str]) -> str:
    """The commonest two words of ``found``, the earlier first where they are equally common."""
    ranked = sorted(dict.fromkeys(found), key=lambda word: (-found.count(word), found.index(word)))
    return " and ".join(f"'{word}'" for word in ranked[:2])
