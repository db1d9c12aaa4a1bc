"""One submission, whole: its files, and all that was found in them, each where it stands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import (
    ARGUMENT_KINDS,
    RECOGNISED,
    Box,
    Campaign,
    CampaignMember,
    Evidence,
    Passage,
    Position,
    Proposition,
    Question,
    SourceFile,
    Submission,
    Theme,
)
from rfc_analyzer.querying import rows_where
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import (
    BOXES,
    CAMPAIGN_MEMBERS,
    CAMPAIGNS,
    EVIDENCE,
    FILES,
    PASSAGES,
    POSITIONS,
    PROPOSITIONS,
    QUESTIONS,
    SUBMISSIONS,
    THEMES,
    Table,
)

Row = TypeVar("Row")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """A position of a submission, with the words that show it in the order in which they stand."""

    proposition: Proposition
    position: Position
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A submission and what was found in it. ``themes`` and ``questions`` are those of its passages, the most first.

    ``member`` and ``campaign`` say to which form letter it belongs, or may belong; None where to none.
    """

    submission: Submission
    files: tuple[SourceFile, ...]
    passages: tuple[Passage, ...]
    stands: tuple[Stand, ...]
    themes: tuple[tuple[Theme, int], ...]
    questions: tuple[tuple[Question, int], ...]
    member: CampaignMember | None
    campaign: Campaign | None

    @property
    def respondent(self) -> str:
        """The organisation, else the person's name, else what stands for none."""
        return self.submission.organization or self.submission.respondent_name or "Anonymous"

    def file(self, file_id: str) -> SourceFile:
        """The file with this id. Raises ``StopIteration`` where there is none."""
        return next(f for f in self.files if f.file_id == file_id)


def read_submission(analysis: Analysis, submission_id: str) -> Reading:
    """All about one submission. Raises :class:`BadInput` where the analysis doesn't have it."""
    found = _where(analysis, SUBMISSIONS, SUBMISSIONS.c.submission_id, submission_id)
    if not found:
        raise BadInput(f"the analysis has no submission {submission_id}; choose one from the list")
    passages = _where(analysis, PASSAGES, PASSAGES.c.submission_id, submission_id)
    member = next(iter(_where(analysis, CAMPAIGN_MEMBERS, CAMPAIGN_MEMBERS.c.submission_id, submission_id)), None)
    campaigns = _where(analysis, CAMPAIGNS, CAMPAIGNS.c.campaign_id, member.campaign_id) if member else []
    return Reading(
        submission=found[0],
        files=tuple(_where(analysis, FILES, FILES.c.submission_id, submission_id)),
        passages=tuple(sorted(passages, key=lambda p: (p.file_id, p.start))),
        stands=tuple(_stands(analysis, submission_id)),
        themes=tuple(_counted(THEMES.rows_of(analysis.themes), THEMES.c.theme_id, [p.theme_id for p in passages])),
        questions=tuple(
            _counted(
                QUESTIONS.rows_of(analysis.questions),
                QUESTIONS.c.question_id,
                [q for p in passages for q in p.question_ids],
            )
        ),
        member=member,
        campaign=next(iter(campaigns), None),
    )


def lines_of(analysis: Analysis, file_id: str, page: int, spans: Collection[tuple[int, int]]) -> list[Box]:
    """The lines of a page on which any of ``spans`` of the file's text stand."""
    here = [box for box in rows_where(analysis, BOXES, BOXES.c.file_id, (file_id,)) if box.page == page]
    return [box for box in here if any(box.start < end and start < box.end for start, end in spans)]


def was_recognised(file: SourceFile) -> bool:
    """True where the text, or a part of it, was recognised from a picture, so that letters may be wrong."""
    return file.text_source in RECOGNISED or file.ocr_confidence is not None


@dataclass(frozen=True, slots=True)
class Letters:
    """A form letter beside one of its letters. Spans are in the texts; None where the texts are too long to align."""

    template: str
    text: str
    removed: Spans | None
    added: Spans | None


def beside_template(analysis: Analysis, campaign_id: str, submission_id: str) -> Letters:
    """What ``submission_id`` changed in the form letter. Raises :class:`BadInput` where there is no such campaign."""
    # costs half a second the first time, which only those pay who look at changes
    from rfc_analyzer.campaigns.differences import changed_spans

    campaigns = _where(analysis, CAMPAIGNS, CAMPAIGNS.c.campaign_id, campaign_id)
    if not campaigns:
        raise BadInput(f"the analysis has no campaign {campaign_id}; choose one from the list")
    template = campaigns[0].template_text
    passages = _where(analysis, PASSAGES, PASSAGES.c.submission_id, submission_id)
    text = "\n".join(p.text for p in passages if p.kind in ARGUMENT_KINDS)
    changed = changed_spans(template, text)
    if changed is None:
        return Letters(template, text, None, None)
    return Letters(template, text, changed.removed, changed.added)


def _stands(analysis: Analysis, submission_id: str) -> list[Stand]:
    positions = {p.proposition_id: p for p in _where(analysis, POSITIONS, POSITIONS.c.submission_id, submission_id)}
    evidence = _where(analysis, EVIDENCE, EVIDENCE.c.submission_id, submission_id)
    evidence.sort(key=lambda e: (e.file_id, e.start))
    return [
        Stand(
            proposition,
            positions[proposition.proposition_id],
            tuple(e for e in evidence if e.proposition_id == proposition.proposition_id),
        )
        for proposition in PROPOSITIONS.rows_of(analysis.propositions)
        if proposition.proposition_id in positions
    ]


def _counted(rows: Sequence[Row], key: str, held: Sequence[str | None]) -> list[tuple[Row, int]]:
    """``rows`` whose ``key`` is among ``held``, with how often; the most frequent first."""
    counted = [(row, held.count(getattr(row, key))) for row in rows]
    return sorted(((row, n) for row, n in counted if n), key=lambda pair: -pair[1])


def _where(analysis: Analysis, table: Table[Row], column: str, value: str) -> list[Row]:
    return rows_where(analysis, table, column, (value,))
