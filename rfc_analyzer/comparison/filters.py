"""Which submissions a figure is about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import pandas as pd

from rfc_analyzer.comparison.holding import question_holders, theme_holders
from rfc_analyzer.comparison.searching import holding_text
from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import CampaignRole, RespondentType, Stance
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import POSITIONS, PROPOSITIONS, QUESTIONS, SUBMISSIONS, THEMES

_S = SUBMISSIONS.c


class CampaignFilter(StrEnum):
    """Which submissions to take with regard to form letters."""

    ALL = "all"
    ONLY = "only"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class Filters:
    """Only submissions that meet all of these; an empty field asks nothing.

    ``stances`` without ``proposition_id`` means such a stance on any proposition. A theme includes those under it.
    ``text`` holds words that must all occur, ``"a phrase"`` in quotation marks, or the beginning of a word with ``*``.
    ``submitted_from`` and ``submitted_to`` are days in UTC, both included.
    """

    respondent_types: tuple[RespondentType, ...] = ()
    theme_ids: tuple[str, ...] = ()
    question_ids: tuple[str, ...] = ()
    proposition_id: str | None = None
    stances: tuple[Stance, ...] = ()
    campaign: CampaignFilter = CampaignFilter.ALL
    text: str = ""
    submission_ids: tuple[str, ...] = ()
    submitted_from: date | None = None
    submitted_to: date | None = None

    @property
    def active(self) -> bool:
        """True where anything is asked."""
        return self != Filters()

    def apply(self, analysis: Analysis) -> list[str]:
        """Ids of the submissions that meet all, in the order of the table.

        Raises :class:`BadInput` for a theme, question or proposition that the analysis doesn't have.
        """
        # every figure of a page asks it again
        return list(analysis.once(("ids", self), lambda: self._ids(analysis)))

    def _ids(self, analysis: Analysis) -> tuple[str, ...]:
        table = analysis.submissions
        kept = self._own(table)
        for ids in self._sought(analysis):
            kept &= table[_S.submission_id].isin(ids)
        return tuple(table.loc[kept, _S.submission_id])

    def of(self, analysis: Analysis, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of ``table`` whose submission meets these; all of them where nothing is asked."""
        return table[table[_S.submission_id].isin(self.apply(analysis))] if self.active else table

    def within(self, analysis: Analysis, **asked: Any) -> Filters:
        """What meets these filters and ``asked`` too: ``filters.within(analysis, theme_ids=("T01",))``.

        Unlike ``replace`` it narrows a field that already asks something.
        """
        # no submission has an empty id: where these leave nothing, so does the result
        return replace(Filters(**asked), submission_ids=tuple(self.apply(analysis)) or ("",))

    def in_words(self, analysis: Analysis) -> tuple[str, ...]:
        """What is asked, a plain sentence each; none where nothing is."""
        said = []
        if self.respondent_types:
            said.append("Respondent type: " + _either(t.value.replace("_", " ") for t in self.respondent_types))
        if self.theme_ids:
            labels = analysis.themes.set_index(THEMES.c.theme_id)[THEMES.c.label]
            said.append("Raises the theme: " + _either(f"{labels.get(t, '')} ({t})" for t in self.theme_ids))
        if self.question_ids:
            numbers = analysis.questions.set_index(QUESTIONS.c.question_id)[QUESTIONS.c.number]
            said.append("Answers question: " + _either(str(numbers.get(q, q)) for q in self.question_ids))
        if self.proposition_id:
            texts = analysis.propositions.set_index(PROPOSITIONS.c.proposition_id)[PROPOSITIONS.c.text]
            said.append(f"Takes up: {texts.get(self.proposition_id, self.proposition_id)}")
        if self.stances:
            said.append("Stance: " + _either(s.value for s in self.stances))
        if self.campaign is not CampaignFilter.ALL:
            said.append("Form letters: " + ("no others" if self.campaign is CampaignFilter.ONLY else "left out"))
        if self.text:
            said.append(f"Text holds: {self.text}")
        if self.submission_ids:
            said.append(f"Chosen by hand: {len(self.submission_ids)} submissions")
        if self.submitted_from or self.submitted_to:
            said.append(f"Submitted from {self.submitted_from or 'the beginning'} to {self.submitted_to or 'the end'}")
        return tuple(said)

    def _own(self, table: pd.DataFrame) -> pd.Series:
        """What the submissions' own columns tell."""
        kept = pd.Series(True, index=table.index)
        if self.respondent_types:
            kept &= table[_S.respondent_type].isin([t.value for t in self.respondent_types])
        if self.campaign is not CampaignFilter.ALL:
            kept &= in_campaign(table) == (self.campaign is CampaignFilter.ONLY)
        if self.submission_ids:
            kept &= table[_S.submission_id].isin(self.submission_ids)
        days = table[_S.submitted_at].dt.date
        if self.submitted_from:
            kept &= days.map(lambda day: pd.notna(day) and day >= self.submitted_from)
        if self.submitted_to:
            kept &= days.map(lambda day: pd.notna(day) and day <= self.submitted_to)
        return kept

    def _sought(self, analysis: Analysis) -> Iterable[Collection[str]]:
        """What other tables tell: a set of submission ids for each."""
        if self.theme_ids:
            _known("theme", self.theme_ids, analysis.themes[THEMES.c.theme_id])
            held = theme_holders(analysis)
            yield set(held.loc[held[THEMES.c.theme_id].isin(self.theme_ids), _S.submission_id])
        if self.question_ids:
            _known("question", self.question_ids, analysis.questions[QUESTIONS.c.question_id])
            held = question_holders(analysis)
            yield set(held.loc[held[QUESTIONS.c.question_id].isin(self.question_ids), _S.submission_id])
        if self.proposition_id or self.stances:
            yield self._standing(analysis)
        if self.text.strip():
            yield holding_text(analysis, self.text)

    def _standing(self, analysis: Analysis) -> set[str]:
        positions = analysis.positions
        if self.proposition_id:
            _known("proposition", (self.proposition_id,), analysis.propositions[PROPOSITIONS.c.proposition_id])
            positions = positions[positions[POSITIONS.c.proposition_id] == self.proposition_id]
        if self.stances:
            positions = positions[positions[POSITIONS.c.stance].isin([s.value for s in self.stances])]
        return set(positions[POSITIONS.c.submission_id])


def in_campaign(table: pd.DataFrame) -> pd.Series:
    """Whether each row of the submissions table counts into a campaign; a possible member does not."""
    return table[_S.campaign_id].notna() & (table[_S.campaign_role] != CampaignRole.POSSIBLE.value)


def _known(what: str, wanted: Iterable[str], known: Iterable[str]) -> None:
    there = list(known)
    missing = [name for name in wanted if name not in there]
    if missing:
        offer = ", ".join(there[:20]) or "none"
        raise BadInput(f"the analysis has no {what} {', '.join(missing)}; there are: {offer}")


def _either(names: Iterable[str]) -> str:
    return " or ".join(names)
