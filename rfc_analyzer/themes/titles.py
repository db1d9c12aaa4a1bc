"""Titles and keywords of themes, from the phrases that set them apart; no language model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

import numpy as np
from scipy import sparse

from rfc_analyzer.themes.languages import names_something
from rfc_analyzer.themes.phrases import clauses, phrase_keys, unit_stems
from rfc_analyzer.themes.stopwords import ADDRESSED, GENERIC_NOUNS, LINKS
from rfc_analyzer.themes.vocabulary import Vocabulary
from rfc_analyzer.themes.wording import Wording

KEYWORDS = 10
UNNAMED = "other remarks"
_UNNAMED = re.compile(rf"{UNNAMED}( and more)?( \(\d+\))?", re.IGNORECASE)
_KEYWORD_WORDS = 3
_LENGTH_BONUS = (0.0, 0.3, 1.0, 1.1, 1.05, 0.9)  # by number of words
_LEAST_SHARE = 0.02
_PRECISION = 0.75  # how much it counts that a phrase is said in no other theme
_LEAST_VOICES = 0.04  # of a theme's respondents who must say a phrase
# "section 4" says nothing by itself, "section 230" does; nor does a number of a file
_MERELY_NUMBERED = re.compile(r"\b[a-z]+ \d{1,2}\b|\b0\d+")
_QUESTION_PENALTY = 0.75
_SUBJECT_PENALTY = 0.3  # for phrases of the docket's own subject and a noun that adds nothing
_NAME_FACTOR = 0.02  # the name of a body, a place or a product seldom says what a theme is about
_ABBREVIATION_FACTOR = 0.5
_SECOND_SHARE = 0.4  # a second phrase joins the title when it scores at least this part of the first
_MOST_WORDS = 6
_CANDIDATES = 200
_OWN_SHARE = 0.5  # of a phrase's best score that it must have in the theme that it describes
_FEWEST_DESCRIBING = 3
_SEVERAL_SHARE = 0.15  # so much of a single word's score must a phrase have to stand before it
_AND_MORE = " and more"
_SINGLE_SHARE = 0.8  # so much of the best score must a single word have to be the second of a title
_ROOT = 7  # letters by which words of one root are told: "biological", "biologically"
_FULLER_SHARE = 0.5  # so much of its part must a longer phrase score to stand for it


def is_rest(title: str) -> bool:
    """Whether a theme is called so because no phrase names it."""
    return _UNNAMED.fullmatch(title) is not None


def _in_groups(vocabulary: Vocabulary, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each group and phrase, (groups, phrases): passages that hold it, and submissions that do."""
    read, voices = groups[vocabulary.rows], vocabulary.submissions[vocabulary.rows]
    chosen = np.flatnonzero(read >= 0)
    count = int(groups.max()) + 1
    pairs = np.column_stack([read[chosen], voices[chosen]])
    distinct, place = np.unique(pairs, axis=0, return_inverse=True)
    held = vocabulary.held[chosen]
    by_pair = sparse.csr_matrix((np.ones(len(chosen)), (place.ravel(), np.arange(len(chosen))))) @ held
    to_group = sparse.csr_matrix(
        (np.ones(len(distinct)), (distinct[:, 0], np.arange(len(distinct)))), (count, len(distinct))
    )
    return (to_group @ by_pair).toarray(), (to_group @ by_pair.sign()).toarray()


def own_factors(vocabulary: Vocabulary, own_phrases: Sequence[str]) -> np.ndarray:
    """A factor for each phrase: 0 for those of the docket's title (the first of ``own_phrases``), also in full where
    the title has initials and the other way round, and for whom letters are written to; lower for those of its
    questions and of the docket's subject.
    """
    title = set(phrase_keys(own_phrases[0])) if own_phrases else set()
    asked = {key for text in own_phrases[1:] for key in phrase_keys(text)}
    subject = set(vocabulary.subject) | {word for key in title for word in key.split()}
    subject |= {_initials(key) for key in title if " " in key}
    said = subject | GENERIC_NOUNS | LINKS

    def factor(key: str) -> float:
        words = key.split()
        if key in title or set(words) <= ADDRESSED | LINKS or (len(words) > 1 and _initials(key) in subject):
            return 0.0
        if set(words) <= said:
            return _SUBJECT_PENALTY
        return _QUESTION_PENALTY if key in asked else 1.0

    return np.array([factor(key) for key in vocabulary.keys])


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split() if word not in LINKS)


