"""How a sheet prints: landscape, as wide as the paper, with header and footer."""

from __future__ import annotations

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from rfc_analyzer.exports.cells import legal

_LETTER = 1
_LONGEST_HEADER = 90


def set_up_page(sheet: Worksheet, docket: str, fitted: bool = True) -> None:
    """To be called before the first row is written; ``fitted`` makes the columns one page wide."""
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=fitted)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _LETTER
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.HeaderFooter.oddHeader = HeaderFooterItem(_part(header_text(docket)), right=_part("&A"))
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(_part("Draft for review"), right=_part("Page &P of &N"))


def _part(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text=text)


def header_text(text: str) -> str:
    """``text`` without what the header's own little language would act on."""
    plain = " ".join(legal(text).split())
    short = plain if len(plain) <= _LONGEST_HEADER else plain[: _LONGEST_HEADER - 1].rstrip() + "…"
    return short.replace("&", "&&")
