"""A native stacked bar chart that diverges from the middle: opposition to the left, support to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import cm_to_EMU
from openpyxl.worksheet.worksheet import Worksheet

from rfc_analyzer.comparison import PositionRow
from rfc_analyzer.exports.cells import legal
from rfc_analyzer.exports.excel.figures import value_of
from rfc_analyzer.exports.excel.styles import INK, LINE, STANCE_COLOURS
from rfc_analyzer.exports.wording import STANCES
from rfc_analyzer.model import Stance

DATA_HEADS = ("", STANCES[Stance.MIXED], STANCES[Stance.OPPOSE], STANCES[Stance.MIXED], STANCES[Stance.SUPPORT])
_SERIES = (Stance.MIXED, Stance.OPPOSE, Stance.MIXED, Stance.SUPPORT)
_SHOWN = {"showSerName": False, "showCatName": False, "showLegendKey": False, "showPercent": False}
_LEAST_LABELLED = 0.07
_LEGEND = (
    (Stance.OPPOSE, f"◀ {STANCES[Stance.OPPOSE]}    "),
    (Stance.MIXED, f"{STANCES[Stance.MIXED]} in the middle    "),
    (Stance.SUPPORT, f"{STANCES[Stance.SUPPORT]} ▶"),
)


@dataclass(frozen=True, slots=True)
class Bars:
    """One chart: ``title``, what a screen reader says of it, and a bar for each (label, row)."""

    title: str
    alt: str
    bars: Sequence[tuple[str, PositionRow]]


def data_row(label: str, row: PositionRow) -> tuple[object, ...]:
    """What one bar is drawn from: mixed stands half on each side; nothing where the share is hidden."""
    support, oppose, mixed = (value_of(s) for s in (row.support, row.oppose, row.mixed))
    if support is None or oppose is None or mixed is None:
        return label, None, None, None, None
    return label, -mixed / 2, -oppose, mixed / 2, support


def diverging(
    sheet: Worksheet, bars: Bars, *, column: int, first: int, size: tuple[float, float], at: tuple[int, int]
) -> None:
    """Add the chart of the data whose labels stand in ``column`` from row ``first``; ``size`` in cm, ``at`` (column,
    row) counted from 0."""
    last = first + len(bars.bars) - 1
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 45
    for place, stance in enumerate(_SERIES, start=1):
        # the row above the first bar holds the series' name
        values = Reference(sheet, min_col=column + place, min_row=first - 1, max_row=last)
        chart.add_data(values, titles_from_data=True)
        series = chart.series[-1]
        series.graphicalProperties = GraphicalProperties(solidFill=STANCE_COLOURS[stance])
        series.graphicalProperties.line = LineProperties(solidFill="FFFFFF", w=6350)
        series.invertIfNegative = False
        series.cat = AxDataSource(strRef=StrRef(str(Reference(sheet, min_col=column, min_row=first, max_row=last))))
        if stance is not Stance.MIXED:
            series.dLbls = _labels([row for _, row in bars.bars], stance)
    chart.title = _title(bars.title)
    _axes(chart)
    chart.legend = None  # the title holds it, as both halves of the mixed would be entries
    chart.anchor = _Described(bars.alt, size, at)  # type: ignore[assignment]
    sheet.add_chart(chart)


class _Described(OneCellAnchor):
    """A place for a chart that also carries its alternative text."""

    # the library writes only the parts that the class itself names
    __elements__ = OneCellAnchor.__elements__

    def __init__(self, alt: str, size: tuple[float, float], at: tuple[int, int]) -> None:
        super().__init__(
            _from=AnchorMarker(col=at[0], row=at[1]),
            ext=XDRPositiveSize2D(cm_to_EMU(size[0]), cm_to_EMU(size[1])),
        )
        self._alt = legal(alt)

    def to_tree(self, *args: Any, **kwargs: Any) -> Any:
        """The XML, with the alternative text that the library has no argument for."""
        frame: Any = self.graphicFrame
        frame.nvGraphicFramePr.cNvPr.descr = self._alt
        return super().to_tree(*args, **kwargs)


def _axes(chart: BarChart) -> None:
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"  # the first row on top
    chart.x_axis.tickLblPos = "low"  # labels at the edge, not at the middle where the bars begin
    chart.x_axis.txPr = _text(900)
    chart.x_axis.majorTickMark = "none"
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=INK, w=9525))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = -1, 1
    chart.y_axis.majorUnit = 0.5
    chart.y_axis.number_format = "0%;0%"
    chart.y_axis.crosses = "max"  # with the order turned round, this is the lower edge
    chart.y_axis.txPr = _text(800)
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=LINE, w=6350)))
    chart.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))


def _labels(rows: Sequence[PositionRow], stance: Stance) -> DataLabelList:
    """The share in its bar, where there is room for it."""
    labels = DataLabelList(**_SHOWN, showVal=True)
    labels.numFmt = '0%;0%;""'
    labels.txPr = _text(800, "FFFFFF", bold=True)
    values = [value_of(row.share(stance)) for row in rows]
    labels.dLbl = [
        DataLabel(idx=place, **_SHOWN, showVal=False)
        for place, value in enumerate(values)
        if value is None or value < _LEAST_LABELLED
    ]
    return labels


def _font(size: int, colour: str, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=size, b=bold, solidFill=colour)


def _text(size: int, colour: str = INK, bold: bool = False) -> RichText:
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=_font(size, colour, bold)), endParaRPr=_font(size, colour, bold)
    )
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _title(text: str) -> Title:
    """The title, and below it the legend: it tells the sides by place, and by colour where colours are shown."""
    runs = [_run(legal(text), _font(1000, INK, bold=True))]
    legend = [_run(words, _font(900, STANCE_COLOURS[stance], bold=True)) for stance, words in _LEGEND]
    paragraphs = [Paragraph(pPr=ParagraphProperties(), r=line) for line in (runs, legend)]
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=paragraphs)), overlay=False)


def _run(text: str, font: CharacterProperties) -> RegularTextRun:
    return RegularTextRun(rPr=font, t=text)
