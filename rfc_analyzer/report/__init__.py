"""What the command line prints of an analysis: plain text for people, JSON for programs.

Names, titles and messages come from outside; every one is made safe for a terminal before it is printed.
"""

from __future__ import annotations

from rfc_analyzer.report.docket import summary, summary_json, unread
from rfc_analyzer.report.files import files_json, files_text
from rfc_analyzer.report.groups import comparison_text
from rfc_analyzer.report.reviewing import reviews_json, reviews_text

__all__ = [
    "comparison_text",
    "files_json",
    "files_text",
    "reviews_json",
    "reviews_text",
    "summary",
    "summary_json",
    "unread",
]
