"""Stances that people gave on a docket, as a table: they teach the reader and stand as they are."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from rfc_analyzer.errors import BadInput
from rfc_analyzer.model import ReviewedStance, Stance

_COLUMNS = ("submission_id", "proposition_id", "stance")
_NONE = "none"


def read_reviewed(path: Path, proposition_ids: Collection[str]) -> list[ReviewedStance]:
    """Read a CSV or XLSX with the columns submission_id, proposition_id and stance (support|oppose|mixed|none).

    Raises :class:`BadInput`, naming the file and the row, for a missing column, an unknown stance or
    proposition, or two rows that contradict each other. Rows without a stance are not reviewed yet, and left out.
    """
    found: dict[tuple[str, str], ReviewedStance] = {}
    for number, row in enumerate(_rows(path), start=2):
        if not row["stance"].strip():
            continue
        reviewed = _stance(path, number, row, proposition_ids)
        key = (reviewed.submission_id, reviewed.proposition_id)
        if found.setdefault(key, reviewed) != reviewed:
            raise BadInput(f"{path.name}, row {number}: {key[0]} has another stance on {key[1]} above; keep one")
    return list(found.values())


def _stance(path: Path, number: int, row: dict[str, str], proposition_ids: Collection[str]) -> ReviewedStance:
    submission_id, proposition_id, stance = (row[name].strip() for name in _COLUMNS)
    if proposition_id not in proposition_ids:
        known = ", ".join(proposition_ids) or "none: give a codebook"
        raise BadInput(f"{path.name}, row {number}: no proposition '{proposition_id}' in the codebook ({known})")
    if stance.lower() not in {*Stance, _NONE}:
        raise BadInput(f"{path.name}, row {number}: stance '{stance}' is none of {', '.join(Stance)}, {_NONE}")
    return ReviewedStance(submission_id, proposition_id, None if stance.lower() == _NONE else Stance(stance.lower()))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    try:
        lines = list(_xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path))
    except (OSError, ValueError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: can't be read as a table ({error}); give a CSV or XLSX file") from error
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    missing = [name for name in _COLUMNS if name not in header]
    if missing:
        raise BadInput(f"{path.name}: column {', '.join(missing)} is missing; the columns are {', '.join(_COLUMNS)}")
    for line in lines[1:]:
        if any(cell.strip() for cell in line):
            padded = [*line, *[""] * (len(header) - len(line))]
            yield dict(zip(header, padded, strict=False))


def _csv(path: Path) -> Iterable[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def _xlsx(path: Path) -> Iterable[list[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except (InvalidFileException, KeyError, BadZipFile) as error:
        raise ValueError("not an Excel workbook") from error
    for row in sheet.iter_rows(values_only=True):
        yield ["" if cell is None else str(cell) for cell in row]
