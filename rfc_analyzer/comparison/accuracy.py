"""How well this docket was read, told from a sample that people labelled blind.

Every labelled position counts as many as it stands for: one over its probability of being drawn (Horvitz and Thompson
1952; shares as ratios of such sums, Hájek 1971). Intervals are Wilson's with Kish's effective number of labels in place
of n (Kish 1965; Korn and Graubard 1998), which takes unequal weights into account and ignores what stratifying gains,
so that they are rather too wide than too narrow. Where people disagree and nobody has settled it, each label counts in
part. Agreement is Cohen's kappa (1960), with his large-sample interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import sqrt
from typing import Any

from rfc_analyzer.comparison.shares import FEWEST, Interval
from rfc_analyzer.labelling import NOT_TAKEN_UP, SampledPosition, labels_given, last_sample
from rfc_analyzer.model import Stance
from rfc_analyzer.reviews import latest
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS

TAKEN_UP = "taken_up"
THE_PROGRAM = "the program"
OUTCOMES = (TAKEN_UP, *(s.value for s in Stance))
_Truth = Mapping[str, float]  # share of the labels that say each stance, or none
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share (or kappa) in the docket, told from ``labelled`` labels; hidden where they are fewer than five."""

    value: float
    interval: Interval
    labelled: int

    @property
    def hidden(self) -> bool:
        """True where too few labels tell it."""
        return self.labelled < FEWEST

    def to_json(self) -> dict[str, Any]:
        shown = not self.hidden
        return {
            "value": self.value if shown else None,
            "interval": list(self.interval) if shown else None,
            "labelled": self.labelled,
        }


@dataclass(frozen=True, slots=True)
class AccuracyRow:
    """How well an outcome (a stance, or being taken up) was read of a proposition; None: of all of them together.

    ``precision``: of what was read so, the share that is so; ``recall``: of what is so, the share that was read so;
    ``prevalence``: the share of respondents' texts that is so, as labels tell it. None where nothing tells it.
    """

    proposition_id: str | None
    outcome: str
    precision: Estimate | None
    recall: Estimate | None
    prevalence: Estimate | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often two readers say the same of what both labelled."""

    first: str
    second: str
    same: Estimate
    kappa: Estimate


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What a labelled sample tells. ``right`` is the share of the stances that were read which are right.

    ``unsettled`` are labelled positions on which people disagree; ``earlier`` is true where the docket was read again
    since the sample was drawn, so that the figures are of the earlier reading.
    """

    drawn_at: datetime
    labelled: int
    drawn: int
    people: tuple[str, ...]
    right: Estimate | None
    rows: tuple[AccuracyRow, ...]
    agreements: tuple[Agreement, ...]
    unsettled: tuple[SampledPosition, ...]
    earlier: bool

    def precision(self, proposition_id: str, outcome: str) -> Estimate | None:
        """For a proposition where enough is labelled, else over all of them; None where nothing tells it."""
        for wanted in (proposition_id, None):
            for row in self.rows:
                if (row.proposition_id, row.outcome) == (wanted, outcome) and row.precision:
                    if not row.precision.hidden:
                        return row.precision
                    break
        return None


def accuracy(analysis: Analysis) -> Accuracy | None:
    """What people's labels of the last sample tell; None where no sample was drawn or nothing of it is labelled."""
    sample = last_sample(analysis.folder)
    given = labels_given(analysis.reviews, sample[0].sample) if sample else {}
    labelled = [drawn for drawn in sample if drawn.key in given]
    if not labelled:
        return None
    settled = _settled(analysis)
    truth = {d.key: _truth(given[d.key], settled.get(d.key)) for d in labelled}
    kept = [row.proposition_id for row in analysis.rows(PROPOSITIONS)]
    drawn_of = {d.proposition_id for d in sample}
    groups: list[str | None] = [None, *(p for p in kept if p in drawn_of)]
    sided = [d for d in labelled if d.stance != NOT_TAKEN_UP]
    return Accuracy(
        drawn_at=sample[0].drawn_at,
        labelled=len(labelled),
        drawn=len(sample),
        people=tuple(sorted({who for d in labelled for who in given[d.key]})),
        right=_share(sided, lambda d: 1.0, lambda d: truth[d.key].get(d.stance, 0.0)),
        rows=tuple(_row(labelled, truth, group, outcome) for group in groups for outcome in OUTCOMES),
        agreements=tuple(_agreements(labelled, given)),
        unsettled=tuple(d for d in labelled if len(set(given[d.key].values())) > 1 and d.key not in settled),
        earlier=sample[0].reading != analysis.manifest.created_at,
    )


def reading_error(analysis: Analysis) -> str:
    """The measured error in one sentence; empty where nobody has measured it."""
    found = accuracy(analysis)
    if found is None or found.right is None or found.right.hidden:
        return ""
    low, high = found.right.interval
    said = (
        f"Labelled blind by {_people(found.people)} on a sample of {found.labelled:,}, the stances that were read are "
        f"right in {found.right.value:.0%} ({low:.0%} to {high:.0%})"
    )
    return f"{said}{', as read before the last run' if found.earlier else ''}."


