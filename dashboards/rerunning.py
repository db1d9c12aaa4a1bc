"""An analysis that the command line made, run again in the dashboard: what it was given is kept beside it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from dashboards import jobs
from dashboards.access import give, person
from dashboards.library import LONGEST_NAME, Entry, home, rename
from rfc_analyzer.given import Given, read_given
from rfc_analyzer.runstatus import STATUS_FILE

# of the run that made it, and of who may open the original: neither is the copy's
_LEFT_OUT = (jobs.RUN_FILE, jobs.OUT_FILE, jobs.ERROR_FILE, STATUS_FILE, "owners.json")
_COPY = " (copy)"


@dataclass(frozen=True, slots=True)
class Origin:
    """What an analysis was made of: ``arguments`` of ``analyze`` without ``--output``, and files that are gone."""

    title: str
    arguments: tuple[str, ...]
    gone: tuple[Path, ...] = ()


def origin_of(entry: Entry) -> Origin | None:
    """What the analysis was made of; None where nothing tells."""
    asked = jobs.read_asked(entry.folder) if entry.own else None
    if asked is not None:
        return Origin(asked.title, asked.arguments)
    given: Given | None = read_given(entry.folder)
    return Origin(entry.name, given.arguments, tuple(given.gone)) if given else None


def own_copy(entry: Entry) -> Path:
    """A copy of an analysis that stands elsewhere, with all finished stages, among the dashboard's own."""
    folder = home() / jobs.new_key()
    shutil.copytree(entry.folder, folder, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    rename(folder, entry.name[: LONGEST_NAME - len(_COPY)] + _COPY)
    if email := person().email:
        give(folder, [email])
    return folder
