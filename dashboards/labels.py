"""How closed sets are named on the screen: plain English, one place, the same words on every page."""

from __future__ import annotations

from collections.abc import Mapping

from rfc_analyzer.comparison import CampaignFilter
from rfc_analyzer.exports.wording import CAMPAIGN_KINDS as CAMPAIGN_KINDS
from rfc_analyzer.exports.wording import CAMPAIGN_ROLES as CAMPAIGN_ROLES
from rfc_analyzer.exports.wording import FILE_ROLES as FILE_ROLES
from rfc_analyzer.exports.wording import FILE_STATUSES as FILE_STATUSES
from rfc_analyzer.exports.wording import NOT_ADDRESSED as NOT_ADDRESSED
from rfc_analyzer.exports.wording import STANCES as STANCES
from rfc_analyzer.exports.wording import TYPES as TYPES
from rfc_analyzer.exports.wording import UNITS as UNITS
from rfc_analyzer.exports.wording import count_of as count_of
from rfc_analyzer.model import PassageKind, TextSource
from rfc_analyzer.model_positions import PositionMethod

CAMPAIGN_FILTERS: Mapping[CampaignFilter, str] = {
    CampaignFilter.ALL: "All letters",
    CampaignFilter.ONLY: "Form letters only",
    CampaignFilter.WITHOUT: "Without form letters",
}
METHODS: Mapping[PositionMethod, str] = {
    PositionMethod.PERFORMATIVE: "Said outright (“we support …”)",
    PositionMethod.CUES: "Read from the wording",
    PositionMethod.READER: "Seen by the trained reader",
    PositionMethod.RELATED: "Follows from what it says on related propositions",
    PositionMethod.LEARNED: "Learned from the docket’s other submissions",
    PositionMethod.REVIEWED: "Given by a person",
}
PASSAGE_KINDS: Mapping[PassageKind, str] = {
    PassageKind.BODY: "Text",
    PassageKind.HEADING: "Heading",
    PassageKind.LIST: "List",
    PassageKind.TABLE: "Table",
    PassageKind.QUOTE: "Quotation",
    PassageKind.FOOTNOTE: "Footnote",
    PassageKind.SALUTATION: "Salutation",
    PassageKind.SIGNATURE: "Signature",
    PassageKind.BOILERPLATE: "Boilerplate",
    PassageKind.RFC_TEXT: "The agency's own words",
}
TEXT_SOURCES: Mapping[TextSource, str] = {
    TextSource.PDF_TEXT: "PDF",
    TextSource.PDF_LAYOUT: "PDF with tables or columns",
    TextSource.OCR: "Scanned page, read by OCR",
    TextSource.DOCX: "Word",
    TextSource.HTML: "Web page",
    TextSource.TXT: "Plain text",
    TextSource.CSV: "Row of a CSV table",
    TextSource.JSON: "JSON record",
    TextSource.EMAIL: "E-mail",
    TextSource.RTF: "Rich text",
    TextSource.ODT: "OpenDocument",
    TextSource.XLSX: "Excel",
    TextSource.IMAGE: "Picture",
    TextSource.NONE: "No text",
}
