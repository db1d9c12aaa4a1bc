"""The representation audit: which respondent types, themes and positions a summary names, quotes, or leaves out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from rfc_analyzer.comparison.counting import weights
from rfc_analyzer.comparison.figures import most_raised, themes_overall
from rfc_analyzer.comparison.filters import Filters, in_campaign
from rfc_analyzer.comparison.holding import theme_holders
from rfc_analyzer.comparison.minorities import minority_views
from rfc_analyzer.comparison.shares import Share, Unit
from rfc_analyzer.model import RespondentType, Stance
from rfc_analyzer.querying import rows_where, some_columns
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import CAMPAIGNS, EVIDENCE, PASSAGES, POSITIONS, PROPOSITIONS, SUBMISSIONS, THEMES

LEADING_THEMES = 10
"""How many themes a summary names."""
SHOWN_PASSAGES = 2
"""How many passages are shown for each theme."""
_S = SUBMISSIONS.c


class Represented(StrEnum):
    """What a summary may name or leave out."""

    RESPONDENT_TYPE = "respondent_type"
    THEME = "theme"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class RepresentationRow:
    """How far a summary represents those who are of a type, raise a theme or hold a position.

    ``share`` is how many they are, of all; ``quoted`` how many of them have words of theirs quoted for it, in the same
    unit. ``named`` is false for a theme beyond the leading ones. ``smaller`` marks the smaller side of a proposition.
    ``silent`` are the types of whom some hold it and none is quoted for it, with how many hold it.
    """

    kind: Represented
    id: str
    name: str
    share: Share
    quoted: int
    named: bool = True
    stance: Stance | None = None
    smaller: bool = False
    silent: tuple[tuple[RespondentType, int], ...] = ()

    @property
    def left_out(self) -> bool:
        """True where it isn't named or nobody is quoted for it; and for a position, where types are silent.

        The few passages of a theme can't be of every type, so that silent types alone don't make it left out.
        """
        return not self.named or not self.quoted or (self.kind is Represented.POSITION and bool(self.silent))


def representation(
    analysis: Analysis, filters: Filters | None = None, unit: Unit = Unit.DISTINCT_TEXTS
) -> list[RepresentationRow]:
    """A row for each respondent type, theme and stance on a proposition that occurs, in that order.

    Quoted are all positions with evidence, and for each theme the first :data:`SHOWN_PASSAGES` passages; a form letter
    is quoted from its template. Named are the :data:`LEADING_THEMES` largest themes.
    """
    filters = filters or Filters()
    voices = _Voices(analysis, filters, unit)
    themes = _themes(voices, filters)
    positions = _positions(voices, filters)
    # a type is quoted where one of it is quoted for anything, so that it comes last
    return [*_types(voices), *themes, *positions]


class _Voices:
    """Who counts how much, is of which type, and whose words are quoted for what."""

    def __init__(self, analysis: Analysis, filters: Filters, unit: Unit) -> None:
        self.analysis, self.unit = analysis, unit
        # one string stands for each submission, wherever its id is read from
        self.kept = {i: i for i in filters.apply(analysis)}
        counted = weights(analysis, self.kept, unit)
        self.weight = {self.kept[str(i)]: int(n) for i, n in counted.items()}
        table = analysis.submissions
        ids = table[_S.submission_id]
        types = {kind.value: kind for kind in RespondentType}
        self.type = {self.kept.get(i, i): types[t] for i, t in zip(ids, table[_S.respondent_type], strict=True)}
        campaign = table[_S.campaign_id].where(in_campaign(table))
        self.campaign = {i: c for i, c in zip(ids, campaign, strict=True) if isinstance(c, str)}
        self.quoted_at_all: set[str] = set()

    def share(self, holders: Iterable[str]) -> Share:
        return Share(self._sum(holders), sum(self.weight.values()), self.unit)

    def heard(
        self, holders: Collection[str], quoted: Collection[str]
    ) -> tuple[Share, int, tuple[tuple[RespondentType, int], ...]]:
        """The share of ``holders``, how many of them are ``quoted``, and the types of whom none is."""
        self.quoted_at_all |= set(quoted)
        by_type: defaultdict[RespondentType, set[str]] = defaultdict(set)
        for one in holders:
            by_type[self.type[one]].add(one)
        silent = [
            (kind, n)
            for kind in RespondentType
            if (n := self._sum(by_type[kind])) and not self._sum(by_type[kind] & set(quoted))
        ]
        return self.share(holders), self._sum(quoted), tuple(silent)

    def _sum(self, ids: Iterable[str]) -> int:
        return sum(self.weight.get(i, 0) for i in ids)


def _types(voices: _Voices) -> list[RepresentationRow]:
    rows = []
    for kind in RespondentType:
        holders = {i for i in voices.weight if voices.type[i] is kind}
        share, quoted, _ = voices.heard(holders, holders & voices.quoted_at_all)
        if share.n:
            rows.append(RepresentationRow(Represented.RESPONDENT_TYPE, kind.value, kind.value, share, quoted))
    return rows


def _themes(voices: _Voices, filters: Filters) -> list[RepresentationRow]:
    held = theme_holders(voices.analysis)
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for submission_id, theme_id in zip(held[_S.submission_id], held[THEMES.c.theme_id], strict=True):
        if submission_id in voices.weight:
            holders[theme_id].add(voices.kept[submission_id])
    shown = _texts_shown(voices)
    overall = most_raised(themes_overall(voices.analysis, filters, voices.unit))
    rows = []
    for place, row in enumerate(overall):
        quoted = {i for i in holders[row.theme_id] if voices.campaign.get(i, i) in shown.get(row.theme_id, ())}
        share, count, silent = voices.heard(holders[row.theme_id], quoted)
        named = place < LEADING_THEMES
        if share.n:
            rows.append(
                RepresentationRow(Represented.THEME, row.theme_id, row.label, share, count, named, silent=silent)
            )
    return rows


def _texts_shown(voices: _Voices) -> dict[str, set[str]]:
    """For each theme the distinct texts, a campaign by its id, of the passages that are shown for it."""
    themes = voices.analysis.rows(THEMES)
    wanted = {p for theme in themes for p in theme.representative_passage_ids}
    speaker = {
        p.passage_id: p.submission_id for p in rows_where(voices.analysis, PASSAGES, PASSAGES.c.passage_id, wanted)
    }
    shown = {}
    for theme in themes:
        who = [speaker[p] for p in theme.representative_passage_ids if speaker.get(p) in voices.kept]
        shown[theme.theme_id] = {voices.campaign.get(i, i) for i in who[:SHOWN_PASSAGES]}
    return shown


def _positions(voices: _Voices, filters: Filters) -> list[RepresentationRow]:
    c = POSITIONS.c
    table = voices.analysis.positions
    holders: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for who, what, stance in zip(table[c.submission_id], table[c.proposition_id], table[c.stance], strict=True):
        if who in voices.weight:
            holders[what, stance].add(voices.kept[who])
    evident = _Evident(voices)
    smaller = {(v.proposition_id, v.stance) for v in minority_views(voices.analysis, filters, voices.unit)}
    rows = []
    for proposition in voices.analysis.rows(PROPOSITIONS):
        for side in Stance:
            key = proposition.proposition_id, side
            mine = holders[proposition.proposition_id, side.value]
            share, quoted, silent = voices.heard(mine, {i for i in mine if evident.of(i, *key)})
            if share.n:
                rows.append(
                    RepresentationRow(
                        Represented.POSITION, key[0], proposition.text, share, quoted, stance=side,
                        smaller=key in smaller, silent=silent,
                    )
                )  # fmt: skip
    return rows


class _Evident:
    """Which submissions have words quoted for a stance: their own, or their form letter's."""

    def __init__(self, voices: _Voices) -> None:
        e, c = EVIDENCE.c, CAMPAIGNS.c
        columns = e.submission_id, e.proposition_id, e.stance
        table, campaigns = some_columns(voices.analysis, EVIDENCE, columns), voices.analysis.campaigns
        self._quoted: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for who, what, stance in zip(table[e.submission_id], table[e.proposition_id], table[e.stance], strict=True):
            if who in voices.kept:
                self._quoted[what, stance].add(voices.kept[who])
        self._template = dict(zip(campaigns[c.campaign_id], campaigns[c.template_submission_id], strict=True))
        self._campaign = voices.campaign

    def of(self, submission_id: str, proposition_id: str, stance: Stance) -> bool:
        """Whether one is quoted for it; words for either side speak for a mixed position."""
        template = self._template.get(self._campaign.get(submission_id, ""), "")
        sides = tuple(Stance) if stance is Stance.MIXED else (stance,)
        quoted = (self._quoted.get((proposition_id, side.value), ()) for side in sides)
        return any(submission_id in those or template in those for those in quoted)
