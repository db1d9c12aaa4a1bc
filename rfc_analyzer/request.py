"""What the user asked for, and what does the heavy work of the stages: this process, or an engine's workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rfc_analyzer.belonging import Judgements
from rfc_analyzer.cache import Cache, user_cache
from rfc_analyzer.checkpoints import program_digest
from rfc_analyzer.model import Codebook, Question, ReviewedStance
from rfc_analyzer.places import Missing
from rfc_analyzer.settings import EngineKind, EngineSettings, Settings

if TYPE_CHECKING:
    from rfc_analyzer.campaigns.letters import ReadWords
    from rfc_analyzer.embedding import CachedEmbedder
    from rfc_analyzer.engines import Engine
    from rfc_analyzer.ingest import Calls
    from rfc_analyzer.positions import StanceReader
    from rfc_analyzer.themes.clusters import Assign


@dataclass(frozen=True)
class Request:
    """What the user asked for; ``missing`` are files of the inputs that could not be fetched from their store."""

    inputs: tuple[Path, ...]
    settings: Settings
    rfc: Path | None = None
    codebook: Codebook | None = None
    metadata: Path | None = None
    reviewed: tuple[ReviewedStance, ...] = ()
    asked: tuple[Question, ...] = ()
    judged: Judgements | None = None
    missing: tuple[Missing, ...] = ()
    work: Path = Path()
    cache: Cache = field(default_factory=user_cache)
    engine_settings: EngineSettings = field(default_factory=EngineSettings)

    @cached_property
    def engine(self) -> Engine | None:
        """What maps the stages' work; None where this process does it itself."""
        if self.engine_settings.kind is EngineKind.LOCAL:
            return None
        from rfc_analyzer.engines import make_engine

        return make_engine(self.engine_settings, self.settings.ingest.workers, self.work, program_digest())

    @cached_property
    def embedder(self) -> CachedEmbedder:
        """Texts to vectors; what was embedded before is not embedded again."""
        from rfc_analyzer.embedding import CachedEmbedder, load_embedder

        model = load_embedder(self.settings.embedder)
        if self.engine is None:
            return CachedEmbedder(model, self.cache)
        from rfc_analyzer.kernels import EmbedTexts, MappedEmbedding

        kernel = EmbedTexts(self.settings.embedder, model.sha256)
        return CachedEmbedder(model, self.cache, MappedEmbedding(self.engine, kernel))

    @cached_property
    def stance_reader(self) -> StanceReader:
        """Texts to stances; what was read before is not read again."""
        from rfc_analyzer.positions.caching import CachedReader
        from rfc_analyzer.positions.stance_model import ShippedReader

        if self.engine is None:
            return CachedReader(ShippedReader(), self.cache)
        from rfc_analyzer.kernels import MappedReader

        return CachedReader(MappedReader(self.engine), self.cache)

    @property
    def reading(self) -> Callable[[Calls], Iterator[tuple[int, Any]]] | None:
        """What reads files; None for child processes of this one."""
        if self.engine is None:
            return None
        from rfc_analyzer.kernels import MappedReading

        return MappedReading(self.engine, self.settings.ingest.limits)

    @property
    def reading_words(self) -> ReadWords:
        """What reads the words of letters."""
        if self.engine is None:
            from rfc_analyzer.campaigns.letters import read_all_words

            return read_all_words
        from rfc_analyzer.kernels import MappedWords

        return MappedWords(self.engine)

    @property
    def assign(self) -> Assign | None:
        """What puts passages beside the sample to a theme; None for this process."""
        if self.engine is None:
            return None
        from rfc_analyzer.kernels import MappedThemes

        return MappedThemes(self.engine)
