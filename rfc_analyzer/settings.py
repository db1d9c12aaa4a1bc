"""What a user may set, with the defaults. The manifest records all of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class OcrEngine(StrEnum):
    """What reads scans and pictures; RapidOCR is an extra."""

    TESSERACT = "tesseract"
    RAPIDOCR = "rapidocr"


class EngineKind(StrEnum):
    """What runs the stages."""

    LOCAL = "local"
    DASK = "dask"


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """What runs the stages. It changes no result.

    ``scheduler`` is the address of a running Dask cluster, worker processes on this machine are started where it is
    None; ``storage`` is a place for partitions that all workers see, a folder or any place that fsspec knows.
    """

    kind: EngineKind = EngineKind.LOCAL
    scheduler: str | None = None
    storage: str | None = None


@dataclass(frozen=True, slots=True)
class MetadataColumns:
    """Names of the metadata table's columns, where they are not the usual ones."""

    id: str | None = None
    text: str | None = None
    name: str | None = None
    organization: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Bounds on one file, so that a hostile one costs only itself; and what reads the pictures in it."""

    max_pages: int = 1_500
    max_bytes: int = 512 * 1024 * 1024
    max_letters: int = 5_000_000
    max_memory_bytes: int = 2 * 1024**3
    cpu_seconds: float = 60.0
    cpu_seconds_per_page: float = 0.5
    max_image_pixels: int = 25_000_000
    archive_members: int = 50_000
    archive_bytes: int = 4 * 1024**3
    archive_ratio: int = 200
    archive_depth: int = 3
    ocr: OcrEngine = OcrEngine.TESSERACT


@dataclass(frozen=True, slots=True)
class IngestSettings:
    """How inputs are read; ``workers`` is the number of reading processes."""

    columns: MetadataColumns = field(default_factory=MetadataColumns)
    limits: ReadingLimits = field(default_factory=ReadingLimits)
    workers: int = 2


@dataclass(frozen=True, slots=True)
class PassageSettings:
    """Passages hold up to ``max_sentences`` sentences and about ``target_words`` words."""

    target_words: int = 60
    max_words: int = 120
    max_sentences: int = 3


@dataclass(frozen=True, slots=True)
class CampaignSettings:
    """MinHash over ``shingle_words``-word shingles; letters of one campaign share ``near_jaccard`` of them."""

    shingle_words: int = 3
    hashes: int = 128
    bands: int = 32
    near_jaccard: float = 0.5
    containment: float = 0.7


class ThemeDetail(StrEnum):
    """How broad themes are."""

    COARSE = "coarse"
    MEDIUM = "medium"
    FINE = "fine"

    @property
    def resolution(self) -> float:
        """That of the grouping."""
        return {ThemeDetail.COARSE: 0.5, ThemeDetail.MEDIUM: 1.0, ThemeDetail.FINE: 3.0}[self]


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """``resolution`` is that of a :class:`ThemeDetail`, or any other: the higher, the more themes.

    With ``question_seeds`` passages that answer a question of the notice form a theme of that question.
    """

    resolution: float = 1.0
    question_seeds: bool = False
    neighbours: int = 60
    respondent_centring: float = 0.8
    stability_runs: int = 3


@dataclass(frozen=True, slots=True)
class PositionSettings:
    """``min_confidence`` is the confidence below which no position is given."""

    min_confidence: float = 0.5
    quotes_per_position: int = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of an analysis."""

    seed: int = 0
    embedder: str = "all-MiniLM-L6-v2"
    ingest: IngestSettings = field(default_factory=IngestSettings)
    passages: PassageSettings = field(default_factory=PassageSettings)
    campaigns: CampaignSettings = field(default_factory=CampaignSettings)
    themes: ThemeSettings = field(default_factory=ThemeSettings)
    positions: PositionSettings = field(default_factory=PositionSettings)
