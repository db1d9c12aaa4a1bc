"""Opening and closing remarks ("Thank you for the opportunity to comment"), which raise no subject."""

from __future__ import annotations

from rfc_analyzer.words import words

_REMARK_WORDS = frozenset(
    """appreciate appreciates appreciated attached attachment behalf comment commenter commenters comments consideration
    contact docket email enclosed feedback grateful inquiry input letter opportunity phone please pleased pm questions
    regards request respectfully respond responds response rfc rfi sincerely solicitation submission submit submits
    submitted thank thanks undersigned welcome welcomes writing
    """.split()  # noqa: SIM905 (a list would be forty lines)
)
_FEWEST_DIFFERENT = 2
_LEAST_SHARE = 0.1


def is_remark(text: str) -> bool:
    """Whether ``text`` is about the letter itself: at least a tenth of its words, and two different ones, are such."""
    found = words(text)
    told = [word for word in found if word in _REMARK_WORDS]
    return len(set(told)) >= _FEWEST_DIFFERENT and len(told) >= _LEAST_SHARE * len(found)
