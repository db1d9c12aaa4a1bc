"""Letters that hold a campaign's letter, or one paragraph of it, inside their own text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from rfc_analyzer.campaigns.grouping import SAME_LETTER_SHARE
from rfc_analyzer.campaigns.hashing import distinct, hashed_words, runs_of
from rfc_analyzer.campaigns.letters import Letter, containment
from rfc_analyzer.model import CampaignRole
from rfc_analyzer.settings import CampaignSettings

# A shorter template is contained in other people's letters by chance.
MIN_TEMPLATE_WORDS = 15
_MIN_PARAGRAPH_WORDS = 20
_PARAGRAPH_SHARE = 0.8
# A letter cut from the template says nothing of its own.
_EXCERPT_SHARE = 0.9
_MIN_EXCERPT_WORDS = 15
_CANDIDATES = 5
# Fewer shared shingles make neither most of a template of fifteen words nor of a paragraph of twenty.
_FEWEST_SHARED = 8
_LETTERS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A letter that belongs to the campaign of ``template`` although it is no near-copy of it.

    ``copy_of`` is the letter that it copies where it is one of several that hold the same addition.
    """

    template: int
    role: CampaignRole
    similarity: float
    copy_of: int | None = None


def attach(
    templates: Sequence[Letter], others: Mapping[int, Letter], settings: CampaignSettings
) -> dict[int, Attachment]:
    """For each letter of ``others`` (by its key) the template it contains most of, where it contains enough."""
    paragraphs = [_paragraphs(template, settings.shingle_words) for template in templates]
    found = {}
    for key, shared in _shared_shingles(templates, others):
        judged = (_judge(n, templates[n], paragraphs[n], others[key], hits, settings) for n, hits in shared)
        attachments = [attachment for attachment in judged if attachment]
        if attachments:
            # a short template held whole comes before a paragraph of a longer one
            found[key] = min(attachments, key=lambda a: a.role is CampaignRole.POSSIBLE)
    return found


def nested_templates(templates: Sequence[Letter]) -> dict[int, int]:
    """Templates that hold most of an earlier one, or lie in it for the most part: each with that earlier one.

    A template is nested in one that is not nested itself, so that no chain joins letters that share little.
    """
    inside: dict[int, int] = {}
    for number, shared in _shared_shingles(templates, dict(enumerate(templates))):
        for other, hits in shared:
            smaller = min((templates[other], templates[number]), key=lambda t: len(t.shingles))
            enough = smaller.length >= MIN_TEMPLATE_WORDS and hits >= SAME_LETTER_SHARE * len(smaller.shingles)
            if other < number and other not in inside and enough:
                inside[number] = other
                break
    return inside


def attach_nested(number: int, template: Letter, letter: Letter, copy_of: int) -> Attachment:
    """A letter of a nested campaign, attached to the campaign of ``template``."""
    held = containment(template.shingles, letter.shingles)
    if held >= SAME_LETTER_SHARE:
        return Attachment(number, CampaignRole.CONTAINS, held, copy_of)
    return Attachment(number, CampaignRole.NEAR, containment(letter.shingles, template.shingles), copy_of)


def _shared_shingles(
    templates: Sequence[Letter], others: Mapping[int, Letter]
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """For each letter that shares enough with a template: (template, number of shared shingles), the most first.

    A product of two sparse matrices, letters × shingles and shingles × templates, some letters at a time.
    """
    sizes = [len(t.shingles) if t.length >= MIN_TEMPLATE_WORDS else 0 for t in templates]
    if not any(sizes):
        return
    flat = np.concatenate([t.shingles[:size] for t, size in zip(templates, sizes, strict=True)])
    known, columns = np.unique(flat, return_inverse=True)
    rows = np.repeat(np.arange(len(templates)), sizes)
    holds = csr_matrix((np.ones(len(flat), dtype=np.int32), (columns, rows)), shape=(len(known), len(templates)))
    order = sorted(others)
    for start in range(0, len(order), _LETTERS_AT_ONCE):
        keys = order[start : start + _LETTERS_AT_ONCE]
        shingles = np.concatenate([others[key].shingles for key in keys])
        owner = np.repeat(np.arange(len(keys)), [len(others[key].shingles) for key in keys])
        place = np.minimum(np.searchsorted(known, shingles), len(known) - 1)
        met = known[place] == shingles
        letters = csr_matrix(
            (np.ones(np.count_nonzero(met), dtype=np.int32), (owner[met], place[met])), shape=(len(keys), len(known))
        )
        shared = letters @ holds
        for row, key in enumerate(keys):
            span = slice(shared.indptr[row], shared.indptr[row + 1])
            hits = zip(shared.indices[span].tolist(), shared.data[span].tolist(), strict=True)
            enough = [(number, count) for number, count in hits if count >= _FEWEST_SHARED]
            if enough:
                yield key, sorted(enough, key=lambda item: (-item[1], item[0]))[:_CANDIDATES]


def _judge(
    number: int,
    template: Letter,
    paragraphs: Sequence[np.ndarray],
    letter: Letter,
    hits: int,
    settings: CampaignSettings,
) -> Attachment | None:
    share = hits / len(template.shingles)
    if share >= settings.containment:
        return Attachment(number, CampaignRole.CONTAINS, share)
    if letter.length >= _MIN_EXCERPT_WORDS and hits / len(letter.shingles) >= _EXCERPT_SHARE:
        return Attachment(number, CampaignRole.NEAR, hits / len(letter.shingles))
    likely = (paragraph for paragraph in paragraphs if hits >= _PARAGRAPH_SHARE * len(paragraph))
    if any(containment(paragraph, letter.shingles) >= _PARAGRAPH_SHARE for paragraph in likely):
        return Attachment(number, CampaignRole.POSSIBLE, share)
    return None


def _paragraphs(template: Letter, shingle_words: int) -> list[np.ndarray]:
    hashed = hashed_words(template.text.splitlines())
    shingles = distinct(runs_of(hashed, shingle_words))
    return [shingles.of(n) for n, length in enumerate(hashed.lengths.tolist()) if length >= _MIN_PARAGRAPH_WORDS]
