"""Our whole analysis beside what one would write instead: pdfplumber, sentence-transformers and BERTopic as they come.

    python benchmarks/vanilla.py DOCKET --plain-python VENV/bin/python --model FOLDER [--rfc F] [--codebook F]

``VENV`` has pdfplumber, sentence-transformers and bertopic with all that they ask for (torch, umap-learn, hdbscan);
``FOLDER`` holds all-MiniLM-L6-v2. The two take turns, each in a process of its own, ours with nothing kept from before.
Printed are CPU-seconds, children included, of each round and their ratio. The plain script reads only the PDFs and the
table's text, and finds only topics; ours does all that it does for a user.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

WORDS_A_PIECE = 60
PLAIN = "--plain"


def plain(docket: Path, model: str) -> None:
    """What a user would write."""
    import pdfplumber
    from bertopic import BERTopic
    from sentence_transformers import SentenceTransformer

    texts = []
    for path in sorted(docket.rglob("*.pdf")):
        if "notice" in path.parts:
            continue
        try:
            with pdfplumber.open(path) as pdf:
                texts.append("\n".join(page.extract_text() or "" for page in pdf.pages))
        except Exception as error:
            print(path.name, error, file=sys.stderr)
    for table in docket.glob("*.csv"):
        with table.open(newline="", encoding="utf-8") as file:
            texts += [row.get("Comment") or row.get("comment") or "" for row in csv.DictReader(file)]
    words = [text.split() for text in texts]
    pieces = [" ".join(w[i : i + WORDS_A_PIECE]) for w in words for i in range(0, len(w), WORDS_A_PIECE)]
    vectors = SentenceTransformer(model).encode(pieces)
    topics, _ = BERTopic(embedding_model=model).fit_transform(pieces, vectors)
    print(f"plain: {len(texts)} texts, {len(pieces)} pieces, {len(set(topics))} topics")


def spent(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """CPU-seconds and the largest process's megabytes of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env={**os.environ, **environment}, stdout=sys.stderr, check=False)
    assert done.returncode in (0, 1), command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docket", type=Path)
    parser.add_argument("--plain-python", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--rfc", type=Path)
    parser.add_argument("--codebook", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    ours, others = [], []
    for number in range(given.rounds):
        with tempfile.TemporaryDirectory() as place:
            command = [sys.executable, "-m", "rfc_analyzer", "analyze", str(given.docket), "--output", f"{place}/out"]
            command += ["--rfc", str(given.rfc)] if given.rfc else []
            command += ["--codebook", str(given.codebook)] if given.codebook else []
            ours.append(spent(command, {"RFC_ANALYZER_CACHE": f"{place}/cache"})[0])
        command = [given.plain_python, __file__, PLAIN, str(given.docket), given.model]
        others.append(spent(command, {"HF_HUB_OFFLINE": "1"})[0])
        print(
            f"round {number + 1}: ours {ours[-1]:.1f}, plain {others[-1]:.1f} CPU-s, ratio {ours[-1] / others[-1]:.2f}"
        )
    ratio = statistics.median(a / b for a, b in zip(ours, others, strict=True))
    print(f"at best ours {min(ours):.1f} CPU-seconds, plain {min(others):.1f}; median ratio {ratio:.2f}")


if __name__ == "__main__":
    if PLAIN in sys.argv:
        plain(Path(sys.argv[2]), sys.argv[3])
    else:
        main()
