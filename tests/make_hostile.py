"""A small analysis in which everything that comes from outside tries to be more than text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import make_analysis as calm

from rfc_analyzer.model import Docket
from rfc_analyzer.store import Analysis

ELSEWHERE = "pictures.invalid"
HOSTILE = (
    f"![x](http://{ELSEWHERE}/x.png) <img src=http://{ELSEWHERE}/y.png> <script>alert(1)</script> "
    f"[here](http://{ELSEWHERE}/z) www.{ELSEWHERE} `code` $x^2$ **bold** :material/bolt: :red[red] "
    f"</div><iframe src='//{ELSEWHERE}/w'></iframe> \u202egnirts {'W' * 300}"
)


def make_hostile(folder: Path) -> Analysis:
    """The analysis of ``make_analysis`` with :data:`HOSTILE` after every text, name, label and title."""
    letters = tuple(_letter(letter) for letter in calm.LETTERS)
    with patch.multiple(
        calm,
        LETTERS=letters,
        DOCKET=Docket(calm.DOCKET.docket_id, _worse(calm.DOCKET.title)),
        PROPOSITIONS=tuple(replace(p, text=_worse(p.text)) for p in calm.PROPOSITIONS),
        QUESTIONS=tuple(replace(q, text=_worse(q.text)) for q in calm.QUESTIONS),
        _THEMES={k: (_worse(label), (HOSTILE, *words)) for k, (label, words) in calm._THEMES.items()},
        _FORM=tuple(replace(p, text=_worse(p.text)) for p in calm._FORM),
        SKIPPED=_worse(calm.SKIPPED),
    ):
        return calm.make_analysis(folder)


def _letter(letter: calm.Letter) -> calm.Letter:
    return replace(
        letter,
        name=_worse(letter.name),
        organization=_worse(letter.organization) if letter.organization else "",
        paras=tuple(replace(p, text=_worse(p.text)) for p in letter.paras),
        pdf=tuple(replace(p, text=_worse(p.text)) for p in letter.pdf),
        added=_worse(letter.added) if letter.added else "",
    )


def _worse(text: str) -> str:
    return f"{text} {HOSTILE}"
