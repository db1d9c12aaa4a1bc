"""Which letters are nearly the same: MinHash with banding, verified by exact Jaccard similarity.

Source: Broder, "On the resemblance and containment of documents" (1997); Leskovec, Rajaraman and
Ullman, "Mining of Massive Datasets", chapter 3 (banding).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rfc_analyzer.campaigns.hashing import mixed, together
from rfc_analyzer.campaigns.letters import Letter, containment, jaccard
from rfc_analyzer.settings import CampaignSettings

# A shorter text shares most of its few shingles with others by chance: only its exact repeats are grouped.
MIN_WORDS_NEAR = 8
SAME_LETTER_SHARE = 0.8
"""Two letters are one and the same when so much of the shorter is in the other."""
# a text that fewer people sent is somebody's own version of the letter
_FEWEST_SENT = 5
_SENT_SHARE = 0.05
_SIGNED_AT_ONCE = 10_000


def exact_groups(found: Sequence[Letter]) -> list[list[int]]:
    """Indices of letters with the same words, the first of each group the earliest submitted."""
    groups: dict[bytes, list[int]] = {}
    for index, letter in enumerate(found):
        groups.setdefault(letter.key, []).append(index)
    return [sorted(group, key=lambda i: found[i].order) for group in groups.values()]


def near_groups(found: Sequence[Letter], settings: CampaignSettings, seed: int) -> list[list[int]]:
    """Indices of distinct letters that are near-copies of each other; each letter is in one group, alone or not."""
    long = [i for i, letter in enumerate(found) if letter.length >= MIN_WORDS_NEAR]
    pairs = _candidates([found[i] for i in long], settings, seed)
    joined = _Joined(len(found))
    for a, b in pairs.tolist():
        i, j = long[a], long[b]
        # two letters that are joined by way of others need not be compared
        if joined.first(i) != joined.first(j) and _alike(found[i], found[j], settings.near_jaccard):
            joined.join(i, j)
    groups: dict[int, list[int]] = {}
    for index in range(len(found)):
        groups.setdefault(joined.first(index), []).append(index)
    return list(groups.values())


def letters_apart(
    found: Sequence[Letter], texts: Sequence[list[int]], settings: CampaignSettings
) -> list[list[list[int]]]:
    """The letters of a group of near-copies: one, save where copies in a chain join letters that are not alike.

    ``texts`` are indices of letters with the same words, the most frequent first, and so are those of each part. Only
    what is sent as it is makes a letter apart; a copy goes to the one that it is most alike.
    """
    fewest = max(_FEWEST_SENT, _SENT_SHARE * len(texts[0]))
    parts = [[texts[0]]]
    for text in texts[1:]:
        others = (found[part[0][0]] for part in parts)
        if len(text) >= fewest and not any(_is_one_letter(found[text[0]], other, settings) for other in others):
            parts.append([text])
    if len(parts) == 1:
        return [list(texts)]
    first = [part[0] for part in parts]
    for text in texts[1:]:
        if text not in first:
            shingles = found[text[0]].shingles
            alike = [jaccard(found[one[0]].shingles, shingles) for one in first]
            parts[alike.index(max(alike))].append(text)
    return parts


def _is_one_letter(a: Letter, b: Letter, settings: CampaignSettings) -> bool:
    shorter, longer = sorted((a.shingles, b.shingles), key=len)
    return _alike(a, b, settings.near_jaccard) or containment(shorter, longer) >= SAME_LETTER_SHARE


def _alike(a: Letter, b: Letter, threshold: float) -> bool:
    return jaccard(a.shingles, b.shingles) >= threshold


class _Joined:
    """Connected components (union-find): each knows its smallest index."""

    def __init__(self, count: int) -> None:
        self._toward = list(range(count))

    def first(self, index: int) -> int:
        toward = self._toward
        while toward[index] != index:
            toward[index] = toward[toward[index]]
            index = toward[index]
        return index

    def join(self, a: int, b: int) -> None:
        a, b = sorted((self.first(a), self.first(b)))
        self._toward[b] = a


def _candidates(distinct: Sequence[Letter], settings: CampaignSettings, seed: int) -> np.ndarray:
    """Pairs (n, 2) that share a band. Each letter is paired with its bucket's first: a bucket of n costs n, not n².

    The buckets are told by a hash of the band: letters that fall together by chance are parted when verified.
    """
    if len(distinct) < 2:
        return np.empty((0, 2), dtype=np.int64)
    signatures = _signatures(distinct, settings.hashes, seed)
    width = settings.hashes // settings.bands
    count = len(distinct)
    found = []
    for band in range(settings.bands):
        keys = np.zeros(count, dtype=np.uint64)
        for column in range(band * width, (band + 1) * width):
            keys = mixed(keys, signatures[:, column].astype(np.uint64))
        found.append(_with_leader(keys))
    pairs = np.concatenate(found)
    pairs.sort()
    # most pairs share several bands
    pairs = pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
    return np.stack(np.divmod(pairs, count), axis=1)


def _with_leader(keys: np.ndarray) -> np.ndarray:
    """``first * len(keys) + other`` for each place that has the key of an earlier ``first`` one."""
    order, begins = together(keys)
    other = np.flatnonzero(~begins)
    bucket = np.cumsum(begins)[other] - 1
    paired: np.ndarray = order[begins][bucket] * len(keys) + order[other]
    return paired


def _signatures(distinct: Sequence[Letter], hashes: int, seed: int) -> np.ndarray:
    from rensa import RMinHash

    signatures = np.empty((len(distinct), hashes), dtype=np.uint32)
    # rows come as Python numbers, ten times the size of the array that they go to
    for start in range(0, len(distinct), _SIGNED_AT_ONCE):
        part = distinct[start : start + _SIGNED_AT_ONCE]
        offsets = np.cumsum([0, *(len(letter.shingles) for letter in part)])
        flat = np.concatenate([letter.shingles for letter in part])
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets.tolist(), hashes, seed)
        signatures[start : start + len(part)] = matrix.to_rows()
    return signatures
