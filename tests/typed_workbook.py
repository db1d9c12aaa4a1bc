"""Typing into an exported workbook as people do."""

from openpyxl import load_workbook

# what the column with the ids of rows is called
_KEYS = {"Comment-response matrix": "Comment", "Themes": "Theme"}


def place(book, sheet, row_id, title):
    """The cell of the row with that id in the column of that title."""
    lines = list(book[sheet].iter_rows())
    (head,) = [line for line in lines if line[0].value == _KEYS.get(sheet, "Submission")]
    (row,) = [line for line in lines if line[0].value == row_id]
    return row[[cell.value for cell in head].index(title)]


def typed(file, *entries):
    """Write ``entries`` (sheet, row, column, value) into the workbook; returns their cells."""
    book = load_workbook(file)
    cells = [place(book, *entry[:3]) for entry in entries]
    for cell, entry in zip(cells, entries, strict=True):
        cell.value = entry[3]
    book.save(file)
    return [cell.coordinate for cell in cells]
