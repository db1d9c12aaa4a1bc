"""A made-up finished analysis of any size, to measure the dashboard on: true to the tables' contract, not to life."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np

from rfc_analyzer import model as m
from rfc_analyzer import tables as t
from rfc_analyzer.store import Manifest, save_manifest
from rfc_analyzer.words import words

DOCKET = m.Docket("BIG-2026-0001", "Harbour Fees and the Dredging of Small Ports")
THEMES, QUESTIONS, PROPOSITIONS, CAMPAIGNS = 60, 24, 12, 20
_IN_CAMPAIGNS = 0.4
_SENTENCES = (2, 5)
_SYLLABLES = words("ba ce di fo gu ha jo ka li mo nu pa qui re sa to ve wi xo ye zu har bor dre ger fee por tide quay")
_TYPES = tuple(m.RespondentType)
_TYPE_WEIGHTS = (60, 10, 6, 9, 4, 3, 6, 2)


def make_docket(folder: Path, submissions: int, passages_each: int, seed: int = 1) -> None:
    """Write the analysis into ``folder``: ``submissions`` × ``passages_each`` passages, with all other tables."""
    made = _Docket(random.Random(seed), passages_each)
    for number in range(1, submissions + 1):
        made.add(number)
    made.write(folder)


@dataclass
class _Docket:
    chance: random.Random
    passages_each: int
    submissions: list[m.Submission] = field(default_factory=list)
    files: list[m.SourceFile] = field(default_factory=list)
    passages: list[m.Passage] = field(default_factory=list)
    positions: list[m.Position] = field(default_factory=list)
    evidence: list[m.Evidence] = field(default_factory=list)
    boxes: list[m.Box] = field(default_factory=list)
    members: list[m.CampaignMember] = field(default_factory=list)
    templates: dict[str, m.Submission] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.vocabulary = ["".join(self.chance.choices(_SYLLABLES, k=self.chance.randint(1, 4))) for _ in range(20_000)]
        self.frequency = list(np.cumsum(1.0 / np.arange(1, len(self.vocabulary) + 1)))

    def sentence(self) -> str:
        words = self.chance.choices(self.vocabulary, cum_weights=self.frequency, k=self.chance.randint(9, 26))
        return " ".join(words).capitalize() + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(*_SENTENCES)))

    def add(self, number: int) -> None:
        submission_id = f"{DOCKET.docket_id}-{number:05d}"
        campaign_id = f"C{self.chance.randint(1, CAMPAIGNS)}" if self.chance.random() < _IN_CAMPAIGNS else None
        copy = campaign_id in self.templates
        paragraphs = [self.paragraph() for _ in range(self.passages_each)]
        if campaign_id:
            paragraphs = self.texts.setdefault(campaign_id, paragraphs)
        role = m.CampaignRole.UNIQUE
        if campaign_id:
            role = m.CampaignRole.EXACT if copy else m.CampaignRole.ORIGINAL
            self.members.append(m.CampaignMember(campaign_id, submission_id, role, 1.0, "", ""))
        submission = self._submission(number, submission_id, campaign_id, role)
        self.submissions.append(submission)
        if campaign_id and not copy:
            self.templates[campaign_id] = submission
        self._cut(submission_id, paragraphs, copy)

    def _submission(
        self, number: int, submission_id: str, campaign_id: str | None, role: m.CampaignRole
    ) -> m.Submission:
        kind = self.chance.choices(_TYPES, _TYPE_WEIGHTS)[0]
        person = kind is m.RespondentType.INDIVIDUAL
        name = " ".join(self.chance.choices(self.vocabulary, k=2)).title()
        return m.Submission(
            submission_id=submission_id,
            docket_id=DOCKET.docket_id,
            title=f"Comment {number}",
            submitted_at=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=9 * number),
            respondent_name=name if person else "",
            organization="" if person or kind is m.RespondentType.ANONYMOUS else f"{name} Society",
            respondent_type=kind,
            respondent_type_score=0.9,
            respondent_type_reason="made up",
            campaign_id=campaign_id,
            campaign_role=role,
            language="en",
            words=55 * self.passages_each,
            pages=1 + self.passages_each // 6,
        )

    def _cut(self, submission_id: str, paragraphs: Sequence[str], copy: bool) -> None:
        text = "\n\n".join(paragraphs)
        digest = sha256(text.encode()).hexdigest()
        file_id = f"{submission_id}:{digest[:10]}"
        at, starts, taken = 0, [], {}
        for place, said in enumerate(paragraphs):
            if place % 6 == 0:
                starts.append(at)
            self._passage(submission_id, file_id, len(starts), at, said, copy)
            if place % 4 == 0:
                taken[self.chance.randrange(PROPOSITIONS)] = (at, said, len(starts))
            at += len(said) + 2
        for proposition, (start, said, page) in taken.items():
            self._position(submission_id, file_id, proposition, start, said, page)
        self.files.append(
            m.SourceFile(
                file_id, submission_id, "letter.pdf", digest, "application/pdf", len(starts), m.TextSource.PDF_TEXT,
                m.FileStatus.OK, "", text, tuple(starts),
            )
        )  # fmt: skip

    def _passage(self, submission_id: str, file_id: str, page: int, at: int, words: str, copy: bool) -> None:
        theme = f"T{self.chance.randint(1, THEMES):02d}" if self.chance.random() < 0.8 else None
        answers = (f"Q{self.chance.randint(1, QUESTIONS)}",) if self.chance.random() < 0.3 else ()
        self.passages.append(
            m.Passage(
                f"{file_id}@{at}", submission_id, file_id, page, at, at + len(words), words, m.PassageKind.BODY,
                None if copy else theme, self.chance.random() if theme and not copy else None, answers,
                counted=not copy,
            )
        )  # fmt: skip
        for line, start in enumerate(range(at, at + len(words), 95)):
            top = 72.0 + 14 * line
            self.boxes.append(
                m.Box(file_id, page, start, min(start + 95, at + len(words)), 72.0, top, 540.0, top + 12.0)
            )

    def _position(self, submission_id: str, file_id: str, number: int, start: int, words: str, page: int) -> None:
        stance = self.chance.choices(tuple(m.Stance), (5, 4, 1))[0]
        proposition_id = f"P{number + 1}"
        sure = self.chance.random()
        self.positions.append(m.Position(submission_id, proposition_id, stance, sure, m.PositionMethod.CUES, False))
        end = start + words.index(".") + 1
        quote = words[: end - start]
        self.evidence.append(m.Evidence(submission_id, proposition_id, stance, file_id, page, start, end, quote, sure))

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        t.SUBMISSIONS.write(folder, self.submissions)
        t.FILES.write(folder, self.files)
        t.PASSAGES.write(folder, self.passages)
        t.BOXES.write(folder, self.boxes)
        t.POSITIONS.write(folder, self.positions)
        t.EVIDENCE.write(folder, self.evidence)
        t.CAMPAIGN_MEMBERS.write(folder, self.members)
        t.CAMPAIGNS.write(folder, [self._campaign(c) for c in self.templates])
        t.THEMES.write(folder, self._themes())
        t.QUESTIONS.write(
            folder, [m.Question(f"Q{n}", str(n), None, self.sentence(), 1) for n in range(1, QUESTIONS + 1)]
        )
        t.PROPOSITIONS.write(folder, [m.Proposition(f"P{n}", self.sentence()) for n in range(1, PROPOSITIONS + 1)])
        t.REVIEWS.write(folder, [])
        counts = {
            "submissions": len(self.submissions),
            "signatories": len(self.submissions),
            "distinct_texts": len(self.submissions) - len(self.members) + len(self.templates),
            "passages": len(self.passages),
            "files_ok": len(self.files),
            "files_skipped": 0,
        }
        now = datetime.now(UTC).isoformat()
        save_manifest(folder, Manifest(DOCKET, now, 0, {}, {}, {}, (), counts, {}))

    def _campaign(self, campaign_id: str) -> m.Campaign:
        letters = [x.submission_id for x in self.members if x.campaign_id == campaign_id]
        first = self.templates[campaign_id]
        text = "\n\n".join(self.texts[campaign_id])
        kind = m.CampaignKind.EXACT
        return m.Campaign(
            campaign_id, kind, len(letters), first.submission_id, text, first.submitted_at, first.submitted_at
        )

    def _themes(self) -> list[m.Theme]:
        mine: dict[str, list[m.Passage]] = {}
        for passage in self.passages:
            if passage.theme_id:
                mine.setdefault(passage.theme_id, []).append(passage)
        found = []
        for number in range(1, THEMES + 1):
            theme_id, parent = f"T{number:02d}", f"T{(number - 1) // 6 + 1:02d}" if number > 10 else None
            passages = mine.get(theme_id, [])
            voices = len({p.submission_id for p in passages})
            words = tuple(self.chance.sample(self.vocabulary, 6))
            shown = tuple(p.passage_id for p in passages[:5])
            found.append(
                m.Theme(theme_id, " ".join(words[:3]), words, parent, len(passages), voices, voices, 0.8, shown)
            )
        return found
