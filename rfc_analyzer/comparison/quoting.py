"""The words behind the figures: one quote for each distinct text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.model import RECOGNISED, CampaignRole, Evidence, RespondentType, Stance
from rfc_analyzer.querying import light, rows_where
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, EVIDENCE, FILES, SUBMISSIONS
from rfc_analyzer.words import normalise

_TYPES = {kind.value: kind for kind in RespondentType}
_ROLES = {role.value: role for role in CampaignRole}
_APART = (CampaignRole.UNIQUE, CampaignRole.POSSIBLE)


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A verbatim quote, whose it is, and where it stands: ``quote == file.text[start:end]``.

    ``submissions`` is how many submissions it speaks for: more than one where it stands in a form letter.
    ``by_ocr`` is true where the text was recognised from a picture, so that letters may be wrong.
    """

    quote: str
    proposition_id: str
    stance: Stance
    submission_id: str
    respondent_name: str
    organization: str
    respondent_type: RespondentType
    file_id: str
    file_name: str
    page: int | None
    start: int
    end: int
    score: float
    campaign_id: str | None = None
    submissions: int = 1
    by_ocr: bool = False

    @property
    def respondent(self) -> str:
        """The organisation, else the person's name, else what stands for none."""
        return self.organization or self.respondent_name or "Anonymous"


def quotes(
    analysis: Analysis,
    proposition_id: str | None = None,
    stance: Stance | None = None,
    respondent_type: RespondentType | None = None,
    limit: int | None = None,
    filters: Filters | None = None,
) -> list[QuoteRow]:
    """Quotes for a proposition and stance (None: all of them), the surest first.

    Each distinct text gives one quote for a proposition and stance. A form letter is quoted from its template;
    what a signer added to it is the signer's own and is quoted apart.
    """
    narrowed = replace(
        filters or Filters(),
        respondent_types=(respondent_type,) if respondent_type else (filters or Filters()).respondent_types,
    )
    kept = set(narrowed.apply(analysis))
    found = _evidence(analysis, kept, proposition_id, stance)
    order = {p: place for place, p in enumerate(dict.fromkeys(_propositions(analysis)))}
    rows = _Quoting(analysis, {e.submission_id for e in found}).rows(found)
    rows.sort(
        key=lambda r: (order.get(r.proposition_id, len(order)), list(Stance).index(r.stance), -r.score, r.submission_id)
    )
    return rows[:limit]


def _evidence(analysis: Analysis, kept: set[str], proposition_id: str | None, stance: Stance | None) -> list[Evidence]:
    if proposition_id:
        about = rows_where(analysis, EVIDENCE, EVIDENCE.c.proposition_id, (proposition_id,))
        return [e for e in about if e.submission_id in kept and stance in (None, e.stance)]
    # a frame holds a row in a fifth of the memory of an object
    table = analysis.evidence
    wanted = table[EVIDENCE.c.submission_id].isin(kept)
    if stance:
        wanted &= table[EVIDENCE.c.stance] == stance.value
    return EVIDENCE.rows_of(table[wanted])


def _propositions(analysis: Analysis) -> Iterable[str]:
    from rfc_analyzer.tables import PROPOSITIONS

    return (p.proposition_id for p in analysis.rows(PROPOSITIONS))


class _Respondent(NamedTuple):
    """What a quote tells of whose it is."""

    respondent_name: str
    organization: str
    respondent_type: RespondentType
    campaign_id: str | None
    campaign_role: CampaignRole


def _respondent(values: Sequence[Any]) -> _Respondent:
    name, organization, kind, campaign_id, role = values
    # an empty cell of a frame is not None
    campaign = campaign_id if isinstance(campaign_id, str) else None
    return _Respondent(name, organization, _TYPES[kind], campaign, _ROLES[role])


class _Quoting:
    """What is needed to tell whose words a quote is."""

    def __init__(self, analysis: Analysis, quoted: set[str]) -> None:
        table = analysis.submissions
        quoting = table[table[SUBMISSIONS.c.submission_id].isin(quoted)]
        columns = zip(*(quoting[name] for name in _Respondent._fields), strict=True)
        self.submission = dict(zip(quoting[SUBMISSIONS.c.submission_id], map(_respondent, columns), strict=True))
        members = rows_where(analysis, CAMPAIGN_MEMBERS, CAMPAIGN_MEMBERS.c.submission_id, quoted)
        self.added = {m.submission_id: normalise(m.added_text) for m in members}
        self.templates = {c.template_submission_id for c in analysis.rows(CAMPAIGNS)}
        files = light(analysis, FILES)
        self.file_name = dict(zip(files[FILES.c.file_id], files[FILES.c.name], strict=True))
        self.recognised = set(files.loc[files[FILES.c.text_source].isin(RECOGNISED), FILES.c.file_id])

    def rows(self, evidence: list[Evidence]) -> list[QuoteRow]:
        """One row for each text, proposition and stance; a template's before its copies', then the surest."""
        evidence = sorted(
            evidence, key=lambda e: (e.submission_id not in self.templates, -e.score, e.submission_id, e.start)
        )
        chosen: dict[tuple[str, str, Stance], Evidence] = {}
        behind: defaultdict[tuple[str, str, Stance], set[str]] = defaultdict(set)
        for row in evidence:
            key = (self._text_of(row), row.proposition_id, row.stance)
            chosen.setdefault(key, row)
            behind[key].add(row.submission_id)
        return [self._row(row, len(behind[key])) for key, row in chosen.items()]

    def _text_of(self, row: Evidence) -> str:
        """The campaign for what copies repeat; the submission for a respondent's own words."""
        who = self.submission[row.submission_id]
        if not self._copies(who) or normalise(row.quote) in self.added.get(row.submission_id, ""):
            return row.submission_id
        return f"campaign {who.campaign_id}"

    @staticmethod
    def _copies(who: _Respondent) -> bool:
        return who.campaign_id is not None and who.campaign_role not in _APART

    def _row(self, row: Evidence, submissions: int) -> QuoteRow:
        who = self.submission[row.submission_id]
        return QuoteRow(
            quote=row.quote,
            proposition_id=row.proposition_id,
            stance=row.stance,
            submission_id=row.submission_id,
            respondent_name=who.respondent_name,
            organization=who.organization,
            respondent_type=who.respondent_type,
            file_id=row.file_id,
            file_name=self.file_name.get(row.file_id, ""),
            page=row.page,
            start=row.start,
            end=row.end,
            score=row.score,
            campaign_id=who.campaign_id if self._copies(who) else None,
            submissions=submissions,
            by_ocr=row.file_id in self.recognised,
        )
