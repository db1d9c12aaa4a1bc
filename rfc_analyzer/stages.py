"""The stages of an analysis as the pipeline sees them: what each needs, what it gives, and which tables keep it.

Stages don't know of each other; the functions here hand one's result to the next as new rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from rfc_analyzer import tables
from rfc_analyzer.cache import source_digest
from rfc_analyzer.checkpoints import Checkpoints, digest
from rfc_analyzer.model import (
    Block,
    Campaign,
    CampaignMember,
    CampaignRole,
    Docket,
    Evidence,
    Passage,
    Position,
    Question,
    SourceFile,
    Submission,
    Theme,
)
from rfc_analyzer.model_campaigns import Organiser
from rfc_analyzer.progress import Progress
from rfc_analyzer.registry import known_themes, remember_themes
from rfc_analyzer.request import Request
from rfc_analyzer.tables import Table


@dataclass(frozen=True)
class State:
    """All that is known so far. A stage makes a new one.

    What the files gave stays on the disk (:class:`tables.Stored`) until a stage puts its own rows in place.
    """

    docket: Docket = field(default_factory=lambda: Docket("", ""))
    notes: tuple[str, ...] = ()
    notice_text: str = ""
    submissions: Sequence[Submission] = ()
    files: Sequence[SourceFile] = ()
    blocks: Sequence[Block] = ()
    passages: tuple[Passage, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    members: tuple[CampaignMember, ...] = ()
    organisers: tuple[Organiser, ...] = ()
    questions: tuple[Question, ...] = ()
    themes: tuple[Theme, ...] = ()
    positions: tuple[Position, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def slim(self) -> State:
        """The parts that are no tables."""
        return State(docket=self.docket, notes=self.notes, notice_text=self.notice_text)


# what reading the files gives, by fields of the state, and what no later stage needs
_INGEST = "ingest"
_READ: Mapping[str, Table[Any]] = {
    "submissions": tables.SUBMISSIONS,
    "files": tables.FILES,
    "blocks": tables.BLOCKS,
}
_BESIDE = (tables.BOXES, tables.INPUTS)

_NO_QUESTIONS = "No numbered questions were found in the notice; list them, to have answers sorted by question."

_FROM_JSON: Mapping[str, Callable[[Any], Any]] = {
    "docket": lambda plain: Docket(**plain),
    "notes": tuple,
    "notice_text": str,
}


@dataclass(frozen=True)
class Stage:
    """``keeps`` maps fields of :class:`State` to the tables that keep them; ``extra`` names its other fields.

    ``streams`` does the same for tables that ``run`` writes itself, row by row, and that the state leaves on the disk;
    ``beside`` are tables that it writes and that no later stage needs.
    """

    name: str
    title: str
    run: Callable[[State, Request, Progress], State]
    keeps: Mapping[str, Table[Any]]
    depends: Callable[[Request], Any]
    after: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    streams: Mapping[str, Table[Any]] = field(default_factory=dict)
    beside: tuple[Table[Any], ...] = ()

    @property
    def written(self) -> tuple[Table[Any], ...]:
        """All tables that the stage leaves."""
        return (*self.keeps.values(), *self.streams.values(), *self.beside)

    def save(self, state: State, key: str, checkpoints: Checkpoints) -> None:
        """Keep what this stage gave, beside what it has written itself."""
        rows = [(table, getattr(state, name)) for name, table in self.keeps.items()]
        known = asdict(state.slim())
        extra = {name: known[name] for name in self.extra}
        checkpoints.save(self.name, key, rows, extra, begun=bool(self.streams))

    def restore(self, state: State, checkpoints: Checkpoints) -> State:
        """The state as this stage left it."""
        found = checkpoints.extra(self.name)
        changes: dict[str, Any] = {name: _FROM_JSON[name](found[name]) for name in self.extra}
        changes |= {name: tuple(checkpoints.rows(self.name, table)) for name, table in self.keeps.items()}
        changes |= {name: checkpoints.stored(self.name, table) for name, table in self.streams.items()}
        return replace(state, **changes)


def read_inputs(state: State, request: Request, progress: Progress) -> State:
    """Every input file is read; submissions are put together."""
    from rfc_analyzer.ingest import ingest
    from rfc_analyzer.questions import read_questions

    settings, docket = request.settings.ingest, _named_docket(request)
    place = Checkpoints(request.work).begin(_INGEST)
    with tables.writing(place, (*_READ.values(), *_BESIDE)) as sink:
        intake = ingest(
            request.inputs,
            settings,
            progress,
            sink,
            request.rfc,
            request.metadata,
            docket,
            request.cache,
            request.reading,
            request.missing,
        )
    questions = tuple(read_questions(intake.notice)) if intake.notice else ()
    return replace(
        state,
        docket=intake.docket,
        notes=intake.notes,
        notice_text=intake.notice.text if intake.notice else "",
        questions=questions,
    )


def _named_docket(request: Request) -> str:
    return request.codebook.docket.docket_id if request.codebook else ""


def cut_passages(state: State, request: Request, progress: Progress) -> State:
    """Texts are cut into passages; the notice's own words, signatures and footnotes are told apart."""
    from rfc_analyzer.passages import split_passages

    found = split_passages(state.files, state.blocks, request.settings.passages, state.notice_text)
    return replace(state, passages=tuple(found))


