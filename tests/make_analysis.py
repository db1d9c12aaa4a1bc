"""A small finished analysis, written by hand: fictional, of every respondent type, true to the tables' contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from rfc_analyzer import model as m
from rfc_analyzer import tables as t
from rfc_analyzer.store import Analysis, Manifest, load, save_manifest

DOCKET = m.Docket("FPC-2026-0003", "Electronic Shelf Labels and Prices that Change During the Day")
PROPOSITIONS = (
    m.Proposition("P1", "Shops should announce changes of price a day ahead.", ("Q1",)),
    m.Proposition("P2", "Prices of food should not rise during the day.", ("Q2",)),
    m.Proposition("P3", "Shops should file their history of prices in a public register.", ("Q2a",)),
)
QUESTIONS = (
    m.Question("Q1", "1", None, "How and when should shops tell customers about changes of price?", 2),
    m.Question("Q2", "2", None, "Should the price of food be allowed to rise during the day?", 2),
    m.Question("Q2a", "2a", "Q2", "What records should shops keep, and for whom?", 3),
)
_THEMES = {
    "T01": ("Notice to customers", ("day ahead", "notice", "posted prices")),
    "T02": ("Cost to small shops", ("small shops", "cost of labels", "staff time")),
    "T03": ("Trust at the till", ("trust", "till", "checkout surprise")),
}
FOR, AGAINST, BOTH = m.Stance.SUPPORT, m.Stance.OPPOSE, m.Stance.MIXED


@dataclass(frozen=True)
class Para:
    """One paragraph: a passage. ``stances`` are the propositions whose evidence it is."""

    text: str
    theme: str | None = None
    questions: tuple[str, ...] = ()
    stances: tuple[tuple[str, m.Stance], ...] = ()
    kind: m.PassageKind = m.PassageKind.BODY
    counted: bool = True
    new_page: bool = False


@dataclass(frozen=True)
class Letter:
    """One submission; ``pdf`` holds an attachment's paragraphs beside the form's ``paras``."""

    number: int
    name: str
    organization: str
    type: m.RespondentType
    paras: tuple[Para, ...]
    pdf: tuple[Para, ...] = ()
    day: int = 1
    signatories: int = 1
    role: m.CampaignRole = m.CampaignRole.UNIQUE
    added: str = ""
    substantive: bool = True

    @property
    def id(self) -> str:
        return f"{DOCKET.docket_id}-{self.number:04d}"


_NOTICE = "Tell us a day ahead when a price is about to change, and post it at the door."
_SURGE = "We ask you to forbid any rise in the price of food while the shop is open."
_TILL = "Nobody should meet a new price at the till."
_FORM = (
    Para(_NOTICE, "T01", ("Q1",), (("P1", FOR),)),
    Para(_SURGE, "T03", ("Q2",), (("P2", FOR),)),
    Para(_TILL, "T03", ("Q2",)),
)
_COPY = tuple(Para(p.text, None, p.questions, p.stances, counted=False) for p in _FORM)
_R = m.RespondentType
_C = m.CampaignRole

LETTERS = (
    Letter(
        1,
        "Harriet Vane-Coombe",
        "Larchfield Foods plc",
        _R.PRIVATE_SECTOR,
        (Para("See attached letter.", kind=m.PassageKind.BOILERPLATE, counted=False),),
        (
            Para("Larchfield Foods plc", kind=m.PassageKind.HEADING, counted=False),
            Para(
                "A day's notice would empty our shelves before every rise, so we oppose it.",
                "T01",
                ("Q1",),
                (("P1", AGAINST),),
            ),
            Para(
                "Prices must be free to move with supply, in the afternoon as in the morning.",
                "T03",
                ("Q2",),
                (("P2", AGAINST),),
            ),
            Para(
                "A public register of prices hands our pricing to rivals.",
                "T02",
                ("Q2a",),
                (("P3", AGAINST),),
                new_page=True,
            ),
        ),
        day=3,
    ),
    Letter(
        2,
        "",
        "Pennywort Grocers Ltd",
        _R.PRIVATE_SECTOR,
        (
            Para(
                "Small shops can't pay someone to post tomorrow's prices each evening.",
                "T02",
                ("Q1",),
                (("P1", AGAINST),),
            ),
            Para(
                "We see no reason to raise the price of bread at noon, and would accept a ban.",
                "T03",
                ("Q2",),
                (("P2", FOR),),
            ),
        ),
        day=3,
    ),
    Letter(
        3,
        "Tobias Quillfeather",
        "Union of Corner Shops",
        _R.ASSOCIATION,
        (
            Para(
                "Our members support notice in principle, but a full day is too long for fresh goods.",
                "T01",
                ("Q1",),
                (("P1", BOTH),),
            ),
            Para(
                "The cost of labels is already more than many small shops can bear.",
                "T02",
                ("Q2a",),
                (("P3", AGAINST),),
            ),
        ),
        day=5,
    ),
    Letter(
        4,
        "Ines Okonjo-Bell",
        "Fair Till Foundation",
        _R.NONPROFIT,
        (
            Para(
                "We strongly support a day's notice: trust begins with posted prices.", "T01", ("Q1",), (("P1", FOR),)
            ),
            Para(
                "Food is no airline seat; its price should stand still until closing time.",
                "T03",
                ("Q2",),
                (("P2", FOR),),
            ),
            Para("A register would let the public check what shops did.", "T03", ("Q2a",), (("P3", FOR),)),
        ),
        day=8,
        signatories=3,
    ),
    Letter(
        5,
        "Dr Imke Vroomen",
        "University of Nordhaven",
        _R.ACADEMIA,
        (
            Para(
                "In our field study, prices that rose at noon fell again by evening.", "T03", ("Q2",), (("P2", BOTH),)
            ),
            Para("Researchers need the history of prices, so we favour the register.", "T02", ("Q2a",), (("P3", FOR),)),
            Para("¹ Vroomen and Falk, working paper.", kind=m.PassageKind.FOOTNOTE, counted=False),
        ),
        day=8,
    ),
    Letter(
        6,
        "Office of Consumer Affairs",
        "City of Tarn Valley",
        _R.GOVERNMENT,
        (
            Para(
                "The City supports notice a day ahead, and already asks for it at markets.",
                "T01",
                ("Q1",),
                (("P1", FOR),),
            ),
            Para("Our inspectors would use the register every week.", "T02", ("Q2a",), (("P3", FOR),)),
        ),
        day=9,
    ),
    Letter(
        7,
        "Odile Marchetti",
        "",
        _R.INDIVIDUAL,
        (
            Para(
                "I like the new labels, but I want to know today what milk costs tomorrow.",
                "T01",
                ("Q1",),
                (("P1", FOR),),
            ),
            Para("A lower price in the evening is welcome; a higher one is not.", "T03", ("Q2",), (("P2", BOTH),)),
        ),
        day=10,
    ),
    Letter(
        8,
        "Anonymous",
        "",
        _R.ANONYMOUS,
        (Para("=1+1 is how they add up. ![](http://pictures.invalid/x.png) <b>Do something</b>."),),
        day=10,
        substantive=False,
    ),
    Letter(
        9,
        "Secretariat",
        "Standing Conference of Weights and Measures",
        _R.OTHER,
        (
            Para(
                "Notice a day ahead is the rule in eleven of our member countries, and it works.",
                "T01",
                ("Q1",),
                (("P1", FOR),),
            ),
        ),
        day=11,
    ),
    Letter(10, "Bram Teasel", "", _R.INDIVIDUAL, _FORM, day=12, role=_C.ORIGINAL),
    Letter(11, "Coral Winnow", "", _R.INDIVIDUAL, _COPY, day=12, role=_C.EXACT),
    Letter(
        12,
        "Desmond Rusk",
        "",
        _R.INDIVIDUAL,
        (
            *_COPY,
            Para("I run a food bank, and a rise at noon costs us forty meals a week.", "T03", ("Q2",), (("P2", FOR),)),
        ),
        day=13,
        role=_C.NEAR,
        added="I run a food bank, and a rise at noon costs us forty meals a week.",
    ),
    Letter(
        13,
        "Elke Sandmartin",
        "",
        _R.ANONYMOUS,
        (
            *_COPY,
            Para("A register is a burden on honest shops and I am against it.", "T02", ("Q2a",), (("P3", AGAINST),)),
        ),
        day=14,
        role=_C.CONTAINS,
        added="A register is a burden on honest shops and I am against it.",
    ),
    Letter(
        14,
        "Finn Arkwright",
        "",
        _R.INDIVIDUAL,
        (
            Para(_TILL, "T03", ("Q2",)),
            Para(
                "Still, let shops change prices when they like; I can walk next door.",
                "T03",
                ("Q2",),
                (("P2", AGAINST),),
            ),
        ),
        day=14,
        role=_C.POSSIBLE,
    ),
)

SKIPPED = "It holds no page that can be read; ask the respondent for a new copy."


def make_analysis(folder: Path) -> Analysis:
    """Write the analysis into ``folder`` and open it.

    14 submissions by 16 signatories are 11 distinct texts: 10 that stand alone (one of them possibly of the
    campaign) and one campaign of four (roles original, exact, near and contains).
    """
    folder.mkdir(parents=True, exist_ok=True)
    files, passages, evidence = _texts()
    t.SUBMISSIONS.write(folder, [_submission(letter, files) for letter in LETTERS])
    t.FILES.write(folder, [*files, _unread()])
    t.PASSAGES.write(folder, passages)
    t.THEMES.write(folder, [_theme(theme_id, passages) for theme_id in _THEMES])
    t.CAMPAIGNS.write(folder, [_campaign()])
    t.CAMPAIGN_MEMBERS.write(folder, [_member(x) for x in LETTERS if x.role is not _C.UNIQUE])
    t.QUESTIONS.write(folder, QUESTIONS)
    t.PROPOSITIONS.write(folder, PROPOSITIONS)
    t.POSITIONS.write(folder, _positions(evidence))
    t.EVIDENCE.write(folder, evidence)
    t.BOXES.write(folder, [])
    t.REVIEWS.write(folder, [])
    save_manifest(folder, _manifest(files, passages))
    return load(folder)


def _date(day: int) -> datetime:
    return datetime(2026, 4, day, 12, tzinfo=UTC)


def _texts() -> tuple[list[m.SourceFile], list[m.Passage], list[m.Evidence]]:
    files: list[m.SourceFile] = []
    passages: list[m.Passage] = []
    evidence: list[m.Evidence] = []
    for letter in LETTERS:
        for paras, form in ((letter.paras, True), (letter.pdf, False)):
            if paras:
                file = _file(letter, paras, form)
                files.append(file)
                _cut(letter, file, paras, passages, evidence)
    return files, passages, evidence


def _file(letter: Letter, paras: tuple[Para, ...], form: bool) -> m.SourceFile:
    text = "\n\n".join(p.text for p in paras)
    starts = (0, *(text.index(p.text) for p in paras if p.new_page))
    digest = sha256(text.encode()).hexdigest()
    return m.SourceFile(
        file_id=f"{letter.id}:{'form' if form else digest[:10]}",
        submission_id=letter.id,
        name="form text" if form else "comment letter.pdf",
        sha256=digest,
        media_type="text/plain" if form else "application/pdf",
        pages=None if form else len(starts),
        text_source=m.TextSource.CSV if form else m.TextSource.PDF_TEXT,
        status=m.FileStatus.OK,
        message="",
        text=text,
        page_starts=() if form else starts,
        role=m.FileRole.FORM if form else m.FileRole.ATTACHMENT,
    )


def _cut(
    letter: Letter,
    file: m.SourceFile,
    paras: tuple[Para, ...],
    passages: list[m.Passage],
    evidence: list[m.Evidence],
) -> None:
    at = 0
    for para in paras:
        start = file.text.index(para.text, at)
        at = start + len(para.text)
        page = sum(first <= start for first in file.page_starts) or None
        passages.append(
            m.Passage(
                passage_id=f"{file.file_id}@{start}",
                submission_id=letter.id,
                file_id=file.file_id,
                page=page,
                start=start,
                end=at,
                text=para.text,
                kind=para.kind,
                theme_id=para.theme,
                theme_score=0.8 if para.theme else None,
                question_ids=para.questions,
                counted=para.counted,
            )
        )
        for proposition_id, stance in para.stances:
            row = m.Evidence(letter.id, proposition_id, stance, file.file_id, page, start, at, para.text, 0.9)
            evidence.append(row)


def _submission(letter: Letter, files: list[m.SourceFile]) -> m.Submission:
    mine = [f for f in files if f.submission_id == letter.id]
    return m.Submission(
        submission_id=letter.id,
        docket_id=DOCKET.docket_id,
        title=f"Comment of {letter.organization or letter.name or 'Anonymous'}",
        submitted_at=_date(letter.day),
        respondent_name=letter.name,
        organization=letter.organization,
        respondent_type=letter.type,
        respondent_type_score=0.9,
        respondent_type_reason="the form names an organisation" if letter.organization else "a person's name only",
        signatories=letter.signatories,
        campaign_id=None if letter.role is _C.UNIQUE else "C1",
        campaign_role=letter.role,
        substantive=letter.substantive,
        substantive_reason="" if letter.substantive else "no argument about the docket",
        language="en",
        words=sum(len(f.text.split()) for f in mine),
        pages=sum(f.pages or 1 for f in mine),
    )


def _unread() -> m.SourceFile:
    return m.SourceFile(
        file_id="file:broken.pdf",
        submission_id=None,
        name="broken.pdf",
        sha256=sha256(b"broken").hexdigest(),
        media_type="application/pdf",
        pages=None,
        text_source=m.TextSource.NONE,
        status=m.FileStatus.SKIPPED,
        message=SKIPPED,
        text="",
        page_starts=(),
        role=m.FileRole.UNREAD,
    )


def _theme(theme_id: str, passages: list[m.Passage]) -> m.Theme:
    label, keywords = _THEMES[theme_id]
    mine = [p for p in passages if p.theme_id == theme_id]
    voices = len({p.submission_id for p in mine})
    shown = tuple(p.passage_id for p in mine[:2])
    return m.Theme(theme_id, label, keywords, None, len(mine), voices, voices, 0.85, shown)


def _campaign() -> m.Campaign:
    members = [x for x in LETTERS if x.role not in (_C.UNIQUE, _C.POSSIBLE)]
    return m.Campaign(
        campaign_id="C1",
        kind=m.CampaignKind.NEAR,
        submissions=len(members),
        template_submission_id=members[0].id,
        template_text="\n\n".join(p.text for p in _FORM),
        first_submitted_at=_date(members[0].day),
        last_submitted_at=_date(members[-1].day),
    )


def _member(letter: Letter) -> m.CampaignMember:
    similarity = {_C.NEAR: 0.8, _C.CONTAINS: 0.7, _C.POSSIBLE: 0.3}.get(letter.role, 1.0)
    return m.CampaignMember("C1", letter.id, letter.role, similarity, letter.added, "")


def _positions(evidence: list[m.Evidence]) -> list[m.Position]:
    found = {(e.submission_id, e.proposition_id): e.stance for e in evidence}
    method = m.PositionMethod.PERFORMATIVE
    return [m.Position(s, p, stance, 0.9, method, False) for (s, p), stance in sorted(found.items())]


def _manifest(files: list[m.SourceFile], passages: list[m.Passage]) -> Manifest:
    return Manifest(
        docket=DOCKET,
        created_at="2026-05-02T09:30:00+00:00",
        seed=0,
        settings={"seed": 0, "embedder": "all-MiniLM-L6-v2"},
        versions={"rfc-analyzer": "0.1.0", "pandas": "3.0.0"},
        models={"all-MiniLM-L6-v2": "0" * 64},
        inputs=(m.InputFile("submissions.csv", "1" * 64, 4_096), m.InputFile("broken.pdf", "2" * 64, 12)),
        counts={
            "submissions": len(LETTERS),
            "signatories": sum(x.signatories for x in LETTERS),
            "distinct_texts": 11,
            "passages": len(passages),
            "files_ok": len(files),
            "files_skipped": 1,
        },
        timings={"ingest": 0.1},
        notes=("The metadata table names one submission twice; it counts once.",),
    )
