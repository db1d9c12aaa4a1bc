"""Passages that are not made into themes, and why: they raise no subject, or are nobody's own words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set

from rfc_analyzer.model import Passage, PassageKind
from rfc_analyzer.model_themes import NoTheme
from rfc_analyzer.themes.phrases import says_something
from rfc_analyzer.themes.remarks import is_remark
from rfc_analyzer.words import words

_ENOUGH_WORDS = 4  # with one that is no stop word among them, or two such words alone
_BEGINNING = 200  # letters in which most passages say something already
_NAMES_SHARE = 0.7
_LINE_KINDS = frozenset({PassageKind.LIST, PassageKind.TABLE})
_SEVERAL = 3  # submissions that hold a line word for word
_REPEATED_SHARE = 0.5  # of a passage's letters
_SHORT_ENTRY = 5  # words
_LINE = re.compile(r"(?<=[.?!;:])\s+|\n")
_LETTERS = re.compile(r"[^\W\d_]+")


def without_theme(passages: Sequence[Passage], themed: Set[str] = frozenset()) -> dict[str, NoTheme]:
    """Why each passage that no theme can be made of has none, by its id; ``themed`` are ids that have one already."""
    own = Counter(p.submission_id for p in passages)
    repeated = _repeated(passages) - themed
    found: dict[str, NoTheme] = {}
    for passage in passages:
        why = _says_nothing(passage.text, alone=own[passage.submission_id] == 1)
        if why is None and passage.passage_id in repeated:
            why = NoTheme.REPEATED
        if why is not None:
            found[passage.passage_id] = why
    return found


def _says_nothing(text: str, alone: bool) -> NoTheme | None:
    """Why ``text`` can't be about a subject: fragments ("See attached."), names in a row, thanks and introductions.

    A text ``alone`` in its submission may have capitals all over, like a headline; names are parted by commas.
    """
    if is_remark(text):
        return NoTheme.REMARK
    least = 1 if len(words(text)) >= _ENOUGH_WORDS else 2
    says = says_something(text[:_BEGINNING], least) or says_something(text, least)
    if not says or (_is_list_of_names(text) and not (alone and "," not in text)):
        return NoTheme.FRAGMENT
    return None


def _is_list_of_names(text: str) -> bool:
    """Whether ``text`` is no sentence but names and titles of persons in a row ("Jane Roe, Director, Harbour Club")."""
    if text.rstrip().endswith((".", "?", "!")):
        return False
    long = [word for word in re.findall(r"[^\W\d_]{3,}", text) if not word.isupper()]
    if len(long) < _ENOUGH_WORDS:
        return False
    return sum(word[0].isupper() for word in long) >= _NAMES_SHARE * len(long)


def _repeated(passages: Sequence[Passage]) -> set[str]:
    """Ids of list items and table rows that mostly repeat, word for word, lines of several submissions.

    These are the lines of a form, or of a text that all quote: what a form asks is not what its respondents argue.
    """
    lines = {p.passage_id: _lines(p.text) for p in passages if p.kind in _LINE_KINDS}
    holders: Mapping[str, set[str]] = defaultdict(set)
    for passage in passages:
        for line in lines.get(passage.passage_id, ()):
            holders[line].add(passage.submission_id)
    several = {line for line, whose in holders.items() if len(whose) >= _SEVERAL}
    return {p.passage_id for p in passages if _repeats(lines.get(p.passage_id, ()), p.kind, several)}


def _repeats(lines: Sequence[str], kind: PassageKind, several: Set[str]) -> bool:
    """Whether most of ``lines`` is of ``several``, a short entry behind such a label ("City; Hollin Bay") left out."""
    if kind is PassageKind.TABLE and lines and lines[0] in several:
        lines = lines[:1] if len(" ".join(lines[1:]).split()) <= _SHORT_ENTRY else lines
    letters = sum(len(line) for line in lines)
    return sum(len(line) for line in lines if line in several) > _REPEATED_SHARE * letters


def _lines(text: str) -> list[str]:
    """The sentences and parts of ``text`` without case, numbers and signs."""
    return [line for part in _LINE.split(text) if (line := " ".join(_LETTERS.findall(part.casefold())))]
