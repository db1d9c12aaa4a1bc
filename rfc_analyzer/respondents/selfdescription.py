"""What respondents say of themselves: "As a nurse …", "We are a nonprofit", "on behalf of our 300 members"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rfc_analyzer.respondents.kinds import Clue, Kind
from rfc_analyzer.respondents.membership import NEAR, made_up_of, of_whom
from rfc_analyzer.respondents.names import acronym_of, body_clues, title_case, without_legal_form
from rfc_analyzer.respondents.wordlists import common_nouns, find_bodies, name_words

_ROLE = (
    r"(?:(?:(?:very|deeply|newly|highly) )?[\w’'./-]+,? ){0,6}?"
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
    rf"(?:^|[.!?,;]\s+|\band |\bbut |\n)\s*(?:speaking |writing |just )?as an? (?:{_ROLE}"
    rf")",
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
    r"|code|program|develop|manage|research|hold)[^.,;]{0,40}? (?:as|in|at|for|a|an|with|from|on|my)\b"
    r"|in my (?:\w+ )?(?:job"
    r"|work|career|profession)\b"
    r"|my (?:employer|profession|background|career|children|kids|wife|husband|family|students|patients)\b"
    r"|\bmyself included\b|i have (?:over |more than |about )?(?:\d+|\w+)\+? years)",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:(?:in )?(?:my|our|a) (?:own )?(?:personal|private|individual) capacit(?:y|ies)"
    r"|as (?:a |an )?(?:concerned |individual )?private citizens?|author['’]s personal (?:beliefs|views|opinions)"
    r"|not (?:written |writing |speaking |submitted |made )?(?:on behalf of|as (?:the |a )?representatives? of"
    r"|representing)"
    r" (?:any|my|an|our)\b|(?:i|we) (?:am|are) (?:just )?(?:an? )?(?:individual|private)"
    r" (?:citizens?|hobbyists?|persons?|individuals?)|not an organi[sz]ation, just)",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"\b(?:(?:opinions?|views?|beliefs?|comments?)[^.]{0,60}\b(?:are|is) (?:solely |entirely |strictly )?"
    r"(?:my|our|the author['’]?s?['’]?|their) own\b|(?:do|does) not (?:necessarily )?(?:reflect|represent)[^.]{0,60}"
    r"\b(?:employers?|views?|positions?|institutions?|organi[sz]ations?))",
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
    r"\b(?:the (?:leading |collective |global |national )?voice (?:of|for) (?:the )?"
    r"|our (?:[\d,]+\+? |more than [\d,]+ |\w+ ){0,3}members(?:hip)?\b"
    r"|(?:our|its|whose) (?:[\d,]+\+? |\w+ ){0,3}member (?:companies|organi[sz]ations|firms|institutions|associations)"
    r"|on behalf of (?:our|its|the)? ?(?:[\d,]+|more than [\d,]+|over [\d,]+|\w+) members"
    r"|represent(?:s|ing)? (?:more than |over |nearly |approximately |some |about |around )?[\d.,]+ ?(?:\w+ ){0,5}?"
    r"(?:companies|members|firms|businesses|enterprises|organi[sz]ations|manufacturers|employers|professionals"
    r"|employees|workers)|represents (?:the )?(?:interests|largest|leading|[\w ]{0,30}(?:industry|sector|companies"
    r"|manufacturers|businesses)))",
    re.IGNORECASE,
)
_CUSTOMERS = re.compile(
    r"\b(?:our (?:customers|clients|products|company|shareholders|investors|business units)"
    r"|we (?:sell|manufacture|serve (?:over|more than) [\d,]+ (?:customers|clients))"
    r"|as an? (?:[\w,()-]+ ){0,7}(?:company|developer of|provider of|manufacturer|startup)|publicly traded"
    r"|fortune \d+)\b",
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
_FUNDED_PROJECT = re.compile(
    r"\b(?:(?:horizon(?: 2020| europe)?|h2020|fp7|erasmus\+?|eu|european union|publicly)[- ]?funded|funded by the"
    r" (?:european (?:union|commission)|eu)\b)[^.]{0,40}\b(?:project|consortium|network of excellence|action)\b"
    r"|\b(?:project|consortium)\b[^.]{0,40}\bfunded (?:by|under|through|from)\b",
    re.IGNORECASE,
)
# a trade association may call itself "a nonprofit membership organisation"
_FOR_MEMBERS = re.compile(
    r"\b(?:members?(?:hip)?|represent(?:s|ing)|association of|federation of|of companies)\b", re.IGNORECASE
)
_LEAGUE = re.compile(r"501\s?\(?c\)?\s?\(?[56]\)?|\btrade association\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:i|my|me)\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_BEHALF = re.compile(r"\b[Oo]n behalf of (?:the |my (?:company|employer|organi[sz]ation),? )?([A-Z][^.;:\n]{3,90})")
_BE = r"(?:is|are|was founded as|has been|ist|sind|est|es|è|é|jest|är|er|on)"
_ARTICLE = (
    r"(?:an?|the|one of(?: the)?|ein|eine|der|die|das|un|une|una|uno|um|uma|een|het|l['’]|la|le|el|il|lo"
    r"|stowarzyszeniem|"
    r"organizacją|związkiem|en|ett|et)"
)
_WE = (
    r"\b(?:[Ww]e|[Oo]ur organi[sz]ation"
    r"|[Tt]he (?:Institute|Center|Centre|Foundation|Association|Alliance|Council|Coalition|Society|Company))"
)
_UNIVERSITY = r"[^.;,]{0,40}\b(?:University|Universit\w+|College|School of|Law School|Institute of Technology)\b"
_DEFINITIONS = 6
_BODY_NOUNS = (
    "think tank|NGO|ngo|non-?profit|charity|association|federation|confederation|union|company|firm|start-?up"
    "|university|law firm"
)
_GATHERS = r"(?:represents|brings together|gathers|unites|speaks for|is made up of|regroupe|rassemble|vertritt|zrzesza)"
_GATHERING = re.compile(rf"\s*{_GATHERS}\b")
_SECTOR = (
    r"\b[Tt]he (?:[\w-]+ ){0,3}(?:sector|industry) (?:fully |strongly |warmly )?(?:supports|welcomes|believes"
    r"|considers|calls)"
)
_LINKS = ("of", "the", "and", "for", "de", "des", "der", "für", "&", "in", "on")
_READ_FOR_TIES = 6_000

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
    """A sentence in which a body says what it is: ``predicate`` follows "X is a"; ``gathers``: it speaks for others."""

    predicate: str
    quote: str
    gathers: bool = False


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
    disclaimer = _DISCLAIMER.search(text)
    if disclaimer:
        found[Kind.DISCLAIMER] = Clue(Kind.DISCLAIMER, f"says: '{_quote(text, disclaimer)}'")
    scholar = _SCHOLAR.search(text)
    if scholar and not _FORMER.search(scholar[0]):
        found[Kind.SCHOLAR] = Clue(Kind.SCHOLAR, f"says: '{_quote(text, scholar)}'")
    if len(_FIRST_PERSON.findall(text)) > len(_PLURAL.findall(text)):
        found[Kind.FIRST_PERSON] = Clue(Kind.FIRST_PERSON, "writes as 'I'")
    return list(found.values())


def organisation_statements(text: str, definitions: Sequence[Definition], of_members: bool = False) -> list[Clue]:
    """Clues from what an organisation says of itself; its definitions of itself weigh most.

    ``of_members``: it speaks for members, as charities and, more often, trade associations do.
    """
    clues: list[Clue] = []
    for kind, pattern in _ORGANISATION_PATTERNS:
        match = pattern.search(text)
        if match:
            named = match[0].casefold().startswith(("represent", "the "))
            whom = of_whom(text[match.start() : match.end() + NEAR], named) if kind is Kind.MEMBERS else None
            clues.append(Clue(whom or kind, f"says: '{_quote(text, match)}'", 0.8))
    for definition in definitions:
        whom = made_up_of(_head(definition.predicate), definition.predicate)
        clues += [Clue(whom, f"says: '{definition.quote}'")] if whom else []
        if _FUNDED_PROJECT.search(definition.predicate):
            clues.append(Clue(Kind.FUNDED_PROJECT, f"says: '{definition.quote}'"))
        if _CHARITY.search(f"is {definition.predicate}"):
            for_members = definition.gathers or bool(_FOR_MEMBERS.search(definition.predicate))
            scale = 0.3 if for_members else 0.6 if of_members else 1.0
            clues.append(Clue(Kind.CHARITY_STATUS, f"says: '{definition.quote}'", scale))
            clues += [Clue(Kind.MEMBERS, f"says: '{definition.quote}'")] * (for_members and not whom)
        clues += _predicate_clues(definition, of_members)
    return clues


def definitions_of(name: str, own: str, whole: str) -> list[Definition]:
    """Where the body called ``name`` says what it is, in its ``own`` words or anywhere in the ``whole`` letter.

    Read are "X is a …", "X, the European association of …, …", "As a …, X …" and the long form of a short name,
    as in "the Mechanical Engineering Industry Association (VDMA)"; "we are a …" only in its own words.
    """
    subject = _subject(name)
    named = re.sub(r"\s+", " ", whole)
    found = [
        Definition(m[1], _cut(m[0].strip()), bool(_GATHERING.match(named, m.end())))
        for p in _naming(subject)
        for m in list(re.finditer(p, named))[:2]
    ]
    found += _long_forms(subject, named)
    ours = re.finditer(rf"{_WE}\s+{_BE}\s+({_ARTICLE}\s[^.!?]{{10,260}})", re.sub(r"\s+", " ", own))
    found += [Definition(m[1], _cut(m[0].strip())) for m in list(ours)[:2]]
    return found[:_DEFINITIONS]


def _long_forms(subject: str, text: str) -> list[Definition]:
    """Capitalised words before "(X)": the long form of the short name X."""
    found = []
    for match in list(re.finditer(rf"\({subject}[^)]{{0,30}}\)", text))[:3] if subject else []:
        taken: list[str] = []
        for word in reversed(text[max(0, match.start() - 120) : match.start()].split()):
            if not (word[0].isupper() or word in _LINKS) or word.endswith((".", ":", ";")):
                break
            taken.insert(0, word)
        if len(taken) >= 2:
            found.append(Definition(" ".join(taken), _cut(f"{' '.join(taken)} {match[0]}")))
    return found


def _naming(subject: str) -> list[str]:
    """Patterns for sentences in which ``subject`` says what it is; group 1 is what it says."""
    if not subject:
        return []
    named = rf"{subject}(?:\)|\s*\([^)]{{1,60}}\))?"
    small = r"(?:of |the |and |for |de |des |der |für |& )*"
    titled = rf"[A-Z][\w’'&-]*(?:,? {small}[A-Z][\w’'&-]*){{1,8}}"
    # a full stop inside "U.S." or "501(c).3" ends no sentence
    rest = r"(?:[^.!?]|\.(?=[\w,])|(?<=[A-Z])\.)"
    leading = (
        r"(?:an?|one of the|\w+['’]s leading|the (?:\w+ ){0,2}?(?:largest|leading|main|principal|only|voice"
        r"|national|european|trade))"
    )
    return [
        rf"{named},?\s+{_BE}\s+((?:{_ARTICLE}|non-?profit|not-for-profit|independent)\b{rest}{{10,260}})",
        rf"{named}\s*(?:,|-|–|—|:)\s*({_ARTICLE}\s[^.!?,]{{10,160}})",
        rf"\b[Aa]s ({leading} [^.!?;]{{3,120}}?), (?:we|{subject})",
        rf"\b((?:[\w-]+ ){{0,2}}(?:{_BODY_NOUNS})) {subject}",
        rf"{subject}\s*\(({titled})\)",
    ]


def speaks_for_members(name: str, text: str) -> Clue | None:
    """A clue where the body called ``name`` speaks for members or for a sector."""
    subject = _subject(name)
    flat = re.sub(r"\s+", " ", text[:_READ_FOR_TIES])
    about = (
        rf"(?:{subject}\)?,? ?[-–—]? ?(?:which |that |who )?{_GATHERS}|{subject}(?:['’]s?)? members?"
        rf"|{subject}\)?,? whose members)\b"
        if subject
        else "(?!)"
    )
    match = re.search(rf"{about}|{_SECTOR}", flat)
    if not match:
        return None
    plainly = bool(re.search(rf"{_GATHERS}$", match[0]))
    whom = of_whom(flat[match.end() : match.end() + NEAR], named=plainly)
    kind = whom or (Kind.SPEAKS_FOR if plainly else Kind.MEMBERS)
    return Clue(kind, f"says: '{_quote(flat, match)}'")


def _subject(name: str) -> str:
    """A pattern for the ways in which a text calls the body ``name``."""
    main = without_legal_form(name)
    first = main.split()[0] if main else ""
    first = "" if find_bodies([first.casefold()]) or first.casefold() in common_nouns() else first
    known = {main, name, first if len(first) >= 4 or first.isupper() else "", *acronym_of(name)}
    names = sorted((n for n in known if len(n) >= 2), key=lambda n: (-len(n), n))
    return rf"\b(?:{'|'.join(map(re.escape, names))})(?!\w)" if names else ""


def university_tie(name: str, text: str) -> Clue | None:
    """A clue where the body called ``name`` stands within a university."""
    subject = _subject(name)
    flat = re.sub(r"\s+", " ", text[:_READ_FOR_TIES])
    place = r"(?:at|within|of|part of|housed (?:at|in)|based at|hosted by)"
    named = r"University of [A-Z]\w+|[A-Z]\w+ University"
    tie = rf"{subject}\)?[^.;]{{0,60}}?\b(?:{place} (?:the )?(?:{_UNIVERSITY})|{named})"
    match = re.search(tie, flat) if subject else None
    return Clue(Kind.UNIVERSITY_TIE, f"says: '{_cut(match[0])}'") if match else None


def behalf_of(text: str) -> str:
    """The body on whose behalf a letter says it is written, or ""."""
    for match in _BEHALF.finditer(text):
        name = re.split(
            r",|\band\b (?=[a-z])|\s(?:in response|to|regarding|we|I|on|which|who|with|for the)\s", match[1]
        )[0].strip()
        if title_case(name) and find_bodies(name_words(name)):
            return name
    return ""


def _predicate_clues(definition: Definition, of_members: bool) -> list[Clue]:
    head = _head(definition.predicate)
    source = "says"
    for_members = of_members or bool(_FOR_MEMBERS.search(definition.predicate))
    skipped = {Kind.ORGANISATION_WORD, Kind.REGISTERED_SOCIETY} | ({Kind.FOUNDATION} if for_members else set())
    strong = [c for c in body_clues(head, source, 0.9) if c.kind not in skipped]
    return [Clue(c.kind, f"says: '{definition.quote}'", c.scale) for c in strong]


def _head(predicate: str) -> str:
    """What comes before "of …" or "which …", up to the first comma behind a word for a kind of body."""
    whole = re.split(
        r"(?<!-)\b(?:of|in|that|which|who|dedicated|working|representing|devoted|committed|based|with|for)\b(?!-)|;",
        predicate,
    )[0]
    pieces = whole.split(",")
    named = [any(b.kind is not Kind.REGION for b in find_bodies(name_words(piece))) for piece in pieces]
    return ",".join(pieces[: named.index(True) + 1]) if any(named) else whole


def _quote(text: str, match: re.Match[str]) -> str:
    return _cut(re.sub(r"\s+", " ", text[match.start() : match.end() + 40].strip(" \n.,;!?")))


def _cut(text: str) -> str:
    return text if len(text) <= 110 else f"{text[:109].rstrip()}…"