def _people(names: Sequence[str]) -> str:
    return "1 person" if len(names) == 1 else f"{len(names)} people"


def _settled(analysis: Analysis) -> dict[tuple[str, str], str]:
    """Stances that somebody gave openly, which decide between labels."""
    found = {}
    for row_id, columns in latest(analysis.reviews, POSITIONS.name).items():
        submission_id, _, proposition_id = row_id.rpartition("|")
        found[submission_id, proposition_id] = columns[POSITIONS.c.stance].new
    return found


def _truth(said: Mapping[str, Stance | None], settled: str | None) -> _Truth:
    if settled and len(set(said.values())) > 1:
        return {settled: 1.0}
    found: dict[str, float] = {}
    for stance in said.values():
        name = stance.value if stance else NOT_TAKEN_UP
        found[name] = found.get(name, 0.0) + 1 / len(said)
    return found


def _row(
    labelled: Sequence[SampledPosition], truth: Mapping[Any, _Truth], proposition_id: str | None, outcome: str
) -> AccuracyRow:
    here = [d for d in labelled if proposition_id in (None, d.proposition_id)]

    def is_so(drawn: SampledPosition) -> float:
        said = truth[drawn.key]
        return 1 - said.get(NOT_TAKEN_UP, 0.0) if outcome == TAKEN_UP else said.get(outcome, 0.0)

    def was_read(drawn: SampledPosition) -> float:
        return float(drawn.stance != NOT_TAKEN_UP if outcome == TAKEN_UP else drawn.stance == outcome)

    return AccuracyRow(
        proposition_id,
        outcome,
        precision=_share(here, was_read, is_so),
        recall=_share(here, is_so, was_read),
        prevalence=_share(here, lambda d: 1.0, is_so),
    )


def _share(
    drawn: Iterable[SampledPosition],
    domain: Callable[[SampledPosition], float],
    holds: Callable[[SampledPosition], float],
) -> Estimate | None:
    """The weighted share of ``domain`` that ``holds``; both say in 0..1 how much a drawn position belongs."""
    cells = [(domain(d) / d.probability, holds(d)) for d in drawn if domain(d) > 0]
    whole = sum(w for w, _ in cells)
    if not whole:
        return None
    value = min(1.0, max(0.0, sum(w * y for w, y in cells) / whole))
    return Estimate(value, _wilson(value, whole**2 / sum(w * w for w, _ in cells)), len(cells))


def _wilson(p: float, n: float) -> Interval:
    """Wilson's score interval (1927) with a number of labels that need not be whole."""
    middle, spread = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
    return Interval(max(0.0, (middle - spread) / (1 + _Z**2 / n)), min(1.0, (middle + spread) / (1 + _Z**2 / n)))


def _agreements(
    labelled: Sequence[SampledPosition], given: Mapping[tuple[str, str], Mapping[str, Stance | None]]
) -> list[Agreement]:
    """Of every two people, and of every person with the program."""
    said: dict[str, dict[tuple[str, str], str]] = {THE_PROGRAM: {d.key: d.stance for d in labelled}}
    for d in labelled:
        for who, stance in given[d.key].items():
            said.setdefault(who, {})[d.key] = stance.value if stance else NOT_TAKEN_UP
    people = sorted(set(said) - {THE_PROGRAM})
    pairs = [*combinations(people, 2), *((who, THE_PROGRAM) for who in people)]
    return [made for a, b in pairs if (made := _agreement(labelled, a, b, said[a], said[b]))]


def _agreement(
    labelled: Sequence[SampledPosition], first: str, second: str, a: Mapping[Any, str], b: Mapping[Any, str]
) -> Agreement | None:
    both = [d for d in labelled if d.key in a and d.key in b]
    same = _share(both, lambda d: 1.0, lambda d: float(a[d.key] == b[d.key]))
    if same is None:
        return None
    weight = [1 / d.probability for d in both]
    whole = sum(weight)
    names = {*a.values(), *b.values()}
    chance = sum(
        sum(w for d, w in zip(both, weight, strict=True) if a[d.key] == name)
        * sum(w for d, w in zip(both, weight, strict=True) if b[d.key] == name)
        for name in names
    ) / (whole * whole)
    return Agreement(first, second, same, _kappa(same, chance, whole**2 / sum(w * w for w in weight)))


def _kappa(same: Estimate, chance: float, effective: float) -> Estimate:
    if chance >= 1:
        return Estimate(1.0, Interval(1.0, 1.0), same.labelled)
    value = (same.value - chance) / (1 - chance)
    spread = _Z * sqrt(same.value * (1 - same.value) / effective) / (1 - chance)
    return Estimate(value, Interval(max(-1.0, value - spread), min(1.0, value + spread)), same.labelled)
