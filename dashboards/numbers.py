"""How numbers are written on the screen, the same on every page."""

from __future__ import annotations

from datetime import date

from rfc_analyzer.comparison import Difference, Interval, Share

MINUS = "\u2212"
TOO_FEW = "too few for a share"


def percent(value: float) -> str:
    """``0.743`` → ``74%``; what is neither nothing nor all never reads so."""
    rounded = round(value * 100)
    if rounded == 0 and value > 0:
        return "<1%"
    if rounded == 100 and value < 1:
        return ">99%"
    return f"{rounded}%"


def share_percent(share: Share) -> str:
    """``74%``, or a dash where it is hidden."""
    return "–" if share.hidden or share.value is None else percent(share.value)


def share_in_words(share: Share) -> str:
    """``118 of 156 (76%)``; without the percentage where it is hidden."""
    counted = f"{share.n:,} of {share.of:,}"
    return counted if share.hidden or share.value is None else f"{counted} ({percent(share.value)})"


def interval_in_words(interval: Interval | None) -> str:
    """``68% to 82%``."""
    return "–" if interval is None else f"{percent(max(interval.low, 0.0))} to {percent(min(interval.high, 1.0))}"


def points(value: float) -> str:
    """A difference of shares in percentage points, with its sign: ``+12``, ``−3``, ``0``."""
    rounded = round(value * 100)
    return "0" if rounded == 0 else f"{'+' if rounded > 0 else MINUS}{abs(rounded)}"


def difference_in_words(difference: Difference | None) -> str:
    """``+12 (3 to 21)``, in percentage points, with the interval."""
    if difference is None:
        return "–"
    low, high = (points(end).lstrip("+") for end in difference.interval)
    return f"{points(difference.value)} ({low} to {high})"


def p_value(p: float) -> str:
    """``0.03``, ``<0.001``."""
    return "<0.001" if p < 0.001 else f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def day(value: date) -> str:
    """``3 April 2026``."""
    return f"{value.day} {value:%B %Y}"


def days(first: date, last: date) -> str:
    """``3 April 2026``, ``3–19 April 2026``, ``16 March – 15 May 2026``, or both in full."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day(last)}"
    return f"{day(first)} – {day(last)}"
