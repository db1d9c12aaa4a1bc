"""The notice's questions, and which of them a passage answers."""

from __future__ import annotations

from rfc_analyzer.questions.listed import numbered, read_list
from rfc_analyzer.questions.notice import read_questions
from rfc_analyzer.questions.routing import Routing, route

__all__ = ["Routing", "numbered", "read_list", "read_questions", "route"]
