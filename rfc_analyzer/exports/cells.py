"""Text and other values made safe for a cell: nothing a respondent wrote can act, break the file or be cut unseen."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from enum import Enum

LIMIT = 32_767
"""UTF-16 code units that a cell of Excel holds."""

CUT = " … [cut here: "
"""How the mark begins that stands at the end of a text which a cell can't hold."""

_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Excel reads _x0041_ as A; an escaped underscore keeps the letters as they were typed
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# what makes a spreadsheet take text for a formula, in their full-width forms too, which some locales accept
_STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_LARGEST_EXACT = 2**53
_FIRST_YEAR = 1900


def legal(text: str) -> str:
    """``text`` as XML can hold it: line ends as ``\\n``, control characters as pictures (``␇``), the rest as ``�``."""
    return _ILLEGAL.sub(_picture, _LINE_END.sub("\n", text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def starts_formula(text: str) -> bool:
    """True where a spreadsheet could take ``text`` for a formula."""
    return text.startswith(_STARTS_FORMULA) or text.lstrip().startswith(_STARTS_FORMULA)


def excel_text(text: str) -> str:
    """``text`` as a cell of Excel shows it letter by letter; too long a text is cut with a mark that says so."""
    text = legal(text)
    escaped = _escaped(text)
    if _units(escaped) <= LIMIT:
        return escaped
    mark = f"{CUT}{len(text):,} characters in all; the CSV has them]"
    kept = text[: LIMIT - len(mark)]
    while (over := _units(_escaped(kept)) + len(mark) - LIMIT) > 0:
        kept = kept[: -math.ceil(over / 7)]  # the least that helps: a letter is at most 7 units, as _x005F_
    return _escaped(kept) + mark


def _escaped(text: str) -> str:
    return _ESCAPE.sub("_x005F_", text)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def excel_value(value: object) -> str | int | float | datetime | None:
    """A cell's value: no formula, no time zone (times are UTC), no number that Excel would round or refuse."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, str):
        return excel_text(value) if value else None
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int):
        return value if abs(value) <= _LARGEST_EXACT else str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        return _moment(value)
    return excel_text(str(value))


def _moment(value: datetime) -> datetime | str:
    plain = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    # Excel's calendar begins in 1900
    return plain if plain.year > _FIRST_YEAR else plain.isoformat(sep=" ")


def csv_value(value: object) -> str:
    """A field of a CSV file; text that could be taken for a formula gets an apostrophe before it."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
    text = legal(text)
    return f"'{text}" if starts_formula(text) else text
