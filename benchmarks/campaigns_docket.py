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

_WHO = """farmers|nurses|small shops|our members|most families I know|the people of this valley|retired teachers|tenants
young drivers|local builders|the volunteer crews|two of my neighbours|school bus operators|bakers|river guides|patients
independent growers|night workers|the clinics here|commuters|hospital porters|veterans|town councils|apprentices
the co-operative|grandparents|fishing crews|librarians|the county engineers|beekeepers""".replace("\n", "|").split("|")
_THING = """the reporting form|this proposal|the inspection fee|the ten-day notice|the new threshold|a shared register
the appeal process|the safety margin|the discharge limit|a longer phase-in|the small operator exemption|section four
the draft schedule|the licence renewal|an annual audit|the mapping data|the cost estimate|the buffer strip|the permit
the complaint line|the training rule|a public hearing|the waiver|the monitoring plan|the repair deadline|the cap
the definition of a facility|the test method|the record keeping duty|the grant programme|the labelling standard
the fuel surcharge""".replace("\n", "|").split("|")
_DOES = """would cost|cannot manage|depend on|have asked for|were never told about|already pay for|would welcome|need
have lived with|worry about|do not trust|were promised|have learned to work around|cannot plan without|object to|prefer
have measured|stopped using|hardly understand|keep records of|rely upon|were left out of|benefit from|fought for
speak well of|lose money on|gave evidence about|would scrap""".replace("\n", "|").split("|")
_WHEN = """since the flood|every winter|in the last three years|before the harvest|after the bridge closed|this spring
during the second shift|for most of a decade|when the river is low|on market days|at the end of each quarter|overnight
since my father ran the business|in dry years|whenever staff are short|under the old rule|during the pilot|by August
as soon as the snow melts|in our smallest towns|on the eastern side|while the plant was down|through two owners
at half the price""".replace("\n", "|").split("|")
_WHY = """because nobody answers the telephone|and the figures in the appendix do not show it|which the draft ignores
so the burden falls on those with the least time|and I have the receipts to prove it|because the wells are shallow
although the agency says otherwise|and that is not what was agreed|which took us eleven weeks|since there is one road
because a second opinion costs more than the machine|and no lawyer is needed to see it|which I saw with my own eyes
so please weigh it against the benefit|and other states do it better|because the counters freeze|as the survey found
which is why the vote was so close|and half of us are over sixty|because parts come from abroad|and we kept our word
so the children wait outside|which nobody has costed|and the insurance will not cover it|because trust is slow to earn
as any operator will tell you""".replace("\n", "|").split("|")
_PLEA = """I urge you to keep|please reconsider|we ask the agency to strengthen|do not weaken|publish the evidence for
I support|we strongly oppose|let the board decide on|put off|give us more time for|think again about|simplify
hold a meeting on|start over with|I write in favour of|explain in plain words""".replace("\n", "|").split("|")
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
            if number and self._rng.random() < SISTERS and len(template) > 1:
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
        words = []
        for word in paragraph.split():
            draw = self._rng.random()
            if draw > rate:
                words.append(word)
            elif draw > rate * 0.4:
                words.append(self._rng.choice(self._rng.choice(_WHEN).split()))
            elif draw > rate * 0.2:
                words += [word, self._rng.choice(("really", "simply", "indeed"))]
        return " ".join(words)

    def _slot_filled(self, count: int) -> list[tuple[Paragraphs, Truth]]:
        """Families in which each part of each sentence is drawn from four wordings."""
        found: list[tuple[Paragraphs, Truth]] = []
        family = 0
        while len(found) < count:
            family += 1
            pools = (_WHO, _DOES, _THING, _WHEN, _WHY, _PLEA, _THING)
            frame = [[self._rng.sample(pool, 4) for pool in pools] for _ in range(4)]
            for _ in range(min(count - len(found), self._rng.randint(40, 200))):
                picked = [[self._rng.choice(slot) for slot in sentence] for sentence in frame]
                text = " ".join(f"{' '.join(s[:5])}. {' '.join(s[5:])}." for s in picked)
                found.append(((text,), Truth(Made.SLOT_FILLED, f"slots {family}")))
        return found

    def _letter(self) -> Paragraphs:
        return tuple(self._paragraph() for _ in range(self._rng.randint(*self._paragraphs)))

    def _paragraph(self) -> str:
        return " ".join(self._sentence() for _ in range(self._rng.randint(2, 4)))

    def _sentence(self) -> str:
        pick = self._rng.choice
        match self._rng.randrange(5):
            case 0:
                said = f"{pick(_WHO)} {pick(_DOES)} {pick(_THING)} {pick(_WHEN)} {pick(_WHY)}"
            case 1:
                said = f"{pick(_WHEN)} {pick(_WHO)} {pick(_DOES)} {pick(_THING)} and {pick(_DOES)} {pick(_THING)}"
            case 2:
                said = f"{pick(_PLEA)} {pick(_THING)} {pick(_WHY)}"
            case 3:
                said = f"{pick(_PLEA)} {pick(_THING)}, for {pick(_WHO)} {pick(_DOES)} {pick(_THING)} {pick(_WHEN)}"
            case _:
                said = f"{pick(_THING)} is what {pick(_WHO)} {pick(_DOES)} {pick(_WHEN)}"
        return f"{said[0].upper()}{said[1:]}."


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