def attribute_respondents(state: State, request: Request, progress: Progress) -> State:
    """Who speaks in each submission, and which type of respondent that is."""
    from rfc_analyzer.respondents import attribute

    progress.stage("Telling who speaks", len(state.submissions))
    rules = request.codebook.type_rules if request.codebook else ()
    found = {a.submission_id: a for a in attribute(state.submissions, state.files, state.passages, rules)}
    progress.advance(len(found))
    submissions = []
    for submission in state.submissions:
        who = found[submission.submission_id]
        submissions.append(
            replace(
                submission,
                respondent_type=who.respondent_type,
                respondent_type_score=who.score,
                respondent_type_reason=who.reason,
                respondent_name=who.respondent_name,
                organization=who.organization,
                substantive=who.substantive,
                substantive_reason=who.substantive_reason,
                language=who.language,
                signatories=max(who.signatories, submission.signatories),
            )
        )
    return replace(state, submissions=tuple(submissions))


def find_campaigns(state: State, request: Request, progress: Progress) -> State:
    """Form letters are found; what they repeat is not counted again."""
    from rfc_analyzer.campaigns import find_campaigns as find

    joined, confirmed = _judged(request)
    result = find(
        state.submissions,
        state.passages,
        request.settings.campaigns,
        request.settings.seed,
        joined,
        confirmed,
        request.reading_words,
    )
    of = {m.submission_id: m for m in result.members}
    submissions = [
        replace(s, campaign_id=of[s.submission_id].campaign_id, campaign_role=of[s.submission_id].role)
        if s.submission_id in of
        else s
        for s in state.submissions
    ]
    passages = [replace(p, counted=False) if p.passage_id in result.repeated else p for p in state.passages]
    return replace(
        state,
        submissions=tuple(submissions),
        passages=tuple(passages),
        campaigns=result.campaigns,
        members=result.members,
        organisers=result.organisers,
    )


def _judged(request: Request) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    """What people took into campaigns: letters, each with one of the campaign, and a letter of each family."""
    judged = request.judged
    return (judged.joined, judged.confirmed) if judged else (frozenset(), frozenset())


def route_questions(state: State, request: Request, progress: Progress) -> State:
    """Each passage gets the questions that it names or answers; those that a person listed, where one did."""
    from rfc_analyzer.questions import route

    progress.stage("Sorting by question", len(state.passages))
    if request.asked:
        state = replace(state, questions=request.asked)
    if not state.questions:
        return replace(state, notes=(*state.notes, _NO_QUESTIONS)) if request.rfc else state
    # only what argues is sorted by meaning; the rest need not be embedded
    counted = [p for p in state.passages if p.counted]
    encoded = request.embedder.encode([p.text for p in counted])
    vectors = {p.passage_id: row for p, row in zip(counted, encoded, strict=True)}
    question_vectors = request.embedder.encode([q.text for q in state.questions])
    routes = route(state.passages, state.questions, vectors, question_vectors)
    progress.advance(len(state.passages))
    return replace(state, passages=tuple(routes[p.passage_id].given_to(p) for p in state.passages))


