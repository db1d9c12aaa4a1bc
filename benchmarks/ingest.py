"""What reading PDFs costs, against pdfplumber alone, and whether the text is as good.

    python benchmarks/ingest.py FOLDER [--rounds 3] [--most N]

FOLDER holds PDFs, at any depth. Each engine reads all of them in a process of its own, the engines taking turns in each
round. Prints for each the CPU-seconds (median), peak memory, words, and glued words ("Thelackofspaces"); for ours
also with the pages left out that need OCR, which pdfplumber does not do. The last line gives ratios.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from rfc_analyzer import pdf
from rfc_analyzer.errors import UnreadableFile
from rfc_analyzer.pdf import read_pdf
from rfc_analyzer.settings import ReadingLimits

ENGINES = ("ours", "ours without OCR", "pdfplumber", "pdfplumber tuned")
_TUNED = {"use_text_flow": True, "x_tolerance_ratio": 0.15}
_LONG_WORD = 28


def texts(engine: str, paths: list[Path]) -> list[str]:
    """The text of each file as ``engine`` reads it; empty where it can't."""
    if engine == "ours without OCR":
        pdf._recognised = lambda page, lines, reading, limits: lines
    return [_text(engine, path) for path in paths]


def _text(engine: str, path: Path) -> str:
    if engine.startswith("ours"):
        try:
            return read_pdf(path.read_bytes(), ReadingLimits()).text
        except UnreadableFile:
            return ""
    import pdfplumber

    try:
        with pdfplumber.open(path) as document:
            options = _TUNED if engine.endswith("tuned") else {}
            pages = []
            for page in document.pages:
                pages.append(page.extract_text(**options) or "")
                page.close()
            return "\n".join(pages)
    except Exception:  # the peer may fail in any way on a damaged file
        return ""


def glued(text: str) -> int:
    """Words that are several words without the spaces between."""
    return sum(len(w) > _LONG_WORD and not re.search(r"[/@._\-–—]", w) for w in text.split())


def child(engine: str, paths: list[Path]) -> None:
    """Read everything and print the figures of this process."""
    found = texts(engine, paths)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    figures = {
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_mb": usage.ru_maxrss / 1024,
        "words": sum(len(text.split()) for text in found),
        "files_with_glued_words": sum(glued(text) > 0.02 * len(text.split()) for text in found if text),
        "files_without_text": sum(not text.strip() for text in found),
    }
    print(json.dumps(figures))


def measure(engine: str, folder: Path, most: int) -> dict[str, Any]:
    command = [sys.executable, __file__, str(folder), "--most", str(most), "--engine", engine]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures: dict[str, Any] = json.loads(out.splitlines()[-1])
    return figures


def main() -> None:
    """Read the folder from the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.rglob("*.pdf"))[: arguments.most]
    if not paths:
        raise SystemExit(f"{arguments.folder} holds no PDF; name a folder of comment letters")
    if arguments.engine:
        child(arguments.engine, paths)
        return
    rounds = [
        {engine: measure(engine, arguments.folder, arguments.most) for engine in ENGINES}
        for _ in range(arguments.rounds)
    ]
    result = {}
    for engine in ENGINES:
        last = rounds[-1][engine]
        last["cpu_seconds"] = round(median(r[engine]["cpu_seconds"] for r in rounds), 1)
        last["peak_mb"] = round(max(r[engine]["peak_mb"] for r in rounds))
        result[engine] = last
    ours = result["ours without OCR"]["cpu_seconds"]
    ratios = {f"{e} / ours without OCR": round(result[e]["cpu_seconds"] / ours, 1) for e in ENGINES[2:]}
    print(json.dumps({"files": len(paths), **result, "ratios": ratios}, indent=1))


if __name__ == "__main__":
    main()
