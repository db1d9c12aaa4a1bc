"""Further types about form letters, each a row of a table of the same fields."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who organised a campaign, as its letters say: ``submissions`` of its members say so, the quote is of one.

    ``quote == file.text[start:end]``, always.
    """

    campaign_id: str
    name: str
    reason: str
    submissions: int
    submission_id: str
    file_id: str
    page: int | None
    start: int
    end: int
    quote: str
