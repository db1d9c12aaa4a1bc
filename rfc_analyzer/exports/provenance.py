"""What made the analysis, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rfc_analyzer.comparison import how_far_to_trust
from rfc_analyzer.exports.selection import Selection


def method_lines(selection: Selection, inputs: bool = True) -> Iterator[tuple[str, str, str]]:
    """(part, item, value), all as text; with the hash of every input file, unless ``inputs`` is false."""
    manifest = selection.analysis.manifest
    yield "Docket", "Id", manifest.docket.docket_id
    yield "Docket", "Title", manifest.docket.title
    yield "Analysis", "Made at (UTC)", f"{selection.made_at:%Y-%m-%d %H:%M:%S}"
    yield "Analysis", "Seed", str(manifest.seed)
    yield "Figures", "Filters", selection.asked
    yield "Figures", "Counted in", selection.unit.label
    yield "Texts", "Privacy", selection.privacy
    for number, sentence in enumerate(how_far_to_trust(selection.analysis, selection.filters), start=1):
        yield "Warning", str(number), sentence
    for number, note in enumerate(manifest.notes, start=1):
        yield "Note", str(number), note
    for name, digest in manifest.models.items():
        yield "Model (SHA-256)", name, digest
    for name, version in manifest.versions.items():
        yield "Version", name, version
    for name, value in _flat(manifest.settings):
        yield "Setting", name, value
    for stage, seconds in manifest.timings.items():
        yield "Seconds", stage, f"{seconds:.1f}"
    for file in manifest.inputs if inputs else ():
        yield "Input (SHA-256)", file.path, file.sha256


def _flat(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", "not set" if value is None else str(value)
