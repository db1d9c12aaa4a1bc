"""What respondents say of themselves: "As a nurse …", "We are a nonprofit", "on behalf of our 300 members"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rfc_analyzer.respondents.kinds import Clue, Kind
from rfc_analyzer.respondents.names import acronym_of, body_clues, title_case, without_legal_form
from rfc_analyzer.respondents.wordlists import find_bodies, name_words

_ROLE = (
    r"(?:(?:(?:very|deeply|newly|highly) )?[\w’'/-]+ ){0,6}?"
    r"(?:citizen|resident|voter|taxpayer|person|man|woman|human|parent|mother|father|mom|dad|grand(?:mother|father"
    r"|parent)"
    r"|veteran|student|graduate|undergraduate|teacher|educator|nurse|doctor|physician|lawyer|attorney|engineer"
    r"|developer"
    r"|programmer|coder|scientist|researcher|mathematician|artist|writer|author|musician|illustrator|photographer|actor"
    r"|designer|animator|creator|creative|professional|practitioner|expert|analyst|consultant|contractor|freelancer"
    r"|technologist|specialist|technician|administrator|architect|manager|executive|director|lead|founder|entrepreneur"
    r"|owner|operator|farmer|worker|employee|driver|pilot|member|enthusiast|hobbyist|user|consumer|customer|patient"
    r"|tester|investor|journalist|blogger|librarian|therapist|psychologist|pharmacist|accountant|economist|historian"
    r"|philosopher|linguist|retiree|immigrant|american|european|canadian|australian|briton|christian|individual"
    r"|homeowner|renter|tenant|pensioner|fan|gamer|reader|learner|advocate|activist|supporter|scholar|phd|intern)s?\b"
)
_AS_A = re.compile(
    rf"(?:^|[.!?,;]\s+|\band |\bbut |\n)\s*(?:speaking |writing |just )?as (?:an?|someone|somebody|one) (?:{_ROLE}"
    rf"|who\b)",
    re.I,
)
_I_AM = re.compile(
    rf"\b(?:i am|i['’]m|i was|i have been|i['’]ve been|we are) (?:also |just |currently |simply |now )?(?:an?|the"
    rf"|one of|not an?)\s+{_ROLE}",
    re.IGNORECASE,
)
_PLAIN_SELF = re.compile(
    r"\b(?:my name is|i (?:currently |just |recently )?(?:work|worked|live|teach|own|run|lead|graduated|study"
    r"|studied|serve"
    r"|code|program|develop|manage|research|hold) (?:as|in|at|for|a|an|with|from|on|my)\b|in my (?:\w+ )?(?:job"
    r"|work|career|profession)\b"
    r"|my (?:employer|profession|background|career|children|kids|wife|husband|family|students|patients)\b"
    r"|\bmyself included\b|i have (?:over |more than |about )?(?:\d+|\w+)\+? years)",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:(?:in )?(?:my|our) (?:own )?(?:personal|private|individual) capacit(?:y|ies)"
    r"|as (?:a |an )?(?:concerned |individual )?private citizens?|(?:my"
    r"|the author['’]?s?) (?:own )?(?:personal )?(?:opinions?|views?|beliefs?)"
    r" (?:are|is) (?:solely |entirely )?my own|(?:the )?author['’]s personal (?:beliefs|views|opinions)"
    r"|(?:views|opinions)[^.]{0,60}\b(?:are|is) (?:solely |entirely |strictly )?(?:my|our|the author['’]?s['’]?) own"
    r"|(?:do|does) not (?:necessarily )?(?:reflect|represent)[^.]{0,40}(?:my|our) employers?"
    r"|not (?:written |writing |speaking |submitted )?(?:on behalf of|as (?:the |a )?representatives? of"
    r"|representing) (?:any|my|an|our)\b"
    r"|(?:i|we) (?:am|are) (?:just )?(?:not )?(?:an organi[sz]ation, just )?(?:individual|private) (?:citizens?"
    r"|hobbyists?|persons?|individuals?)"
    r"|not an organi[sz]ation, just)",
    re.IGNORECASE,
)
_SCHOLAR = re.compile(
    r"\b(?:(?:i am|i['’]m|we are|as) (?:(?:an?|the|two|three|four|five|several|interdisciplinary|[a-z]+ly|group of"
    r"|team of) )*"
    r"(?:[\w’'-]+ ){0,5}?(?:professors?|academics?|faculty|lecturers?|law scholars?|legal scholars?"
    r"|postdoc(?:toral)?[\w ]*|"
    r"researchers? (?:affiliated with|at|from) (?:the )?[^.]{0,40}(?:university|college|school"
    r"|institute of technology)|scholars?)\b"
    r"|i (?:currently )?(?:teach|direct)[^.]{0,30} at (?:the )?[^.]{0,50}(?:school|university|college)"
    r"|my co-?authors and i\b)",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:former|retired|ex-|adjunct no longer)\b", re.IGNORECASE)
_OWNER = re.compile(
    r"\b(?:small[- ]business owner|business owner|(?:i|we) (?:own|run|operate|founded) (?:a|an|my|our|the)[^.]{0,30}"
    r"(?:business|company|firm|shop|store|farm|startup|restaurant|practice)|(?:founder|ceo|owner|president"
    r"|co-founder) of\b)",
    re.IGNORECASE,
)
_MEMBERS = re.compile(
    r"\b(?:(?:our|its|their|whose) (?:[\d,]+\+? |more than [\d,]+ |\w+ ){0,3}(?:member (?:companies"
    r"|organi[sz]ations|firms|institutions"
    r"|associations|states)|members(?:hip)?)\b|on behalf of (?:our|its|the)? ?(?:[\d,]+|more than [\d,]+"
    r"|over [\d,]+|\w+) members"
    r"|represent(?:s|ing)? (?:more than |over |nearly |approximately |some |about "
    r"|around )?[\d.,]+ ?(?:\w+ ){0,5}?(?:companies|members|firms"
    r"|businesses|enterprises|organi[sz]ations|manufacturers|employers|professionals|employees|workers)"
    r"|represents (?:the )?(?:interests|largest|leading|[\w ]{0,30}(?:industry|sector|companies|manufacturers"
    r"|businesses)))",
    re.IGNORECASE,
)
_CUSTOMERS = re.compile(
    r"\b(?:our (?:customers|clients|products|company|shareholders|investors|employees|platform|users|developers"
    r"|business units|models)"
    r"|we (?:sell|manufacture|serve (?:over|more than) [\d,]+ (?:customers|clients))|as a (?:\w+ ){0,4}(?:company"
    r"|developer of|provider of|manufacturer|startup)"
    r"|headquartered in|publicly traded|fortune \d+)\b",
    re.IGNORECASE,
)
_STUDENTS = re.compile(r"\bour (?:students|faculty|campus|university|college|research group|lab)\b", re.IGNORECASE)
_RESIDENTS = re.compile(r"\bour (?:residents|citizens|constituents|county|city|tribe|tribal members|ministry)\b", re.I)
_CHARITY = re.compile(
    r"501\s?\(?c\)?\s?\(?3\)?|\b(?:we|is|are)\b[^.]{0,60}\b(?:non-?profit|not-for-profit|not for profit|charity"
    r"|think tank|ngo"
    r"|non-governmental|gemeinnützig\w*|sans but lucratif|sin ánimo de lucro|civil society)\b",
    re.IGNORECASE,
)
_LEAGUE = re.compile(r"501\s?\(?c\)?\s?\(?[56]\)?|\btrade association\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:i|my|me)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_BEHALF = re.compile(r"\b[Oo]n behalf of (?:the |my (?:company|employer|organi[sz]ation),? )?([A-Z][^.;:\n]{3,90})")
_BE = r"(?:is|are|was founded as|ist|est|es|è|é|jest|är|er|on)"
_ARTICLE = r"(?:an?|the|one of|ein|eine|der|die|das|un|une|una|uno|um|uma|een|l['’]|la|le|el|il)?"

_ORGANISATION_PATTERNS = (
    (Kind.MEMBERS, _MEMBERS),
    (Kind.CUSTOMERS, _CUSTOMERS),
    (Kind.STUDENTS, _STUDENTS),
    (Kind.RESIDENTS, _RESIDENTS),
    (Kind.LEAGUE_STATUS, _LEAGUE),
)
_PERSON_PATTERNS = (
    (Kind.SELF_DESCRIPTION, _AS_A),
    (Kind.SELF_DESCRIPTION, _I_AM),
    (Kind.SELF_DESCRIPTION, _PLAIN_SELF),
    (Kind.OWNER, _OWNER),
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A sentence in which a body says what it is: ``predicate`` follows "X is a"."""

    predicate: str
    quote: str


