"""A submission's own words as HTML in which nothing of theirs is markup, with marks where something was found.

Every character that could mean something to HTML, Markdown or a link finder is written as a number; what turns the
direction of the text is left out. Marks say in signs and words what their colour says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dashboards.preferences import preferences
from rfc_analyzer.model import RespondentType
from rfc_analyzer.privacy import PRIVATE, contact_details

_MARKUP = re.compile(r"[^\w\s]", re.ASCII)
_TURNS_TEXT = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PARAGRAPH = re.compile(r"\n\s*\n")

_TICK = '<span class="tick" aria-hidden="true">¦</span>'

STYLE = """<style>
.letter { font-size: 1rem; line-height: 1.6; overflow-wrap: anywhere; unicode-bidi: isolate; }
.letter p { margin: 0 0 0.85rem 0; white-space: pre-line; unicode-bidi: isolate; }
.letter .about { font-size: 0.82rem; line-height: 1.35; margin: 0 0 0.1rem 0; color: inherit; opacity: 0.82; }
.letter .quiet { opacity: 0.82; font-style: italic; }
.letter .tick { opacity: 0.6; margin: 0 0.15em; }
.letter mark { color: inherit; border-radius: 2px; padding: 0.05em 0.1em; box-decoration-break: clone; }
.letter mark.support { background: rgba(63, 136, 197, 0.26); border-bottom: 2px solid #3f88c5; }
.letter mark.oppose { background: rgba(217, 123, 43, 0.26); border-bottom: 2px dashed #d97b2b; }
.letter mark.mixed { background: rgba(137, 149, 162, 0.30); border-bottom: 2px dotted #8995a2; }
.letter mark.sought { background: rgba(232, 207, 122, 0.45); font-weight: 600; }
.letter mark.here { outline: 2px solid currentColor; outline-offset: 1px; background: transparent; }
.letter mark.added { background: rgba(58, 155, 114, 0.24); border-bottom: 2px solid #3a9b72; }
.letter mark.removed { background: rgba(194, 85, 122, 0.20); text-decoration: line-through; }
.letter mark.hidden { background: transparent; border-bottom: 1px dotted currentColor; font-style: italic; }
.letter .sign { font-size: 0.8em; font-weight: 600; white-space: normal; }
</style>"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to mark: ``kind`` is a class of :data:`STYLE`; ``before`` and ``after`` are said where it begins, ends.

    ``instead`` stands for the words of the span, where they are not to be shown.
    """

    start: int
    end: int
    kind: str
    before: str = ""
    after: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said above the paragraph that holds the span; ``quiet`` text is no argument of the respondent."""

    start: int
    end: int
    about: str
    quiet: bool = False


def hiding(text: str, respondent_type: RespondentType) -> list[Mark]:
    """Marks that hide the contact details of private persons in ``text``, unless they are to be shown."""
    if respondent_type not in PRIVATE or not preferences().hide_contacts:
        return []
    return [Mark(f.start, f.end, "hidden", instead=f.detail.value) for f in contact_details(text)]


def as_html(text: str) -> str:
    """``text`` for HTML, shown as it is."""
    shown = (c for c in text if c not in _TURNS_TEXT and (c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")))
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", "".join(shown))


def marked(text: str, marks: Sequence[Mark] = (), remarks: Sequence[Remark] = (), start: int = 0, end: int = -1) -> str:
    """``text[start:end]`` as paragraphs with ``marks`` in it and ``remarks`` above; spans are offsets in ``text``."""
    end = len(text) if end < 0 else end
    said, before = [], ""
    for first, last in _paragraphs(text, start, end):
        here = [r for r in remarks if r.start < last and first < r.end]
        about = "; ".join(dict.fromkeys(r.about for r in here if r.about))
        quiet = bool(here) and all(r.quiet for r in here)
        words = _segments(text, first, last, marks, {r.start for r in here if r.start > first})
        # an address of five lines is said to be one once
        said.append(f'<p class="about">{as_html(about)}</p>' if about and about != before else "")
        said.append(f'<p class="quiet">{words}</p>' if quiet else f"<p>{words}</p>")
        before = about
    return f'{STYLE}<div class="letter">{"".join(said)}</div>'


def _paragraphs(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    breaks = [(start, start), *(m.span() for m in _PARAGRAPH.finditer(text, start, end)), (end, end)]
    return [(a[1], b[0]) for a, b in pairwise(breaks) if text[a[1] : b[0]].strip()]


def _segments(text: str, first: int, last: int, marks: Sequence[Mark], ticks: set[int]) -> str:
    """The text cut where any mark begins or ends; each piece inside the elements of the marks that hold it.

    At ``ticks`` a passage ends and the next begins.
    """
    here = [m for m in marks if m.start < last and first < m.end]
    cuts = sorted({first, last, *ticks, *(min(max(at, first), last) for m in here for at in (m.start, m.end))})
    said = []
    for start, end in pairwise(cuts):
        over = [m for m in here if m.start <= start and end <= m.end]
        said += [_TICK] if start in ticks else []
        said += [_sign(m.before) for m in over if m.before and max(m.start, first) == start]
        hidden = next((m for m in over if m.instead), None)
        # said once, however many pieces the span is cut into
        piece = as_html(text[start:end] if not hidden else hidden.instead if start == max(hidden.start, first) else "")
        for kind in dict.fromkeys(m.kind for m in over):
            piece = f'<mark class="{kind}">{piece}</mark>'
        said.append(piece)
        said += [_sign(m.after) for m in over if m.after and min(m.end, last) == end]
    return "".join(said)


def _sign(words: str) -> str:
    return f' <span class="sign">{as_html(words)}</span> '
