"""Letters that hold a campaign's letter, or one paragraph of it, inside their own text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rfc_analyzer.campaigns.letters import Letter, containment, shingles_of
from rfc_analyzer.model import CampaignRole
from rfc_analyzer.settings import CampaignSettings
from rfc_analyzer.words import words

# A shorter template is contained in other people's letters by chance.
MIN_TEMPLATE_WORDS = 15
_MIN_PARAGRAPH_WORDS = 20
_PARAGRAPH_SHARE = 0.8
# A letter cut from the template says nothing of its own.
_EXCERPT_SHARE = 0.9
_MIN_EXCERPT_WORDS = 15


@dataclass(frozen=True, slots=True)
class Attachment:
    """A letter that belongs to the campaign of ``template`` although it is no near-copy of it."""

    template: int
    role: CampaignRole
    similarity: float


def attach(
    templates: Sequence[Letter], others: Mapping[int, Letter], settings: CampaignSettings
) -> dict[int, Attachment]:
    """For each letter of ``others`` (by its key) the template it contains most of, where it contains enough.

    An inverted index from template shingles keeps the work linear in the letters' total length.
    """
    index: dict[int, list[int]] = {}
    for number, template in enumerate(templates):
        if len(template.words) >= MIN_TEMPLATE_WORDS:
            for shingle in template.shingles.tolist():
                index.setdefault(shingle, []).append(number)
    paragraphs = [_paragraphs(template, settings.shingle_words) for template in templates]
    found = {}
    for key, letter in others.items():
        shared = Counter(number for shingle in letter.shingles.tolist() for number in index.get(shingle, ()))
        candidates = sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:5]
        for number, hits in candidates:
            attachment = _judge(number, templates[number], paragraphs[number], letter, hits, settings)
            if attachment:
                found[key] = attachment
                break
    return found


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
    if len(letter.words) >= _MIN_EXCERPT_WORDS and hits / len(letter.shingles) >= _EXCERPT_SHARE:
        return Attachment(number, CampaignRole.NEAR, hits / len(letter.shingles))
    if any(containment(paragraph, letter.shingles) >= _PARAGRAPH_SHARE for paragraph in paragraphs):
        return Attachment(number, CampaignRole.POSSIBLE, share)
    return None


def _paragraphs(template: Letter, shingle_words: int) -> list[np.ndarray]:
    tokens = (words(line) for line in template.text.splitlines())
    return [shingles_of(line, shingle_words) for line in tokens if len(line) >= _MIN_PARAGRAPH_WORDS]