def personal_clues(text: str) -> list[Clue]:
    """Clues from what a person says of himself or herself."""
    found: dict[Kind, Clue] = {}
    for kind, pattern in _PERSON_PATTERNS:
        match = pattern.search(text)
        if match:
            found.setdefault(kind, Clue(kind, f"says: '{_quote(text, match)}'"))
    private = _PRIVATE.search(text)
    if private:
        found[Kind.PRIVATE_CAPACITY] = Clue(Kind.PRIVATE_CAPACITY, f"says: '{_quote(text, private)}'")
    scholar = _SCHOLAR.search(text)
    if scholar and not _FORMER.search(scholar[0]):
        found[Kind.SCHOLAR] = Clue(Kind.SCHOLAR, f"says: '{_quote(text, scholar)}'")
    if len(_FIRST_PERSON.findall(text)) > len(_WE.findall(text)):
        found[Kind.FIRST_PERSON] = Clue(Kind.FIRST_PERSON, "writes as 'I'")
    return list(found.values())


def organisation_statements(text: str, definitions: Sequence[Definition]) -> list[Clue]:
    """Clues from what an organisation says of itself; its definitions of itself weigh most."""
    clues: list[Clue] = []
    for kind, pattern in _ORGANISATION_PATTERNS:
        match = pattern.search(text)
        if match:
            clues.append(Clue(kind, f"says: '{_quote(text, match)}'", 0.8))
    for definition in definitions:
        if _CHARITY.search(f"is {definition.predicate}"):
            clues.append(Clue(Kind.CHARITY_STATUS, f"says: '{definition.quote}'"))
        clues += _predicate_clues(definition)
    return clues


