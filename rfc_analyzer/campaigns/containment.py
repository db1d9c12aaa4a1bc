"""Letters that hold a campaign's letter, or one paragraph of it, inside their own text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_matrix

from rfc_analyzer.campaigns.grouping import SAME_LETTER_SHARE
from rfc_analyzer.campaigns.hashing import distinct, hashed_words, runs_of
from rfc_analyzer.campaigns.letters import Letter, containment, count_shared
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
_FEWEST_MARKS = 3
_LETTERS_AT_ONCE = 2_000
_SIEVE = np.uint64(1 << 20)

# of each line of a template how many words it has, and its shingles
Lines: TypeAlias = list[tuple[int, np.ndarray]]


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
    lines = [_lines(template, settings.shingle_words) for template in templates]
    paragraphs = [[line for words, line in of if words >= _MIN_PARAGRAPH_WORDS] for of in lines]
    found = {}
    for key, shared in _shared_shingles(templates, lines, others):
        judged = (_judge(n, templates[n], paragraphs[n], others[key], hits, settings) for n, hits in shared)
        attachments = [attachment for attachment in judged if attachment]
        if attachments:
            # a short template held whole comes before a paragraph of a longer one
            found[key] = min(attachments, key=lambda a: a.role is CampaignRole.POSSIBLE)
    return found


def nested_templates(templates: Sequence[Letter], settings: CampaignSettings) -> dict[int, int]:
    """Templates that hold most of an earlier one, or lie in it for the most part: each with that earlier one.

    A template is nested in one that is not nested itself, so that no chain joins letters that share little.
    """
    inside: dict[int, int] = {}
    lines = [_lines(template, settings.shingle_words) for template in templates]
    for number, shared in _shared_shingles(templates, lines, dict(enumerate(templates))):
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
    templates: Sequence[Letter], lines: Sequence[Lines], others: Mapping[int, Letter]
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """For each letter that shares enough with a template: (template, number of shared shingles), the most first.

    Letters are first looked through for marks of the templates: a product of two sparse matrices, letters × marks and
    marks × templates, some letters at a time.
    """
    marks = _marks(templates, lines)
    sizes = [len(found) for found in marks]
    if not any(sizes):
        return
    known, columns = np.unique(np.concatenate(marks), return_inverse=True)
    rows = np.repeat(np.arange(len(templates)), sizes)
    holds = csr_matrix((np.ones(len(rows), dtype=np.int32), (columns, rows)), shape=(len(known), len(templates)))
    maybe = np.zeros(_SIEVE, dtype=bool)
    maybe[known % _SIEVE] = True
    order = sorted(others)
    for start in range(0, len(order), _LETTERS_AT_ONCE):
        keys = order[start : start + _LETTERS_AT_ONCE]
        shingles = np.concatenate([others[key].shingles for key in keys])
        owner = np.repeat(np.arange(len(keys)), [len(others[key].shingles) for key in keys])
        # few are marks: a look into a small table spares the search for most
        likely = maybe[shingles % _SIEVE]
        shingles, owner = shingles[likely], owner[likely]
        place = np.minimum(np.searchsorted(known, shingles), len(known) - 1)
        met = known[place] == shingles
        letters = csr_matrix(
            (np.ones(np.count_nonzero(met), dtype=np.int32), (owner[met], place[met])), shape=(len(keys), len(known))
        )
        for row, numbers in _likely(letters @ holds):
            letter = others[keys[row]]
            hits = [(number, count_shared(templates[number].shingles, letter.shingles)) for number in numbers]
            enough = [(number, count) for number, count in hits if count >= _FEWEST_SHARED]
            if enough:
                yield keys[row], sorted(enough, key=lambda item: (-item[1], item[0]))


def _likely(met: csr_matrix) -> Iterator[tuple[int, list[int]]]:
    """The rows that have enough marks of a template, each with the templates of which it has most."""
    pairs = met.tocoo()
    enough = pairs.data >= _FEWEST_MARKS
    row, column, count = pairs.row[enough], pairs.col[enough], pairs.data[enough]
    order = np.lexsort((column, -count, row))
    row, column = row[order], column[order]
    if len(row):
        cuts = np.flatnonzero(np.diff(row)) + 1
        for number, templates in zip(row[[0, *cuts]].tolist(), np.split(column, cuts), strict=True):
            yield number, templates[:_CANDIDATES].tolist()


def _marks(templates: Sequence[Letter], lines: Sequence[Lines]) -> list[np.ndarray]:
    """The shingles by which each template is looked for: of each of its lines the half that fewest templates have.

    Whatever holds most of a line has some of them, and what all letters of a docket say by chance is not among them.
    """
    long = [t.length >= MIN_TEMPLATE_WORDS for t in templates]
    every = [template.shingles for template, enough in zip(templates, long, strict=True) if enough]
    if not every:
        return [np.empty(0, dtype=np.uint64) for _ in templates]
    known, often = np.unique(np.concatenate(every), return_counts=True)
    found = []
    for of, enough in zip(lines, long, strict=True):
        marks = [np.empty(0, dtype=np.uint64)]
        for _, line in of if enough else ():
            rarest = np.argsort(often[np.searchsorted(known, line)], kind="stable")
            marks.append(line[rarest[: (len(line) + 1) // 2]])
        found.append(np.unique(np.concatenate(marks)))
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
    if letter.length >= _MIN_EXCERPT_WORDS and hits / len(letter.shingles) >= _EXCERPT_SHARE:
        return Attachment(number, CampaignRole.NEAR, hits / len(letter.shingles))
    likely = (paragraph for paragraph in paragraphs if hits >= _PARAGRAPH_SHARE * len(paragraph))
    if any(containment(paragraph, letter.shingles) >= _PARAGRAPH_SHARE for paragraph in likely):
        return Attachment(number, CampaignRole.POSSIBLE, share)
    return None


def _lines(template: Letter, shingle_words: int) -> Lines:
    hashed = hashed_words(template.text.splitlines())
    shingles = distinct(runs_of(hashed, shingle_words))
    return [(length, shingles.of(n)) for n, length in enumerate(hashed.lengths.tolist()) if length >= shingle_words]
