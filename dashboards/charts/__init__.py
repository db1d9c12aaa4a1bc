"""Charts as Altair specifications. Every one has a description in words; none says anything by colour alone.

Marks without a row are hidden from screen readers: they would be announced as pictures without a name.
"""

from __future__ import annotations

from dashboards.charts.bars import Bar, bars
from dashboards.charts.diverging import Standing, diverging, diverging_in_words
from dashboards.charts.dots import Dot, dots
from dashboards.charts.heat import Cell, heat
from dashboards.charts.timeline import timeline

__all__ = [
    "Bar",
    "Cell",
    "Dot",
    "Standing",
    "bars",
    "diverging",
    "diverging_in_words",
    "dots",
    "heat",
    "timeline",
]