def definitions_of(name: str, text: str) -> list[Definition]:
    """Sentences in which the body called ``name`` (or its short form, or "we") says what it is."""
    main = without_legal_form(name)
    names = sorted({main, name, main.split()[0] if main else "", *acronym_of(name)}, key=lambda n: (-len(n), n))
    subject = "|".join(re.escape(n) for n in names if len(n) >= 2)
    we = (
        r"\b(?:[Ww]e|[Oo]ur organi[sz]ation"
        r"|[Tt]he (?:Institute|Center|Centre|Foundation|Association|Alliance|Council|Coalition|Society))"
    )
    head = rf"(?:\b(?:{subject})\b(?:\s*\([^)]{{1,60}}\))?,?|{we})" if subject else we
    pattern = re.compile(rf"{head}\s+{_BE}\s+({_ARTICLE}\s*[^.!?\n]{{10,260}})")
    flat = re.sub(r"\s+", " ", text)
    return [Definition(m[1], _cut(m[0])) for m in list(pattern.finditer(flat))[:3]]


def behalf_of(text: str) -> str:
    """The body on whose behalf a letter says it is written, or ""."""
    for match in _BEHALF.finditer(text):
        name = re.split(
            r",|\band\b (?=[a-z])|\s(?:in response|to|regarding|we|I|on|which|who|with|for the)\s", match[1]
        )[0].strip()
        if title_case(name) and find_bodies(name_words(name)):
            return name
    return ""


def _predicate_clues(definition: Definition) -> list[Clue]:
    head = re.split(
        r"\b(?:of|that|which|who|dedicated|working|representing|devoted|committed|based|with|for)\b|,",
        definition.predicate,
    )[0]
    source = "says"
    strong = body_clues(head, source, 0.9)
    return [
        Clue(c.kind, f"says: '{definition.quote}'", c.scale) for c in strong if c.kind is not Kind.ORGANISATION_WORD
    ]


def _quote(text: str, match: re.Match[str]) -> str:
    return _cut(re.sub(r"\s+", " ", text[match.start() : match.end() + 40].strip(" \n.,;!?")))


def _cut(text: str) -> str:
    return text if len(text) <= 110 else f"{text[:109].rstrip()}…"
