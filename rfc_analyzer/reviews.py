"""People's corrections: only ever added, kept through every new run, and stronger than what the program read.

The tables of an analysis stay as the program wrote them; :func:`corrected` gives them as the reviews leave them, and
that is what a loaded analysis shows. To undo is to review again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from rfc_analyzer.belonging import FAMILY_KINDS, JUDGED_KINDS, JUDGED_ROLES, belonging_in, member_id
from rfc_analyzer.errors import BadInput
from rfc_analyzer.labelling import BLIND_LABELS, agreed
from rfc_analyzer.model import (
    Evidence,
    Position,
    RespondentType,
    Review,
    ReviewedStance,
    Stance,
    Submission,
)
from rfc_analyzer.model_positions import PositionMethod
from rfc_analyzer.subjects import SUBJECT_COLUMNS, Subjects, correct_passages
from rfc_analyzer.tables import (
    CAMPAIGN_MEMBERS,
    CAMPAIGNS,
    EVIDENCE,
    PASSAGES,
    POSITIONS,
    REVIEWS,
    SUBMISSIONS,
    THEMES,
    Table,
)
from rfc_analyzer.theming import THEME_COLUMNS, Theming

NOT_ADDRESSED = "none"
_SHOWN = 5
_S = SUBMISSIONS.c
_NAMES = (_S.respondent_name, _S.organization)
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Change:
    """What a person wants changed. ``row_id`` is a submission's id, :func:`position_id` of a position,
    :func:`~rfc_analyzer.belonging.member_id` of a letter of a campaign, the id of the submission that holds the
    template of suspected letters, a passage's id, or the id of a comment that the agency answers."""

    table: str
    row_id: str
    column: str
    new: str
    note: str = ""


def position_id(submission_id: str, proposition_id: str) -> str:
    """The row id of a position, also of one that is not there because the proposition is not addressed."""
    return f"{submission_id}|{proposition_id}"


def reviews_in(folder: Path) -> list[Review]:
    """All reviews of an analysis, the oldest first."""
    return REVIEWS.read(folder) if REVIEWS.path(folder).exists() else []


def review(
    folder: Path, reviewer: str, changes: Sequence[Change], at: datetime | None = None, confirming: bool = False
) -> list[Review]:
    """Record ``changes`` of the analysis in ``folder``, all or none.

    Changes that change nothing are left out, unless ``confirming``: then a person answers for the value as it is.
    Raises :class:`BadInput` that lists unknown rows, columns that can't be corrected, and values that are not allowed.
    """
    if not reviewer.strip():
        raise BadInput("say who reviews: a name or initials")
    known = reviews_in(folder)
    present = _Present(folder, known)
    problems = [problem for change in changes if (problem := present.problem(change))]
    if problems:
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise BadInput("nothing was recorded: " + "; ".join(problems[:_SHOWN]) + more)
    at = at or datetime.now(UTC)
    added: list[Review] = []
    for change in changes:
        old = present.value(change.table, change.row_id, change.column)
        new = change.new.strip()
        if confirming or old != new:
            number = len(known) + len(added)
            added.append(
                Review(_id(number, change), at, reviewer.strip(), change.table, change.row_id, change.column, old, new,
                       change.note.strip())
            )  # fmt: skip
            present.set(change.table, change.row_id, change.column, new)
    if added:
        REVIEWS.write(folder, [*known, *added])
    return added


def undo(folder: Path, review_id: str, reviewer: str) -> list[Review]:
    """Give a corrected value its old one again, by one more review.

    Raises :class:`BadInput` where there is no such review, or where a later one gave the same value: undoing the
    earlier would take back the later too.
    """
    known = reviews_in(folder)
    found = next((r for r in known if r.review_id == review_id), None)
    if found is None:
        raise BadInput(f"there is no review {review_id}; rfc-analyzer review list {folder} shows all")
    if found.table == BLIND_LABELS:
        raise BadInput(f"{review_id} is a label of {found.reviewer}'s; who labelled it gives it another on Review")
    last = latest(known, found.table)[found.row_id][found.column]
    if last.review_id != review_id:
        raise BadInput(f"{last.reviewer} gave this value again after {review_id}; undo {last.review_id} first")
    return review(folder, reviewer, [Change(found.table, found.row_id, found.column, found.old, f"undoes {review_id}")])


def latest(reviews: Sequence[Review], table: str) -> dict[str, dict[str, Review]]:
    """For each row of ``table`` that was reviewed, the last review of each column."""
    found: dict[str, dict[str, Review]] = {}
    for one in reviews:
        if one.table == table:
            found.setdefault(one.row_id, {})[one.column] = one
    return found


