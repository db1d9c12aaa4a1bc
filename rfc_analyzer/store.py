"""The analysis folder: the only thing that one part of the program hands to another."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd
import pyarrow.parquet as pq

from rfc_analyzer import tables
from rfc_analyzer.belonging import Belonging, belonging_in
from rfc_analyzer.errors import BadAnalysis
from rfc_analyzer.model import Docket, InputFile, Review
from rfc_analyzer.places import Place, is_on_store
from rfc_analyzer.reviews import corrected, reviews_in, touches
from rfc_analyzer.theming import Theming, theming_in

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"

Row = TypeVar("Row")
Result = TypeVar("Result")
_MOST_REMEMBERED = 96


@dataclass(frozen=True)
class Manifest:
    """What made the analysis: inputs, settings, versions, model hashes, counts and timings in seconds."""

    docket: Docket
    created_at: str
    seed: int
    settings: Mapping[str, Any]
    versions: Mapping[str, str]
    models: Mapping[str, str]
    inputs: tuple[InputFile, ...]
    counts: Mapping[str, int]
    timings: Mapping[str, float]
    notes: tuple[str, ...] = ()
    schema_version: int = SCHEMA_VERSION

    def to_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["docket"] = {"id": self.docket.docket_id, "title": self.docket.title}
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Manifest:
        known = dict(plain)
        known["docket"] = Docket(plain["docket"]["id"], plain["docket"]["title"])
        known["inputs"] = tuple(InputFile(**item) for item in plain["inputs"])
        known["notes"] = tuple(plain.get("notes", ()))
        return cls(**known)


@dataclass(frozen=True)
class Analysis:
    """A finished analysis. Frames are pandas tables; :meth:`rows` gives the same as typed objects.

    Both are as people's reviews leave them; the files in ``folder`` stay as the program wrote them.
    """

    folder: Path
    manifest: Manifest
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)
    _results: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def frame(self, table: tables.Table[Any]) -> pd.DataFrame:
        """The table as a frame with the contract's columns; read once, and shared: copy before changing it."""
        if table.name not in self._frames:
            path = table.path(self.folder)
            if not path.exists():
                self._frames[table.name] = table.schema.empty_table().to_pandas()
            elif touches(table, self.reviews):
                self._frames[table.name] = table.arrow(self.rows(table)).to_pandas()
            else:
                self._frames[table.name] = pq.read_table(path).to_pandas()
        return self._frames[table.name]

    def rows(self, table: tables.Table[Row]) -> list[Row]:
        """The table as typed objects, with people's corrections."""
        if not table.path(self.folder).exists():
            return []
        rows = corrected(table, table.read(self.folder), self.reviews)
        if self._theming:
            rows = self._theming.of(table, rows)
        return self._belonging.of(table, rows) if self._belonging else rows

    @cached_property
    def _belonging(self) -> Belonging | None:
        """Campaigns as people's judgements leave them; None where nobody judged."""
        return belonging_in(self.folder, self.reviews)

    @cached_property
    def _theming(self) -> Theming | None:
        """Themes as people leave them; None where nobody changed any."""
        return theming_in(self.folder, self.reviews)

    @cached_property
    def reviews(self) -> list[Review]:
        """People's corrections as they were when they were first asked for, the oldest first."""
        return reviews_in(self.folder)

    def once(self, what: Hashable, make: Callable[[], Result]) -> Result:
        """What ``make`` makes of this analysis, made once: shared, so copy it before changing it.

        Only the last results are kept, and two threads that ask at once may both make one.
        """
        if what not in self._results:
            made = make()
            while len(self._results) >= _MOST_REMEMBERED:
                self._results.pop(next(iter(self._results)), None)
            self._results[what] = made
            return made
        found: Result = self._results[what]
        return found

    @cached_property
    def submissions(self) -> pd.DataFrame:
        return self.frame(tables.SUBMISSIONS)

    @cached_property
    def files(self) -> pd.DataFrame:
        return self.frame(tables.FILES)

    @cached_property
    def passages(self) -> pd.DataFrame:
        return self.frame(tables.PASSAGES)

    @cached_property
    def themes(self) -> pd.DataFrame:
        return self.frame(tables.THEMES)

    @cached_property
    def campaigns(self) -> pd.DataFrame:
        return self.frame(tables.CAMPAIGNS)

    @cached_property
    def campaign_members(self) -> pd.DataFrame:
        return self.frame(tables.CAMPAIGN_MEMBERS)

    @cached_property
    def questions(self) -> pd.DataFrame:
        return self.frame(tables.QUESTIONS)

    @cached_property
    def propositions(self) -> pd.DataFrame:
        return self.frame(tables.PROPOSITIONS)

    @cached_property
    def positions(self) -> pd.DataFrame:
        return self.frame(tables.POSITIONS)

    @cached_property
    def evidence(self) -> pd.DataFrame:
        return self.frame(tables.EVIDENCE)


def write_json(path: Path, content: Any) -> None:
    """Write at once: a reader sees the old file or the new one."""
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(content, indent=1, ensure_ascii=False, default=str), encoding="utf-8")
    partial.replace(path)


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest; its presence is what makes the folder a finished analysis."""
    write_json(folder / MANIFEST, manifest.to_json())


def load(folder: str | Path) -> Analysis:
    """Open an analysis folder; one on a store (``s3://bucket/name``) is fetched, and what is kept in it stays here.

    Raises :class:`BadAnalysis` where ``folder`` holds no finished analysis, and :class:`BadInput` where a store does
    not answer.
    """
    if is_on_store(folder):
        place = Place(str(folder))
        place.pull(place.here, MANIFEST)
        folder = place.here
    folder = Path(folder)
    path = folder / MANIFEST
    if not path.exists():
        raise BadAnalysis(
            f"{folder} holds no finished analysis; make one with: rfc-analyzer analyze INPUT --output {folder}"
        )
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        version = plain["schema_version"]
        if version > SCHEMA_VERSION:
            raise BadAnalysis(f"{folder} was made by a newer version of this program; update it to open the analysis")
        return Analysis(folder, Manifest.from_json(plain))
    except (KeyError, TypeError, ValueError) as error:
        raise BadAnalysis(f"{path} is damaged ({error}); run the analysis again with --fresh") from error
