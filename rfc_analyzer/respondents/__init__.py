"""Who is speaking: the type of each respondent, with a score and a reason one can read."""

from __future__ import annotations

from rfc_analyzer.respondents.attribution import Attribution, attribute

__all__ = ["Attribution", "attribute"]
