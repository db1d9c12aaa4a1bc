"""The vocabulary of the project: frozen types and closed sets, and nothing that computes.

Every table of an analysis folder is a sequence of one of these types; a field
here is the column of that name there. Objects refer to each other by id.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rfc_analyzer.model_positions import PositionMethod
from rfc_analyzer.model_themes import NoTheme


class RespondentType(StrEnum):
    """Who is speaking."""

    INDIVIDUAL = "individual"
    PRIVATE_SECTOR = "private_sector"
    ASSOCIATION = "association"
    NONPROFIT = "nonprofit"
    ACADEMIA = "academia"
    GOVERNMENT = "government"
    ANONYMOUS = "anonymous"
    OTHER = "other"


class CampaignRole(StrEnum):
    """How a submission stands to a campaign; ``POSSIBLE`` is for review and is not counted in."""

    UNIQUE = "unique"
    ORIGINAL = "original"
    EXACT = "exact"
    NEAR = "near"
    CONTAINS = "contains"
    POSSIBLE = "possible"


class CampaignKind(StrEnum):
    """How alike the letters of a campaign are.

    ``SUSPECTED`` letters look as if their parts were drawn from lists; none of them is counted into the campaign
    until a person has judged that they are one letter, which makes them ``SLOT_FILLED``.
    """

    EXACT = "exact"
    NEAR = "near"
    SUSPECTED = "suspected"
    SLOT_FILLED = "slot_filled"


class TextSource(StrEnum):
    """Where a file's text came from."""

    PDF_TEXT = "pdf_text"
    PDF_LAYOUT = "pdf_layout"
    OCR = "ocr"
    DOCX = "docx"
    HTML = "html"
    TXT = "txt"
    CSV = "csv"
    JSON = "json"
    EMAIL = "email"
    RTF = "rtf"
    ODT = "odt"
    XLSX = "xlsx"
    IMAGE = "image"
    NONE = "none"


RECOGNISED = frozenset({TextSource.OCR, TextSource.IMAGE})
"""Sources whose text was recognised from pictures: its letters may be wrong."""


class FileStatus(StrEnum):
    """What became of a file; whatever is not ``OK`` carries a message."""

    OK = "ok"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    DUPLICATE = "duplicate"


class FileRole(StrEnum):
    """What a file is to its submission; only ``FORM`` and ``ATTACHMENT`` speak for the respondent."""

    FORM = "form"
    ATTACHMENT = "attachment"
    EXHIBIT = "exhibit"
    NOTICE = "notice"
    METADATA = "metadata"
    UNREAD = "unread"


class PassageKind(StrEnum):
    """What a passage is; see :data:`ARGUMENT_KINDS` for those that can carry an argument."""

    BODY = "body"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    QUOTE = "quote"
    FOOTNOTE = "footnote"
    SALUTATION = "salutation"
    SIGNATURE = "signature"
    BOILERPLATE = "boilerplate"
    RFC_TEXT = "rfc_text"


ARGUMENT_KINDS = frozenset({PassageKind.BODY, PassageKind.LIST, PassageKind.TABLE})


