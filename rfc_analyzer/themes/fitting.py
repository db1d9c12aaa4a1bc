"""How well the meaning of a phrase fits a theme, beside how often respondents say it there.

A phrase may be frequent in a theme and still be said in passing ("United States", "Executive Order"): its vector is
then no nearer to the centre of this theme than to those of others.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from rfc_analyzer.themes.directions import unit
from rfc_analyzer.themes.phrases import phrase_keys
from rfc_analyzer.themes.seeds import Encode
from rfc_analyzer.themes.stopwords import ADDRESSED, GENERIC_NOUNS, LINKS
from rfc_analyzer.themes.wording import Wording

_CANDIDATES = 25  # phrases of each theme whose meaning is looked at
_NEARNESS, _LEAD = 3.0, 2.0  # how much it counts to be near the centre, and nearer to it than to the next theme's
_DECIMALS = 3
_CENTRAL_WORDS, _FEWEST_CENTRAL, _LEAST_CENTRAL = range(2, 5), 5, 0.12


def fitted(
    scores: np.ndarray, keys: Sequence[str], wording: Wording, centres: np.ndarray, encode: Encode | None
) -> np.ndarray:
    """``scores`` (themes, phrases) of the best phrases of each theme, raised by how well their meaning fits it.

    ``centres`` (themes, d) are the themes' mean directions, of the same kind as ``encode`` gives. What is no candidate
    anywhere, and all where there is no ``encode`` or only one theme, keeps its score.
    """
    if encode is None or len(centres) < 2:
        return scores
    ranked = np.argsort(-scores, axis=1, kind="stable")[:, :_CANDIDATES]
    candidates = np.unique(ranked[np.take_along_axis(scores, ranked, axis=1) > 0])
    if len(candidates) == 0:
        return scores
    vectors = encode([wording.of(keys[place]) for place in candidates.tolist()])
    nearness = np.round(apart(centres) @ apart(vectors).T, _DECIMALS).astype(np.float64)
    factors = np.full(scores.shape, np.exp(nearness.min()))
    factors[:, candidates] = np.exp(_NEARNESS * nearness + _LEAD * (nearness - _next_best(nearness)))
    found: np.ndarray = scores * factors
    return found


def apart(vectors: np.ndarray) -> np.ndarray:
    """What sets each row apart from their mean, at unit length."""
    return unit(vectors - vectors.mean(axis=0, keepdims=True))


def _next_best(nearness: np.ndarray) -> np.ndarray:
    """For each theme and phrase, the nearness of the nearest other theme."""
    second, best = np.sort(nearness, axis=0)[-2:]
    return np.where(nearness == best, second, best)


def central_phrase(
    texts: Sequence[str], said: Set[str], known: Set[str], centre: np.ndarray, wording: Wording, encode: Encode
) -> str | None:
    """A phrase of ``texts`` that says best what they are about, said but once perhaps; None where there is none.

    It holds one of the words that are ``said`` often (stems) and name something ("staff" does not), and none but
    ``known`` ones, so that no slip of the pen is a title. ``centre`` (d,) is the texts' direction, away from that of
    all others.
    """
    found = {key for text in texts for key in phrase_keys(text) if len(key.split()) in _CENTRAL_WORDS}
    telling = said - GENERIC_NOUNS - ADDRESSED
    keys = sorted(key for key in found if telling & set(key.split()) and set(key.split()) <= known | LINKS)
    wording.learn_phrases(texts, keys)
    keys = [key for key in keys if wording.stands_alone(key) and not wording.is_name(key)]
    if len(keys) < _FEWEST_CENTRAL:
        return None
    nearness = np.round(apart(encode([wording.of(key) for key in keys])) @ centre, _DECIMALS)
    return keys[int(np.argmax(nearness))] if nearness.max() >= _LEAST_CENTRAL else None
