"""Makes the sample docket from its sources: `python samples/make [FOLDER]`."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from office import packed, web_page, word, workbook
from records import api_answer, expected, metadata, title
from scans import photograph, scan
from sources import Part, Source, read_sources, strip_marks
from typeset import letter_pdf, notice_pdf, paper_pdf

HERE = Path(__file__).resolve().parent


_NOISE = np.random.default_rng(11).integers(0, 256, 2_000, dtype=np.uint8).tobytes()
_MAKERS: dict[str, Callable[[Part, str], bytes]] = {
    "letter": letter_pdf,
    "encrypted": lambda part, title: letter_pdf(part, title, password="sidewalk"),
    "corrupt": lambda part, title: letter_pdf(part, title)[:700],  # a download that broke off
    "paper": lambda part, _: paper_pdf(part),
    "scan": lambda part, title: scan(letter_pdf(part, title), title),
    "photo": lambda part, title: photograph(letter_pdf(part, title)),
    "docx": lambda part, _: word(part),
    "xlsx": lambda part, _: workbook(part),
    "html": lambda part, _: web_page(part),
    "txt": lambda part, _: (strip_marks(part.text) + "\n").encode(),
    "exhibit": lambda part, _: (strip_marks(part.text) + "\n").encode(),
    "empty": lambda part, _: b"",
    # what a word processor of another maker writes
    "unknown": lambda part, _: packed({"Index/Document.iwa": _NOISE, "Metadata/DocumentIdentifier": b"sample"}),
}


def files_of(source: Source) -> dict[str, bytes]:
    """Attachments by their path in the docket; those named "x.zip/y" are put into one zip."""
    files: dict[str, bytes] = {}
    zips: dict[str, dict[str, bytes]] = defaultdict(dict)
    for part in source.attachments:
        archive, inside, name = part.name.partition(".zip/")
        if inside:
            zips[f"{archive}.zip"][name] = _MAKERS[part.kind](part, title(source))
        else:
            files[part.name] = _MAKERS[part.kind](part, title(source))
    files |= {name: packed(members) for name, members in zips.items()}
    return {f"{source.id}/{name}": data for name, data in files.items()}


def check(source: Source) -> None:
    """Raise ValueError where a label's quote is not in the submission's own words."""
    for key, (_, quote) in source.head["positions"].items():
        if " ".join(quote.split()) not in source.words:
            raise ValueError(f"{source.id}: the quote for {key} is not in its text: {quote}")


def main(target: Path) -> None:
    """Write the notice, the docket and the labels below ``target``."""
    sources = read_sources(HERE / "submissions")
    files = {"notice.pdf": notice_pdf((HERE / "notice.txt").read_text(encoding="utf-8"))}
    files["submissions/comment_details.csv"] = metadata(sources)
    for source in sources:
        check(source)
        files |= {f"submissions/{path}": data for path, data in files_of(source).items()}
        if source.head.get("api"):
            files[f"submissions/{source.id}.json"] = api_answer(source)
    labels = json.dumps(expected(sources), indent=1, ensure_ascii=False) + "\n"
    files["expected.json"] = labels.encode()
    for name, data in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent)
