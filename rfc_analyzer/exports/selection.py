"""What an export is about: the analysis, which submissions of it, and what is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from rfc_analyzer.comparison import (
    CampaignRow,
    CommentRow,
    Filters,
    Overview,
    QuoteRow,
    Unit,
    campaigns,
    comments_to_answer,
    overview,
    quotes,
)
from rfc_analyzer.exports.wording import COUNTED_IN
from rfc_analyzer.model import Passage, Proposition, Stance, Submission
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import PASSAGES, POSITIONS, PROPOSITIONS, SUBMISSIONS, THEMES


@dataclass(frozen=True)
class Selection:
    """Submissions of ``analysis`` that meet ``filters``; figures are in ``unit``. What is asked of it is kept."""

    analysis: Analysis
    filters: Filters
    unit: Unit

    @cached_property
    def submissions(self) -> list[Submission]:
        """Those that meet the filters, in the order of the table."""
        kept = set(self.filters.apply(self.analysis))
        return [s for s in self.analysis.rows(SUBMISSIONS) if s.submission_id in kept]

    @cached_property
    def overview(self) -> Overview:
        return overview(self.analysis, self.filters, self.unit)

    @cached_property
    def propositions(self) -> list[Proposition]:
        return self.analysis.rows(PROPOSITIONS)

    @cached_property
    def stances(self) -> Mapping[str, dict[str, Stance]]:
        """Submission → proposition → stance, in the order of the propositions."""
        c = POSITIONS.c
        table = self.analysis.positions
        found: defaultdict[str, dict[str, Stance]] = defaultdict(dict)
        for submission_id, proposition_id, stance in zip(
            table[c.submission_id], table[c.proposition_id], table[c.stance], strict=True
        ):
            found[submission_id][proposition_id] = Stance(stance)
        order = [p.proposition_id for p in self.propositions]
        return {s: {p: held[p] for p in order if p in held} for s, held in found.items()}

    @cached_property
    def quotes(self) -> list[QuoteRow]:
        return quotes(self.analysis, filters=self.filters)

    @cached_property
    def comments(self) -> list[CommentRow]:
        return comments_to_answer(self.analysis, self.filters)

    @cached_property
    def campaigns(self) -> list[CampaignRow]:
        return campaigns(self.analysis, self.filters)

    @cached_property
    def theme_passages(self) -> Mapping[str, list[Passage]]:
        """For each theme the passages that stand for it, the best first; only of submissions that are looked at."""
        themes = self.analysis.rows(THEMES)
        wanted = {p for theme in themes for p in theme.representative_passage_ids}
        kept = {s.submission_id for s in self.submissions}
        found = {
            p.passage_id: p for p in self.analysis.rows(PASSAGES) if p.passage_id in wanted and p.submission_id in kept
        }
        return {t.theme_id: [found[p] for p in t.representative_passage_ids if p in found] for t in themes}

    @property
    def title(self) -> str:
        """The docket's title, else its id."""
        docket = self.analysis.manifest.docket
        return docket.title or docket.docket_id

    @cached_property
    def made_at(self) -> datetime:
        """When the analysis was made, in UTC; the files carry it, so that the same analysis gives the same files."""
        return datetime.fromisoformat(self.analysis.manifest.created_at).astimezone(UTC)

    @cached_property
    def asked(self) -> str:
        """The filters as one sentence."""
        said = self.filters.in_words(self.analysis)
        if not said:
            return "All submissions of the docket; no filter."
        return f"Only submissions that meet all of these. {'. '.join(said)}."

    @property
    def counted(self) -> str:
        """What is counted, as one sentence."""
        return COUNTED_IN[self.unit]