def phrase_scores(vocabulary: Vocabulary, groups: np.ndarray, own: np.ndarray) -> np.ndarray:
    """How well each phrase names each group, (groups, phrases): frequent in it, rare elsewhere, of a good length."""
    inside, respondents = _in_groups(vocabulary, groups)
    everywhere = np.asarray(vocabulary.held.sum(axis=0)).ravel()
    total = vocabulary.held.shape[0]
    read = groups[vocabulary.rows]
    sizes = np.bincount(read[read >= 0], minlength=len(inside))[:, None]
    length = np.array([_LENGTH_BONUS[len(key.split())] for key in vocabulary.keys])
    rare = np.log((total + 1) / (everywhere + 0.5))
    # one respondent's pet phrase is no title where others speak too
    said = np.sqrt(inside * respondents)
    score: np.ndarray = said * rare * (inside / np.maximum(everywhere, 1)) ** _PRECISION * length * own
    several = respondents.max(axis=1, keepdims=True) >= 2
    few = respondents < np.maximum(2, _LEAST_VOICES * _speakers(vocabulary, groups)[:, None])
    score[(inside < np.maximum(2, _LEAST_SHARE * sizes)) | (several & few)] = 0
    return score


def voices_for(vocabulary: Vocabulary, groups: np.ndarray, group: int, place: int) -> tuple[int, int]:
    """How many submissions say a phrase in a group, and how many speak in it, among the passages that were read."""
    inside = groups[vocabulary.rows] == group
    said = inside & (vocabulary.held[:, [place]].toarray().ravel() > 0)
    whose = vocabulary.submissions[vocabulary.rows]
    return len(np.unique(whose[said])), len(np.unique(whose[inside]))


def _speakers(vocabulary: Vocabulary, groups: np.ndarray) -> np.ndarray:
    """How many submissions speak in each group, among the passages that were read."""
    read, voices = groups[vocabulary.rows], vocabulary.submissions[vocabulary.rows]
    chosen = np.flatnonzero(read >= 0)
    pairs = np.unique(np.column_stack([read[chosen], voices[chosen]]), axis=0)
    return np.bincount(pairs[:, 0], minlength=int(groups.max()) + 1)


def best_places(row: np.ndarray) -> np.ndarray:
    """The phrases that are looked at for a title, the best first, by their ``row`` of scores."""
    return np.argsort(-row, kind="stable")[:_CANDIDATES]


def title_scores(
    scores: np.ndarray, keys: Sequence[str], wording: Wording, foreign: Mapping[int, frozenset[str]]
) -> np.ndarray:
    """``scores`` of the phrases that may be a title, zero for the others: those that don't stand alone.

    ``foreign`` are the stop words of groups in another language than English.
    """
    found = np.zeros_like(scores)
    for group, row in enumerate(scores):
        for place in best_places(row).tolist():
            if row[place] > 0 and wording.stands_alone(keys[place]) and not _MERELY_NUMBERED.search(keys[place]):
                found[group, place] = row[place] * _factor(keys[place], wording, foreign.get(group))
    return found


def _factor(key: str, wording: Wording, stop_words: frozenset[str] | None) -> float:
    if stop_words is None:
        return _name_factor(key, wording)
    return float(names_something(wording.of(key), stop_words))  # where nouns have capitals, names can't be told


