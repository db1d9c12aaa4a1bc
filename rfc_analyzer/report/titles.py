"""What asking a language model for titles of themes would send, and what came of it, as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict

from rfc_analyzer.secondreader import Titled
from rfc_analyzer.words import count_of, printable


def titles_expected(themes: int, endpoint: str, as_json: bool) -> str:
    """What would be sent where."""
    if as_json:
        return json.dumps({"themes": themes}, indent=1)
    what = count_of(themes, "theme")
    return f"With --send keywords and quotes of {what} leave this machine, to {endpoint}.\nNothing was sent."


def titled_told(titled: Titled, as_json: bool) -> str:
    """The titles, and why themes have none."""
    if as_json:
        return json.dumps(asdict(titled), indent=1)
    lines = [f"{theme_id}: {title}" for theme_id, title in titled.given.items()]
    lines += [f"{theme_id} keeps its title: {why}" for theme_id, why in titled.failed.items()]
    left = len(titled.left)
    lines += [f"{count_of(left, 'theme')} had a title by a person or a model."] if left else []
    return "\n".join(map(printable, lines)) or "There are no themes."
