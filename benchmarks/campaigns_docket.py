"""Dockets of made-up letters whose campaigns are known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from rfc_analyzer.model import FileRole, FileStatus, Passage, PassageKind, SourceFile, Submission, TextSource
from rfc_analyzer.passages import split_passages
from rfc_analyzer.settings import PassageSettings
from rfc_analyzer.words import words

_PEOPLE = words("""
farmers nurses bakers tenants builders patients growers commuters porters veterans apprentices teachers
librarians engineers beekeepers anglers drivers guides grandparents neighbours students welders pharmacists
clerks landlords roofers plumbers fishers loggers ranchers millers carers cyclists sailors shopkeepers
electricians
""")
_THINGS = words("""
form fee notice threshold register process margin limit exemption draft schedule licence audit map estimate
strip permit line rule hearing waiver plan deadline cap definition method duty grant label surcharge bridge well
valve boiler landfill clinic sensor report appendix table vote budget contract survey pipeline ferry market
school orchard meeting bill tariff inspection settlement channel reservoir depot filter invoice docket charter
lease quota
""")
_KINDS = words("""
new shared ten-day draft small annual public cheap late second eastern rural broken old written fair northern
hidden careful costly local joint simple rough double early final longer honest missing plain strict narrow
sudden revised printed weekly private uncertain quiet overdue generous
""")
_DOES = words("""
pay manage need trust measure welcome fear repair question defend ignore keep prefer replace plan review lose
share record finish inspect borrow close explain oppose support doubt remember carry test count publish forgive
guard answer collect protect notice abandon value
""")
_HOW = words("""
would cannot always never still rarely often must should will soon gladly barely simply nearly once hardly again
only already
""")
_WHEN = words("""
winter harvest flood spring shift decade drought quarter season thaw pilot strike storm summer outage merger
audit recall inquiry election repair vacancy evening census holiday march sale frost
""")
_BEFORE = words("after before during since until through despite without between beyond near under")
_WHY = words("because although which while so and but where whenever as")
_PLEA = words("""
urge ask beg call write speak stand hope agree wait press vote
""")
_FIRST = "Ada|Bo|Carmen|Dmitri|Edith|Farid|Greta|Hiro|Ines|Jamal|Kaja|Liam|Mona|Nils|Olga|Petra|Quinn|Rosa|Sami|Tove"
_LAST = "Abbot|Birch|Castell|Dunmore|Eklund|Farrow|Grieve|Holm|Ibsen|Juarez|Kestrel|Lund|Marsh|Norell|Ode|Pryce|Rask"
_SHORT = "Yes|No|I agree|Support|Oppose this|Please do it|Bad idea|I am against this rule|Thank you for doing this"

UNIQUE = 0.37
SHORT = 0.03
SLOT_FILLED = 0.03
LETTERS_A_CAMPAIGN = 500
SISTERS = 0.2


class Made(StrEnum):
    """How a letter was made."""

    UNIQUE = "unique"
    QUOTES_NOTICE = "unique, quotes the notice"
    SHORT = "short"
    EXACT = "exact"
    SIGNATURE = "signature"
    EDITED = "small edits"
    ADDED = "added paragraph"
    REMOVED = "removed paragraph"
    REORDERED = "reordered"
    WHOLE_INSIDE = "template inside own letter"
    PARAGRAPH_INSIDE = "one paragraph inside own letter"
    SLOT_FILLED = "slot-filled"


OWN_WORDS = frozenset({Made.UNIQUE, Made.QUOTES_NOTICE})
INSIDE = frozenset({Made.WHOLE_INSIDE, Made.PARAGRAPH_INSIDE})
_VARIANTS = {
    Made.EXACT: 45, Made.SIGNATURE: 15, Made.EDITED: 12, Made.ADDED: 10, Made.REMOVED: 5, Made.REORDERED: 4,
    Made.WHOLE_INSIDE: 4, Made.PARAGRAPH_INSIDE: 5,
}  # fmt: skip

Paragraphs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """``campaign`` is None for a letter of its own; a letter with one paragraph of a template names that campaign.

    ``sisters`` are campaigns that have that paragraph too.
    """

    made: Made
    campaign: str | None
    sisters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MadeDocket:
    """``texts[i]`` and ``truth[i]`` belong to ``submissions[i]``; texts are without the words of the notice."""

    submissions: list[Submission]
    passages: list[Passage]
    texts: list[str]
    truth: list[Truth]


def make_docket(size: int, seed: int, brief: bool = False) -> MadeDocket:
    """A docket of ``size`` letters; ``brief`` ones have a third of the paragraphs."""
    return _Writer(seed, brief).docket(size)


class _Writer:
    def __init__(self, seed: int, brief: bool) -> None:
        self._rng = random.Random(seed)
        self._paragraphs = (1, 2) if brief else (3, 5)
        self._notice = [self._sentence() for _ in range(60)]

    def docket(self, size: int) -> MadeDocket:
        letters = [*self._own(round(size * UNIQUE)), *self._short(round(size * SHORT))]
        letters += self._slot_filled(round(size * SLOT_FILLED))
        letters += self._campaigns(size - len(letters))
        self._rng.shuffle(letters)
        docket = MadeDocket([], [], [], [])
        notice = "\n".join(self._notice)
        for number, (paragraphs, truth) in enumerate(letters):
            sid = f"S{number:07d}"
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number)
            cut = _passages(sid, paragraphs, notice if truth.made is Made.QUOTES_NOTICE else "")
            docket.submissions.append(Submission(sid, "made-up", "", at, "", ""))
            docket.passages.extend(cut)
            docket.texts.append("\n".join(p.text for p in cut if p.counted))
            docket.truth.append(truth)
        return docket

    def _own(self, count: int) -> list[tuple[Paragraphs, Truth]]:
        found = []
        for number in range(count):
            paragraphs, made = self._letter(), Made.UNIQUE
            if number % 7 == 0:
                start = self._rng.randrange(len(self._notice) - 3)
                quote = " ".join(self._notice[start : start + 3])
                paragraphs, made = (*paragraphs[:1], quote, *paragraphs[1:]), Made.QUOTES_NOTICE
            found.append((paragraphs, Truth(made, None)))
        return found

    def _short(self, count: int) -> list[tuple[Paragraphs, Truth]]:
        texts = self._rng.choices(_SHORT.split("|"), k=count)
        return [((text,), Truth(Made.SHORT, f"short {text}")) for text in texts]

    def _campaigns(self, count: int) -> list[tuple[Paragraphs, Truth]]:
        templates: list[Paragraphs] = []
        for number in range(max(4, count // LETTERS_A_CAMPAIGN)):
            template = self._letter()
            # where the other letter is one paragraph, this one would hold it whole and be of its campaign
            if number and self._rng.random() < SISTERS and min(len(template), len(templates[-1])) > 1:
                template = (*template[:-1], self._rng.choice(templates[-1]))
            templates.append(template)
        weights = [1 / rank for rank in range(1, len(templates) + 1)]
        chosen = self._rng.choices(range(len(templates)), weights, k=count)
        variants = self._rng.choices(list(_VARIANTS), list(_VARIANTS.values()), k=count)
        owners: dict[str, set[str]] = {}
        for number, template in enumerate(templates):
            for paragraph in template:
                owners.setdefault(paragraph, set()).add(f"campaign {number}")
        letters = []
        for number, made in zip(chosen, variants, strict=True):
            # its only paragraph is the whole letter
            if made is Made.PARAGRAPH_INSIDE and len(templates[number]) == 1:
                made = Made.WHOLE_INSIDE
            paragraphs, sisters = self._vary(templates[number], made), frozenset[str]()
            if made is Made.PARAGRAPH_INSIDE:
                sisters = frozenset(name for paragraph in paragraphs for name in owners.get(paragraph, ()))
            letters.append((paragraphs, Truth(made, f"campaign {number}", sisters)))
        return letters

    def _vary(self, template: Paragraphs, made: Made) -> Paragraphs:
        rng = self._rng
        place = rng.randrange(len(template) + 1)
        match made:
            case Made.SIGNATURE:
                return self._signed(template)
            case Made.EDITED:
                rate = rng.uniform(0.02, 0.1)
                return self._signed(tuple(self._edited(paragraph, rate) for paragraph in template))
            case Made.ADDED:
                added = [self._paragraph() for _ in range(rng.randint(1, 2))]
                return self._signed((*template[:place], *added, *template[place:]))
            case Made.REMOVED if len(template) > 1:
                gone = rng.randrange(len(template))
                return template[:gone] + template[gone + 1 :]
            case Made.REORDERED:
                return tuple(rng.sample(template, len(template)))
            case Made.WHOLE_INSIDE:
                return (*self._letter(), *template, *self._letter())
            case Made.PARAGRAPH_INSIDE:
                own = self._letter()
                return (*own[:1], rng.choice(template), *own[1:])
            case _:
                return template

    def _signed(self, paragraphs: Paragraphs) -> Paragraphs:
        rng = self._rng
        name = f"{rng.choice(_FIRST.split('|'))} {rng.choice(_LAST.split('|'))}"
        return (*paragraphs, f"Yours, {name}, {rng.randint(1, 99)} {rng.choice(_LAST.split('|'))} Street")

    def _edited(self, paragraph: str, rate: float) -> str:
        """Words left out, added to or changed, each word with probability ``rate``."""
        kept = []
        for word in paragraph.split():
            draw = self._rng.random()
            if draw > rate:
                kept.append(word)
            elif draw > rate * 0.4:
                kept.append(self._rng.choice(_THINGS))
            elif draw > rate * 0.2:
                kept += [word, self._rng.choice(("really", "simply", "indeed"))]
        return " ".join(kept)

    def _slot_filled(self, count: int) -> list[tuple[Paragraphs, Truth]]:
        """Families in which each part of each sentence is drawn from four wordings."""
        found: list[tuple[Paragraphs, Truth]] = []
        family = 0
        while len(found) < count:
            family += 1
            parts = (self._who, self._do, self._thing, self._time, self._reason)
            frame = [[[part() for _ in range(4)] for part in parts] for _ in range(6)]
            for _ in range(min(count - len(found), self._rng.randint(40, 200))):
                text = " ".join(f"{' '.join(self._rng.choice(slot) for slot in sentence)}." for sentence in frame)
                found.append(((text,), Truth(Made.SLOT_FILLED, f"slots {family}")))
        return found

    def _letter(self) -> Paragraphs:
        return tuple(self._paragraph() for _ in range(self._rng.randint(*self._paragraphs)))

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self._rng.randint(2, 4)))

    def _sentence(self) -> str:
        match self._rng.randrange(4):
            case 0:
                said = f"{self._who()} {self._do()} {self._thing()} {self._time()} {self._reason()}"
            case 1:
                said = f"{self._time()}, {self._who()} {self._do()} {self._thing()} and {self._do()} {self._thing()}"
            case 2:
                said = f"we {self._rng.choice(_PLEA)} for {self._thing()} {self._reason()}"
            case _:
                said = f"{self._thing()} is what {self._who()} {self._do()} {self._time()}"
        return f"{said[0].upper()}{said[1:]}."

    def _who(self) -> str:
        return f"the {self._rng.choice(_KINDS)} {self._rng.choice(_PEOPLE)}"

    def _do(self) -> str:
        return f"{self._rng.choice(_HOW)} {self._rng.choice(_DOES)}"

    def _thing(self) -> str:
        return f"the {self._rng.choice(_KINDS)} {self._rng.choice(_THINGS)}"

    def _time(self) -> str:
        return f"{self._rng.choice(_BEFORE)} the {self._rng.choice(_KINDS)} {self._rng.choice(_WHEN)}"

    def _reason(self) -> str:
        return f"{self._rng.choice(_WHY)} {self._who()} {self._do()} {self._thing()}"


def _passages(sid: str, paragraphs: Sequence[str], notice: str) -> list[Passage]:
    file_id = f"{sid}:form"
    if notice:
        text = "\n\n".join(paragraphs)
        file = SourceFile(
            file_id, sid, "form", "", "text/plain", None, TextSource.TXT, FileStatus.OK, "", text, (),
            role=FileRole.FORM,
        )  # fmt: skip
        return split_passages([file], [], PassageSettings(), notice)
    found, start = [], 0
    for text in paragraphs:
        end = start + len(text)
        found.append(Passage(f"{file_id}@{start}", sid, file_id, None, start, end, text, PassageKind.BODY))
        start = end + 2
    return found