def _name_factor(key: str, wording: Wording) -> float:
    written = wording.of(key)
    if " " not in written and sum(letter.isupper() for letter in written) > 1:
        return _ABBREVIATION_FACTOR
    return _NAME_FACTOR if wording.is_name(key) else 1.0


def choose_phrases(scores: np.ndarray, keys: Sequence[str], names: Mapping[int, str]) -> list[list[int]]:
    """The phrases (columns of ``scores``) that make each group's title: the best, and a second that adds something.

    No two groups get phrases that say the same. The group whose best phrase scores highest chooses first, and all
    choose a first phrase before any chooses a second. Groups that have a given name choose none.
    """
    ranked = [best_places(row) for row in scores]
    waiting = sorted(range(len(scores)), key=lambda group: (-scores[group].max(initial=0), group))
    taken = [_key(name) for name in names.values()]
    chosen: list[list[int]] = [[] for _ in waiting]
    for turn in range(2):
        for group in waiting:
            if group in names or len(chosen[group]) < turn:
                continue
            place = _next_phrase(scores[group], ranked[group], keys, chosen[group], taken)
            if place is not None:
                chosen[group].append(place)
                taken.append(keys[place])
    return chosen


def parent_title(names: Sequence[str]) -> str:
    """What the themes of a parent, the best known first, are called: two names that fit into a title, or one and more.

    "And more" tells the parent from its theme.
    """
    for place, name in enumerate(names[:-1]):
        for other in names[place + 1 :]:
            if len(f"{name} and {other}".split()) <= _MOST_WORDS and " and " not in f"{name} {other}":
                return _title((name, other))
    return f"{_title(names[:1])}{_AND_MORE}"


def describe_in_phrases(
    scores: np.ndarray,
    theme: int,
    keys: Sequence[str],
    chosen: Sequence[int],
    wording: Wording,
    fallback: Sequence[str] = (),
    most: int = 4,
) -> str:
    """A sentence of what respondents speak of in a theme, in their own phrases; empty where there are none.

    ``scores`` (themes, phrases); ``chosen`` are the phrases of the title, which are not said again. A phrase that
    another theme has far more of is left out; single words come only where there are too few phrases, and
    ``fallback``, the keywords, where there is nothing else.
    """
    row, used = scores[theme], {word for place in chosen for word in keys[place].split()} - LINKS
    own = row >= _OWN_SHARE * scores.max(axis=0)
    ranked = [p for p in best_places(row).tolist() if row[p] > 0 and p not in chosen]
    longer = [p for p in ranked if own[p] and " " in keys[p] and not wording.is_name(keys[p])]
    apart = _saying_different(longer, keys, used, most)
    nearer = _saying_different(longer, keys, set(), _FEWEST_DESCRIBING - len(apart), apart)
    single = _saying_different(ranked, keys, used, _FEWEST_DESCRIBING - len(apart) - len(nearer), [*apart, *nearer])
    return sentence([wording.of(keys[place]) for place in (*apart, *nearer, *single)] or fallback[:_FEWEST_DESCRIBING])


def sentence(phrases: Sequence[str]) -> str:
    """That respondents speak of these; empty where there are none."""
    *others, last = phrases or ("",)
    if not last:
        return ""
    return f"Respondents speak of {', '.join(others)} and {last}." if others else f"Respondents speak of {last}."


def _saying_different(
    ranked: Sequence[int], keys: Sequence[str], used: Set[str], most: int, before: Sequence[int] = ()
) -> list[int]:
    """The first of ``ranked`` phrases that share no word with each other, with those ``before``, or with ``used``."""
    taken = set(used) | {word for place in before for word in keys[place].split()} - LINKS
    short = {_initials(keys[place]) for place in before}
    found: list[int] = []
    for place in ranked:
        words = set(keys[place].split()) - LINKS
        if len(found) < most and not words & taken and keys[place] not in short:
            found.append(place)
            taken |= words | {_initials(keys[place])}
    return found


