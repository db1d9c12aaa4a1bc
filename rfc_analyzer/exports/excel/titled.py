"""The titles of themes, which people may correct in the workbook."""

from __future__ import annotations

from rfc_analyzer.exports.excel.correctable import Correctable, Correctables, Held
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.tables import THEMES
from rfc_analyzer.theming import LONGEST_LABEL

THEMES_SHEET, THEMES_AS_EXPORTED = "Themes", "Themes as exported"
THEME, TITLE = "Theme", "Title"


def of_themes(selection: Selection) -> Correctables:
    """What may be corrected about themes: what they are called."""
    titles = {t.theme_id: t.label for t in selection.analysis.rows(THEMES)}

    def held(theme_id: str, what: Correctable) -> Held:
        return Held(theme_id, titles[theme_id])

    columns = (Correctable(TITLE, (THEMES_SHEET,), THEMES.name, THEMES.c.label, longest=LONGEST_LABEL),)
    return Correctables(THEMES_AS_EXPORTED, THEME, "theme", columns, titles, titles.__contains__, held)