class Stance(StrEnum):
    """A respondent's position on a proposition. Not addressed is the absence of a position."""

    SUPPORT = "support"
    OPPOSE = "oppose"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Docket:
    """What the agency asked, in short."""

    docket_id: str
    title: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was given to the analysis; ``path`` is relative to the input it was found under."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Submission:
    """One respondent's answer: the form text plus all its attachments.

    ``declared_type``, ``country`` and ``tracking_number``, the agency's receipt, are as the docket's metadata spells
    them; ``note`` says what was unusual about the rows it came from; ``link`` is its page on the web.
    """

    submission_id: str
    docket_id: str
    title: str
    submitted_at: datetime | None
    respondent_name: str
    organization: str
    respondent_type: RespondentType = RespondentType.OTHER
    respondent_type_score: float = 0.0
    respondent_type_reason: str = ""
    signatories: int = 1
    campaign_id: str | None = None
    campaign_role: CampaignRole = CampaignRole.UNIQUE
    substantive: bool = True
    substantive_reason: str = ""
    language: str = ""
    words: int = 0
    pages: int = 0
    declared_type: str = ""
    note: str = ""
    country: str = ""
    link: str = ""
    tracking_number: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One input text. ``page_starts[i]`` is the offset in ``text`` at which page ``i + 1`` begins.

    ``ocr_confidence`` (0..1) is how sure the text recogniser was on the pages that it read; None where it read none.
    """

    file_id: str
    submission_id: str | None
    name: str
    sha256: str
    media_type: str
    pages: int | None
    text_source: TextSource
    status: FileStatus
    message: str
    text: str
    page_starts: tuple[int, ...]
    role: FileRole = FileRole.ATTACHMENT
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A span of a file's text that the reader saw as one unit (paragraph, heading, footnote …)."""

    file_id: str
    page: int | None
    start: int
    end: int
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class Box:
    """Where a line stands on its page: points, origin at the top left."""

    file_id: str
    page: int
    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit that is embedded and themed: ``text == file.text[start:end]``, always.

    ``counted`` is false where it repeats a campaign's text that is already
    counted, or is not the respondent's own argument. ``no_theme`` says why one that counts has no theme; ``map_x`` and
    ``map_y`` are its place on the map of themes, about within -1..1. Where no question is named, ``question_score`` is
    how likely (0..1) the question nearest in meaning is the one it answers, which ``question_ids`` holds from .5 on;
    ``question_reason`` says why it has a question, or which was nearest.
    """

    passage_id: str
    submission_id: str
    file_id: str
    page: int | None
    start: int
    end: int
    text: str
    kind: PassageKind
    theme_id: str | None = None
    theme_score: float | None = None
    question_ids: tuple[str, ...] = ()
    questions_named: tuple[str, ...] = ()
    counted: bool = True
    no_theme: NoTheme | None = None
    map_x: float | None = None
    map_y: float | None = None
    question_score: float | None = None
    question_reason: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject that respondents raise, or (``is_rest``) what is left beside these; ``is_new``: no earlier run had it.

    ``submissions`` and ``distinct_texts`` count respondents' submissions and texts after collapsing campaigns;
    ``stability`` is in 0..1, or None where not measured. ``description`` is a sentence of the respondents' own phrases.
    """

    theme_id: str
    label: str
    keywords: tuple[str, ...]
    parent_id: str | None
    passages: int
    submissions: int
    distinct_texts: int
    stability: float | None
    representative_passage_ids: tuple[str, ...]
    description: str = ""
    is_new: bool = False
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class Campaign:
    """Letters that are one letter. ``submissions`` counts its members, ``possible`` ones left out.

    ``variants`` is how many different texts these members have; 0 where that was not counted.
    """

    campaign_id: str
    kind: CampaignKind
    submissions: int
    template_submission_id: str
    template_text: str
    first_submitted_at: datetime | None
    last_submitted_at: datetime | None
    variants: int = 0


@dataclass(frozen=True, slots=True)
class CampaignMember:
    """One letter of a campaign, and how it differs from the template.

    Members with the same words have the same ``variant``: 1 is the template's, 2 the next most frequent, and so on;
    0 where it was not told.
    """

    campaign_id: str
    submission_id: str
    role: CampaignRole
    similarity: float
    added_text: str
    removed_text: str
    variant: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """A numbered question of the notice: ``number`` as printed there without punctuation ("1a", "2d(i)")."""

    question_id: str
    number: str
    parent_id: str | None
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Proposition:
    """A statement that respondents may support or oppose."""

    proposition_id: str
    text: str
    question_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """Where a submission stands on a proposition it takes up."""

    submission_id: str
    proposition_id: str
    stance: Stance
    confidence: float
    method: PositionMethod
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote behind a position: ``quote == file.text[start:end]``, always."""

    submission_id: str
    proposition_id: str
    stance: Stance
    file_id: str
    page: int | None
    start: int
    end: int
    quote: str
    score: float


@dataclass(frozen=True, slots=True)
class Review:
    """A person's correction. Reviews are only ever added."""

    review_id: str
    at: datetime
    reviewer: str
    table: str
    row_id: str
    column: str
    old: str
    new: str
    note: str


@dataclass(frozen=True, slots=True)
class TypeRule:
    """A codebook's own rule: a name or organisation that holds ``pattern`` (a regular expression) is of this type."""

    pattern: str
    respondent_type: RespondentType


@dataclass(frozen=True, slots=True)
class Codebook:
    """What an analyst asks of a docket: propositions, seed themes (name → words) and type rules."""

    docket: Docket
    propositions: tuple[Proposition, ...]
    seed_themes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    type_rules: tuple[TypeRule, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewedStance:
    """A stance that a person gave; ``stance`` None means that the submission does not address the proposition."""

    submission_id: str
    proposition_id: str
    stance: Stance | None