def make_titles(phrases: Sequence[Sequence[str]], fallback: Sequence[Sequence[str]]) -> list[str]:
    """Titles from each group's phrases as written, or its keywords where those are one word at most; all differ."""
    titles = []
    for found, words in zip(phrases, fallback, strict=True):
        poor = len(found) == 0 or (len(found) == 1 and " " not in found[0])
        other = [word for word in words if not set(word.casefold().split()) & set(" ".join(found).casefold().split())]
        titles.append(_title([*found, *other][:2] if poor else found))
    return _told_apart(titles)


def _next_phrase(
    row: np.ndarray, ranked: np.ndarray, keys: Sequence[str], chosen: Sequence[int], taken: Sequence[str]
) -> int | None:
    """The best phrase that is still free; a second one must be nearly as good, say other words and leave it short."""
    used = [word for other in chosen for word in keys[other].split()]
    if set(used) & LINKS:
        return None
    least = _SECOND_SHARE * row[ranked[0]] if chosen else 0.0
    single: int | None = None  # one word says little: it must wait for phrases of several that are not far worse
    for place in ranked[row[ranked] > least].tolist():
        words = keys[place].split()
        if single is not None and row[place] < _SEVERAL_SHARE * row[single]:
            break
        if not _free(keys[place], taken) or (chosen and not _adds(words, used)):
            continue
        if len(words) > 1:
            return _fuller(place, row, ranked, keys, _MOST_WORDS - 1 - len(used + words))
        if single is None and (not chosen or row[place] >= _SINGLE_SHARE * row[ranked[0]]):
            single = place
    return single


def _adds(words: Sequence[str], used: Sequence[str]) -> bool:
    """Whether a second phrase says something else than the first, and leaves the title short."""
    if set(words) & LINKS or len(used) + len(words) >= _MOST_WORDS:
        return False
    return not {word[:_ROOT] for word in words} & {word[:_ROOT] for word in used}


def _fuller(place: int, row: np.ndarray, ranked: np.ndarray, keys: Sequence[str], room: int) -> int:
    """A longer phrase around the one at ``place``, where it is said nearly as often: it reads better."""
    for other in ranked.tolist():
        longer = len(keys[other].split()) - len(keys[place].split())
        if 0 < longer <= room and f" {keys[place]} " in f" {keys[other]} ":
            return other if row[other] >= _FULLER_SHARE * row[place] else place
    return place


def _key(title: str) -> str:
    return " ".join(unit_stems(unit) for units in clauses(title) for unit in units)


def _stems(key: str) -> frozenset[str]:
    return frozenset(key.split())


def _free(key: str, taken: Sequence[str]) -> bool:
    words = _stems(key)
    if any(key == _initials(other) or other == _initials(key) for other in taken):
        return False  # "LLMs" beside "large language models"
    return not any(len(words & _stems(other)) * 2 > min(len(words), len(_stems(other))) for other in taken)


def _title(phrases: Sequence[str]) -> str:
    text = " and ".join(phrases)
    return text[:1].upper() + text[1:] if text else "Other"


def _told_apart(titles: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    result = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        result.append(title if seen[title] == 1 else f"{title} ({seen[title]})")
    return result


def keywords(
    ranked: Sequence[str], wording: Wording, stop_words: frozenset[str] | None = None, limit: int = KEYWORDS
) -> tuple[str, ...]:
    """The best of ``ranked`` phrase keys as people write them, the longer of two that overlap; no ``stop_words``."""
    if stop_words:
        ranked = [key for key in ranked if names_something(wording.of(key), stop_words)]
    kept: list[frozenset[str]] = []
    found: list[str] = []
    for key in ranked:
        longer = [other for other in ranked if _stems(key) < _stems(other) and len(other.split()) <= _KEYWORD_WORDS]
        best = longer[0] if longer else key
        words = _stems(best)
        if len(found) < limit and not any(words <= other or other <= words for other in kept):
            kept.append(words)
            found.append(wording.of(best))
    return tuple(found)
