"""Groups of passages to rows of the themes table: titles, keywords, counts, representative passages, ids."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from rfc_analyzer.model import Passage, Theme
from rfc_analyzer.model_themes import KnownTheme
from rfc_analyzer.themes.clusters import centroids_of
from rfc_analyzer.themes.directions import unit
from rfc_analyzer.themes.fitting import apart, central_phrase, fitted
from rfc_analyzer.themes.grouping import Grouping
from rfc_analyzer.themes.keeping import Kept, matched, numbered
from rfc_analyzer.themes.languages import foreign_stop_words
from rfc_analyzer.themes.parents import parent_groups
from rfc_analyzer.themes.seeds import Encode
from rfc_analyzer.themes.titles import (
    UNNAMED,
    best_places,
    choose_phrases,
    describe_in_phrases,
    is_rest,
    keywords,
    make_titles,
    own_factors,
    parent_title,
    phrase_scores,
    sentence,
    title_scores,
    voices_for,
)
from rfc_analyzer.themes.vocabulary import Vocabulary
from rfc_analyzer.themes.wording import Wording

_REPRESENTATIVES = 5
_READ_A_GROUP = 200
_SAID_OFTEN = 8  # words of which a phrase from the middle of a theme must hold one
_WEAK = 0.15  # best score for each passage, under which no phrase names a theme
_WEAK_WORD = 1.0  # the same of a theme that has but single words
_WEAK_PHRASE = 0.5  # the same of a phrase that hardly anybody says: not three where ten speak
_MANY_SPEAKERS, _FEW_VOICES = 10, 3
_READ_FOR_LANGUAGE, _BEGINNING = 20, 150  # passages of a group, and letters of each
_NEAREST = 40
_KEYWORDS_LOOKED_AT = 30
_THEMES_TOLD = 4  # of a parent, in its sentence
_READABLE = re.compile(r"[\W\d]{0,6}[^\W\d_](?!.*\S{26}).{78,800}[.?!][\"”’)\]]*\d{0,3}", re.DOTALL)


@dataclass(frozen=True)
class _Level:
    """One level of themes: the group of each passage, -1 for none, and each group's title, keywords and sentence."""

    groups: np.ndarray
    titles: Sequence[str]
    keywords: Sequence[tuple[str, ...]]
    descriptions: Sequence[str]
    ids: dict[int, str]


def describe(
    passages: Sequence[Passage],
    grouping: Grouping,
    kept: np.ndarray,
    own_phrases: Sequence[str],
    known: Kept | None = None,
    encode: Encode | None = None,
) -> tuple[tuple[Theme, ...], dict[int, str]]:
    """Rows of the themes table, and the theme id of each label. ``kept`` (n,) says which passages belong to a theme.
    With ``encode`` titles are phrases whose meaning is near the theme's, not only frequent ones.

    Themes come by size and then by title, what is left over last: T01, T02 …; then their parents, P01 … What is
    ``known`` has the id it had.
    """
    vocabulary = grouping.vocabulary
    parent = grouping.parent
    if parent is None:
        sizes = np.bincount(grouping.labels[kept], minlength=len(grouping.words))
        parent = parent_groups(centroids_of(grouping.directions, grouping.labels), sizes)
    groups = np.where(kept, grouping.labels, -1)
    higher = np.where(groups >= 0, parent[groups], -1)
    factors = own_factors(vocabulary, own_phrases)
    scores, above = phrase_scores(vocabulary, groups, factors), _best_keys(vocabulary, higher, factors)
    candidates = {vocabulary.keys[place] for row in scores for place in best_places(row).tolist()}
    looked_at = candidates.union(*grouping.words, *above)
    wording = Wording((passages[row].text for row in _some_of_each(groups)), looked_at)

    foreign = _foreign(passages, groups)
    scores = title_scores(scores, vocabulary.keys, wording, foreign)
    scores = fitted(scores, vocabulary.keys, wording, centroids_of(grouping.directions, grouping.labels), encode)
    # known themes choose too, so that their descriptions are what they were
    given = {label: name for label, name in grouping.names.items() if label not in grouping.ids}
    chosen = choose_phrases(scores, vocabulary.keys, given)
    written = [_written(places, vocabulary, wording) for places in chosen]
    written = [own[:1] if label in foreign else own for label, own in enumerate(written)]  # "and" is English
    words = [keywords(ranked, wording, foreign.get(label)) for label, ranked in enumerate(grouping.words)]
    written = _better_named(written, chosen, scores, passages, grouping, groups, wording, encode)
    titles = make_titles(written, [own[:1] if label in foreign else own for label, own in enumerate(words)])
    titles = [grouping.names.get(label, title) for label, title in enumerate(titles)]
    said = [describe_in_phrases(scores, n, vocabulary.keys, own, wording, words[n]) for n, own in enumerate(chosen)]
    highest = known.highest if known else {}
    themes = _Level(groups, titles, words, said, numbered("T", _sizes(groups, titles), titles, grouping.ids, highest))
    names = [_short_name(title, own) for title, own in zip(titles, written, strict=True)]
    parents = _parent_level([keywords(ranked, wording) for ranked in above], higher, groups, names, parent, known)

    new = [label for label in themes.ids if known is not None and label not in grouping.ids]
    return _rows(passages, grouping, themes, parents, parent, new), themes.ids


