"""Passages and their vectors to themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from threadpoolctl import threadpool_limits

from rfc_analyzer.model import Passage, Question, Theme
from rfc_analyzer.model_themes import KnownTheme, NoTheme
from rfc_analyzer.progress import Progress, Silent
from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.themes import seeds as seeding
from rfc_analyzer.themes.clusters import Assign, centroids_of
from rfc_analyzer.themes.describing import as_before, describe
from rfc_analyzer.themes.directions import centred
from rfc_analyzer.themes.grouping import (
    Grouping,
    Joined,
    group_passages,
    joined,
    joined_groups,
    one_group,
    same_groups,
)
from rfc_analyzer.themes.keeping import NEW, Kept, known_labels, matched
from rfc_analyzer.themes.layout import lay_out
from rfc_analyzer.themes.sampling import drawn
from rfc_analyzer.themes.saying import without_theme
from rfc_analyzer.themes.seeds import Encode, SeedThemes
from rfc_analyzer.themes.vocabulary import Vocabulary, find_vocabulary, numbers_of, without_phrases

FEWEST_PASSAGES = 15
_FARTHEST = 0.15  # cosine to the theme's centre under which a passage belongs to no theme
_MOST_LEFT_OUT = 0.08
_MARGIN_SCALE = 0.1


@dataclass(frozen=True, slots=True)
class ThemeResult:
    """``assignments``: passage_id → (theme_id, score in 0..1); ``note`` says why there are few themes or none.

    ``without``: passage_id → why it has no theme; ``places``: passage_id → its place on the map. ``words_kept``: the
    themes' keywords and descriptions are those of the earlier run.
    """

    themes: tuple[Theme, ...]
    assignments: Mapping[str, tuple[str, float]]
    note: str = ""
    without: Mapping[str, NoTheme] = field(default_factory=dict)
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    words_kept: bool = False


def find_themes(
    passages: Sequence[Passage],
    vectors: np.ndarray,
    settings: ThemeSettings,
    seed: int,
    own_phrases: Sequence[str] = (),
    seed_themes: SeedThemes = (),
    progress: Progress | None = None,
    encode: Encode | None = None,
    assign: Assign | None = None,
    known: Sequence[KnownTheme] = (),
    regroup: bool = False,
    questions: Sequence[Question] = (),
    reword: bool = True,
) -> ThemeResult:
    """Group the counted ``passages`` into themes; ``vectors`` (n, d), unit length, belong to them in order.

    ``own_phrases`` are the docket's title and its questions, whose words name no theme. ``seed_themes`` are
    themes that an analyst expects, name and words: passages that hold a word or are near the words' vector form a
    theme of that name, the others are grouped freely. Where the settings ask for it, passages that answer one of the
    ``questions`` form a theme of it. ``encode`` turns texts into vectors of the same kind; with it a seed also works
    where no passage holds its words, and titles are phrases that mean the theme. A large docket is grouped by a
    sample; ``assign`` puts the other passages to the nearest theme, elsewhere than here. The order of passages doesn't
    matter. Parent themes are rows too: other rows' ``parent_id`` names them, and no passage is assigned to them.

    ``known`` are the themes of an earlier run. They keep their passages, ids and titles, and new passages join them or
    make new themes; with ``regroup``, or where most is new, all is grouped again, and themes that are found again keep
    their ids and titles.
    Without ``reword`` known themes keep their keywords and descriptions as well, while none is new and no more than a
    fifth of the passages came or went since these were chosen.

    A score is high where the passage is much nearer to the centre of its theme than to any other; .5 is half way.
    Raises ``ValueError`` where vectors and passages differ in number.
    """
    if len(passages) != len(vectors):
        raise ValueError(f"{len(passages)} passages, but {len(vectors)} vectors")
    with threadpool_limits(1):  # more threads wait for each other, and cost more than they save
        return _find(
            passages,
            vectors,
            settings,
            seed,
            own_phrases,
            seed_themes,
            progress or Silent(),
            encode,
            assign,
            known,
            regroup,
            questions,
            reword,
        )


def _find(
    passages: Sequence[Passage],
    vectors: np.ndarray,
    settings: ThemeSettings,
    seed: int,
    own_phrases: Sequence[str],
    seed_themes: SeedThemes,
    progress: Progress,
    encode: Encode | None,
    assign: Assign | None,
    known: Sequence[KnownTheme],
    regroup: bool,
    questions: Sequence[Question],
    reword: bool,
) -> ThemeResult:
    without = without_theme(passages, {name for theme in known if theme.theme_id for name in theme.passage_ids})
    order = sorted(
        (row for row, p in enumerate(passages) if p.passage_id not in without),
        key=lambda row: passages[row].passage_id,
    )
    chosen = [passages[row] for row in order]
    progress.advance(len(passages) - len(chosen))
    if not chosen:
        return ThemeResult((), {}, "No themes: no passage says enough to tell what it is about.", without)
    kept = known_labels(known, chosen) if known else None
    voices = [p.submission_id for p in chosen]
    directions = centred(vectors[order], voices, settings.respondent_centring)
    read = drawn(len(chosen), seed, kept.labels if kept else None)
    found: Joined | None = None
    if kept and kept.mostly_known and not regroup and len(chosen) >= FEWEST_PASSAGES:
        found = joined(directions, numbers_of(voices), read, kept, settings)
    words_kept = found is not None and not reword and found.words_hold
    if found is not None and words_kept:
        words = tuple(theme.keywords for theme in found.kept.themes)
        grouping, note = same_groups(directions, without_phrases(voices), found, words), ""
    else:
        vocabulary = find_vocabulary([p.text for p in chosen], voices, "".join(own_phrases[:1]), read)
        if found is not None:
            grouping, note = joined_groups(directions, vocabulary, found), ""
        else:
            grouping, note = _group(
                chosen, directions, vocabulary, settings, seed, seed_themes, encode, assign, kept, questions
            )
    progress.advance(len(chosen) // 2, "themes grouped")
    scores, stay = _scores(grouping)
    if found is not None and words_kept:
        themes, ids = as_before(chosen, grouping, stay, found.kept)
    else:
        themes, ids = describe(chosen, grouping, stay, own_phrases, kept, encode)
    progress.advance(len(chosen) - len(chosen) // 2, "themes described")
    assignments = {
        p.passage_id: (ids[label], score)
        for p, label, score, stays in zip(chosen, grouping.labels.tolist(), scores, stay, strict=True)
        if stays
    }
    without |= {p.passage_id: NoTheme.UNLIKE_ANY for p, stays in zip(chosen, stay, strict=True) if not stays}
    spots = lay_out(grouping.directions, grouping.labels).tolist()
    places = {p.passage_id: (x, y) for p, (x, y), stays in zip(chosen, spots, stay, strict=True) if stays}
    note = " ".join(filter(None, (note, _announced(themes))))
    return ThemeResult(themes, assignments, note, without, places, words_kept)


def _announced(themes: Sequence[Theme]) -> str:
    fresh = [theme.label for theme in themes if theme.is_new]
    if not fresh:
        return ""
    return f"{len(fresh)} {'theme is' if len(fresh) == 1 else 'themes are'} new since the last run: {'; '.join(fresh)}."


def _group(
    passages: Sequence[Passage],
    directions: np.ndarray,
    vocabulary: Vocabulary,
    settings: ThemeSettings,
    seed: int,
    seed_themes: SeedThemes,
    encode: Encode | None,
    assign: Assign | None,
    kept: Kept | None,
    questions: Sequence[Question],
) -> tuple[Grouping, str]:
    if len(passages) < FEWEST_PASSAGES:
        many = "1 passage" if len(passages) == 1 else f"{len(passages)} passages"
        note = f"Only {many} of argument: too few to tell themes apart, so they stand as one theme."
        return _recognised(one_group(directions, vocabulary), kept), note
    pinned = np.full(len(passages), -1)
    if seed_themes:
        pinned = seeding.attracted(seed_themes, [p.text for p in passages], directions, encode)
    if settings.question_seeds:
        pinned, seed_themes = seeding.answering(passages, questions, pinned, seed_themes)
    # where nothing is new, the same input gives the same groups as without an earlier run
    voting = kept.voting if kept and (kept.labels == NEW).any() else None
    grouping = group_passages(directions, vocabulary, pinned, settings, seed, voting, assign)
    names = seeding.named_by_seeds(pinned, grouping.labels, seed_themes)
    note = ""
    if int(vocabulary.submissions.max()) == 0:
        note = "All passages come from one submission: the themes are the subjects of that text."
    elif int(grouping.labels.max()) == 0:
        note = "The passages are too alike to tell themes apart, so they stand as one theme."
    return _recognised(grouping.named(names), kept), note


def _recognised(grouping: Grouping, kept: Kept | None) -> Grouping:
    """The same, groups that an earlier run knew with the ids and titles they had; a seed's name stands."""
    if kept is None:
        return grouping
    same = {label: kept.themes[place] for label, place in matched(grouping.labels, kept.voting).items()}
    names = {label: theme.label for label, theme in same.items()} | dict(grouping.names)
    return replace(grouping, names=names, ids={label: theme.theme_id for label, theme in same.items()})


def _scores(grouping: Grouping) -> tuple[list[float], np.ndarray]:
    """Each passage's score, and whether it belongs to a theme at all."""
    similar = grouping.directions @ centroids_of(grouping.directions, grouping.labels).T
    rows = np.arange(len(similar))
    own = similar[rows, grouping.labels].astype(np.float64)
    similar[rows, grouping.labels] = -np.inf
    other = similar.max(axis=1).astype(np.float64)
    margin = own - (other if similar.shape[1] > 1 else 0.0)
    far = np.flatnonzero(np.round(own, 4) < _FARTHEST)
    far = far[np.argsort(own[far], kind="stable")][: int(_MOST_LEFT_OUT * len(own))]
    kept = np.ones(len(own), dtype=bool)
    kept[far] = False
    if grouping.stays is not None:
        kept = np.where(grouping.stays >= 0, grouping.stays == 1, kept)
    for label in range(similar.shape[1]):
        if not kept[grouping.labels == label].any():
            kept[grouping.labels == label] = True
    scores = 1 / (1 + np.exp(-margin / _MARGIN_SCALE))
    return [round(float(score), 4) for score in scores], kept
