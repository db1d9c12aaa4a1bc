"""Who organised a campaign, where its letters say so: "sent via …", "on behalf of the members of …", "I am a supporter
of …". A name without such words is no organiser.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rfc_analyzer.model import CampaignMember, CampaignRole, Passage
from rfc_analyzer.model_campaigns import Organiser

# names of up to nine words: "the Alliance for a Clean Harbour", "Friends of the Night Ferry", "NRDC", "350.org"
_WORD = r"(?:(?!I\b)[A-Z0-9][\w&'’.\-]*[\w&]|(?!I\b)[A-Z])"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|of|the|for|to|in|on|and|&|a|an)){{0,8}}"
_DOMAIN = r"(?:[a-z0-9\-]+\.)+(?:org|com|net|co|us|info|action|vote)\b"
_MEMBERS = r"(?:members?(?:,?\s+(?:and|or)\s+(?:supporters?|activists?))?|supporters?|activists?|volunteers?)"
_THE = r"(?:the\s+)?"

_STARTS = r"(?<![\w@.])"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """``reason`` says in words what was found. Where ``needs_body``, the name must be one of an organisation.

    One of ``hints`` is in every text in which the pattern finds something, in small letters: most texts have none.
    """

    reason: str
    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    needs_body: bool = False


def _pattern(reason: str, hints: tuple[str, ...], before: str, needs_body: bool = False) -> _Pattern:
    # the words before a name are written in any case, the name is not
    pattern = re.compile(rf"{_STARTS}(?i:{before})\s+(?i:{_THE})(?P<name>{_DOMAIN}|{_NAME})")
    return _Pattern(reason, hints, pattern, needs_body)


_SENT = ("sent", "submitted", "delivered", "generated", "powered", "sponsored", "organized", "organised", "coordinated",
         "provided", "facilitated")  # fmt: skip
_FOR_MEMBERS = "written on behalf of its members"
_PATTERNS = (
    _pattern(
        "sent through it",
        tuple(f"{verb} " for verb in _SENT),
        rf"(?:{'|'.join(_SENT)})\s+(?:to\s+you\s+)?(?:via|by|through|using|from)",
    ),
    _pattern(
        _FOR_MEMBERS,
        ("behalf",),
        rf"on\s+behalf\s+of\s+(?:(?:the|our|its)\s+)?(?:[\d,.]+\s+)?(?:[a-z]+\s+){{0,2}}{_MEMBERS}\s+of",
    ),
    _Pattern(
        _FOR_MEMBERS,
        ("behalf",),
        re.compile(
            rf"{_STARTS}(?i:on\s+behalf\s+of)\s+(?i:{_THE})(?P<name>{_NAME}?),?\s+(?:and|with)\s+(?:its|our|their)\s+"
            r"(?:[\w,.]+\s+){0,4}(?:members|supporters|activists)"
        ),
    ),
    _pattern(
        "its supporters write",
        ("member", "supporter", "activist", "volunteer"),
        rf"(?:i\s+am|i['’]m|as|i\s+write\s+as|writing\s+as|we\s+are)\s+(?:an?\s+|the\s+)?(?:[a-z\-]+,?\s+){{0,3}}"
        rf"{_MEMBERS}\s+(?:of|with|for)",
        needs_body=True,
    ),
    _pattern(
        "asked to stand with it",
        ("stand with", "join with", "stand together", "join together"),
        r"i\s+(?:stand|join)\s+(?:together\s+)?with",
        needs_body=True,
    ),
)
_PLATFORM = re.compile(
    r"(?<![\w@.\-])(?:[a-z0-9\-]+\.)*(?:actionnetwork\.org|everyaction\.com|votervoice\.net|p2a\.co|phone2action\.com"
    r"|engagingnetworks\.net|salsalabs\.org|newmode\.net|quorum\.us|onecau\.se|change\.org|care2\.com|moveon\.org"
    r"|oneclickpolitics\.com|speak4\.co|ujoin\.co|muster\.com|thepetitionsite\.com|petitions\.net|ipetitions\.com)\b",
    re.IGNORECASE,
)
_PLATFORM_SAID = "the address of its campaign mail"
_SMALL = frozenset(["of", "the", "for", "to", "in", "on", "and", "&", "a", "an"])
_BODY_WORD = re.compile(
    r"\b(?:action|alliance|association|assembly|bureau|caucus|cent(?:er|re)|chamber|citizens|club|coalition|collective"
    r"|committee|conference|conservancy|council|defen[cs]e|defenders|federation|foundation|friends|fund|group|guild"
    r"|initiative|institute|league|legion|lobby|movement|network|organi[sz]ation|parents|partnership|party|project"
    r"|society|trust|union|voices|watch|workers)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^[A-Z][A-Z&]{2,7}$|^\d{2,4}\.org$|^[A-Z][a-z]+[A-Z]\w+$")
# whoever decides or makes the law is not who organises letters to them
_NO_ORGANISER = re.compile(
    r"^(?:I|We|My|This|That|Congress|Senate|House|President\b.*|Title\b.*|.*\b(?:Act|Amendment|Agency|Department|"
    r"Administration|Commission|Bill|Rule)|EPA|USDA|FDA|FCC|HHS|DOJ|LGBTQ?\w*\+?|USA?)$"
)
_ENDINGS = (".org", ".com", ".net", ".us", ".co", ".se")
_MOST_NAMED = 3
_LEAST_SHARE = 0.02


def organisers(members: Sequence[CampaignMember], passages: Iterable[Passage]) -> Iterator[Organiser]:
    """Who is named as organiser in the letters that are counted into each campaign, the most often named first.

    All passages are read, signatures and small print too. A name that only few of many letters give is not told.
    """
    campaign_of = {m.submission_id: m.campaign_id for m in members if m.role is not CampaignRole.POSSIBLE}
    sizes = Counter(campaign_of.values())
    known: dict[str, list[tuple[str, str, int, int]]] = {}
    said: dict[tuple[str, str], dict[str, Organiser]] = defaultdict(dict)
    for passage in passages:
        if passage.submission_id not in campaign_of:
            continue
        campaign_id = campaign_of[passage.submission_id]
        # the letters of a campaign hold the same few passages
        mentions = known.get(passage.text)
        if mentions is None:
            mentions = known[passage.text] = list(mentions_in(passage.text))
        for name, reason, start, end in mentions:
            said[campaign_id, name.casefold()].setdefault(
                passage.submission_id, _organiser(campaign_id, name, reason, passage, start, end)
            )
    yield from _ranked(said, sizes)


def mentions_in(text: str) -> Iterator[tuple[str, str, int, int]]:
    """(name, reason, start, end) of what names an organiser in ``text``; the span is of the words that say so."""
    lowered = text.lower().replace("\n", " ")
    for one in _PATTERNS:
        if not any(hint in lowered for hint in one.hints):
            continue
        for match in one.pattern.finditer(text):
            name = _name(match["name"])
            if name and (not one.needs_body or _is_body(name)):
                yield name, one.reason, match.start(), match.start("name") + len(name)
    if any(ending in lowered for ending in _ENDINGS):
        for match in _PLATFORM.finditer(text):
            yield match[0].lower(), _PLATFORM_SAID, match.start(), match.end()


def _name(found: str) -> str:
    """The name without the small words after it; empty where it is none of an organiser."""
    parts = list(re.finditer(r"\S+", found))
    while parts and parts[-1][0] in _SMALL:
        parts.pop()
    name = found[: parts[-1].end()].rstrip(".,;:'’-") if parts else ""
    # "of Friends of the Ferry and I ask": what follows the conjunction is another subject
    name = re.split(r"\s+(?:and|&)\s+(?=(?:I|We|My)\b)", name)[0]
    return "" if not name or _NO_ORGANISER.match(name) else name


def _is_body(name: str) -> bool:
    return bool(_BODY_WORD.search(name) or _ACRONYM.match(name) or re.fullmatch(_DOMAIN, name))


def _organiser(campaign_id: str, name: str, reason: str, passage: Passage, start: int, end: int) -> Organiser:
    return Organiser(
        campaign_id,
        name,
        reason,
        0,
        passage.submission_id,
        passage.file_id,
        passage.page,
        passage.start + start,
        passage.start + end,
        passage.text[start:end],
    )


def _ranked(said: dict[tuple[str, str], dict[str, Organiser]], sizes: dict[str, int]) -> Iterator[Organiser]:
    by_campaign: dict[str, list[tuple[int, Organiser]]] = defaultdict(list)
    for (campaign_id, _), by_letter in said.items():
        if len(by_letter) >= max(1, _LEAST_SHARE * sizes[campaign_id]):
            first = by_letter[min(by_letter)]
            by_campaign[campaign_id].append((len(by_letter), first))
    for campaign_id in sizes:
        ranked = sorted(by_campaign[campaign_id], key=lambda pair: (-pair[0], pair[1].name))
        for count, one in ranked[:_MOST_NAMED]:
            yield replace(one, submissions=count)
