"""People's corrections as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from rfc_analyzer.model import Review
from rfc_analyzer.report.layout import cut, table
from rfc_analyzer.words import count_of

_LONGEST = 60
_HEADS = ("review", "when (UTC)", "who", "what", "of", "from", "to", "note")


def reviews_text(reviews: Sequence[Review]) -> str:
    """How many there are, and a line for each."""
    if not reviews:
        return "0 corrections"
    rows = [_HEADS, *(_row(one) for one in reviews)]
    return "\n".join([count_of(len(reviews), "correction"), *table(rows)])


def reviews_json(reviews: Sequence[Review]) -> str:
    """A list of objects with the columns of the table, times in ISO 8601."""
    plain = [{**asdict(one), "at": one.at.isoformat()} for one in reviews]
    return json.dumps(plain, indent=1, ensure_ascii=False)


def _row(one: Review) -> tuple[str, ...]:
    when = f"{one.at:%Y-%m-%d %H:%M}"
    said = (one.reviewer, one.column, one.row_id, one.old or "(empty)", one.new or "(empty)", one.note)
    return one.review_id, when, *(cut(text, _LONGEST) for text in said)
