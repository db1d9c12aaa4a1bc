"""The cells of a workbook that comes back from people: they may have sorted, filtered, added and typed anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from rfc_analyzer.errors import BadInput
from rfc_analyzer.exports.excel.correctable import plain, whole

_LARGEST = 4 * 2**30  # bytes, unpacked: half a million submissions are a quarter of it


@dataclass(frozen=True, slots=True)
class Typed:
    """What one cell says on one line, and ``whole`` with its lines; ``problem`` where it can't be taken as a value."""

    text: str
    problem: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row of a sheet, counted from 1, the id in its key column, and its cells in the order of ``titles``."""

    number: int
    id: str
    cells: tuple[Typed, ...]


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """The rows of a table on a sheet. ``letters`` are the columns in which the ``titles`` stand."""

    name: str
    titles: tuple[str, ...]
    letters: tuple[str, ...]
    rows: tuple[ReturnedRow, ...]


def read_returned(file: Path, wanted: Mapping[str, Sequence[str] | None], key: str) -> dict[str, ReturnedSheet]:
    """The sheets of ``file`` that are named in ``wanted``, each with those columns; None: with all.

    ``key`` is the title of the column with the rows' ids. Sheets and columns that are not there are left out. Raises
    :class:`BadInput` where ``file`` is no workbook.
    """
    book = _opened(file)
    try:
        found = {name: _sheet(book[name], titles, key) for name, titles in wanted.items() if name in book.sheetnames}
    except (ValueError, KeyError, TypeError, SyntaxError, BadZipFile) as error:
        raise BadInput(f"{file} is damaged ({error}); save it again in the program that made it") from error
    finally:
        book.close()
    return {name: sheet for name, sheet in found.items() if sheet}


def _opened(file: Path) -> Any:
    if not file.is_file():
        raise BadInput(f"there is no file {file}")
    try:
        with ZipFile(file) as packed:
            if sum(member.file_size for member in packed.infolist()) > _LARGEST:
                raise BadInput(f"{file} is too large to be a workbook of this program")
        return load_workbook(file, read_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, SyntaxError) as error:
        raise BadInput(f"{file} is no Excel workbook; save it as .xlsx") from error


def _sheet(sheet: Any, wanted: Sequence[str] | None, key: str) -> ReturnedSheet | None:
    # some programs write a size that is not the sheet's
    sheet.reset_dimensions()
    lines = enumerate(sheet.iter_rows(), start=1)
    for _, cells in lines:
        heads = [_typed(cell).text for cell in cells]
        if key in heads and sum(map(bool, heads)) > 1:
            return _table(sheet.title, heads, wanted, key, lines)
    return None


def _table(
    name: str, heads: Sequence[str], wanted: Sequence[str] | None, key: str, lines: Iterator[tuple[int, Sequence[Any]]]
) -> ReturnedSheet:
    titles = tuple(head for head in heads if head and head != key) if wanted is None else tuple(wanted)
    titles = tuple(title for title in titles if title in heads)
    for title in (key, *titles):
        if heads.count(title) > 1:
            raise BadInput(f"the sheet “{name}” has two columns “{title}”; remove one, and import it again")
    first, places = heads.index(key), [heads.index(title) for title in titles]
    rows = []
    for number, cells in lines:
        # a row ends where its last cell is
        typed = [_typed(cells[place]) if place < len(cells) else _NOTHING for place in (first, *places)]
        if any(one.text or one.problem for one in typed):
            rows.append(ReturnedRow(number, typed[0].text, tuple(typed[1:])))
    return ReturnedSheet(name, titles, tuple(get_column_letter(place + 1) for place in places), tuple(rows))


_NOTHING = Typed("")


def _typed(cell: Any) -> Typed:
    value = cell.value
    if value is None:
        return _NOTHING
    if cell.data_type == "f":
        return Typed("", "it holds a formula; write the value itself")
    if cell.data_type == "e":
        return Typed("", f"it holds the error {value}; write the value itself")
    if isinstance(value, str):
        return Typed(plain(value), whole=whole(value))
    if isinstance(value, bool):
        return _typed_as("Yes" if value else "No")
    if isinstance(value, int | float):
        return _typed_as(f"{value:.15g}")
    return Typed("", "it holds a date; write it as text, with an apostrophe before it")


def _typed_as(text: str) -> Typed:
    return Typed(text, whole=text)
