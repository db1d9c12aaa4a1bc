"""Whether the text of PDFs is whole and in order.

    python benchmarks/pdf_text.py FOLDER

Words: of the words that pdfium alone finds in the PDFs below FOLDER, outside lines that repeat from page to page, the
share that our reading keeps; files that had to be read by OCR are left out. Columns: each Word file below FOLDER is
set in two columns by LibreOffice, where it is installed, and read back: the share of its five-word sequences that
survive.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pypdfium2
from docx.oxml.ns import qn

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.model import TextSource
from rfc_analyzer.pdf import read_pdf
from rfc_analyzer.readers import read_document
from rfc_analyzer.settings import ReadingLimits

_WORD = re.compile(r"[^\W\d_]{2,}")
_BROKEN = re.compile(r"(?<=\w)(?:[\ufffe\x02](?:\r?\n)?|[-\u00ad]\r?\n)(?=[a-z])")
_RUN = 5


def words(text: str) -> list[str]:
    """Words in small letters; numbers are left out, for notes' marks are taken out of the text on purpose."""
    return _WORD.findall(text.lower())


def plain_words(data: bytes) -> Counter[str]:
    """pdfium's own words, without lines that stand on several pages."""
    with pypdfium2.PdfDocument(data) as pdf:
        pages = [page.get_textpage().get_text_bounded() for page in pdf]
    seen = Counter(key for page in pages for key in {_masked(line) for line in page.splitlines()})
    often = max(2, min(0.3 * len(pages), 6))
    kept = ["\n".join(line for line in page.splitlines() if seen[_masked(line)] < often) for page in pages]
    return Counter(words("\n".join(_BROKEN.sub("", page) for page in kept)))


def _masked(line: str) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "#", line.strip().lower())


def kept_share(paths: list[Path]) -> dict[str, float | int | list[tuple[str, float]]]:
    """Share of words kept over all files, and the files with the lowest shares."""
    kept = total = 0
    worst = []
    for path in paths:
        data = path.read_bytes()
        try:
            document, plain = read_pdf(data, ReadingLimits()), plain_words(data)
        except (UnreadableFile, pypdfium2.PdfiumError):
            continue
        if document.text_source is TextSource.OCR:
            continue  # its own text has no meaning
        ours = Counter(words(document.text))
        # a word that is joined over a line's end counts as kept: its halves are no words
        common = sum((ours & plain).values())
        kept, total = kept + common, total + plain.total()
        worst.append((path.name[:50], round(common / max(plain.total(), 1), 4)))
    return {
        "files": len(worst),
        "words": total,
        "kept": round(kept / max(total, 1), 4),
        "worst": sorted(worst, key=lambda w: w[1])[:5],
    }


def in_two_columns(path: Path, folder: Path) -> Path | None:
    """The Word file as a PDF in two columns; None where LibreOffice makes none."""
    document = docx.Document(str(path))
    for section in document.sections:
        for old in section._sectPr.findall(qn("w:cols")):
            section._sectPr.remove(old)
        columns = section._sectPr.makeelement(qn("w:cols"), {qn("w:num"): "2", qn("w:space"): "500"})
        section._sectPr.append(columns)
    source = folder / "columns.docx"
    document.save(str(source))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, capture_output=True, timeout=180, check=False)
    made = source.with_suffix(".pdf")
    return made if made.exists() else None


def surviving(expected: list[str], found: list[str]) -> float:
    """Share of five-word sequences of ``expected`` that stand in ``found``."""
    there = {tuple(found[i : i + _RUN]) for i in range(len(found) - _RUN + 1)}
    wanted = [tuple(expected[i : i + _RUN]) for i in range(len(expected) - _RUN + 1)]
    return sum(run in there for run in wanted) / max(len(wanted), 1)


def columns_share(paths: list[Path]) -> list[tuple[str, float]]:
    """For each Word file of some length, the share of sequences that survive two columns."""
    shares = []
    for path in paths:
        try:
            expected = words(read_document(path.read_bytes(), path.name, ReadingLimits())[0].text)
        except UnreadableFile:
            continue
        if len(expected) < 300:
            continue
        with TemporaryDirectory() as folder:
            made = in_two_columns(path, Path(folder))
            if made:
                found = words(read_pdf(made.read_bytes(), ReadingLimits()).text)
                shares.append((path.name[:50], round(surviving(expected, found), 4)))
    return shares


def main() -> None:
    """Read the folder from the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    result: dict[str, object] = {"words": kept_share(sorted(folder.rglob("*.pdf")))}
    if shutil.which("soffice"):
        result["two_columns"] = columns_share(sorted(folder.rglob("*.docx")))
    else:
        result["two_columns"] = "LibreOffice (soffice) is not installed"
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
