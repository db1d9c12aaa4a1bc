"""Themes of a real docket: how stable, what they cost beside BERTopic as it comes, and how they grow.

    python benchmarks/themes_docket.py ANALYSIS [--peers vanilla] [--model FOLDER] [--sizes 10000,50000,200000]

ANALYSIS is an analysis folder, whose counted passages are taken. Printed are the rows of ``themes.py`` (no labels);
how many old passages keep their theme's id when all is grouped again with a fifth more; how many of the words that ours
and ``vanilla`` show for their topics are different; the CPU-seconds of the whole stage, with embedding and with vectors
at hand, of both: FOLDER holds all-MiniLM-L6-v2 for sentence-transformers, and without it vanilla's embedding is left
out; and CPU-seconds and peak memory of our stage for made-up dockets of SIZES passages, each in a process of its own:
passages of ANALYSIS with words and vectors a little changed. What is missing for a peer is named: see
``themes_peers.py``.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
from themes import TOP, measure_all
from themes_peers import NONE, fit_vanilla, vanilla

from rfc_analyzer.embedding import load_embedder
from rfc_analyzer.model import Passage
from rfc_analyzer.registry import known_themes, remember_themes
from rfc_analyzer.settings import ThemeSettings
from rfc_analyzer.tables import PASSAGES
from rfc_analyzer.themes import find_themes

NOISE = 0.5  # of a made-up passage's vector, in parts of its length
SIZED = "--sized"


def counted(folder: Path) -> list[Passage]:
    return [p for p in PASSAGES.read(folder) if p.counted]


def kept_ids(passages: list[Passage], vectors: np.ndarray) -> None:
    for seed in (1, 2, 3):
        respondents = sorted({p.submission_id for p in passages})
        late = set(random.Random(seed).sample(respondents, round(len(respondents) / 6)))
        old = [row for row, p in enumerate(passages) if p.submission_id not in late]
        with TemporaryDirectory() as place:
            first = find_themes([passages[row] for row in old], vectors[old], ThemeSettings(), 0)
            ids = {name: theme for name, (theme, _) in first.assignments.items()}
            themed = [replace(passages[row], theme_id=ids.get(passages[row].passage_id)) for row in old]
            remember_themes(Path(place), first.themes, themed, (), "")
            known = known_themes(Path(place))
            shares = []
            for regroup in (False, True):
                again = find_themes(passages, vectors, ThemeSettings(), 0, known=known, regroup=regroup).assignments
                shares.append(np.mean([again.get(name, ("", 0))[0] == theme for name, theme in ids.items()]))
        more = len(passages) / len(old) - 1
        print(f"{more:.0%} more: {shares[0]:.1%} of old passages keep their id, {shares[1]:.1%} when grouped again")


def shown_words(passages: list[Passage], vectors: np.ndarray) -> None:
    """Topic diversity (Dieng et al. 2020) of what a user reads: different ones among ten words a topic."""
    themes = [t for t in find_themes(passages, vectors, ThemeSettings(), 0).themes if t.theme_id.startswith("T")]
    shown = {"ours": [list(dict.fromkeys(" ".join(t.keywords).casefold().split()))[:TOP] for t in themes]}
    try:
        model, found = fit_vanilla(passages, vectors, 0)
        topics = sorted({*found.tolist()} - {NONE})
        shown["vanilla"] = [[word for word, _ in model.get_topic(topic)][:TOP] for topic in topics]
    except ImportError as error:
        print(f"vanilla: left out, {error}")
    for name, words in shown.items():
        every = [word for own in words for word in own]
        print(f"{name}: {len({*every}) / len(every):.2f} of the words shown for {len(words)} topics are different")


def costs(passages: list[Passage], vectors: np.ndarray, model: str | None) -> None:
    texts = [p.text for p in passages]
    start = process_time()
    load_embedder().encode(texts)
    embedded = process_time()
    find_themes(passages, vectors, ThemeSettings(), 0)
    stage = process_time() - embedded
    print(f"ours: {stage:.1f} CPU-s with vectors at hand, {process_time() - start:.1f} with embedding")
    try:
        start = process_time()
        vanilla(passages, vectors, 0)
        plain = process_time() - start
    except ImportError as error:
        print(f"vanilla: left out, {error}")
        return
    print(f"vanilla: {plain:.1f} CPU-s with vectors at hand; ours is {stage / plain:.3f} of it")
    if model:
        from sentence_transformers import SentenceTransformer

        start = process_time()
        SentenceTransformer(model).encode(texts)
        whole = plain + process_time() - start
        print(f"vanilla: {whole:.1f} CPU-s with embedding; ours with vectors at hand is {stage / whole:.3f} of it")


def sized(folder: Path, size: int) -> None:
    """A docket of ``size`` passages in this process."""
    passages = counted(folder)
    vectors = load_embedder().encode([p.text for p in passages])
    chance, words = np.random.default_rng(size), [p.text.split() for p in passages]
    source = chance.integers(len(passages), size=size)
    made = vectors[source] + chance.normal(scale=NOISE / vectors.shape[1] ** 0.5, size=(size, vectors.shape[1]))
    made = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    several = chance.integers(size // 5 + 1, size=size)
    texts = [" ".join(words[row][n % 3 :]) for n, row in enumerate(source.tolist())]
    docket = [replace(passages[row], passage_id=f"P{n:07}", submission_id=f"S{several[n]}", text=texts[n])
              for n, row in enumerate(source.tolist())]  # fmt: skip
    find_themes(docket[:200], made[:200], ThemeSettings(), 0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = process_time()
    themes = find_themes(docket, made, ThemeSettings(), 0).themes
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:,} passages: {process_time() - start:.1f} CPU-s, peak {peak:,.0f} MB "
        f"({before:,.0f} before), {len(themes)} themes"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("analysis", type=Path)
    parser.add_argument("--peers", default="vanilla")
    parser.add_argument("--model")
    parser.add_argument("--sizes", default="10000,50000,200000")
    given = parser.parse_args()
    passages = counted(given.analysis)
    vectors = load_embedder().encode([p.text for p in passages])
    print(f"{given.analysis.name}: {len(passages)} passages\n")
    measure_all(passages, vectors, None, given.peers)
    print()
    shown_words(passages, vectors)
    costs(passages, vectors, given.model)
    kept_ids(passages, vectors)
    for size in filter(None, given.sizes.split(",")):
        subprocess.run([sys.executable, __file__, SIZED, str(given.analysis), size], check=True)


if __name__ == "__main__":
    if SIZED in sys.argv:
        sized(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