def as_before(
    passages: Sequence[Passage], grouping: Grouping, kept: np.ndarray, known: Kept
) -> tuple[tuple[Theme, ...], dict[int, str]]:
    """The same for ``known`` themes alone, in the words that they were described in."""
    assert grouping.parent is not None
    groups = np.where(kept, grouping.labels, -1)
    themes = _known_level("T", groups, known.themes, known)
    above = _known_level("P", np.where(groups >= 0, grouping.parent[groups], -1), known.parents, known)
    return _rows(passages, grouping, themes, above, grouping.parent), themes.ids


def _known_level(letter: str, groups: np.ndarray, themes: Sequence[KnownTheme], known: Kept) -> _Level:
    titles = [theme.label for theme in themes]
    before = {place: theme.theme_id for place, theme in enumerate(themes)}
    ids = numbered(letter, _sizes(groups, titles), titles, before, known.highest)
    return _Level(groups, titles, [t.keywords for t in themes], [t.description for t in themes], ids)


def _rows(
    passages: Sequence[Passage],
    grouping: Grouping,
    themes: _Level,
    above: _Level,
    parent: np.ndarray,
    new: Sequence[int] = (),
) -> tuple[Theme, ...]:
    submissions = grouping.vocabulary.submissions
    rows = [
        _row(
            themes,
            label,
            submissions,
            parent_id=above.ids.get(int(parent[label])),
            stability=grouping.stability[label],
            representatives=_representatives(passages, grouping, np.flatnonzero(themes.groups == label)),
            is_new=label in new,
        )
        for label in themes.ids
    ]
    for label, parent_id in above.ids.items():
        best = [row.representative_passage_ids for row in rows if row.parent_id == parent_id]
        shown = _of_themes(best, passages, submissions)
        rows.append(_row(above, label, submissions, parent_id=None, stability=None, representatives=shown))
    return tuple(rows)


def _row(
    level: _Level,
    label: int,
    submissions: np.ndarray,
    *,
    parent_id: str | None,
    stability: float | None,
    representatives: tuple[str, ...],
    is_new: bool = False,
) -> Theme:
    members = np.flatnonzero(level.groups == label)
    voices = len(np.unique(submissions[members]))
    return Theme(
        theme_id=level.ids[label],
        label=level.titles[label],
        keywords=level.keywords[label],
        parent_id=parent_id,
        passages=len(members),
        submissions=voices,
        distinct_texts=voices,  # what campaigns repeat is not among the passages
        stability=stability,
        representative_passage_ids=representatives,
        description=level.descriptions[label],
        is_new=is_new,
        is_rest=is_rest(level.titles[label]),
    )


def _best_keys(vocabulary: Vocabulary, groups: np.ndarray, factors: np.ndarray) -> list[list[str]]:
    """The best phrases of each group, by their keys; none where there are no groups."""
    if groups.max() < 0:
        return []
    scores = phrase_scores(vocabulary, groups, factors)
    return [[vocabulary.keys[place] for place in best_places(row)[:_KEYWORDS_LOOKED_AT].tolist()] for row in scores]


def _parent_level(
    words: Sequence[tuple[str, ...]],
    above: np.ndarray,
    groups: np.ndarray,
    names: Sequence[str],
    parent: np.ndarray,
    known: Kept | None,
) -> _Level:
    """The parents' level; each is called after the largest of its themes, of which ``names`` says what they are of.

    ``words`` are the parents' keywords; ``above`` (n,) is the parent of each passage.
    """
    if not words:
        return _Level(above, (), (), (), {})
    largest = np.argsort(-np.bincount(groups[groups >= 0], minlength=len(names)), kind="stable")
    named = sorted(largest.tolist(), key=lambda theme: names[theme] == UNNAMED)
    beneath = [[names[theme] for theme in named if parent[theme] == n] for n in range(len(words))]
    given, ids = _known_parents(above, known)
    telling = [[name for name in below if name != UNNAMED] or [UNNAMED] for below in beneath]
    titles = [given.get(number) or parent_title(below) for number, below in enumerate(telling)]
    sizes = _sizes(above, titles)
    said = [sentence(below[:_THEMES_TOLD]) for below in beneath]
    return _Level(above, titles, words, said, numbered("P", sizes, titles, ids, known.highest if known else {}))


def _known_parents(above: np.ndarray, known: Kept | None) -> tuple[dict[int, str], dict[int, str]]:
    """Titles and ids of the parents that an earlier run knew."""
    if known is None:
        return {}, {}
    before = np.array([known.parent_of(label) if label >= 0 else -1 for label in known.labels.tolist()])
    found = {number: known.parents[place] for number, place in matched(above, before).items()}
    return {n: p.label for n, p in found.items()}, {n: p.theme_id for n, p in found.items()}


