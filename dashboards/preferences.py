"""What the people of this dashboard prefer, kept in one small file beside the analyses."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from dashboards.library import home
from rfc_analyzer.comparison import Unit
from rfc_analyzer.model import RespondentType
from rfc_analyzer.privacy import shown as without_contacts
from rfc_analyzer.store import write_json

OCR_ENGINES = {"tesseract": "Tesseract (comes with the program)", "rapidocr": "RapidOCR (better on poor scans, slower)"}
MOST_WORKERS = max(os.cpu_count() or 1, 1)
_FILE = "settings.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """``workers`` processes read the files of new runs; ``hide_contacts`` is about private persons' letters."""

    unit: Unit = Unit.DISTINCT_TEXTS
    hide_contacts: bool = True
    ocr: str = "tesseract"
    workers: int = min(2, MOST_WORKERS)

    def arguments(self) -> list[str]:
        """What a new run is told of it."""
        return ["--ocr", self.ocr, "--workers", str(self.workers)]


def preferences() -> Preferences:
    """What was saved last; what can't be read or is out of bounds is as at first."""
    try:
        plain: dict[str, Any] = json.loads(_path().read_text(encoding="utf-8"))
        known = {f.name: plain[f.name] for f in fields(Preferences) if f.name in plain}
        kept = Preferences(**{**known, "unit": Unit(known.get("unit", Unit.DISTINCT_TEXTS))})
    except (OSError, ValueError, TypeError, AttributeError):
        return Preferences()
    sound = kept.ocr in OCR_ENGINES and type(kept.workers) is int and 1 <= kept.workers <= MOST_WORKERS
    return kept if sound and type(kept.hide_contacts) is bool else Preferences()


def save(kept: Preferences) -> None:
    """Keep it for everyone who uses this dashboard."""
    home().mkdir(parents=True, exist_ok=True)
    write_json(_path(), asdict(kept))


def shown(text: str, respondent_type: RespondentType) -> str:
    """``text`` as it may be shown: private persons' contact details are hidden unless the settings say otherwise."""
    return without_contacts(text, respondent_type) if preferences().hide_contacts else text


def _path() -> Path:
    return home() / _FILE
