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
# what trade unions and employers' associations write of, and few others as much
_LABOUR = re.compile(
    r"\b(?:collective (?:bargaining|agreements?)|social (?:partners?|dialogue)|co-?determination|industrial relations"
    r"|workers?['’]? (?:representatives?|representation|rights|participation)|works councils?|trade unions?"
    r"|mitbestimmung\w*|gewerkschaft\w*|betriebsr[aä]t\w*|tarif(?:vertr[aä]g\w*|partner\w*)|arbeitnehmer\w*"
    r"|syndica\w+|dialogue social|partenaires sociaux|négociations? collectives?|sindicat\w+|sindacat\w+"
    r"|negociación colectiva|diálogo social|dialogo sociale|contrattazione collettiva|negociação coletiva"
    r"|kollektivavtal\w*|fackliga?|arbetstagar\w*|vakbond\w*|werknemersvertegenwoordig\w*|związk\w+ zawodow\w+"
    r"|fagforening\w*|overenskomst\w*|lønmodtager\w*|ammattiliit\w*|työehtosopimu\w*|odbor(?:y|ov\w+))\b",
    re.IGNORECASE,
)
# what a firm has and does
_OWN_BUSINESS = re.compile(
    r"\bour (?:own )?(?:customers?|clients?|products?|company|platforms?|services?|solutions?|technolog\w+|employees"
    r"|teams?|users|group|software|systems?|business(?:es)?|engineers|shareholders)\b"
    r"|\bwe (?:have )?(?:develop(?:ed)?|build|built|provide|offer|design|deploy|sell|manufacture|operate)\b"
    r"|\b(?:unsere|unseren|unserer) (?:kunden|produkte|lösungen|mitarbeiter\w*)|\bnos (?:clients|produits|solutions"
    r"|salariés|équipes)|\bnuestros (?:clientes|productos|empleados)|\bnuestras soluciones|\bi nostri (?:clienti"
    r"|prodotti|dipendenti)|\bonze (?:klanten|producten|medewerkers)|\bnas(?:i klienci|ze produkty|zych klientów)\b",
    re.IGNORECASE,
)
# a body of several; states, parliaments and teams have members too
_MEMBERS = re.compile(
    r"(?<!family )(?<!team )(?<!staff )(?<!faculty )(?<!community )(?<!board )\bmember(?:s|ship| (?:companies|firms"
    r"|organi[sz]ations|associations|institutions))\b(?!hip| of (?:the )?(?:public|parliament|congress|european"
    r"|society|staff|community|board|committee|house|senate|team))"
    r"|\bmitgliedsunternehmen|\bunserer? mitglieder|\bnos (?:adhérents|membres)|\bnuestros (?:asociados|miembros"
    r"|socios)|\bi nostri (?:associati|soci|iscritti)|\bonze leden|\bnaszych członków|\bos nossos associados"
    r"|\bvåra medlem\w+|\bvores medlem\w+",
    re.IGNORECASE,
)
_FEWEST = 2
_MANY = 8
# so few are enough where nearly all are of rights and citizens: firms write no such text
_ENOUGH_CIVIC, _NEARLY_ALL = 4, 0.8
_ONCE, _MEMBERS_ONCE = 0.35, 0.6
_CIVIC_SHARE, _COMMERCIAL_SHARE = 0.6, 0.15
# hardly a firm writes as much of rights and citizens as of markets
_HALF_CIVIC_SHARE, _HALF = 0.4, 0.35
# so many, and so many in a thousand characters
_FEWEST_OF_LABOUR, _DENSE = 3, 1.0
# a text long enough for a firm to come to speak of what it sells
_LONG = 1_500


def concern_clues(text: str) -> list[Clue]:
    """A clue where the words of ``text`` are mostly of one of the two worlds; none where they are mixed or few."""
    civic = [m[0].lower() for m in _CIVIC.finditer(text)]
    commercial = [m[0].lower() for m in _COMMERCIAL.finditer(text)]
    total = len(civic) + len(commercial)
    if total < _FEWEST:
        return []
    share, strength = len(civic) / total, min(1.0, total / _MANY)
    if share >= _NEARLY_ALL and len(civic) >= _ENOUGH_CIVIC:
        strength = 1.0
    if share >= _CIVIC_SHARE:
        return [Clue(Kind.CIVIC_CONCERNS, f"writes of {_some(civic)}", strength)]
    if share >= _HALF_CIVIC_SHARE and total >= _MANY:
        return [Clue(Kind.CIVIC_CONCERNS, f"writes of {_some(civic)}", _HALF)]
    if share <= _COMMERCIAL_SHARE:
        return [Clue(Kind.COMMERCIAL_CONCERNS, f"writes of {_some(commercial)}", strength)]
    return []


def labour_clues(text: str) -> list[Clue]:
    """A clue where ``text`` is much about collective bargaining, works councils and the like."""
    said = [" ".join(m[0].lower().split()) for m in _LABOUR.finditer(text)]
    dense = len(said) >= max(_FEWEST_OF_LABOUR, _DENSE * len(text) / 1_000)
    return [Clue(Kind.LABOUR_CONCERNS, f"writes of {_some(said)}")] if dense else []


def talk_clues(text: str) -> list[Clue]:
    """Clues where ``text`` speaks as a firm does, of its customers and products, or as a body of members does.

    A long text that speaks of no products or customers of its own is a firm's less often.
    """
    clues = []
    for kind, pattern, once in (
        (Kind.OWN_BUSINESS, _OWN_BUSINESS, _ONCE),
        (Kind.SPEAKS_OF_MEMBERS, _MEMBERS, _MEMBERS_ONCE),
    ):
        said = [" ".join(m[0].lower().split()) for m in pattern.finditer(text)]
        if said:
            clues.append(Clue(kind, f"speaks of {_some(said)}", once if len(said) == 1 else 1.0))
        elif kind is Kind.OWN_BUSINESS and len(text) >= _LONG:
            clues.append(Clue(Kind.NO_BUSINESS, "speaks of no products or customers of its own"))
    return clues


def _some(found: list[str]) -> str:
    """The commonest two words of ``found``, the earlier first where they are equally common."""
    ranked = sorted(dict.fromkeys(found), key=lambda word: (-found.count(word), found.index(word)))
    return " and ".join(f"'{word}'" for word in ranked[:2])