def _some_of_each(groups: np.ndarray) -> list[int]:
    """Rows of some passages of each group, evenly spaced: enough to know how its phrases are written."""
    found: list[int] = []
    for group in range(int(groups.max()) + 1):
        rows = np.flatnonzero(groups == group)
        found.extend(rows[:: max(1, len(rows) // _READ_A_GROUP)].tolist())
    return found


def _written(places: Sequence[int], vocabulary: Vocabulary, wording: Wording) -> list[str]:
    return [wording.of(vocabulary.keys[place]) for place in places]


def _short_name(title: str, phrases: Sequence[str]) -> str:
    """The first of the ``phrases`` that a title was made of; the title where it is an earlier or a given one."""
    first = next(iter(phrases), title)
    return first if title.casefold().startswith(first.casefold()) else title


def _sizes(groups: np.ndarray, titles: Sequence[object]) -> np.ndarray:
    return np.bincount(groups[groups >= 0], minlength=len(titles))


def _representatives(passages: Sequence[Passage], grouping: Grouping, rows: np.ndarray) -> tuple[str, ...]:
    """The passages nearest to the centre, one a submission, whole sentences of some length first."""
    directions, submissions = grouping.directions[rows], grouping.vocabulary.submissions
    near = np.round(directions @ unit(directions.mean(axis=0, keepdims=True))[0], 5)
    readable = [_READABLE.fullmatch(passages[row].text.strip()) is not None for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (not readable[i], -near[i], rows[i]))
    return _one_a_submission([int(rows[place]) for place in order], passages, submissions)


def _of_themes(
    themes: Sequence[tuple[str, ...]], passages: Sequence[Passage], submissions: np.ndarray
) -> tuple[str, ...]:
    """The best of each theme, then the second best of each, and so on."""
    place = {p.passage_id: row for row, p in enumerate(passages)}
    turns = zip_longest(*themes)
    return _one_a_submission([place[name] for turn in turns for name in turn if name], passages, submissions)


def _better_named(
    written: list[list[str]],
    chosen: Sequence[Sequence[int]],
    scores: np.ndarray,
    passages: Sequence[Passage],
    grouping: Grouping,
    groups: np.ndarray,
    wording: Wording,
    encode: Encode | None,
) -> list[list[str]]:
    """The phrases of each theme's title, for those that have but single words a phrase from the middle of the theme.

    A theme that no phrase names at all is what is left beside the others, and is called so.
    """
    if encode is None or len(written) < 2:
        return written
    sizes, keys = _sizes(groups, written), grouping.vocabulary.keys
    known = {*keys, *grouping.vocabulary.subject}
    centres = apart(centroids_of(grouping.directions, grouping.labels))
    found = list(written)

    def few_say(label: int, place: int) -> bool:
        voices, speakers = voices_for(grouping.vocabulary, groups, label, place)
        return voices < _FEW_VOICES and speakers >= _MANY_SPEAKERS

    for label, own in enumerate(written):
        best = best_places(scores[label])[:_SAID_OFTEN].tolist()
        each = scores[label, best[0]] / max(1, sizes[label])
        if each < _WEAK or (each < _WEAK_PHRASE and chosen[label] and few_say(label, chosen[label][0])):
            found[label] = [UNNAMED]
        elif not any(" " in phrase for phrase in own):
            near = _nearest_texts(passages, grouping, np.flatnonzero(groups == label))
            said = {keys[place] for place in best if scores[label, place] > 0}
            phrase = central_phrase(near, said, known, centres[label], wording, encode)
            found[label] = [wording.of(phrase)] if phrase else own if each >= _WEAK_WORD else [UNNAMED]
    return found


def _foreign(passages: Sequence[Passage], groups: np.ndarray) -> dict[int, frozenset[str]]:
    """The stop words of each group that is in another language than English."""
    found = {}
    for group in range(int(groups.max()) + 1):
        rows = np.flatnonzero(groups == group)
        some = rows[:: max(1, len(rows) // _READ_FOR_LANGUAGE)]
        if stop_words := foreign_stop_words([passages[row].text[:_BEGINNING] for row in some.tolist()]):
            found[group] = stop_words
    return found


def _nearest_texts(passages: Sequence[Passage], grouping: Grouping, rows: np.ndarray) -> list[str]:
    directions = grouping.directions[rows]
    near = np.round(directions @ unit(directions.mean(axis=0, keepdims=True))[0], 5)
    return [passages[rows[place]].text for place in np.argsort(-near, kind="stable")[:_NEAREST].tolist()]


def _one_a_submission(rows: Sequence[int], passages: Sequence[Passage], submissions: np.ndarray) -> tuple[str, ...]:
    chosen: dict[int, str] = {}
    for row in rows:
        chosen.setdefault(int(submissions[row]), passages[row].passage_id)
        if len(chosen) == _REPRESENTATIVES:
            break
    return tuple(chosen.values())
