"""What an export is about: the analysis, which submissions of it, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from rfc_analyzer.comparison import (
    CampaignRow,
    CommentRow,
    FamilyRow,
    Filters,
    JointLetter,
    Overview,
    QuoteRow,
    Unit,
    all_quotes,
    campaigns,
    comments_to_answer,
    joint_letters,
    overview,
    suspected_families,
)
from rfc_analyzer.exports.taken import Taken
from rfc_analyzer.exports.wording import COUNTED_IN
from rfc_analyzer.model import Passage, Proposition, RespondentType, Stance, Submission
from rfc_analyzer.privacy import shown
from rfc_analyzer.querying import rows_where
from rfc_analyzer.store import Analysis
from rfc_analyzer.streamed import Streamed
from rfc_analyzer.tables import PASSAGES, PROPOSITIONS, SUBMISSIONS, THEMES

_AT_A_TIME = 2_000


@dataclass(frozen=True)
class Selection:
    """Submissions of ``analysis`` that meet ``filters``; figures are in ``unit``. What is asked of it is kept.

    Contact details of private persons are masked in all texts, unless ``contact_details``.
    """

    analysis: Analysis
    filters: Filters
    unit: Unit
    contact_details: bool = False

    @cached_property
    def ids(self) -> list[str]:
        """Ids of the submissions that meet the filters, in the order of the table."""
        return self.filters.apply(self.analysis)

    @property
    def submissions(self) -> Iterator[Submission]:
        """Those that meet the filters, in the order of the table; only some are held at a time."""
        table = self.analysis.submissions
        kept = table[table[SUBMISSIONS.c.submission_id].isin(set(self.ids))]
        for start in range(0, len(kept), _AT_A_TIME):
            yield from SUBMISSIONS.rows_of(kept.iloc[start : start + _AT_A_TIME])

    @cached_property
    def overview(self) -> Overview:
        return overview(self.analysis, self.filters, self.unit)

    @cached_property
    def propositions(self) -> list[Proposition]:
        return self.analysis.rows(PROPOSITIONS)

    def stances_of(self, submission_id: str) -> dict[str, Stance]:
        """What a submission says on each proposition that it takes up, in the order of the propositions."""
        return self._taken.of(submission_id)

    @cached_property
    def _taken(self) -> Taken:
        return Taken(self.analysis.positions, [p.proposition_id for p in self.propositions])

    @property
    def quotes(self) -> Streamed[QuoteRow]:
        """The words behind every position."""
        found = all_quotes(self.analysis, self.filters)
        return Streamed(len(found), lambda: map(self._seen_quote, found))

    @cached_property
    def comments(self) -> Streamed[CommentRow]:
        """The comments that an agency has to answer."""
        found = comments_to_answer(self.analysis, self.filters)
        return Streamed(len(found), lambda: map(self._seen_comment, found))

    @cached_property
    def campaigns(self) -> list[CampaignRow]:
        return [self._seen_campaign(row) for row in campaigns(self.analysis, self.filters)]

    @cached_property
    def suspects(self) -> list[FamilyRow]:
        """Letters that may have been filled in from lists."""
        return suspected_families(self.analysis, self.filters)

    @cached_property
    def joint_letters(self) -> list[JointLetter]:
        """Letters that several signed."""
        return joint_letters(self.analysis, self.filters)

    @cached_property
    def theme_passages(self) -> Mapping[str, list[Passage]]:
        """For each theme the passages that stand for it, the best first; only of submissions that are looked at."""
        themes = self.analysis.rows(THEMES)
        wanted = {p for theme in themes for p in theme.representative_passage_ids}
        kept = set(self.ids)
        found = {
            p.passage_id: replace(p, text=self.seen(p.text, p.submission_id))
            for p in rows_where(self.analysis, PASSAGES, PASSAGES.c.passage_id, wanted)
            if p.submission_id in kept
        }
        return {t.theme_id: [found[p] for p in t.representative_passage_ids if p in found] for t in themes}

    def seen(self, text: str, submission_id: str | None) -> str:
        """A text of a submission as the file may show it."""
        if self.contact_details or submission_id not in self._types:
            return text
        return shown(text, self._types[submission_id])

    @cached_property
    def _types(self) -> Mapping[str | None, RespondentType]:
        table = self.analysis.submissions
        types = {kind.value: kind for kind in RespondentType}
        whose = zip(table[SUBMISSIONS.c.submission_id], table[SUBMISSIONS.c.respondent_type], strict=True)
        return {submission_id: types[kind] for submission_id, kind in whose}

    def _seen_quote(self, row: QuoteRow) -> QuoteRow:
        seen = self.seen(row.quote, row.submission_id)
        return row if seen == row.quote else replace(row, quote=seen)

    def _seen_comment(self, row: CommentRow) -> CommentRow:
        seen = self.seen(row.excerpt, row.submission.submission_id)
        return row if seen == row.excerpt else replace(row, excerpt=seen)

    def _seen_campaign(self, row: CampaignRow) -> CampaignRow:
        template = self.seen(row.campaign.template_text, row.campaign.template_submission_id)
        members = [
            replace(
                m,
                added_text=self.seen(m.added_text, m.submission_id),
                removed_text=self.seen(m.removed_text, m.submission_id),
            )
            for m in row.members
        ]
        return replace(row, campaign=replace(row.campaign, template_text=template), members=tuple(members))

    @property
    def privacy(self) -> str:
        """What is done about contact details, as one sentence."""
        if self.contact_details:
            return "Contact details of private persons are shown, as they were asked for."
        return (
            "E-mail addresses, telephone numbers and street addresses in the texts of private persons are masked; "
            "the analysis folder holds the texts as they were sent."
        )

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
