"""Excel, Word, CSV and Parquet files of an analysis: figures of :mod:`rfc_analyzer.comparison`, laid out.

>>> from rfc_analyzer import export, load
>>> export(load("my-analysis"), xlsx="summary.xlsx", docx="summary.docx")    # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path

from rfc_analyzer.comparison import Filters, Unit
from rfc_analyzer.exports.selection import Selection
from rfc_analyzer.exports.targets import check_file, check_folder
from rfc_analyzer.store import Analysis

__all__ = ["export"]


def export(
    analysis: Analysis,
    *,
    xlsx: str | Path | None = None,
    docx: str | Path | None = None,
    csv: str | Path | None = None,
    parquet: str | Path | None = None,
    filters: Filters | None = None,
    unit: Unit = Unit.DISTINCT_TEXTS,
    contact_details: bool = False,
) -> list[Path]:
    """Write the formats asked for and return the written files.

    ``xlsx`` and ``docx`` name files, ``csv`` and ``parquet`` folders that are made where they are missing. ``filters``
    and ``unit`` are what the figures are about and what they count; every file says so. Contact details of private
    persons are masked unless ``contact_details``. A file is there whole or not at all. Raises :class:`BadInput` where
    a target can't be written, before anything is.
    """
    selection = Selection(analysis, filters or Filters(), unit, contact_details)
    workbook, document, texts, columns = (Path(target) if target else None for target in (xlsx, docx, csv, parquet))
    for file in (workbook, document):
        if file:
            check_file(file)
    for folder in (texts, columns):
        if folder:
            check_folder(folder)
    written = []
    if workbook:
        from rfc_analyzer.exports.excel import write_workbook

        written.append(write_workbook(selection, workbook))
    if document:
        from rfc_analyzer.exports.word import write_document

        written.append(write_document(selection, document))
    if texts:
        from rfc_analyzer.exports.delimited import write_csv

        written += write_csv(selection, texts)
    if columns:
        from rfc_analyzer.exports.columnar import write_parquet

        written += write_parquet(selection, columns)
    return written
