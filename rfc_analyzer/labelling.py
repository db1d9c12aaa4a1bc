"""Labels that people give without seeing what the program read: each person's is kept, with who and when.

A drawn sample lies beside the tables of an analysis, so that what was measured can be computed again, whatever a later
run reads. Labels are reviews of a table of their own, only ever added; where all who labelled a position agree, or one
person alone did, the label also stands as a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import RespondentType, Review, Stance
from rfc_analyzer.tables import REVIEWS, Table

NOT_TAKEN_UP = "none"
_SEEN = "labelled again, when the program's answer was seen"
STANCE = "stance"
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SampledPosition:
    """A submission and a proposition that were drawn to be labelled, and what the program read at that time.

    ``stance`` is "none" where it read no position, and ``confidence`` is then 0; ``probability`` (0..1] is that of
    being drawn. ``reading`` names the run whose reading is measured; ``place`` is the order in which to label.
    """

    sample: str
    drawn_at: datetime
    seed: int
    reading: str
    place: int
    submission_id: str
    proposition_id: str
    respondent_type: RespondentType
    stance: str
    confidence: float
    probability: float

    @property
    def key(self) -> Key:
        return self.submission_id, self.proposition_id


REVIEW_SAMPLE = Table("review_sample", SampledPosition)
BLIND_LABELS = "blind_labels"


def samples_in(folder: Path) -> list[SampledPosition]:
    """All that was ever drawn in the analysis in ``folder``, the oldest first."""
    return REVIEW_SAMPLE.read(folder) if REVIEW_SAMPLE.path(folder).exists() else []


def last_sample(folder: Path) -> list[SampledPosition]:
    """The sample that was drawn last, in the order in which to label; empty where none was."""
    drawn = samples_in(folder)
    return sorted((s for s in drawn if s.sample == drawn[-1].sample), key=lambda s: s.place)


def keep_sample(folder: Path, sample: Sequence[SampledPosition]) -> None:
    """Add a drawn sample; earlier ones stay on record."""
    REVIEW_SAMPLE.write(folder, [*samples_in(folder), *sample])


def label(
    folder: Path,
    reviewer: str,
    drawn: SampledPosition,
    stance: Stance | None,
    at: datetime | None = None,
    seen: bool = False,
) -> Review:
    """Record what ``reviewer`` says of a drawn position; None: it is not taken up. A person's last label counts.

    A label given after the program's answer was ``seen`` corrects and teaches, but no error is told from it: that
    keeps the blind one. Raises :class:`BadInput` where nobody answers for it.
    """
    note = _SEEN if seen else of_sample(drawn.sample)
    return _record(folder, reviewer, [(drawn.key, drawn.stance, stance)], note, at)[0]


def label_submission(
    folder: Path,
    reviewer: str,
    submission_id: str,
    stances: Mapping[str, Stance | None],
    read: Mapping[str, Stance],
    at: datetime | None = None,
) -> list[Review]:
    """Record what ``reviewer`` says of a submission on each proposition (None: not taken up), beside what was ``read``.

    These teach and correct; they belong to no sample, so that no error is told from them. Raises :class:`BadInput`
    where nobody answers for them.
    """
    said = [
        ((submission_id, proposition_id), str(read.get(proposition_id, NOT_TAKEN_UP)), stance)
        for proposition_id, stance in stances.items()
    ]
    return _record(folder, reviewer, said, "labelled blind, picked to teach", at)


def of_sample(sample: str) -> str:
    """The note that a sample's labels carry."""
    return f"labelled blind, sample {sample}"


def _record(
    folder: Path,
    reviewer: str,
    said: Sequence[tuple[Key, str, Stance | None]],
    note: str,
    at: datetime | None,
) -> list[Review]:
    who = reviewer.strip()
    if not who:
        raise BadInput("say who labels: a name or initials")
    known = REVIEWS.read(folder) if REVIEWS.path(folder).exists() else []
    made = []
    for number, (key, old, stance) in enumerate(said, start=len(known)):
        row_id, new = "|".join(key), stance.value if stance else NOT_TAKEN_UP
        digest = sha256(f"{number}|{row_id}|{who}|{new}".encode()).hexdigest()
        review_id = f"R{number + 1:05}-{digest[:6]}"
        made.append(Review(review_id, at or datetime.now(UTC), who, BLIND_LABELS, row_id, STANCE, old, new, note))
    REVIEWS.write(folder, [*known, *made])
    return made


def labels_given(reviews: Iterable[Review], sample: str | None = None) -> dict[Key, dict[str, Stance | None]]:
    """For each labelled submission and proposition, what each person says; the last word of each counts.

    With ``sample`` only labels of that sample: others were not drawn by chance.
    """
    found: dict[Key, dict[str, Stance | None]] = {}
    for one in reviews:
        if one.table == BLIND_LABELS and (sample is None or one.note == of_sample(sample)):
            submission_id, _, proposition_id = one.row_id.rpartition("|")
            stance = None if one.new == NOT_TAKEN_UP else Stance(one.new)
            found.setdefault((submission_id, proposition_id), {})[one.reviewer] = stance
    return found


def agreed(reviews: Iterable[Review]) -> dict[Key, Stance | None]:
    """The labels that nobody who labelled contradicts."""
    given = labels_given(reviews)
    return {key: next(iter(said.values())) for key, said in given.items() if len(set(said.values())) == 1}
