"""How far the figures can be trusted, in plain sentences with their counts."""

from __future__ import annotations

import pandas as pd

from rfc_analyzer.comparison.accuracy import reading_error
from rfc_analyzer.comparison.filters import Filters
from rfc_analyzer.comparison.unsure import unsure_in_words
from rfc_analyzer.comparison.warnings import CHOSE_THEMSELVES, NOT_MEASURED, how_stances_were_read
from rfc_analyzer.model import RECOGNISED, FileRole, FileStatus
from rfc_analyzer.querying import light, some_columns
from rfc_analyzer.store import Analysis
from rfc_analyzer.tables import FILES, PASSAGES, SUBMISSIONS

_S, _F, _P = SUBMISSIONS.c, FILES.c, PASSAGES.c
# below it the signs for a type were few or contradicted each other
UNSURE_TYPE = 0.6


def how_far_to_trust(analysis: Analysis, filters: Filters | None = None) -> tuple[str, ...]:
    """What could make the figures wrong, the most general first; counts are of submissions that meet ``filters``."""
    filters = filters or Filters()
    said = [CHOSE_THEMSELVES]
    if len(analysis.positions):
        said += [how_stances_were_read(analysis), reading_error(analysis) or NOT_MEASURED]
        said += filter(None, [unsure_in_words(analysis)])
    said += [
        *_types(analysis, filters),
        *_unread(analysis, filters),
        *_recognised(analysis, filters),
        *_themes(analysis, filters),
    ]
    return tuple(said)


def _types(analysis: Analysis, filters: Filters) -> list[str]:
    scores = filters.of(analysis, analysis.submissions)[_S.respondent_type_score]
    unsure = int((scores < UNSURE_TYPE).sum())
    if not len(scores):
        return []
    rest = f"for {unsure:,} of {len(scores):,} the signs are weak (score under {UNSURE_TYPE}): check those first."
    return [f"Respondent types are read from names, letterheads and the text, with a reason each; {rest}"]


def _unread(analysis: Analysis, filters: Filters) -> list[str]:
    files = light(analysis, FILES)
    unread = files[files[_F.role] == FileRole.UNREAD.value]
    lost = int(unread[_F.submission_id].isna().sum()) + len(filters.of(analysis, _of_submissions(unread)))
    partly = len(filters.of(analysis, _of_submissions(files[files[_F.status] == FileStatus.PARTIAL.value])))
    said = []
    if lost:
        said.append(f"What stands in {_files(lost)} that could not be read is in no figure.")
    if partly:
        said.append(f"{_files(partly)} could be read only in part.")
    return said


def _of_submissions(files: pd.DataFrame) -> pd.DataFrame:
    return files[files[_F.submission_id].notna()]


def _recognised(analysis: Analysis, filters: Filters) -> list[str]:
    files = light(analysis, FILES)
    scanned = len(filters.of(analysis, _of_submissions(files[files[_F.text_source].isin(RECOGNISED)])))
    if not scanned:
        return []
    return [f"The text of {_files(scanned)} was recognised from pictures: letters in quotes from there may be wrong."]


def _themes(analysis: Analysis, filters: Filters) -> list[str]:
    whose = analysis.once("themeless", lambda: _themeless(analysis))
    if filters.active:
        whose = whose[whose.index.isin(filters.apply(analysis))]
    if not len(whose) or not len(analysis.themes):
        return []
    without = int(whose.sum())
    return [f"{without:,} of {len(whose):,} passages with an argument fit no theme and are in none."]


def _themeless(analysis: Analysis) -> pd.Series[bool]:
    """Whether each passage with an argument has no theme, by submission."""
    passages = some_columns(analysis, PASSAGES, (_P.submission_id, _P.theme_id, _P.counted))
    counted = passages[passages[_P.counted]]
    return counted.set_index(_P.submission_id)[_P.theme_id].isna()


def _files(number: int) -> str:
    return f"{number:,} file" if number == 1 else f"{number:,} files"
