"""Figures and quotes in running text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rfc_analyzer.comparison import QuoteRow, Share
from rfc_analyzer.exports.wording import count_of
from rfc_analyzer.model import Stance

_SAY = {
    Stance.SUPPORT: "these words support it",
    Stance.OPPOSE: "these words oppose it",
    Stance.MIXED: "these words are mixed",
}


def percent(share: Share) -> str:
    """``75%``, or nothing where the share is hidden."""
    return "" if share.hidden or share.value is None else f"{share.value:.0%}"


def with_percent(share: Share) -> str:
    """``27 (75%)``, or the count alone where the share is hidden."""
    shown = percent(share)
    return f"{share.n:,} ({shown})" if shown else f"{share.n:,}"


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def citation(quote: QuoteRow, position: Stance | None = None) -> str:
    """Whose words, and where they stand; which side they take, where the ``position`` of the whole is another."""
    # files in a submission's own folder carry its id already
    name = quote.file_name.removeprefix(f"{quote.submission_id}/")
    place = name if quote.page is None else f"{name}, page {quote.page}"
    marks = [f"{quote.respondent} ({quote.submission_id}; {place})"]
    if quote.submissions > 1:
        marks.append(f"a form letter, sent in {count_of(quote.submissions, 'submission')}")
    if position not in (None, quote.stance):
        marks.append(_SAY[quote.stance])
    if quote.by_ocr:
        marks.append("recognised from a picture, so letters may be wrong")
    return "; ".join(marks)


def varied(quotes: Iterable[QuoteRow], limit: int) -> list[QuoteRow]:
    """Up to ``limit`` quotes: the surest of each respondent type first, then the next surest."""
    rows = list(quotes)
    seen: set[str] = set()
    first: list[QuoteRow] = []
    rest: list[QuoteRow] = []
    for row in rows:
        (rest if row.respondent_type in seen else first).append(row)
        seen.add(row.respondent_type)
    return (first + rest)[:limit]
