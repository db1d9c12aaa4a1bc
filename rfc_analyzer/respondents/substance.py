"""Whether a submission says anything: empty, junk, a bare link, "see attached" without it, a bare one-liner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rfc_analyzer.respondents.wordlists import common_words
from rfc_analyzer.words import words

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_POINTER = re.compile(
    r"\b(?:see|find|refer to|in|as|please|view|read|veuillez|siehe|vedi|zie)?\s*(?:the |my |our |your )?(?:attached"
    r"|attachments?|enclosed"
    r"|attach(?:ed)? files?|uploaded|pdf|ci-joint|ci-jointe|bijlage|anhang|allegato|adjunto|anexo)\b",
    re.IGNORECASE,
)
_POINTER_WORDS = 30
# words that bring in a ground, a condition or a consequence; "should" and "must" alone are only a demand
_REASON = re.compile(
    r"\b(?:because|since|so that|in order to|otherwise|therefore|thus|hence|leads? to|results? in|would|will|could"
    r"|if|without|rather than|instead of|unless|risks?|harm(?:s|ful)?|benefits?|allow(?:s|ing)?|prevent(?:s|ing)?"
    r"|caus(?:es?|ing)|mak(?:es?|ing)|puts?|keep(?:s|ing)|hinders?|hurts?|helps?|stifles?|kills?|violates?|illegal"
    r"|unconstitutional|promotes?|protects|critical (?:for|to)|essential (?:for|to)|necessary (?:for|to)|important for"
    r"|anti-?competitive|unsafe|dangerous|to (?:encourage|keep|protect|prevent|ensure|avoid|allow|promote|tank|move)"
    r"|furthermore|moreover|in addition|parce que|car|weil|denn|da|porque|perché|omdat|ponieważ)\b",
    re.IGNORECASE,
)
_SHORT = 12
_ONE_LINER = 30
_LONG_ENOUGH = 60
_VOWEL = re.compile(r"[aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûüýÿаеиоуыэюяαεηιουω]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Substance:
    """Whether a text is substantive, and why not (or what was close)."""

    substantive: bool
    reason: str


class Vocabulary:
    """The words that several respondents of a docket use, by which a short text is seen to be off its subject."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            self._texts += 1
            counts.update({_stem(w) for w in words(text)} - common_words())
        floor = max(3, self._texts * 0.03)
        self._known = frozenset(word for word, count in counts.items() if count >= floor)

    def shares(self, text: str) -> int:
        """How many words of ``text`` belong to the docket's own."""
        return len({_stem(w) for w in words(text)} & self._known)

    @property
    def large(self) -> bool:
        return self._texts >= 20


def judge(text: str, unread: Sequence[str], vocabulary: Vocabulary) -> Substance:
    """Judge what a respondent wrote; ``unread`` are names of attachments that gave no text."""
    own = _LINK.sub(" ", text)
    tokens = words(own)
    if not tokens:
        return _empty(text, unread)
    if len(tokens) <= _POINTER_WORDS and _POINTER.search(own) and not _REASON.search(own):
        which = f" ({unread[0]})" if unread else ""
        return Substance(False, f"only points to an attachment that is missing or could not be read{which}")
    if unread and len(tokens) <= _POINTER_WORDS and not _REASON.search(own):
        return Substance(False, f"only points to an attachment that is missing or could not be read ({unread[0]})")
    if len(tokens) < _LONG_ENOUGH and _is_junk(own, tokens):
        return Substance(False, "no readable sentence")
    if len(tokens) >= _LONG_ENOUGH:
        return Substance(True, f"{len(tokens)} words")
    reasoned = _REASON.search(own)
    if vocabulary.large and vocabulary.shares(own) < 1 + (len(tokens) > _SHORT):
        return Substance(False, "off the docket's subject: shares no subject words with the other comments")
    if len(tokens) < _ONE_LINER and not reasoned:
        return Substance(False, "a bare one-liner: an opinion without a reason")
    return Substance(True, f"short ({len(tokens)} words), with a reason" if reasoned else f"{len(tokens)} words")


def _empty(text: str, unread: Sequence[str]) -> Substance:
    if _LINK.search(text):
        return Substance(False, "a bare link")
    if unread:
        return Substance(False, f"no text: {unread[0]} could not be read")
    return Substance(False, "empty")


def _is_junk(text: str, tokens: Sequence[str]) -> bool:
    letters = [t for t in tokens if any(c.isalpha() for c in t)]
    if not letters:
        return True
    visible = [c for c in text if not c.isspace()]
    if sum(c.isalnum() for c in visible) < 0.5 * len(visible):
        return True
    without_vowel = sum(len(t) > 3 and t.isascii() and not _VOWEL.search(t) for t in letters)
    top = Counter(letters).most_common(1)[0][1]
    return without_vowel >= 0.5 * len(letters) or (len(letters) >= 8 and top > 0.6 * len(letters))


def _stem(word: str) -> str:
    return word[:6] if len(word) > 6 else word.removesuffix("s")
