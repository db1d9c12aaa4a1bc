"""How the three denominators come from one another."""

from __future__ import annotations

from dataclasses import dataclass

from rfc_analyzer.comparison.counting import Denominators, denominators
from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import SUBMISSIONS
from rfc_analyzer.words import count_of

_S = SUBMISSIONS.c


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """``submissions`` − ``in_campaigns`` + ``campaigns`` = distinct texts; plus ``further_signatories`` = signatories.

    ``joint_letters`` are submissions that more than one person or body signed.
    """

    denominators: Denominators
    in_campaigns: int
    campaigns: int
    joint_letters: int
    further_signatories: int

    def in_words(self) -> tuple[str, ...]:
        """A sentence for each of the two steps, with its sum."""
        counts = self.denominators
        count_as = "which counts as one text" if self.campaigns == 1 else "which count as one text each"
        texts = (
            f"{count_of(counts.submissions, 'submission')} less {self.in_campaigns:,} in "
            f"{count_of(self.campaigns, 'form-letter campaign')}, {count_as}, give "
            f"{count_of(counts.distinct_texts, 'distinct text')} "
            f"({counts.submissions:,} − {self.in_campaigns:,} + {self.campaigns:,} = {counts.distinct_texts:,})."
            if self.campaigns
            else f"No form-letter campaign was found, so each of the {counts.submissions:,} submissions is a text "
            "of its own."
        )
        bring = "brings" if self.joint_letters == 1 else "bring"
        signed = (
            f"{count_of(self.joint_letters, 'submission')} with more than one signatory {bring} "
            f"{self.further_signatories:,} further signatories "
            f"({counts.submissions:,} + {self.further_signatories:,} = {counts.signatories:,})."
            if self.joint_letters
            else "No submission was found to have more than one signatory."
        )
        return texts, signed


def reconcile(analysis: Analysis, filters: Filters | None = None) -> Reconciliation:
    """The steps between the three counts of the submissions that meet ``filters``."""
    filters = filters or Filters()
    table = analysis.submissions
    table = filters.of(analysis, table)
    members = table[in_campaign(table)]
    counts = denominators(analysis, filters)
    return Reconciliation(
        denominators=counts,
        in_campaigns=len(members),
        campaigns=int(members[_S.campaign_id].nunique()),
        joint_letters=int((table[_S.signatories] > 1).sum()),
        further_signatories=counts.signatories - counts.submissions,
    )
