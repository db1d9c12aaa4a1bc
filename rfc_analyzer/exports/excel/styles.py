"""The workbook's named styles and colours; people restyle a whole workbook by changing them in Excel."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScaleRule, DataBarRule, FormulaRule, Rule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from rfc_analyzer.exports.wording import NOT_ADDRESSED, STANCES
from rfc_analyzer.model import Stance

INK, DARK, PALE, QUIET, LINE = "1F2933", "1F3A5F", "E8EEF5", "52606D", "CBD2D9"
# told apart by people who see red and green alike
STANCE_COLOURS = {Stance.SUPPORT: "1F6FB2", Stance.OPPOSE: "C8601A", Stance.MIXED: "8A8F98"}
_STANCE_FILLS = {Stance.SUPPORT: "CFE2F3", Stance.OPPOSE: "F9DCC8", Stance.MIXED: "E1E3E6"}
_HEAT = "5FA89B"
_FONT = "Calibri"


class Style(StrEnum):
    """The named styles."""

    TITLE = "RFC Title"
    SECTION = "RFC Section"
    NOTE = "RFC Note"
    HEADER = "RFC Header"
    HEADER_MIDDLE = "RFC Header over figures"
    TEXT = "RFC Text"
    WRAPPED = "RFC Wrapped"
    CENTRED = "RFC Centred"
    KEY = "RFC Key"
    LINK = "RFC Link"
    INTEGER = "RFC Integer"
    SHARE = "RFC Share"
    CHARTED = "RFC Charted share"
    DECIMAL = "RFC Decimal"
    P_VALUE = "RFC P-value"
    MOMENT = "RFC Date and time"
    ENTRY = "RFC Entry"


def add_styles(workbook: Workbook) -> None:
    """Register every named style in ``workbook``."""
    for style, look in _LOOKS.items():
        workbook.add_named_style(NamedStyle(name=style.value, **look))


def _font(size: float = 10, **more: Any) -> Font:
    return Font(name=_FONT, size=size, **{"color": INK, **more})


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


_UNDER = Border(bottom=Side("thin", color=LINE))
_TOP = Alignment(vertical="top")
_LEFT = Alignment(vertical="top", horizontal="left", indent=1)
_WRAP = Alignment(vertical="top", horizontal="left", wrap_text=True, indent=1)


def _number(number_format: str) -> dict[str, Any]:
    return {"font": _font(), "alignment": _TOP, "border": _UNDER, "number_format": number_format}


_LOOKS: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"font": _font(15, bold=True, color=DARK), "alignment": Alignment(vertical="center")},
    Style.SECTION: {
        "font": _font(12, bold=True, color=DARK),
        "border": Border(bottom=Side("medium", color=DARK)),
        "alignment": Alignment(vertical="bottom"),
    },
    Style.NOTE: {"font": _font(10, color=QUIET), "alignment": Alignment(vertical="center")},
    Style.HEADER: {
        "font": _font(10, bold=True, color="FFFFFF"),
        "fill": _fill(DARK),
        "alignment": Alignment(vertical="center", horizontal="left", wrap_text=True, indent=1),
    },
    Style.HEADER_MIDDLE: {
        "font": _font(10, bold=True, color="FFFFFF"),
        "fill": _fill(DARK),
        "alignment": Alignment(vertical="center", horizontal="center", wrap_text=True),
    },
    Style.TEXT: {"font": _font(), "alignment": _LEFT, "border": _UNDER},
    Style.WRAPPED: {"font": _font(), "alignment": _WRAP, "border": _UNDER},
    Style.CENTRED: {
        "font": _font(),
        "alignment": Alignment(vertical="top", horizontal="center"),
        "border": _UNDER,
    },
    Style.KEY: {"font": _font(bold=True), "alignment": _WRAP, "border": _UNDER},
    Style.LINK: {"font": _font(color="1F5FA8", underline="single"), "alignment": _LEFT},
    Style.INTEGER: _number("#,##0"),
    Style.SHARE: _number("0%"),
    # left of the middle is negative only to the chart
    Style.CHARTED: _number('0%;0%;""'),
    Style.DECIMAL: _number("0.00"),
    Style.P_VALUE: _number('[<0.001]"< 0.001";0.000'),
    Style.MOMENT: {**_number("yyyy-mm-dd hh:mm"), "alignment": _LEFT},
    Style.ENTRY: {"font": _font(), "alignment": _WRAP, "border": _UNDER, "fill": _fill("FFFBE6")},
}


def stance_rules(first_cell: str) -> list[Rule]:
    """Colours for cells that hold a stance's name; the name stays, so no colour speaks alone."""
    rules = [
        FormulaRule([f'{first_cell}="{name}"'], fill=PatternFill(bgColor=_STANCE_FILLS[stance]))
        for stance, name in STANCES.items()
    ]
    return [*rules, FormulaRule([f'{first_cell}="{NOT_ADDRESSED}"'], font=Font(color=QUIET))]


def heat() -> Rule:
    """White where nobody does, dark where everybody does: one scale for all cells, so that columns compare."""
    return ColorScaleRule("num", 0, "FFFFFF", end_type="num", end_value=1, end_color=_HEAT)


def bar() -> Rule:
    """A bar from nobody to everybody."""
    return DataBarRule("num", 0, "num", 1, color="9DB9D6")
