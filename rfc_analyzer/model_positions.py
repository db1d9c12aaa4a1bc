"""Types about positions; part of the vocabulary of :mod:`rfc_analyzer.model`."""

from __future__ import annotations

from enum import StrEnum


class PositionMethod(StrEnum):
    """How a stance was read.

    ``PERFORMATIVE`` and ``CUES`` by the wording, ``READER`` by the trained reader, ``RELATED`` by what that sees on
    other propositions, ``LEARNED`` by what other submissions teach, ``REVIEWED`` by a person.
    """

    PERFORMATIVE = "performative"
    CUES = "cues"
    READER = "reader"
    RELATED = "related"
    LEARNED = "learned"
    REVIEWED = "reviewed"