def corrected(table: Table[Any], rows: Sequence[Any], reviews: Sequence[Review]) -> list[Any]:
    """The rows of ``table`` as the reviews leave them; tables that nobody corrects come back as they are."""
    correct = _CORRECTIONS.get(table.name)
    return correct(rows, reviews) if correct and reviews else list(rows)


def touches(table: Table[Any], reviews: Sequence[Review]) -> bool:
    """Whether any of ``reviews`` changes what ``table`` shows."""
    if table.name in _BELONGING and any(one.table in (CAMPAIGNS.name, CAMPAIGN_MEMBERS.name) for one in reviews):
        return True
    if table.name in (THEMES.name, PASSAGES.name) and any(one.table in (THEMES.name, PASSAGES.name) for one in reviews):
        return True
    source = POSITIONS.name if table.name == EVIDENCE.name else table.name
    sources = (source, BLIND_LABELS) if source == POSITIONS.name else (source,)
    return table.name in _CORRECTIONS and any(one.table in sources for one in reviews)


def stances_given(reviews: Sequence[Review]) -> tuple[ReviewedStance, ...]:
    """The stances that people gave: they teach the reader of positions in the next run.

    What was given openly decides; what was labelled blind counts where nobody who labelled it contradicts.
    """
    given = agreed(reviews)
    for row_id, columns in latest(reviews, POSITIONS.name).items():
        submission_id, _, proposition_id = row_id.rpartition("|")
        given[submission_id, proposition_id] = _stance(columns[POSITIONS.c.stance].new)
    return tuple(ReviewedStance(*key, stance) for key, stance in given.items())


def _correct_submissions(rows: Sequence[Submission], reviews: Sequence[Review]) -> list[Submission]:
    by_row = latest(reviews, SUBMISSIONS.name)
    return [_submission(row, by_row[row.submission_id]) if row.submission_id in by_row else row for row in rows]


def _submission(row: Submission, columns: Mapping[str, Review]) -> Submission:
    changes: dict[str, Any] = {}
    for column, one in columns.items():
        if column == _S.respondent_type:
            changes |= {
                _S.respondent_type: RespondentType(one.new),
                _S.respondent_type_score: 1.0,
                _S.respondent_type_reason: f"corrected by {one.reviewer} on {one.at:%Y-%m-%d}",
            }
        elif column == _S.substantive:
            changes |= {_S.substantive: _BOOLEANS[one.new], _S.substantive_reason: f"corrected by {one.reviewer}"}
        else:
            changes[column] = one.new
    return replace(row, **changes)


def _correct_positions(rows: Sequence[Position], reviews: Sequence[Review]) -> list[Position]:
    given = {(g.submission_id, g.proposition_id): g.stance for g in stances_given(reviews)}
    kept = [row for row in rows if (row.submission_id, row.proposition_id) not in given]
    by_people = [
        Position(submission, proposition, stance, 1.0, PositionMethod.REVIEWED, True)
        for (submission, proposition), stance in given.items()
        if stance is not None
    ]
    return sorted([*kept, *by_people], key=lambda p: (p.proposition_id, p.submission_id))


def _correct_evidence(rows: Sequence[Evidence], reviews: Sequence[Review]) -> list[Evidence]:
    """Without the quotes that spoke for a stance which a person found wrong."""
    given = {(g.submission_id, g.proposition_id): g.stance for g in stances_given(reviews)}
    return [row for row in rows if _stands(row, given)]


def _stands(row: Evidence, given: Mapping[tuple[str, str], Stance | None]) -> bool:
    key = (row.submission_id, row.proposition_id)
    return key not in given or given[key] in (row.stance, Stance.MIXED)


_CORRECTIONS: Mapping[str, Callable[[Sequence[Any], Sequence[Review]], list[Any]]] = {
    SUBMISSIONS.name: _correct_submissions,
    POSITIONS.name: _correct_positions,
    EVIDENCE.name: _correct_evidence,
    PASSAGES.name: correct_passages,
}


