"""The words behind the figures: one quote for each distinct text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.model import RECOGNISED, CampaignRole, Evidence, RespondentType, Stance
from rfc_analyzer.querying import frame_where, light, some_columns
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGN_MEMBERS, CAMPAIGNS, EVIDENCE, FILES, POSITIONS, PROPOSITIONS, SUBMISSIONS
from rfc_analyzer.words import normalise

_E, _S, _F = EVIDENCE.c, SUBMISSIONS.c, FILES.c
_AT_A_TIME = 2_000
_TYPES = {kind.value: kind for kind in RespondentType}
_ROLES = {role.value: role for role in CampaignRole}
_APART = (CampaignRole.UNIQUE, CampaignRole.POSSIBLE)
_SIDES = {stance.value: place for place, stance in enumerate(Stance)}


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A verbatim quote, whose it is, and where it stands: ``quote == file.text[start:end]``.

    ``submissions`` is how many submissions it speaks for: more than one where it stands in a form letter.
    ``by_ocr`` is true where the text was recognised from a picture, so that letters may be wrong. ``link`` is the
    submission's page on the web, where the metadata gives it.
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
    link: str = ""

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
    kept = narrowed.apply(analysis)
    return list(islice(Quotes(analysis, _evidence(analysis, kept, proposition_id, stance)), limit))


def all_quotes(analysis: Analysis, filters: Filters | None = None) -> Quotes:
    """As :func:`quotes`, of all propositions; of a large docket only some are held at a time."""
    return analysis.once(
        ("quotes", filters), lambda: quotes_of_submissions(analysis, (filters or Filters()).apply(analysis))
    )


def quotes_of_submissions(analysis: Analysis, submission_ids: Collection[str]) -> Quotes:
    """As :func:`all_quotes`, of these submissions alone."""
    return Quotes(analysis, _evidence(analysis, submission_ids, None, None))


def _evidence(
    analysis: Analysis, kept: Collection[str], proposition_id: str | None, stance: Stance | None
) -> pd.DataFrame:
    if proposition_id:
        table = frame_where(analysis, EVIDENCE, _E.proposition_id, (proposition_id,))
    else:
        table = analysis.evidence
    wanted = table[_E.submission_id].isin(kept)
    if stance:
        wanted &= table[_E.stance] == stance.value
    return table if wanted.all() else table[wanted]


class _Respondent(NamedTuple):
    """What a quote tells of whose it is."""

    respondent_name: str
    organization: str
    respondent_type: RespondentType
    campaign_id: str | None
    campaign_role: CampaignRole
    link: str

    @property
    def copies(self) -> bool:
        return self.campaign_id is not None and self.campaign_role not in _APART


def _respondent(values: Sequence[Any]) -> _Respondent:
    name, organization, kind, campaign_id, role, link = values
    # an empty cell of a frame is not None
    campaign = campaign_id if isinstance(campaign_id, str) else None
    return _Respondent(name, organization, _TYPES[kind], campaign, _ROLES[role], link)


class Quotes(Collection[QuoteRow]):
    """One quote for each text, proposition and stance, the surest first: a template's before its copies'.

    What is held is where each quote stands in ``evidence``; the rows are made as they are gone over.
    """

    def __init__(self, analysis: Analysis, evidence: pd.DataFrame) -> None:
        self._evidence = evidence
        self._submissions = analysis.submissions
        self._files = light(analysis, FILES)
        owners = _places(self._submissions[_S.submission_id], evidence[_E.submission_id])
        chosen = self._chosen(analysis, owners)
        self._rows = chosen.index.to_numpy()
        self._behind = chosen["behind"].to_numpy()
        self._owners = owners[self._rows]
        self._in_files = _places(self._files[_F.file_id], evidence[_E.file_id].iloc[self._rows])
        self._by_owner = np.argsort(self._owners, kind="stable")

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[QuoteRow]:
        return self._made(np.arange(len(self)))

    def __contains__(self, row: object) -> bool:
        return any(row == one for one in self)

    def between(self, first: int, last: int) -> Iterator[QuoteRow]:
        """The quotes of the submissions whose places in their table are ``first`` to ``last``, by submission."""
        ends = np.searchsorted(self._owners[self._by_owner], (first, last + 1))
        return self._made(self._by_owner[slice(*ends)])

    def surest(self, each: int, positions: pd.DataFrame) -> Iterator[QuoteRow]:
        """The first ``each`` for each proposition and side, of submissions whose whole position is that side."""
        p = POSITIONS.c
        said = self._evidence[[_E.submission_id, _E.proposition_id, _E.stance]].iloc[self._rows]
        said = said.assign(place=np.arange(len(self)))
        whole = said.merge(
            positions[[p.submission_id, p.proposition_id, p.stance]],
            left_on=[_E.submission_id, _E.proposition_id, _E.stance],
            right_on=[p.submission_id, p.proposition_id, p.stance],
        )
        first = whole.sort_values("place").groupby([_E.proposition_id, _E.stance], sort=False).head(each)
        return self._made(first["place"].to_numpy())

    def _chosen(self, analysis: Analysis, owners: np.ndarray) -> pd.DataFrame:
        """Where in the evidence the quotes stand, in their order, and for how many submissions each speaks."""
        templates = {c.template_submission_id for c in analysis.rows(CAMPAIGNS)}
        order = {
            p: place for place, p in enumerate(dict.fromkeys(p.proposition_id for p in analysis.rows(PROPOSITIONS)))
        }
        table = self._evidence
        keys = pd.DataFrame(
            {
                "who": _ranks(self._submissions[_S.submission_id])[owners],
                "about": table[_E.proposition_id].map(order).fillna(len(order)).to_numpy(),
                "proposition": pd.factorize(table[_E.proposition_id])[0],
                "side": table[_E.stance].map(_SIDES).to_numpy(),
                "unsure": -table[_E.score].to_numpy(),
                "at": table[_E.start].to_numpy(),
                "copied": ~table[_E.submission_id].isin(templates).to_numpy(),
                "words": self._texts(analysis, owners),
            }
        )
        keys = keys.sort_values(["copied", "unsure", "who", "at"], kind="stable")
        same = ["words", "proposition", "side"]
        behind = keys.groupby(same, sort=False)["who"].nunique()
        chosen = keys.drop_duplicates(same).assign(behind=behind.to_numpy())
        return chosen.sort_values(["about", "side", "unsure", "who"], kind="stable")[["behind"]]

    def _texts(self, analysis: Analysis, owners: np.ndarray) -> np.ndarray:
        """Whose words each row is: the submission's, by its place; a number under zero for a campaign's, which its
        copies repeat.
        """
        whose = self._submissions.iloc[owners]
        apart = whose[_S.campaign_role].isin([role.value for role in _APART])
        copied = np.flatnonzero((whose[_S.campaign_id].notna() & ~apart).to_numpy())
        if not len(copied):
            return owners
        ids = self._evidence[_E.submission_id].iloc[copied]
        added = _added(analysis, set(ids))
        said = zip(ids, self._evidence[_E.quote].iloc[copied], strict=True)
        repeated = copied[[normalise(quote) not in added.get(who, "") for who, quote in said]]
        texts = owners.copy()
        texts[repeated] = -1 - pd.factorize(whose[_S.campaign_id].iloc[repeated])[0]
        return texts

    def _made(self, which: np.ndarray) -> Iterator[QuoteRow]:
        for start in range(0, len(which), _AT_A_TIME):
            yield from self._part(which[start : start + _AT_A_TIME])

    def _part(self, which: np.ndarray) -> Iterator[QuoteRow]:
        evidence = EVIDENCE.rows_of(self._evidence.iloc[self._rows[which]])
        owners = self._submissions.iloc[self._owners[which]].reindex(columns=_Respondent._fields, fill_value="")
        who = map(_respondent, zip(*(owners[name] for name in _Respondent._fields), strict=True))
        places = self._in_files[which]
        files = self._files.iloc[places]
        known, recognised = places >= 0, files[_F.text_source].isin(RECOGNISED)
        names = zip(known, files[_F.name], recognised, strict=True)
        for row, whose, (there, name, by_ocr), behind in zip(evidence, who, names, self._behind[which], strict=True):
            yield _row(row, whose, name if there else "", bool(there and by_ocr), int(behind))


def _added(analysis: Analysis, submission_ids: Collection[str]) -> dict[str, str]:
    """What copies of form letters add, where they do."""
    m = CAMPAIGN_MEMBERS.c
    table = some_columns(analysis, CAMPAIGN_MEMBERS, (m.submission_id, m.added_text))
    table = table[table[m.submission_id].isin(submission_ids)]
    pairs = zip(table[m.submission_id], table[m.added_text], strict=True)
    return {submission_id: normalise(text) for submission_id, text in pairs if text}


def _ranks(ids: pd.Series[str]) -> np.ndarray:
    """The place of each id when all are in order."""
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[ids.argsort().to_numpy()] = np.arange(len(ids))
    return ranks


def _places(among: pd.Series[str], wanted: pd.Series[str]) -> np.ndarray:
    """Where each of ``wanted`` stands in ``among``, whose values are all different; -1 where it doesn't."""
    return pd.Index(among).get_indexer(pd.Index(wanted))


def _row(row: Evidence, who: _Respondent, file_name: str, by_ocr: bool, submissions: int) -> QuoteRow:
    return QuoteRow(
        quote=row.quote,
        proposition_id=row.proposition_id,
        stance=row.stance,
        submission_id=row.submission_id,
        respondent_name=who.respondent_name,
        organization=who.organization,
        respondent_type=who.respondent_type,
        file_id=row.file_id,
        file_name=file_name,
        page=row.page,
        start=row.start,
        end=row.end,
        score=row.score,
        campaign_id=who.campaign_id if who.copies else None,
        submissions=submissions,
        by_ocr=by_ocr,
        link=who.link,
    )
