"""Words that a reader looks for: where they stand in a text, and in which submissions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from rfc_analyzer.model import FileRole
from rfc_analyzer.querying import query
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import FILES, SUBMISSIONS

_S, _F = SUBMISSIONS.c, FILES.c
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_SPEAKING = (FileRole.FORM.value, FileRole.ATTACHMENT.value)
_MOST_LETTERS = 300  # of a term: no pattern longer than a sentence is compiled
# what \w and \s mean in Python, for DuckDB's patterns
_NO_LETTER, _WHITE = r"[^\pL\pN_]", r"[\s\x0b\x1c-\x1f\x{85}\pZ]"


def spans_of_words(wanted: str, text: str) -> list[tuple[int, int]]:
    """Where the terms of a text filter stand in ``text``, in order."""
    return sorted({match.span() for term in terms_of(wanted) for match in _pattern(term).finditer(text)})


def first_span(wanted: str, text: str) -> tuple[int, int] | None:
    """Where the first of the terms stands first; None where none does."""
    return min((m.span() for term in terms_of(wanted) if (m := _pattern(term).search(text))), default=None)


def terms_of(wanted: str) -> tuple[str, ...]:
    """What a text filter asks: words, phrases without their quotation marks, and beginnings with their star."""
    return tuple((phrase or word)[:_MOST_LETTERS] for phrase, word in _TERM.findall(wanted))


def holding_text(analysis: Analysis, wanted: str) -> frozenset[str]:
    """Submissions whose texts, name and organisation together hold all the terms of ``wanted``."""
    held = [_held(analysis, term) for term in terms_of(wanted)]
    return frozenset.intersection(*held) if held else frozenset()


def texts_holding(analysis: Analysis, wanted: str) -> Mapping[str, str]:
    """For each submission that holds any of the terms in a file, the text of the first such file."""
    pattern = "|".join(_in_database(term) for term in terms_of(wanted))
    if not pattern:
        return {}
    found = query(
        f"SELECT {_F.submission_id}, first({_F.text}) AS {_F.text} FROM read_parquet(?) "
        f"WHERE {_F.role} IN (SELECT unnest(?)) AND regexp_matches({_F.text}, ?) GROUP BY {_F.submission_id}",
        [str(FILES.path(analysis.folder)), list(_SPEAKING), pattern],
    )
    return dict(zip(found[_F.submission_id], found[_F.text], strict=True))


def _held(analysis: Analysis, term: str) -> frozenset[str]:
    return analysis.once(("holding", term.casefold()), lambda: _holding(analysis, term))


def _holding(analysis: Analysis, term: str) -> frozenset[str]:
    table, pattern = analysis.submissions, _pattern(term)
    who = table[_S.respondent_name] + "\n" + table[_S.organization]
    named = {i for i, name in zip(table[_S.submission_id], who, strict=True) if pattern.search(name)}
    found = query(
        f"SELECT DISTINCT {_F.submission_id} FROM read_parquet(?) "
        f"WHERE {_F.role} IN (SELECT unnest(?)) AND regexp_matches({_F.text}, ?)",
        [str(FILES.path(analysis.folder)), list(_SPEAKING), _in_database(term)],
    )
    return frozenset(named | set(found[_F.submission_id].dropna()))


@cache
def _pattern(term: str) -> re.Pattern[str]:
    ending = "" if term.endswith("*") else r"(?!\w)"
    words = r"\s+".join(re.escape(word) for word in term.rstrip("*").split())
    return re.compile(rf"(?<!\w){words}{ending}", re.IGNORECASE)


def _in_database(term: str) -> str:
    """The same pattern without a look behind or ahead, which DuckDB's patterns don't have."""
    ending = "" if term.endswith("*") else rf"(?:{_NO_LETTER}|$)"
    words = rf"{_WHITE}+".join(re.escape(word) for word in term.rstrip("*").split())
    return rf"(?is)(?:^|{_NO_LETTER}){words}{ending}"
