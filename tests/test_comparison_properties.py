"""What must hold of the figures of any docket."""

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_analysis import make_analysis

from rfc_analyzer import model as m
from rfc_analyzer import tables as t
from rfc_analyzer.comparison import (
    CampaignFilter,
    Filters,
    Unit,
    compare,
    denominators,
    overview,
    positions_by_type,
    positions_overall,
    questions_by_type,
    questions_overall,
    quotes,
    respondents_by_type,
    themes_by_type,
    themes_overall,
)
from rfc_analyzer.store import Analysis, Manifest, load, save_manifest

PROPOSITIONS = ("P1", "P2")
THEMES = ("T1", "T2")
COPIES = (m.CampaignRole.EXACT, m.CampaignRole.NEAR, m.CampaignRole.CONTAINS)
FIGURES = (positions_by_type, themes_by_type, questions_by_type, respondents_by_type)


@dataclass(frozen=True)
class Letter:
    """A submission in a few words; ``campaign`` is a number, or None for a letter of one's own."""

    kind: m.RespondentType
    signatories: int
    stances: tuple[m.Stance | None, ...]
    themes: frozenset[str]
    campaign: int | None
    role: m.CampaignRole


letters = st.lists(
    st.builds(
        Letter,
        kind=st.sampled_from(list(m.RespondentType)),
        signatories=st.integers(1, 5),
        stances=st.tuples(*[st.sampled_from([None, *m.Stance])] * len(PROPOSITIONS)),
        themes=st.frozensets(st.sampled_from(THEMES)),
        campaign=st.none() | st.integers(0, 1),
        role=st.sampled_from([*COPIES, m.CampaignRole.POSSIBLE]),
    ),
    min_size=1,
    max_size=9,
)


def with_templates(found: list[Letter]) -> list[Letter]:
    """The first letter of each campaign is its template."""
    first = {x.campaign: n for n, x in reversed(list(enumerate(found))) if x.campaign is not None}
    roles = dict.fromkeys(first.values(), m.CampaignRole.ORIGINAL)
    return [replace(x, role=roles.get(n, x.role)) for n, x in enumerate(found)]


def write(folder: Path, found: list[Letter]) -> Analysis:
    """The docket of ``found`` as an analysis folder; copies repeat their template, so nothing of theirs is counted."""
    names = [f"S{n:02d}" for n in range(len(found))]
    template = {x.campaign: n for n, x in zip(names, found, strict=True) if x.role is m.CampaignRole.ORIGINAL}
    t.SUBMISSIONS.write(folder, [_submission(n, x) for n, x in zip(names, found, strict=True)])
    t.CAMPAIGNS.write(
        folder, [m.Campaign(f"C{c}", m.CampaignKind.NEAR, 1, n, "text", None, None) for c, n in template.items()]
    )
    t.PROPOSITIONS.write(folder, [m.Proposition(p, p) for p in PROPOSITIONS])
    t.QUESTIONS.write(folder, [m.Question(q, q, None, q, None) for q in THEMES])
    t.THEMES.write(folder, [m.Theme(i, i, (), None, 0, 0, 0, None, ()) for i in THEMES])
    t.POSITIONS.write(folder, [p for n, x in zip(names, found, strict=True) for p in _positions(n, x)])
    t.PASSAGES.write(folder, [p for n, x in zip(names, found, strict=True) for p in _passages(n, x)])
    save_manifest(folder, Manifest(m.Docket("D", "D"), "", 0, {}, {}, {}, (), {}, {}))
    return load(folder)


def _submission(name: str, x: Letter) -> m.Submission:
    return m.Submission(
        submission_id=name,
        docket_id="D",
        title="",
        submitted_at=None,
        respondent_name="",
        organization="",
        respondent_type=x.kind,
        signatories=x.signatories,
        campaign_id=None if x.campaign is None else f"C{x.campaign}",
        campaign_role=m.CampaignRole.UNIQUE if x.campaign is None else x.role,
    )


def _positions(name: str, x: Letter) -> list[m.Position]:
    there = zip(PROPOSITIONS, x.stances, strict=True)
    return [m.Position(name, p, s, 1.0, m.PositionMethod.CUES, False) for p, s in there if s]


def _passages(name: str, x: Letter) -> list[m.Passage]:
    counted = x.campaign is None or x.role not in COPIES
    return [
        m.Passage(f"{name}{i}", name, name, None, 0, 1, "x", m.PassageKind.BODY, i, 1.0, (i,), counted=counted)
        for i in sorted(x.themes)
    ]


@pytest.fixture(scope="module")
def docket():
    """Writes the letters of an example and opens them; each example has a folder of its own."""
    with TemporaryDirectory() as folder:
        made = []

        def make(found: list[Letter]) -> Analysis:
            made.append(Path(folder, str(len(made))))
            made[-1].mkdir()
            return write(made[-1], with_templates(found))

        yield make


