"""Further types about form letters and joint letters, each a row of a table of the same fields."""

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


@dataclass(frozen=True, slots=True)
class Signatory:
    """Somebody who signed a letter that lists its signatories: ``name == file.text[start:end]``, always.

    ``is_body`` tells an organisation from a person.
    """

    submission_id: str
    name: str
    is_body: bool
    file_id: str
    page: int | None
    start: int
    end: int
