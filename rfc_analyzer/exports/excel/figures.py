"""Shares as cells: count, denominator, value and interval, with the value left out where it is hidden."""

from __future__ import annotations

from rfc_analyzer.comparison import Share
from rfc_analyzer.exports.excel.sheet import Column
from rfc_analyzer.exports.excel.styles import Style


def value_of(share: Share) -> float | None:
    """The share in 0..1, or None where it is hidden."""
    return None if share.hidden else share.value


def share_cells(share: Share) -> tuple[int, int, float | None, float | None, float | None]:
    """Count, of how many, share, and the ends of its interval."""
    interval = None if share.hidden else share.interval()
    low, high = interval if interval else (None, None)
    return share.n, share.of, value_of(share), low, high


def share_columns(what: str = "Share") -> tuple[Column, ...]:
    """The columns of :func:`share_cells`."""
    return (
        Column("Count", 8, Style.INTEGER),
        Column("Of", 8, Style.INTEGER),
        Column(what, 10, Style.SHARE, bar=True),
        Column("Low", 8, Style.SHARE),
        Column("High", 8, Style.SHARE),
    )