class _Present:
    """The values as they are now, reviews and all."""

    def __init__(self, folder: Path, reviews: Sequence[Review]) -> None:
        submissions = corrected(SUBMISSIONS, SUBMISSIONS.read(folder), reviews)
        self._submissions: dict[str, Submission] = {s.submission_id: s for s in submissions}
        positions = corrected(POSITIONS, POSITIONS.read(folder), reviews)
        self._stances = {position_id(p.submission_id, p.proposition_id): str(p.stance) for p in positions}
        from rfc_analyzer.tables import PROPOSITIONS

        self._propositions = {p.proposition_id for p in PROPOSITIONS.read(folder)}
        self._roles, self._kinds = _judgeable(folder, reviews)
        self._subjects = Subjects(folder, reviews, self._submissions, self._propositions)
        self._theming = Theming(folder, reviews)
        self._set: dict[tuple[str, str, str], str] = {}

    def problem(self, change: Change) -> str:
        """What is wrong with a change; empty where nothing is."""
        if (change.table, change.column) in SUBJECT_COLUMNS:
            return self._subjects.problem(change.row_id, change.column, change.new.strip())
        if change.table == THEMES.name and change.column in THEME_COLUMNS:
            return self._theming.problem(change.row_id, change.column, change.new.strip())
        allowed = _ALLOWED.get((change.table, change.column))
        if allowed is None:
            return f"{change.table}.{change.column} can't be corrected"
        if not self._is_known(change):
            return f"there is no {change.row_id} in {change.table}"
        if allowed and change.new.strip() not in allowed:
            return f"{change.row_id}: {change.column} is one of {', '.join(allowed)}, not {change.new!r}"
        return ""

    def value(self, table: str, row_id: str, column: str) -> str:
        if (table, row_id, column) in self._set:
            return self._set[table, row_id, column]
        if (table, column) in SUBJECT_COLUMNS:
            return self._subjects.value(row_id, column)
        if table == THEMES.name:
            return self._theming.value(row_id, column)
        if table == POSITIONS.name:
            return self._stances.get(row_id, NOT_ADDRESSED)
        if table in (CAMPAIGNS.name, CAMPAIGN_MEMBERS.name):
            return (self._roles if table == CAMPAIGN_MEMBERS.name else self._kinds)[row_id]
        value = getattr(self._submissions[row_id], column)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def set(self, table: str, row_id: str, column: str, new: str) -> None:
        self._set[table, row_id, column] = new

    def _is_known(self, change: Change) -> bool:
        if change.table == SUBMISSIONS.name:
            return change.row_id in self._submissions
        if change.table in (CAMPAIGNS.name, CAMPAIGN_MEMBERS.name):
            return change.row_id in (self._roles if change.table == CAMPAIGN_MEMBERS.name else self._kinds)
        submission_id, _, proposition_id = change.row_id.rpartition("|")
        return submission_id in self._submissions and proposition_id in self._propositions


# values that may be given; an empty set allows any text
_ALLOWED: Mapping[tuple[str, str], tuple[str, ...]] = {
    (SUBMISSIONS.name, _S.respondent_type): tuple(t.value for t in RespondentType),
    (SUBMISSIONS.name, _S.substantive): tuple(_BOOLEANS),
    **{(SUBMISSIONS.name, name): () for name in _NAMES},
    (POSITIONS.name, POSITIONS.c.stance): (*(s.value for s in Stance), NOT_ADDRESSED),
    (CAMPAIGN_MEMBERS.name, CAMPAIGN_MEMBERS.c.role): tuple(role.value for role in JUDGED_ROLES),
    (CAMPAIGNS.name, CAMPAIGNS.c.kind): JUDGED_KINDS,
}
_BELONGING = (SUBMISSIONS.name, CAMPAIGNS.name, CAMPAIGN_MEMBERS.name)


def _judgeable(folder: Path, reviews: Sequence[Review]) -> tuple[dict[str, str], dict[str, str]]:
    """The present value of what can be judged about campaigns: roles by member id, kinds by the template's id."""
    belonging = belonging_in(folder, reviews)
    campaigns = belonging.campaigns if belonging else _read(CAMPAIGNS, folder)
    members = belonging.members if belonging else _read(CAMPAIGN_MEMBERS, folder)
    # what was judged once can be judged again, also where nothing is left to see of it
    roles = {one.row_id: one.new for one in reviews if one.table == CAMPAIGN_MEMBERS.name}
    kinds = {one.row_id: one.new for one in reviews if one.table == CAMPAIGNS.name}
    template = {c.campaign_id: c.template_submission_id for c in campaigns}
    roles |= {
        member_id(m.submission_id, template[m.campaign_id]): m.role.value for m in members if m.role in JUDGED_ROLES
    }
    kinds |= {c.template_submission_id: c.kind.value for c in campaigns if c.kind in FAMILY_KINDS}
    return roles, kinds


def _read(table: Table[Any], folder: Path) -> list[Any]:
    return table.read(folder) if table.path(folder).exists() else []


def _stance(value: str) -> Stance | None:
    return None if value == NOT_ADDRESSED else Stance(value)


def _id(number: int, change: Change) -> str:
    digest = sha256(f"{number}|{change.table}|{change.row_id}|{change.column}|{change.new}".encode()).hexdigest()
    return f"R{number + 1:05}-{digest[:6]}"
