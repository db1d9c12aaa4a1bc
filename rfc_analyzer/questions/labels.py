"""Bare labels ("1.", "a)", "2b", "(ii)") at the beginning of paragraphs, read against the RFC's own numbering.

A respondent's list that is not the RFC's also holds such labels. So the labels of a file are read together: the
heaviest chain of labels that follows the RFC's order is found by dynamic programming, and it is believed only where
its letters, its coverage or the questions' own words beside it show that it is the RFC's numbering.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rfc_analyzer.questions.numbering import Style, read_marker
from rfc_analyzer.questions.references import Numbers, Parts, label_at, section_label_at

_FULL, _LETTER, _NUMBER, _SURE = 2.0, 1.0, 0.7, 4.0
_QUOTE_BONUS = 2.5
_FEWEST_TOPS = 4
_TOP_COVERAGE = 0.75
_LETTER_COVERAGE = 0.7


@dataclass(frozen=True, slots=True)
class Label:
    """A label in reading order (``place``); ``end`` is where the text after it begins.

    ``options`` are the questions it may stand for, ``weight`` how much it says, ``needs_parent`` that it is only the
    last part of a number, ``sure`` that it is a reference in words.
    """

    place: int
    end: int
    options: tuple[Parts, ...]
    weight: float
    needs_parent: bool = False
    sure: bool = False
    supported: bool = False


def read_label(text: str, place: int, numbers: Numbers, quoted: Sequence[Parts]) -> Label | None:
    """The label that ``text`` begins with, or None; ``quoted`` are questions whose words follow it."""
    full = label_at(text) or section_label_at(text)
    if full and numbers.exact(full[0]):
        parts, end = full
        weight = _FULL if len(parts) > 1 else _NUMBER
        return _with_support(Label(place, end, (parts,), weight), quoted)
    marker = read_marker(text)
    if not marker:
        return None
    options = [n for n in numbers.ids if any(_is_last_part(n, r.style, r.printed) for r in marker.readings)]
    if not options:
        return None
    return _with_support(Label(place, marker.end, tuple(options), _LETTER, needs_parent=True), quoted)


def _is_last_part(number: Parts, style: Style, printed: str) -> bool:
    letters = (Style.LETTER, Style.ROMAN, Style.CAPITAL, Style.CAPITAL_ROMAN)
    return style in letters and len(number) > 1 and number[-1] == printed.lower()


def _with_support(label: Label, quoted: Sequence[Parts]) -> Label:
    said = [n for n in label.options if n in quoted]
    if not said:
        return label
    return Label(label.place, label.end, tuple(said), label.weight + _QUOTE_BONUS, label.needs_parent, label.sure, True)


def rfc_labels(labels: Sequence[Label], numbers: Numbers, introduced: bool = False) -> dict[int, Parts]:
    """Which question each label stands for, by ``place``; labels of the respondent's own lists are left out.

    ``introduced`` tells that the letter speaks of answering the questions, so that less is asked of its numbering.
    """
    chain = _heaviest_chain(labels, numbers)
    if not _is_believable(chain, numbers, introduced):
        chain = []
    found = {label.place: number for label, number in chain if not label.sure}
    for label in labels:
        if label.supported and len(label.options) == 1:
            found.setdefault(label.place, label.options[0])
    full = [la for la in labels if len(la.options[0]) > 1 and not la.needs_parent and not la.sure]
    # "7b" is no list of the respondent's own; it counts also where the answers don't keep the RFC's order
    if len({la.options[0] for la in full}) >= 2 or any(la.sure for la in labels):
        for label in full:
            found.setdefault(label.place, label.options[0])
    return found


def _heaviest_chain(labels: Sequence[Label], numbers: Numbers) -> list[tuple[Label, Parts]]:
    order = {number: i for i, number in enumerate(numbers.ids)}
    best: list[tuple[float, list[tuple[Label, Parts]]] | None] = [None] * len(order)
    all_numbers = list(order)
    for label in labels:
        updates = []
        for number in label.options:
            before = _before(label, number, order, all_numbers, best)
            if before is None:
                continue
            score = before[0] + label.weight
            held = best[order[number]]
            if held is None or score > held[0]:
                updates.append((order[number], (score, [*before[1], (label, number)])))
        for at, entry in updates:
            best[at] = entry
    ended = [entry for entry in best if entry]
    return max(ended, key=lambda entry: entry[0])[1] if ended else []


def _before(
    label: Label,
    number: Parts,
    order: dict[Parts, int],
    all_numbers: Sequence[Parts],
    best: Sequence[tuple[float, list[tuple[Label, Parts]]] | None],
) -> tuple[float, list[tuple[Label, Parts]]] | None:
    """The heaviest chain that may go before ``number``; a lone letter needs one within the same question."""
    at = order[number]
    earlier = [
        entry
        for i in range(at)
        if (entry := best[i]) and (not label.needs_parent or all_numbers[i][: len(number) - 1] == number[:-1])
    ]
    if earlier:
        return max(earlier, key=lambda entry: entry[0])
    return None if label.needs_parent else (0.0, [])


def _is_believable(chain: Sequence[tuple[Label, Parts]], numbers: Numbers, introduced: bool) -> bool:
    """Whether a chain of labels is the RFC's numbering."""
    supported = sum(label.supported for label, _ in chain)
    if supported >= 2 and supported >= 0.3 * len(chain):
        return True
    # "2a", or letters below a question that is named in words
    tops = {n for label, n in chain if len(n) == 1}
    letters = sum(label.needs_parent for label, _ in chain)
    full = sum(len(n) > 1 and not label.needs_parent for label, n in chain)
    if any(label.sure for label, _ in chain) or full >= 2 or (full and len(tops) + letters >= 2):
        return True
    if letters:
        return _covers_letters(chain, numbers)
    all_tops = [n for n in numbers.ids if len(n) == 1]
    wanted = _TOP_COVERAGE if introduced else 1.0
    return len(tops) >= max(_FEWEST_TOPS, wanted * len(all_tops)) and len(tops) > 0.8 * len(chain)


def _covers_letters(chain: Sequence[tuple[Label, Parts]], numbers: Numbers) -> bool:
    """Whether the lone letters are, below two or more questions, most of those that the RFC has there."""
    found = {n for _, n in chain if len(n) == 2}
    tops = {n[0] for n in found}
    of_rfc = [n for n in numbers.ids if len(n) == 2 and n[0] in {m[0] for _, m in chain}]
    return len(tops) >= 2 and len(found) >= _LETTER_COVERAGE * len(of_rfc)
