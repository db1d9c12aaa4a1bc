"""Groups of passages in another language than English, and the words that name nothing there."""

from __future__ import annotations

from collections.abc import Sequence

from rfc_analyzer.languages import language_of

_ENGLISH = "en"


def foreign_stop_words(texts: Sequence[str]) -> frozenset[str]:
    """The stop words of the language of ``texts``, in lower case; empty for English, and where none are known."""
    import stopwordsiso

    read = " ".join(texts)
    language = language_of(read) if read.strip() else _ENGLISH
    if language == _ENGLISH or not stopwordsiso.has_lang(language):
        return frozenset()
    return frozenset(word.casefold() for word in stopwordsiso.stopwords(language))


def names_something(phrase: str, stop_words: frozenset[str]) -> bool:
    """Whether a phrase, as written, has no stop word at its ends and no two within, and is more than a letter."""
    units = phrase.casefold().split()
    stops = [unit in stop_words for unit in units]
    return len(units[0]) > 1 and not stops[0] and not stops[-1] and sum(stops) <= 1