many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@many
@given(letters)
def test_shares_add_up_to_the_denominator(docket, found):
    analysis = docket(found)
    for unit in Unit:
        of = denominators(analysis).of(unit)
        everyone = {row.proposition_id: row for row in positions_overall(analysis, unit=unit)}
        for row in everyone.values():
            assert sum(row.share(s).n for s in m.Stance) + row.not_addressed.n == of
        for proposition, row in everyone.items():
            parts = [r for r in positions_by_type(analysis, unit=unit) if r.proposition_id == proposition]
            for stance in m.Stance:
                assert sum(p.share(stance).n for p in parts) == row.share(stance).n
            assert sum(p.support.of for p in parts) == of
        assert sum(row.share.n for row in respondents_by_type(analysis, unit=unit)) == of
        for by_type, overall in ((themes_by_type, themes_overall), (questions_by_type, questions_overall)):
            assert sum(r.share.n for r in by_type(analysis, unit=unit)) == sum(
                r.share.n for r in overall(analysis, unit=unit)
            )


@many
@given(letters)
def test_shares_and_intervals_lie_where_they_must(docket, found):
    for row in positions_by_type(docket(found)):
        for share in (row.support, row.oppose, row.mixed, row.not_addressed, row.addressed):
            assert 0 <= share.n <= share.of
            low, high = share.interval()
            assert 0 <= low <= share.value <= high <= 1


@many
@given(letters, st.integers(0, 8), st.sampled_from(list(m.RespondentType)))
def test_an_exact_copy_changes_no_distinct_text(docket, found, which, kind):
    found = with_templates(found)
    copied = found[which % len(found)]
    if copied.role is m.CampaignRole.POSSIBLE and copied.campaign is not None:
        return
    campaign = 7 if copied.campaign is None else copied.campaign
    source = next(x for x in found if x == copied or (x.campaign == campaign and x.role is m.CampaignRole.ORIGINAL))
    again = [replace(x, campaign=campaign, role=m.CampaignRole.ORIGINAL) if x is source else x for x in found]
    again.append(replace(source, campaign=campaign, role=m.CampaignRole.EXACT, kind=kind, signatories=1))
    before, after = docket(found), docket(again)
    for figure in FIGURES:
        assert figure(before, unit=Unit.DISTINCT_TEXTS) == figure(after, unit=Unit.DISTINCT_TEXTS)
    assert denominators(after).submissions == denominators(before).submissions + 1
    for old, new in zip(
        positions_overall(before, unit=Unit.SUBMISSIONS), positions_overall(after, unit=Unit.SUBMISSIONS), strict=True
    ):
        gained = source.stances[PROPOSITIONS.index(old.proposition_id)]
        assert all(new.share(s).n == old.share(s).n + (s is gained) for s in m.Stance)
    for old, new in zip(
        themes_overall(before, unit=Unit.SUBMISSIONS), themes_overall(after, unit=Unit.SUBMISSIONS), strict=True
    ):
        assert new.share.n == old.share.n + (old.theme_id in source.themes)


@many
@given(letters)
def test_parts_of_a_docket_add_up_to_it(docket, found):
    analysis = docket(found)
    only, without = Filters(campaign=CampaignFilter.ONLY), Filters(campaign=CampaignFilter.WITHOUT)
    for unit in Unit:
        parts = denominators(analysis, only).of(unit) + denominators(analysis, without).of(unit)
        assert parts == denominators(analysis).of(unit)
    assert sorted(only.apply(analysis) + without.apply(analysis)) == sorted(Filters().apply(analysis))
    both = Filters(proposition_id="P1", stances=(m.Stance.SUPPORT,), theme_ids=("T1",))
    each = [Filters(proposition_id="P1", stances=(m.Stance.SUPPORT,)), Filters(theme_ids=("T1",))]
    assert set(both.apply(analysis)) == set.intersection(*(set(f.apply(analysis)) for f in each))


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_changes_nothing(tmp_path, seed):
    straight = make_analysis(tmp_path / "straight")
    make_analysis(tmp_path / "shuffled")
    mixed = load(tmp_path / "shuffled")
    random = Random(seed)
    for table in (t.SUBMISSIONS, t.FILES, t.PASSAGES, t.POSITIONS, t.EVIDENCE, t.CAMPAIGN_MEMBERS):
        rows = mixed.rows(table)
        random.shuffle(rows)
        table.write(mixed.folder, rows)
    mixed = load(mixed.folder)
    for unit in Unit:
        for figure in (*FIGURES, positions_overall, themes_overall, questions_overall):
            assert figure(mixed, unit=unit) == figure(straight, unit=unit)
        for by in ("respondent_type", "campaign", "substantive"):
            assert compare(mixed, by=by, unit=unit).to_json() == compare(straight, by=by, unit=unit).to_json()
    assert quotes(mixed) == quotes(straight)
    assert overview(mixed) == overview(straight)
    assert sorted(Filters(text="price*").apply(mixed)) == sorted(Filters(text="price*").apply(straight))
