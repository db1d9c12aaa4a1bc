"""The parts of a text round what was found in it, with a sign where something between them is left out."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.marking import Mark, as_html, marked

_AROUND = 140  # characters before and after
_LEAST_LEFT_OUT = 60
_FITS = 1_200
_LEFT_OUT = '<p class="quiet">[…]</p>'
_STYLE = "<style>.letter.tall { max-height: 32rem; overflow-y: auto; }</style>"


def parts_around(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """``spans`` (in order) with some words before and after each; those with little between them are one."""
    parts: list[tuple[int, int]] = []
    for start, end in spans:
        first, last = _word_start(text, max(0, start - _AROUND)), _word_end(text, min(len(text), end + _AROUND))
        if parts and first - parts[-1][1] <= _LEAST_LEFT_OUT:
            parts[-1] = (parts[-1][0], max(last, parts[-1][1]))
        else:
            parts.append((first, last))
    return parts


def excerpted(text: str, marks: Sequence[Mark], parts: Sequence[tuple[int, int]], name: str = "") -> str:
    """The ``parts`` of ``text`` as HTML with ``marks``; a sign stands for what is left out.

    What is long scrolls in a region called ``name``, which the keyboard reaches.
    """
    said, at = [], 0
    for start, end in parts:
        if text[at:start].strip():
            said.append(_LEFT_OUT)
        said.append(marked(text, marks, start=start, end=end))
        at = end
    if text[at:].strip():
        said.append(_LEFT_OUT)
    region = f' tabindex="0" role="region" aria-label="{as_html(name)}"'
    tall = sum(end - start for start, end in parts) > _FITS
    return f'{_STYLE}<div class="letter{" tall" if tall else ""}"{region if tall else ""}>{"".join(said)}</div>'


def _word_start(text: str, at: int) -> int:
    """``at``, or the beginning of the word that it is in."""
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
