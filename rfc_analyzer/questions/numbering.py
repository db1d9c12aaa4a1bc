"""Numbers of questions: how a notice prints them ("2.", "(d)", "ii.") and how a respondent writes them ("2(d)(ii)")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_ROMAN = re.compile(r"^(?=[ivxl])(?:x{0,3})(?:ix|iv|v?i{0,3})$|^(?:xl|l)(?:x{0,3})(?:ix|iv|v?i{0,3})$")


class Style(Enum):
    """What a marker counts with."""

    NUMBER = "1"
    LETTER = "a"
    ROMAN = "i"
    CAPITAL = "A"
    CAPITAL_ROMAN = "I"
    DECIMAL = "1.1"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a marker: "i" is the ninth letter or the first roman number."""

    style: Style
    ordinal: int
    printed: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker at the beginning of a line: its readings, its punctuation, and where the text after it begins."""

    readings: tuple[Reading, ...]
    punctuation: str
    end: int


_MARKER = re.compile(
    r"""\s*(?:[-–•*]\s*)?
    (?:(?P<word>(?i:questions?|q|prompt|topic))\s*\.?\s*(?:no\.?\s*|\#\s*)?)?
    (?P<open>[(\[])?
    (?P<body>\d{1,3}(?:\.\d{1,2}){1,3}|\d{1,3}|[a-z]|[ivxl]{2,6}|[A-Z]|[IVXL]{2,6})
    (?P<close>[)\]]\.?|\.(?=[\s(\[A-Z]|$)|\.\)|:|\s?[—–-](?=\s)|(?=\s*$)|(?(word)(?=\s+["“'‘(]?[A-Z])|(?!)))
    """,
    re.VERBOSE,
)


def read_marker(line: str) -> Marker | None:
    """The marker that ``line`` begins with, if any. A bare number counts only after the word "question"."""
    match = _MARKER.match(line)
    if not match or not (match["close"] or match["word"]):
        return None
    if match["close"].strip() in ("-", "–", "—", "") and not match["word"]:
        return None
    body = match["body"]
    readings = _readings(body)
    if not readings:
        return None
    word = "question" if match["word"] else ""
    return Marker(tuple(readings), f"{word}{match['open'] or ''}{match['close'].strip()}", match.end())


def _readings(body: str) -> list[Reading]:
    if "." in body:
        return [Reading(Style.DECIMAL, int(body.rsplit(".", 1)[1]), body)]
    if body.isdigit():
        return [Reading(Style.NUMBER, int(body), str(int(body)))]
    readings = []
    lower = body.islower()
    if len(body) == 1:
        style = Style.LETTER if lower else Style.CAPITAL
        readings.append(Reading(style, ord(body.lower()) - ord("a") + 1, body))
    if _ROMAN.match(body.lower()):
        style = Style.ROMAN if lower else Style.CAPITAL_ROMAN
        readings.append(Reading(style, roman(body), body))
    return readings


def roman(text: str) -> int:
    """The value of a roman number."""
    values = [_ROMAN_VALUES[c] for c in text.lower()]
    after = [*values[1:], 0]
    return sum(-v if v < w else v for v, w in zip(values, after, strict=True))


def joined(parts: tuple[str, ...]) -> str:
    """``("2", "d", "i")`` as "2d(i)": the number of a question as this program writes it."""
    if not parts:
        return ""
    text = parts[0]
    for depth, part in enumerate(parts[1:], start=1):
        if "." in part:
            text = part
        elif depth >= 2:
            text += f"({part})"
        elif text[-1].isdigit() == part[:1].isdigit():
            text += f".{part}"
        else:
            text += part
    return text


_PARTS = re.compile(r"\d+(?:\.\d+)*|[A-Za-z]+")


def parts_of(number: str) -> tuple[str, ...]:
    """The parts of a question's number: "2d(i)" gives ``("2", "d", "i")``."""
    return tuple(_PARTS.findall(number))
