"""How many characters of scanned pages are read wrong.

    python benchmarks/ocr.py FOLDER [--engine tesseract|rapidocr]

FOLDER holds img/NAME.png and ground_truth/NAME.truth.hocr (or NAME.hocr), the text that people typed. Prints for each
page the character error rate (edits for each character of the truth, white space made even) and the CPU-seconds,
and the median over all pages and over those whose names begin with none of chart, form, table and multicol.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from statistics import median
from time import process_time

from lxml import html
from rapidfuzz.distance import Levenshtein

from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.pdf import read_image
from rfc_analyzer.settings import OcrEngine, ReadingLimits

_LAID_OUT = ("chart", "form", "table", "multicol")


def truth(folder: Path, name: str) -> str | None:
    """The words of a page as people typed them; None where there is no file."""
    for ending in (".truth.hocr", ".hocr"):
        path = folder / f"{name}{ending}"
        if path.exists():
            words = html.fromstring(path.read_bytes()).xpath("//*[@class='ocrx_word']")
            return " ".join(" ".join(word.text_content() for word in words).split())
    return None


def read(path: Path, engine: OcrEngine) -> str:
    try:
        return " ".join(read_image(path.read_bytes(), ReadingLimits(ocr=engine)).text.split())
    except UnreadableFile:
        return ""


def main() -> None:
    """Read the folder from the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", type=OcrEngine, default=OcrEngine.TESSERACT)
    arguments = parser.parse_args()
    pages = {}
    for path in sorted((arguments.folder / "img").glob("*.png")):
        expected = truth(arguments.folder / "ground_truth", path.stem)
        if expected:
            began = process_time()
            found = read(path, arguments.engine)
            error = Levenshtein.distance(found, expected) / len(expected)
            pages[path.stem] = (round(error, 4), round(process_time() - began, 1))
    if not pages:
        raise SystemExit(f"{arguments.folder} holds no img/*.png with ground_truth/*.hocr")
    plain = [error for name, (error, _) in pages.items() if not name.startswith(_LAID_OUT)]
    medians = {
        "median": median(e for e, _ in pages.values()),
        "median_of_plain_pages": median(plain) if plain else None,
    }
    print(json.dumps({"engine": arguments.engine.value, "pages": pages, **medians}, indent=1))


if __name__ == "__main__":
    main()