def find_themes(state: State, request: Request, progress: Progress) -> State:
    """Counted passages are grouped into themes."""
    from rfc_analyzer.themes import find_themes as find

    counted = [p for p in state.passages if p.counted]
    progress.stage("Finding themes", len(counted))
    vectors = request.embedder.encode([p.text for p in counted])
    folder, seeds = request.work.parent, request.codebook.seed_themes if request.codebook else ()
    known = known_themes(folder)
    made_with = digest(asdict(request.settings.themes), request.settings.embedder, seeds)
    own_phrases = (state.docket.title, *(q.text for q in state.questions))
    worded_with = digest(own_phrases, source_digest("themes"))
    result = find(
        counted,
        vectors,
        request.settings.themes,
        request.settings.seed,
        own_phrases=own_phrases,
        seed_themes=seeds,
        encode=request.embedder.encode,
        progress=progress,
        assign=request.assign,
        known=known,
        questions=state.questions,
        # other settings, or all anew: the themes are found again, and keep their names where they are the same
        regroup=not tables.THEMES.path(folder).exists() or any(theme.made_with != made_with for theme in known),
        reword=any(theme.worded_with != worded_with for theme in known),
    )
    passages = []
    for p in state.passages:
        theme_id, score = result.assignments.get(p.passage_id, (None, None))
        x, y = result.places.get(p.passage_id, (None, None))
        why = result.without.get(p.passage_id)
        passages.append(replace(p, theme_id=theme_id, theme_score=score, no_theme=why, map_x=x, map_y=y))
    remember_themes(folder, result.themes, passages, known, made_with, worded_with, result.words_kept)
    notes = (*state.notes, result.note) if result.note else state.notes
    return replace(state, passages=tuple(passages), themes=result.themes, notes=notes)


def read_positions(state: State, request: Request, progress: Progress) -> State:
    """Where each submission stands on each proposition of the codebook."""
    if not request.codebook:
        return state
    from rfc_analyzer.positions import read_positions as read

    progress.stage("Reading positions", len(state.submissions))
    result = read(
        request.codebook.propositions,
        state.submissions,
        state.passages,
        request.embedder,
        request.settings.positions,
        request.reviewed,
        request.settings.seed,
        inherits=_templates(state),
        progress=progress,
        reader=request.stance_reader,
    )
    return replace(state, positions=result.positions, evidence=result.evidence)


def _templates(state: State) -> dict[str, str]:
    """For each copy of a campaign's letter, the submission that holds the template."""
    template = {c.campaign_id: c.template_submission_id for c in state.campaigns}
    apart = (CampaignRole.ORIGINAL, CampaignRole.POSSIBLE)
    return {m.submission_id: template[m.campaign_id] for m in state.members if m.role not in apart}


STAGES: Sequence[Stage] = (
    Stage(
        _INGEST,
        "Reading files",
        read_inputs,
        {"questions": tables.QUESTIONS},
        lambda request: (asdict(request.settings.ingest), _named_docket(request)),
        extra=("docket", "notes", "notice_text"),
        streams=_READ,
        beside=_BESIDE,
    ),
    Stage(
        "passages",
        "Cutting passages",
        cut_passages,
        {"passages": tables.PASSAGES},
        lambda request: asdict(request.settings.passages),
        after=("ingest",),
    ),
    Stage(
        "respondents",
        "Telling who speaks",
        attribute_respondents,
        {"submissions": tables.SUBMISSIONS},
        lambda request: request.codebook.type_rules if request.codebook else (),
        after=("passages",),
    ),
    Stage(
        "campaigns",
        "Finding campaigns",
        find_campaigns,
        {
            "submissions": tables.SUBMISSIONS,
            "passages": tables.PASSAGES,
            "campaigns": tables.CAMPAIGNS,
            "members": tables.CAMPAIGN_MEMBERS,
            "organisers": tables.ORGANISERS,
        },
        lambda request: (
            asdict(request.settings.campaigns),
            request.settings.seed,
            [sorted(judged) for judged in _judged(request)],
        ),
        after=("respondents",),
    ),
    Stage(
        "questions",
        "Sorting by question",
        route_questions,
        {"passages": tables.PASSAGES, "questions": tables.QUESTIONS},
        lambda request: (request.settings.embedder, request.asked, bool(request.rfc)),
        after=("campaigns",),
        extra=("notes",),
    ),
    Stage(
        "themes",
        "Finding themes",
        find_themes,
        {"passages": tables.PASSAGES, "themes": tables.THEMES},
        lambda request: (
            asdict(request.settings.themes),
            request.settings.seed,
            request.codebook.seed_themes if request.codebook else (),
        ),
        after=("questions",),
        extra=("notes",),
    ),
    Stage(
        "positions",
        "Reading positions",
        read_positions,
        {"positions": tables.POSITIONS, "evidence": tables.EVIDENCE},
        lambda request: (
            asdict(request.settings.positions),
            request.settings.seed,
            request.settings.embedder,
            request.codebook.propositions if request.codebook else (),
            request.reviewed,
        ),
        after=("campaigns",),
    ),
)
