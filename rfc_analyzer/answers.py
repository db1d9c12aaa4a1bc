"""The agency's answers to comments: a response and a disposition that people write, and the program never guesses.

They are kept as reviews, so that they stay through every new run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rfc_analyzer.model import Review, Stance
from rfc_analyzer.tables import Table


class Disposition(StrEnum):
    """What the agency does about a comment."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted_in_part"
    NOT_ACCEPTED = "not_accepted"
    NOTED = "noted"
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the agency says to one comment; ``disposition`` None and an empty ``response`` where nothing yet."""

    comment_id: str
    response: str = ""
    disposition: Disposition | None = None


ANSWERS: Table[Answer] = Table("answers", Answer)
"""Not a file of the analysis folder: its rows are in the reviews alone."""

_STANCES = frozenset(s.value for s in Stance)


def position_comment(submission_id: str, proposition_id: str, stance: Stance) -> str:
    """The id of what a submission says for or against a proposition."""
    return f"{submission_id}|{proposition_id}|{stance.value}"


def passage_comment(submission_id: str, passage_id: str) -> str:
    """The id of a passage of a submission that takes no position."""
    return f"{submission_id}|{passage_id}"


def parts_of(comment_id: str) -> tuple[str, str]:
    """The submission, and the proposition or passage, that the id of a comment names; empty where it is none."""
    head, _, last = comment_id.rpartition("|")
    if last not in _STANCES:
        return head, last
    submission_id, _, proposition_id = head.rpartition("|")
    return submission_id, proposition_id


def answers_given(reviews: Sequence[Review]) -> dict[str, Answer]:
    """The answers by comment, as the last reviews leave them; those that were emptied again are left out."""
    found: dict[str, Answer] = {}
    for one in reviews:
        if one.table != ANSWERS.name:
            continue
        known = found.get(one.row_id, Answer(one.row_id))
        if one.column == ANSWERS.c.disposition:
            found[one.row_id] = replace(known, disposition=Disposition(one.new) if one.new else None)
        else:
            found[one.row_id] = replace(known, response=one.new)
    return {key: answer for key, answer in found.items() if answer.response or answer.disposition}
